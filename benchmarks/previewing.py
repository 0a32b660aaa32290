"""How long a translator waits between saving a catalogue and seeing the page."""

from __future__ import annotations

import http.client
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, median, seconds
from formkit.i18n.languages import language
from formkit.preview.session import Session, serve
from formkit.project import find_project

ROOT = Path(__file__).parent.parent
ROUNDS = 5


def measure() -> Iterator[Figure]:
    """Yield the seconds from a save to the whole new page."""
    with tempfile.TemporaryDirectory() as name:
        for folder in ("forms", "locales"):
            shutil.copytree(ROOT / folder, Path(name) / folder)
        session = Session(find_project(Path(name)), "but-hauptantrag", language("uk"), "")
        with serve(session, 0) as address:
            host = address.removeprefix("http://").rstrip("/")
            times = [_round(host, session) for _ in range(ROUNDS)]
    yield Figure("preview: from a save to the new page", median(times), "s", 1.0)


def _round(host: str, session: Session) -> float:
    events = http.client.HTTPConnection(host)
    events.request("GET", "/events")
    stream = events.getresponse()
    time.sleep(0.5)

    def save_and_see() -> None:
        path = session.project.locales / "uk" / "LC_MESSAGES" / "but-hauptantrag.po"
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        while stream.fp.readline() != b"data: saved\n":
            pass
        page = http.client.HTTPConnection(host)
        page.request("GET", "/")
        page.getresponse().read()

    return seconds(save_and_see)
