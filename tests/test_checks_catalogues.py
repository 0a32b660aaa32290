"""Checks of whole catalogues: what is stale, plural rules, and what stands in several of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from formkit.checks import check_translations
from formkit.i18n.languages import LANGUAGES
from formkit.i18n.paths import catalog_path
from formkit.problems import Problem
from formkit.project import Project
from projects import change, sample_project

FORM = "kurz"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return sample_project(tmp_path, [FORM, "alles"], ["uk"])


def found(project: Project, check: str, *forms: str) -> list[Problem]:
    return [problem for problem in check_translations(project, forms, widths=False).problems if problem.check == check]


def po(project: Project, name: str = FORM) -> Path:
    return catalog_path(project.locales, LANGUAGES["uk"], name)


def test_a_catalogue_in_step_with_its_form_is_not_stale(project: Project) -> None:
    assert found(project, "stale-source") == []


def test_a_form_that_changed_since_makes_its_catalogue_stale(project: Project) -> None:
    change(project.form_path(FORM), "title: Kurz", "title: Kürzer")
    (missing, left) = found(project, "stale-source", FORM)
    assert missing.text == "missing here: 'Kürzerer Antrag'; run formkit translate update"
    assert left.text == "no longer in the form: 'Kurzer Antrag'; run formkit translate update"
    assert (missing.where.file, missing.where.line) == (f"locales/uk/LC_MESSAGES/{FORM}.po", 0)


def test_another_version_of_the_form_makes_a_catalogue_stale_and_a_foreign_project_id_does_not(
    project: Project,
) -> None:
    change(po(project), f'"Project-Id-Version: {FORM} 1\\n"', f'"Project-Id-Version: {FORM} 7\\n"')
    assert [problem.text for problem in found(project, "stale-source", FORM)] == [
        f"the catalogue is for '{FORM} 7', the form is '{FORM} 1'; run formkit translate update"
    ]
    change(po(project), f'"Project-Id-Version: {FORM} 7\\n"', '"Project-Id-Version: PACKAGE 7\\n"')
    assert found(project, "stale-source", FORM) == []


RULE = LANGUAGES["uk"].plural


@pytest.mark.parametrize(
    "rule", [RULE, f"{RULE};", RULE.replace(" ", ""), RULE.replace("n%10==1 &&", "(n % 10 == 1) &&")]
)
def test_a_plural_rule_may_be_written_otherwise(rule: str, project: Project) -> None:
    change(po(project), f"Plural-Forms: {RULE};", f"Plural-Forms: {rule}")
    assert found(project, "plural-forms", FORM) == []


@pytest.mark.parametrize(
    "rule", ["nplurals=2; plural=(n != 1)", "nplurals=3; plural=0", "nonsense", "nplurals=3; plural=n+"]
)
def test_another_plural_rule_is_found(rule: str, project: Project) -> None:
    change(po(project), f"Plural-Forms: {RULE};", f"Plural-Forms: {rule};")
    assert [problem.where.file for problem in found(project, "plural-forms", FORM)] == [
        f"locales/uk/LC_MESSAGES/{FORM}.po"
    ]


def test_every_plural_form_is_filled(project: Project) -> None:
    text = po(project).read_text(encoding="utf-8")
    entry = '\nmsgid "{n} Tag"\nmsgid_plural "{n} Tage"\nmsgstr[0] "{n} день"\nmsgstr[1] "{n} дні"\nmsgstr[2] ""\n'
    po(project).write_text(text + entry, encoding="utf-8")
    assert [problem.text for problem in found(project, "plural-forms", FORM)] == ["2 of 3 plural forms are filled"]


def test_texts_that_two_catalogues_share_are_compared_also_with_those_that_are_not_checked(project: Project) -> None:
    path = po(project, "formkit")
    change(path, 'msgid "Ja"\nmsgstr "‹текст Ja›"', 'msgid "Ja"\nmsgstr "Так"')
    text = po(project).read_text(encoding="utf-8")
    po(project).write_text(f'{text}\nmsgid "Ja"\nmsgstr "Звісно"\n', encoding="utf-8")
    (problem,) = found(project, "inconsistent", FORM)
    assert problem.text.startswith("'Ja' is «Так» in locales/uk/LC_MESSAGES/formkit.po:")
    assert {each.where.file.rpartition("/")[2] for each in found(project, "inconsistent")} == {
        f"{FORM}.po",
        "formkit.po",
    }


def test_without_a_form_authorities_and_formkit_itself_are_checked_as_well(project: Project) -> None:
    names = check_translations(project, widths=False).names
    assert names == ("alles", "kurz", "authority-amt", "formkit")
    assert check_translations(project, [FORM], widths=False).names == (FORM,)
