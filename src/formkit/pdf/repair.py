"""Repair: every appearance drawn anew from its value, so that all viewers show what the file says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from formkit.errors import Unfillable
from formkit.pdf.choices import OFF, Refused, options
from formkit.pdf.embed import FontBook
from formkit.pdf.fill import SMALLEST_FOREIGN, Filled, apply, clean_form, removed
from formkit.pdf.flags import Flags
from formkit.pdf.opening import opened, saved
from formkit.pdf.plans import Change, nothing, plan
from formkit.pdf.signatures import require_unsigned
from formkit.pdf.text_strings import decode_text
from formkit.pdf.tree import Node, find_fields, readable
from formkit.pdf.verify import verify
from formkit.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What is to be drawn anew, and with which fonts."""

    changes: tuple[Change, ...]
    fonts: FontBook


def repair(source: bytes | Path, fonts: tuple[Path, ...], smallest: float = SMALLEST_FOREIGN) -> Filled:
    """Draw every field of a file anew from its value.

    Takes a file or its bytes, TTF files in the order they are tried and the least size in points. Viewers
    are no longer asked to draw by themselves (/NeedAppearances), nor to show a second copy of the values (/XFA).
    Raises Unfillable that names every value that cannot be drawn, before anything is written; UnreadablePdf.
    """
    with opened(source) as (pdf, _):
        fields = find_fields(pdf)
        require_unsigned(pdf, fields)
        redrawn = redraw(fields.values(), fonts, smallest)
        notes = removed(pdf)
        apply(pdf, redrawn.changes, redrawn.fonts)
        clean_form(pdf)
        data = saved(pdf)
    return Filled(data, len(redrawn.changes), notes + verify(data, redrawn.changes))


def redraw(fields: Iterable[Node], fonts: tuple[Path, ...], smallest: float) -> Redrawn:
    """Return what draws fields anew from their values; raises Unfillable for values that cannot be drawn."""
    book = FontBook()
    changes, problems = [], []
    for node in fields:
        if not _has_value(node):
            continue
        try:
            changes.append(_redrawn(node, fonts, book, smallest))
        except Refused as reason:
            problems.append(Problem(Where(node.name), str(reason), reason.check))
    if problems:
        raise Unfillable(
            f"{len(problems)} values cannot be drawn as they are",
            advice="Nothing was written. Correct these values in the form.",
            problems=problems,
        )
    return Redrawn(tuple(changes), book)


def _has_value(node: Node) -> bool:
    unknown = node.flags & (Flags.PASSWORD | Flags.FILE_SELECT) and node.kind == "Tx"
    return not unknown and (node.kind in ("Tx", "Ch") or (node.kind == "Btn" and not node.flags & Flags.PUSH))


def _redrawn(node: Node, fonts: tuple[Path, ...], book: FontBook, smallest: float) -> Change:
    values = value_of(node)
    if not values and node.kind == "Tx":
        return Change(node, (), drawings=nothing(node, smallest))
    if node.kind == "Ch" and node.flags & Flags.COMBO:
        return _combo(node, values, fonts, book, smallest)
    # A value that is longer than the form would let somebody type stands there all the same.
    unlimited = node if node.flags & Flags.COMB else replace(node, inherited={**node.inherited, "/MaxLen": 0})
    return replace(plan(unlimited, values, fonts, book, smallest), node=node)


def _combo(node: Node, values: tuple[str, ...], fonts: tuple[Path, ...], book: FontBook, smallest: float) -> Change:
    """Draw a combo box; some writers put a label where the export value belongs, or a text of their own."""
    editable = replace(node, inherited={**node.inherited, "/Ff": int(node.flags | Flags.EDITABLE)})
    codes = {label: code for code, label in reversed(options(node))}
    meant = tuple(value if value in codes.values() else codes.get(value, value) for value in values)
    return replace(plan(editable, meant, fonts, book, smallest), node=node)


def value_of(node: Node) -> tuple[str, ...]:
    """Return the value of a field as texts; that of a box or radio group is the export value or state it shows.

    Where the field itself has none, that of a widget counts, and for boxes its /AS.
    """
    holders = (*node.dictionaries, *(_parents(node)), *node.widgets)
    found = next((each["/V"] for each in holders if "/V" in each), None)
    if found is None and node.kind == "Btn":
        shown = (each.get("/AS") for each in node.widgets)
        found = next((each for each in shown if isinstance(each, Name) and each != Name.Off), None)
    return _texts(found)


def _parents(node: Node) -> list[Dictionary]:
    parents = []
    for each in node.dictionaries:
        parent = each.get("/Parent")
        for _ in range(64):
            if not isinstance(parent, Dictionary):
                break
            parents.append(parent)
            parent = parent.get("/Parent")
    return parents


def _texts(value: Object | None) -> tuple[str, ...]:
    if isinstance(value, Name):
        state = readable(bytes(value).removeprefix(b"/").decode("utf-8", "surrogateescape"))
        return () if state == OFF else (state,)
    if isinstance(value, Array):
        return tuple(text for each in value for text in _texts(each))
    if isinstance(value, Stream):
        text = decode_text(value.read_bytes())
    elif value is None or isinstance(value, Dictionary):
        return ()
    else:
        text = decode_text(bytes(value)) if isinstance(value, String) else str(value)
    return (text,) if text else ()


def needs_redrawing(pdf: Pdf) -> bool:
    """Tell whether a file asks viewers to draw its fields themselves: then its appearances may be old."""
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False))
