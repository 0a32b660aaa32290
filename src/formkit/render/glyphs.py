"""Which packaged font draws a text, and whether it can draw all of it."""

from __future__ import annotations

import unicodedata
from functools import cache

from formkit.errors import MissingGlyph
from formkit.fonts import FontFile, available, coverage
from formkit.i18n.languages import Language

_LATIN = "Latn"
# Scripts the Latin font draws as well.
_SHARED = {"Cyrl": _LATIN, "Grek": _LATIN}


def families(language: Language) -> tuple[str, ...]:
    """Return the regular font families for a language, in the order they are tried; raises MissingGlyph."""
    return _families(language, available())


@cache
def _families(language: Language, fonts: tuple[FontFile, ...]) -> tuple[str, ...]:
    script = _SHARED.get(language.script, language.script)
    own = [font.family for font in fonts if font.script == script and font.weight == 400]
    if not own:
        raise MissingGlyph(
            f"no packaged font draws {language.english} (script {language.script})",
            advice="Make a folder of fonts with scripts/build_fonts.py --add and name it as `fonts` in formkit.toml.",
        )
    latin = [font.family for font in fonts if font.script == _LATIN and font.weight == 400]
    return tuple(dict.fromkeys(own + latin))


def drawable(language: Language) -> frozenset[int]:
    """Return every code point that can be printed in a language."""
    return _covered(families(language), available())


@cache
def _covered(wanted: tuple[str, ...], fonts: tuple[FontFile, ...]) -> frozenset[int]:
    return frozenset().union(*(coverage(font.family) for font in fonts if font.family in wanted))


def require(text: str, language: Language) -> None:
    """Raise MissingGlyph where a text holds a character that no font of its language draws."""
    known = drawable(language)
    for char in text:
        if ord(char) in known or char.isspace() or unicodedata.category(char) == "Cf":
            continue
        name = unicodedata.name(char, "unnamed character")
        raise MissingGlyph(
            f"no packaged font draws '{char}' (U+{ord(char):04X} {name}) in the {language.english} text: {text[:80]}",
            advice="Replace the character in the text or catalogue, or add a font that has it.",
        )
