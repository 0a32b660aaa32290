"""An amount of money."""

from __future__ import annotations

from typing import Literal

from formkit.fields.number import NumberField
from formkit.values import Value


class MoneyField(NumberField):
    """An amount in euros and cents."""

    type: Literal["money"]
    unit: str = "€"

    @property
    def decimals(self) -> int:
        """Return two: cents."""
        return 2

    def show(self, value: Value) -> str:
        """Return the amount with two digits behind the comma."""
        return f"{value:.2f}".replace(".", ",")
