"""Style sheet and fonts, served under a name that changes when they do, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "static"
_KINDS = {".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml"}
# Joined in this order into one file.
_SHEETS = ("fonts.css", "style.css")
STYLE, ICON = "style.css", "icon.svg"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that pages load."""

    kind: str
    data: bytes = field(repr=False)


@cache
def assets() -> dict[str, Asset]:
    """Return all files by name."""
    found = {
        path.name: Asset(_KINDS[path.suffix], path.read_bytes())
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in _KINDS and path.suffix != ".css"
    }
    sheet = b"".join((FOLDER / name).read_bytes() for name in _SHEETS)
    return {**found, STYLE: Asset(_KINDS[".css"], sheet)}


@cache
def digest() -> str:
    """Return what stands in the address of every file."""
    found = hashlib.sha256()
    for name, asset in assets().items():
        found.update(name.encode() + asset.data)
    return found.hexdigest()[:16]
