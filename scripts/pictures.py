"""Make the pictures of the documentation from what the program shows now: `.venv/bin/python scripts/pictures.py`.

The printed form: page 1 in Arabic and page 2 in Ukrainian side by side, in greys, so that the file stays small.
The preview: the page that a translator sees after a label changed and a help text came in, drawn by Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
FORM = "but-hauptantrag"
PRINT = ROOT / "docs" / "pictures" / f"{FORM}.png"
PREVIEW = ROOT / "docs" / "pictures" / "preview.png"
# Language and page number, left to right.
PAGES = (("ar", 1), ("uk", 2))
DPI, GAP, EDGE, LIMIT = 130, 24, "#b0b0b0", 250_000
# What an author changes for the preview: one label becomes fuzzy, one help text is missing.
EDITS = {
    "label: Was für ein Antrag ist das?": "label: Um welchen Antrag geht es?",
    "label: Was hat sich geändert?": "label: Was hat sich geändert?\n        help: Zum Beispiel ein Umzug.",
}
CHANGED = "antrag.art"
# The window is higher than what is kept of it: a page that had to scroll is drawn with its top empty.
WIDTH, WINDOW, HEIGHT = 1250, 1200, 1000
CHROMIUM = [
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--timeout=6000",
]


def main() -> None:
    """Draw and write every picture."""
    for path, draw in ((PRINT, printed), (PREVIEW, preview)):
        with tempfile.TemporaryDirectory() as folder:
            picture = draw(Path(folder))
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, optimize=True)
        size = path.stat().st_size
        print(f"{path.relative_to(ROOT)}: {picture.width} × {picture.height}, {size:,} bytes")
        if size > LIMIT:
            sys.exit(f"larger than {LIMIT:,} bytes: lower DPI or the number of colours")


def formkit(project: Path, *arguments: str) -> list[str]:
    """Return the command line of formkit for a project."""
    return [sys.executable, "-m", "formkit", "--project", str(project), *arguments]


def printed(folder: Path) -> Image.Image:
    """Return pages of the form beside each other."""
    languages = [part for language, _ in PAGES for part in ("--lang", language)]
    subprocess.run(formkit(ROOT, "render", FORM, *languages, "-o", str(folder)), check=True)
    return beside([drawn(folder / f"{FORM}.{language}.print.pdf", number) for language, number in PAGES])


def drawn(path: Path, number: int) -> Image.Image:
    """Return a page as a grey picture."""
    with pypdfium2.PdfDocument(path) as document:
        return document[number - 1].render(scale=DPI / 72, grayscale=True).to_pil()


def beside(pages: list[Image.Image]) -> Image.Image:
    """Return pages side by side, each with a thin edge; sixteen greys are enough for print."""
    framed = [Image.new("L", (page.width + 2, page.height + 2), EDGE) for page in pages]
    for frame, page in zip(framed, pages, strict=True):
        frame.paste(page, (1, 1))
    width = sum(frame.width for frame in framed) + GAP * (len(framed) + 1)
    sheet = Image.new("L", (width, framed[0].height + 2 * GAP), "white")
    left = GAP
    for frame in framed:
        sheet.paste(frame, (left, GAP))
        left += frame.width + GAP
    return sheet.quantize(16)


def preview(folder: Path) -> Image.Image:
    """Return the preview of a changed copy of the project in Ukrainian, with the changed label chosen."""
    project = changed_copy(folder / "project")
    subprocess.run(formkit(project, "translate", "update", FORM, "--lang", "uk"), check=True)
    command = formkit(project, "translate", "preview", FORM, "--lang", "uk", "--no-browser", "--highlight", CHANGED)
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            shot(server.stdout.readline().strip(), folder)
        finally:
            server.terminate()
    with Image.open(folder / "shot.png") as picture:
        # A few dozen colours hold the tints of what waits.
        return picture.convert("RGB").crop((0, 0, WIDTH, HEIGHT)).quantize(48)


def changed_copy(project: Path) -> Path:
    """Copy the project and change the form as an author would."""
    for name in ("forms", "locales"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "formkit.toml", project)
    path = project / "forms" / f"{FORM}.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in EDITS.items():
        if old not in text:
            sys.exit(f"{path.name} has no '{old}' any more: choose another label for the picture")
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return project


def shot(address: str, folder: Path) -> None:
    """Let Chromium draw what stands at an address."""
    if shutil.which("chromium") is None:
        sys.exit("Chromium draws the preview; on Debian: apt install chromium")
    own = (f"--user-data-dir={folder / 'profile'}", f"--window-size={WIDTH},{WINDOW}")
    subprocess.run([*CHROMIUM, *own, f"--screenshot={folder / 'shot.png'}", address], check=True, capture_output=True)


if __name__ == "__main__":
    main()
