"""What whole numbers, decimal numbers and amounts of money share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

from formkit.expressions import Number as NumberKind
from formkit.expressions import Single
from formkit.fields.base import Field, InvalidAnswer, Number, WrongType, own
from formkit.fields.digits import western
from formkit.values import Json, Value
from formkit.widgets import TextBox, Widget

_MAX_DIGITS = 15
_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class NumberField(Field):
    """What all kinds of numbers share: limits, a unit behind the box, German notation."""

    default_width: ClassVar[int] = 2
    min: Number | None = None
    max: Number | None = None
    unit: str = ""

    @property
    def kind(self) -> Single:
        """Return number."""
        return NumberKind()

    @property
    def decimals(self) -> int:
        """Return how many digits may follow the comma."""
        return 0

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one box with its unit."""
        return (TextBox(name, unit=self.unit, max_length=_MAX_DIGITS + 5, input="number"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Read 1.234,50 or 1234.5; the unit may stand behind it."""
        text = western(own(raw)).removesuffix(self.unit or "\0").strip()
        if not text:
            return None
        number = _number(text)
        if -number.as_tuple().exponent > self.decimals:  # type: ignore[operator]
            raise InvalidAnswer("too-many-decimals", places=str(self.decimals))
        if self.min is not None and number < self.min:
            raise InvalidAnswer("too-small", limit=self.show(self.min))
        if self.max is not None and number > self.max:
            raise InvalidAnswer("too-large", limit=self.show(self.max))
        return self._value(number)

    def _value(self, number: Decimal) -> Value:
        return number

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the number as a form shows it, without the unit printed behind the box."""
        return {"": self.show(value)}

    def show(self, value: Value) -> str:
        """Return the number with a comma."""
        return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)

    def to_json(self, value: Value) -> Json:
        """Return the number with a point, as a text: JSON's own numbers are not exact."""
        return self.show(value).replace(",", ".")

    def from_json(self, data: Json) -> dict[str, str]:
        """Read a text with a point or a whole number; raises WrongType."""
        if isinstance(data, bool) or not isinstance(data, str | int):
            raise WrongType('a number as a text in quotes, such as "12.50"')
        # In files a point is always the decimal point, in boxes it may group thousands.
        return {"": str(data).replace(".", ",") if _PLAIN.fullmatch(str(data)) else str(data)}


def _number(text: str) -> Decimal:
    """Read a number in German or plain notation; a point before three digits groups thousands."""
    if re.fullmatch(r"-?[0-9]{1,3}(?:[. \u00a0][0-9]{3})+(?:,[0-9]*)?", text):
        text = re.sub(r"[. \u00a0]", "", text)
    text = text.replace(",", ".")
    if not re.fullmatch(rf"-?[0-9]{{1,{_MAX_DIGITS}}}(?:\.[0-9]{{0,6}})?", text):
        raise InvalidAnswer("not-a-number")
    return Decimal(text)
