"""Lines: where a paragraph may break, how it wraps to a width, and the order in which a line is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from formkit.pdf.bidi import visual_order
from formkit.pdf.faces import face
from formkit.pdf.shaping import Cluster, Paragraph, shape

_HYPHENS = frozenset("-\u2010\u2012\u2013\u2014\u200b\u1361")
_UNBROKEN = frozenset("\u00a0\u202f\u2007\u2060\ufeff")
# East Asian letters, between any two of which a line may end.
_IDEOGRAPHS = ((0x2E80, 0x2FFF), (0x3040, 0x30FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7AF))
_IDEOGRAPHS_BEYOND = 0x20000


@dataclass(frozen=True, slots=True)
class Line:
    """A line ready to be drawn: clusters from left to right, its width in thousandths of an em, its direction."""

    clusters: tuple[Cluster, ...]
    width: float
    rtl: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stays together in a line: clusters without and with the blanks behind them."""

    clusters: tuple[Cluster, ...]
    bare: float
    whole: float


def whole_line(paragraph: Paragraph) -> Line:
    """Return a paragraph as one line."""
    return _line(paragraph.clusters, paragraph.rtl)


def wrapped(text: str, fonts: tuple[Path, ...], limit: float, *, anywhere: bool = False) -> tuple[Line, ...] | None:
    """Break a paragraph greedily into lines no wider than `limit`, in thousandths of an em.

    Lines end behind blanks and hyphens and between East Asian letters. Returns None where a word is wider than
    a line; with `anywhere` such a word is broken between two clusters, and None means that one is too wide.
    """
    paragraph = shape(text, fonts)
    units: Iterable[_Unit] = _units(text, fonts)
    if anywhere:
        units = [part for unit in units for part in ([unit] if unit.bare <= limit else map(_single, unit.clusters))]
    lines: list[list[Cluster]] = [[]]
    used = 0.0
    for unit in units:
        if unit.bare > limit:
            return None
        if lines[-1] and used + unit.bare > limit:
            lines.append([])
            used = 0.0
        lines[-1].extend(unit.clusters)
        used += unit.whole
    return tuple(_line(line, paragraph.rtl) for line in lines)


def narrowest(text: str, fonts: tuple[Path, ...]) -> float:
    """Return the width of a paragraph's widest word, in thousandths of an em."""
    return max((unit.bare for unit in _units(text, fonts)), default=0.0)


def ink(lines: Sequence[Line]) -> tuple[float, float]:
    """Return how far the black of lines reaches below (negative) and above their baseline."""
    inks = [
        (low + glyph.up, high + glyph.up)
        for line in lines
        for cluster in line.clusters
        for glyph in cluster.glyphs
        for low, high in [face(cluster.font).ink(glyph.number)]
    ]
    return min((low for low, _ in inks), default=0.0), max((high for _, high in inks), default=0.0)


def reach(lines: Iterable[Line], fonts: tuple[Path, ...]) -> tuple[float, float]:
    """Return descent (negative) and ascent of the fonts that draw some lines, of the first font for empty ones."""
    used = {cluster.font for line in lines for cluster in line.clusters} or {fonts[0]}
    return min(face(font).descent for font in used), max(face(font).ascent for font in used)


@lru_cache(maxsize=20_000)
def _units(text: str, fonts: tuple[Path, ...]) -> tuple[_Unit, ...]:
    units: list[_Unit] = []
    pending: list[Cluster] = []
    clusters = shape(text, fonts).clusters
    for place, cluster in enumerate(clusters):
        pending.append(cluster)
        following = clusters[place + 1].text if place + 1 < len(clusters) else ""
        if not following or _may_end(cluster.text[-1], following[0]):
            units.append(_unit(tuple(pending)))
            pending = []
    return tuple(units)


def _unit(clusters: tuple[Cluster, ...]) -> _Unit:
    bare = _bare(clusters)
    return _Unit(clusters, sum(each.advance for each in bare), sum(each.advance for each in clusters))


def _single(cluster: Cluster) -> _Unit:
    return _unit((cluster,))


def _may_end(last: str, following: str) -> bool:
    """Tell whether a line may end between two characters."""
    if following.isspace() or last in _UNBROKEN or following in _UNBROKEN:
        return False
    return last.isspace() or last in _HYPHENS or (_ideograph(last) and _ideograph(following))


def _ideograph(character: str) -> bool:
    point = ord(character)
    return point >= _IDEOGRAPHS_BEYOND or any(first <= point <= last for first, last in _IDEOGRAPHS)


def _bare(clusters: Sequence[Cluster]) -> Sequence[Cluster]:
    """Leave out the blanks that end a line: they are not drawn."""
    end = len(clusters)
    while end and clusters[end - 1].text.isspace():
        end -= 1
    return clusters[:end]


def _line(clusters: Sequence[Cluster], rtl: bool) -> Line:
    bare = _bare(clusters)
    order = visual_order([each.level for each in bare])
    return Line(tuple(bare[place] for place in order), sum(each.advance for each in bare), rtl)
