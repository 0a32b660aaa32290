"""Conditions, computed values and boxes beside options within the rows of a list."""

from __future__ import annotations

import datetime

import pytest

from formkit.answers import Answers, Prepared, needs, prepare, summarize, validate
from formkit.definition import load_form
from formkit.definition.parameters import in_force
from formkit.i18n.languages import GERMAN
from formkit.i18n.localize import Localized
from formkit.values import PartialDate, Value

FORM = """
form: reihen
version: 1
valid: {from: "2026-01-01"}
title: Reihen
parameters:
  grenze: {type: integer, value: 10}
sections:
  - id: kinder
    title: Kinder
    why: x
    repeat: {min: 1, max: 4, rows: 2}
    questions:
      - {id: name, type: text, label: Name, required: true}
      - {id: geburt, type: date, label: Geburt}
      - {id: alter, type: computed, label: Alter, value: age(kinder.geburt)}
      - {id: klein, type: yesno, label: Klein, when: kinder.alter < grenze, hint: nur bei kleinen, required: true}
      - id: art
        type: choice
        label: Art
        options:
          a: A
          b: {label: B, when: kinder.alter < grenze, reason: nur für kleine Kinder}
          andere: {label: Andere, text: true}
      - {id: genau, type: text, label: Genau, required_when: kinder.art == 'andere'}
  - id: gesamt
    title: Gesamt
    why: x
    questions:
      - {id: summe, type: computed, label: Kinder über der Grenze, value: count(age(kinder.geburt) >= grenze)}
      - {id: doppelt, type: computed, label: Doppelt, value: gesamt.summe * 2}
      - {id: brief, type: attachment, label: Brief, when: any(kinder.klein), hint: bei kleinen Kindern}
rules:
  - id: name
    check: kinder.name != 'Otto' or kinder.art != 'a'
    message: Otto nimmt B.
    fields: [kinder.art, kinder.name]
"""
OLD, YOUNG = PartialDate(2010, 1, 1), PartialDate(2020, 1, 1)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    path = tmp_path_factory.mktemp("rows") / "reihen.yaml"
    path.write_text(FORM, encoding="utf-8")
    form = load_form(path)
    today = datetime.date(2026, 11, 24)
    return prepare(Localized(form, GERMAN, None, in_force(form, None, today), {}, today))


def told(prepared: Prepared, values: dict[str, Value], *, submission: bool = True) -> list[str]:
    found = validate(prepared, Answers("reihen", 1, "de", values), submission=submission)
    return [f"{finding.place.source} {finding.path} {finding.key}" for finding in found]


def test_a_list_that_needs_a_row_asks_for_its_first(prepared: Prepared) -> None:
    assert told(prepared, {}) == ["1.1a, Zeile 1 kinder.0.name required"]


def test_a_condition_in_a_row_looks_at_that_row(prepared: Prepared) -> None:
    values: dict[str, Value] = {
        "kinder.0.name": "Ada",
        "kinder.0.geburt": OLD,
        "kinder.1.name": "Bo",
        "kinder.1.geburt": YOUNG,
    }
    assert told(prepared, values) == ["1.1c, Zeile 2 kinder.1.klein required"]
    assert told(prepared, values | {"kinder.0.klein": True, "kinder.1.klein": True}) == [
        "1.1c, Zeile 1 kinder.0.klein not-applicable"
    ]


def test_an_option_is_closed_in_one_row_and_open_in_the_other(prepared: Prepared) -> None:
    values: dict[str, Value] = {
        "kinder.0.geburt": OLD,
        "kinder.0.art": "b",
        "kinder.1.geburt": YOUNG,
        "kinder.1.art": "b",
    }
    assert told(prepared, values, submission=False) == ["1.1d, Zeile 1 kinder.0.art closed-option"]
    closed = needs(prepared, Answers("reihen", 1, "de", values)).closed
    assert [(each.path, each.chosen, each.place.source) for each in closed] == [("kinder.0.art", True, "1.1d, Zeile 1")]


def test_what_is_required_when_an_answer_says_so_is_required_in_that_row_only(prepared: Prepared) -> None:
    values: dict[str, Value] = {f"kinder.{row}.name": "Ada" for row in range(2)}
    values |= {"kinder.0.art": "a", "kinder.1.art": "andere", "kinder.1.art_andere": "X"}
    assert told(prepared, values) == ["1.1e, Zeile 2 kinder.1.genau required"]
    assert "1.1e, Zeile 2 kinder.1.genau required" not in told(prepared, values | {"kinder.1.genau": "Y"})


def test_the_line_behind_an_option_belongs_to_its_row(prepared: Prepared) -> None:
    values: dict[str, Value] = {"kinder.0.art": "andere", "kinder.1.art": "a", "kinder.1.art_andere": "X"}
    assert told(prepared, values, submission=False) == [
        "1.1d, Zeile 1 kinder.0.art_andere other-text",
        "1.1d, Zeile 2 kinder.1.art_andere not-applicable",
    ]


def test_a_rule_about_columns_is_asked_in_each_row(prepared: Prepared) -> None:
    values: dict[str, Value] = {
        "kinder.0.name": "Ada",
        "kinder.0.art": "a",
        "kinder.1.name": "Otto",
        "kinder.1.art": "a",
    }
    (finding,) = validate(prepared, Answers("reihen", 1, "de", values), submission=False)
    assert (finding.path, finding.key, finding.also) == ("kinder.1.art", "rule:name", ("kinder.1.name",))


def test_computed_values_are_worked_out_from_columns_and_from_one_another(prepared: Prepared) -> None:
    values: dict[str, Value] = {"kinder.0.geburt": OLD, "kinder.1.geburt": YOUNG, "kinder.2.geburt": OLD}
    parts = summarize(prepared, Answers("reihen", 1, "de", values)).parts
    lines = {line.path: line.value for part in parts for line in part.lines}
    assert (lines["gesamt.summe"], lines["gesamt.doppelt"]) == ("2", "4")


def test_a_paper_is_called_for_as_soon_as_one_row_says_so(prepared: Prepared) -> None:
    def papers(values: dict[str, Value]) -> list[str]:
        return [each.path for each in needs(prepared, Answers("reihen", 1, "de", values)).attachments]

    assert papers({"kinder.0.klein": False, "kinder.1.klein": True}) == ["gesamt.brief"]
    assert papers({"kinder.0.klein": False, "kinder.1.klein": False}) == []
    assert papers({"kinder.0.klein": False, "kinder.1.name": "Bo"}) == []
