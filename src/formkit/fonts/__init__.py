"""The fonts that come with the package: which there are and what each can draw.

The TTF files, `coverage.json` and `PROVENANCE.json` are made by `scripts/build_fonts.py` and committed. No
system font is ever used, so what stands in no `coverage` here cannot be printed.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FontFile:
    """One static font; `family` is its private CSS name, `script` the ISO 15924 code it is made for."""

    family: str
    weight: int
    script: str

    @property
    def path(self) -> Path:
        """Say where the TTF file lies."""
        return FOLDER / f"{self.family}.ttf"


# WeasyPrint keys its PDF fonts by family and weight, not by file: two files under one family give wrong
# glyphs with right text. So each file is a family of its own.
FONTS: tuple[FontFile, ...] = (
    FontFile("fk-latin", 400, "Latn"),
    FontFile("fk-latin-bold", 600, "Latn"),
    FontFile("fk-arabic", 400, "Arab"),
    FontFile("fk-arabic-bold", 700, "Arab"),
    FontFile("fk-ethiopic", 400, "Ethi"),
    FontFile("fk-ethiopic-bold", 700, "Ethi"),
    FontFile("fk-devanagari", 400, "Deva"),
    FontFile("fk-devanagari-bold", 700, "Deva"),
)


@cache
def fingerprint() -> str:
    """Return one hash that changes when any packaged font does."""
    return hashlib.sha256((FOLDER / "PROVENANCE.json").read_bytes()).hexdigest()


@cache
def coverage(family: str) -> frozenset[int]:
    """Return the code points that a packaged family has glyphs for.

    >>> ord("ß") in coverage("fk-latin"), ord("中") in coverage("fk-latin")
    (True, False)
    """
    return frozenset(point for first, last in _ranges()[family] for point in range(first, last + 1))


@cache
def _ranges() -> dict[str, list[tuple[int, int]]]:
    text = (FOLDER / "coverage.json").read_text(encoding="utf-8")
    ranges: dict[str, list[tuple[int, int]]] = json.loads(text)
    return ranges
