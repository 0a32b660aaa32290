"""One preview: a form in a language, read again at every save of a file it is made from."""

from __future__ import annotations

import contextlib
import datetime
import html
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formkit import fonts
from formkit.errors import FormkitError
from formkit.i18n import load
from formkit.i18n.extracted import extracted_words
from formkit.i18n.languages import Language
from formkit.i18n.paths import catalogs
from formkit.i18n.templates import authority_entries, form_entries
from formkit.preview.page import marked_document, printed, screen
from formkit.preview.server import PreviewServer
from formkit.project import Project
from formkit.render.html import Document


@dataclass(frozen=True, slots=True)
class Session:
    """What is previewed; nothing is kept between two looks, so a page always shows what is saved."""

    project: Project
    form: str
    language: Language
    authority: str
    highlight: str = ""

    def page(self) -> str:
        """Return the page as the files are now; where they cannot be read, a page that says why."""
        try:
            return screen(*self._document(), self.highlight)
        except FormkitError as error:
            return _fault_page(error)

    def for_print(self) -> Document:
        """Return the marked form for a PDF; raises what is wrong with the files."""
        return printed(self._document()[0])

    def files(self) -> tuple[Path, ...]:
        """Return the folders whose files the page is made from."""
        paths = catalogs(self.project, self.form, self.language, self.authority).values()
        return tuple(dict.fromkeys(path.parent for path in (self.project.form_path(self.form), *paths)))

    def _document(self) -> tuple[Document, str]:
        fonts.use(self.project.fonts)
        form = load.form(self.project, self.form)
        load.require_catalog(self.project, self.form, self.language)
        authority = load.authority(self.project, self.authority)
        localized = load.localize(self.project, form, self.language, authority, datetime.date.today())
        sources = form_entries(self.project, self.form)[0] + extracted_words()
        if self.authority:
            sources += authority_entries(self.project, self.authority)[0]
        return marked_document(localized, self.project.completeness, sources)


@contextlib.contextmanager
def serve(session: Session, port: int) -> Iterator[str]:
    """Serve a preview within a `with` block and give its address; every save reaches the open pages."""
    stop = threading.Event()
    with PreviewServer(port, session.page) as server:
        threads = [
            threading.Thread(target=server.serve_forever, daemon=True),
            threading.Thread(target=_watch, args=(session, server, stop), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            yield server.address
        finally:
            stop.set()
            server.shutdown()
            for thread in threads:
                thread.join()


def _watch(session: Session, server: PreviewServer, stop: threading.Event) -> None:
    from watchfiles import watch

    for _ in watch(*session.files(), stop_event=stop, debounce=50, step=20):
        server.saved()


def _fault_page(error: FormkitError) -> str:
    lines = [*(str(problem) for problem in error.problems), error.message, error.advice]
    items = "".join(f"<li>{html.escape(line)}</li>" for line in lines if line)
    script = "new EventSource('/events').onmessage = () => location.reload();"
    return (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>formkit preview</title>'
        f"<h1>This cannot be shown yet</h1><ul>{items}</ul><p>Mend it and save: the page loads again.</p>"
        f"<script>{script}</script></html>"
    )
