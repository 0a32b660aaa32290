"""WeasyPrint with our fonts, a fetcher that fetches nothing else, and our repairs, loaded once in a process."""

from __future__ import annotations

import contextlib
import logging
import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from formkit.errors import FormkitError
from formkit.fonts import FontFile, available
from formkit.render.html import Document
from formkit.render.pdf import repair


class Warnings(logging.Handler):
    """Collect what WeasyPrint warns of, without passing it on: its messages may quote the text of a page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []
        self._logger = logging.getLogger("weasyprint")

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the beginning of a message."""
        self.found.append(record.getMessage()[:200])

    def __enter__(self) -> Warnings:
        self._logger.addHandler(self)
        self._propagate, self._logger.propagate = self._logger.propagate, False
        self._handlers, self._logger.handlers = self._logger.handlers, [self]
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.propagate, self._logger.handlers = self._propagate, self._handlers


class Engine:
    """WeasyPrint with our fonts, our fetchers and our repairs, loaded once in a process.

    `fonts`, `sheet` and `page_fetcher` are what a rendering needs beside a document.
    """

    def __init__(self, fonts: tuple[FontFile, ...]) -> None:
        with _no_system_fonts():
            self._weasyprint, self.fonts, fetcher = _weasyprint()
        only = _fetcher_class(fetcher)
        self._sheet_fetcher = only(*(font.path.as_uri() for font in fonts))
        # The page holds its pictures itself: the combs and the authority's logo.
        self.page_fetcher = only("data:image/svg+xml", "data:image/png;base64,")
        self.sheet = cache(self._parse)
        repair.install()

    def _parse(self, css: str) -> Any:
        return self._weasyprint.CSS(string=css, font_config=self.fonts, url_fetcher=self._sheet_fetcher)

    def layout(self, document: Document) -> Any:
        """Return WeasyPrint's laid out document."""
        html = self._weasyprint.HTML(string=document.html, url_fetcher=self.page_fetcher)
        return html.render(stylesheets=[self.sheet(document.css)], font_config=self.fonts)


@contextlib.contextmanager
def _no_system_fonts() -> Iterator[None]:
    """Give fontconfig a configuration that knows no folder of fonts while it is set up."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf", delete=False) as file:
        file.write(f"<fontconfig><cachedir>{tempfile.gettempdir()}/formkit-fontconfig</cachedir></fontconfig>")
    os.environ["FONTCONFIG_FILE"] = file.name
    try:
        yield
    finally:
        Path(file.name).unlink()


def _weasyprint() -> tuple[Any, Any, type]:
    """Import WeasyPrint; return it with a font configuration and its class of fetchers."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # "No fonts configured": so it is meant
            import weasyprint
            from weasyprint.text.fonts import FontConfiguration
            from weasyprint.urls import URLFetcher
    except OSError as error:
        raise FormkitError(
            f"WeasyPrint cannot load a library: {error}",
            advice="`formkit doctor` says which Debian package has it.",
        ) from error
    return weasyprint, FontConfiguration(), URLFetcher


def _fetcher_class(fetcher: type) -> Callable[..., Any]:
    """Return a class of fetchers that fetch what begins with one of the given addresses, nothing else."""

    class OnlyThese(fetcher):  # type: ignore[misc]
        def __init__(self, *allowed: str) -> None:
            super().__init__()
            self._allowed = allowed

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(self._allowed) or (url.startswith("file:") and ".." in url):
                raise ValueError("formkit fetches nothing")
            return super().fetch(url, headers)

    return OnlyThese


def engine() -> Engine:
    """Return the engine of this process for the fonts in use; raises FormkitError where a library is missing."""
    return _engine(available())


@cache
def _engine(fonts: tuple[FontFile, ...]) -> Engine:
    return Engine(fonts)
