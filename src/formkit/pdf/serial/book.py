"""The fonts of a chunk of records: codes as everywhere, names that do not depend on what is drawn first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formkit.pdf.embed import FontBook
from formkit.pdf.faces import face


@dataclass(slots=True)
class ChunkBook(FontBook):
    """Codes and names for texts of one chunk.

    `files` are the fonts in the order they are tried; `said` keeps by name of the font what each code, as four
    hexadecimal digits, says; `used` collects a bit for each font that was asked for, until it is set to 0.
    """

    files: tuple[Path, ...] = ()
    said: dict[str, dict[bytes, str]] = field(default_factory=dict)
    used: int = 0
    _simple: set[str] = field(default_factory=set)

    def code(self, font: Path, glyph: int, text: str) -> int:
        """Return the code for a glyph of a font that stands for a text."""
        # The short form of super() does not find its class in one with slots.
        code = FontBook.code(self, font, glyph, text)
        place = self.files.index(font)
        self.used |= 1 << place
        self.said.setdefault(f"Fk{place}", {})[b"%04X" % code] = text
        return code

    def name(self, font: Path) -> str:
        """Return the name of a font in /Resources, without its slash."""
        return f"Fk{self.files.index(font)}"

    def takes(self, text: str) -> bool:
        """Give each letter of a simple text its glyph's number in the first font as its code.

        Returns False where one of them has another code, because other text has that number.
        """
        if self._simple.issuperset(text):
            return True
        first = self.files[0]
        for each in sorted(set(text) - self._simple):
            glyph = face(first).font.get_nominal_glyph(ord(each))
            if self.code(first, glyph, each) != glyph:
                return False
            self._simple.add(each)
        return True
