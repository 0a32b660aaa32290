"""A question answered by yes or no."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit import widgets
from formkit.expressions import Bool, Single
from formkit.fields.base import Field, InvalidAnswer, WrongType, own
from formkit.values import Json, Value
from formkit.widgets import RadioGroup, Widget
from formkit.words import NO, YES


class YesNoField(Field):
    """Yes or no."""

    type: Literal["yesno"]
    default_width: ClassVar[int] = 12

    @property
    def kind(self) -> Single:
        """Return yes/no."""
        return Bool()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return two boxes beside the question."""
        return (RadioGroup(name, (widgets.Option("ja", YES), widgets.Option("nein", NO)), inline=True),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Read ja or nein."""
        text = own(raw)
        if text not in ("", "ja", "nein"):
            raise InvalidAnswer("unknown-option")
        return text == "ja" if text else None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the code ja or nein."""
        return {"": "ja" if value else "nein"}

    def show(self, value: Value) -> str:
        """Return Ja or Nein."""
        return YES.text if value else NO.text

    def to_json(self, value: Value) -> Json:
        """Return true or false."""
        return bool(value)

    def from_json(self, data: Json) -> dict[str, str]:
        """Read true or false, or what could not be read before; raises WrongType."""
        if isinstance(data, bool):
            return {"": "ja" if data else "nein"}
        if not isinstance(data, str):
            raise WrongType("true or false")
        return {"": data}
