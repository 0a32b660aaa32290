"""The command line: what each command says, where it says it, and with which code it ends."""

from __future__ import annotations

import contextlib
import ctypes
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from formkit.cli import cli, main
from formkit.definition.yaml import read_yaml
from formkit.fields import FIELD_TYPES
from formkit.i18n.languages import language
from formkit.i18n.paths import catalog_path
from formkit.project import Project
from projects import ROOT, SAMPLES, call, change, sample_project


@dataclass(frozen=True)
class Said:
    """What a call printed, and the code it ended with."""

    code: object
    out: str
    err: str


Formkit = Callable[..., Said]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return sample_project(tmp_path / "project", ["kurz", "alles"], ["uk", "ar"])


@pytest.fixture
def formkit(project: Project, capsys: pytest.CaptureFixture[str]) -> Formkit:
    """Call the command line on the sample project."""

    def run(*arguments: str) -> Said:
        with pytest.raises(SystemExit) as stop:
            main(["--project", str(project.root), *arguments])
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Said(stop.value.code, printed.out, printed.err)

    return run


# --- Help ----------------------------------------------------------------------------------------------------


def commands(group: click.Group = cli, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield (*above, name)


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_the_help_of_every_command_shows_an_example_of_it(formkit: Formkit, command: tuple[str, ...]) -> None:
    said = formkit(*command, "--help")
    assert said.code == 0
    assert re.search(rf"Example: formkit( --\S+)* {' '.join(command)}\b", said.out)


def test_the_help_lists_every_command_with_a_sentence(formkit: Formkit) -> None:
    said = formkit("--help")
    assert said.code == 0
    assert set(re.findall(r"^  ([a-z]+)  +\S.*\.$", said.out, re.MULTILINE)) >= {name for name, *_ in commands()}


def test_the_program_can_be_called_as_a_module() -> None:
    done = call("-m", "formkit", "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"formkit, version \d+\.\d+\.\d+\n", done.stdout)


def test_asking_for_help_loads_no_heavy_library() -> None:
    code = """
import sys
from formkit.cli import main
try:
    main(["--help"])
except SystemExit:
    heavy = {"pydantic", "jinja2", "polib", "yaml", "babel", "weasyprint", "pikepdf", "pypdf", "uharfbuzz"}
    print(sorted(heavy & set(sys.modules)))
"""
    done = call("-c", code)
    assert done.stdout.splitlines()[-1] == "[]", done.stderr


# --- Wrong usage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["render", "alle", "--lang", "uk"], "no form 'alle'; did you mean 'alles'?"),
        (["render", "alles", "--lang", "de-simpel"], "did you mean 'de-simple' (Plain German)?"),
        (["render", "alles", "--lang", "uk", "--authority", "amtt"], "no authority 'amtt'; did you mean 'amt'?"),
        (["render", "alles", "--lang", "uk", "--layout", "colums"], "did you mean 'columns'?"),
        (["render", "alles", "--lang", "tr"], "'alles' has no catalogue in Turkish"),
        (["check", "alle"], "no form 'alle'; did you mean 'alles'?"),
        (["translate", "extract", "alle"], "no form 'alle'; did you mean 'alles'?"),
        (["translate", "extrakt"], "did you mean 'extract'?"),
        (["rendr"], "did you mean 'render'?"),
        (["render", "alles", "--larg"], "did you mean one of: '--lang', '--large'?"),
        (["render"], "Missing argument 'FORM'"),
        (["render", "../../etc/passwd", "--lang", "uk"], "no form '../../etc/passwd'"),
        (["render", "alles", "--workers", "0"], "'--workers'"),
    ],
)
def test_wrong_usage_is_told_with_what_was_meant(formkit: Formkit, arguments: list[str], words: str) -> None:
    said = formkit(*arguments)
    assert (said.code, said.out) == (2, "")
    assert words.lower() in said.err.lower()


def test_without_a_language_the_project_must_name_some(formkit: Formkit, project: Project) -> None:
    change(project.root / "formkit.toml", 'languages = ["uk", "ar"]', "languages = []")
    said = formkit("render", "kurz")
    assert said.code == 2
    assert "Name a language with --lang" in said.err


# --- Exit codes ----------------------------------------------------------------------------------------------------


def break_definition(project: Project) -> None:
    change(project.forms / "kurz.yaml", "type: notice", "type: notise")


def break_catalog(project: Project) -> None:
    change(catalog_path(project.locales, language("uk"), "kurz"), 'msgid "Person"', 'msgid "Person')


