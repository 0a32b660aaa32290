"""HTML → PDF: the only importer of WeasyPrint, and what has to be mended in its output.

One file is PDF/UA-1 and PDF/A-3a: WeasyPrint writes PDF/A-3a with tags, `formkit.pdf.metadata` adds the
claim of PDF/UA-1. Language and logical text of elements, which WeasyPrint 70 does not write, are added here.
"""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from formkit.errors import FormkitError, RenderFailed
from formkit.fonts import FOLDER as FONTS
from formkit.pdf.metadata import claim_accessible
from formkit.render.html import Document

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
    engine = _engine()
    with _Warnings() as log:
        laid_out = engine.layout(document)
        raw = laid_out.write_pdf(pdf_variant=VARIANT)
    if log.found:
        raise RenderFailed(
            f"the page cannot be printed as it is: {log.found[0]}",
            advice="This is a fault of formkit's templates or of a text they cannot show; please report it.",
        )
    return Printed(claim_accessible(raw, marks), len(laid_out.pages))


class _Warnings(logging.Handler):
    """Collect what WeasyPrint warns of, without passing it on: its messages may quote the text of a page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage()[:200])

    def __enter__(self) -> _Warnings:
        self._logger.addHandler(self)
        self._propagate, self._logger.propagate = self._logger.propagate, False
        self._handlers, self._logger.handlers = self._logger.handlers, [self]
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.propagate, self._logger.handlers = self._propagate, self._handlers


class _Engine:
    """WeasyPrint with our fonts, our fetcher and our repairs, loaded once in a process."""

    def __init__(self) -> None:
        # No system font may ever be used: fontconfig is given a configuration with nothing but a cache.
        with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
            file.write(f"<fontconfig><cachedir>{tempfile.gettempdir()}/formkit-fontconfig</cachedir></fontconfig>")
        os.environ["FONTCONFIG_FILE"] = file.name
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # "No fonts configured": so it is meant
                import weasyprint
                from weasyprint.text.fonts import FontConfiguration
                from weasyprint.urls import URLFetcher
        except OSError as error:
            raise FormkitError(
                f"WeasyPrint cannot load a library: {error}",
                advice="On Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0. `formkit doctor` tells more.",
            ) from error
        self._weasyprint = weasyprint
        self._fonts = FontConfiguration()
        Path(file.name).unlink()
        folder = FONTS.as_uri() + "/"

        class OnlyThese(URLFetcher):  # type: ignore[misc]
            """Fetch what begins with one of the given addresses, nothing else."""

            def __init__(self, *allowed: str) -> None:
                super().__init__()
                self._allowed = allowed

            def fetch(self, url: str, headers: Any = None) -> Any:
                if url.startswith(self._allowed) and ".." not in url:
                    return super().fetch(url, headers)
                raise ValueError("formkit fetches nothing")

        # The style sheet reads the package's fonts, the page draws the combs written into the style sheet.
        self._sheet_fetcher = OnlyThese(folder)
        self._page_fetcher = OnlyThese("data:image/svg+xml,")
        self._sheet = cache(self._parse)
        _repair_tags()

    def _parse(self, css: str) -> Any:
        return self._weasyprint.CSS(string=css, font_config=self._fonts, url_fetcher=self._sheet_fetcher)

    def layout(self, document: Document) -> Any:
        html = self._weasyprint.HTML(string=document.html, url_fetcher=self._page_fetcher)
        return html.render(stylesheets=[self._sheet(document.css)], font_config=self._fonts)


@cache
def _engine() -> _Engine:
    return _Engine()


def _repair_tags() -> None:
    """Write /Lang and /ActualText of elements in another language than the document's.

    WeasyPrint 70 writes the document's language only, and Arabic in visual order; assistive technology
    needs both (ISO 32000-2, 14.9.2 and 14.9.4). The place is private: a test checks that it exists.
    """
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def build_with_language(box: Any, parent: Any, pdf: Any, *args: Any) -> Iterator[Any]:
        node = getattr(box, "_box", box).element
        for element in build(box, parent, pdf, *args):
            if node is not None and node.get("lang") and node.tag != "html":
                element["Lang"] = pydyf.String(node.get("lang"))
                if node.get("dir") == "rtl" and (text := _logical(node)):
                    element["ActualText"] = pydyf.String(text)
            yield element

    if build.__name__ != build_with_language.__name__:
        tags._build_box_tree = build_with_language


def _logical(node: Any) -> str:
    """Return the text of an element in reading order, without the isolates that only serve drawing."""
    text = "".join(node.itertext())
    return text.replace("\u2066", "").replace("\u2069", "")
