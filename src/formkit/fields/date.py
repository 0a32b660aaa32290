"""A date, complete or with an unknown day or month."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Date, Single
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.fields.digits import western
from formkit.values import Json, PartialDate, Value
from formkit.widgets import TextBox, Widget


class DateField(Field):
    """A day as TT.MM.JJJJ; `incomplete` allows 00 for day and month, as on some refugees' papers."""

    type: Literal["date"]
    default_width: ClassVar[int] = 4
    incomplete: bool = False

    @property
    def kind(self) -> Single:
        """Return date."""
        return Date()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one comb of eight cells."""
        return (date_box(name),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Read TT.MM.JJJJ, TTMMJJJJ or ISO."""
        return read_date(own(raw), incomplete=self.incomplete)

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return TTMMJJJJ: each digit has its cell."""
        return {"": date_cells(value)}

    def to_cell(self, value: Value) -> str:
        """Return it with points, so that no spreadsheet takes it for a number."""
        return self.show(value)

    def to_json(self, value: Value) -> Json:
        """Return JJJJ-MM-TT with zeros for what is unknown."""
        assert isinstance(value, PartialDate)
        return value.isoformat()


def date_box(name: str) -> TextBox:
    """Return the comb in which a date is written."""
    return TextBox(name, comb=(2, 2, 4), guides="TTMMJJJJ", max_length=8, input="date")


def date_cells(value: Value) -> str:
    """Return what stands in the eight cells of a date."""
    return str(value).replace(".", "")


def read_date(text: str, *, incomplete: bool = False) -> PartialDate | None:
    """Read a date as people write it, in the digits of any script; raises InvalidAnswer."""
    text = western(text.strip())
    if not text:
        return None
    if re.fullmatch(r"[0-9]{8}", text):
        text = f"{text[:2]}.{text[2:4]}.{text[4:]}"
    try:
        date = PartialDate.parse(text)
    except ValueError:
        raise InvalidAnswer("not-a-date") from None
    if not date.complete and not incomplete:
        raise InvalidAnswer("date-incomplete")
    return date
