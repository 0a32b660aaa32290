"""Make the pictures of the web pages for the documentation: `.venv/bin/python scripts/web_pictures.py`.

On a phone: the first page in Arabic, a deciding question in Ukrainian in the dark, mistakes in Turkish. At a desk:
the review in Arabic. Drawn by Chromium from what `formkit serve` shows for the invented authority of the tests.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
FORM, AUTHORITY = "but-hauptantrag", "musterkreis"
PHONE, DESK = {"width": 390, "height": 900}, {"width": 1280, "height": 1000}
GAP, LIMIT, COLOURS = 24, 250_000, 64


def main() -> None:
    """Draw and write both pictures."""
    with served() as address, sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        phones = [
            start(browser, address, folder),
            question(browser, address, folder),
            mistakes(browser, address, folder),
        ]
        write("web-phone.png", beside(phones))
        write("web-review.png", review(browser, address, folder))
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """Serve the project while pictures are taken; give the address."""
    command = [sys.executable, "-m", "formkit", "serve", "--port", "0", "--authority", AUTHORITY]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            yield next(word for line in server.stderr for word in line.split() if word.startswith("http://")).rstrip(
                "/"
            )
        finally:
            server.terminate()


def opened(browser: Browser, size: dict[str, int], scheme: str = "light") -> Page:
    """Return a new window."""
    return browser.new_context(viewport=size, color_scheme=scheme, device_scale_factor=1).new_page()  # type: ignore[arg-type]


def onward(page: Page) -> None:
    """Press the button that goes on."""
    page.click("main .go.next")
    page.wait_for_load_state()


def shot(page: Page, folder: str, name: str) -> Image.Image:
    """Draw what stands in the window."""
    path = Path(folder) / f"{name}.png"
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=path)
    return Image.open(path).convert("RGB")


def start(browser: Browser, address: str, folder: str) -> Image.Image:
    """Return the first page in Arabic."""
    page = opened(browser, PHONE)
    page.goto(f"{address}/ar/")
    return shot(page, folder, "start")


def question(browser: Browser, address: str, folder: str) -> Image.Image:
    """Return the question about benefits in Ukrainian, its German original open."""
    page = opened(browser, PHONE, "dark")
    page.goto(f"{address}/uk/{FORM}/")
    onward(page)
    page.check("#f-antrag-art--erst")
    onward(page)
    page.fill("#f-antrag-ab-monat", "08")
    page.fill("#f-antrag-ab-jahr", "2026")
    onward(page)
    page.check("#f-bezug-art--wohngeld")
    return shot(page, folder, "question")


def mistakes(browser: Browser, address: str, folder: str) -> Image.Image:
    """Return a page with two mistakes in Turkish."""
    page = opened(browser, PHONE)
    filled_person(page, address, "tr", "Мюллер", "31")
    onward(page)
    page.evaluate("window.scrollTo(0, 0)")
    return shot(page, folder, "mistakes")


def filled_person(page: Page, address: str, tag: str, name: str, day: str) -> None:
    """Go to the page about the applicant and fill it in."""
    page.goto(f"{address}/{tag}/{FORM}/")
    onward(page)
    page.check("#f-antrag-art--erst")
    onward(page)
    while not page.locator("#f-person-familienname").count():
        onward(page)
        if page.locator("button[value=skip]").count():
            page.click("button[value=skip]")
    texts = {"familienname": name, "vorname": "Łukasz", "geburtsdatum-tag": day, "geburtsdatum-monat": "02"}
    texts |= {
        "geburtsdatum-jahr": "1990",
        "strasse": "Lindenweg",
        "hausnummer": "12a",
        "plz": "00000",
        "ort": "Musterstadt",
    }
    for box, text in texts.items():
        page.fill(f"#f-person-{box}", text)
    page.check("#f-person-verhaeltnis--eltern")


def review(browser: Browser, address: str, folder: str) -> Image.Image:
    """Return the answers of the review in Arabic."""
    page = opened(browser, DESK)
    filled_person(page, address, "ar", "Müller-Çelik", "05")
    for _ in range(30):
        onward(page)
        if page.locator("button[value=skip]").count():
            page.click("button[value=skip]")
        if page.locator(".files").count():
            break
    page.evaluate("document.querySelector('#p-3').scrollIntoView()")
    return shot(page, folder, "review")


def beside(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures side by side."""
    width = sum(each.width for each in pictures) + GAP * (len(pictures) + 1)
    sheet = Image.new("RGB", (width, pictures[0].height + 2 * GAP), "#b8c4c6")
    left = GAP
    for each in pictures:
        sheet.paste(each, (left, GAP))
        left += each.width + GAP
    return sheet


def write(name: str, picture: Image.Image) -> None:
    """Write a picture with as many colours as it needs, and stop where it is too large."""
    path = PICTURES / name
    picture.quantize(COLOURS).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}: {picture.width} × {picture.height}, {size:,} bytes")
    if size > LIMIT:
        sys.exit(f"larger than {LIMIT:,} bytes: fewer colours, or a smaller window")


if __name__ == "__main__":
    main()
