"""An authority's profile that does not fit the forms it hands out is told, not printed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from formkit.definition.checking import check_project
from formkit.errors import DefinitionError
from formkit.i18n import load
from formkit.i18n.languages import GERMAN
from formkit.project import Project, find_project

FORM = """\
form: ausflug
version: 1
valid: {from: "2026-01-01"}
title: Ausflug
parameters: {alter: {type: integer, value: 18}}
sections:
  - {id: a, title: A, why: Prüfung, questions: [{id: name, type: text, label: Name}]}
"""
PROFILE = """\
authority: amt
name: Amt
disclaimer: {disclaimer}
offices: [{{id: eins, name: Eins, takes: [sgb2]}}]
parameters:
  alter: {alter}
  alder: 3
"""


def project(folder: Path, *, alter: str = "25", disclaimer: str = "Nur eine Lesehilfe.") -> Project:
    (folder / "forms" / "authorities").mkdir(parents=True)
    (folder / "forms" / "ausflug.yaml").write_text(FORM, encoding="utf-8")
    profile = PROFILE.format(alter=alter, disclaimer=disclaimer)
    (folder / "forms" / "authorities" / "amt.yaml").write_text(profile, encoding="utf-8")
    return find_project(folder)


def test_a_check_names_the_place_of_all_that_no_form_knows(tmp_path: Path) -> None:
    checked, problems = check_project(project(tmp_path), ())
    file = "forms/authorities/amt.yaml"
    assert [str(problem) for problem in problems] == [
        f"{file}:4:42: error: office 'eins' takes 'sgb2', which is no topic of any form [unknown-topic]",
        f"{file}:7:3: error: 'alder' is no parameter of any form [unknown-parameter]",
    ]
    assert checked == 2


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"alter": "viele"}, "forms/authorities/amt.yaml:6:10: error: 'viele' is no integer [parameter-value]"),
        (
            {"disclaimer": '"Für {kind} gilt es nicht."'},
            "forms/authorities/amt.yaml:3:13: error: "
            "'{kind}' is no parameter of the form 'ausflug' [unknown-parameter]",
        ),
    ],
)
def test_a_profile_that_does_not_fit_is_told_by_the_check_and_before_a_page_is_made(
    tmp_path: Path, given: dict[str, str], fault: str
) -> None:
    here = project(tmp_path, **given)
    assert fault in [str(problem) for problem in check_project(here, ())[1]]
    form, authority = load.form(here, "ausflug"), load.authority(here, "amt")
    with pytest.raises(DefinitionError) as caught:
        load.localize(here, form, GERMAN, authority, datetime.date(2026, 1, 1))
    assert [str(problem) for problem in caught.value.problems] == [fault]


def test_an_authority_may_override_a_parameter(tmp_path: Path) -> None:
    here = project(tmp_path, alter="25")
    form, authority = load.form(here, "ausflug"), load.authority(here, "amt")
    localized = load.localize(here, form, GERMAN, authority, datetime.date(2026, 1, 1))
    assert localized.parameters["alter"].value == 25
