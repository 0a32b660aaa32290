"""What goes to a continuation sheet: answers too long for their boxes, and rows beyond those on paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from formkit.errors import MissingGlyph
from formkit.fonts import available, coverage
from formkit.i18n.languages import Language
from formkit.texts import Msg

_RIGHT_TO_LEFT = frozenset(("R", "AL"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an answer with the attributes of its element: language and direction."""

    text: str
    marks: Markup


@dataclass(frozen=True, slots=True)
class LongAnswer:
    """An answer that does not fit into its box: the place of its question in print, its label, the answer itself."""

    place: str
    label: Msg
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Continuation:
    """The content of a sheet: long answers, and by the path of a list how many rows it has in all."""

    answers: tuple[LongAnswer, ...] = ()
    rows: Mapping[str, int] | None = None


def lines(text: str, reader: Language) -> tuple[Line, ...]:
    """Return the lines of an answer, each in the direction of its first letter.

    `reader` is the language the form was filled in: a line in another script than Latin is marked as that.
    Raises MissingGlyph naming the character, never the answer.
    """
    _require(text)
    return tuple(Line(line, _marks(line, reader)) for line in text.split("\n"))


def _marks(line: str, reader: Language) -> Markup:
    letters = [char for char in line if char.isalpha()]
    foreign = any(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    first = unicodedata.bidirectional(letters[0]) if letters else "L"
    direction = "rtl" if first in _RIGHT_TO_LEFT else "ltr"
    return Markup('lang="{}" dir="{}"').format(reader.tag if foreign else "de", direction)


def _require(text: str) -> None:
    known = frozenset[int]().union(*(coverage(font.family) for font in available()))
    for position, char in enumerate(text, 1):
        if ord(char) not in known and not char.isspace() and unicodedata.category(char) != "Cf":
            name = unicodedata.name(char, "unnamed character")
            raise MissingGlyph(
                f"character {position} of an answer, U+{ord(char):04X} {name}, stands in no font",
                advice="Add a font that has it (see docs/authoring.md), or write the answer without it.",
            )
