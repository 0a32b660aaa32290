"""The fonts that come with the package, and those a project adds: which there are and what each can draw.

The TTF files, `coverage.json` and `PROVENANCE.json` of a folder are made by `scripts/build_fonts.py`; those
of the package are committed. No system font is ever used, so what stands in no `coverage` here cannot be
printed. Fonts for Chinese, Japanese and Korean are too large to come along: a project adds a folder of them.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from formkit.errors import FormkitError

FOLDER = Path(__file__).parent
REGULAR = 400


@dataclass(frozen=True, slots=True)
class FontFile:
    """One static font; `family` is its private CSS name, `script` the ISO 15924 code it is made for."""

    family: str
    weight: int
    script: str
    folder: Path = FOLDER

    @property
    def path(self) -> Path:
        """Say where the TTF file lies."""
        return self.folder / f"{self.family}.ttf"


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


_added: tuple[FontFile, ...] = ()


def use(folder: Path | None) -> None:
    """Add the fonts of a project's folder to those of the package, in this process; None takes them away again.

    Raises FormkitError where the folder does not hold what scripts/build_fonts.py writes.
    """
    global _added
    added = _read(folder) if folder is not None else ()
    if added != _added:
        _added = added
        for known in (coverage, fingerprint):
            known.cache_clear()


def available() -> tuple[FontFile, ...]:
    """Return all fonts that can be used: those of the package, then those added."""
    return FONTS + _added


def regular() -> tuple[Path, ...]:
    """Return the files of regular weight in the order in which they are tried for a text of any script."""
    return tuple(font.path for font in available() if font.weight == REGULAR)


@cache
def fingerprint() -> str:
    """Return one hash that changes when any font does."""
    digest = hashlib.sha256()
    for folder in dict.fromkeys(font.folder for font in available()):
        digest.update((folder / "PROVENANCE.json").read_bytes())
    return digest.hexdigest()


@cache
def coverage(family: str) -> frozenset[int]:
    """Return the code points that a family has glyphs for.

    >>> ord("ß") in coverage("fk-latin"), ord("中") in coverage("fk-latin")
    (True, False)
    """
    folder = next(font.folder for font in available() if font.family == family)
    ranges: dict[str, list[tuple[int, int]]] = json.loads((folder / "coverage.json").read_text(encoding="utf-8"))
    return frozenset(point for first, last in ranges[family] for point in range(first, last + 1))


def _read(folder: Path) -> tuple[FontFile, ...]:
    try:
        record = json.loads((folder / "PROVENANCE.json").read_text(encoding="utf-8"))
        found = tuple(FontFile(each["family"], each["weight"], each["script"], folder) for each in record["fonts"])
        there = all(font.path.is_file() for font in found) and (folder / "coverage.json").is_file()
    except (OSError, ValueError, KeyError, TypeError):
        there = False
    if not there:
        raise FormkitError(
            f"{folder}: this is no folder of fonts for formkit",
            advice="Make one with scripts/build_fonts.py --add, or remove `fonts` from formkit.toml.",
        )
    return found
