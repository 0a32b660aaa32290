"""Pages drawn by four engines: poppler, pdfium, mupdf and pdf.js.

`DRAWERS[name](source, target, page, dpi)` writes a page, counted from 1, as PNG with what its fields show.
`missing(name)` says why an engine cannot run here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pypdfium2

HERE = Path(__file__).parent

Drawer = Callable[[Path, Path, int, int], None]


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def _poppler(source: Path, target: Path, page: int, dpi: int) -> None:
    chosen = ("-f", str(page), "-l", str(page), "-r", str(dpi))
    _run("pdftoppm", "-png", "-singlefile", *chosen, str(source), str(target.with_suffix("")))


def _pdfium(source: Path, target: Path, page: int, dpi: int) -> None:
    document = pypdfium2.PdfDocument(source)
    document.init_forms()
    document[page - 1].render(scale=dpi / 72, may_draw_forms=True).to_pil().save(target)
    document.close()


def _mupdf(source: Path, target: Path, page: int, dpi: int) -> None:
    _run("mutool", "draw", "-q", "-o", str(target), "-r", str(dpi), str(source), str(page))


def _pdfjs(source: Path, target: Path, page: int, dpi: int) -> None:
    script, folder = HERE / "pdfjs_draw.mjs", os.environ["FORMKIT_PDFJS"]
    _run("node", str(script), folder, str(source), str(target), str(page), str(dpi))


DRAWERS: Mapping[str, Drawer] = {"poppler": _poppler, "pdfium": _pdfium, "mupdf": _mupdf, "pdf.js": _pdfjs}
_PROGRAMS = {"poppler": "pdftoppm", "mupdf": "mutool", "pdf.js": "node"}


def missing(engine: str) -> str:
    """Return why an engine cannot run here, "" if it can."""
    program = _PROGRAMS.get(engine)
    if program is not None and shutil.which(program) is None:
        return f"there is no {program}"
    if engine == "pdf.js":
        folder = os.environ.get("FORMKIT_PDFJS")
        if not folder:
            return "FORMKIT_PDFJS names no folder of the npm package pdfjs-dist"
        if not (Path(folder).parent / "@napi-rs" / "canvas").exists():
            return "pdf.js has no canvas to draw on (npm package @napi-rs/canvas)"
    return ""
