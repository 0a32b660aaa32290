"""An IBAN with its check digits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.fields.digits import western
from formkit.values import Value
from formkit.widgets import TextBox, Widget

# ISO 13616: an IBAN has at most 34 characters, a German one 22; all countries are accepted (Art. 9 SEPA-VO).
_CELLS = (4, 4, 4, 4, 4, 4, 4, 4, 2)
_GERMAN = 22


class IbanField(Field):
    """An IBAN in cells of four, with its check digits verified."""

    type: Literal["iban"]
    default_width: ClassVar[int] = 12

    @property
    def kind(self) -> Single:
        """Return text."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one comb of 34 cells, the 22 of a German IBAN marked."""
        return (TextBox(name, comb=_CELLS, marked=_GERMAN, max_length=sum(_CELLS), input="iban"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept an IBAN of any country whose check digits are right; spaces do not count."""
        from stdnum import iban  # costs a tenth of a second, and most commands never read an answer

        text = "".join(western(own(raw)).upper().split())
        if text and not iban.is_valid(text):
            raise InvalidAnswer("bad-iban")
        return text or None

    def show(self, value: Value) -> str:
        """Return the IBAN in groups of four."""
        text = str(value)
        return " ".join(text[start : start + 4] for start in range(0, len(text), 4))

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the IBAN without spaces: each character has its cell."""
        return {"": str(value)}
