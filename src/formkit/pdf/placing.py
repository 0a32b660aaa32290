"""Texts and crosses on pages that have no fields: drawn as content, in boxes measured from the upper left corner."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Object, Page, Pdf, Stream

from formkit.errors import DoesNotFit, MissingGlyph, Unfillable, UnreadablePdf
from formkit.pdf.appearance import text_content
from formkit.pdf.embed import FontBook
from formkit.pdf.fill import SMALLEST_FOREIGN, Filled
from formkit.pdf.frame import Frame, cross, number
from formkit.pdf.layout import TextLook, lay_out
from formkit.pdf.looks import Look, form_xobject
from formkit.pdf.opening import opened, saved
from formkit.pdf.page_content import append, named
from formkit.pdf.plans import visible
from formkit.pdf.signatures import require_unsigned
from formkit.pdf.structure import Tags, tags
from formkit.pdf.tree import find_fields
from formkit.pdf.verify import Known, Unlike, texts_of
from formkit.problems import Problem, Where

_BLACK = (0.0,)
_TURNS = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}
_SAID_OF_CROSS = "×"


@dataclass(frozen=True, slots=True)
class Placement:
    """A text in a box of a page, or a cross; lengths in points.

    `key` is what messages call it. `page` counts from 1; `left` and `top` are distances from the upper left
    corner of the page as it is shown, turned or cropped. A text has a font `size`, 0 for what fits; `comb` is a
    number of cells. Without a text a cross is drawn.
    """

    key: str
    page: int
    left: float
    top: float
    width: float
    height: float
    text: str = ""
    size: float = 0.0
    multiline: bool = False
    comb: int = 0
    quadding: int | None = None


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What is drawn for a placement, before anything is written."""

    placement: Placement
    look: Look
    content: bytes


def page_sizes(source: bytes | Path) -> tuple[tuple[float, float], ...]:
    """Return width and height of every page as it is shown, in points; raises UnreadablePdf."""
    with opened(source) as (pdf, _):
        return tuple(_Sheet(page).size for page in pdf.pages)


def place(
    source: bytes | Path,
    placements: Sequence[Placement],
    fonts: tuple[Path, ...],
    smallest: float = SMALLEST_FOREIGN,
) -> Filled:
    """Draw texts and crosses on the pages of a file, as content that no viewer takes for a field.

    Takes a file or its bytes, TTF files in the order they are tried and the least size in points. In a tagged
    file each of them becomes a paragraph at the end of its structure, so that it is read aloud. Raises
    Unfillable with everything that cannot be drawn, and for signed files; UnreadablePdf; Unlike.
    """
    with opened(source) as (pdf, _):
        if pdf.is_encrypted and not pdf.allow.modify_other:
            raise UnreadablePdf("the file is locked against changes", advice="Ask its author for one that may be.")
        require_unsigned(pdf, find_fields(pdf))
        book = FontBook()
        drawn = _planned(pdf, placements, fonts, book, smallest)
        resources = pdf.make_indirect(book.embed(pdf)) if book.codes else Dictionary()
        names = _written(pdf, drawn, resources)
        data = saved(pdf)
    _verify(data, placements, names)
    return Filled(data, len(drawn), ())


def _planned(
    pdf: Pdf, placements: Iterable[Placement], fonts: tuple[Path, ...], book: FontBook, smallest: float
) -> list[_Drawn]:
    drawn, problems = [], []
    sheets = [_Sheet(page) for page in pdf.pages]
    for each in placements:
        try:
            if not 1 <= each.page <= len(sheets) or not sheets[each.page - 1].holds(each):
                problems.append(Problem(Where(each.key), "is not on a page of this file", "no-page"))
                continue
            drawn.append(_laid(each, fonts, book, smallest))
        except MissingGlyph as error:
            problems.append(Problem(Where(each.key), error.message, "missing-glyph"))
        except DoesNotFit as error:
            problems.append(Problem(Where(each.key), error.message, "does-not-fit"))
    if problems:
        raise Unfillable(
            f"{len(problems)} values cannot be drawn on their pages",
            advice="Nothing was written. Correct these values, or their places.",
            problems=problems,
        )
    return drawn


