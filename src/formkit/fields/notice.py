"""Text in the flow of questions, with nothing to fill in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Bool, Single
from formkit.fields.base import Field
from formkit.values import Value
from formkit.widgets import Widget


class NoticeField(Field):
    """A sentence the reader should know at this place."""

    type: Literal["notice"]
    asks: ClassVar[bool] = False
    default_width: ClassVar[int] = 12

    @property
    def kind(self) -> Single:
        """Return yes/no; a notice is never answered."""
        return Bool()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return nothing to fill in."""
        return ()

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Return nothing."""
        return None
