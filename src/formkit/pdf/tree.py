"""The fields of an open file, for changing them: names, kinds, flags and the widgets that show them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from pikepdf import Dictionary, Name, Object, Pdf, Stream

from formkit.pdf.field_tree import Found, Tree
from formkit.pdf.flags import Flags

# What a field says for all its widgets, and what a widget may say for itself: `looks` asks it first.
_OF_FIELD, _OF_WIDGET = ("/FT", "/Ff", "/MaxLen", "/Opt"), ("/DA", "/Q")
_OFF = "Off"


@dataclass(frozen=True, slots=True)
class Node:
    """A field: its dictionaries (one, in sound files) and widgets, and what it inherits, "" or {} for nothing.

    `key` is the name, for fields without one something that no name can be.
    """

    key: str
    name: str
    dictionaries: tuple[Dictionary, ...]
    widgets: tuple[Dictionary, ...]
    inherited: dict[str, object]

    @property
    def kind(self) -> str:
        """Return the field type: Tx, Btn, Ch, Sig, or "" where the file states none."""
        return str(self.inherited["/FT"])[1:] if isinstance(self.inherited.get("/FT"), Name) else ""

    @property
    def flags(self) -> Flags:
        """Return the field flags."""
        return Flags(self.integer("/Ff") & 0xFFFFFFFF)

    def integer(self, key: str) -> int:
        """Return an inherited number, 0 where there is none."""
        found = self.inherited.get(key)
        return int(found) if isinstance(found, int) else 0


def find_fields(pdf: Pdf) -> dict[str, Node]:
    """Return all terminal fields of a file by full name, in the file's order.

    Fields without a name are apart from each other, under keys that no name can be. Raises Refused where there
    are more than are read, or they are nested too deeply.
    """
    form = pdf.Root.get("/AcroForm")
    start = {key: form[key] for key in _OF_WIDGET if key in form} if isinstance(form, Dictionary) else {}
    nodes = (_node(found.inherited.name or f"\0{place}", found, start) for place, found in enumerate(Tree(pdf)))
    return {node.key: node for node in nodes}


def _node(key: str, found: Found, start: dict[str, Object]) -> Node:
    inherited: dict[str, object] = {}
    for line in found.lines:
        inherited = {**_inherited(line, start), **inherited}
    fields = _without_repetition(_field(line) for line in found.lines)
    widgets = tuple(each for each in found.widgets if each.get("/Subtype") == Name.Widget or "/Rect" in each)
    # pikepdf's Dictionary is a kind of Object for isinstance alone.
    return Node(
        key,
        found.inherited.name,
        cast("tuple[Dictionary, ...]", fields),
        cast("tuple[Dictionary, ...]", widgets),
        inherited,
    )


def _inherited(line: tuple[Object, ...], start: dict[str, Object]) -> dict[str, object]:
    """Return what holds for a field by the nodes that lead to one of its widgets."""
    said: dict[str, object] = dict(start)
    above = _field(line)
    for node in line:
        said.update({key: node[key] for key in _OF_FIELD if key in node})
    for node in line:
        said.update({key: node[key] for key in _OF_WIDGET if key in node})
        if node is above:
            break
    return said


def _field(line: tuple[Object, ...]) -> Object:
    """Return the field that a widget belongs to: the nearest node with a name of its own."""
    return next((node for node in reversed(line) if "/T" in node), line[-1])


def _without_repetition(nodes: Iterator[Object]) -> tuple[Object, ...]:
    kept: list[Object] = []
    for node in nodes:
        if not any(node is each or (node.is_indirect and node.objgen == each.objgen) for each in kept):
            kept.append(node)
    return tuple(kept)


def states(widget: Dictionary) -> list[str]:
    """Return the on-states of a check box or radio button: the keys of /AP /N that are not Off.

    Bytes of a name that are not UTF-8 come as surrogates, so that `name` gives the same name again.
    """
    look = widget.get("/AP")
    normal = look.get("/N") if isinstance(look, Dictionary) else None
    if not isinstance(normal, Dictionary) or isinstance(normal, Stream):
        return []
    return [key[1:] for key in normal.keys() if key[1:] != _OFF]  # noqa: SIM118 – a PDF dictionary iterates otherwise


def name(text: str) -> Object:
    """Return a text as a PDF name, escaping what PDF wants escaped (ISO 32000-2, 7.3.5)."""
    raw = text.encode("utf-8", "surrogateescape")
    return Object.parse(b"/" + b"".join(b"%c" % byte if chr(byte).isalnum() else b"#%02x" % byte for byte in raw))


def readable(state: str) -> str:
    """Return a state as a person reads it: names are UTF-8, in older files Latin-1."""
    raw = state.encode("utf-8", "surrogateescape")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")