def _laid(each: Placement, fonts: tuple[Path, ...], book: FontBook, smallest: float) -> _Drawn:
    shown = TextLook(
        each.width,
        each.height,
        each.size,
        multiline=each.multiline,
        comb=each.comb,
        quadding=each.quadding,
        padding=min(2.0, each.width / 8),
        smallest=smallest,
    )
    look = Look(shown, _BLACK, Frame(), 0)
    if not each.text:
        return _Drawn(each, look, cross(each.width, each.height))
    return _Drawn(each, look, text_content(lay_out(each.text, shown, fonts), each.width, each.height, book))


def _written(pdf: Pdf, drawn: Iterable[_Drawn], fonts: Object) -> list[str]:
    """Write what is drawn into its pages; return the name of each in its page's resources."""
    structure = tags(pdf)
    contents: dict[int, list[bytes]] = {}
    names = []
    for each in drawn:
        page = pdf.pages[each.placement.page - 1]
        resources = Dictionary(Font=fonts) if each.placement.text else Dictionary()
        shown = form_xobject(pdf, each.content, each.look, resources)
        name = named(page, shown)
        names.append(str(name))
        matrix = " ".join(number(part) for part in _Sheet(page).matrix(each.placement))
        content = f"q {matrix} cm {name} Do Q\n".encode()
        contents.setdefault(each.placement.page, []).append(_tagged(structure, page, each.placement, content))
    for page_number, parts in contents.items():
        append(pdf, pdf.pages[page_number - 1], b"".join(parts))
    return names


def _tagged(structure: Tags | None, page: Page, each: Placement, content: bytes) -> bytes:
    if structure is None:
        return content
    mark = structure.add(page, each.text or _SAID_OF_CROSS)
    opening = b"/Artifact BMC" if mark is None else b"/P <</MCID %d>> BDC" % mark
    return b"%s\n%sEMC\n" % (opening, content)


def _verify(data: bytes, placements: Iterable[Placement], names: Iterable[str]) -> None:
    known: Known = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for each, name in zip(placements, names, strict=True):
            stream = pdf.pages[each.page - 1].resources.XObject[name]
            drawn = texts_of(stream, known) if isinstance(stream, Stream) else ("",)
            if visible("".join(drawn)) != visible(each.text):
                raise Unlike(f"the finished file reads differently at {each.key}", advice="It was not written.")


class _Sheet:
    """A page as it is shown: cropped, turned, and scaled by its own unit (ISO 32000-2, 14.11.2 and table 31)."""

    def __init__(self, page: Page) -> None:
        x1, y1, x2, y2 = (float(each) for each in page.cropbox)
        self._left, self._right = min(x1, x2), max(x1, x2)
        self._bottom, self._top = min(y1, y2), max(y1, y2)
        self._unit = float(page.obj.get("/UserUnit", 1)) or 1.0
        self._turned = int(page.rotation) % 360 // 90 * 90

    @property
    def size(self) -> tuple[float, float]:
        """Return width and height in points."""
        wide, high = (self._right - self._left) * self._unit, (self._top - self._bottom) * self._unit
        return (high, wide) if self._turned in (90, 270) else (wide, high)

    def holds(self, each: Placement) -> bool:
        """Tell whether a box lies on the page; a hundredth of a point is nothing."""
        width, height = self.size
        inside = each.left >= 0 and each.top >= 0 and each.width > 0 and each.height > 0
        return inside and each.left + each.width <= width + 0.01 and each.top + each.height <= height + 0.01

    def matrix(self, each: Placement) -> tuple[float, ...]:
        """Return what leads from a box's own coordinates, from its lower left corner, to those of the page."""
        _, height = self.size
        across, up = each.left / self._unit, (height - each.top - each.height) / self._unit
        corner = {
            0: (self._left + across, self._bottom + up),
            90: (self._right - up, self._bottom + across),
            180: (self._right - across, self._top - up),
            270: (self._left + up, self._top - across),
        }[self._turned]
        return (*(part / self._unit for part in _TURNS[self._turned]), *corner)
