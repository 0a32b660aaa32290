"""Content that is added to pages: drawn over what stands there, under names that nothing else has."""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from formkit.errors import UnreadablePdf
from formkit.pdf.streams import packed


def named(page: Page, shown: Object) -> Name:
    """Name an XObject in a page's resources, the same in every run and unlike any that is there."""
    known = page.resources.get("/XObject", Dictionary())
    text = f"/FkForm{shown.objgen[0]}"
    while text in known and known[text].objgen != shown.objgen:
        text += "x"
    return page.add_resource(shown, Name.XObject, Name(text))


def append(pdf: Pdf, page: Page, content: bytes) -> None:
    """Draw content over a page, whatever its own content left behind (ISO 32000-2, 8.4.2)."""
    own = page.obj.get("/Contents")
    parts: list[Object] = list(own) if isinstance(own, Array) else [own] if isinstance(own, Stream) else []
    if any(not isinstance(each, Stream) for each in parts):
        raise UnreadablePdf("a page of the file has damaged content")
    around = [packed(pdf, b"q\n"), *parts, packed(pdf, b"\nQ\n" + content)]
    page.obj.Contents = Array([each if each.is_indirect else pdf.make_indirect(each) for each in around])
