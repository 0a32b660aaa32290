"""Every form of the project in every language it has: printed, accessible, and read back as it was answered.

Forms and languages are found, not listed. The main form has tests of its own for all its kinds and layouts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import page
import pypdfium2
import pytest

from answering import full_answers
from formkit import render
from formkit.answers.model import Answers
from formkit.copies import Style, filled_copy
from formkit.definition.places import Part, SectionPlace, parts
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.pdf.fields import read_form
from formkit.render.jobs import FILLABLE, PRINT, Job
from formkit.render.visible import visible
from formkit.returned import read_returned
from printed import FORM, print_once
from projects import ROOT, TODAY, find_project, localized

PROJECT = find_project(ROOT)
AUTHORITY = PROJECT.authority
# Pages at most: the form, and the sheet of information that some have.
MOST_PAGES = {FORM: 10}
ANNEX_PAGES = 4


def translated() -> Iterator[tuple[str, str]]:
    for form_id in PROJECT.form_ids():
        yield from ((form_id, each.tag) for each in load.languages(PROJECT, form_id))


def faults(data: bytes) -> list[str]:
    return [
        failure.rule_id
        for profile in ("ua1", "pdfa-3a")
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]


def printed_only(form_id: str, answers: Answers) -> Answers:
    """Return answers without those to questions that the parameters in force leave out of the page."""
    shown = {part.path for place in visible(localized(PROJECT, form_id, "de", AUTHORITY)) for part in parts_in(place)}
    hidden = {part.path for part in parts(load.form(PROJECT, form_id))} - shown
    return replace(answers, values={path: value for path, value in answers.values.items() if path not in hidden})


def parts_in(place: SectionPlace) -> Iterator[Part]:
    for question in place.questions:
        yield from question.parts


@pytest.fixture(scope="session")
def printing(shared: Path) -> Callable[[str, str], Path]:
    """Return what prints a form in a language; the main form is printed once for all tests."""

    def made(form_id: str, tag: str) -> Path:
        if form_id == FORM:
            return print_once(shared / "printed", tag).path
        job = Job(form_id, language(tag), AUTHORITY, "interlinear", False, 100, PRINT)
        return render.run(PROJECT, job, shared / "all" / tag, TODAY).path

    return made


@pytest.mark.parametrize(("form_id", "tag"), [*translated()])
def test_a_form_is_printed_in_a_language_whole_and_accessible(
    printing: Callable[[str, str], Path], form_id: str, tag: str
) -> None:
    data = printing(form_id, tag).read_bytes()
    assert len(pypdfium2.PdfDocument(data)) <= MOST_PAGES.get(form_id, ANNEX_PAGES)
    assert faults(data) == []


@pytest.mark.parametrize("form_id", PROJECT.form_ids())
def test_a_form_can_be_filled_in_and_is_accessible_then(tmp_path: Path, form_id: str) -> None:
    tag = load.languages(PROJECT, form_id)[0].tag
    job = Job(form_id, language(tag), AUTHORITY, "interlinear", False, 95, FILLABLE)
    assert faults(render.run(PROJECT, job, tmp_path, TODAY).path.read_bytes()) == []


@pytest.mark.parametrize("form_id", [each for each in PROJECT.form_ids() if not load.form(PROJECT, each).letter])
def test_answers_to_every_question_of_a_form_are_read_back(tmp_path: Path, form_id: str) -> None:
    project = replace(PROJECT, output=tmp_path / "out")
    answers = printed_only(form_id, full_answers(load.form(project, form_id), rows=2))
    copy = filled_copy(project, answers, Style(language("de"), AUTHORITY, "source"), TODAY)
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy.data)
    found = read_returned(project, read_form(path), path.name)
    assert dict(found.answers.values) == dict(answers.values)
    assert (found.form.id, found.answers.faults, found.notes) == (form_id, (), ())


@pytest.mark.parametrize(("form_id", "tag"), [*translated()])
def test_a_catalogue_that_comes_with_formkit_is_complete(form_id: str, tag: str) -> None:
    found = localized(PROJECT, form_id, tag, AUTHORITY)
    assert (found.completeness().percent, [str(problem) for problem in found.problems]) == (100, [])


def test_an_unsure_translation_says_so_on_every_page_and_a_sure_one_does_not(
    printing: Callable[[str, str], Path],
) -> None:
    def said(tag: str) -> list[bool]:
        pages = pypdfium2.PdfDocument(printing(FORM, tag))
        return ["Übersetzung unsicher" in sheet.get_textpage().get_text_range() for sheet in pages]

    assert load.reviews(PROJECT)[FORM, "sq"].confidence == "low"
    assert set(said("sq")) == {True}
    assert set(said("uk")) == {False}
