"""Checks of widths: translations measured with the printed fonts against their places on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formkit.checks.registry import check
from formkit.checks.values import Finding, String
from formkit.errors import MissingGlyph
from formkit.i18n.languages import GERMAN, Language
from formkit.pdf.shaping import width
from formkit.problems import Severity
from formkit.render.measure import Size, hyphenated
from formkit.texts import plain

# More lines than the German needs, plus these, push the next questions about.
SPARE_LINES = 2
# A line may end at a blank, behind a hyphen or slash with letters on both sides, and anywhere in Chinese.
_WORDS = re.compile(r"[\u3000-\u9fff]|[^\s\u3000-\u9fff]+?[-–/](?=\w{2})|[^\s\u3000-\u9fff]+")
_NO_BLANK_BEHIND = re.compile(r"[-–/\u3000-\u9fff]$")
_MARKED = re.compile(r"[{*\[]")
_NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
# So much longer than its place, in points, a word may be: rounding, and side bearings that stay white.
_TOLERANCE = 0.5
_UNKNOWN = "…"


def german_lines(text: str, size: Size) -> int:
    """Return how many lines a German text fills in a place; raises MissingGlyph."""
    line = _Line(size.width, size.fonts(GERMAN), size.around)
    return line.count(_NAME.sub(_UNKNOWN, plain(text)))


@check(Severity.WARNING)
def max_size(string: String) -> Iterator[Finding]:
    """The translation needs at most two lines more than the German in the same place, in the printed fonts.

    Bad: Vorname(n) → a label of four lines over its box
    Good: Vorname(n) → «Ім’я (імена)»
    """
    for size in _narrow(string):
        ours = _Line(size.width, size.fonts(string.language), size.size(string.language)).count(_shown(string))
        german = _Line(size.width, size.fonts(GERMAN), size.around).count(_filled(string.german, string))
        if ours > german + SPARE_LINES:
            place = f"in a place {size.width:.0f} pt wide"
            yield string.finding(f"the text needs {ours} lines {place}, the German {german}; shorten it")
            return


@check(Severity.ERROR, Severity.WARNING)
def layout(string: String) -> Iterator[Finding]:
    """No word is wider than its place on paper, in the printed fonts.

    Where the page neither breaks nor hyphenates it, the word runs into what stands beside it: an error.
    Elsewhere it is broken where the place ends: a warning.

    Bad: Zahlbar bis → en «Latestpossibledateofpayment» in a narrow column
    Good: Zahlbar bis → en «Pay by»
    """
    found = [(size, *too_wide) for size in _narrow(string) if (too_wide := _too_wide(string, size))]
    if not found:
        return
    size, word, wide = min(found, key=lambda each: _broken(each[0], string.language))
    broken = _broken(size, string.language)
    advice = "it will be broken" if broken else "it runs over the edge; shorten it or part it with a hyphen"
    text = f"'{word}' is {wide:.0f} pt wide, its place {size.width:.0f} pt: {advice}"
    yield string.finding(text, Severity.WARNING if broken else Severity.ERROR)


def _narrow(string: String) -> Iterator[Size]:
    """Yield the places in which a translation does not stand on one line."""
    for size in string.sizes:
        try:
            fonts = size.fonts(string.language)
        except MissingGlyph:
            return
        if width(_shown(string), fonts, size.size(string.language)) > size.width:
            yield size


def _too_wide(string: String, size: Size) -> tuple[str, float] | None:
    """Return the widest word of a translation and its width, if its place is narrower."""
    line = _Line(size.width, size.fonts(string.language), size.size(string.language))
    word = max(_words(_shown(string)), key=line.wide, default="")
    return (word, line.wide(word)) if line.wide(word) > size.width + _TOLERANCE else None


def _broken(size: Size, language: Language) -> bool:
    return size.breaks or (size.hyphens and hyphenated(language))


@dataclass(frozen=True, slots=True)
class _Line:
    """The lines of a place: their width, their fonts and the size of the letters in points."""

    width: float
    fonts: tuple[Path, ...]
    letters: float

    def wide(self, text: str) -> float:
        """Return the width of a text."""
        return width(text, self.fonts, self.letters)

    def count(self, text: str) -> int:
        """Count the lines of a text, each filled with as many words as it holds."""
        lines, used = 1, 0.0
        for word in _words(text):
            wide = self.wide(word)
            if used and used + wide > self.width + _TOLERANCE:
                lines, used = lines + 1, 0.0
            used += wide + (0.0 if _NO_BLANK_BEHIND.search(word) else self.wide(" "))
        return lines


def _words(text: str) -> list[str]:
    """Part a text where a line may end."""
    return _WORDS.findall(text)


def _shown(string: String) -> str:
    return _filled(string.text, string)


def _filled(text: str, string: String) -> str:
    """Return a text as it is printed: without marks, its placeholders filled in."""
    if not _MARKED.search(text):
        return text
    return _NAME.sub(lambda match: string.values.get(match[1], _UNKNOWN), plain(text))
