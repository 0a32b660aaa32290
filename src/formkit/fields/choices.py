"""Any number of several options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, Self

from pydantic import Field as Key
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from formkit.expressions import Codes, Single
from formkit.fields.base import Code, Doubt, Field, InvalidAnswer, WrongType
from formkit.fields.options import Options, codes, known, listed, option_texts
from formkit.texts import Msg
from formkit.values import Json, Value
from formkit.widgets import CheckGroup, Widget


class ChoicesField(Field):
    """Any number of options; `exclusive` ones stand alone."""

    type: Literal["choices"]
    default_width: ClassVar[int] = 12
    options: Options
    columns: int = Key(default=0, ge=0, le=6)
    exclusive: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _exclusive_options_exist(self) -> Self:
        for code in self.exclusive:
            if code not in self.options:
                raise PydanticCustomError("unknown-code", f"`exclusive` names '{code}', which is no option")
        return self

    @property
    def kind(self) -> Single:
        """Return the codes of options."""
        return Codes(frozenset(self.options))

    def texts(self) -> Iterator[tuple[str, Msg]]:
        """Yield the label and every option."""
        yield from super().texts()
        yield from option_texts(self.options)

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return a group of boxes to tick, named by path and code."""
        options = tuple(option.lower(code, name) for code, option in self.options.items())
        return (CheckGroup(name, options, self.columns),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Collect the ticked codes in the order of the form."""
        ticked = {code for code, state in raw.items() if known(state.strip(), {code: None})}
        if not ticked <= set(self.options):
            raise InvalidAnswer("unknown-option")
        return tuple(code for code in self.options if code in ticked) or None

    def doubts(self, value: Value) -> Iterator[Doubt]:
        """Doubt that an option which stands alone and another one are both meant."""
        chosen = codes(value)
        alone = [code for code in self.exclusive if code in chosen]
        if alone and len(chosen) > 1:
            yield Doubt("several-exclusive", facts={"option": self.options[alone[0]].label})

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return each ticked code under its own name."""
        return {code: code for code in codes(value)}

    def show(self, value: Value) -> str:
        """Return the German labels."""
        return ", ".join(self.options[code].label.text for code in codes(value))

    def to_json(self, value: Value) -> Json:
        """Return the codes as a list."""
        return list(codes(value))

    def from_json(self, data: Json) -> dict[str, str]:
        """Read a list of codes; raises WrongType."""
        if not isinstance(data, list) or not all(isinstance(code, str) for code in data):
            raise WrongType("a list of codes")
        return {str(code): str(code) for code in data}

    def to_cell(self, value: Value) -> str:
        """Return the codes with spaces between them."""
        return " ".join(codes(value))

    def from_cell(self, cell: str) -> dict[str, str]:
        """Read codes with spaces, commas or semicolons between them."""
        return {code: code for code in listed(cell)}

    def unread(self, raw: Mapping[str, str]) -> Json:
        """Return the states of the boxes that were ticked somehow."""
        return [state.strip() for state in raw.values() if state.strip() not in ("", "Off")]
