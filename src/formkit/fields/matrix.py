"""One option per row under common columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from formkit.expressions import Codes, Single
from formkit.fields.base import Field, InvalidAnswer, WrongType
from formkit.fields.options import Options, codes, known, listed, option_texts
from formkit.texts import Msg
from formkit.values import Json, Value
from formkit.widgets import RadioGroup, Widget


class MatrixField(Field):
    """One option per row, say the payee of each benefit; the answer is a tuple of row:code."""

    type: Literal["matrix"]
    default_width: ClassVar[int] = 12
    rows: Options
    options: Options

    @model_validator(mode="after")
    def _no_line_to_write_on(self) -> Self:
        if any(option.text for option in (*self.rows.values(), *self.options.values())):
            raise PydanticCustomError("option-text", "a matrix has no place for the line of an option with `text`")
        return self

    @property
    def kind(self) -> Single:
        """Return codes of the form row:code."""
        return Codes(frozenset(f"{row}:{code}" for row in self.rows for code in self.options))

    def texts(self) -> Iterator[tuple[str, Msg]]:
        """Yield the label, every column and every row."""
        yield from super().texts()
        yield from option_texts(self.options)
        yield from option_texts(self.rows, "row")

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one group of boxes a row."""
        options = tuple(option.lower(code, name) for code, option in self.options.items())
        return tuple(RadioGroup(f"{name}.{row}", options, label=option.label) for row, option in self.rows.items())

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Collect the code chosen in each row."""
        if not {row for row, code in raw.items() if known(code.strip(), {code.strip(): None})} <= set(self.rows):
            raise InvalidAnswer("unknown-option")
        chosen = {row: known(raw.get(row, "").strip(), self.options) for row in self.rows}
        return tuple(f"{row}:{code}" for row, code in chosen.items() if code) or None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the code of each row."""
        return dict(code.split(":", 1) for code in codes(value))

    def show(self, value: Value) -> str:
        """Return row and option in German."""
        pairs = (code.split(":", 1) for code in codes(value))
        return ", ".join(f"{self.rows[row].label.text}: {self.options[code].label.text}" for row, code in pairs)

    def to_json(self, value: Value) -> Json:
        """Return an object with the code of each row."""
        return {row: code for row, code in (pair.split(":", 1) for pair in codes(value))}

    def from_json(self, data: Json) -> dict[str, str]:
        """Read an object with the code of each row; raises WrongType."""
        if not isinstance(data, dict) or not all(isinstance(code, str) for code in data.values()):
            raise WrongType("an object with a code for each row")
        return {row: str(code) for row, code in data.items()}

    def to_cell(self, value: Value) -> str:
        """Return row:code with spaces between them."""
        return " ".join(codes(value))

    def from_cell(self, cell: str) -> dict[str, str]:
        """Read row:code with spaces, commas or semicolons between them."""
        return {row: code for row, _, code in (pair.partition(":") for pair in listed(cell))}

    def unread(self, raw: Mapping[str, str]) -> Json:
        """Return what was chosen in each row."""
        return {row: code for row, code in raw.items() if code.strip() not in ("", "Off")}
