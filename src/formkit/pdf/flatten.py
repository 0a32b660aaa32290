"""Flattening: what fields show becomes content of the page, and the form ends.

Tagged files stay accessible: the content takes the place of the field in the structure tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream

from formkit.pdf.choices import options
from formkit.pdf.fill import SMALLEST_FOREIGN, Filled, apply, removed
from formkit.pdf.frame import number
from formkit.pdf.looks import box
from formkit.pdf.opening import opened, saved
from formkit.pdf.page_content import append, named
from formkit.pdf.repair import needs_redrawing, redraw, value_of
from formkit.pdf.signatures import require_unsigned
from formkit.pdf.structure import Tags, tags
from formkit.pdf.tree import Node, find_fields, states

_HIDDEN, _NO_VIEW = 1 << 1, 1 << 5
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Place:
    """A page that is being drawn on, the fields by their widgets, and the structure of the file if it has one."""

    page: Page
    fields: Mapping[tuple[int, int], Node]
    tags: Tags | None


def flatten(source: bytes | Path, fonts: tuple[Path, ...], smallest: float = SMALLEST_FOREIGN) -> Filled:
    """Turn the fields of a file into content of its pages.

    Takes a file or its bytes, TTF files in the order they are tried and the least size in points; both only
    serve values that have no appearance, or old ones. Hidden fields are left out, as in viewers. Raises
    Unfillable for values that cannot be drawn and for signed files; UnreadablePdf.
    """
    with opened(source) as (pdf, _):
        fields = find_fields(pdf)
        require_unsigned(pdf, fields)
        undrawn = [node for node in fields.values() if needs_redrawing(pdf) or _undrawn(node)]
        notes = removed(pdf)
        redrawn = redraw(undrawn, fonts, smallest)
        apply(pdf, redrawn.changes, redrawn.fonts)
        owners = {widget.objgen: node for node in fields.values() for widget in node.widgets if widget.is_indirect}
        structure = tags(pdf)
        for page in pdf.pages:
            _flatten_page(pdf, _Place(page, owners, structure))
        if "/AcroForm" in pdf.Root:
            del pdf.Root["/AcroForm"]
        data = saved(pdf)
    return Filled(data, len(fields), notes)


def _undrawn(node: Node) -> bool:
    if not value_of(node):
        return False
    if node.kind == "Btn":
        return any(not states(widget) for widget in node.widgets)
    return any(not isinstance(_normal(widget), Stream) for widget in node.widgets)


def _normal(widget: Dictionary) -> object:
    """Return what a widget shows: its normal appearance, that of its state for boxes."""
    look = widget.get("/AP")
    normal = look.get("/N") if isinstance(look, Dictionary) else None
    if isinstance(normal, Dictionary) and not isinstance(normal, Stream):
        state = widget.get("/AS")
        return normal[state] if isinstance(state, Name) and state in normal else None
    return normal


def _flatten_page(pdf: Pdf, place: _Place) -> None:
    annotations = place.page.obj.get("/Annots")
    if not isinstance(annotations, Array):
        return
    kept, drawn = [], []
    for each in annotations:
        if isinstance(each, Dictionary) and each.get("/Subtype") == Name.Widget:
            drawn.append(_drawn(pdf, place, each))
        else:
            kept.append(each)
    if len(kept) == len(annotations):
        return
    if kept:
        place.page.obj.Annots = Array(kept)
    else:
        del place.page.obj["/Annots"]
    append(pdf, place.page, b"".join(drawn))


def _drawn(pdf: Pdf, place: _Place, widget: Dictionary) -> bytes:
    """Return the content that draws a widget, with its mark in the structure of the file."""
    node = place.fields.get(widget.objgen)
    shown = _normal(widget)
    ticked = isinstance(widget.get("/AS"), Name) and widget.get("/AS") != Name.Off
    mark = place.tags.put(place.page, widget, node, ticked=ticked, text=_said(node)) if place.tags else None
    content = b""
    if isinstance(shown, Stream) and not _hidden(widget):
        content = _placed(pdf, place.page, widget, shown)
    if place.tags is None:
        return content
    if mark is None:
        return b"/Artifact BMC\n%sEMC\n" % content if content else b""
    return b"/Form <</MCID %d>> BDC\n%sEMC\n" % (mark, content)


def _said(node: Node | None) -> str:
    """Return the text that a field shows; chosen options as their labels."""
    if node is None or node.kind == "Btn":
        return ""
    labels = dict(options(node)) if node.kind == "Ch" else {}
    return " ".join(labels.get(value, value) for value in value_of(node))


def _hidden(widget: Dictionary) -> bool:
    flags = widget.get("/F")
    return isinstance(flags, int) and bool(int(flags) & (_HIDDEN | _NO_VIEW))


def _placed(pdf: Pdf, page: Page, widget: Dictionary, shown: Stream) -> bytes:
    """Draw an appearance into its rectangle (ISO 32000-2, 12.5.5, algorithm 8)."""
    left, bottom, right, top = box(widget)
    matrix = _matrix(shown.get("/Matrix"))
    corners = _corners(shown, matrix)
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    if not wide or not high or right == left or top == bottom:
        return b""
    across, up = (right - left) / wide, (top - bottom) / high
    moved = (across, 0, 0, up, left - min(xs) * across, bottom - min(ys) * up)
    shown.Type, shown.Subtype = Name.XObject, Name.Form
    name = named(page, shown if shown.is_indirect else pdf.make_indirect(shown))
    return f"q {' '.join(number(each) for each in moved)} cm {name} Do Q\n".encode()


def _corners(shown: Stream, matrix: Matrix) -> list[tuple[float, float]]:
    given = shown.get("/BBox")
    if not isinstance(given, Array) or len(given) != 4:
        return [(0.0, 0.0)]
    x1, y1, x2, y2 = (float(each) for each in given)
    a, b, c, d, e, f = matrix
    return [(a * x + c * y + e, b * x + d * y + f) for x, y in product((x1, x2), (y1, y2))]


def _matrix(given: object) -> Matrix:
    if not isinstance(given, Array) or len(given) != 6:
        return _UNMOVED
    a, b, c, d, e, f = (float(each) for each in given)
    return (a, b, c, d, e, f)
