"""Simple text → codes by pairs of letters, without HarfBuzz: for scripts where a letter depends on its neighbour alone.

Kerning looks at two neighbours. So a text whose letters stand for themselves, one glyph each, is drawn by what
each pair of them gives, and pairs repeat much more than texts do. What a pair cannot say, such as a ligature,
a mark or a second script, is left to HarfBuzz.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path

from formkit.pdf.faces import Face, face
from formkit.pdf.shaping import script_of, shape_pair

# Scripts whose letters neither join nor change their place.
_SCRIPTS = ("Latn", "Cyrl", "Grek")
_CATEGORIES = ("L", "N", "P", "S")
# The fraction slash makes fractions of the figures around it, the middle dot of Catalan a letter.
_EXCEPT = frozenset("\u2044\u00b7")
_MOST_PAIRS = 200_000


class Pairs(dict[tuple[str, str], tuple[str, int] | None]):
    """For each letter and the one behind it, "" at the end: code and kerning as they stand in `TJ`, and the advance.

    None where the pair is no simple one. Filled as pairs are asked for, emptied when it grows too large.
    """

    def __init__(self, font: Path, script: str) -> None:
        super().__init__()
        self._face = face(font)
        self._script = script

    def __missing__(self, key: tuple[str, str]) -> tuple[str, int] | None:
        if len(self) >= _MOST_PAIRS:
            self.clear()
        found = self[key] = self._found(*key)
        return found

    def _found(self, letter: str, following: str) -> tuple[str, int] | None:
        alone = _single(self._face, letter, self._script)
        if alone is None or not following:
            return alone and (f"{alone[0]:04X}", alone[1])
        second = _single(self._face, following, self._script)
        shaped = shape_pair(letter + following, self._face.path, self._script)
        if second is None or [glyph.number for glyph in shaped] != [alone[0], second[0]]:
            return None
        first, last = shaped
        moved = first.right or first.up or last.right or last.up
        if moved or last.advance != second[1] or first.advance != int(first.advance):
            return None
        kerning = int(first.advance) - alone[1]
        return f"{alone[0]:04X}" + (f">{-kerning}<" if kerning else ""), int(first.advance)


@lru_cache(maxsize=20_000)
def _single(used: Face, letter: str, script: str) -> tuple[int, int] | None:
    """Return glyph and advance of a letter that is drawn by one glyph that stands for it alone."""
    shaped = shape_pair(letter, used.path, script)
    if len(shaped) != 1:
        return None
    (glyph,) = shaped
    own = glyph.number and used.meaning(glyph.number) == letter and used.font.get_nominal_glyph(ord(letter))
    plain = own == glyph.number and not glyph.right and not glyph.up and glyph.advance == used.advance(glyph.number)
    return (glyph.number, int(glyph.advance)) if plain else None


@lru_cache(maxsize=16)
def letters(font: Path, script: str) -> frozenset[str]:
    """Return the letters, figures and signs of a font that texts of a script may hold; "" is no script at all."""
    every = (chr(point) for point in face(font).characters if chr(point) not in _EXCEPT)
    simple = (each for each in every if each == " " or unicodedata.category(each)[0] in _CATEGORIES)
    return frozenset(each for each in simple if script_of(each) in ("", script))


def script(text: str, font: Path) -> str | None:
    """Return the script of a simple text, "" for none, or None where the text is not simple."""
    if letters(font, "").issuperset(text):
        return ""
    return next((each for each in _SCRIPTS if letters(font, each).issuperset(text)), None)


@lru_cache(maxsize=16)
def pairs(font: Path, script: str) -> Pairs:
    """Return the table of a font for a script."""
    return Pairs(font, script)
