"""Text → glyphs: runs of one font, script and direction, shaped by HarfBuzz as they are on paper.

Lengths are in thousandths of an em, so that one shaping serves all sizes.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from formkit.errors import MissingGlyph
from formkit.pdf.bidi import is_rtl, levels
from formkit.pdf.faces import Face, face
from formkit.pdf.graphemes import graphemes

_BIG = 1000
# Controls that are signs around figures (Unicode: Prepended_Concatenation_Mark).
_SEEN_CONTROLS = frozenset({*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2})
_GRAPHEME_JOINER = 0x34F
_BLANKS = {ord(blank): " " for blank in "\t\u2028\u2029"}
# Stands for no text of its own: what a second glyph of one character says (ISO 19005-3, 6.2.11.7.2 wants something).
NO_TEXT = "\u200b"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph: its number, the text it stands for, how far it is moved, and how far it moves the pen."""

    number: int
    text: str
    right: float
    up: float
    advance: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Glyphs that belong together, in the order they are drawn, for a part of the text that starts at `start`."""

    start: int
    text: str
    level: int
    font: Path
    glyphs: tuple[Glyph, ...]
    advance: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A shaped paragraph: its clusters in reading order and its direction."""

    text: str
    clusters: tuple[Cluster, ...]
    rtl: bool


@dataclass(frozen=True, slots=True)
class _Run:
    start: int
    end: int
    font: Path
    level: int
    script: str


def width(text: str, fonts: tuple[Path, ...], size: float) -> float:
    """Return the width of a line of text in points.

    Takes TTF files in the order they are tried and the size in points. A character that no file has is as
    wide as the first file's sign for a missing glyph. Raises MissingGlyph where a file cannot be read.
    """
    return _width(text, fonts) * size


def shape(text: str, fonts: tuple[Path, ...]) -> Paragraph:
    """Return the glyphs of one paragraph, a text without line ends.

    Takes TTF files in the order they are tried. Raises MissingGlyph that names the place and code point of the
    first character that no font has, never the text.
    """
    return _shape(text, fonts)


def shape_alone(grapheme: str, fonts: tuple[Path, ...], level: int) -> Paragraph:
    """Return the glyphs of one grapheme as it stands in a cell of its own: joined to nothing, mirrored at odd levels.

    Raises as `shape` does.
    """
    drawn = grapheme.translate(_BLANKS)
    run = _Run(0, len(drawn), _drawing(drawn, fonts) or fonts[0], level, script_of(drawn[0]))
    return _complete(grapheme, _clusters(drawn, run), rtl=bool(level & 1))


def shape_pair(text: str, font: Path, script: str) -> tuple[Glyph, ...]:
    """Return the glyphs of one letter or two as a run of a script, from left to right, "" for no script."""
    return tuple(glyph for _, _, glyphs in _shaped("", text, "", font, 0, script) for glyph in glyphs)


@lru_cache(maxsize=20_000)
def _shape(text: str, fonts: tuple[Path, ...]) -> Paragraph:
    drawn = text.translate(_BLANKS)
    clusters = tuple(each for run in _runs(drawn, fonts) for each in _clusters(drawn, run))
    return _complete(text, clusters, is_rtl(drawn))


def _complete(text: str, clusters: tuple[Cluster, ...], rtl: bool) -> Paragraph:
    for each in clusters:
        if any(not glyph.number for glyph in each.glyphs):
            _miss(each)
    return Paragraph(text, clusters, rtl)


def _miss(cluster: Cluster) -> None:
    lacking = [at for at, each in enumerate(cluster.text) if ord(each) not in face(cluster.font).characters]
    at = lacking[0] if lacking else 0
    point = f"U+{ord(cluster.text[at]):04X}"
    name = unicodedata.name(cluster.text[at], "")
    raise MissingGlyph(
        f"no font draws character {cluster.start + at + 1} ({' '.join(filter(None, (point, name)))})",
        advice="Write it in other letters, or add a font that has it.",
    )


@lru_cache(maxsize=100_000)
def _width(text: str, fonts: tuple[Path, ...]) -> float:
    """Return the width of a text in ems."""
    return sum(cluster.advance for run in _runs(text, fonts) for cluster in _clusters(text, run)) / _BIG


def _runs(text: str, fonts: tuple[Path, ...]) -> Iterator[_Run]:
    """Part a text where font, script or level change; blanks and marks stay with the font before them."""
    run: _Run | None = None
    place = 0
    found = levels(text)
    for part in graphemes(text):
        font, script, level = _drawing(part, fonts), script_of(part[0]), found[place]
        if run is not None:
            blank = font is None or part.isspace()
            font = run.font if blank else font
            script = script or run.script
            if (font, level) != (run.font, run.level) or (run.script and script != run.script):
                yield run
                run = None
        start = place if run is None else run.start
        place += len(part)
        run = _Run(start, place, font or fonts[0], level, script)
    if run is not None:
        yield run


