"""Layout of a value in its box: size, lines and places, without a PDF.

Lengths are in points, the origin is the lower left corner of the box.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

from formkit.errors import DoesNotFit
from formkit.pdf.bidi import is_rtl, levels, visual_order
from formkit.pdf.graphemes import graphemes
from formkit.pdf.lines import Line, ink, narrowest, reach, whole_line, wrapped
from formkit.pdf.shaping import shape, shape_alone

LINE_ENDS = re.compile("\r\n|[\r\n\v\f\x85\u2028\u2029]")
_EM = 1000
_STEP = 0.5
_CENTRED, _RIGHT = 1, 2
# Rounding of widths in thousandths of an em must not make a text that fits exactly too wide.
_SLACK = 0.01


@dataclass(frozen=True, slots=True)
class TextLook:
    """How a text stands in its box.

    `width` and `height` of the box; `size` of the font, 0 for as large as fits; `comb` the number of cells, 0 for
    none; `quadding` 0 left, 1 centred, 2 right, None by the direction of the text; `padding` at each side;
    no text is made smaller than `smallest`, and none of automatic size larger than `largest`.
    """

    width: float
    height: float
    size: float = 0.0
    multiline: bool = False
    comb: int = 0
    quadding: int | None = None
    padding: float = 2.0
    smallest: float = 6.0
    largest: float = 12.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A line and where its baseline begins."""

    x: float
    y: float
    line: Line


@dataclass(frozen=True, slots=True)
class Laid:
    """A text laid out in its box: the font size in points and the lines, from the top."""

    size: float
    lines: tuple[Placed, ...]


def fitting_size(text: str, look: TextLook, fonts: tuple[Path, ...]) -> float | None:
    """Return the size in points at which a text fits its box, None where it does not fit at the smallest.

    Raises MissingGlyph for a character that no font has.
    """
    try:
        return lay_out(text, look, fonts).size
    except DoesNotFit:
        return None


@lru_cache(maxsize=20_000)
def lay_out(text: str, look: TextLook, fonts: tuple[Path, ...]) -> Laid:
    """Lay out a text in its box.

    Takes the fonts in the order they are tried. A text that does not fit at the size that is asked for is made
    smaller in steps of half a point. Raises DoesNotFit where it does not fit at the smallest size, MissingGlyph
    for a character that no font has.
    """
    if look.comb:
        return _comb(text, look, fonts)
    if look.multiline:
        return _block(text, look, fonts)
    return _single(LINE_ENDS.sub(" ", text), look, fonts)


def _single(text: str, look: TextLook, fonts: tuple[Path, ...]) -> Laid:
    line = whole_line(shape(text, fonts))
    size, y = fit_line(line.width, ink([line]), reach([line], fonts), look)
    return Laid(size, (Placed(start_of(line.width, line.rtl, look, size), y, line),))


def fit_line(
    width: float, black: tuple[float, float], line: tuple[float, float], look: TextLook
) -> tuple[float, float]:
    """Return size and baseline of a line in its box.

    Takes its width, how far its black and its fonts reach below (negative) and above the baseline, all in
    thousandths of an em. Raises DoesNotFit.
    """
    low, high = black
    descent, ascent = line
    room = look.width - 2 * look.padding + _SLACK
    size = look.size or min(look.largest, look.height * _EM / (ascent - descent))
    if width * size > room * _EM:
        size = room * _EM / width
    if (high - low) * size > look.height * _EM:
        size = look.height * _EM / (high - low)
    size = _checked(_stepped(size, look), look)
    return size, _baseline(look.height, size, line, black)


def _stepped(size: float, look: TextLook) -> float:
    """Round a size down: to half points where one was asked for, else to hundredths."""
    if size == look.size:
        return size
    step = _STEP if look.size else _STEP / 50
    stepped = math.floor(size / step + 1e-9) * step
    return look.smallest if stepped < look.smallest <= size else round(stepped, 2)


def _checked(size: float, look: TextLook) -> float:
    # A form that asks for a smaller size itself gets it.
    if size < min(look.smallest, look.size or look.smallest):
        raise _too_long(look)
    return size


def _too_long(look: TextLook) -> DoesNotFit:
    return DoesNotFit(
        f"the text does not fit its box of {look.width:.0f} × {look.height:.0f} pt even at {look.smallest:g} pt",
        advice="Shorten it, or put it on a sheet of its own.",
    )


