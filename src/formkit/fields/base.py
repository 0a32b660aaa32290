"""What every field has: the keys an author writes, the texts a person reads, and the codec of its answer.

A field says what is asked. `widgets()` lowers it to what can be filled in; `parse()` turns the raw texts
of those widgets into a value, `to_widgets()` a value into raw texts, `show()` a value into what a person
reads in German. Raw texts are keyed by the part of the widget's name behind the field's path, "" for the
field's own widget. `to_json()` and `from_json()` are the same for files of answers; what such a file says is
read as raw texts too, so that every way in goes through `parse()`.
"""

from __future__ import annotations

import abc
import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, InstanceOf, StringConstraints, WithJsonSchema
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from formkit.expressions import Expression, ExpressionError, Single, parse
from formkit.texts import Msg, balanced, runs
from formkit.values import Json, Value
from formkit.widgets import Widget

MAX_TEXT = 4000
PATH_SEGMENT = r"[a-z][a-z0-9_]*"
CODE = r"[A-Za-z0-9_-]+"

FieldId = Annotated[str, StringConstraints(pattern=rf"^{PATH_SEGMENT}(\.{PATH_SEGMENT})*$", max_length=64)]
Code = Annotated[str, StringConstraints(pattern=f"^{CODE}$", max_length=40)]


class InvalidAnswer(Exception):
    """An answer that cannot be accepted; `key` names the sentence to show, `facts` fill it."""

    def __init__(self, key: str, **facts: str) -> None:
        super().__init__(key)
        self.key, self.facts = key, facts


class WrongType(Exception):
    """Data of a type that no answer to this field has; `expected` says what it should be."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why an answer is probably not meant, though it can be: the sentence's key, or a text of the form itself."""

    key: str
    text: Msg | None = None
    facts: Mapping[str, str | Msg] = field(default_factory=dict)


def _text(value: object) -> Msg:
    """Read a text: a string, or {text, context, comment}."""
    parts: Mapping[str, Any] = value if isinstance(value, dict) else {"text": value}
    unknown = set(parts) - {"text", "context", "comment"}
    if unknown or not all(isinstance(part, str) for part in parts.values()) or not parts.get("text"):
        raise PydanticCustomError("text", "must be a text, or a text with `context` and `comment`")
    text = str(parts["text"])
    if len(text) > MAX_TEXT:
        raise PydanticCustomError("text-length", f"longer than {MAX_TEXT} characters")
    if not balanced(text):
        raise PydanticCustomError("markup", "a mark ** or * is not closed")
    left = "".join(getattr(run, "text", "") for run in runs(text))
    if match := re.search(r"[{}][^{}\s]*[{}]?", left):
        raise PydanticCustomError("placeholder-syntax", f"'{match[0]}' is no placeholder; write {{name}}")
    return Msg(text, parts.get("context", ""), comment=parts.get("comment", ""))


def _expression(value: object) -> Expression:
    """Read a condition; the column of a fault travels in the error's context."""
    if isinstance(value, bool):
        value = "true" if value else "false"
    if not isinstance(value, str):
        raise PydanticCustomError("expression-syntax", "a condition is a text")
    try:
        return parse(value)
    except ExpressionError as error:
        facts = {"column": error.column, "sentence": error.message}
        raise PydanticCustomError(error.check, "{sentence}", facts) from error


