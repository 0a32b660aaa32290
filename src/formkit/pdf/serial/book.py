"""The fonts of a chunk of records: codes as everywhere, names that do not depend on what is drawn first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formkit.pdf.embed import Codes, FontBook
from formkit.pdf.faces import face


@dataclass(slots=True)
class ChunkBook(FontBook):
    """Codes and names for texts of one chunk.

    `files` are the fonts in the order they are tried; `said` keeps by name of the font what each code, as four
    hexadecimal digits, says; `used` collects a bit for each font that was asked for, until it is set to 0.
    `simple` is what codes of the first font say, by number, for simple texts.
    """

    files: tuple[Path, ...] = ()
    said: dict[str, dict[bytes, str]] = field(default_factory=dict)
    used: int = 0
    simple: dict[int, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    # By the identity of a path, which is much quicker than by its name, and kept, so that it stays the same.
    _ready: dict[int, tuple[Codes, int, dict[bytes, str], Path]] = field(default_factory=dict)

    def code(self, font: Path, glyph: int, text: str) -> int:
        """Return the code for a glyph of a font that stands for a text."""
        codes, bit, said, _ = self._ready.get(id(font)) or self._make_ready(font)
        self.used |= bit
        known = codes.known.get((glyph, text))
        if known is None:
            known = codes.code(glyph, text)
            said[b"%04X" % known] = text
        return known

    def _make_ready(self, font: Path) -> tuple[Codes, int, dict[bytes, str], Path]:
        place = self.files.index(font)
        codes = self.codes.setdefault(self.files[place], Codes(face(font)))
        found = self._ready[id(font)] = (codes, 1 << place, self.said.setdefault(f"Fk{place}", {}), font)
        return found

    def name(self, font: Path) -> str:
        """Return the name of a font in /Resources, without its slash."""
        return f"Fk{self.files.index(font)}"

    def takes(self, text: str) -> bool:
        """Give each letter of a simple text its glyph's number in the first font as its code.

        Returns False where one of them has another code, because other text has that number.
        """
        if self._taken.issuperset(text):
            return True
        first = self.files[0]
        for each in sorted(set(text) - self._taken):
            glyph = face(first).font.get_nominal_glyph(ord(each))
            if self.code(first, glyph, each) != glyph:
                return False
            self._taken.add(each)
            self.simple[glyph] = each
        return True
