"""A BIC, needed for some accounts abroad."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.values import Value
from formkit.widgets import TextBox, Widget


class BicField(Field):
    """A BIC of eight or eleven characters."""

    type: Literal["bic"]
    default_width: ClassVar[int] = 5

    @property
    def kind(self) -> Single:
        """Return text."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one comb of eleven cells."""
        return (TextBox(name, comb=(4, 2, 2, 3), max_length=11, input="bic"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept a well-formed BIC."""
        from stdnum import bic

        text = "".join(own(raw).upper().split())
        if text and not bic.is_valid(text):
            raise InvalidAnswer("bad-bic")
        return text or None
