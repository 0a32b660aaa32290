"""What the documentation shows works, and what it lists is what there is, both ways."""

from __future__ import annotations

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from pydantic import BaseModel

from formkit import answers
from formkit import project as projects
from formkit.cli import cli
from formkit.definition import check_form, load_form
from formkit.definition.authority import Authority, Office
from formkit.definition.checking import check_project
from formkit.definition.conditions import kinds
from formkit.definition.model import Annex, Form, Group, Information, Parameter, Repeat, Rule, Section, Topic
from formkit.definition.places import places
from formkit.definition.yaml import load_yaml
from formkit.errors import FormkitError
from formkit.expressions import Bool, parse
from formkit.fields import FIELD_TYPES, Field
from formkit.fields.options import Option
from formkit.fonts import FOLDER as FONTS
from formkit.i18n import load
from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import LANGUAGES
from formkit.i18n.reviews import _KEYS as REVIEW_KEYS
from formkit.i18n.reviews import reviews_from_mapping
from formkit.words import ANSWER_ERRORS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "THIRD-PARTY.md", *sorted(DOCS.rglob("*.md"))]
AUTHORING, COMMANDS, TRANSLATORS, ANSWERS = (
    DOCS / f"{name}.md" for name in ("authoring", "commands", "translators", "answers")
)


@dataclass(frozen=True)
class Table:
    """The rows of a table, each a list of its cells, and the heading it stands under."""

    heading: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def keys(self) -> set[str]:
        """Everything set as code in the first column."""
        return {key for row in self.rows for key in coded(row[0])}


def coded(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@cache
def tables(page: Path) -> tuple[Table, ...]:
    found, heading, rows = [], "", []
    for line in [*re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S).splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip() for cell in line.strip("|").replace(r"\|", "¦").split("|")))
        elif rows:
            found.append(Table(heading, tuple(rows[2:])))
            rows = []
        if line.startswith("#"):
            heading = line.lstrip("# ").replace("`", "")
    return tuple(found)


def table(page: Path, heading: str, number: int = 0) -> Table:
    return [each for each in tables(page) if each.heading == heading][number]


