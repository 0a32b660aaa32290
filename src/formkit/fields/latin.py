"""The letters of official names: Latin letters, marks and signs of DIN 91379 (datatype A)."""

from __future__ import annotations

import unicodedata

# DIN 91379:2022, annex A, datatype A: signs allowed in names of natural persons besides letters.
_NO_NAME = frozenset("-–—")  # what stands for the first name of somebody who has one name only
_SIGNS = frozenset(" '-,.`~¨´·ʹʺʻʼʽʾʿˆˈˌ’‡")


def foreign_letters(text: str) -> str:
    """Return the characters of a name that an official Latin-script name cannot have, each once.

    >>> foreign_letters("Müller-Çelik"), foreign_letters("أحمد")
    ('', 'أحمد')
    """
    if text in _NO_NAME:
        return ""
    return "".join(dict.fromkeys(char for char in unicodedata.normalize("NFC", text) if not _allowed(char)))


def _allowed(char: str) -> bool:
    if char in _SIGNS:
        return True
    if unicodedata.combining(char):
        return "\u0300" <= char <= "\u0338"
    return char.isalpha() and unicodedata.name(char, "").startswith("LATIN ")