def fault_in_string(project: Project) -> None:
    change(catalog_path(project.locales, language("uk"), "kurz"), "‹текст Person›", "{betrag}")


def strange_character(project: Project) -> None:
    change(catalog_path(project.locales, language("uk"), "kurz"), "‹текст Person›", "中")


def break_settings(project: Project) -> None:
    change(project.root / "formkit.toml", "languages", "language")


def foreign_file(project: Project) -> None:
    project.output.mkdir()
    (project.output / "kurz.uk.print.pdf").write_bytes(b"mine")


def nothing(project: Project) -> None:
    assert project.forms.exists()


RENDER = ["render", "kurz", "--lang", "uk"]


@pytest.mark.parametrize(
    ("before", "arguments", "code", "words"),
    [
        (nothing, RENDER, 0, "1 written (1 pages), 0 up to date"),
        (nothing, ["check"], 0, "3 files: 0 errors, 0 warnings"),
        (nothing, ["list"], 0, "2 forms, 2 languages"),
        (
            break_definition,
            RENDER,
            1,
            "forms/kurz.yaml:14:29: error: unknown field type 'notise'; did you mean 'notice'?",
        ),
        (break_definition, ["check"], 1, "3 files: 1 errors, 0 warnings"),
        (break_catalog, RENDER, 1, "locales/uk/LC_MESSAGES/kurz.po:"),
        (fault_in_string, RENDER, 1, "1 written (1 pages), 0 up to date"),
        (strange_character, RENDER, 1, "no packaged font draws '中'"),
        (break_settings, RENDER, 1, "formkit.toml: error: unknown key 'language'; did you mean 'languages'?"),
        (nothing, ["render", "nichts"], 2, "no form 'nichts'"),
        (foreign_file, RENDER, 3, "is there already and was not made by formkit"),
    ],
)
def test_the_exit_code_says_who_is_to_act(
    formkit: Formkit, project: Project, before: Callable[[Project], None], arguments: list[str], code: int, words: str
) -> None:
    before(project)
    said = formkit(*arguments)
    assert said.code == code, said.err
    assert words in said.err + said.out


# --- Rendering ------------------------------------------------------------------------------------------------------


def test_rendering_prints_the_paths_and_says_the_rest_beside(formkit: Formkit, project: Project) -> None:
    said = formkit("render", "kurz", "--workers", "1")
    assert said.code == 0
    assert said.out.splitlines() == [str(project.output / f"kurz.{tag}.print.pdf") for tag in ("uk", "ar")]
    assert said.err.splitlines()[-1] == "2 written (2 pages), 0 up to date"


def test_the_files_of_a_named_authority_go_to_a_folder_of_its_name(formkit: Formkit, project: Project) -> None:
    said = formkit("render", "kurz", "--lang", "de", "--authority", "amt", "-o", str(project.root / "out"))
    assert said.out == f"{project.root}/out/amt/kurz.de.print.pdf\n"


def test_german_alone_is_one_document_whatever_languages_are_named(formkit: Formkit, project: Project) -> None:
    said = formkit("render", "kurz", "--layout", "source", "--lang", "uk", "--lang", "ar")
    assert said.out == f"{project.output}/kurz.de.print.pdf\n"
    assert formkit("render", "kurz", "--lang", "de").err.endswith("0 written (0 pages), 1 up to date\n")


def test_a_language_named_twice_is_rendered_once(formkit: Formkit) -> None:
    assert len(formkit("render", "kurz", "--lang", "uk", "--lang", "uk").out.splitlines()) == 1


def test_a_language_that_fails_sets_the_exit_code_and_the_others_are_there(formkit: Formkit, project: Project) -> None:
    strange_character(project)
    said = formkit("render", "kurz", "--lang", "uk", "--lang", "ar", "--workers", "1")
    assert said.code == 1
    assert said.out == f"{project.output}/kurz.ar.print.pdf\n"
    assert said.err.splitlines()[-1] == "1 written (1 pages), 0 up to date, 1 failed"


def test_a_file_that_is_not_ours_is_overwritten_by_force_only(formkit: Formkit, project: Project) -> None:
    foreign_file(project)
    path = project.output / "kurz.uk.print.pdf"
    assert formkit(*RENDER).code == 3
    assert path.read_bytes() == b"mine"
    assert formkit(*RENDER, "--force").code == 0
    assert path.read_bytes().startswith(b"%PDF")


