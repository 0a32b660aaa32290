"""A form as its author writes it: frozen models, validated at the border, every fault reported at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Discriminator, StringConstraints, Tag, model_validator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from formkit.expressions import Expression
from formkit.fields import AnyField, FieldUnion
from formkit.fields.base import Condition, Day, FieldId, Model, Number, Text
from formkit.texts import Msg

FormId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=60)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]*$", max_length=60)]
RESERVED = frozenset({"common", "formkit", "glossary"})

Role = Literal["applicant", "school", "provider", "office"]
Layout = Literal["questions", "checklist", "declarations", "signatures", "letter"]
ParameterValue = Decimal | int | datetime.date | str


class Validity(Model):
    """From when until when a version of the form is handed out."""

    start: Day = Key(alias="from")
    until: Day | None = None


class DatedValue(Model):
    """A parameter's value from a day on."""

    start: Day = Key(alias="from")
    value: str | int


class Parameter(Model):
    """What changes while the words stay: an amount, a limit, a date, a name."""

    type: Literal["money", "decimal", "integer", "date", "text"]
    value: str | int | tuple[DatedValue, ...] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _values_have_the_type(self) -> Self:
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        for value in values:
            self.read(value.value if isinstance(value, DatedValue) else value)
        return self

    def read(self, value: str | int | None) -> ParameterValue | None:
        """Turn what an author wrote into a value of the parameter's type."""
        if value is None:
            return None
        try:
            return _READERS[self.type](value)
        except (ValueError, ArithmeticError, TypeError):
            raise PydanticCustomError("parameter-value", f"'{value}' is no {self.type}") from None

    def on(self, day: datetime.date) -> ParameterValue | None:
        """Return the value that holds on a day: of dated values the newest that has begun."""
        if not isinstance(self.value, tuple):
            return self.read(self.value)
        begun = [dated for dated in self.value if dated.start <= day]
        return self.read(max(begun, key=lambda dated: dated.start).value) if begun else None


def _read_integer(value: str | int) -> int:
    if isinstance(value, str) and not value.lstrip("-").isascii():
        raise ValueError(value)
    return int(value)


def _read_date(value: str | int) -> datetime.date:
    return datetime.date.fromisoformat(str(value))


def _read_decimal(value: str | int) -> Decimal:
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(value)
    return number


def _read_text(value: str | int) -> str:
    return str(value)


_READERS: dict[str, Callable[[str | int], ParameterValue]] = {
    "money": _read_decimal,
    "decimal": _read_decimal,
    "integer": _read_integer,
    "date": _read_date,
    "text": _read_text,
}


class Repeat(Model):
    """How often a group may be answered, and how many rows paper offers."""

    min: int = Key(default=0, ge=0, le=100)
    max: int = Key(default=20, ge=1, le=100)
    rows: int = Key(default=3, ge=1, le=20)


class Group(Model):
    """Several fields under one number, or the columns of a repeated list."""

    id: FieldId | None = None
    label: Text | None = None
    help: Text | None = None
    when: Condition | None = None
    hint: Text | None = None
    repeat: Repeat | None = None
    layout: Literal["rows", "cards"] = "rows"
    new_page: bool = False
    carried: bool = False
    fields: tuple[AnyField, ...] = Key(min_length=1, max_length=26)

    @model_validator(mode="after")
    def _repeats_have_an_id(self) -> Self:
        if (self.repeat is None) != (self.id is None):
            raise PydanticCustomError("repeat-id", "a repeated group needs an `id`, a plain group has none")
        return self


def _item_kind(value: object) -> str:
    return "group" if isinstance(value, Group) or (isinstance(value, dict) and "fields" in value) else "field"


Item = Annotated[
    Annotated[AnyField, Tag("field")] | Annotated[Group, Tag("group")],
    Discriminator(_item_kind),
]


class Section(Model):
    """A titled part of the form."""

    id: Name
    title: Text
    intro: Text | None = None
    role: Role = "applicant"
    translate: bool = True
    when: Condition | None = None
    hint: Text | None = None
    repeat: Repeat | None = None
    layout: Layout | Literal["cards"] = "questions"
    new_page: bool = False
    carried: bool = False
    why: str = ""
    questions: tuple[Item, ...] = Key(min_length=1, max_length=60)


class Topic(Model):
    """A reason for which some office is responsible."""

    label: Text
    when: Condition | None = None


class Rule(Model):
    """What must hold between answers, and what to say where it does not."""

    id: Slug
    check: Condition
    level: Literal["error", "warning"] = "error"
    message: Text
    fields: tuple[str, ...] = Key(min_length=1, max_length=20)


class Annex(Model):
    """When another form of the project belongs to this one; without a condition it always does."""

    when: Condition | None = None


class Information(Model):
    """A titled text of the information sheet."""

    title: Text
    text: tuple[Text, ...] = Key(min_length=1, max_length=40)


class Form(Model):
    """A form definition; docs/authoring.md says what each key means."""

    form: FormId
    version: int = Key(ge=1, le=9999)
    valid: Validity
    title: Text
    subtitle: Text | None = None
    legal_basis: str = ""
    completeness: int | None = Key(default=None, ge=0, le=100)
    intro: tuple[Text, ...] = ()
    parameters: dict[Name, Parameter] = {}
    offices: dict[Name, Topic] = {}
    sections: tuple[Section, ...] = Key(min_length=1, max_length=60)
    rules: tuple[Rule, ...] = ()
    annexes: dict[FormId, Annex] = {}
    information: tuple[Information, ...] = ()

    @model_validator(mode="after")
    def _id_is_free(self) -> Self:
        if self.form in RESERVED:
            raise PydanticCustomError("reserved-id", f"'{self.form}' is a reserved id")
        return self

    @property
    def id(self) -> str:
        """Return the form's id."""
        return self.form

    @property
    def letter(self) -> bool:
        """Tell whether the whole is a letter: text with an address window, and nothing to fill in."""
        return all(section.layout == "letter" for section in self.sections)


__all__ = [
    "Annex",
    "Expression",
    "FieldUnion",
    "Form",
    "Group",
    "Information",
    "Item",
    "Layout",
    "Msg",
    "Number",
    "Parameter",
    "ParameterValue",
    "Repeat",
    "Role",
    "Rule",
    "Section",
    "Topic",
    "Validity",
]
