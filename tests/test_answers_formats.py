"""Answers in files: every format says the same, and what does not belong is refused at its place."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering import answers_to, value_of
from formkit.answers.formats import FORMATS, read_answers, write_answers
from formkit.answers.raw import parse, to_raw
from formkit.answers.slots import outline
from formkit.definition import load_form

ROOT = Path(__file__).parent.parent
SAMPLE = load_form(Path(__file__).parent / "forms" / "good" / "alles.yaml")
REAL = load_form(ROOT / "forms" / "but-hauptantrag.yaml")
FORMS = [SAMPLE, REAL, load_form(Path(__file__).parent / "forms" / "good" / "texte.yaml")]

large = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@large
@given(st.data())
def test_every_value_survives_its_boxes_its_json_and_its_cell(data: st.DataObject) -> None:
    slots = [slot for form in FORMS for slot in outline(form).slots]
    field = data.draw(st.sampled_from(slots)).field
    value = data.draw(value_of(field))
    assert field.parse(field.to_widgets(value)) == value
    assert field.parse(field.from_json(field.to_json(value))) == value
    assert field.parse(field.from_cell(field.to_cell(value))) == value


@large
@given(st.data())
def test_answers_are_the_same_in_every_format(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    answers = data.draw(answers_to(form))
    for suffix in FORMATS:
        assert read_answers(form, f"a{suffix}", write_answers(form, f"a{suffix}", [answers])) == (answers,)
    assert read_answers(form, "a.csv", write_answers(form, "a.csv", [answers], excel=True)) == (answers,)
    assert parse(form, to_raw(form, answers), answers.language).answers == answers
