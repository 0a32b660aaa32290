"""What one must know of a PDF beside its fields: our marks, scripts, and how often it was added to."""

from __future__ import annotations

from pathlib import Path

import pikepdf

from formkit.pdf.marks import PREFIX
from formkit.pdf.objects import dictionary, text


def marks(pdf: pikepdf.Pdf) -> dict[str, str]:
    """Return our marks in the Info dictionary by their names without the prefix."""
    info = dictionary(pdf.trailer.get("/Info"))
    return {
        key.removeprefix(PREFIX): text(info.get(key)) or "" for key in sorted(info.keys()) if key.startswith(PREFIX)
    }


def scripts(pdf: pikepdf.Pdf) -> bool:
    """Tell whether the document as a whole has actions in JavaScript; those of pages and fields are found there."""
    root = dictionary(pdf.trailer.get("/Root"))
    opening = "/OpenAction" in root and "/JS" in dictionary(root.get("/OpenAction"))
    named = "/Names" in root and "/JavaScript" in dictionary(root.get("/Names"))
    return opening or named or "/AA" in root


def revisions(pdf: pikepdf.Pdf, path: Path) -> int:
    """Return how often a file was saved by adding to its end, the first time included.

    Each saving ends in %%EOF; a linearised file has one more, after its first page (ISO 32000-2, 7.5.6, F.3).
    """
    if "/Prev" not in pdf.trailer:
        return 1
    return max(1, path.read_bytes().count(b"%%EOF") - pdf.is_linearized)