def _baseline(height: float, size: float, line: tuple[float, float], black: tuple[float, float]) -> float:
    """Centre a line by its fonts' own heights, then move it until none of its black leaves the box."""
    scale = size / _EM
    y = (height - (line[0] + line[1]) * scale) / 2
    y = min(y, height - black[1] * scale)
    return max(y, -black[0] * scale)


def start_of(width: float, rtl: bool, look: TextLook, size: float) -> float:
    """Return where a line of some width, in thousandths of an em, begins in its box."""
    quadding = (_RIGHT if rtl else 0) if look.quadding is None else look.quadding
    room = look.width - 2 * look.padding - width * size / _EM
    return look.padding + room * {_CENTRED: 0.5, _RIGHT: 1.0}.get(quadding, 0.0)


def _sizes(look: TextLook) -> Iterator[float]:
    """Yield the sizes to try, from the largest."""
    size = look.size or look.largest
    yield size
    while size - _STEP >= look.smallest:
        size -= _STEP
        yield size
    if size > look.smallest:
        yield look.smallest


def _block(text: str, look: TextLook, fonts: tuple[Path, ...]) -> Laid:
    paragraphs = LINE_ENDS.split(text.rstrip("\r\n"))
    widest = max(narrowest(each, fonts) for each in paragraphs)
    room = look.width - 2 * look.padding + _SLACK
    for anywhere in (False, True):
        for size in _sizes(look):
            if anywhere or widest * size <= room * _EM:
                laid = _block_at(paragraphs, look, fonts, size, anywhere)
                if laid is not None:
                    return laid
    raise _too_long(look)


def _block_at(
    paragraphs: list[str], look: TextLook, fonts: tuple[Path, ...], size: float, anywhere: bool
) -> Laid | None:
    limit = (look.width - 2 * look.padding + _SLACK) * _EM / size
    lines: list[Line] = []
    for each in paragraphs:
        broken = wrapped(each, fonts, limit, anywhere=anywhere)
        if broken is None:
            return None
        lines.extend(broken)
    descent, ascent = (each * size / _EM for each in reach(lines, fonts))
    pitch = ascent - descent
    margin = min(look.padding, max(0.0, (look.height - pitch) / 2))
    if len(lines) * pitch > look.height - 2 * margin + _SLACK:
        return None
    top = look.height - margin - ascent
    placed = (
        Placed(start_of(line.width, line.rtl, look, size), top - row * pitch, line) for row, line in enumerate(lines)
    )
    return Laid(size, tuple(placed))


def _comb(text: str, look: TextLook, fonts: tuple[Path, ...]) -> Laid:
    """Put one grapheme into each cell, from the right where the text runs from right to left."""
    parts = list(graphemes(LINE_ENDS.sub(" ", text)))
    if len(parts) > look.comb:
        raise DoesNotFit(
            f"the text has {len(parts)} characters for {look.comb} cells",
            advice="Shorten it, or put it on a sheet of its own.",
        )
    found = _cell_levels(parts)
    lines = [whole_line(shape_alone(part, fonts, level)) for part, level in zip(parts, found, strict=True)]
    cell = look.width / look.comb
    low, high = ink(lines)
    descent, ascent = reach(lines, fonts)
    widest = max((line.width for line in lines), default=0.0)
    size = look.size or min(look.largest, look.height * _EM / (ascent - descent))
    size = min(size, cell * _EM / max(widest, 1.0), look.height * _EM / max(high - low, 1.0))
    size = _checked(_stepped(size, look), look)
    y = _baseline(look.height, size, (descent, ascent), (low, high))
    first = _first_cell(len(parts), look, is_rtl("".join(parts)))
    order = visual_order(found)
    middles = ((first + column + 0.5) * cell for column in range(len(parts)))
    placed = (
        Placed(middle - lines[place].width * size / _EM / 2, y, lines[place])
        for middle, place in zip(middles, order, strict=True)
    )
    return Laid(size, tuple(each for each in placed if each.line.clusters))


def _first_cell(used: int, look: TextLook, rtl: bool) -> int:
    quadding = (_RIGHT if rtl else 0) if look.quadding is None else look.quadding
    if rtl:
        quadding = _RIGHT
    return {_CENTRED: (look.comb - used) // 2, _RIGHT: look.comb - used}.get(quadding, 0)


def _cell_levels(parts: list[str]) -> list[int]:
    """Return the embedding level of each cell's grapheme."""
    found = levels("".join(parts))
    return [found[start] for start in accumulate((len(part) for part in parts[:-1]), initial=0)] if parts else []
