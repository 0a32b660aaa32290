"""What is wrong with answers on the web: all that `answers.validate` finds, and letters that no font can print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from formkit import fonts, screen_words
from formkit.answers import Answers, Finding, validate
from formkit.answers.prepared import Prepared
from formkit.answers.summary import MISSING
from formkit.fonts import REGULAR
from formkit.problems import Severity

NOT_PRINTABLE = "not-printable"


def judged(prepared: Prepared, answers: Answers, *, attempted: bool = True) -> tuple[Finding, ...]:
    """Return everything wrong or doubtful in the order of the page; what is missing only where it was `attempted`."""
    found = [*validate(prepared, answers), *_unprintable(prepared, answers)]
    kept = (each for each in found if attempted or each.key not in MISSING)
    return tuple(sorted(kept, key=lambda each: _order(prepared, each.path)))


def can_be_printed(answers: Answers) -> bool:
    """Tell whether every answer was understood and every letter of it can be printed."""
    return not answers.faults and not any(unprintable(str(value)) for value in answers.values.values())


def unprintable(text: str) -> str:
    """Return the characters of a text that no font of the package draws, each once."""
    known = _drawn()
    lacking = (char for char in text if ord(char) not in known and not char.isspace())
    return "".join(dict.fromkeys(char for char in lacking if unicodedata.category(char) != "Cf"))


def _unprintable(prepared: Prepared, answers: Answers) -> Iterator[Finding]:
    for path, value in answers.values.items():
        letters = unprintable(value) if isinstance(value, str) else ""
        if letters:
            slot, row = prepared.placed.split(path)
            said = prepared.say(screen_words.NOT_PRINTABLE, {"letters": letters})
            label = prepared.say(slot.field.short or slot.label)
            yield Finding(path, prepared.place(slot.number, row), label, Severity.ERROR, NOT_PRINTABLE, said)


def _order(prepared: Prepared, path: str) -> tuple[int, int, int]:
    placed = prepared.placed
    # A rule about a whole list names its column without a row.
    if path in placed.by_path:
        first, own = placed.ranks[path]
        return first, -1, own
    return placed.sort_key(path)


@cache
def _drawn() -> frozenset[int]:
    families = (font.family for font in fonts.available() if font.weight == REGULAR)
    return frozenset[int]().union(*map(fonts.coverage, families))
