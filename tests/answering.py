"""Valid answers to any form, made by Hypothesis from its definition: for tests of whatever answers go through.

`answers_to(form)` is a strategy of `Answers`: any subset of the questions answered, lists with any number of rows,
every value one that its field accepts. `raw_text_of(field)` is what a person could write instead.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from formkit.answers.model import Answers, tidied
from formkit.answers.slots import Outline, Slot, outline
from formkit.definition.model import Form
from formkit.fields import Field
from formkit.fields.attachment import ATTACHED, LATER, AttachmentField
from formkit.fields.bic import BicField
from formkit.fields.choice import ChoiceField
from formkit.fields.choices import ChoicesField
from formkit.fields.confirm import ConfirmField
from formkit.fields.date import DateField
from formkit.fields.email import EmailField
from formkit.fields.iban import IbanField
from formkit.fields.latin import foreign_letters
from formkit.fields.longtext import LongTextField
from formkit.fields.matrix import MatrixField
from formkit.fields.month import MonthField
from formkit.fields.number import NumberField
from formkit.fields.phone import PhoneField
from formkit.fields.postcode import PostcodeField
from formkit.fields.text import TextField
from formkit.fields.yesno import YesNoField
from formkit.fonts import FONTS, REGULAR, coverage
from formkit.i18n.languages import LANGUAGES
from formkit.values import Month, PartialDate, Value

_TAGS = ("de", "ar", "uk", "tr", "de-simple")
# What no text can hold (control characters, lone surrogates, non-characters); other characters of every script can.
_CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
_SPECIAL = st.sampled_from(
    [
        "=1+1",
        "-5",
        "@SUM(A1)",
        "'=x",
        "a;b,c",
        'er "sagt"',
        "<b>&amp;</b>",
        "(\\)",
        "أحمد",
        "Ünï ç",
        "𝒳",
        "Off",
        "ja",
    ]
)
_BANK_CODES = ("37040044", "10000000", "60050101")


def _line(limit: int) -> st.SearchStrategy[str]:
    text = st.text(_CHARACTERS, min_size=1, max_size=min(limit, 40)).map(str.strip)
    return (text | _SPECIAL.filter(lambda special: len(special) <= limit)).filter(bool)


def _lines(limit: int) -> st.SearchStrategy[str]:
    joined = st.lists(_line(limit), min_size=1, max_size=3).map("\n".join)
    return joined.filter(lambda text: len(text) <= limit)


def _iban(account: int, bank: str) -> str:
    """Return a German IBAN; its check digits are worked out as ISO 13616 says (ISO 7064, modulo 97-10)."""
    number = f"{bank}{account:010}"
    check = 98 - int(f"{number}131400") % 97
    return f"DE{check:02}{number}"


def _number(field: NumberField) -> st.SearchStrategy[Decimal]:
    low = field.min if field.min is not None else Decimal(-99_999)
    high = field.max if field.max is not None else Decimal(99_999)
    return st.decimals(low, high, places=field.decimals, allow_nan=False, allow_infinity=False)


def _date(field: DateField) -> st.SearchStrategy[Value]:
    day = st.dates(datetime.date(1000, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day))
    if not field.incomplete:
        return day
    month = st.builds(PartialDate, st.integers(1000, 9999), st.integers(0, 12))
    return day | month


def value_of(field: Field) -> st.SearchStrategy[Value]:
    """Return a strategy of the values that a field accepts."""
    match field:
        case TextField(letters="latin"):
            return st.sampled_from(["Müller-Çelik", "Łukasz", "O'Connor", "Ștefan"]) | _line(field.max_length).filter(
                lambda text: not foreign_letters(text)
            )
        case TextField():
            return _line(field.cells or field.max_length)
        case LongTextField():
            return _lines(field.max_length)
        case DateField():
            return _date(field)
        case MonthField():
            return st.builds(Month, st.integers(1000, 9999), st.integers(1, 12))
        case NumberField(type="integer"):
            return _number(field).map(int)
        case NumberField():
            return _number(field)
        case YesNoField():
            return st.booleans()
        case ConfirmField():
            return st.just(True)
        case ChoiceField():
            return st.sampled_from(list(field.options))
        case _:
            return _composite(field)


def _composite(field: Field) -> st.SearchStrategy[Value]:
    match field:
        case ChoicesField():
            codes = list(field.options)
            return st.sets(st.sampled_from(codes), min_size=1).map(lambda found: tuple(c for c in codes if c in found))
        case MatrixField():
            rows = st.dictionaries(st.sampled_from(list(field.rows)), st.sampled_from(list(field.options)), min_size=1)
            order = list(field.rows)
            return rows.map(lambda found: tuple(f"{row}:{found[row]}" for row in order if row in found))
        case AttachmentField():
            later = st.dates(datetime.date(1000, 1, 1)).map(lambda day: (LATER, day.isoformat()))
            return st.just((ATTACHED,)) | later
        case PostcodeField():
            return st.integers(100, 99_999).map(str)
        case IbanField():
            return st.builds(_iban, st.integers(0, 10**10 - 1), st.sampled_from(_BANK_CODES))
        case BicField():
            return st.sampled_from(["MARKDEF1100", "GENODEFF", "BYLADEM1001"])
        case EmailField():
            return st.sampled_from(["a.b@example.org", "ş@beispiel.de", "kein Zeichen"])
        case PhoneField():
            return st.sampled_from(["+49 (0)7151 501-0", "07151/5010", "-5", "ruf an"])
        case _:
            raise AssertionError(f"no strategy for {type(field).__name__}")


@st.composite
def values_of(draw: st.DrawFn, placed: Outline) -> Mapping[str, Value]:
    """Draw valid values by value path, rows without gaps."""
    found: dict[str, Value] = {}
    for slot in placed.slots:
        if not slot.repeat and draw(st.booleans()):
            found[slot.path] = draw(value_of(slot.field))
    for repeat, columns in placed.columns.items():
        for row in range(draw(st.integers(0, min(3, placed.most_rows(repeat))))):
            found |= draw(_row(columns, row))
    return found


@st.composite
def _row(draw: st.DrawFn, columns: tuple[Slot, ...], row: int) -> Mapping[str, Value]:
    chosen = draw(st.sets(st.sampled_from(range(len(columns))), min_size=1))
    return {columns[index].at(row): draw(value_of(columns[index].field)) for index in sorted(chosen)}


def answers_to(form: Form) -> st.SearchStrategy[Answers]:
    """Return a strategy of valid answers to a form, filled in in some language."""
    return _answers(outline(form))


@st.composite
def _answers(draw: st.DrawFn, placed: Outline) -> Answers:
    form = placed.form
    return tidied(form, Answers(form.id, form.version, draw(st.sampled_from(_TAGS)), draw(values_of(placed))))


def drawable(form: Form, answers: Answers) -> Answers:
    """Return answers without the texts that no packaged font can draw."""
    known = frozenset[int]().union(*(coverage(font.family) for font in FONTS if font.weight == REGULAR))
    kept = {
        path: value
        for path, value in answers.values.items()
        if not isinstance(value, str) or all(ord(char) in known for char in value.replace("\n", ""))
    }
    return tidied(form, replace(answers, values=kept))


# One answer of each type of field, in several scripts where it is free.
_EXAMPLES: Mapping[str, Value] = {
    "text": "Müller-Çelik",
    "longtext": "Мій син потребує допомоги.\nابني يحتاج إلى مساعدة في اللغة الألمانية 17 مرة.\nልጄ እርዳታ ያስፈልገዋል።",
    "date": PartialDate(2018, 3, 7),
    "month": Month(2026, 9),
    "integer": 7,
    "decimal": Decimal("3.5"),
    "money": Decimal("12.50"),
    "yesno": True,
    "confirm": True,
    "postcode": "71332",
    "iban": "DE89370400440532013000",
    "bic": "MARKDEF1100",
    "email": "a.b@example.org",
    "phone": "07151 5010",
    "attachment": (LATER, "2026-12-01"),
}


def full_answers(form: Form, rows: int, language: str = "uk") -> Answers:
    """Return answers to every question of a form, lists with some number of rows: the same every time."""
    placed = outline(form)
    found = {
        slot.at(row): _example(slot.field) for slot in placed.slots for row in (range(rows) if slot.repeat else (None,))
    }
    return tidied(form, Answers(form.id, form.version, language, found))


def _example(field: Field) -> Value:
    match field:
        case ChoiceField():
            return list(field.options)[-1]
        case ChoicesField():
            return tuple(list(field.options)[:2])
        case MatrixField():
            return tuple(f"{row}:{next(iter(field.options))}" for row in field.rows)
        case TextField() | LongTextField():
            limit = getattr(field, "cells", None) or field.max_length
            return str(_EXAMPLES[field.type])[:limit].strip()
        case NumberField():
            return _within(field)
    return _EXAMPLES[field.type]


def _within(field: NumberField) -> Value:
    """Return the example of a number, or the limit that it lies beyond."""
    number = Decimal(str(_EXAMPLES[field.type]))
    if field.min is not None:
        number = max(number, Decimal(field.min))
    if field.max is not None:
        number = min(number, Decimal(field.max))
    return int(number) if field.type == "integer" else number


assert set(_TAGS) <= set(LANGUAGES)