def names(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


# The form that docs/authoring.md writes piece by piece


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with the form and the profile of docs/authoring.md."""
    folder = tmp_path_factory.mktemp("authoring")
    (folder / "forms" / "authorities").mkdir(parents=True)
    examples = blocks(AUTHORING, "yaml")
    profiles = [text for text in examples if text.startswith("authority:")]
    form = "".join(text for text in examples if text not in profiles)
    (folder / "forms" / "ausflug.yaml").write_text(form, encoding="utf-8")
    annex = form.split("annexes:")[0].replace("form: ausflug", "form: schulblatt")
    (folder / "forms" / "schulblatt.yaml").write_text(annex, encoding="utf-8")
    for text in profiles:
        (folder / "forms" / "authorities" / "musteramt.yaml").write_text(text, encoding="utf-8")
    return folder


def test_the_examples_for_authors_are_one_form_without_faults(written: Path) -> None:
    assert [str(problem) for problem in check_form(written / "forms" / "ausflug.yaml", "ausflug")] == []


def test_the_example_of_a_profile_fits_that_form(written: Path) -> None:
    checked, problems = check_project(projects.find_project(written), ())
    assert (checked, [str(problem) for problem in problems]) == (3, [])


@pytest.mark.parametrize("source", [line for text in blocks(AUTHORING, "expression") for line in text.splitlines()])
def test_an_example_of_an_expression_is_a_condition_of_that_form(source: str, written: Path) -> None:
    form = load_form(written / "forms" / "ausflug.yaml")
    assert parse(source).check(kinds(form, places(form))) == Bool()


@pytest.mark.parametrize(
    ("heading", "number", "keys"),
    [
        ("The form", 0, names(Form)),
        ("Parameters", 0, names(Parameter)),
        ("Sections", 0, names(Section)),
        ("Sections", 1, names(Group)),
        ("Fields", 0, names(Field) | {"type"}),
        ("Options", 0, names(Option)),
        ("Lists", 0, names(Repeat)),
        ("Annexes", 0, names(Annex)),
        ("Rules", 0, names(Rule)),
        ("Information sheet", 0, names(Information)),
        ("Authority", 0, names(Topic)),
        ("Authority", 1, names(Authority)),
    ],
)
def test_every_key_is_explained_to_authors_and_no_other(heading: str, number: int, keys: set[str]) -> None:
    assert table(AUTHORING, heading, number).keys == keys


def test_the_keys_of_an_office_are_explained() -> None:
    (row,) = [row for row in table(AUTHORING, "Authority", 1).rows if "`offices`" in row[0]]
    assert set(coded(row[1])) == names(Office)


def test_every_field_type_is_explained_with_its_own_keys() -> None:
    explained = {coded(row[0])[0]: set(coded(row[1])) for row in table(AUTHORING, "Fields", 1).rows}
    own = {
        kind.model_fields["type"].annotation.__args__[0]: names(kind) - names(Field) - {"type"}  # type: ignore[union-attr]
        for kind in FIELD_TYPES
    }
    assert explained == own


# Commands


def commands(command: click.Command, path: tuple[str, ...] = ("formkit",)) -> Iterator[tuple[str, click.Command]]:
    yield " ".join(path), command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from commands(found, (*path, name))


COMMAND_LINE = dict(commands(cli))


def test_every_command_has_its_place_in_the_list_and_no_other() -> None:
    headings = re.findall(r"^## `(formkit(?: [a-z-]+)*)`$", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings == list(COMMAND_LINE)


@pytest.mark.parametrize("name", COMMAND_LINE)
def test_every_option_and_argument_of_a_command_is_explained_and_no_other(name: str) -> None:
    there = {option for param in COMMAND_LINE[name].params for option in _spelt(param)}
    found = [each for each in tables(COMMANDS) if each.heading == name]
    explained = {key.split()[0] for each in found for key in each.keys}
    assert explained == there


def _spelt(parameter: click.Parameter) -> list[str]:
    if isinstance(parameter, click.Argument):
        return [(parameter.metavar or parameter.make_metavar(click.Context(click.Command("x")))).strip("[].")]
    return [*parameter.opts, *parameter.secondary_opts]


def test_every_key_of_the_project_file_is_explained_and_no_other() -> None:
    assert table(COMMANDS, "formkit.toml").keys == set(projects._KEYS)


def test_every_exit_code_is_explained_and_no_other() -> None:
    errors: list[type[FormkitError]] = [FormkitError, *FormkitError.__subclasses__()]
    assert table(COMMANDS, "Exit codes").keys == {str(code) for code in {0, 130, *(each.exit_code for each in errors)}}


@dataclass(frozen=True)
class Session:
    """Commands as a page shows them one after the other, each with the lines it shows of what is printed."""

    page: str
    steps: tuple[tuple[str, tuple[str, ...]], ...]


def sessions() -> Iterable[Session]:
    for page in PAGES:
        for text in blocks(page, "console"):
            parts = [part.splitlines() for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]]
            yield Session(page.name, tuple((command, tuple(filter(None, shown))) for command, *shown in parts))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project's own content, with `formkit` in its folder `bin`."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("forms", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "formkit.toml", folder)
    program = folder / "bin" / "formkit"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m formkit "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return folder


@pytest.mark.parametrize("session", [*sessions()], ids=lambda session: f"{session.page}: {session.steps[0][0]}")
def test_commands_that_a_page_shows_work_and_print_what_the_page_says(session: Session, copy: Path) -> None:
    environment = os.environ | {"PATH": f"{copy / 'bin'}:{os.environ['PATH']}"}
    for command, shown in session.steps:
        done = subprocess.run(command, shell=True, cwd=copy, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        printed = (done.stdout + done.stderr).replace(f"{copy}/", "").splitlines()
        assert [line for line in shown if line not in printed] == []


# Lists and links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    targets = [target for target in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in target]
    assert [target for target in targets if not _leads_somewhere(page, target)] == []


def _leads_somewhere(page: Path, target: str) -> bool:
    name, _, anchor = target.partition("#")
    path = page.parent / name if name else page
    if not path.exists():
        return False
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
    return not anchor or anchor in [re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_the_example_of_an_entry_is_read_without_fault(tmp_path: Path) -> None:
    (text,) = blocks(TRANSLATORS, "po")
    path = tmp_path / "example.po"
    path.write_text(text, encoding="utf-8")
    catalog = read_catalog(path, LANGUAGES["uk"])
    assert [(*entry.key, catalog.usable(*entry.key) is not None) for entry in catalog.entries.values()] == [
        ("", "Die Nummer steht oben auf Ihrem Bescheid.", True)
    ]


def test_the_example_of_reviews_is_read_without_fault_and_its_keys_are_explained() -> None:
    (text,) = blocks(TRANSLATORS, "yaml")
    reviews, faults = reviews_from_mapping(load_yaml(text, "reviews.yaml").data)
    assert ([review.state for review in reviews], faults) == (["reviewed", "draft"], ())
    assert table(TRANSLATORS, "Draft or reviewed").keys == set(REVIEW_KEYS)


def test_the_table_for_translators_is_the_table_of_languages() -> None:
    rows = table(TRANSLATORS, "Languages").rows
    turned = {"ltr": "", "rtl": "right to left"}
    assert [(*coded(row[0]), *row[1:3], *coded(row[3]), row[4]) for row in rows] == [
        (each.tag, each.german, each.autonym, f"locales/{each.folder}/", turned[each.direction])
        for each in LANGUAGES.values()
        if each.tag != "de"
    ]


def test_every_decision_is_listed_under_its_own_title_in_order() -> None:
    folder = DOCS / "decisions"
    listed = re.findall(r"^- \[(.+)\]\((.+\.md)\)$", (folder / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    pages = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    titles = [(path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# "), path.name) for path in pages]
    assert listed == titles
    assert [path.name[:4] for path in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]


# Answers


def test_the_example_of_answers_belongs_to_the_form_and_shows_what_a_wrong_answer_does() -> None:
    (text,) = blocks(ANSWERS, "json")
    form = load_form(ROOT / "forms" / "but-hauptantrag.yaml")
    (read,) = answers.read_answers(form, "example.json", text.encode())
    assert (read.language, [(fault.path, fault.key) for fault in read.faults]) == (
        "uk",
        [("person.familienname", "not-latin")],
    )


def test_the_example_in_python_runs() -> None:
    project = projects.find_project(ROOT)
    form = load.form(project, "but-hauptantrag")
    localized = load.localize(project, form, LANGUAGES["uk"], None, datetime.date(2026, 11, 24))
    (code,) = blocks(ANSWERS, "python")
    found = {"localized": localized, "data": b'{"form": "but-hauptantrag", "version": 1, "answers": {}}\n'}
    exec(code, found)  # our own page
    assert str(found["text"]).startswith("Antrag auf Leistungen")


def test_every_format_of_answers_is_explained_and_no_other() -> None:
    assert table(ANSWERS, "All formats").keys == set(answers.FORMATS)


def test_every_key_of_a_finding_is_explained_and_no_other() -> None:
    assert table(ANSWERS, "What is wrong, what is doubtful").keys == {*ANSWER_ERRORS, "rule:…"}


def test_how_json_holds_each_field_type_is_explained() -> None:
    asking = {kind.model_fields["type"].annotation.__args__[0] for kind in FIELD_TYPES if kind.asks}  # type: ignore[union-attr]
    assert table(ANSWERS, "JSON").keys == asking - {"signature"}


# Licences


def needed(name: str, extras: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield the packages that an installed package needs at run time, and what those need."""
    for line in metadata.requires(name) or []:
        requirement = Requirement(line)
        wanted = [{"extra": extra} for extra in extras or {""}]
        if requirement.marker is None or any(requirement.marker.evaluate(each) for each in wanted):
            yield metadata.metadata(requirement.name)["Name"]
            yield from needed(requirement.name, frozenset(requirement.extras))


def licence(name: str) -> str:
    """Return what a package says of its licence: an SPDX expression, else words of its own or classifiers."""
    said = metadata.metadata(name)
    classified = [
        each.rpartition(" :: ")[2] for each in said.get_all("Classifier") or [] if each.startswith("License ::")
    ]
    # Where another package has brought importlib_metadata, asking for a key that is absent raises KeyError.
    return said.get("License-Expression") or said.get("License") or ", ".join(classified)


def test_every_library_is_listed_with_the_licence_it_states() -> None:
    rows = {row[0]: row[1] for row in table(ROOT / "THIRD-PARTY.md", "Python packages").rows}
    assert rows == {name: licence(name) for name in sorted(set(needed("formkit")), key=str.lower)}


def test_every_font_is_listed_with_its_source_and_licence_text() -> None:
    made = json.loads((FONTS / "PROVENANCE.json").read_text(encoding="utf-8"))["fonts"]
    sources = [source for font in made for source in (font["source"], *font["source"].get("borrowed", []))]
    rows = {(row[0], row[1], coded(row[3])[0]) for row in table(ROOT / "THIRD-PARTY.md", "Fonts").rows}
    assert rows == {(each["package"], each["version"], each["licence"]) for each in sources}


def test_the_licence_is_the_whole_eupl_and_the_package_says_so() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\nEUPL © the European Union 2007, 2016\n")
    assert re.findall(r"^(\d+)\.[A-Z]", text, re.MULTILINE) == [str(number) for number in range(1, 16)]
    assert text.rstrip().endswith("require the production of a new EUPL version.")
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (stated["license"], stated["license-files"][0]) == ("EUPL-1.2", "LICENSE")


# Pictures and words


def test_pictures_are_there_and_small() -> None:
    shown = {
        (page.parent / target).resolve()
        for page in PAGES
        for target in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    assert {picture.name for picture in shown} == {
        "but-hauptantrag.png",
        "preview.png",
        "web-phone.png",
        "web-review.png",
    }
    assert [picture for picture in shown if picture.stat().st_size > 250_000] == []
