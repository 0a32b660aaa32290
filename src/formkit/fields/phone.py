"""A telephone number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Doubt, Field, InvalidAnswer, one_line
from formkit.fields.digits import western
from formkit.values import Value
from formkit.widgets import TextBox, Widget

_LIMIT = 30
_NUMBER = re.compile(r"\+?[0-9][0-9 ()/\-.]{3,28}[0-9]")


class PhoneField(Field):
    """A number as people write it, with spaces, slash or country code."""

    type: Literal["phone"]
    default_width: ClassVar[int] = 4

    @property
    def kind(self) -> Single:
        """Return text: a telephone number is no number."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one box."""
        return (TextBox(name, max_length=_LIMIT, input="tel", autocomplete="tel"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept what fits into the box."""
        text = western(one_line(raw))
        if len(text) > _LIMIT:
            raise InvalidAnswer("too-long", limit=str(_LIMIT))
        return text or None

    def doubts(self, value: Value) -> Iterator[Doubt]:
        """Doubt anything but at least five digits with the usual signs between them."""
        if not _NUMBER.fullmatch(str(value).replace("(", "").replace(")", "")):
            yield Doubt("bad-phone")
