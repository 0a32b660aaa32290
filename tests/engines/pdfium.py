"""pdfium, the engine of Chrome: clicks into widgets, types, chooses, and saves a copy."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from engines.strokes import Stroke


def fill(source: Path, target: Path, strokes: list[Stroke]) -> None:
    """Do the strokes, which come page by page, and write the file."""
    document = pdfium.PdfDocument(source)
    document.init_forms()
    form = document.formenv.raw
    for number, on_page in groupby(strokes, key=lambda stroke: stroke.page):
        with _page(document, form, number) as page:
            for stroke in on_page:
                _do(form, page, stroke)
                raw.FORM_ForceToKillFocus(form)
    target.write_bytes(_copy(document))
    document.close()


@contextmanager
def _page(document: pdfium.PdfDocument, form: object, number: int) -> Iterator[object]:
    page = raw.FPDF_LoadPage(document.raw, number)
    raw.FORM_OnAfterLoadPage(page, form)
    yield page
    raw.FORM_OnBeforeClosePage(page, form)
    raw.FPDF_ClosePage(page)


def _do(form: object, page: object, stroke: Stroke) -> None:
    raw.FORM_OnMouseMove(form, page, 0, stroke.x, stroke.y)
    raw.FORM_OnLButtonDown(form, page, 0, stroke.x, stroke.y)
    raw.FORM_OnLButtonUp(form, page, 0, stroke.x, stroke.y)
    if stroke.kind == "text":
        raw.FORM_SelectAllText(form, page)
        # Enter is a carriage return.
        units = (stroke.text.replace("\n", "\r") + "\0").encode("utf-16-le")
        buffer = (ctypes.c_ushort * (len(units) // 2)).from_buffer_copy(units)
        raw.FORM_ReplaceSelection(form, page, buffer)
    elif stroke.kind == "choice":
        assert raw.FORM_SetIndexSelected(form, page, stroke.place, True), stroke.name


def _copy(document: pdfium.PdfDocument) -> bytes:
    """Return the file as pdfium writes it anew."""
    written = bytearray()

    def write(_: object, data: int, size: int) -> int:
        written.extend(ctypes.string_at(data, size))
        return 1

    writer = raw.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(write)
    assert raw.FPDF_SaveAsCopy(document.raw, ctypes.byref(writer), raw.FPDF_NO_INCREMENTAL)
    return bytes(written)