@lru_cache(maxsize=20_000)
def _drawing(part: str, fonts: tuple[Path, ...]) -> Path | None:
    """Return the font that has a whole grapheme, else its composed form, else its letter; None for none."""
    for wanted in (_seen(part), _seen(unicodedata.normalize("NFC", part)), _seen(part[0])):
        for font in fonts:
            if wanted and wanted <= face(font).characters:
                return font
    return None


def _seen(part: str) -> set[int]:
    """Return the code points of what is drawn: HarfBuzz leaves out joiners and controls."""
    return {ord(each) for each in part if is_seen(each)}


def is_seen(character: str) -> bool:
    """Tell whether a character is drawn: most format controls and the selectors of variants are not."""
    point = ord(character)
    if unicodedata.category(character) == "Cf":
        return point in _SEEN_CONTROLS
    return not 0xFE00 <= point <= 0xFE0F and point != _GRAPHEME_JOINER


@lru_cache(maxsize=20_000)
def script_of(character: str) -> str:
    """Return the ISO 15924 code of a character's script, "" where it takes that of its neighbours."""
    buffer = hb.Buffer()
    buffer.add_str(character)
    buffer.guess_segment_properties()
    found = str(buffer.script or "")
    return "" if found in ("Zyyy", "Zinh", "Zzzz") else found


def _clusters(text: str, run: _Run) -> tuple[Cluster, ...]:
    """Shape a run between its neighbours, which decide how Arabic letters join."""
    before, after = text[max(run.start - 2, 0) : run.start], text[run.end : run.end + 2]
    shaped = _shaped(before, text[run.start : run.end], after, run.font, run.level & 1, run.script)
    return tuple(
        Cluster(run.start + start, part, run.level, run.font, glyphs, sum(glyph.advance for glyph in glyphs))
        for start, part, glyphs in shaped
    )


@lru_cache(maxsize=50_000)
def _shaped(
    before: str, text: str, after: str, font: Path, odd: int, script: str
) -> tuple[tuple[int, str, tuple[Glyph, ...]], ...]:
    buffer = hb.Buffer()
    buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_GRAPHEMES
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    buffer.add_str(before + text + after, len(before), len(text))
    if script:
        buffer.script = script
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if odd else "ltr"
    used = face(font)
    hb.shape(used.font, buffer)
    return tuple(_grouped(buffer, len(before), text, used, bool(odd)))


def _grouped(
    buffer: hb.Buffer, shift: int, text: str, used: Face, rtl: bool
) -> Iterator[tuple[int, str, tuple[Glyph, ...]]]:
    """Group glyphs by cluster, in reading order; what was left out goes with the cluster before it."""
    scale = _BIG / used.font.face.upem
    groups: dict[int, list[tuple[int, float, float, float]]] = {}
    for info, at in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        shape = (info.codepoint, at.x_offset * scale, at.y_offset * scale, at.x_advance * scale)
        groups.setdefault(info.cluster - shift, []).append(shape)
    starts = [_moved(text, start) for start in sorted(groups)]
    ends = [*starts[1:], len(text)]
    for start, end, glyphs in zip([0, *starts[1:]], ends, (groups[start] for start in sorted(groups)), strict=False):
        said = _said(text[start:end], len(glyphs), rtl)
        if rtl and unicodedata.mirrored(text[start]) and len(glyphs) == 1:
            # What is drawn is the other bracket, and most readers of text turn it back (of three, pdfium and pypdf).
            said = (used.meaning(glyphs[0][0]) or text[start:end],)
        yield start, text[start:end], tuple(Glyph(n, t, x, y, a) for (n, x, y, a), t in zip(glyphs, said, strict=True))


def _moved(text: str, start: int) -> int:
    """Let what is not drawn, such as a non-joiner, belong to the letter before it: a letter's code says it as well."""
    while start < len(text) - 1 and unicodedata.category(text[start]) == "Cf":
        start += 1
    return start


def _said(text: str, count: int, rtl: bool) -> tuple[str, ...]:
    """Share a cluster's text among its glyphs, in the order they are drawn, so that it reads rightly again.

    Readers of text take glyphs from left to right and turn right-to-left runs, so there the last one comes
    first. A ligature says its letters in reading order; poppler and pdfium turn these too. Each glyph gets one
    character, the first all that is over; glyphs that are over get NO_TEXT.
    """
    over = len(text) - count
    parts = (text[: over + 1], *text[over + 1 :]) if over >= 0 else (*text, *[NO_TEXT] * -over)
    return parts[::-1] if rtl else parts
