"""A month of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Month as MonthKind
from formkit.expressions import Single
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.fields.digits import western
from formkit.values import Json, Month, Value
from formkit.widgets import TextBox, Widget


class MonthField(Field):
    """A month as MM.JJJJ."""

    type: Literal["month"]
    default_width: ClassVar[int] = 3

    @property
    def kind(self) -> Single:
        """Return month."""
        return MonthKind()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one comb of six cells."""
        return (TextBox(name, comb=(2, 4), guides="MMJJJJ", max_length=6, input="month"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Read MM.JJJJ, MMJJJJ or ISO."""
        text = western(own(raw))
        if not text:
            return None
        if len(text) == 6 and text.isascii() and text.isdigit():
            text = f"{text[:2]}.{text[2:]}"
        try:
            return Month.parse(text)
        except ValueError:
            raise InvalidAnswer("not-a-month") from None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return MMJJJJ: each digit has its cell."""
        return {"": str(value).replace(".", "")}

    def to_cell(self, value: Value) -> str:
        """Return it with points, so that no spreadsheet takes it for a number."""
        return self.show(value)

    def to_json(self, value: Value) -> Json:
        """Return JJJJ-MM."""
        assert isinstance(value, Month)
        return value.isoformat()
