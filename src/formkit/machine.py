"""What this machine has and lacks: libraries, Python packages, fonts and programs, as findings.

Nothing here imports what it looks for: a missing Pango must be reported, not end the report.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from formkit import fonts


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked for; `advice` says what to do where it is absent, `debian` the package that has it."""

    name: str
    needed: bool
    present: bool
    version: str
    advice: str
    debian: str = ""


@dataclass(frozen=True, slots=True)
class Library:
    """A shared library that WeasyPrint or formkit loads; `reads` names the C function that tells its version."""

    name: str
    soname: str
    reads: str
    debian: str
    why: str


@dataclass(frozen=True, slots=True)
class Program:
    """A program that formkit can do without."""

    name: str
    debian: str
    why: str
    asked: str = "--version"


LIBRARIES = (
    Library("Pango", "libpango-1.0.so.0", "pango_version_string", "libpango-1.0-0", "lays out text"),
    Library("PangoFT2", "libpangoft2-1.0.so.0", "", "libpangoft2-1.0-0", "lets Pango load our fonts"),
    Library("HarfBuzz", "libharfbuzz.so.0", "hb_version_string", "libharfbuzz0b", "shapes text"),
    # WeasyPrint can do without it, but then writes the time into each font: no two renderings are alike.
    Library("HarfBuzz subset", "libharfbuzz-subset.so.0", "", "libharfbuzz-subset0", "reduces fonts"),
    Library("FriBidi", "libfribidi.so.0", "", "libfribidi0", "orders text that runs from right to left"),
    Library("Fontconfig", "libfontconfig.so.1", "FcGetVersion", "libfontconfig1", "finds our fonts"),
)
PACKAGES = ("weasyprint", "pydyf", "pikepdf", "fonttools", "babel", "pydantic", "polib")
PROGRAMS = (
    Program("pdftotext", "poppler-utils", "a second reader of PDF text in the tests", "-v"),
    Program("msgfmt", "gettext", "checks catalogues as translators' tools do"),
    Program("qpdf", "qpdf", "checks the structure of PDF files in the tests"),
    Program("chromium", "chromium", "tests in a browser"),
)


@dataclass(frozen=True, slots=True)
class Lookup:
    """The ways to ask a machine: each returns a version ("" where it tells none) or None for absent."""

    library: Callable[[Library], str | None]
    package: Callable[[str], str | None]
    program: Callable[[Program], str | None]


def library_version(library: Library) -> str | None:
    """Load a library and ask its version."""
    loaded = _load(library.soname)
    if loaded is None:
        return None
    if not library.reads:
        return ""
    ask = getattr(loaded, library.reads)
    if library.name == "Fontconfig":
        number = int(ask())
        return f"{number // 10000}.{number // 100 % 100}.{number % 100}"
    ask.restype = ctypes.c_char_p
    return bytes(ask()).decode()


def package_version(name: str) -> str | None:
    """Return the version of an installed Python package."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def program_version(program: Program) -> str | None:
    """Run a program to ask its version."""
    path = shutil.which(program.name)
    if path is None:
        return None
    try:
        done = subprocess.run([path, program.asked], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\d+(\.\d+)+", done.stdout + done.stderr)
    return found.group() if found else ""


THIS_MACHINE = Lookup(library_version, package_version, program_version)


def examine(look: Lookup = THIS_MACHINE, font_folder: Path = fonts.FOLDER) -> tuple[Finding, ...]:
    """Look for all that formkit needs, then for what it can use."""
    return (
        _python(),
        *(_library(library, look.library(library)) for library in LIBRARIES),
        *(_package(name, look.package(name)) for name in PACKAGES),
        _fonts(font_folder),
        *(_program(program, look.program(program)) for program in PROGRAMS),
    )


def lacking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what is needed and absent."""
    return tuple(finding for finding in findings if finding.needed and not finding.present)


def remedy(findings: Iterable[Finding]) -> str:
    """Say in one line what brings absent things here."""
    absent = [finding for finding in findings if not finding.present]
    debian = " ".join(finding.debian for finding in absent if finding.debian)
    others = dict.fromkeys(finding.advice for finding in absent if not finding.debian)
    return "; ".join([f"sudo apt install {debian}"] * bool(debian) + list(others))


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding("Python", True, sys.version_info >= (3, 11), version, "install Python 3.11 or newer")


def _library(library: Library, version: str | None) -> Finding:
    advice = f"{library.why}: install {library.debian}"
    return Finding(library.name, True, version is not None, version or "", advice, library.debian)


def _package(name: str, version: str | None) -> Finding:
    return Finding(name, True, version is not None, version or "", "run make setup")


def _program(program: Program, version: str | None) -> Finding:
    advice = f"{program.why}: install {program.debian}"
    return Finding(program.name, False, version is not None, version or "", advice, program.debian)


def _fonts(folder: Path) -> Finding:
    try:
        made = json.loads((folder / "PROVENANCE.json").read_text(encoding="utf-8"))["fonts"]
    except FileNotFoundError:
        return Finding("fonts", True, False, "", "install formkit again: it came without its fonts")
    bad = [font["file"] for font in made if _digest(folder / font["file"]) != font["sha256"]]
    advice = f"install formkit again: missing or changed are {', '.join(bad)}" if bad else ""
    return Finding("fonts", True, not bad, f"{len(made)} files", advice)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _load(soname: str) -> ctypes.CDLL | None:
    # The soname is what a loader of Debian knows; elsewhere the plain name is looked up.
    plain = soname.removeprefix("lib").partition(".so")[0]
    for name in (soname, ctypes.util.find_library(plain)):
        try:
            if name:
                return ctypes.CDLL(name)
        except OSError:
            continue
    return None
