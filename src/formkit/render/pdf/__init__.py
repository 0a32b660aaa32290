"""HTML → PDF: the only importer of WeasyPrint, and what has to be mended in its output.

One file is PDF/UA-1 and PDF/A-3a: WeasyPrint writes PDF/A-3a with tags, `formkit.pdf.metadata` adds the
claim of PDF/UA-1; `repair` adds the languages and logical texts that WeasyPrint 70 does not write.
"""

from __future__ import annotations

from dataclasses import dataclass

from formkit.errors import RenderFailed
from formkit.pdf.acroform import BlankForm
from formkit.pdf.metadata import finished
from formkit.render.fillable import typed_characters, typing_font
from formkit.render.html import Document
from formkit.render.pdf.engine import Warnings, engine

VARIANT = "pdf/a-3a"


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished PDF: its bytes and its number of pages."""

    data: bytes
    pages: int


def print_pdf(document: Document, marks: dict[str, str]) -> Printed:
    """Lay out a document and return the accessible, archivable PDF; `marks` are written to its Info dictionary.

    Raises RenderFailed where WeasyPrint warns of anything: a warning is a page that is not what was meant.
    """
    with Warnings() as log:
        laid_out = engine().layout(document)
        raw = laid_out.write_pdf(pdf_variant=VARIANT)
    if log.found:
        raise RenderFailed(
            f"the page cannot be printed as it is: {log.found[0]}",
            advice="This is a fault of formkit's templates or of a text they cannot show; please report it.",
        )
    form = BlankForm(document.controls, typing_font(), typed_characters()) if document.controls else None
    return Printed(finished(raw, marks, form), len(laid_out.pages))
