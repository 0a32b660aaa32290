"""Annexes: further forms of the project that answers call for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from formkit.answers.model import Answers
from formkit.answers.needs import needs
from formkit.answers.prepared import prepare
from formkit.definition.checking import check_project
from formkit.i18n import load
from formkit.project import Project
from formkit.values import PartialDate, Value
from projects import ROOT, change, find_project, localized

FORM = "but-hauptantrag"


def called_for(values: dict[str, Value]) -> tuple[str, ...]:
    real = localized(find_project(ROOT), FORM, "de", "musterkreis")
    return needs(prepare(real), Answers(FORM, 1, "uk", values)).annexes


@pytest.mark.parametrize(
    ("values", "annexes"),
    [
        ({}, ()),
        ({"leistung.auswahl": ("schulbedarf",)}, ()),
        ({"leistung.auswahl": ("ausflug",)}, ("but-ausflug",)),
        ({"leistung.auswahl": ("fahrt", "mittag")}, ("but-ausflug", "but-mittagessen")),
        ({"leistung.auswahl": ("lernfoerderung", "teilhabe")}, ("but-lernfoerderung", "but-teilhabe")),
        ({"leistung.auswahl": ("ausflug",), "fahrten.0.bezahlt": True}, ("but-ausflug", "but-quittung")),
    ],
)
def test_the_main_form_calls_for_the_sheets_of_the_benefits_that_are_asked_for(
    values: dict[str, Value], annexes: tuple[str, ...]
) -> None:
    assert called_for(values) == annexes


def test_the_school_certificate_is_called_for_from_the_age_in_the_parameter() -> None:
    school: dict[str, Value] = {"bezug.art": ("sgb2",), "einr.art": "schule", "einr.einschulung": False}
    assert called_for(school | {"kind.geburtsdatum": PartialDate(2009, 1, 1)}) == ("but-schulbescheinigung",)
    assert called_for(school | {"kind.geburtsdatum": PartialDate(2018, 1, 1)}) == ()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(ROOT / "forms", tmp_path / "forms")
    shutil.copy(ROOT / "formkit.toml", tmp_path)
    return find_project(tmp_path)


def problems(project: Project) -> list[str]:
    return [str(problem).partition(": ")[2] for problem in check_project(project, (FORM,))[1]]


def test_every_annex_is_a_form_of_the_project(project: Project) -> None:
    assert problems(project) == []
    assert set(load.form(project, FORM).annexes) <= set(project.form_ids())


def test_an_annex_that_is_no_form_is_an_error_with_a_proposal(project: Project) -> None:
    change(project.forms / f"{FORM}.yaml", "  but-teilhabe: {when", "  but-teilhaben: {when")
    assert problems(project) == [
        "error: no form 'but-teilhaben' in this project; did you mean 'but-teilhabe'? [unknown-annex]"
    ]


def test_a_form_is_no_annex_of_itself(project: Project) -> None:
    change(project.forms / f"{FORM}.yaml", "  but-teilhabe: {when", f"  {FORM}: {{when")
    assert problems(project) == ["error: a form is no annex of itself [unknown-annex]"]


def test_the_condition_of_an_annex_is_checked_like_any_other(project: Project) -> None:
    change(project.forms / f"{FORM}.yaml", "but-mittagessen: {when: \"'mittag'", "but-mittagessen: {when: \"'mitag'")
    (problem,) = problems(project)
    assert "mitag" in problem
