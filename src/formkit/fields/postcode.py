"""A German postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from formkit.expressions import Single, Text
from formkit.fields.base import Doubt, Field, InvalidAnswer, own
from formkit.fields.digits import western
from formkit.values import Value
from formkit.widgets import TextBox, Widget

# Five digits; FIM F60000246, anchored: 01001 to 99998.
_CELLS = 5
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
        return (TextBox(name, comb=(_CELLS,), max_length=_CELLS, input="postcode", autocomplete="postal-code"),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept what fits into the cells, a leading D- aside."""
        text = western(own(raw)).removeprefix("D-").replace(" ", "")
        if len(text) > _CELLS:
            raise InvalidAnswer("too-long", limit=str(_CELLS))
        return text or None

    def doubts(self, value: Value) -> Iterator[Doubt]:
        """Doubt anything but 01001 to 99998."""
        if not _POSTCODE.fullmatch(str(value)):
            yield Doubt("bad-postcode")
