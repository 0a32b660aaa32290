"""One of several options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from pydantic import Field as Key

from formkit.expressions import Code, Single
from formkit.fields.base import Field, own
from formkit.fields.options import Options, known, option_texts
from formkit.texts import Msg
from formkit.values import Value
from formkit.widgets import RadioGroup, Select, Widget


class ChoiceField(Field):
    """One of several options; an option with `text` has a line for the answer in one's own words."""

    type: Literal["choice"]
    default_width: ClassVar[int] = 12
    options: Options
    columns: int = Key(default=0, ge=0, le=6)
    display: Literal["boxes", "list"] = "boxes"

    @property
    def kind(self) -> Single:
        """Return the code of an option."""
        return Code(frozenset(self.options))

    def texts(self) -> Iterator[tuple[str, Msg]]:
        """Yield the label and every option."""
        yield from super().texts()
        yield from option_texts(self.options)

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one group of boxes, or a list to choose from."""
        options = tuple(option.lower(code, name) for code, option in self.options.items())
        if self.display == "list":
            return (Select(name, options),)
        return (RadioGroup(name, options, self.columns),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Read the code of one option."""
        return known(own(raw), self.options) or None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the code."""
        return {"": str(value)}

    def show(self, value: Value) -> str:
        """Return the option's German label."""
        return self.options[str(value)].label.text
