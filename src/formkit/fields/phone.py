"""A telephone number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.fields.digits import western
from formkit.values import Value
from formkit.widgets import TextBox, Widget

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
        return (TextBox(name, max_length=30, input="tel", autocomplete="tel"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept at least five digits with the usual signs between them."""
        text = western(own(raw))
        if text and not _NUMBER.fullmatch(text.replace("(", "").replace(")", "")):
            raise InvalidAnswer("bad-phone")
        return text or None
