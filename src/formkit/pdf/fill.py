"""Filling in: values by full field name go into any AcroForm, each with an appearance that shows it.

After filling, the file is read again and compared; a file that differs is not returned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pikepdf import Array, Dictionary, Pdf, String

from formkit.errors import Unfillable
from formkit.pdf.choices import OFF, Refused
from formkit.pdf.embed import FontBook
from formkit.pdf.flags import Flags
from formkit.pdf.increment import increment as appended
from formkit.pdf.increment import snapshot
from formkit.pdf.looks import form_xobject
from formkit.pdf.opening import opened, saved
from formkit.pdf.plans import Change, Drawing, plan
from formkit.pdf.signatures import require_open, require_unsigned
from formkit.pdf.text_strings import encode_text
from formkit.pdf.tree import Node, find_fields, name, states
from formkit.pdf.verify import verify
from formkit.problems import Problem, Where

Values = Mapping[str, tuple[str, ...] | str]
# Own forms are never printed smaller than this; of foreign ones many have boxes that need less.
SMALLEST_OWN, SMALLEST_FOREIGN = 6.0, 4.0
READ_ONLY = "may not be changed: the form says so"


@dataclass(frozen=True, slots=True)
class Options:
    """How to fill.

    `smallest` is the least font size in points; `read_only` locks all fields afterwards, for official copies;
    `increment` appends to the file, which alone keeps a signature valid, and with it the old values;
    `into_read_only` fills fields that are read-only as well; `shown` are texts that are drawn in place of the
    values of some fields, which then have to stand elsewhere.
    """

    smallest: float = SMALLEST_OWN
    read_only: bool = False
    increment: bool = False
    into_read_only: bool = False
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """A finished file, how many fields were drawn anew, and what was changed beside them, in sentences."""

    data: bytes
    fields: int
    notes: tuple[str, ...]


def fill(source: bytes | Path, values: Values, fonts: tuple[Path, ...], options: Options | None = None) -> Filled:
    """Fill values into an AcroForm and draw them.

    Takes a file or its bytes; values by full field name: a text, an export value or state, several in a tuple
    for a list, () or "" for nothing; TTF files in the order they are tried. Other fields stay as they are.
    Raises Unfillable with every field that is wrong, before anything is written; UnreadablePdf; FormkitError
    where the finished file does not say what it should.
    """
    wanted = options or Options()
    with opened(source) as (pdf, data):
        fields = find_fields(pdf)
        book = FontBook()
        if wanted.increment:
            require_open(pdf, fields, values)
        else:
            require_unsigned(pdf, fields)
        changes = _planned(fields, values, fonts, book, wanted)
        notes = uncalculated(pdf) + removed(pdf, appending=wanted.increment)
        before = snapshot(pdf) if wanted.increment else {}
        apply(pdf, changes, book)
        if wanted.read_only:
            lock(fields.values())
        clean_form(pdf)
        filled = appended(data, pdf, before) if wanted.increment else saved(pdf)
    notes += verify(filled, changes)
    return Filled(filled, len(changes), notes)


def _planned(
    fields: Mapping[str, Node], values: Values, fonts: tuple[Path, ...], book: FontBook, options: Options
) -> list[Change]:
    changes, problems = [], []
    for path, value in values.items():
        try:
            node = known(fields, path)
            if node.flags & Flags.READ_ONLY and not options.into_read_only:
                raise Refused("read-only", READ_ONLY)
            given = (value,) if isinstance(value, str) else value
            changes.append(plan(node, given, fonts, book, options.smallest, options.shown.get(path)))
        except Refused as reason:
            problems.append(Problem(Where(path), str(reason), reason.check))
    if problems:
        raise unfillable(problems)
    return changes


def unfillable(problems: Sequence[Problem]) -> Unfillable:
    """Return the error that tells of all values which cannot be filled in."""
    count = "one value" if len(problems) == 1 else f"{len(problems)} values"
    return Unfillable(
        f"{count} cannot be filled in", advice="Nothing was written. Correct these values.", problems=problems
    )


def known(fields: Mapping[str, Node], path: str) -> Node:
    """Return a field by its name; raises Refused."""
    node = fields.get(path)
    if node is None:
        raise Refused("unknown-field", "is no field of this file")
    return node


def uncalculated(pdf: Pdf) -> tuple[str, ...]:
    """Say that fields which the form calculates are not filled in by that; () where it calculates none."""
    form = pdf.Root.get("/AcroForm")
    calculates = isinstance(form, Dictionary) and "/CO" in form
    return ("Fields that the form calculates itself keep their old values.",) if calculates else ()


def removed(pdf: Pdf, *, appending: bool = False) -> tuple[str, ...]:
    """Say what `clean_form` and saving will take away from a file; appending keeps usage rights."""
    form, rights = pdf.Root.get("/AcroForm"), pdf.Root.get("/Perms")
    notes = []
    if isinstance(form, Dictionary) and "/XFA" in form:
        notes.append("The form's second, XML copy of its fields (XFA) was removed: it would show other values.")
    if isinstance(rights, Dictionary) and "/UR3" in rights and not appending:
        notes.append("Usage rights for Adobe Reader were removed: they end with any change.")
    return tuple(notes)


def apply(pdf: Pdf, changes: Iterable[Change], book: FontBook) -> None:
    """Write changes into an open file, with the fonts that their appearances use."""
    fonts = pdf.make_indirect(book.embed(pdf)) if book.codes else Dictionary()
    for change in changes:
        _set_value(change)
        for drawing in change.drawings:
            draw(pdf, change.node, drawing, fonts)
        for widget, state in zip(change.node.widgets, change.widget_states, strict=False):
            widget.AS = name(state)


def _set_value(change: Change) -> None:
    """Write /V into the field itself, never into its widgets (ISO 32000-2, 12.7.5.2.4)."""
    node = change.node
    for widget in node.widgets:
        for key in ("/V", "/I", "/RV"):
            if key in widget:
                del widget[key]
    for each in node.dictionaries:
        for key in ("/V", "/I", "/RV"):
            if key in each:
                del each[key]
        if node.kind == "Btn":
            each.V = name(change.values[0] if change.values else OFF)
        elif len(change.values) > 1:
            each.V = Array([String(encode_text(value)) for value in change.values])
        elif change.values and change.values[0]:
            each.V = String(encode_text(change.values[0]))
        if node.kind == "Ch" and not node.flags & Flags.COMBO and change.indices:
            each.I = Array(list(change.indices))


def draw(pdf: Pdf, node: Node, drawing: Drawing, fonts: Dictionary) -> None:
    """Give a widget a new appearance; a box without any gets one for each of its states."""
    resources = Dictionary(Font=fonts) if drawing.texts or node.kind == "Ch" else Dictionary()
    shown = form_xobject(pdf, drawing.content, drawing.look, resources)
    if node.kind != "Btn":
        drawing.widget.AP = Dictionary(N=shown)
    elif not states(drawing.widget):
        off = form_xobject(pdf, b"", drawing.look, Dictionary())
        drawing.widget.AP = Dictionary(N=Dictionary(Yes=shown, Off=off))


def lock(fields: Iterable[Node]) -> None:
    """Set the read-only flag of fields."""
    for node in fields:
        for each in node.dictionaries:
            each.Ff = int(node.flags | Flags.READ_ONLY)


def clean_form(pdf: Pdf) -> None:
    """Take away what would make viewers show other values than the appearances: /NeedAppearances and /XFA."""
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        for key in ("/NeedAppearances", "/XFA"):
            if key in form:
                del form[key]
