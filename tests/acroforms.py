"""Small AcroForms of the tests' own, written with pikepdf: fields as data, in any shape a file may have."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

READ_ONLY, REQUIRED, MULTILINE, RADIO, PUSH, COMBO, MULTI_SELECT, COMB = (
    1 << bit for bit in (0, 1, 12, 15, 16, 17, 21, 24)
)


class Form:
    """A file in the making; `top` are the nodes of /Fields, `pages` the pages with their widgets."""

    def __init__(self, pages: int = 1) -> None:
        self.pdf = pikepdf.new()
        self.pages = [self.pdf.add_blank_page(page_size=(595, 842)).obj for _ in range(pages)]
        for page in self.pages:
            page.Annots = Array()
        helvetica = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
        )
        fonts = Dictionary(Font=Dictionary(Helv=self.pdf.make_indirect(helvetica)))
        self.pdf.Root.AcroForm = Dictionary(Fields=Array(), DR=fonts, DA=String("/Helv 0 Tf 0 g"))
        self._drawn = 0

    def node(self, *kids: pikepdf.Object, **entries: Any) -> pikepdf.Object:
        """Make a node of the field tree; its kids get it for their /Parent."""
        node = self.pdf.make_indirect(Dictionary(entries_of(entries)))
        if kids:
            node.Kids = Array(kids)
        for kid in kids:
            kid.Parent = node
        return node

    def widget(self, page: int = 1, **entries: Any) -> pikepdf.Object:
        """Make a widget and put it on a page, in a place of its own."""
        row, column = divmod(self._drawn, 4)
        self._drawn += 1
        left, top = 40 + 130 * column, 800 - 40 * row
        place = Array([left, top - 20, left + 120, top])
        node = self.node(Type=Name.Annot, Subtype=Name.Widget, Rect=place, F=4, P=self.pages[page - 1], **entries)
        self.pages[page - 1].Annots.append(node)
        return node

    def box(self, state: str, page: int = 1, **entries: Any) -> pikepdf.Object:
        """Make the widget of a check box or of one button of a radio group."""
        return self.widget(page, AP=self.appearances(f"/{state}"), **({"AS": Name.Off} | entries))

    def appearances(self, *states: str) -> pikepdf.Object:
        """Make the appearances of a box: a filled square for each state, nothing for Off."""
        drawn = {state: self._picture(b"0 0 20 20 re f") for state in states}
        return Dictionary(N=Dictionary(drawn | {"/Off": self._picture(b"")}))

    def _picture(self, content: bytes) -> pikepdf.Object:
        return self.pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 20, 20]))

    def stream(self, content: bytes) -> pikepdf.Object:
        return self.pdf.make_stream(content)

    def save(self, path: Path, top: Iterable[pikepdf.Object], **options: Any) -> Path:
        """Write the file with these nodes in /Fields."""
        self.pdf.Root.AcroForm.Fields = Array(list(top))
        with warnings.catch_warnings():
            # Widgets outside the tree are what some tests are about.
            warnings.simplefilter("ignore", pikepdf.PageCopyWarning)
            self.pdf.save(path, **options)
        return path


def entries_of(entries: dict[str, Any]) -> dict[str, Any]:
    """Return keyword arguments as entries of a dictionary: texts become strings, the rest stays."""
    return {f"/{key}": String(value) if isinstance(value, str) else value for key, value in entries.items()}


def increment(path: Path, *objects: tuple[pikepdf.Object, bytes]) -> None:
    """Add a revision to a file as viewers do: objects anew at its end, and a table that leads to the old one."""
    old = path.read_bytes()
    with pikepdf.open(path) as pdf:
        size, root = int(pdf.trailer.Size), pdf.trailer.Root.objgen[0]
    before = int(old.rpartition(b"startxref")[2].split()[0])
    added, table = bytearray(old), bytearray(b"xref\n")
    for node, body in objects:
        number, generation = node.objgen
        table += b"%d 1\n%010d %05d n \n" % (number, len(added), generation)
        added += b"%d %d obj\n%s\nendobj\n" % (number, generation, body)
    start = len(added)
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, before, start)
    path.write_bytes(bytes(added + table + trailer))


def samples(pattern: str) -> list[Any]:
    """Return the sample files of a pattern as parameters of a test, one that is skipped where there are none."""
    folder = os.environ.get("FORMKIT_SAMPLES")
    if folder is None:
        return [pytest.param(None, marks=pytest.mark.skip("FORMKIT_SAMPLES names no folder of sample files"))]
    found = [path for path in sorted(Path(folder).glob(pattern)) if path.suffix in (".pdf", ".fuzz")]
    return [pytest.param(path, id=path.name) for path in found]
