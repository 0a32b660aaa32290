"""What a widget says about its look: box, rotation, frame, size, colour, comb (ISO 32000-2, 12.5.6.19 and 12.7.4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from formkit.pdf.appearance import default_style
from formkit.pdf.flags import Flags
from formkit.pdf.frame import BorderStyle, Colour, Frame
from formkit.pdf.layout import TextLook
from formkit.pdf.streams import packed
from formkit.pdf.tree import Node

_COLOURS = frozenset({1, 3, 4})
# Where a form states a border colour only, its border is one point wide (table 168).
_BORDER = 1.0
_LEAST = 0.1


@dataclass(frozen=True, slots=True)
class Look:
    """How a widget looks: the text's place and size, its colour, the frame, and how far the whole is turned."""

    text: TextLook
    colour: Colour
    frame: Frame
    rotation: int


def look_of(node: Node, widget: Dictionary, smallest: float) -> Look:
    """Read the look of a field's widget; `smallest` is the size in points below which no text may be drawn."""
    rotation = _rotation(widget)
    left, bottom, right, top = box(widget)
    width, height = max(right - left, _LEAST), max(top - bottom, _LEAST)
    if rotation in (90, 270):
        width, height = height, width
    style = widget.get("/DA", node.inherited.get("/DA"))
    size, colour = default_style(bytes(style) if isinstance(style, String) else b"")
    comb = _cells(node)
    frame = _frame(widget, comb)
    quadding = widget.get("/Q", node.inherited.get("/Q"))
    inset = max(frame.width, 1.0) * (2 if frame.style in (BorderStyle.BEVELLED, BorderStyle.INSET) else 1)
    text = TextLook(
        width,
        height,
        size,
        multiline=bool(node.kind == "Tx" and node.flags & Flags.MULTILINE and not comb),
        comb=comb,
        quadding=int(quadding) if isinstance(quadding, int) else None,
        padding=min(inset + 1, width / 8),
        smallest=smallest,
    )
    return Look(text, colour, frame, rotation)


def _cells(node: Node) -> int:
    unfit = Flags.MULTILINE | Flags.PASSWORD | Flags.FILE_SELECT
    comb = node.kind == "Tx" and node.flags & Flags.COMB and not node.flags & unfit
    return max(node.integer("/MaxLen"), 0) if comb else 0


def box(widget: Dictionary) -> tuple[float, float, float, float]:
    """Return a widget's rectangle as left, bottom, right, top; an empty one where the file states none."""
    numbers = _numbers(widget.get("/Rect"))
    if len(numbers) != 4:
        return (0.0, 0.0, 0.0, 0.0)
    return (
        min(numbers[0], numbers[2]),
        min(numbers[1], numbers[3]),
        max(numbers[0], numbers[2]),
        max(numbers[1], numbers[3]),
    )


def form_xobject(pdf: Pdf, content: bytes, look: Look, resources: Dictionary) -> Object:
    """Write an appearance stream for a widget and return it, indirect."""
    width, height = look.text.width, look.text.height
    stream = packed(pdf, content)
    stream.Type = Name.XObject
    stream.Subtype = Name.Form
    stream.BBox = Array([0, 0, round(width, 3), round(height, 3)])
    turned = {90: [0, 1, -1, 0, height, 0], 180: [-1, 0, 0, -1, width, height], 270: [0, -1, 1, 0, 0, width]}
    if look.rotation in turned:
        stream.Matrix = Array([round(each, 3) for each in turned[look.rotation]])
    stream.Resources = resources
    return pdf.make_indirect(stream)


def _rotation(widget: Dictionary) -> int:
    characteristics = widget.get("/MK")
    turned = characteristics.get("/R") if isinstance(characteristics, Dictionary) else None
    return int(turned) % 360 // 90 * 90 if isinstance(turned, int) else 0


def _frame(widget: Dictionary, cells: int) -> Frame:
    characteristics = widget.get("/MK")
    if not isinstance(characteristics, Dictionary):
        return Frame()
    border = _colour(characteristics.get("/BC"))
    style = widget.get("/BS")
    width, name, dash = _border(style if isinstance(style, Dictionary) else None, widget.get("/Border"))
    known = {each.value: each for each in BorderStyle}
    return Frame(
        _colour(characteristics.get("/BG")),
        border,
        width if border else 0.0,
        known.get(name, BorderStyle.SOLID),
        tuple(dash) if any(dash) else (3.0,),
        cells,
    )


def _border(style: Dictionary | None, old: object) -> tuple[float, str, Sequence[float]]:
    """Return width, style and dashes of a border, from /BS or else the older /Border."""
    if style is not None:
        width = style.get("/W", _BORDER)
        name = style.get("/S")
        return _number(width, _BORDER), str(name)[1:] if isinstance(name, Name) else "S", _numbers(style.get("/D"))
    parts = list(old) if isinstance(old, Array) else []
    dash = _numbers(parts[3]) if len(parts) > 3 else ()
    return _number(parts[2], _BORDER) if len(parts) > 2 else _BORDER, "D" if dash else "S", dash


def _colour(given: object) -> Colour:
    numbers = _numbers(given)
    return numbers if len(numbers) in _COLOURS else ()


def _numbers(given: object) -> tuple[float, ...]:
    if not isinstance(given, Array):
        return ()
    return tuple(_number(each, 0.0) for each in given)


def _number(given: object, otherwise: float) -> float:
    try:
        return float(given)  # type: ignore[arg-type]
    except (TypeError, ValueError, ArithmeticError):
        return otherwise
