"""A German postcode."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Field, InvalidAnswer, own
from formkit.fields.digits import western
from formkit.values import Value
from formkit.widgets import TextBox, Widget

# FIM F60000246, anchored: 01001 to 99998.
_POSTCODE = re.compile(r"(0[1-9]|[1-9][0-9])[0-9]{3}")


class PostcodeField(Field):
    """Five digits in a comb."""

    type: Literal["postcode"]
    default_width: ClassVar[int] = 2

    @property
    def kind(self) -> Single:
        """Return text: a postcode is no number."""
        return Text()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one comb of five cells."""
        return (TextBox(name, comb=(5,), max_length=5, input="postcode", autocomplete="postal-code"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept 01001 to 99998, a leading D- aside."""
        text = western(own(raw)).removeprefix("D-").replace(" ", "")
        if text and not _POSTCODE.fullmatch(text):
            raise InvalidAnswer("bad-postcode")
        return text or None
