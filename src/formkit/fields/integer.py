"""A whole number."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from formkit.fields.number import NumberField
from formkit.values import Value


class IntegerField(NumberField):
    """A whole number."""

    type: Literal["integer"]

    def _value(self, number: Decimal) -> Value:
        return int(number)
