"""The options of choices: what an author writes, and how a code is recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from formkit import widgets
from formkit.fields.base import Code, Condition, InvalidAnswer, Model, Text
from formkit.texts import Msg
from formkit.values import Value
from formkit.widgets import TextBox

MAX_OTHER = 80


def text_name(path: str, code: str) -> str:
    """Return the name of the line behind an option such as "andere", beside the field, not inside it.

    >>> text_name("kind.schulart", "andere")
    'kind.schulart_andere'
    """
    return f"{path}_{code}"


class Option(Model):
    """One answer of a choice: its text, and the condition under which it is open."""

    label: Text
    help: Text | None = None
    when: Condition | None = None
    reason: Text | None = None
    text: bool = False

    @model_validator(mode="after")
    def _closed_options_say_why(self) -> Self:
        if (self.when is None) != (self.reason is None):
            raise PydanticCustomError("option-reason", "an option with `when` needs a `reason`, and the reverse")
        return self

    def lower(self, code: str, name: str) -> widgets.Option:
        """Return the option as a widget shows it; `name` is the field's path."""
        box = TextBox(text_name(name, code), max_length=MAX_OTHER) if self.text else None
        return widgets.Option(code, self.label, self.help, self.reason, box)


def _full(value: object) -> object:
    """Let an author write `code: Label` for `code: {label: Label}`; a text with context is a label too."""
    if isinstance(value, dict):
        return {code: item if _is_option(item) else {"label": item} for code, item in value.items()}
    return value


def _is_option(item: object) -> bool:
    return isinstance(item, dict) and "label" in item


# What an author may write, for the JSON Schema: the full form or the label alone.
_Written = dict[Code, Option | Text]
Options = Annotated[
    dict[Code, Option], BeforeValidator(_full, json_schema_input_type=_Written), Key(min_length=1, max_length=60)
]


def option_texts(options: Mapping[str, Option], role: str = "option") -> Iterator[tuple[str, Msg]]:
    """Yield every text of the options with its role and code."""
    for code, option in options.items():
        yield f"{role}:{code}", option.label
        for part in ("help", "reason"):
            text = getattr(option, part)
            if text is not None:
                yield f"{role} {part}:{code}", text


def known(code: str, options: Mapping[str, Any]) -> str:
    """Return a code that is one of the options, "" and the state Off as nothing; else InvalidAnswer."""
    if code in ("", "Off"):
        return ""
    if code not in options:
        raise InvalidAnswer("unknown-option")
    return code


def listed(cell: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists codes.

    >>> listed("ausflug, fahrt;mittag")
    ('ausflug', 'fahrt', 'mittag')
    """
    return tuple(part for part in re.split(r"[\s,;]+", cell) if part)


def codes(value: Value) -> tuple[str, ...]:
    """Return an answer of several codes as a tuple."""
    return value if isinstance(value, tuple) else (str(value),)
