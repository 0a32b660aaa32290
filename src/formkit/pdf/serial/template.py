"""A template of many copies: the blank form as finished bytes, and what a value changes as objects of fixed numbers.

The blank form is packed into object streams and has an xref section of its own; a copy adds the objects of the
fields it fills and a second section that leads back to the first (ISO 32000-2, 7.5.6 to 7.5.8). What these
replace is blank, so a copy holds no older values.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Pdf, Stream

from formkit.errors import FormkitError
from formkit.pdf.fill import Options, clean_form, lock, removed, uncalculated
from formkit.pdf.flags import Flags
from formkit.pdf.frame import cross, draw_frame
from formkit.pdf.looks import Look, form_xobject, look_of
from formkit.pdf.opening import opened, saved
from formkit.pdf.serial.writing import Written, written
from formkit.pdf.signatures import require_unsigned
from formkit.pdf.tree import Node, find_fields, states

_VARYING = ("/V", "/I", "/RV")


class Unsuitable(FormkitError):
    """A file whose fields cannot be spliced; it is filled in the plain way."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A field of the template.

    `numbers` are those of the objects that a value changes: its dictionaries, then for boxes the widgets, for
    others the appearance of each widget. `body` is all of them with `%s` for what varies in each, `lengths` what
    stands around that, as an xref counts.
    """

    name: str
    node: Node
    looks: tuple[Look, ...]
    numbers: tuple[int, ...]
    body: bytes
    lengths: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A file made ready: its fields, those of them that may be filled in, and the whole blank form as bytes.

    `closed` names the fields that may not be filled in; `notes` say what was changed beside the fields. `pdf`
    stays open for the objects of `fields`.
    """

    fields: Mapping[str, Node]
    slots: tuple[Slot, ...]
    written: Written
    digest: bytes
    closed: frozenset[str]
    options: Options
    notes: tuple[str, ...]
    pdf: Pdf


def prepared(source: bytes | Path, options: Options) -> Template:
    """Make a file ready for many copies; raises Unsuitable, and what opening it raises."""
    with opened(source) as (pdf, _):
        fields = find_fields(pdf)
        require_unsigned(pdf, fields)
        if pdf.is_encrypted:
            raise Unsuitable("the file is encrypted")
        closed = frozenset(path for path, node in fields.items() if node.flags & Flags.READ_ONLY)
        notes = uncalculated(pdf) + removed(pdf)
        if options.read_only:
            lock(fields.values())
        clean_form(pdf)
        for node in fields.values():
            _with_own_streams(pdf, node, options.smallest)
        data = saved(pdf)
    return _taken_apart(data, frozenset() if options.into_read_only else closed, options, notes)


def _taken_apart(data: bytes, closed: frozenset[str], options: Options, notes: tuple[str, ...]) -> Template:
    pdf = pikepdf.open(io.BytesIO(data))
    fields = find_fields(pdf)
    filling = [node for path, node in fields.items() if _takes_values(node) and path not in closed]
    blank = {widget.AP.N.objgen[0] for node in filling if node.kind != "Btn" for widget in node.widgets}
    absent = frozenset(number for number in blank if "/Subtype" not in pdf.get_object(number, 0))
    rest = written(pdf, absent)
    slots = tuple(_slot(node, options.smallest) for node in filling)
    numbers = [number for slot in slots for number in slot.numbers]
    if len(set(numbers)) < len(numbers):
        raise Unsuitable("two fields share an object")
    return Template(fields, slots, rest, hashlib.sha256(data).digest(), closed, options, notes, pdf)


def _takes_values(node: Node) -> bool:
    return node.kind in ("Tx", "Ch") or (node.kind == "Btn" and not node.flags & Flags.PUSH)


def _with_own_streams(pdf: Pdf, node: Node, smallest: float) -> None:
    """Give each widget of a text or list an appearance of its own, `null` where it had none; a bare box its states."""
    if not _takes_values(node):
        return
    if not all(each.is_indirect for each in (*node.dictionaries, *node.widgets)):
        raise Unsuitable("a field is no object of its own")
    for widget in node.widgets:
        if node.kind != "Btn":
            _give_stream(pdf, widget)
        elif not states(widget) and not node.flags & Flags.RADIO:
            _give_states(pdf, widget, look_of(node, widget, smallest))


def _give_stream(pdf: Pdf, widget: Dictionary) -> None:
    appearance = widget.get("/AP")
    shown = appearance.get("/N") if isinstance(appearance, Dictionary) else None
    own = Stream(pdf, shown.read_raw_bytes() if isinstance(shown, Stream) else b"")
    if isinstance(shown, Stream):
        for key in shown.stream_dict.keys():  # noqa: SIM118 – a PDF dictionary iterates otherwise
            if key != "/Length":
                own[key] = shown[key]
    widget.AP = Dictionary(N=pdf.make_indirect(own))


def _give_states(pdf: Pdf, widget: Dictionary, look: Look) -> None:
    width, height = look.text.width, look.text.height
    shown = form_xobject(pdf, draw_frame(width, height, look.frame) + cross(width, height), look, Dictionary())
    off = form_xobject(pdf, b"", look, Dictionary())
    widget.AP = Dictionary(N=Dictionary(Yes=shown, Off=off))


def _slot(node: Node, smallest: float) -> Slot:
    """Take apart a field: what varies goes out of its objects, and what is left is kept as bytes."""
    looks = tuple(look_of(node, widget, smallest) for widget in node.widgets)
    taken = (*_VARYING, "/AS") if node.kind == "Btn" else _VARYING
    holders = {each.objgen[0]: each for each in node.dictionaries}
    if node.kind == "Btn":
        holders |= {each.objgen[0]: each for each in node.widgets}
    for each in (*holders.values(), *node.widgets):
        for key in taken:
            if key in each:
                del each[key]
    shown = () if node.kind == "Btn" else tuple(widget.AP.N.objgen[0] for widget in node.widgets)
    around = [(_opened(number, each), b">>\nendobj\n") for number, each in holders.items()]
    around += [(b"%d 0 obj\n" % number, b"\nendobj\n") for number in shown]
    body = b"".join(b"%s%%s%s" % (before.replace(b"%", b"%%"), after) for before, after in around)
    lengths = tuple(len(before) + len(after) << 16 for before, after in around)
    return Slot(node.name, node, looks, (*holders, *shown), body, lengths)


def _opened(number: int, each: Dictionary) -> bytes:
    return b"%d 0 obj\n%s" % (number, each.unparse(resolved=True).strip()[:-2])
