"""A value worked out from other answers, never asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Condition, Field
from formkit.values import Value
from formkit.widgets import Widget


class ComputedField(Field):
    """The value of an expression, shown in summaries and filled copies, not on blank paper."""

    type: Literal["computed"]
    asks: ClassVar[bool] = False
    printed: ClassVar[bool] = False
    default_width: ClassVar[int] = 6
    value: Condition

    @property
    def kind(self) -> Single:
        """Return text; the checks refine it to the kind of the expression."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return nothing to fill in."""
        return ()

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Return nothing: it is computed."""
        return None
