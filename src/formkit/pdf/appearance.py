"""Glyphs → content of appearance streams: texts, chosen options, lists (ISO 32000-2, 12.7.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from formkit.errors import DoesNotFit
from formkit.pdf.embed import FontBook
from formkit.pdf.faces import face
from formkit.pdf.frame import Colour, filled, number
from formkit.pdf.layout import Laid, Placed, TextLook, lay_out
from formkit.pdf.lines import Line
from formkit.pdf.shaping import NO_TEXT, Cluster

_BLACK: Colour = (0.0,)
_CHOSEN: Colour = (0.6, 0.757, 0.855)
_EM = 1000
# Below this, in thousandths of an em, nobody sees a glyph out of its place.
_UNSEEN = 0.5
# As tall as a text of one line may become for the measuring of one row of a list.
_ENDLESS = 1e6


@dataclass(frozen=True, slots=True)
class Row:
    """An option of a list box: its label and whether it is chosen."""

    label: str
    chosen: bool


def text_content(laid: Laid, width: float, height: float, fonts: FontBook, colour: Colour = _BLACK) -> bytes:
    """Return the content that draws a text laid out in a box of some width and height in points.

    Its glyphs get their codes in `fonts`, which are to be embedded afterwards.
    """
    lines = b"".join(_line(each, laid.size, fonts) for each in laid.lines if each.line.clusters)
    return marked(_clipped(width, height) + _shown(lines, colour))


def list_content(rows: tuple[Row, ...], look: TextLook, font_files: tuple[Path, ...], fonts: FontBook) -> bytes:
    """Return the content that draws a list box with its chosen rows marked.

    Where not all rows fit at the smallest size, those from the first chosen one are shown. Raises DoesNotFit
    where a chosen one would not be seen, MissingGlyph for a character that no font has.
    """
    shown, size, pitch = _visible(rows, look, font_files)
    marks: list[bytes] = []
    lines: list[bytes] = []
    for place, row in enumerate(shown):
        bottom = look.height - look.padding / 2 - (place + 1) * pitch
        if row.chosen:
            box = (look.padding / 2, bottom, look.width - look.padding, pitch)
            marks.append(f"{filled(_CHOSEN)} {' '.join(map(number, box))} re f\n".encode())
        laid = lay_out(row.label, replace(look, height=pitch, size=size, multiline=False), font_files)
        lines.extend(_line(replace(each, y=each.y + bottom), laid.size, fonts) for each in laid.lines)
    return marked(_clipped(look.width, look.height) + b"".join(marks) + _shown(b"".join(lines), _BLACK))


def marked(content: bytes) -> bytes:
    """Mark the variable part of an appearance, which viewers replace when somebody types."""
    return b"/Tx BMC\nq\n" + content + b"Q\nEMC\n"


def _visible(rows: tuple[Row, ...], look: TextLook, fonts: tuple[Path, ...]) -> tuple[tuple[Row, ...], float, float]:
    """Choose size and rows: all of them if they fit, else as many as fit from the first chosen one."""
    room = look.height - look.padding
    tall = replace(look, height=_ENDLESS, multiline=True, size=look.size or look.largest)
    pitch = max((_pitch(lay_out(f"{row.label}\n{row.label}", tall, fonts)) for row in rows), default=1.0)
    size = tall.size
    if pitch * len(rows) > room:
        fitting = max(min(size, look.smallest), size * room / (pitch * len(rows)))
        size, pitch = fitting, pitch * fitting / size
    count = max(1, int(room / pitch + 1e-6))
    first = next((place for place, row in enumerate(rows) if row.chosen), 0)
    start = max(0, min(first, len(rows) - count))
    if any(row.chosen for row in (*rows[:start], *rows[start + count :])):
        raise DoesNotFit(
            "the chosen options do not all fit the list", advice="Choose fewer, or put them on a sheet of their own."
        )
    return rows[start : start + count], size, pitch


def _pitch(laid: Laid) -> float:
    return laid.lines[0].y - laid.lines[-1].y if len(laid.lines) == 2 else laid.size * 1.4


def _clipped(width: float, height: float) -> bytes:
    return f"0 0 {number(width)} {number(height)} re W n\n".encode()


def _shown(lines: bytes, colour: Colour) -> bytes:
    return f"BT\n{filled(colour)}\n".encode() + lines + b"ET\n" if lines else b""


def _line(placed: Placed, size: float, fonts: FontBook) -> bytes:
    drawn = b"".join(_pieces(placed.line.clusters, size, fonts))
    content = f"1 0 0 1 {number(placed.x)} {number(placed.y)} Tm\n".encode() + drawn
    if not _needs_actual_text(placed.line):
        return content
    text = "\ufeff" + "".join(cluster.text for cluster in placed.line.clusters)
    return b"/Span <</ActualText <%s>>> BDC\n%sEMC\n" % (text.encode("utf-16-be").hex().encode(), content)


def _needs_actual_text(line: Line) -> bool:
    """Tell whether codes alone cannot say a line. Never for right-to-left text: readers would turn it round."""
    one_way = not line.rtl and not any(cluster.level & 1 for cluster in line.clusters)
    return one_way and any(glyph.text == NO_TEXT for cluster in line.clusters for glyph in cluster.glyphs)


def _pieces(clusters: Iterable[Cluster], size: float, fonts: FontBook) -> Iterator[bytes]:
    """Yield what draws a line: `TJ` for each run of one font and one height.

    `due` is where the next glyph must stand, `pen` where a viewer would put it by /W; both in thousandths.
    """
    font, up, due, pen = None, 0.0, 0.0, 0.0
    parts: list[str] = []
    for cluster in clusters:
        for glyph in cluster.glyphs:
            code = fonts.code(cluster.font, glyph.number, glyph.text)
            # Comparing paths is slow, and nearly always the font is the very same.
            new_font = cluster.font is not font and cluster.font != font
            if new_font or glyph.up != up:
                yield _joined(parts)
                parts = []
                yield _changed(cluster.font if new_font else None, size, glyph.up, up, fonts)
                font, up = cluster.font, glyph.up
            shift = due + glyph.right - pen
            if abs(shift) >= _UNSEEN:
                parts.append(f">{-round(shift)}<")
                pen += round(shift)
            parts.append(f"{code:04X}")
            pen += face(cluster.font).advance(glyph.number)
            due += glyph.advance
    yield _joined(parts)
    if up:
        yield b"0 Ts\n"


def _joined(parts: list[str]) -> bytes:
    return f"[<{''.join(parts)}>] TJ\n".replace("<>", "").encode() if parts else b""


def _changed(font: Path | None, size: float, up: float, before: float, fonts: FontBook) -> bytes:
    named = f"/{fonts.name(font)} {number(size)} Tf\n" if font is not None else ""
    risen = f"{number(up * size / _EM)} Ts\n" if up != before else ""
    return (named + risen).encode()


_COLOUR = re.compile(rb"((?:[-+.\d]+\s+){1,4})(g|rg|k)\b")
_FONT = re.compile(rb"/([^\s/<>\[\]()]+)\s+([-+.\d]+)\s+Tf")


def default_style(appearance: bytes) -> tuple[float, Colour]:
    """Read size and colour from a /DA string; 0 is automatic size (ISO 32000-2, 12.7.4.3)."""
    font = _FONT.findall(appearance)
    found = _COLOUR.findall(appearance)
    colour = tuple(float(part) for part in found[-1][0].split()) if found else _BLACK
    wanted = {b"g": 1, b"rg": 3, b"k": 4}[found[-1][1]] if found else 1
    return abs(float(font[-1][1])) if font else 0.0, colour[-wanted:] if len(colour) >= wanted else _BLACK
