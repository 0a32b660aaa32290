"""The structure tree of a tagged file, where fields become content (ISO 32000-2, 14.7 and 14.8.5.6).

A widget stands in the tree as an object reference (OBJR) inside a Form element. When it is drawn on the page
instead, the element holds marked content, and says by PrintField what kind of field it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, NumberTree, Object, Page, Pdf, String

from formkit.pdf.bidi import levels
from formkit.pdf.flags import Flags
from formkit.pdf.tree import Node

_DEEPEST = 64


@dataclass(frozen=True, slots=True)
class Tags:
    """The structure of an open file: its tree of parents by number, and the next free number."""

    pdf: Pdf
    root: Dictionary
    parents: NumberTree

    def put(
        self, page: Page, widget: Dictionary, node: Node | None, *, ticked: bool = False, text: str = ""
    ) -> int | None:
        """Give a widget's element marked content in its stead; return its MCID on the page.

        Returns None where the widget stands in no element: then it is an artefact. `node` is its field, `text`
        what it shows; right-to-left text is drawn in another order than it is read, and so said beside it.
        """
        key = widget.get("/StructParent")
        element = self.parents[int(key)] if isinstance(key, int) and int(key) in self.parents else None
        if not isinstance(element, Dictionary):
            return None
        mark = self._next_mark(page, element)
        _replace(element, widget, self._content(page, element, mark))
        if node is not None:
            element.A = _attributes(node, ticked=ticked)
        if any(level & 1 for level in levels(text)):
            element.ActualText = String(text)
        del self.parents[int(key)]
        return mark

    def add(self, page: Page, text: str) -> int | None:
        """Add a paragraph for content that is drawn on a page, behind all that the tree has; return its MCID.

        `text` is what the content says. Returns None where the tree has no element to hang it on.
        """
        kids = self.root.get("/K")
        top = next(iter(kids), None) if isinstance(kids, Array) else kids
        if not isinstance(top, Dictionary):
            return None
        element = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=top, ActualText=String(text)))
        mark = self._next_mark(page, element)
        element.K = self._content(page, element, mark)
        below = top.get("/K")
        top.K = Array([*(below if isinstance(below, Array) else [] if below is None else [below]), element])
        return mark

    def _next_mark(self, page: Page, element: Dictionary) -> int:
        """Note an element as the parent of the next marked content of a page."""
        stated = page.obj.get("/StructParents")
        if isinstance(stated, int):
            number = int(stated)
        else:
            number = page.obj.StructParents = max(self.parents.keys(), default=-1) + 1
            self.root.ParentTreeNextKey = number + 1
        marks = self.parents[number] if number in self.parents else None  # noqa: SIM401 – its get() raises IndexError
        if not isinstance(marks, Array):
            self.parents[number] = marks = self.pdf.make_indirect(Array([]))
        marks.append(element)
        return len(marks) - 1

    def _content(self, page: Page, element: Dictionary, mark: int) -> Object | int:
        own = element.get("/Pg")
        if isinstance(own, Dictionary) and own.objgen == page.obj.objgen:
            return mark
        return Dictionary(Type=Name.MCR, Pg=page.obj, MCID=mark)


def tags(pdf: Pdf) -> Tags | None:
    """Return the structure of a file, None for an untagged one."""
    root = pdf.Root.get("/StructTreeRoot")
    if not isinstance(root, Dictionary):
        return None
    if "/ParentTree" not in root:
        return None
    return Tags(pdf, root, NumberTree(root.ParentTree))


def _replace(element: Dictionary, widget: Dictionary, content: Object | int) -> None:
    kids = element.get("/K")
    items = list(kids) if isinstance(kids, Array) else [kids]
    kept = [content if _refers(each, widget) else each for each in items if each is not None]
    element.K = Array(kept if any(_refers(each, widget) for each in items) else [*kept, content])


def _refers(kid: object, widget: Dictionary) -> bool:
    if not isinstance(kid, Dictionary) or kid.get("/Type") != Name.OBJR:
        return False
    target = kid.get("/Obj")
    return isinstance(target, Dictionary) and target.objgen == widget.objgen


def _attributes(node: Node, *, ticked: bool) -> Dictionary:
    made = Dictionary(O=Name.PrintField)
    label = next((each["/TU"] for each in (*node.dictionaries, *node.widgets) if "/TU" in each), None)
    if isinstance(label, String):
        made.Desc = label
    if node.kind == "Btn" and not node.flags & Flags.PUSH:
        made.Role = Name.rb if node.flags & Flags.RADIO else Name.cb
        made["/checked"] = Name.on if ticked else Name.off
    else:
        made.Role = Name.pb if node.kind == "Btn" else Name.tv
    return made
