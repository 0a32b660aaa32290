"""Text → glyphs: how wide a text is in given fonts, shaped by HarfBuzz as it is on paper."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from formkit.errors import MissingGlyph

# A character of these classes joins the run before it, whichever font that has: marks, joiners, variants.
_JOINERS = frozenset({"\u200c", "\u200d", "\ufe0e", "\ufe0f"})


def width(text: str, fonts: tuple[Path, ...], size: float) -> float:
    """Return the width of a line of text in points.

    Takes TTF files in the order they are tried and the size in points. A character that no file has is as
    wide as the first file's sign for a missing glyph. Raises MissingGlyph where a file cannot be read.
    """
    return _width(text, fonts) * size


@lru_cache(maxsize=100_000)
def _width(text: str, fonts: tuple[Path, ...]) -> float:
    """Return the width of a text in ems."""
    return sum(_advance(run, _face(font)) for run, font in _runs(text, fonts))


def _runs(text: str, fonts: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    """Part a text into runs that one font draws; blanks and marks stay with what stands before them."""
    start, current = 0, None
    for index, character in enumerate(text):
        font = _drawing(character, fonts)
        sticks = character.isspace() or character in _JOINERS
        if font is None or (sticks and current is not None) or font == current:
            continue
        if current is not None:
            yield text[start:index], current
            start = index
        current = font
    if text:
        yield text[start:], current or fonts[0]


def _drawing(character: str, fonts: tuple[Path, ...]) -> Path | None:
    return next((font for font in fonts if ord(character) in _characters(font)), None)


def _advance(run: str, font: hb.Font) -> float:
    buffer = hb.Buffer()
    buffer.add_str(run)
    buffer.guess_segment_properties()
    hb.shape(font, buffer)
    advance = sum(position.x_advance for position in buffer.glyph_positions or ())
    return float(advance / font.face.upem)


@lru_cache(maxsize=64)
def _face(path: Path) -> hb.Font:
    try:
        return hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
    except (hb.HarfBuzzError, OSError) as error:
        raise MissingGlyph(f"{path}: the font cannot be read: {error}") from error


@lru_cache(maxsize=64)
def _characters(path: Path) -> frozenset[int]:
    return frozenset(_face(path).face.unicodes)
