"""A box that the authority fills in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field as Key

from formkit.expressions import Single, Text
from formkit.fields.base import Field
from formkit.values import Value
from formkit.widgets import OfficeBox, Widget


class OfficeField(Field):
    """An empty box on paper; applicants never fill it, no PDF offers a field for it."""

    type: Literal["office"]
    asks: ClassVar[bool] = False
    default_width: ClassVar[int] = 4
    lines: int = Key(default=1, ge=1, le=20)

    @property
    def kind(self) -> Single:
        """Return text; it is never answered."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return the empty box."""
        return (OfficeBox(name, self.lines),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Return nothing."""
        return None
