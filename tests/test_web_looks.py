"""The style sheet: colours that can be read, in light and dark, and fonts that draw what pages say."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import LANGUAGES, language
from formkit.web.assets import FOLDER, STYLE, assets
from projects import ROOT

SHEET = (FOLDER / "style.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6})", block)) for block in SHEET.split("@media", 2)[:2])
DARK = {**LIGHT, **DARK}
# Text on its ground, and the edges of boxes: WCAG 2.2, 1.4.3 and 1.4.11.
TEXT = [("ink", "paper"), ("ink", "ground"), ("ink", "tint"), ("soft", "paper"), ("soft", "ground"), ("soft", "tint")]
TEXT += [("link", "paper"), ("link", "ground"), ("link", "tint"), ("on-accent", "accent"), ("on-accent", "link")]
TEXT += [("on-deep", "deep"), ("bad", "paper"), ("warn", "paper"), ("paper", "bad"), ("paper", "warn")]
EDGES = [
    ("line", "paper"),
    ("accent", "paper"),
    ("bad", "paper"),
    ("warn", "paper"),
    ("good", "paper"),
    ("glow", "deep"),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = (int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_edges_stand_out(tokens: dict[str, str]) -> None:
    faint = [pair for pair in TEXT if contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5]
    faint += [pair for pair in EDGES if contrast(tokens[pair[0]], tokens[pair[1]]) < 3]
    assert faint == []


def test_nothing_is_placed_by_left_and_right_but_latin() -> None:
    physical = r"(?:margin|padding|border|inset)-(?:left|right)|float: (?:left|right)|(?<![-\w])(?:left|right):"
    sides = re.findall(physical, SHEET)
    assert sides == []


def test_the_sheet_fetches_nothing_from_elsewhere_and_names_fonts_that_are_there() -> None:
    sheet = assets()[STYLE].data.decode()
    named = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert named == {name for name in assets() if name.endswith(".woff2")}
    assert re.findall(r"@import|http", sheet) == []


def faces(family: str) -> set[int]:
    """Return the code points that the faces of a family draw within their ranges."""
    found: set[int] = set()
    rule = rf'font-family: "{family}"; font-weight: (?:400|100 900);.*?url\("([^"]+)"\).*?unicode-range: ([^;]+);'
    for name, ranges in re.findall(rule, assets()[STYLE].data.decode()):
        drawn = set(TTFont(BytesIO(assets()[name].data)).getBestCmap())
        for each in ranges.replace("U+", "").split(", "):
            first, _, last = each.partition("-")
            found |= drawn & set(range(int(first, 16), int(last or first, 16) + 1))
    return found


def test_every_language_names_itself_in_fonts_of_the_chooser() -> None:
    known = faces("Names") | faces("Text")
    lacking = {
        each.tag for each in LANGUAGES.values() if not {ord(char) for char in each.autonym if char != " "} <= known
    }
    # Chinese has no font in the package; the browser's own draws its name.
    assert lacking == {"zh-Hans"}


@pytest.mark.parametrize("tag", ["ar", "uk", "tr", "en", "de-simple"])
def test_the_fonts_draw_every_word_of_the_pages(tag: str) -> None:
    reader = language(tag)
    path = ROOT / "locales" / reader.folder / "LC_MESSAGES" / "formkit.po"
    known = faces("Text") | {0x2066, 0x2067, 0x2068, 0x2069}
    texts = "".join(entry.text for entry in read_catalog(path, reader).entries.values())
    assert sorted({char for char in texts if not char.isspace() and ord(char) not in known}) == []
