"""What a name in an expression can stand for: the kinds of answers, as far as conditions see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never


@dataclass(frozen=True, slots=True)
class Bool:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number, a decimal or an amount of money."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words: compared for being the same, never ordered."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day, perhaps incomplete."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year."""


@dataclass(frozen=True, slots=True)
class Code:
    """One of the options with these codes."""

    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Codes:
    """Any number of the options with these codes."""

    codes: frozenset[str]


Single = Bool | Number | Text | Date | Month | Code | Codes


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a repeat seen from outside: an answer a row.

    `repeat` is the path of the repeat; left empty, it is found among the names beside it.
    """

    of: Single
    repeat: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A repeat itself, of which only the number of rows can be used."""


Kind = Single | Column | Repeat


def describe(kind: Kind) -> str:
    """Name a kind in the words of a message, with its article."""
    match kind:
        case Column():
            return f"{_describe_single(kind.of)} in each row"
        case Repeat():
            return "a repeat"
        case _:
            return _describe_single(kind)


def _describe_single(kind: Single) -> str:
    match kind:
        case Bool():
            return "yes or no"
        case Number():
            return "a number"
        case Text():
            return "a text"
        case Date():
            return "a date"
        case Month():
            return "a month"
        case Code():
            return "a choice"
        case Codes():
            return "a choice of several options"
        case _:
            assert_never(kind)
