"""Graphemes: what a person takes for one character, such as a letter with its marks (Unicode Annex 29)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_JOINER = "\u200d"
_EXTENDING = frozenset({"Mn", "Me", "Mc"})
_STICKING = frozenset({"\u200c", _JOINER, *(chr(point) for point in range(0x1F3FB, 0x1F400))})
_VIRAMA = 9
_FLAGS = range(0x1F1E6, 0x1F200)
_LEADING, _VOWELS, _TRAILING = range(0x1100, 0x1160), range(0x1160, 0x11A8), range(0x11A8, 0x1200)
_SYLLABLES = range(0xAC00, 0xD7A4)


def graphemes(text: str) -> Iterator[str]:
    """Part a text into its graphemes.

    Consonants that a virama joins stay together (rule GB9c), so do Korean syllables, flags and joined signs.

    >>> list(graphemes("e\u0301क्षि"))
    ['é', 'क्षि']
    """
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or not _joined(text, start, place):
            yield text[start:place]
            start = place


def _joined(text: str, start: int, place: int) -> bool:
    """Tell whether the character at a place goes on with the grapheme that begins at `start`."""
    this, before = text[place], text[place - 1]
    if this < "\u0300":
        return before == "\r" and this == "\n"
    if this in _STICKING or unicodedata.category(this) in _EXTENDING:
        return before not in "\r\n"
    if before == _JOINER and unicodedata.category(this) == "So":
        return True
    if ord(this) in _FLAGS:
        return ord(before) in _FLAGS and (place - start) % 2 == 1
    return _conjunct(before, text[start:place], this) or _korean(ord(before), ord(this))


def _conjunct(before: str, grapheme: str, this: str) -> bool:
    linked = before.rstrip(_JOINER) or grapheme.rstrip(_JOINER)[-1:]
    return unicodedata.combining(linked or " ") == _VIRAMA and unicodedata.category(this) == "Lo"


def _korean(before: int, this: int) -> bool:
    if before in _LEADING:
        return this in _LEADING or this in _VOWELS or this in _SYLLABLES
    if before in _VOWELS or (before in _SYLLABLES and (before - _SYLLABLES.start) % 28 == 0):
        return this in _VOWELS or this in _TRAILING
    return (before in _TRAILING or before in _SYLLABLES) and this in _TRAILING
