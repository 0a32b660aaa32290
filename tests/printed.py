"""The real form printed once, and what can be read in it: boxes, text, structure, fonts."""

from __future__ import annotations

import fcntl
import io
import json
import re
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pikepdf
import pypdfium2

from formkit import render
from formkit.i18n.languages import language
from formkit.render.jobs import PRINT, Job
from formkit.render.pdf.engine import engine
from projects import ROOT, TODAY, find_project

FORM, AUTHORITY = "but-hauptantrag", "rems-murr-kreis"
LANGUAGES = ("ar", "uk", "tr", "en", "de-simple")
# What may not be parted by the end of a page.
UNBROKEN = ("q", "declare", "sign", "keep", "tr")


@dataclass(frozen=True, slots=True)
class Printed:
    """One rendering: the file, the page it was made from, and on which sheets its boxes came to lie.

    `boxes` holds for each kind of UNBROKEN the pages of every such box; `tops` the element that each page
    begins with.
    """

    path: Path
    html: str
    boxes: dict[str, list[list[int]]]
    tops: list[str]

    @property
    def data(self) -> bytes:
        """Return the bytes of the file."""
        return self.path.read_bytes()


def print_once(folder: Path, tag: str, kind: str = PRINT) -> Printed:
    """Print the real form in a language, or read what another process has printed already."""
    layout = "source" if tag == "de" else "interlinear"
    job = Job(FORM, language(tag), AUTHORITY, layout, False, 95, kind)
    seen = folder / f"{job.name}.json"
    folder.mkdir(exist_ok=True)
    with (folder / f"{job.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not seen.exists():
            seen.write_text(json.dumps(_listen(job, folder)), encoding="utf-8")
    return Printed(folder / job.name, **json.loads(seen.read_text(encoding="utf-8")))


def _listen(job: Job, folder: Path) -> dict[str, object]:
    """Render a job as the program does, and note where the engine puts its boxes."""
    seen: dict[str, object] = {}
    used = engine()
    layout = used.layout

    def listening(document: Any) -> Any:
        laid_out = layout(document)
        seen.update(html=document.html, boxes=places(laid_out), tops=[_top(page) for page in laid_out.pages])
        return laid_out

    used.layout = listening  # type: ignore[method-assign]
    try:
        render.run(find_project(ROOT), job, folder, TODAY)
    finally:
        used.layout = layout  # type: ignore[method-assign]
    return seen


def places(laid_out: Any) -> dict[str, list[list[int]]]:
    """Return for each kind of UNBROKEN on which pages each of its boxes came to lie."""
    pages: dict[str, dict[Any, set[int]]] = {kind: {} for kind in UNBROKEN}
    for number, page in enumerate(laid_out.pages, 1):
        for box in page._page_box.descendants():
            for kind in _kinds(box.element):
                pages[kind].setdefault(box.element, set()).add(number)
    return {kind: [sorted(each) for each in found.values()] for kind, found in pages.items()}


def _kinds(element: Any) -> set[str]:
    # The head of a table is meant to stand on every page that the table reaches.
    if element is None or (element.tag == "tr" and element[0].get("scope") == "col"):
        return set()
    return {element.tag, *(element.get("class") or "").split()} & set(UNBROKEN)


def _top(page: Any) -> str:
    body = page._page_box.children[0].children[0]
    first = body.children[0].element
    return f"{first.tag} {first.get('class') or ''}".strip()


def texts(html: str, name: str) -> list[str]:
    """Return the texts of the German ("d") or translated ("t") elements of a page, raised numbers set apart.

    Page numbers are counted by the style sheet, so their sentence stands nowhere in one piece and is left out.
    """
    found = []
    for element in lxml.html.fromstring(html).xpath(f"//*[@class='{name}'][not(.//*[@class='page'])]"):
        parts = [f" {part} " if part.getparent().tag == "sup" else part for part in element.xpath(".//text()")]
        found.append("".join(parts))
    return [text for text in found if text.strip()]


def without_foot(html: str) -> str:
    """Return a page without its running footer, which stands in the margins and is no part of the structure."""
    body = lxml.html.fromstring(html).find("body")
    for foot in body.xpath("//*[@id='foot']"):
        foot.drop_tree()
    return str(lxml.html.tostring(body, encoding="unicode"))


def body_text(html: str) -> str:
    """Return all text of a page in its order."""
    return "".join(lxml.html.fromstring(html).itertext())


def heads(html: str) -> list[str]:
    """Return the heads of all tables; on each page that a table reaches its head is printed again."""
    return ["".join(head.itertext()) for head in lxml.html.fromstring(html).iter("thead")]


# --- Text as two programs extract it ---------------------------------------------------------------------

_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Poppler wraps what it has turned round in RLE … PDF, one stretch a word. A letter with a mark breaks the
# stretch, and the pieces then stand in the order of the eye, from left to right, without a space between.
_PIECES = re.compile("\u202b[^\u202b\u202c]*\u202c(?:[\u064b-\u0652]*\u202b[^\u202b\u202c]*\u202c)+")


def poppler(data: bytes) -> str:
    """Return the text as pdftotext reads it, in the order of the page's content, words put together again."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", "-", "-"], input=data, capture_output=True, check=True)
    return _PIECES.sub(lambda match: "".join(match[0].split("\u202b")[::-1]), done.stdout.decode())


def pdfium(data: bytes) -> str:
    """Return the text as pdfium (Chrome) reads it."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def squeezed(text: str) -> str:
    """Return text as it can be looked for: NFKC, without white space, hyphens and marks of direction.

    Lines break anywhere and are hyphenated; pdfium writes U+FFFE or U+0002 for a hyphen at the end of a line.
    """
    return re.sub("[\\s\u00ad\u2010\u2011\ufffe\x02-]", "", unicodedata.normalize("NFKC", text).translate(_MARKS))


def words(text: str) -> Counter[str]:
    """Return the words of a text as an extractor can give them back, counted.

    NFKC undoes presentation forms. Vowel signs are left out: they come before, behind or apart from their
    letter. A run of lam and alef is sorted, because their ligature is one glyph that stands for two letters
    and a reader that turns a line round does not turn them with it.
    """
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).translate(_MARKS))
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return Counter(
        re.sub("[لا]{2,}", lambda run: "".join(sorted(run[0])), word) for word in re.findall(r"\w+", letters)
    )


