"""A whole number."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from formkit.fields.number import NumberField
from formkit.values import Json, Value


class IntegerField(NumberField):
    """A whole number."""

    type: Literal["integer"]

    def _value(self, number: Decimal) -> Value:
        return int(number)

    def to_json(self, value: Value) -> Json:
        """Return the number itself: whole numbers are exact in JSON."""
        assert isinstance(value, int)
        return value
