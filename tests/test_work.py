"""A translator's week, command by command, on a copy of the project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formkit.cli import cli
from formkit.errors import CatalogError, FormkitError, UnknownName
from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import language
from formkit.i18n.load import reviews
from formkit.project import Project, find_project

ROOT = Path(__file__).parent.parent
FORM = "but-hauptantrag"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for name in ("forms", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "formkit.toml", tmp_path)
    return find_project(tmp_path)


def run(project: Project, *arguments: str) -> Result:
    result = CliRunner().invoke(cli, ["--project", str(project.root), *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def catalogue(project: Project, tag: str = "uk") -> Path:
    return project.locales / language(tag).folder / "LC_MESSAGES" / f"{FORM}.po"


def reword(project: Project, old: str, new: str) -> None:
    path = project.forms / f"{FORM}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def statuses(project: Project) -> dict[str, dict[str, object]]:
    rows = json.loads(run(project, "translate", "status", FORM, "--json").stdout)
    return {row["language"]: row for row in rows}


def test_an_amount_that_changes_touches_no_catalogue(project: Project) -> None:
    run(project, "translate", "update")
    before = {path: path.read_bytes() for path in project.locales.rglob("*.po")}
    reword(project, 'value: "15"', 'value: "20"')
    run(project, "translate", "update")
    assert {path: path.read_bytes() for path in project.locales.rglob("*.po")} == before


def test_a_label_that_changes_goes_stale_in_every_language_and_nothing_else_does(project: Project) -> None:
    reword(project, "label: Familienname,", "label: Nachname,")
    run(project, "translate", "update")
    for tag, row in statuses(project).items():
        assert (tag, row["fuzzy"], row["missing"]) == (tag, 1, 0)
        assert row["stale_since"] == f"{FORM} 1"
    entry = read_catalog(catalogue(project), language("uk")).entries["", "Nachname"]
    assert (entry.fuzzy, entry.previous) == (True, ("", "Familienname"))


def test_what_is_declared_minor_is_settled_everywhere(project: Project) -> None:
    reword(project, "label: Familienname,", "label: Nachname,")
    run(project, "translate", "update")
    result = run(project, "translate", "minor-edit", "person.familienname")
    assert f"{len(statuses(project))} translations kept" in result.output
    assert all(row["fuzzy"] == 0 for row in statuses(project).values())


def test_an_unknown_id_is_refused(project: Project) -> None:
    with pytest.raises(UnknownName, match=r"no text has the id 'x\.y'"):
        run(project, "translate", "minor-edit", "x.y")


def test_a_second_update_touches_nothing(project: Project) -> None:
    run(project, "translate", "update")
    before = {path: path.stat().st_mtime_ns for path in project.locales.rglob("*.po")}
    result = run(project, "translate", "update")
    assert {path: path.stat().st_mtime_ns for path in project.locales.rglob("*.po")} == before
    assert result.output.splitlines()[-1].endswith("0 changed")


def test_a_damaged_catalogue_stops_the_update_and_stays_as_it_is(project: Project) -> None:
    path = catalogue(project)
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "offen', encoding="utf-8")
    before = path.read_bytes()
    reword(project, "label: Familienname,", "label: Nachname,")
    with pytest.raises(CatalogError):
        run(project, "translate", "update", FORM)
    assert path.read_bytes() == before


def test_a_language_begins_empty_and_is_not_begun_twice(project: Project) -> None:
    first = run(project, "translate", "add", "es")
    assert f"locales/es/LC_MESSAGES/{FORM}.po" in first.output
    path = catalogue(project, "es")
    path.write_text(path.read_text(encoding="utf-8").replace('msgstr ""\n\n', 'msgstr "X"\n\n', 2), encoding="utf-8")
    before = path.read_bytes()
    assert "0 catalogues begun" in run(project, "translate", "add", "es").output
    assert path.read_bytes() == before


def test_a_review_signs_what_is_ready_and_says_who_and_when(project: Project) -> None:
    reword(project, "label: Familienname,", "label: Nachname,")
    run(project, "translate", "update")
    result = run(project, "translate", "review", FORM, "--lang", "uk", "--by", "N. N.", "--on", "2026-11-24")
    assert "1 are missing, fuzzy or faulty" in result.output
    review = reviews(project)[FORM, "uk"]
    assert (review.state, review.by, str(review.on)) == ("reviewed", "N. N.", "2026-11-24")
    row = statuses(project)["uk"]
    assert (row["review"], row["reviewed"]) == ("reviewed", row["translated"])


def test_reviews_of_other_languages_stay(project: Project) -> None:
    run(project, "translate", "review", FORM, "--lang", "uk", "--by", 'N. "N."')
    run(project, "translate", "review", FORM, "--lang", "de-simple", "--by", "N. N.", "--group", "Prüfgruppe: eins")
    found = reviews(project)
    assert found[FORM, "uk"].by == 'N. "N."'
    assert found[FORM, "de-simple"].group == "Prüfgruppe: eins"


@pytest.mark.parametrize("name", ["", " ", "\x07"])
def test_nobody_signs_without_a_name(project: Project, name: str) -> None:
    with pytest.raises(FormkitError, match="needs the name"):
        run(project, "translate", "review", FORM, "--lang", "uk", "--by", name)


def test_the_table_of_standings_fits_a_terminal(project: Project) -> None:
    lines = run(project, "translate", "status").output.splitlines()
    assert max(map(len, lines)) <= 100
