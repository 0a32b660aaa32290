"""What `formkit doctor` looks at, and what it says where something is missing."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from formkit import fonts, machine
from formkit.cli.doctor import doctor, report
from formkit.errors import FormkitError
from formkit.machine import LIBRARIES, PACKAGES, THIS_MACHINE, Lookup, examine, lacking, remedy

ROOT = Path(__file__).parent.parent


def machine_without(*names: str) -> Lookup:
    """Answer as a machine that has all but the named things."""
    return Lookup(
        library=lambda library: None if library.name in names else "1.0",
        package=lambda name: None if name in names else "1.0",
        program=lambda program: None if program.name in names else "1.0",
    )


def test_this_machine_has_all_that_is_needed() -> None:
    assert lacking(examine()) == ()


def test_the_libraries_tell_their_versions() -> None:
    versions = {library.name: THIS_MACHINE.library(library) for library in LIBRARIES if library.reads}
    assert set(versions) == {"Pango", "HarfBuzz", "Fontconfig"}
    for version in versions.values():
        assert version is not None
        assert len(version.split(".")) == 3


def test_the_reported_libraries_are_those_that_weasyprint_loads() -> None:
    code = "from weasyprint.text import ffi; print(ffi.pango.pango_version(), ffi.harfbuzz_subset is not None)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    number, subset = done.stdout.split()
    pango = THIS_MACHINE.library(LIBRARIES[0])
    assert pango == f"{int(number) // 10000}.{int(number) // 100 % 100}.{int(number) % 100}"
    assert subset == "True"


@pytest.mark.parametrize("name", [library.name for library in LIBRARIES] + list(PACKAGES))
def test_each_needed_thing_is_missed_when_it_is_absent(name: str) -> None:
    assert [finding.name for finding in lacking(examine(machine_without(name)))] == [name]


def test_absent_libraries_are_installed_by_one_line() -> None:
    absent = lacking(examine(machine_without("Pango", "HarfBuzz subset", "pikepdf", "pydyf")))
    assert remedy(absent) == "sudo apt install libpango-1.0-0 libharfbuzz-subset0; run make setup"


def test_absent_programs_are_no_fault() -> None:
    findings = examine(machine_without("pdftotext", "msgfmt", "qpdf", "chromium"))
    assert lacking(findings) == ()
    assert [f.name for f in findings if not f.present] == ["pdftotext", "msgfmt", "qpdf", "chromium"]


def test_an_unknown_library_package_or_program_is_absent() -> None:
    assert machine.library_version(machine.Library("Nix", "libnix-0.so.0", "nix", "nix", "")) is None
    assert machine.package_version("no-such-package-at-all") is None
    assert machine.program_version(machine.Program("no-such-program", "", "")) is None


def test_a_changed_or_lost_font_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    shutil.copytree(fonts.FOLDER, folder)
    (folder / "fk-latin.ttf").write_bytes(b"not a font")
    (folder / "fk-arabic.ttf").unlink()
    (finding,) = lacking(examine(machine_without(), folder))
    assert finding.advice == "install formkit again: missing or changed are fk-latin.ttf, fk-arabic.ttf"


def test_a_package_without_fonts_is_told(tmp_path: Path) -> None:
    (finding,) = lacking(examine(machine_without(), tmp_path))
    assert finding.name == "fonts"


def test_doctor_prints_a_line_for_each_finding_and_a_summary() -> None:
    done = CliRunner().invoke(doctor)
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert len(lines) == len(examine()) + 1
    assert lines[0].split()[:2] == ["ok", "Python"]
    assert lines[-1].startswith("15 of 15 needed things are here")


def test_doctor_prints_json() -> None:
    done = CliRunner().invoke(doctor, ["--json"])
    assert done.exit_code == 0, done.output
    assert [finding["name"] for finding in json.loads(done.stdout)] == [f.name for f in examine()]


def test_doctor_stops_with_3_and_the_remedy_where_something_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(FormkitError) as stopped:
        report(examine(machine_without("Pango", "qpdf")), as_json=False)
    assert stopped.value.exit_code == 3
    assert stopped.value.message == "formkit cannot render pages here, missing: Pango"
    assert stopped.value.advice == "sudo apt install libpango-1.0-0"
    lines = capsys.readouterr().out.splitlines()
    assert "MISSING  Pango            lays out text: install libpango-1.0-0" in lines
    assert lines[-1] == "14 of 15 needed things are here; optional and not here: qpdf"


def test_the_demo_installs_every_library_that_is_needed() -> None:
    """HarfBuzz itself comes with Pango."""
    script = (ROOT / "scripts" / "demo.sh").read_text(encoding="utf-8")
    absent = [library.debian for library in LIBRARIES if f"{library.soname}:{library.debian}" not in script]
    assert absent == ["libharfbuzz0b"]
