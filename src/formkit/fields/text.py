"""One line of text, free or in the letters of a passport."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field as Key
from pydantic import StringConstraints, model_validator
from pydantic_core import PydanticCustomError, SchemaError, SchemaValidator, core_schema

from formkit.expressions import Single
from formkit.expressions import Text as TextKind
from formkit.fields.base import Doubt, Field, InvalidAnswer, Text, one_line
from formkit.fields.latin import foreign_letters
from formkit.texts import Msg
from formkit.values import Value
from formkit.widgets import TextBox, Widget


class TextField(Field):
    """A line of text; `letters: latin` accepts the letters of DIN 91379 only, as names in passports."""

    type: Literal["text"]
    default_width: ClassVar[int] = 6
    max_length: int = Key(default=120, ge=1, le=500)
    letters: Literal["any", "latin"] = "any"
    cells: int | None = Key(default=None, ge=1, le=40)
    pattern: Annotated[str, StringConstraints(max_length=200)] | None = None
    pattern_message: Text | None = None

    @model_validator(mode="after")
    def _pattern_compiles(self) -> Self:
        if self.pattern is not None:
            try:
                _matcher(self.pattern)
            except SchemaError as error:
                raise PydanticCustomError("pattern", "the pattern is no regular expression") from error
        if (self.pattern is None) != (self.pattern_message is None):
            raise PydanticCustomError("pattern", "pattern and pattern_message belong together")
        return self

    def texts(self) -> Iterator[tuple[str, Msg]]:
        """Yield the label and the sentence for an unusual form."""
        yield from super().texts()
        if self.pattern_message is not None:
            yield "pattern_message", self.pattern_message

    @property
    def kind(self) -> Single:
        """Return text."""
        return TextKind()

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return one box, a comb where cells are given."""
        comb = (self.cells,) if self.cells else ()
        return (TextBox(name, max_length=self.cells or self.max_length, comb=comb),)

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Accept text up to its length, in the letters asked for."""
        text = one_line(raw)
        if not text:
            return None
        limit = self.cells or self.max_length
        if len(text) > limit:
            raise InvalidAnswer("too-long", limit=str(limit))
        if self.letters == "latin" and (letters := foreign_letters(text)):
            raise InvalidAnswer("not-latin", letters=letters)
        return text

    def doubts(self, value: Value) -> Iterator[Doubt]:
        """Doubt a number that does not have its usual form."""
        if not self.matches(str(value)):
            yield Doubt("pattern", self.pattern_message)

    def matches(self, value: str) -> bool:
        """Tell whether a value has the usual form of such a number (a mismatch is a warning only)."""
        return self.pattern is None or _matches(self.pattern, value)


@cache
def _matcher(pattern: str) -> SchemaValidator:
    # pydantic-core's engine takes linear time, Python's re can take for ever on the same pattern.
    return SchemaValidator(core_schema.str_schema(pattern=f"^(?:{pattern})$"))


def _matches(pattern: str, value: str) -> bool:
    return _matcher(pattern).isinstance_python(value)
