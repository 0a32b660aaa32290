"""The one way an expression can be wrong: a message, its column and the check it fails."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

SYNTAX = "expression-syntax"
TYPE = "expression-type"
UNKNOWN_NAME = "unknown-name"
UNKNOWN_FUNCTION = "unknown-function"
UNKNOWN_CODE = "unknown-code"

# Longer words are no typing slips, and comparing them letter by letter is slow.
_LONGEST_GUESS = 80


class ExpressionError(Exception):
    """An expression is wrong: `message` says what, `column` (from 1) where, `check` which kind of fault."""

    def __init__(self, message: str, column: int, check: str = SYNTAX) -> None:
        super().__init__(message, column, check)
        self.message = message
        self.column = column
        self.check = check

    def __str__(self) -> str:
        return self.message


def suggestion(word: str, known: Iterable[str]) -> str:
    """Phrase "did you mean" for a mistyped word.

    Takes the word and the words that would be right; returns the end of a sentence, empty without a guess.
    """
    if len(word) > _LONGEST_GUESS:
        return ""
    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


def shortened(word: str) -> str:
    """Return the word as it may stand in a message: its start where it is very long."""
    return word if len(word) <= _LONGEST_GUESS else f"{word[:_LONGEST_GUESS]}…"
