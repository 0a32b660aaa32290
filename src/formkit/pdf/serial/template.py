"""A template of many copies: what never changes as finished bytes, what changes as objects with fixed numbers.

What never changes is packed into object streams and has an xref section of its own, as in a linearised file
(ISO 32000-2, 7.5.7 and annex F); a copy adds its objects and a second section that leads back to the first.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Object, Pdf, Stream

from formkit.errors import FormkitError
from formkit.pdf.fill import Options, clean_form, lock, removed, uncalculated
from formkit.pdf.frame import cross, draw_frame
from formkit.pdf.looks import Look, form_xobject, look_of
from formkit.pdf.opening import opened, saved
from formkit.pdf.serial.writing import Written, stream_bytes, written
from formkit.pdf.signatures import require_unsigned
from formkit.pdf.tree import Flag, Node, find_fields, states

_VARYING = ("/V", "/I", "/RV")


class Unsuitable(FormkitError):
    """A file whose fields cannot be spliced; it is filled in the plain way."""


@dataclass(frozen=True, slots=True, eq=False)
class Slot:
    """A field of the template.

    `numbers` are those of the objects that vary: its dictionaries, then for boxes the widgets, for others the
    appearance of each widget. `unfilled` is what stands in them where nothing is filled in.
    """

    name: str
    node: Node
    looks: tuple[Look, ...]
    numbers: tuple[int, ...]
    unfilled: tuple[bytes, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """A file made ready: its fields, those of them that may be filled in, and its unchanging bytes.

    `body` is all that varies, with `%s` for each part, in the order of the slots; `numbers` are those of its
    objects, `lengths` what stands around each part, as an xref counts; `closed` names the fields that may not
    be filled in. `notes` say what was changed beside the fields.
    """

    fields: Mapping[str, Node]
    slots: tuple[Slot, ...]
    written: Written
    digest: bytes
    closed: frozenset[str]
    options: Options
    notes: tuple[str, ...]
    pdf: Pdf
    numbers: tuple[int, ...]
    body: bytes
    lengths: tuple[int, ...]


def prepared(source: bytes | Path, options: Options) -> Template:
    """Make a file ready for many copies; raises Unsuitable, and what opening it raises."""
    with opened(source) as (pdf, _):
        fields = find_fields(pdf)
        require_unsigned(pdf, fields)
        if pdf.is_encrypted:
            raise Unsuitable("the file is encrypted")
        closed = frozenset(path for path, node in fields.items() if node.flags & Flag.READ_ONLY)
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
    slots = tuple(
        _slot(node, options.smallest) for path, node in fields.items() if _takes_values(node) and path not in closed
    )
    numbers = tuple(number for slot in slots for number in slot.numbers)
    if len(set(numbers)) < len(numbers):
        raise Unsuitable("two fields share an object")
    around = [each for slot in slots for each in _around(slot)]
    body = b"".join(b"%s%%s%s" % (before.replace(b"%", b"%%"), after) for before, after in around)
    lengths = tuple(len(before) + len(after) << 16 for before, after in around)
    rest = written(pdf, frozenset(numbers))
    digest = hashlib.sha256(data).digest()
    return Template(fields, slots, rest, digest, closed, options, notes, pdf, numbers, body, lengths)


def _takes_values(node: Node) -> bool:
    return node.kind in ("Tx", "Ch") or (node.kind == "Btn" and not node.flags & Flag.PUSH)


def _with_own_streams(pdf: Pdf, node: Node, smallest: float) -> None:
    """Give each widget of a text or list an appearance of its own, `null` where it had none; a bare box its states."""
    if not _takes_values(node):
        return
    if not all(each.is_indirect for each in (*node.dictionaries, *node.widgets)):
        raise Unsuitable("a field is no object of its own")
    for widget in node.widgets:
        if node.kind != "Btn":
            _give_stream(pdf, widget)
        elif not states(widget) and not node.flags & Flag.RADIO:
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
    looks = tuple(look_of(node, widget, smallest) for widget in node.widgets)
    if node.kind == "Btn":
        objects = {each.objgen[0]: each for each in (*node.dictionaries, *node.widgets)}
        parts = {number: _taken(each, (*_VARYING, "/AS")) for number, each in objects.items()}
        return Slot(node.name, node, looks, tuple(parts), tuple(parts.values()))
    parts = {each.objgen[0]: _taken(each, _VARYING) for each in node.dictionaries}
    for widget in node.widgets:
        if widget.objgen[0] not in parts:
            _taken(widget, _VARYING)
    streams = {widget.AP.N.objgen[0]: _shown(widget.AP.N) for widget in node.widgets}
    return Slot(node.name, node, looks, (*parts, *streams), (*parts.values(), *streams.values()))


def _taken(given: Dictionary, keys: tuple[str, ...]) -> bytes:
    """Take entries out of a dictionary and return them as they stand there."""
    found = b""
    for key in keys:
        if key in given:
            found += key.encode() + b" " + Array([given[key]]).unparse().strip()[1:-1]
            del given[key]
    return found


def _shown(stream: Object) -> bytes:
    """Return an appearance as it stands in the file; `null` where the field had none."""
    return stream_bytes(stream) if "/Subtype" in stream else b"null"


def _around(slot: Slot) -> list[tuple[bytes, bytes]]:
    holders = {each.objgen[0]: each for each in (*slot.node.dictionaries, *slot.node.widgets)}
    found = []
    for number in slot.numbers:
        start = b"%d 0 obj\n" % number
        if number in holders:
            bare = holders[number].unparse(resolved=True).strip()
            found.append((start + bare[:-2], b">>\nendobj\n"))
        else:
            found.append((start, b"\nendobj\n"))
    return found