@contextlib.contextmanager
def ordinary_rights() -> Iterator[None]:
    """Give up, for this thread and a while, root's right to write everywhere (capabilities(7), capset(2))."""
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    before, less = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, before) == 0
    less[:] = list(before)
    less[0] &= ~0b10  # CAP_DAC_OVERRIDE of the effective set
    assert libc.capset(header, less) == 0
    try:
        yield
    finally:
        assert libc.capset(header, before) == 0


@pytest.mark.parametrize("below", ["", "new/folder"])
def test_a_folder_that_may_not_be_written_to_is_named_and_left_alone(
    formkit: Formkit, project: Project, below: str
) -> None:
    folder = project.root / "readonly"
    folder.mkdir(mode=0o555)
    with ordinary_rights():
        said = formkit(*RENDER, "-o", str(folder / below))
    assert (said.code, said.out) == (3, "")
    assert f"formkit: {folder / below}/kurz.uk.print.pdf: cannot be" in said.err
    assert "Permission denied" in said.err
    assert list(folder.iterdir()) == []


def test_a_folder_of_catalogues_that_may_not_be_written_is_told(formkit: Formkit, project: Project) -> None:
    (project.locales / "kurz.pot").unlink(missing_ok=True)
    project.locales.chmod(0o555)
    with ordinary_rights():
        said = formkit("translate", "extract", "kurz")
    project.locales.chmod(0o755)
    assert said.code == 3
    assert "kurz.room.json: cannot be written: Permission denied" in said.err


# --- Lists and checks ---------------------------------------------------------------------------------------------


def test_the_list_shows_every_form_in_every_language(formkit: Formkit, project: Project) -> None:
    change(catalog_path(project.locales, language("uk"), "kurz"), "‹текст Person›", "")
    rows = json.loads(formkit("list", "--json").out)
    assert [(row["form"], row["version"], row["language"], row["complete"], row["review"]) for row in rows] == [
        ("alles", 3, "uk", 100, "draft"),
        ("alles", 3, "ar", 100, "draft"),
        ("kurz", 1, "uk", 80, "draft"),
        ("kurz", 1, "ar", 100, "draft"),
    ]
    lines = formkit("list").out.splitlines()
    assert [re.split(" {2,}", line.strip())[:2] for line in lines] == [
        ["alles", "v3"], ["alles", "v3"], ["kurz", "v1"], ["kurz", "v1"],
    ]  # fmt: skip


def test_a_check_prints_each_fault_in_a_line_or_as_json(formkit: Formkit, project: Project) -> None:
    break_definition(project)
    said = formkit("check", "kurz")
    text = "unknown field type 'notise'; did you mean 'notice'?"
    assert said.out == f"forms/kurz.yaml:14:29: error: {text} [unknown-type]\n"
    (row,) = json.loads(formkit("check", "kurz", "--json").out)
    assert row == {
        "file": "forms/kurz.yaml",
        "line": 14,
        "column": 29,
        "severity": "error",
        "text": text,
        "check": "unknown-type",
    }
    assert formkit("check", "alles").code == 0


def test_a_warning_alone_is_no_error(formkit: Formkit, project: Project) -> None:
    change(project.forms / "kurz.yaml", "    why: Prüfung\n", "")
    said = formkit("check")
    assert said.code == 0
    assert "warning: 'person.name' does not say why it is asked" in said.out
    assert said.err == "3 files: 0 errors, 1 warnings\n"


def test_extracting_twice_touches_nothing_the_second_time(formkit: Formkit, project: Project) -> None:
    first = formkit("translate", "extract")
    assert first.out.splitlines() == [
        "locales/alles.pot: 74 texts",
        "locales/kurz.pot: 4 texts",
        "locales/authority-amt.pot: 1 texts",
        f"locales/formkit.pot: {first.out.splitlines()[-1].split()[1]} texts",
    ]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.locales.glob("*.pot")}
    second = formkit("translate", "extract")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.locales.glob("*.pot")} == before
    assert second.err.splitlines()[-1] == "4 templates, 0 changed"
    change(project.forms / "kurz.yaml", "Kurzer Antrag", "Kürzerer Antrag")
    assert formkit("translate", "extract").err.splitlines()[-1] == "4 templates, 1 changed"


def test_a_project_is_found_from_a_folder_inside(project: Project) -> None:
    done = call("-m", "formkit", "check", cwd=project.forms / "authorities")
    assert (done.returncode, done.stderr) == (0, "3 files: 0 errors, 0 warnings\n")


