"""What a path of a mapping stands for in a form, which codes it can have, and what is written for an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from formkit.answers.prepared import Prepared
from formkit.answers.slots import Outline, Slot
from formkit.fields.attachment import ATTACHED, LATER, AttachmentField
from formkit.fields.confirm import ConfirmField
from formkit.fields.matrix import MatrixField
from formkit.fields.options import codes as codes_of
from formkit.fields.yesno import YesNoField
from formkit.values import Month, PartialDate, Value
from formkit.widgets import TextBox
from formkit.words import NO, YES

TICKED, NOT = "ja", "nein"


@dataclass(frozen=True, slots=True)
class Source:
    """An answer, or with `part` what one of its boxes would hold: `belege.bis` is the date of an attachment."""

    path: str
    slot: Slot
    row: int | None
    part: str = ""

    @property
    def answer(self) -> str:
        """Return the value path of the whole answer."""
        return self.slot.at(self.row)


def source_of(placed: Outline, path: str) -> Source | None:
    """Return what a path stands for, None where the form has no such answer or row."""
    try:
        slot, row = placed.split(path)
    except KeyError:
        box = placed.box(path)
        return None if box is None else Source(path, box.slot, box.row, box.part)
    return None if row is not None and row >= placed.most_rows(slot.repeat) else Source(path, slot, row)


def known_codes(source: Source) -> tuple[str, ...]:
    """Return the codes that an answer can have, () for a text, a date or a number."""
    field, part = source.slot.field, source.part
    match field:
        case YesNoField():
            return (TICKED, NOT)
        case ConfirmField():
            return (TICKED,)
        case AttachmentField():
            return {"": (ATTACHED, LATER), ATTACHED: (TICKED,)}.get(part, ())
        case MatrixField() if part:
            return tuple(source.slot.options)
        case MatrixField():
            return tuple(f"{row}:{column}" for row in source.slot.rows for column in source.slot.options)
        case _:
            return (part,) if part else tuple(source.slot.options)


def codes(source: Source, value: Value) -> tuple[str, ...]:
    """Return the codes of an answer, for sources that have codes."""
    field, part = source.slot.field, source.part
    if isinstance(value, bool):
        return (TICKED if value else NOT,)
    if isinstance(field, AttachmentField):
        given = codes_of(value)[0]
        return (given,) if not part else ((TICKED,) if given == part else ())
    if isinstance(field, MatrixField) and part:
        pairs = (each.partition(":") for each in codes_of(value))
        return tuple(column for row, _, column in pairs if row == part)
    given_codes = codes_of(value)
    return tuple(each for each in given_codes if not part or each == part)


def part_value(source: Source, value: Value) -> Value | None:
    """Return what a text source holds: the value, or the date of an attachment that follows later."""
    if not source.part:
        return value
    given = codes_of(value)
    return PartialDate.parse(given[1]) if source.part == LATER and given[0] == LATER else None


def label(prepared: Prepared, source: Source, code: str) -> str:
    """Return the German words for a code: those of its option."""
    plain = {TICKED: YES, NOT: NO}
    if isinstance(source.slot.field, YesNoField | ConfirmField):
        return prepared.voice.german(plain[code])
    row, _, column = code.rpartition(":")
    shown = [group[each] for group, each in ((source.slot.rows, row), (source.slot.options, column)) if each in group]
    return ": ".join(prepared.voice.german(each.label) for each in shown) or code


FORMATS: Mapping[str, str] = {
    "upper": "capital letters",
    "plain": "without blanks",
    "groups": "in groups of four",
    "1234,56": "a number with a comma",
    "1.234,56": "a number with points and a comma",
    "1234.56": "a number with a point",
}
_TOKENS = ("JJJJ", "JJ", "TT", "MM")


def fits(source: Source, pattern: str) -> bool:
    """Tell whether a format can be asked of a source: dates, numbers and texts have their own."""
    if known_codes(source):
        return False
    kind = "date" if source.part == LATER else str(getattr(source.slot.field, "type", ""))
    if kind in ("date", "month"):
        left = pattern
        for token in _TOKENS[: 4 if kind == "date" else 2] + (("MM",) if kind == "month" else ()):
            left = left.replace(token, "")
        return pattern != left and not any(each.isalpha() for each in left)
    if kind in ("money", "decimal", "integer"):
        return pattern in ("1234,56", "1.234,56", "1234.56")
    return pattern in ("upper", "plain", "groups")


def text(source: Source, value: Value, pattern: str = "", *, cells: bool = False) -> str:
    """Return an answer as it is written: by a format, into cells without points and blanks, else as one reads it."""
    if pattern:
        money = getattr(source.slot.field, "type", "") == "money"
        return _formatted(Decimal(f"{value:.2f}") if money else value, pattern)
    if isinstance(value, PartialDate | Month):
        return str(value).replace(".", "") if cells else str(value)
    return source.slot.field.to_cell(value) if cells else source.slot.field.show(value)


def _formatted(value: Value, pattern: str) -> str:
    match value:
        case PartialDate() | Month():
            parts = {"JJJJ": f"{value.year:04}", "JJ": f"{value.year % 100:02}", "MM": f"{value.month:02}"}
            if isinstance(value, PartialDate):
                parts["TT"] = f"{value.day:02}"
            return _replaced(pattern, parts)
        case Decimal() | int():
            return _number(Decimal(value), pattern)
        case _:
            return _spelt(str(value), pattern)


def _replaced(pattern: str, parts: Mapping[str, str]) -> str:
    """Replace the letters of a date, the longer ones first; digits that came in are no letters."""
    for token, digits in parts.items():
        pattern = pattern.replace(token, digits)
    return pattern


def _number(value: Decimal, pattern: str) -> str:
    grouped = f"{value:,}" if "." in pattern and "," in pattern else f"{value}"
    return grouped if pattern == "1234.56" else grouped.translate(str.maketrans(",.", ".,"))


def _spelt(value: str, pattern: str) -> str:
    if pattern == "upper":
        return value.upper()
    plain = "".join(value.split())
    return plain if pattern == "plain" else " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))


def longest(source: Source, pattern: str = "", *, cells: bool = False) -> int | None:
    """Return how many characters a text of a source can have at most, None where that is not known."""
    kind = "date" if source.part == LATER else str(getattr(source.slot.field, "type", ""))
    if kind in ("date", "month"):
        return len(pattern) if pattern else (8 if kind == "date" else 6) + (0 if cells else 2 if kind == "date" else 1)
    boxes = [each for each in source.slot.field.widgets("x") if isinstance(each, TextBox)]
    most = boxes[0].max_length if boxes else None
    return most + (most - 1) // 4 if most and kind == "iban" and not cells and pattern != "plain" else most
