"""The fields of an open file, for changing them: names, kinds, flags and the widgets that show them.

Fields are found along /Fields and along the /Annots of the pages and joined by full name: in real files some
are in one tree only (ISO 32000-2, 12.7.4.1 and 12.7.4.2).
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from formkit.errors import UnreadablePdf

MOST_FIELDS = 5_000
_DEEPEST = 64
_INHERITED = ("/FT", "/Ff", "/DA", "/Q", "/MaxLen", "/Opt")
_OFF = "Off"


class Flag(enum.IntFlag):
    """Field flags that matter for filling (ISO 32000-2, tables 226, 229, 231 and 233)."""

    READ_ONLY = 1 << 0
    MULTILINE = 1 << 12
    PASSWORD = 1 << 13
    RADIO = 1 << 15
    PUSH = 1 << 16
    COMBO = 1 << 17
    EDIT = 1 << 18
    FILE = 1 << 20
    MULTI_SELECT = 1 << 21
    COMB = 1 << 24


@dataclass(frozen=True, slots=True)
class Node:
    """A field: its dictionaries (one, in sound files) and widgets, and what it inherits, "" or {} for nothing."""

    name: str
    dictionaries: tuple[Dictionary, ...]
    widgets: tuple[Dictionary, ...]
    inherited: dict[str, object]

    @property
    def kind(self) -> str:
        """Return the field type: Tx, Btn, Ch, Sig, or "" where the file states none."""
        return str(self.inherited["/FT"])[1:] if isinstance(self.inherited.get("/FT"), Name) else ""

    @property
    def flags(self) -> Flag:
        """Return the field flags."""
        return Flag(self.integer("/Ff") & 0xFFFFFFFF)

    def integer(self, key: str) -> int:
        """Return an inherited number, 0 where there is none."""
        found = self.inherited.get(key)
        return int(found) if isinstance(found, int) else 0


def find_fields(pdf: Pdf) -> dict[str, Node]:
    """Return all terminal fields of a file by full name, in the file's order.

    Raises UnreadablePdf where there are more than MOST_FIELDS or they are nested too deeply.
    """
    found: dict[str, Node] = {}
    seen: set[tuple[int, int]] = set()
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, Dictionary):
        start: dict[str, object] = {key: form[key] for key in ("/DA", "/Q") if key in form}
        for each in _items(form.get("/Fields")):
            _walk(each, "", start, seen, found, 0)
    for page in pdf.pages:
        for annotation in _items(page.obj.get("/Annots")):
            if annotation.get("/Subtype") == Name.Widget and annotation.objgen not in seen:
                _join(annotation, seen, found)
    return found


def _items(given: object) -> Iterator[Dictionary]:
    if isinstance(given, Array):
        yield from (each for each in given if isinstance(each, Dictionary))


def _walk(
    node: Dictionary,
    parent: str,
    inherited: dict[str, object],
    seen: set[tuple[int, int]],
    found: dict[str, Node],
    depth: int,
) -> None:
    if node.is_indirect and node.objgen in seen:
        return
    if depth > _DEEPEST:
        raise UnreadablePdf("the fields of the file are nested too deeply")
    if node.is_indirect:
        seen.add(node.objgen)
    name = _full_name(parent, node)
    own = {**inherited, **{key: node[key] for key in _INHERITED if key in node}}
    kids = list(_items(node.get("/Kids")))
    fields = [kid for kid in kids if "/T" in kid]
    for kid in fields:
        _walk(kid, name, own, seen, found, depth + 1)
    if fields and len(fields) == len(kids):
        return
    widgets = [kid for kid in kids if "/T" not in kid]
    seen.update(widget.objgen for widget in widgets if widget.is_indirect)
    if not kids and _is_widget(node):
        widgets = [node]
    _add(found, Node(name, (node,), tuple(widgets), own))


def _is_widget(node: Dictionary) -> bool:
    return node.get("/Subtype") == Name.Widget or "/Rect" in node


def _full_name(parent: str, node: Dictionary) -> str:
    own = node.get("/T")
    if not isinstance(own, String):
        return parent
    return f"{parent}.{own}" if parent else str(own)


def _add(found: dict[str, Node], node: Node) -> None:
    known = found.get(node.name)
    if known is None and len(found) >= MOST_FIELDS:
        raise UnreadablePdf(f"the file has more than {MOST_FIELDS} fields")
    if known is not None:
        node = replace(
            known,
            dictionaries=known.dictionaries + node.dictionaries,
            widgets=known.widgets + node.widgets,
            inherited={**node.inherited, **known.inherited},
        )
    found[node.name] = node


def _join(widget: Dictionary, seen: set[tuple[int, int]], found: dict[str, Node]) -> None:
    """Add a widget that stands on a page only, under the name that its parents give it."""
    line = _line_of(widget)
    name, inherited = "", dict[str, object]()
    for node in reversed(line):
        name = _full_name(name, node)
        inherited.update({key: node[key] for key in _INHERITED if key in node})
    field = next((node for node in line if "/T" in node), widget)
    if widget.is_indirect:
        seen.add(widget.objgen)
    known = found.get(name)
    same = known is not None and any(field.is_indirect and each.objgen == field.objgen for each in known.dictionaries)
    _add(found, Node(name, () if same else (field,), (widget,), inherited))


def _line_of(widget: Dictionary) -> list[Dictionary]:
    """Return a widget and its parents, upward."""
    line = [widget]
    parent = widget.get("/Parent")
    while isinstance(parent, Dictionary) and len(line) < _DEEPEST:
        line.append(parent)
        parent = parent.get("/Parent")
    return line


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
