"""Font files as HarfBuzz sees them: which characters a face has, its measures, its glyphs for shaping."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import uharfbuzz as hb

from formkit.errors import MissingGlyph

_THOUSAND = 1000
_NO_SLANT = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One font file; measures are in thousandths of an em, as PDF counts them (ISO 32000-2, 9.2.4).

    `ascent` and `descent` (negative) are the lines' own of the font, `capital` the height of capital letters,
    `box` the rectangle around all glyphs, `slant` the italic angle in degrees, `weight` 400 for regular.
    """

    path: Path
    name: str
    font: hb.Font
    characters: frozenset[int]
    outlines_cff: bool
    ascent: float
    descent: float
    capital: float
    box: tuple[float, float, float, float]
    slant: float
    weight: int
    _advances: dict[int, int] = field(default_factory=dict)
    _inks: dict[int, tuple[float, float]] = field(default_factory=dict)
    _meanings: dict[int, str] = field(default_factory=dict)

    def advance(self, glyph: int) -> int:
        """Return how far a glyph moves the pen, in whole thousandths of an em: the width that /W states."""
        known = self._advances.get(glyph)
        if known is None:
            exact = self.font.get_glyph_h_advance(glyph) * _THOUSAND / self.font.face.upem
            known = self._advances[glyph] = round(exact)
        return known

    def meaning(self, glyph: int) -> str:
        """Return the character that the font's own map gives for a glyph, the first of several; "" for none."""
        if not self._meanings:
            for point in sorted(self.characters, reverse=True):
                self._meanings[self.font.get_nominal_glyph(point)] = chr(point)
        return self._meanings.get(glyph, "")

    def ink(self, glyph: int) -> tuple[float, float]:
        """Return how far a glyph's black reaches below (negative) and above the baseline."""
        known = self._inks.get(glyph)
        if known is None:
            scale = _THOUSAND / self.font.face.upem
            box = self.font.get_glyph_extents(glyph)
            known = ((box.y_bearing + box.height) * scale, box.y_bearing * scale) if box else (0.0, 0.0)
            self._inks[glyph] = known
        return known


@lru_cache(maxsize=64)
def face(path: Path) -> Face:
    """Open a font file once; raises MissingGlyph where it cannot be read or lacks a table that PDF needs."""
    try:
        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(path))))
        return _measured(path, font)
    except (hb.HarfBuzzError, OSError, struct.error) as error:
        raise MissingGlyph(f"{path}: the font cannot be read: {error}") from error


def _measured(path: Path, font: hb.Font) -> Face:
    tables = {tag: bytes(font.face.reference_table(tag).data) for tag in ("head", "hhea", "OS/2", "post")}
    scale = _THOUSAND / font.face.upem
    box = struct.unpack_from(">4h", tables["head"], 36)
    ascent, descent = struct.unpack_from(">2h", tables["hhea"], 4)
    (weight,) = struct.unpack_from(">H", tables["OS/2"], 4)
    (slant,) = struct.unpack_from(">i", tables["post"], 4) if tables["post"] else (_NO_SLANT,)
    return Face(
        path,
        font.face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or path.stem,
        font,
        frozenset(font.face.unicodes),
        "CFF " in font.face.table_tags,
        ascent * scale,
        descent * scale,
        _capital(tables["OS/2"], ascent) * scale,
        (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale),
        slant / 65536,
        weight,
    )


def _capital(os2: bytes, ascent: int) -> int:
    """Return sCapHeight, which OS/2 tables have from version 2 on; else the ascent."""
    (version,) = struct.unpack_from(">H", os2)
    if version < 2:
        return ascent
    (height,) = struct.unpack_from(">h", os2, 88)
    return int(height)
