"""Embedded fonts: small, complete, and every code says its text."""

from __future__ import annotations

import io
import subprocess
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Dictionary

from formkit.errors import MissingGlyph
from formkit.fonts import FONTS
from formkit.pdf.embed import Codes, embed, embed_characters
from formkit.pdf.faces import Face, face
from formkit.pdf.streams import packed

LATIN = next(font.path for font in FONTS if font.family == "fk-latin")
ARABIC = next(font.path for font in FONTS if font.family == "fk-arabic")
DRAWN = sorted(chr(point) for point in face(LATIN).characters if chr(point).isprintable())


def page_with(pdf: pikepdf.Pdf, font: pikepdf.Object, codes: list[int]) -> bytes:
    """Draw codes on a page of a file and return the file."""
    page = pdf.add_blank_page(page_size=(2000, 60))
    shown = b"".join(b"%04X" % code for code in codes)
    page.obj.Resources = Dictionary(Font=Dictionary(F=font))
    page.obj.Contents = packed(pdf, b"BT /F 20 Tf 10 20 Td <" + shown + b"> Tj ET")
    target = io.BytesIO()
    pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()


def glyphs_of(text: str, used: Face) -> list[int]:
    return [used.font.get_nominal_glyph(ord(each)) for each in text]


def test_latin_greek_and_cyrillic_text_of_an_embedded_subset_is_read_back(tmp_path: Path) -> None:
    text = "Müller Жданов Αλέξης Ğşı"
    pdf = pikepdf.new()
    data = page_with(pdf, embed_characters(pdf, LATIN, text), glyphs_of(text, face(LATIN)))
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert text == poppler.strip()
    assert text == pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().strip()


def test_a_subset_of_one_name_is_much_smaller_than_its_font() -> None:
    pdf = pikepdf.new()
    data = page_with(pdf, embed_characters(pdf, LATIN, "Müller"), glyphs_of("Müller", face(LATIN)))
    assert len(data) < LATIN.stat().st_size / 10


def test_the_order_of_characters_does_not_change_the_file() -> None:
    files = []
    for text in ("abcä", "äcbaab"):
        pdf = pikepdf.new()
        files.append(page_with(pdf, embed_characters(pdf, LATIN, text), [1]))
    assert files[0].partition(b"/ID")[0] == files[1].partition(b"/ID")[0]


def test_characters_that_the_font_lacks_are_named() -> None:
    with pytest.raises(MissingGlyph, match=r"fk-latin.ttf has no glyph for U\+4E2D, U\+10FFFF"):
        embed_characters(pikepdf.new(), LATIN, "a中\U0010ffff")


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    path = tmp_path / "no.ttf"
    path.write_bytes(b"nothing")
    with pytest.raises(MissingGlyph, match=r"no\.ttf: the font cannot be read"):
        embed_characters(pikepdf.new(), path, "a")


def test_widths_are_those_of_the_font() -> None:
    pdf = pikepdf.new()
    font = embed_characters(pdf, LATIN, "abc")
    first, widths = list(font.DescendantFonts[0].W)
    used = face(LATIN)
    assert glyphs_of("a", used) == [int(first)]
    assert [used.font.get_glyph_h_advance(glyph) for glyph in glyphs_of("abc", used)] == [int(each) for each in widths]


def test_a_glyph_with_two_texts_has_a_code_for_each() -> None:
    used = face(LATIN)
    (bracket,) = glyphs_of("(", used)
    codes = Codes(used)
    pair = [codes.code(bracket, "("), codes.code(bracket, ")"), codes.code(bracket, "(")]
    assert pair[0] == pair[2] == bracket
    pdf = pikepdf.new()
    data = page_with(pdf, embed(pdf, codes), pair)
    document = pypdfium2.PdfDocument(data)
    assert document[0].get_textpage().get_text_range() == "()("


@given(st.lists(st.sampled_from(DRAWN), min_size=1, max_size=40))
def test_every_character_of_the_font_reads_as_itself(characters: list[str]) -> None:
    pdf = pikepdf.new()
    font = embed_characters(pdf, LATIN, characters)
    cmap = font.ToUnicode.read_bytes().decode()
    for each in characters:
        glyph = face(LATIN).font.get_nominal_glyph(ord(each))
        assert f"<{glyph:04X}> <{each.encode('utf-16-be').hex().upper()}>" in cmap


@given(st.binary(max_size=300) | st.binary(min_size=600, max_size=900) | st.just(b"a\r"))
def test_streams_never_end_in_a_carriage_return_and_keep_their_data(data: bytes) -> None:
    pdf = pikepdf.new()
    stream = packed(pdf, data)
    assert data == stream.read_bytes()
    assert not stream.read_raw_bytes().endswith(b"\r")


def test_data_whose_checksum_ends_in_a_carriage_return_end_in_another_byte() -> None:
    long = (b"%04d" % each * 150 for each in range(5000))
    data = next(each for each in long if zlib.compress(each).endswith(b"\r"))
    pdf = pikepdf.new()
    stream = packed(pdf, data)
    assert not stream.read_raw_bytes().endswith(b"\r")
    assert data == stream.read_bytes()


def with_cff_outlines(path: Path) -> None:
    """Make a font of three glyphs whose outlines are cubic, as in most fonts for Chinese."""
    names = [".notdef", "A", "B", "space"]
    shapes = {"A": [(50, 0), (550, 0), (300, 700)], "B": [(50, 0), (550, 0), (550, 700), (50, 700)]}
    outlines = {}
    for name in names:
        pen = T2CharStringPen(600, None)
        for place, point in enumerate(shapes.get(name, [])):
            (pen.lineTo if place else pen.moveTo)(point)
        if name in shapes:
            pen.closePath()
        outlines[name] = pen.getCharString()
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("A"): "A", ord("B"): "B", ord(" "): "space"})
    builder.setupCFF("Made-CFF", {"FullName": "Made CFF"}, outlines, {})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-CFF"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)


def test_fonts_with_cubic_outlines_are_embedded_and_drawn(tmp_path: Path) -> None:
    path = tmp_path / "made.otf"
    with_cff_outlines(path)
    pdf = pikepdf.new()
    data = page_with(pdf, embed_characters(pdf, path, "AB"), glyphs_of("BA", face(path)))
    assert str(pdf.pages[0].obj.Resources.Font.F.DescendantFonts[0].Subtype) == "/CIDFontType0"
    drawn = pypdfium2.PdfDocument(data)
    assert drawn[0].get_textpage().get_text_range() == "BA"
    picture = drawn[0].render(scale=1).to_pil().convert("L")
    assert picture.getpixel((16, 33)) == 0
