#!/usr/bin/env bash
# Go from a fresh Debian 12 to printed forms in build/demo: look what is missing, install it where this user
# may, set up .venv, render. Where nothing may be installed, say exactly what is missing and stop with 3.
set -euo pipefail
cd "$(dirname "$0")/.."

PYTHON=${PYTHON:-python3}
FORM=but-hauptantrag
OUT=build/demo

# Library and the Debian package that has it; the others that WeasyPrint loads come with these.
LIBRARIES="libpango-1.0.so.0:libpango-1.0-0
libpangoft2-1.0.so.0:libpangoft2-1.0-0
libharfbuzz-subset.so.0:libharfbuzz-subset0
libfribidi.so.0:libfribidi0
libfontconfig.so.1:libfontconfig1"

missing_packages() {
    if ! command -v "$PYTHON" >/dev/null; then
        # Nothing can be asked yet, so ask for all; apt skips what is there.
        echo python3 python3-venv
        printf '%s\n' "$LIBRARIES" | cut -d: -f2
        return
    fi
    "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
    printf '%s\n' "$LIBRARIES" | while IFS=: read -r library package; do
        "$PYTHON" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$library" 2>/dev/null || echo "$package"
    done
}

# Print the prefix under which this user may install packages; fail where there is none.
installer() {
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo sudo
    else
        return 1
    fi
}

install_or_stop() {
    local packages=$1 as
    if ! as=$(installer); then
        printf 'These Debian packages are missing, and this user may not install them:\n  %s\n' "$packages" >&2
        printf 'Have them installed, then run "make demo" again:\n  sudo apt install %s\n' "$packages" >&2
        exit 3
    fi
    echo "Installing $packages"
    $as apt-get update -qq
    # shellcheck disable=SC2086  # the list is meant to split
    $as env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
}

packages=$(missing_packages | xargs)
[ -z "$packages" ] || install_or_stop "$packages"

if ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "formkit needs Python 3.11 or newer, and $("$PYTHON" --version) is too old." >&2
    echo 'Debian 12 has 3.11; name another one with: make PYTHON=python3.x demo' >&2
    exit 3
fi

echo 'Setting up .venv'
make --no-print-directory PYTHON="$PYTHON" setup
.venv/bin/formkit render "$FORM" --lang ar --lang uk --lang tr --lang en --lang de-simple -o "$OUT"
echo
echo 'Open these:'
find "$OUT" -name '*.pdf' | sort | sed 's/^/  /'
echo
echo 'To fill the form in as an applicant does, start this and open the address that it names:'
echo '  .venv/bin/formkit serve'
