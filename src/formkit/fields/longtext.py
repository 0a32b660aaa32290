"""Several lines of free text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field as Key

from formkit.expressions import Single, Text
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.values import Value
from formkit.widgets import TextBox, Widget


class LongTextField(Field):
    """Free text on ruled lines."""

    type: Literal["longtext"]
    default_width: ClassVar[int] = 12
    max_length: int = Key(default=500, ge=1, le=5000)
    lines: int = Key(default=2, ge=2, le=30)

    @property
    def kind(self) -> Single:
        """Return text."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one box of several lines."""
        return (TextBox(name, lines=self.lines, max_length=self.max_length),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept text up to its length; line ends become \\n."""
        text = own(raw).replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > self.max_length:
            raise InvalidAnswer("too-long", limit=str(self.max_length))
        return text or None
