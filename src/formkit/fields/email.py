"""An e-mail address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Doubt, Field, InvalidAnswer, one_line
from formkit.values import Value
from formkit.widgets import TextBox, Widget

# Syntax only, as lenient as mail is (RFC 5321, 4.5.3.1: at most 254 characters).
_ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s.]+(?:\.[^@\s.]+)+")
_LIMIT = 254


class EmailField(Field):
    """An address whose syntax is plausible; whether it exists nobody can tell from here."""

    type: Literal["email"]
    default_width: ClassVar[int] = 4

    @property
    def kind(self) -> Single:
        """Return text."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one box."""
        return (TextBox(name, max_length=_LIMIT, input="email", autocomplete="email"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept a line of text up to the length of an address."""
        text = one_line(raw)
        if len(text) > _LIMIT:
            raise InvalidAnswer("too-long", limit=str(_LIMIT))
        return text or None

    def doubts(self, value: Value) -> Iterator[Doubt]:
        """Doubt anything but something@domain.tld."""
        if not _ADDRESS.fullmatch(str(value)):
            yield Doubt("bad-email")