def test_a_reader_that_goes_away_is_no_error(project: Project) -> None:
    command = [sys.executable, "-m", "formkit", "--project", str(project.root), "list"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    process.stdout.close()
    assert process.stderr is not None
    said = process.stderr.read()
    assert (process.wait(), said) == (0, "")


def test_debug_shows_where_an_error_came_from(project: Project) -> None:
    done = call("-m", "formkit", "--debug", "--project", str(project.root), "render", "nichts")
    assert done.returncode == 2
    assert "Traceback" in done.stderr


# --- The schema for editors -----------------------------------------------------------------------------------------


def schema(formkit: Formkit, *options: str) -> dict[str, Any]:
    said = formkit("schema", *options)
    assert said.code == 0
    found: dict[str, Any] = json.loads(said.out)
    return found


FILES = pytest.mark.parametrize(
    ("options", "file"),
    [
        ([], SAMPLES / "alles.yaml"),
        ([], SAMPLES / "texte.yaml"),
        ([], SAMPLES / "kurz.yaml"),
        ([], ROOT / "forms" / "but-hauptantrag.yaml"),
        (["--authority"], SAMPLES / "authorities" / "amt.yaml"),
        (["--authority"], ROOT / "forms" / "authorities" / "rems-murr-kreis.yaml"),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)


@FILES
def test_the_schema_accepts_good_files_and_refuses_an_unknown_key(
    formkit: Formkit, options: list[str], file: Path
) -> None:
    found = schema(formkit, *options)
    data = read_yaml(file, file.name).data
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert list(faults(found, data, found, "")) == []
    assert list(faults(found, {**data, "titel": "x"}, found, "")) == [": unknown key titel"]  # type: ignore[dict-item]


@FILES
@pytest.mark.skipif(importlib.util.find_spec("jsonschema") is None, reason="jsonschema is not installed")
def test_a_validator_of_others_agrees(formkit: Formkit, options: list[str], file: Path) -> None:
    import jsonschema

    plain = json.loads(json.dumps(read_yaml(file, file.name).data))
    jsonschema.validate(plain, schema(formkit, *options))


def test_the_schema_knows_every_field_type(formkit: Formkit) -> None:
    text = json.dumps(schema(formkit))
    for kind in FIELD_TYPES:
        assert f'"const": "{kind.model_fields["type"].annotation.__args__[0]}"' in text


KINDS: dict[str, type | tuple[type, ...]] = {
    "object": dict, "array": (list, tuple), "string": str, "integer": int, "boolean": bool, "null": type(None),
}  # fmt: skip


def faults(part: dict[str, Any], value: Any, root: dict[str, Any], path: str) -> Iterator[str]:
    """Yield what a value breaks of the rules that our schemas use."""
    if "$ref" in part:
        part = root["$defs"][part["$ref"].rpartition("/")[2]]
    choices = part.get("anyOf", part.get("oneOf", []))
    if choices:
        tried = [list(faults(choice, value, root, path)) for choice in choices]
        yield from [] if [] in tried else min(tried, key=len)
    kinds = part.get("type", [])
    allowed = [KINDS[kind] for kind in ([kinds] if isinstance(kinds, str) else kinds)]
    if allowed and not any(isinstance(value, kind) for kind in allowed):
        yield f"{path}: {value!r} is no {kinds}"
        return
    if value != part.get("const", value) or value not in part.get("enum", [value]):
        yield f"{path}: {value!r} is not allowed"
    if isinstance(value, str) and not re.search(part.get("pattern", ""), value):
        yield f"{path}: {value!r} does not match"
    if isinstance(value, dict):
        yield from _faults_of_mapping(part, value, root, path)
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from faults(part.get("items", {}), item, root, f"{path}.{index}")


def _faults_of_mapping(part: dict[str, Any], value: dict[str, Any], root: dict[str, Any], path: str) -> Iterator[str]:
    yield from (f"{path}: {key} is missing" for key in part.get("required", []) if key not in value)
    for key, item in value.items():
        matching = [rule for pattern, rule in part.get("patternProperties", {}).items() if re.search(pattern, key)]
        other = matching[0] if matching else part.get("additionalProperties", {})
        rule = part.get("properties", {}).get(key, other)
        if rule is False:
            yield f"{path}: unknown key {key}"
        elif isinstance(rule, dict):
            yield from faults(rule, item, root, f"{path}.{key}")
