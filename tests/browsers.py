"""A real browser for the tests of the web: the packaged Chromium, driven by Playwright, and axe-core where it is."""

from __future__ import annotations

import importlib.util
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from waitress.server import create_server

from formkit.web.app import create_app
from formkit.web.offer import Offer
from formkit.web.workers import Workers

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def missing() -> str:
    """Return why no browser can run here, "" if one can."""
    if not chromium():
        return "no Chromium; on Debian: apt install chromium"
    return "" if importlib.util.find_spec("playwright") else "Playwright is not installed"


def chromium() -> str:
    """Return the program of the browser, "" where there is none."""
    return shutil.which("chromium") or ""


def axe() -> Path | None:
    """Return the file of axe-core: FORMKIT_AXE names the folder of the npm package."""
    folder = os.environ.get("FORMKIT_AXE", "")
    path = Path(folder) / "axe.min.js"
    return path if folder and path.is_file() else None


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the browser and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        try:
            yield running
        finally:
            running.close()


@contextmanager
def served(offered: Offer, workers: Workers | None = None) -> Iterator[str]:
    """Serve an offer on this machine; give its address without a slash at its end."""
    server = create_server(create_app(offered, workers or Workers()), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        thread.join(timeout=5)


def violations(page: Page) -> list[str]:
    """Return what axe-core finds wrong with a page; every <details> is opened first."""
    script = axe()
    assert script is not None
    found: Mapping[str, Any] = page.evaluate(
        f"""async () => {{
            {script.read_text(encoding="utf-8")};
            const done = await axe.run(document, {{runOnly: {_RULES}}});
            return {{violations: done.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 160))])}};
        }}"""
    )
    return [f"{rule}: {nodes}" for rule, nodes in found["violations"]]


def scrolls_sideways(page: Page) -> bool:
    """Tell whether a page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
