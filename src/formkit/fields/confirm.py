"""A declaration that is confirmed by a tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Bool, Single
from formkit.fields.base import Field, WrongType, own
from formkit.values import Json, Value
from formkit.widgets import CheckBox, Widget


class ConfirmField(Field):
    """One box beside a sentence; an empty box is no answer, not a "no"."""

    type: Literal["confirm"]
    default_width: ClassVar[int] = 12

    @property
    def kind(self) -> Single:
        """Return yes/no."""
        return Bool()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one box."""
        return (CheckBox(name),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Return true where the box is ticked in any way a viewer may write."""
        return True if own(raw) not in ("", "Off") else None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the state of the box."""
        return {"": "ja"} if value else {}

    def show(self, value: Value) -> str:
        """Return a tick."""
        return "☒" if value else "☐"

    def to_json(self, value: Value) -> Json:
        """Return true."""
        return bool(value)

    def from_json(self, data: Json) -> dict[str, str]:
        """Read true; false is an empty box, which is no answer. Raises WrongType."""
        if not isinstance(data, bool):
            raise WrongType("true or false")
        return {"": "ja"} if data else {}
