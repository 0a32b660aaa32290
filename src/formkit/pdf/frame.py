"""What stands around a value in its widget: background and border; and the cross of a box that is ticked.

Source: ISO 32000-2, 12.5.4 (border styles) and 12.5.6.19 (appearance characteristics).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

Colour = tuple[float, ...]
_FILLS = {1: "g", 3: "rg", 4: "k"}
_STROKES = {1: "G", 3: "RG", 4: "K"}
_WHITE, _GREY, _LIGHT = (1.0,), (0.5,), (0.75,)


class BorderStyle(enum.Enum):
    """The names of border styles in /BS /S."""

    SOLID = "S"
    DASHED = "D"
    BEVELLED = "B"
    INSET = "I"
    UNDERLINED = "U"


@dataclass(frozen=True, slots=True)
class Frame:
    """Background and border of a widget: colours of 1, 3 or 4 parts or () for none, `width` in points.

    `cells` is the number of a comb's cells, which the border parts from one another; 0 for no comb.
    """

    background: Colour = ()
    border: Colour = ()
    width: float = 0.0
    style: BorderStyle = BorderStyle.SOLID
    dash: tuple[float, ...] = (3.0,)
    cells: int = 0


def number(value: float) -> str:
    """Write a number as PDF has it: no exponent, no more than three decimals."""
    return f"{value:.3f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


def filled(colour: Colour) -> str:
    """Return the operator that fills with a colour."""
    return " ".join([*map(number, colour), _FILLS[len(colour)]])


def stroked(colour: Colour) -> str:
    """Return the operator that strokes with a colour."""
    return " ".join([*map(number, colour), _STROKES[len(colour)]])


def draw_frame(width: float, height: float, frame: Frame) -> bytes:
    """Return the content that draws a frame around a box of some width and height in points."""
    parts = []
    if frame.background:
        parts.append(f"{filled(frame.background)} 0 0 {number(width)} {number(height)} re f")
    if frame.border and frame.width > 0:
        if frame.style in (BorderStyle.BEVELLED, BorderStyle.INSET):
            parts.extend(_bevel(width, height, frame))
        parts.append(f"{stroked(frame.border)} {number(frame.width)} w")
        if frame.style is BorderStyle.DASHED:
            parts.append(f"[{' '.join(map(number, frame.dash))}] 0 d")
        parts.append(_path(width, height, frame))
    return f"q {' '.join(parts)} Q\n".encode() if parts else b""


def _path(width: float, height: float, frame: Frame) -> str:
    half = frame.width / 2
    if frame.style is BorderStyle.UNDERLINED:
        return f"0 {number(half)} m {number(width)} {number(half)} l S"
    inner = f"{number(half)} {number(half)} {number(width - frame.width)} {number(height - frame.width)} re"
    ticks = (width * cell / frame.cells for cell in range(1, frame.cells))
    return " ".join([inner, *(f"{number(x)} 0 m {number(x)} {number(height)} l" for x in ticks), "S"])


def _bevel(width: float, height: float, frame: Frame) -> list[str]:
    """Draw the two edges of a raised or sunken box within its border."""
    inset = frame.style is BorderStyle.INSET
    near, far = frame.width, 2 * frame.width
    left, bottom, right, top = near, near, width - near, height - near
    inner_right, inner_top = width - far, height - far
    upper = [(left, bottom), (left, top), (right, top), (inner_right, inner_top), (far, inner_top), (far, far)]
    lower = [(right, top), (right, bottom), (left, bottom), (far, far), (inner_right, far), (inner_right, inner_top)]
    shades = (_GREY, _LIGHT) if inset else (_WHITE, _GREY)
    return [f"{filled(shade)} {_polygon(edge)} f" for shade, edge in zip(shades, (upper, lower), strict=True)]


def _polygon(points: list[tuple[float, float]]) -> str:
    pairs = [f"{number(x)} {number(y)}" for x, y in points]
    return " ".join([f"{pairs[0]} m", *(f"{pair} l" for pair in pairs[1:]), "h"])


def cross(width: float, height: float, colour: Colour = (0.0,), *, part: float = 0.3, thickness: float = 0.09) -> bytes:
    """Return the content that draws a cross over a box of some width and height in points.

    It reaches so many parts of the shorter side from the middle, in strokes of a thickness in such parts.
    """
    side = min(width, height)
    reach, line = side * part, max(0.6, side * thickness)
    x, y = width / 2, height / 2
    strokes = (
        f"{number(x - reach)} {number(y + sign * reach)} m {number(x + reach)} {number(y - sign * reach)} l"
        for sign in (1, -1)
    )
    return f"q {stroked(colour)} {number(line)} w 1 J {' '.join(strokes)} S Q\n".encode()
