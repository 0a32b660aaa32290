"""Fonts in PDF files: subsets by HarfBuzz, written as composite fonts whose every code says its text.

A code is the number of its glyph (Identity-H). Where one glyph stands for several texts, such as a bracket that
is mirrored in right-to-left text, each further text gets a code of its own behind the glyphs, and /CIDToGIDMap
leads it back: so copied and searched text is always right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path

import pikepdf
import uharfbuzz as hb
from pikepdf import Array, Dictionary, Name, Object, Pdf

from formkit.errors import MissingGlyph
from formkit.pdf.faces import Face, face
from formkit.pdf.streams import packed

# What only shaping needs, and what PDF states elsewhere (ISO 32000-2, 9.9: the tables of an embedded CIDFontType2).
_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "cmap", "name", "post", "OS/2", "STAT", "DSIG", "kern", "meta")
_PER_BLOCK = 100
_SYMBOLIC = 1 << 2
_ITALIC = 1 << 6
_CMAP_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


@dataclass(slots=True)
class Codes:
    """The codes of one font in one file: which glyph and which text each has. Grows while text is laid out."""

    face: Face
    glyphs: dict[int, int] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    known: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: int, text: str) -> int:
        """Return the code for a glyph that stands for a text, a new one where there is none yet."""
        key = (glyph, text)
        known = self.known.get(key)
        if known is None:
            known = self.known[key] = self._fresh(glyph)
            self.glyphs[known] = glyph
            self.texts[known] = text
        return known

    def _fresh(self, glyph: int) -> int:
        if glyph not in self.glyphs:
            return glyph
        code = max(int(self.face.font.face.glyph_count), max(self.glyphs) + 1)
        if code > 0xFFFF or self.face.outlines_cff:
            raise MissingGlyph(f"{self.face.path.name}: the font has no room for one more code")
        return code


@dataclass(slots=True)
class FontBook:
    """The fonts of one file: their codes and the names by which its appearances call them."""

    codes: dict[Path, Codes] = field(default_factory=dict)

    def code(self, font: Path, glyph: int, text: str) -> int:
        """Return the code for a glyph of a font that stands for a text."""
        if font not in self.codes:
            self.codes[font] = Codes(face(font))
        return self.codes[font].code(glyph, text)

    def name(self, font: Path) -> str:
        """Return the name of a font in /Resources, without its slash; for fonts that have a code."""
        return f"Fk{list(self.codes).index(font)}"

    def embed(self, pdf: Pdf) -> Dictionary:
        """Write all fonts into a file and return the /Font dictionary of the appearances that use them."""
        return Dictionary({f"/{self.name(font)}": embed(pdf, codes) for font, codes in self.codes.items()})


@lru_cache(maxsize=256)
def subset(path: Path, glyphs: frozenset[int]) -> bytes:
    """Return a font file that holds only some glyphs under their old numbers, and what these are built of."""
    wanted = hb.SubsetInput()
    wanted.glyph_set.update(sorted(glyphs | {0}))
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
    wanted.drop_table_tag_set.update([int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED])
    return bytes(hb.subset(face(path).font.face, wanted).blob.data)


def embed(pdf: Pdf, codes: Codes) -> Object:
    """Write a font into a file with all that its codes need and return it, an indirect Type0 dictionary.

    Source: ISO 32000-2, 9.7 (composite fonts), 9.8 (descriptors), 9.10.3 (ToUnicode). /CIDSet is left out:
    PDF/A-2 and later do not ask for it.
    """
    used = codes.face
    program = subset(used.path, frozenset(codes.glyphs.values()))
    name = Name(f"/{_tag(codes)}+{used.name}")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType0 if used.outlines_cff else Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, used, name, program)),
        W=_widths({code: used.advance(glyph) for code, glyph in codes.glyphs.items()}),
        DW=_PER_BLOCK * 10,
    )
    if not used.outlines_cff:
        descendant.CIDToGIDMap = _glyph_map(pdf, codes.glyphs)
    font = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=packed(pdf, to_unicode(codes.texts)),
    )
    return pdf.make_indirect(font)


def embed_characters(pdf: Pdf, font_path: Path, characters: Iterable[str]) -> Object:
    """Embed a subset of a font for a set of characters, to be named in /DR and /DA of a form.

    Takes the open file, a TTF file and single characters. Returns the indirect Type0 font. The same set in
    any order gives the same bytes. Raises MissingGlyph naming the code points that the font lacks.
    """
    used = face(font_path)
    wanted = sorted(set(characters))
    lacking = [each for each in wanted if ord(each) not in used.characters]
    if lacking:
        points = ", ".join(f"U+{ord(each):04X}" for each in lacking)
        raise MissingGlyph(f"{font_path.name} has no glyph for {points}", advice="Leave them out or take another font.")
    codes = Codes(used)
    for each in wanted:
        codes.code(used.font.get_nominal_glyph(ord(each)), each)
    return embed(pdf, codes)


def to_unicode(texts: Mapping[int, str]) -> bytes:
    """Return the CMap that says the text of each code (ISO 32000-2, 9.10.3); codes without a text are left out."""
    said = [(code, text) for code, text in sorted(texts.items()) if text]
    blocks = []
    for start in range(0, len(said), _PER_BLOCK):
        block = said[start : start + _PER_BLOCK]
        lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in block]
        blocks.append("\n".join([f"{len(block)} beginbfchar", *lines, "endbfchar", ""]).encode())
    return _CMAP_HEAD + b"".join(blocks) + _CMAP_TAIL


def _descriptor(pdf: Pdf, used: Face, name: Name, program: bytes) -> Dictionary:
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=_SYMBOLIC | (_ITALIC if used.slant else 0),
        FontBBox=Array([round(each) for each in used.box]),
        ItalicAngle=round(used.slant),
        Ascent=round(used.ascent),
        Descent=round(used.descent),
        CapHeight=round(used.capital),
        StemV=round(50 + (used.weight / 65) ** 2),
    )
    stream = packed(pdf, program)
    if used.outlines_cff:
        stream.Subtype = Name.OpenType
        descriptor.FontFile3 = stream
    else:
        stream.Length1 = len(program)
        descriptor.FontFile2 = stream
    return descriptor


def _widths(advances: Mapping[int, int]) -> Array:
    """Return /W: each run of neighbouring codes with its widths (ISO 32000-2, 9.7.4.3)."""
    return Array([part for run in _neighbours(sorted(advances)) for part in (run[0], [advances[code] for code in run])])


def _neighbours(codes: list[int]) -> Iterator[list[int]]:
    for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0]):
        yield [code for _, code in run]


def _glyph_map(pdf: Pdf, glyphs: Mapping[int, int]) -> Object:
    if all(code == glyph for code, glyph in glyphs.items()):
        return Name.Identity
    table = bytearray(2 * (max(glyphs) + 1))
    for code, glyph in glyphs.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return packed(pdf, bytes(table))


def _tag(codes: Codes) -> str:
    """Return six capital letters that differ between subsets of a font (ISO 32000-2, 9.9.2)."""
    digest = hashlib.sha256(repr(sorted(codes.texts.items())).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
