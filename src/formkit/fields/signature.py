"""A handwritten signature."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Bool, Single
from formkit.fields.base import Field
from formkit.values import Value
from formkit.widgets import SignatureBox, Widget


class SignatureField(Field):
    """A line to sign on; there is no value to read, only whether somebody says it is signed."""

    type: Literal["signature"]
    default_width: ClassVar[int] = 5

    @property
    def kind(self) -> Single:
        """Return yes/no: signed or not."""
        return Bool()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one line, a signature field in a PDF."""
        return (SignatureBox(name),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Return nothing: a signature is never typed."""
        return None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return nothing: a signature is never typed."""
        return {}
