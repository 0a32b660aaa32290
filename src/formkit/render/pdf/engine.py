"""WeasyPrint with our fonts, a fetcher that fetches nothing else, and our repairs, loaded once in a process."""

from __future__ import annotations

import logging
import os
import tempfile
import warnings
from functools import cache
from pathlib import Path
from typing import Any

from formkit.errors import FormkitError
from formkit.fonts import FOLDER as FONTS
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
        self.fonts = FontConfiguration()
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

        # The style sheet reads the package's fonts, the page draws the combs and the logo
        # that are written into it.
        self._sheet_fetcher = OnlyThese(folder)
        self.page_fetcher = OnlyThese("data:image/svg+xml", "data:image/png;base64,")
        self.sheet = cache(self._parse)
        repair.install()

    def _parse(self, css: str) -> Any:
        return self._weasyprint.CSS(string=css, font_config=self.fonts, url_fetcher=self._sheet_fetcher)

    def layout(self, document: Document) -> Any:
        """Return WeasyPrint's laid out document."""
        html = self._weasyprint.HTML(string=document.html, url_fetcher=self.page_fetcher)
        return html.render(stylesheets=[self.sheet(document.css)], font_config=self.fonts)


@cache
def engine() -> Engine:
    """Return the engine of this process; raises FormkitError where a library is missing."""
    return Engine()
