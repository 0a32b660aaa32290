"""Where the fields of a form are: the tree of /Fields and the widgets of the pages, joined by full name.

ISO 32000-2, 12.7.4: a node with /T is a field of its own, one without belongs to the field above it; what a
node does not say, it inherits. Files in the wild leave widgets out of the tree and leaves out of the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import pikepdf

from formkit.pdf.objects import MAX_DEPTH, MAX_TEXT, Refused, dictionary, items, number, pages, text

MAX_FIELDS = 5_000
# Widgets can be many to a field; more than this is an attack.
_MAX_NODES = 10 * MAX_FIELDS


class Above(NamedTuple):
    """What a node inherits from those above it; `line` are these and itself, from the top."""

    name: str = ""
    type: str = ""
    flags: int = 0
    value: object = None
    max_length: int | None = None
    options: object = None
    tooltip: str = ""
    depth: int = 0
    line: tuple[pikepdf.Object, ...] = ()


@dataclass(slots=True)
class Found:
    """A field as it stands in the file: what its nodes state, the values in order, its widgets, their pages.

    A field without a widget has itself in its place. `lines` are the nodes from the top down to each.
    """

    inherited: Above
    values: list[object]
    widgets: list[pikepdf.Object]
    lines: list[tuple[pikepdf.Object, ...]]
    pages: tuple[int, ...] = ()


class Tree:
    """The fields found in a file, in the order of /Fields, then of the pages; `acting` tells of scripts on them."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.acting = False
        self.pages = 0
        self._fields: dict[object, Found] = {}
        self._owners: dict[tuple[int, int], Found | None] = {}
        self._nodes = 0
        root = dictionary(pdf.trailer.get("/Root"))
        for node in items(dictionary(root.get("/AcroForm")).get("/Fields")):
            self._visit(node, _TOP)
        for page_number, page in pages(pdf):
            self._visit_page(page_number, page)

    def __iter__(self) -> Iterator[Found]:
        return iter(self._fields.values())

    def _visit(self, node: object, above: Above) -> bool:
        """Take in a node and those below it; tell whether it was one, and not seen before."""
        if not isinstance(node, pikepdf.Dictionary):
            return False
        mark = node.objgen
        if mark in self._owners:
            return False
        keys = node.keys()
        here = _inherit(node, keys, above)
        if "/Kids" in keys:
            if mark != _DIRECT:
                self._owners[mark] = None
            self.acting |= "/AA" in keys
            # A list, not a generator: all of them are visited.
            if any([self._visit(kid, here) for kid in items(node.get("/Kids"))]):
                return True
        self._keep(node, keys, mark, here, above)
        return True

    def _visit_page(self, page_number: int, page: pikepdf.Object) -> None:
        self.pages = page_number
        if "/AA" in page:
            self.acting = True
        if "/Annots" not in page:
            return
        owners = self._owners
        for annotation in items(page.get("/Annots")):
            mark = getattr(annotation, "objgen", _DIRECT)
            found = owners[mark] if mark in owners else self._keep_stray(annotation, mark)
            if found is not None and page_number not in found.pages:
                found.pages += (page_number,)

    def _keep_stray(self, node: object, mark: tuple[int, int]) -> Found | None:
        """Take in an annotation that /Fields does not lead to, if it is a widget of a field."""
        if not isinstance(node, pikepdf.Dictionary) or node.get("/Subtype") != pikepdf.Name.Widget:
            return None
        above = _TOP
        for upper in reversed(_uppers(node)):
            above = _inherit(upper, upper.keys(), above)
        keys = node.keys()
        here = _inherit(node, keys, above)
        return self._keep(node, keys, mark, here, above) if here.name or here.type else None

    def _keep(self, node: pikepdf.Object, keys: set[str], mark: tuple[int, int], here: Above, above: Above) -> Found:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise Refused(f"its fields have more than the {_MAX_NODES} parts that are read", "")
        # Programs write the value to a widget too; where that differs from its field's, both are kept.
        own = "/T" not in keys and "/V" in keys and above.value is not None
        values = [value for value in ((above.value, here.value) if own else (here.value,)) if value is not None]
        # Fields without a name have nothing to be joined by.
        key = here.name or self._nodes
        found = self._fields.get(key)
        if found is None:
            if len(self._fields) == MAX_FIELDS:
                raise Refused(f"it has more than the {MAX_FIELDS} fields that are read", "")
            self._fields[key] = found = Found(here, values, [node], [here.line])
        else:
            _join(found, node, here, values)
        if "/AA" in keys or ("/A" in keys and "/JS" in dictionary(node.get("/A"))):
            self.acting = True
        if mark != _DIRECT:
            self._owners[mark] = found
        return found


def _join(found: Found, node: pikepdf.Object, here: Above, values: list[object]) -> None:
    """Add another widget, or another node of the same name, to a field."""
    found.widgets.append(node)
    found.lines.append(here.line)
    if not found.inherited.type:
        found.inherited = here
    # The widgets of a field inherit one and the same object.
    found.values += [value for value in values if not any(value is known for known in found.values)]


_TOP = Above()
_DIRECT = (0, 0)


def _inherit(node: pikepdf.Object, keys: set[str], above: Above) -> Above:
    """Return what holds for a node, and for those below it as long as they say nothing else."""
    if above.depth > MAX_DEPTH:
        raise Refused(f"its fields are nested deeper than the {MAX_DEPTH} levels that are read")
    name, kind, flags, value, max_length, options, tooltip, depth, line = above
    if "/T" in keys and (part := text(node.get("/T"))):
        name = f"{name}.{part}" if name else part
        if len(name) > MAX_TEXT:
            raise Refused(f"the name of a field is longer than the {MAX_TEXT} characters that are read", "")
    if "/FT" in keys:
        kind = _type(node.get("/FT")) or kind
    if "/Ff" in keys:
        flags = number(node.get("/Ff")) or 0
    if "/V" in keys and (own := node.get("/V")) is not None:
        value = own
    if "/MaxLen" in keys:
        max_length = number(node.get("/MaxLen"))
    if "/Opt" in keys:
        options = node.get("/Opt")
    if "/TU" in keys:
        tooltip = text(node.get("/TU")) or tooltip
    return Above(name, kind, flags, value, max_length, options, tooltip, depth + 1, (*line, node))


def _type(value: object) -> str | None:
    # There are four types; reading their names as any other takes longer than the field.
    return (_TYPES.get(bytes(value)) if isinstance(value, pikepdf.Name) else None) or text(value)


_TYPES = {b"/Tx": "Tx", b"/Btn": "Btn", b"/Ch": "Ch", b"/Sig": "Sig"}


def _uppers(node: pikepdf.Object) -> list[pikepdf.Object]:
    """Return the nodes above a widget, the nearest first, by /Parent."""
    found: list[pikepdf.Object] = []
    seen = {node.objgen}
    upper = node.get("/Parent")
    while isinstance(upper, pikepdf.Dictionary) and upper.objgen not in seen:
        if len(found) > MAX_DEPTH:
            raise Refused(f"its fields are nested deeper than the {MAX_DEPTH} levels that are read")
        found.append(upper)
        seen.add(upper.objgen)
        upper = upper.get("/Parent")
    return found