def _decimal(value: object) -> Decimal:
    """Read a quoted decimal number with a point."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise PydanticCustomError("decimal", "must be a number, written as quoted text with a point")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise PydanticCustomError("decimal", "must be a number, written as quoted text with a point") from None
    if not number.is_finite() or abs(number) > 10**12:
        raise PydanticCustomError("decimal", "must be a number below 1,000,000,000,000")
    return number


def _date(value: object) -> datetime.date:
    """Read JJJJ-MM-TT."""
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date", 'must be a date, written as quoted text "JJJJ-MM-TT"')


_TEXT_SCHEMA = {
    "anyOf": [
        {"type": "string"},
        {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("text", "context", "comment")},
            "required": ["text"],
            "additionalProperties": False,
        },
    ]
}
Text = Annotated[InstanceOf[Msg], BeforeValidator(_text), WithJsonSchema(_TEXT_SCHEMA)]
Condition = Annotated[InstanceOf[Expression], BeforeValidator(_expression), WithJsonSchema({"type": "string"})]
Number = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema({"type": ["string", "integer"]})]
Day = Annotated[datetime.date, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date"})]


class Model(BaseModel):
    """A frozen part of a definition; unknown keys are faults, all faults are reported at once."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Field(Model, abc.ABC):
    """The keys every field type shares; see docs/authoring.md for what each means."""

    default_width: ClassVar[int] = 6
    asks: ClassVar[bool] = True
    printed: ClassVar[bool] = True

    id: FieldId
    label: Text
    help: Text | None = None
    example: str = ""
    required: bool = False
    required_when: Condition | None = None
    when: Condition | None = None
    hint: Text | None = None
    width: int | None = Key(default=None, ge=1, le=12)
    column: int | None = Key(default=None, ge=1, le=100)
    context: str = ""
    comment: str = ""
    terms: tuple[str, ...] = ()
    why: str = ""
    short: Text | None = None
    default: str | int | bool | None = None
    new_page: bool = False
    beside: Code | None = None

    @property
    def question(self) -> Msg:
        """Return the label with the context and remark the author gave it."""
        label = self.label
        return Msg(label.text, self.context or label.context, label.domain, self.comment or label.comment)

    @property
    def span(self) -> int:
        """Return the width on paper in columns of twelve."""
        return self.width or self.default_width

    @property
    @abc.abstractmethod
    def kind(self) -> Single:
        """Return the type of the answer in conditions."""

    def texts(self) -> Iterator[tuple[str, Msg]]:
        """Yield every text a person reads with its role, in the order of the page."""
        yield "label", self.question
        for role in ("help", "short", "hint"):
            text = getattr(self, role)
            if text is not None:
                yield role, text

    @abc.abstractmethod
    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return what can be filled in, each widget named `name` or `name.part`."""

    @abc.abstractmethod
    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Turn raw texts into a value, None where nothing was answered; raises InvalidAnswer."""

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Turn a value into the raw texts of the widgets."""
        return {"": self.show(value)}

    def show(self, value: Value) -> str:
        """Return a value as a German form shows it."""
        return str(value)

    def doubts(self, value: Value) -> Iterator[Doubt]:
        """Yield why an answer is probably not meant; it is kept, and a person decides."""
        yield from ()

    def to_json(self, value: Value) -> Json:
        """Return a value as a file of answers holds it."""
        return str(value)

    def from_json(self, data: Json) -> dict[str, str]:
        """Return the raw texts that a file of answers stands for; raises WrongType."""
        if not isinstance(data, str):
            raise WrongType("a text in quotes")
        return {"": data}

    def to_cell(self, value: Value) -> str:
        """Return a value as one cell of a table holds it."""
        return self.to_widgets(value).get("", "")

    def from_cell(self, cell: str) -> dict[str, str]:
        """Return the raw texts that a cell of a table stands for."""
        return {"": cell}

    def unread(self, raw: Mapping[str, str]) -> Json:
        """Return raw texts that are no value so that `from_json` gives them back: nothing is lost."""
        return raw.get("", "")


# Characters that XML and PDF viewers cannot carry: controls but tab and line ends, halves of pairs, non-characters.
_NO_TEXT = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_BREAKS = re.compile(r"[\r\n\t]+")


def own(raw: Mapping[str, str]) -> str:
    """Return the raw text of the field's own widget without surrounding space; raises InvalidAnswer."""
    text = raw.get("", "").strip()
    if match := _NO_TEXT.search(text):
        raise InvalidAnswer("bad-character", character=f"U+{ord(match[0]):04X}")
    return text


def one_line(raw: Mapping[str, str]) -> str:
    """Return the raw text of a box of one line, in which line ends and tabs of pasted text are spaces."""
    return " ".join(filter(None, (part.strip(" ") for part in _BREAKS.split(own(raw)))))
