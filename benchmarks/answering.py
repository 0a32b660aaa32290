"""Answers of three hundred different people to the application: read, judged, summed up."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, median, seconds
from formkit.answers import Answers, Prepared, prepare, read_answers, summarize, validate, write_answers
from formkit.answers.model import tidied
from formkit.answers.slots import Slot
from formkit.fields import Field
from formkit.fields.attachment import AttachmentField
from formkit.fields.bic import BicField
from formkit.fields.choices import ChoicesField
from formkit.fields.confirm import ConfirmField
from formkit.fields.date import DateField
from formkit.fields.iban import IbanField
from formkit.fields.matrix import MatrixField
from formkit.fields.month import MonthField
from formkit.fields.number import NumberField
from formkit.fields.postcode import PostcodeField
from formkit.fields.yesno import YesNoField
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.project import find_project
from formkit.values import Value

RECORDS, ROUNDS = 300, 5
TODAY = datetime.date(2026, 11, 24)
# Who fills the form in answers most of it; a few things are forgotten.
_ANSWERED = 0.8
_TEXTS: dict[type[Field], str] = {
    IbanField: "DE89370400440532013000",
    BicField: "MARKDEF1100",
    PostcodeField: "71332",
    AttachmentField: "liegt_bei",
}


def measure() -> Iterator[Figure]:
    """Yield the milliseconds a record takes, each person's answers differing from the others'."""
    project = find_project(Path(__file__).parent)
    form = load.form(project, "but-hauptantrag")
    profile = load.authority(project, "musterkreis")
    prepared = prepare(load.localize(project, form, language("ar"), profile, TODAY))
    people = _people(prepared)
    lines = write_answers(form, "a.jsonl", people)
    reading = [seconds(lambda: read_answers(form, "a.jsonl", lines)) for _ in range(ROUNDS)]
    # Prepared anew for each round, so that nothing is known of these people from the round before.
    fresh = [prepare(prepared.localized) for _ in range(ROUNDS)]
    judging = [seconds(lambda ready=ready: [validate(ready, each) for each in people]) for ready in fresh]
    summing = [seconds(lambda: [summarize(prepared, each) for each in people[:100]]) for _ in range(ROUNDS)]
    findings = sum(len(validate(prepared, each)) for each in people) / RECORDS
    yield Figure("reading one set of answers from JSON Lines", _each(reading, RECORDS), "ms")
    yield Figure(f"judging one set of answers ({findings:.0f} findings each)", _each(judging, RECORDS), "ms")
    yield Figure("summing up one set of answers", _each(summing, 100), "ms")


def _each(times: list[float], count: int) -> float:
    return 1000 * median(times) / count


def _people(prepared: Prepared) -> list[Answers]:
    """Return people who answer what applies to them, and forget some of it."""
    chance = random.Random(20261124)
    form = prepared.localized.form
    found = []
    for number in range(RECORDS):
        values: dict[str, Value] = {}
        for slot in prepared.placed.slots:
            situation = prepared.situation(Answers(form.id, form.version, "ar", values))
            for row in range(2) if slot.repeat else (None,):
                if situation.applies(slot, row) is True and chance.random() < _ANSWERED:
                    values[slot.at(row)] = _value(slot, chance, number)
        found.append(tidied(form, Answers(form.id, form.version, "ar", values)))
    return found


def _value(slot: Slot, chance: random.Random, number: int) -> Value:
    """Return some answer that the field accepts, as raw texts that it reads itself."""
    codes = list(slot.options)
    match slot.field:
        case ChoicesField():
            raw = {code: code for code in chance.sample(codes, chance.randint(1, 2))}
        case MatrixField():
            raw = {row: chance.choice(codes) for row in chance.sample(list(slot.rows), 2)}
        case DateField():
            raw = {"": f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1980, 2027)}"}
        case MonthField():
            raw = {"": f"{chance.randint(1, 12):02}.{chance.randint(2025, 2027)}"}
        case NumberField():
            raw = {"": str(chance.randint(1, 20))}
        case YesNoField() | ConfirmField():
            raw = {"": chance.choice(["ja", "nein"] if isinstance(slot.field, YesNoField) else ["ja"])}
        case _ if codes:
            raw = {"": chance.choice(codes)}
        case _:
            raw = slot.field.from_cell(_TEXTS.get(type(slot.field), "Müller-" + "abcdefghij"[number % 10]))
    value = slot.field.parse(raw)
    assert value is not None
    return value
