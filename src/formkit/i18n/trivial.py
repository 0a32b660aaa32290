"""Which change of a German text leaves its translation right: one that no reader would hear.

Trivial is a change of white space, punctuation, emphasis or case. Never trivial is what may change the
meaning: letters, digits and what stands between or before them, question marks, § % & @ # / and other
symbols, placeholders, link targets, and the case of words that tell "you" from "they" (Sie, Ihr …).
"""

from __future__ import annotations

import functools
import re
import unicodedata

from formkit.texts import tokens

_NUMBER = re.compile(r"[-+−–]?[0-9]+(?:[.,:/–-][0-9]+)*\.?(?=[0-9]|\b|$)")
_ADDRESS = re.compile(r"\b(?:Sie|sie|Ihr|ihr|Ihnen|ihnen|Ihre[mnrs]?|ihre[mnrs]?)\b")
# Punctuation that carries meaning, and stays in the comparison.
_TELLING = frozenset("?§%&@#/")


def is_trivial(old: str, new: str) -> bool:
    """Tell whether a changed German text still says the same, so that its translation holds.

    >>> is_trivial("Bitte ankreuzen", "Bitte ankreuzen."), is_trivial("Abschnitt 6", "Abschnitt 7")
    (True, False)
    """
    return _core(old) == _core(new)


@functools.cache
def _core(text: str) -> tuple[object, ...]:
    kept = [token for token in tokens(text) if token not in ("*", "**")]
    numbers = _NUMBER.findall(text)
    address = _ADDRESS.findall(text)
    letters = "".join(filter(_tells, unicodedata.normalize("NFC", text).casefold()))
    return letters, tuple(kept), tuple(numbers), tuple(address)


@functools.lru_cache(2_000)
def _tells(char: str) -> bool:
    if char in _TELLING:
        return True
    return not char.isspace() and unicodedata.category(char)[0] != "P"
