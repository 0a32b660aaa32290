"""Make the pictures of the documentation from pages rendered now: `.venv/bin/python scripts/pictures.py`.

Page 1 in Arabic and page 2 in Ukrainian stand side by side, in greys, so that the file stays small.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).parent.parent
FORM = "but-hauptantrag"
PICTURE = ROOT / "docs" / "pictures" / "but-hauptantrag.png"
# Language and page number, left to right.
PAGES = (("ar", 1), ("uk", 2))
DPI, GAP, EDGE, LIMIT = 130, 24, "#b0b0b0", 250_000


def main() -> None:
    """Render the form, draw its pages beside each other and write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        languages = [part for language, _ in PAGES for part in ("--lang", language)]
        command = [sys.executable, "-m", "formkit", "--project", ROOT, "render", FORM, *languages, "-o", folder]
        subprocess.run(command, check=True)
        pages = [drawn(Path(folder) / f"{FORM}.{language}.print.pdf", number) for language, number in PAGES]
    picture = beside(pages)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    picture.save(PICTURE, optimize=True)
    size = PICTURE.stat().st_size
    print(f"{PICTURE.relative_to(ROOT)}: {picture.width} × {picture.height}, {size:,} bytes")
    if size > LIMIT:
        sys.exit(f"larger than {LIMIT:,} bytes: lower DPI")


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


if __name__ == "__main__":
    main()
