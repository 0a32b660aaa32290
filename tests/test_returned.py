"""Forms filled in with real viewers' engines come back with the same answers, whatever the language of the form."""

from __future__ import annotations

from pathlib import Path

import pytest

from answering import full_answers
from engines import ENGINES, missing
from formkit import render
from formkit.answers.model import Answers
from formkit.answers.raw import to_raw
from formkit.copies.boxes import Boxes
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.pdf.fields import read_form
from formkit.pdf.flags import Flags
from formkit.pdf.isolated import read_form_apart
from formkit.project import Project
from formkit.render.jobs import FILLABLE, Job
from formkit.returned import read_returned
from printed import FORM, LANGUAGES, print_once
from projects import ROOT, TODAY, find_project, sample_project


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    if reason := missing(request.param):
        pytest.skip(reason)
    return str(request.param)


def typed(project: Project, blank: Path, answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return what a person types into the boxes of a blank form to give these answers."""
    form = load.form(project, answers.form)
    fields = {each.name: bool(each.flags & Flags.COMB) for each in read_form(blank).fields}
    boxes = Boxes(form, fields)
    return {name: (boxes.written(name, text),) for name, text in to_raw(form, answers).items()}


@pytest.mark.parametrize("tag", [*LANGUAGES, "de"])
def test_the_real_form_filled_in_with_a_viewer_says_what_was_typed(
    shared: Path, tmp_path: Path, engine: str, tag: str
) -> None:
    project = find_project(ROOT)
    blank = print_once(shared / "printed", tag, FILLABLE).path
    answers = full_answers(load.form(project, FORM), rows=2)
    filled = tmp_path / "filled.pdf"
    ENGINES[engine](blank, filled, typed(project, blank, answers))
    found = read_returned(project, read_form_apart(filled), filled.name)
    assert dict(found.answers.values) == dict(answers.values)
    assert (found.form.id, found.answers.language, found.answers.faults, found.notes) == (FORM, tag, (), ())


def test_every_type_of_field_can_be_filled_in_with_a_viewer(tmp_path: Path, engine: str) -> None:
    project = sample_project(tmp_path / "project", languages=["ar"])
    job = Job("alles", language("ar"), "amt", "interlinear", False, 95, FILLABLE)
    blank = render.run(project, job, tmp_path / "out", TODAY).path
    answers = full_answers(load.form(project, "alles"), rows=2)
    ENGINES[engine](blank, tmp_path / "filled.pdf", typed(project, blank, answers))
    found = read_returned(project, read_form_apart(tmp_path / "filled.pdf"), "filled.pdf")
    assert (dict(found.answers.values), found.notes) == (dict(answers.values), ())


def test_a_filled_form_is_never_taken_for_the_blank_one(tmp_path: Path, engine: str) -> None:
    project = sample_project(tmp_path / "project", languages=["uk"])
    job = Job("alles", language("uk"), "amt", "interlinear", False, 95, FILLABLE)
    blank = render.run(project, job, tmp_path / "out", TODAY).path
    assert render.is_up_to_date(project, job, tmp_path / "out", TODAY)
    filled = tmp_path / "filled.pdf"
    ENGINES[engine](blank, filled, {"person.name": ("Müller",)})
    filled.replace(blank)
    assert not render.is_up_to_date(project, job, tmp_path / "out", TODAY)