def share_of_strings(wanted: list[str], text: str) -> float:
    """Return which share of strings stands in an extracted text, each in one piece."""
    found = squeezed(text)
    return sum(squeezed(each) in found for each in wanted) / len(wanted)


def share_of_words(wanted: list[str], text: str) -> float:
    """Return which share of the words of all strings stands in an extracted text, as often as wanted."""
    needed = words(" ".join(wanted))
    return 1 - (needed - words(text)).total() / needed.total()


# --- Structure -------------------------------------------------------------------------------------------


def elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Yield every structure element of a tagged PDF, in reading order."""
    waiting = [pdf.Root.StructTreeRoot.K]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            waiting += reversed(list(item))
        elif isinstance(item, pikepdf.Dictionary) and "/S" in item:
            yield item
            waiting.append(item.get("/K", pikepdf.Array()))


def spoken(pdf: pikepdf.Pdf) -> list[str]:
    """Return what a screen reader says, in the order in which it goes through the structure: text of the pages,
    or the ActualText of an element in its place.
    """
    pages = {page.objgen: _content(page) for page in pdf.pages}
    return list(_spoken(pdf.Root.StructTreeRoot, (0, 0), pages))


def _spoken(element: Any, page: tuple[int, int], pages: dict[tuple[int, int], dict[int, str]]) -> Iterator[str]:
    page = element.Pg.objgen if "/Pg" in element else page
    kids = element.get("/K", pikepdf.Array())
    if "/ActualText" in element:
        yield str(element.ActualText)
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield pages[page].get(kid, "")
        elif "/MCID" in kid:
            yield pages[kid.Pg.objgen if "/Pg" in kid else page].get(int(kid.MCID), "")
        elif "/S" in kid:
            yield from _spoken(kid, page, pages)


def _content(page: pikepdf.Page) -> dict[int, str]:
    """Return the text of a page by the number of its marked content."""
    fonts = {name: _meanings(font) for name, font in page.Resources.get("/Font", {}).items()}
    found: dict[int, str] = {}
    font: dict[bytes, str] = {}
    number = -1
    for operands, operator in pikepdf.parse_content_stream(page, "BDC EMC Tf Tj TJ"):
        match str(operator):
            case "BDC":
                number = int(operands[1].MCID) if "/MCID" in operands[1] else -1
            case "EMC":
                number = -1
            case "Tf":
                font = fonts[str(operands[0])]
            case _ if number >= 0:
                found[number] = found.get(number, "") + _shown(operands[0], font)
    return found


def _shown(operand: Any, font: dict[bytes, str]) -> str:
    strings = (
        [operand] if isinstance(operand, pikepdf.String) else [s for s in operand if isinstance(s, pikepdf.String)]
    )
    raw = b"".join(bytes(each) for each in strings)
    return "".join(font[raw[at : at + 2]] for at in range(0, len(raw), 2))


def _meanings(font: pikepdf.Dictionary) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table, re.MULTILINE)
    return {bytes.fromhex(glyph): bytes.fromhex(text).decode("utf-16-be") for glyph, text in pairs}


def keys(pdf: pikepdf.Pdf) -> set[str]:
    """Return every key of every dictionary in a file: what is not among them is not in the file."""
    return {key for found in pdf.objects for key in _keys(found)}


def _keys(value: Any) -> Iterator[str]:
    items: Iterable[Any] = value if isinstance(value, pikepdf.Array) else ()
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        held = value.stream_dict if isinstance(value, pikepdf.Stream) else value
        yield from held.keys()
        items = held.values()
    for item in items:
        if isinstance(item, pikepdf.Object) and not item.is_indirect:
            yield from _keys(item)


def outline(pdf: pikepdf.Pdf) -> list[str]:
    """Return the titles of all bookmarks."""
    with pdf.open_outline() as found:
        waiting, titles = list(found.root), []
        while waiting:
            item = waiting.pop(0)
            titles.append(item.title)
            waiting = [*item.children, *waiting]
        return titles


def opened(data: bytes) -> pikepdf.Pdf:
    """Open a PDF for looking inside."""
    return pikepdf.open(io.BytesIO(data))
