"""Make the fonts of the web pages from the package's own: `.venv/bin/python scripts/build_web_fonts.py`.

A browser loads only the script a page needs: each font is cut by ranges of Unicode and packed as WOFF2, and the
names of the languages have tiny fonts of their own, so that a chooser never loads a whole script. What it makes
is committed; the same fonts give the same bytes.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from formkit.fonts import FONTS, FontFile
from formkit.i18n.languages import LANGUAGES

ROOT = Path(__file__).parent.parent
STATIC = ROOT / "src" / "formkit" / "web" / "static"
FEATURES = (
    "ccmp",
    "locl",
    "mark",
    "mkmk",
    "kern",
    "liga",
    "calt",
    "rlig",
    "init",
    "medi",
    "fina",
    "isol",
    "tnum",
    "lnum",
)


@dataclass(frozen=True)
class Cut:
    """A part of a font: its name on the web, the font it is cut from, and its code points."""

    name: str
    script: str
    ranges: str


CUTS = (
    Cut("latin", "Latn", "U+0000-036F, U+1D00-1DBF, U+1E00-1EFF, U+2000-22FF, U+25A0-27BF, U+FB00-FB06"),
    Cut("greek", "Latn", "U+0370-03FF"),
    Cut("cyrillic", "Latn", "U+0400-052F"),
    Cut("arabic", "Arab", "U+0600-06FF, U+0750-077F, U+200C-200F, U+25CC, U+FB50-FDFF, U+FE70-FEFF"),
    Cut("ethiopic", "Ethi", "U+1200-139F, U+2D80-2DDF"),
    Cut("devanagari", "Deva", "U+0900-097F, U+200C-200D, U+25CC, U+A8E0-A8FF"),
)


def main() -> None:
    """Write every font and the style sheet that names them."""
    folder = STATIC / "fonts"
    folder.mkdir(parents=True, exist_ok=True)
    rules = [
        "/* Made by scripts/build_web_fonts.py. The ranges keep scripts that a page does not use off the wire. */\n"
    ]
    for cut in CUTS:
        for font in (each for each in FONTS if each.script == cut.script):
            weight = 400 if font.weight == 400 else 700
            rules.append(
                _write(folder, f"{cut.name}-{weight}", font, _points(cut.ranges), "Text", str(weight), cut.ranges)
            )
    for cut in CUTS[1:]:
        letters = {ord(char) for char in _names()} & _points(cut.ranges)
        font = next(each for each in FONTS if each.script == cut.script and each.weight == 400)
        if letters:
            rules.append(_write(folder, f"names-{cut.name}", font, letters, "Names", "100 900", cut.ranges))
    (STATIC / "fonts.css").write_text("".join(rules), encoding="utf-8")
    total = sum(path.stat().st_size for path in folder.iterdir())
    print(f"{len(list(folder.iterdir()))} fonts, {total:,} bytes", file=sys.stderr)


def _names() -> str:
    names = [language.autonym for language in LANGUAGES.values()]
    return "".join(name + name[:1].upper() for name in names)


def _points(ranges: str) -> set[int]:
    found: set[int] = set()
    for each in ranges.replace("U+", "").split(","):
        first, _, last = each.strip().partition("-")
        found |= set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _write(folder: Path, name: str, font: FontFile, points: set[int], family: str, weight: str, ranges: str) -> str:
    options = subset.Options(layout_features=list(FEATURES), hinting=False, flavor="woff2", recalc_timestamp=False)
    opened = TTFont(font.path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    # A space and a dotted circle belong to every script.
    subsetter.populate(unicodes=points | {0x20})
    subsetter.subset(opened)
    opened.flavor = "woff2"
    buffer = BytesIO()
    opened.save(buffer, reorderTables=True)
    (folder / f"{name}.woff2").write_bytes(buffer.getvalue())
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-display: swap;'
        f' src: url("{name}.woff2") format("woff2"); unicode-range: {ranges}; }}\n'
    )


if __name__ == "__main__":
    main()
