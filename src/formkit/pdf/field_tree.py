"""Where the fields of a form are: the tree of /Fields and the widgets of the pages, joined by full name.

ISO 32000-2, 12.7.4: a node with /T is a field of its own, one without belongs to the field above it; what a
node does not say, it inherits. Files in the wild leave widgets out of the tree and leaves out of the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import pikepdf

from formkit.pdf.objects import MAX_DEPTH, MAX_TEXT, Refused, dictionary, items, number, pages, text

MAX_FIELDS = 5_000
# Widgets can be many to a field; more than this is an attack.
_MAX_NODES = 10 * MAX_FIELDS


class Above(NamedTuple):
    """What a node inherits from those above it."""

    name: str = ""
    type: str = ""
    flags: int = 0
    value: object = None
    max_length: int | None = None
    options: object = None
    tooltip: str = ""
    depth: int = 0


@dataclass(slots=True)
class Found:
    """A field with all its widgets, as it stands in the file; `values` are those that its nodes state, in order."""

    name: str
    type: str
    flags: int
    max_length: int | None
    options: object
    tooltip: str
    values: list[object] = field(default_factory=list)
    widgets: list[pikepdf.Object] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)


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
        self._count()
        keys = node.keys()
        here = _inherit(node, keys, above)
        if "/Kids" in keys:
            self._owners[mark] = None
            self.acting |= "/AA" in keys
            # A list, not a generator: all of them are visited.
            if any([self._visit(kid, here) for kid in items(node.get("/Kids"))]):
                return True
        self._keep(node, keys, here, above)
        return True

    def _visit_page(self, page_number: int, page: pikepdf.Object) -> None:
        self.pages = page_number
        if "/AA" in page:
            self.acting = True
        if "/Annots" not in page:
            return
        for annotation in items(page.get("/Annots")):
            mark = annotation.objgen if isinstance(annotation, pikepdf.Object) else _DIRECT
            found = self._owners[mark] if mark in self._owners else self._keep_stray(annotation)
            if found and page_number not in found.pages:
                found.pages.append(page_number)

    def _keep_stray(self, node: object) -> Found | None:
        """Take in an annotation that /Fields does not lead to, if it is a widget of a field."""
        if not isinstance(node, pikepdf.Dictionary) or node.get("/Subtype") != pikepdf.Name.Widget:
            return None
        self._count()
        above = _TOP
        for upper in reversed(_uppers(node)):
            above = _inherit(upper, upper.keys(), above)
        keys = node.keys()
        here = _inherit(node, keys, above)
        return self._keep(node, keys, here, above) if here.name or here.type else None

    def _keep(self, node: pikepdf.Object, keys: set[str], here: Above, above: Above) -> Found:
        mark = node.objgen
        # Fields without a name have nothing to be joined by.
        key = here.name or len(self._fields)
        found = self._fields.get(key)
        if found is None:
            if len(self._fields) == MAX_FIELDS:
                raise Refused(f"it has more than the {MAX_FIELDS} fields that are read", "")
            found = Found(here.name, here.type, here.flags, here.max_length, here.options, here.tooltip)
            self._fields[key] = found
        elif not found.type:
            found.type, found.flags = here.type, here.flags
        # A widget's own value counts only where its field has none (programs write it to both).
        value = above.value if above.value is not None and "/T" not in keys else here.value
        if value is not None and not any(value is known for known in found.values):
            found.values.append(value)
        found.widgets.append(node)
        self.acting |= "/AA" in keys or ("/A" in keys and "/JS" in dictionary(node.get("/A")))
        if mark != _DIRECT:
            self._owners[mark] = found
        return found

    def _count(self) -> None:
        self._nodes += 1
        if self._nodes > _MAX_NODES:
            raise Refused(f"its fields have more than the {_MAX_NODES} parts that are read", "")


_TOP = Above()
_DIRECT = (0, 0)


def _inherit(node: pikepdf.Object, keys: set[str], above: Above) -> Above:
    """Return what holds for a node, and for those below it as long as they say nothing else."""
    if above.depth > MAX_DEPTH:
        raise Refused(f"its fields are nested deeper than the {MAX_DEPTH} levels that are read")
    name, kind, flags, value, max_length, options, tooltip, depth = above
    if "/T" in keys and (part := text(node.get("/T"))):
        name = f"{name}.{part}" if name else part
        if len(name) > MAX_TEXT:
            raise Refused(f"the name of a field is longer than the {MAX_TEXT} characters that are read", "")
    if "/FT" in keys:
        kind = text(node.get("/FT")) or kind
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
    return Above(name, kind, flags, value, max_length, options, tooltip, depth + 1)


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
