"""The packaged fonts: intact, static, licensed, and able to draw the names and languages we promise."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from formkit import fonts
from formkit.fonts import FONTS, FontFile

LATIN = ("fk-latin", "fk-latin-bold")
# DIN 91379:2022-08: the normative letters, those of its 149 sequences, and the combining diacritics.
DIN_LETTERS = """
0041-005A 0061-007A 00C0-00D6 00D8-00F6 00F8-017E 0187-0188 018F 0197 01A0-01A1 01AF-01B0 01B7 01CD-01DC
01DE-01DF 01E2-01F0 01F4-01F5 01F8-01FF 0212-0213 0218-021B 021E-021F 0227-0233 0259 0268 0292 0300-0302
0304 0306-0308 030B-030D 0310 0315 031B 0323 0325-0328 0331 035F 1E02-1E03 1E06-1E07 1E0A-1E11 1E17
1E1C-1E2B 1E2F-1E37 1E3A-1E3B 1E40-1E49 1E52-1E5B 1E5E-1E63 1E6A-1E6F 1E80-1E87 1E8C-1E97 1E9E 1EA0-1EF9
"""
# The same standard's other characters, normative and extended: signs, Greek, Cyrillic, modifier letters.
DIN_OTHERS = """
0020-007E 00A0-00AC 00AE-00BF 00D7 00F7 018F 0192 02B0 02B3 02B9-02BA 02BE-02BF 02C6 02C8 02CC 02DC 02E2 0386
0388-038A 038C 038E-03A1 03A3-03CE 040D 0410-042A 042C 042E-042F 0430-044A 044C 044E-044F 045D 1D48 1D57
2018-201A 201C-201E 2020-2021 2026 2030 2032-2033 2039-203A 2070 2074-2079 207F-2089 20AC 2122 221E 2264-2265
"""
PROMISED = {
    "fk-latin": {
        "Ukrainian": "АБВГҐДЕЄЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЬЮЯабвгґдеєжзиіїйклмнопрстуфхцчшщьюя’",
        "Turkish": "ÇĞİIÖŞÜçğıiöşü",
        "Romanian": "ĂÂÎȘȚăâîșț",
        "Vietnamese": "ĂÂĐÊÔƠƯăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
        "Kurmanji": "ÇÊÎŞÛçêîşû",
        "Serbian": "ЂЈЉЊЋЏђјљњћџĆČĐŠŽćčđšž",
        "signs": "☐☑☒✓✗←→≤≥€§…–„“‚‘»«•\u00ad\u00a0\u202f",
        "joiners and direction": "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e",
        "isolates": "\u2066\u2067\u2068\u2069",
    },
    "fk-arabic": {
        "Arabic": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ،؛؟٠١٢٣٤٥٦٧٨٩",
        "Farsi": "پچژگکی۰۱۲۳۴۵۶۷۸۹\u200c",
        "Sorani": "ەڵێڕۆگچپژڤ",
        "brackets": "()[]«»",
    },
    "fk-ethiopic": {"Tigrinya": "ስምኣባትትግርኛቋንቋዕለትልደትቤትትምህርቲ፡።፣፩፪፫()0123456789"},
    "fk-devanagari": {"Hindi": "परिवारकानामहिन्दीजन्मतिथिकृपया।०१२३४५६७८९()"},
}


def points(ranges: str) -> set[int]:
    """Read "0041-005A 0061" as code points."""
    pairs = [part.partition("-") for part in ranges.split()]
    return {p for first, _, last in pairs for p in range(int(first, 16), int(last or first, 16) + 1)}


def missing(family: str, wanted: set[int]) -> list[str]:
    """Name what a family lacks."""
    return [f"U+{point:04X} {chr(point)}" for point in sorted(wanted - fonts.coverage(family))]


def records() -> dict[str, dict[str, Any]]:
    """Return the provenance by family."""
    text = (fonts.FOLDER / "PROVENANCE.json").read_text(encoding="utf-8")
    return {record["family"]: record for record in json.loads(text)["fonts"]}


def every_font() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("entry", FONTS, ids=lambda entry: entry.family)


def test_the_table_and_the_provenance_name_the_same_fonts() -> None:
    listed = [(font.path.name, font.family, font.weight, font.script) for font in FONTS]
    recorded = [(r["file"], r["family"], r["weight"], r["script"]) for r in records().values()]
    assert recorded == listed
    assert sorted(path.stem for path in fonts.FOLDER.glob("*.ttf")) == sorted(font.family for font in FONTS)


@every_font()
def test_a_font_is_the_file_that_the_script_made(entry: FontFile) -> None:
    assert hashlib.sha256(entry.path.read_bytes()).hexdigest() == records()[entry.family]["sha256"]


@every_font()
def test_the_licence_of_each_source_lies_beside_the_fonts(entry: FontFile) -> None:
    record = records()[entry.family]
    for source in (record["source"], *record["source"]["borrowed"]):
        text = (fonts.FOLDER / source["licence"]).read_text(encoding="utf-8")
        assert text.startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "reserved font name" not in text.partition("-----")[0].lower()


@every_font()
def test_a_font_is_static_and_under_a_name_of_its_own(entry: FontFile) -> None:
    font = TTFont(entry.path)
    assert {"fvar", "STAT", "DSIG", "fpgm"}.isdisjoint(font.keys())
    assert font["post"].formatType == 3.0
    assert font["name"].getDebugName(1) == f"formkit {entry.script}"
    assert font["OS/2"].usWeightClass == entry.weight
    assert font["OS/2"].fsType == 0


@every_font()
def test_the_recorded_coverage_is_that_of_the_file(entry: FontFile) -> None:
    assert fonts.coverage(entry.family) == set(TTFont(entry.path).getBestCmap())


@pytest.mark.parametrize("family", LATIN)
def test_every_letter_of_din_91379_can_be_drawn(family: str) -> None:
    assert missing(family, points(DIN_LETTERS)) == []
    assert missing(family, points(DIN_OTHERS)) == []


@pytest.mark.parametrize("bold", ["", "-bold"])
@pytest.mark.parametrize(("family", "language"), [(f, n) for f, names in PROMISED.items() for n in names])
def test_a_language_we_promise_can_be_drawn(family: str, language: str, bold: str) -> None:
    assert missing(family + bold, {ord(letter) for letter in PROMISED[family][language]}) == []


@pytest.mark.parametrize("family", LATIN)
def test_a_precomposed_letter_is_drawn_as_one_glyph(family: str) -> None:
    """WeasyPrint keeps one text per glyph: a split letter takes the text of the plain one away."""
    (entry,) = (font for font in FONTS if font.family == family)
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(entry.path))))
    split = []
    for point in sorted(points("0041-005A 0061-007A 00C0-024F 0386-03CE 0400-045F 048A-052F 1E00-1EFF")):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(chr(point))
        buffer.guess_segment_properties()
        uharfbuzz.shape(font, buffer)
        if len(buffer.glyph_infos) != 1 and point in fonts.coverage(family):
            split.append(chr(point))
    assert split == []


def test_the_fingerprint_is_that_of_the_record() -> None:
    record = (fonts.FOLDER / "PROVENANCE.json").read_bytes()
    assert fonts.fingerprint() == hashlib.sha256(record).hexdigest()
