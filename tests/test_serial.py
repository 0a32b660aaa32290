"""The serial writer: the same values, the same pixels and the same refusals as the plain way, file by file."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary

from formkit.errors import Unfillable
from formkit.fonts import FONTS
from formkit.pdf.appearance import text_content
from formkit.pdf.fields import read_form
from formkit.pdf.fill import Options, fill
from formkit.pdf.frame import Frame
from formkit.pdf.layout import TextLook, lay_out
from formkit.pdf.looks import Look
from formkit.pdf.serial import Serial, Unsuitable, prepared
from formkit.pdf.serial.book import ChunkBook
from formkit.pdf.serial.drawing import line_maker
from formkit.pdf.serial.pairs import letters, pairs, script
from formkit.pdf.shaping import shape
from made_forms import FONT_FILES, VALUES, mixed_form, text_form
from test_fill import MIXED, NAMES, one, read

Values = Mapping[str, str | tuple[str, ...]]
SCRIPTS = ("", "Latn", "Cyrl", "Grek")


def spliced(source: bytes, *records: Values, options: Options | None = None) -> list[bytes | Unfillable]:
    return list(Serial(prepared(source, options or Options()), FONT_FILES).copies(records))


def plainly(source: bytes, record: Values) -> bytes | Unfillable:
    try:
        return fill(source, record, FONT_FILES).data
    except Unfillable as error:
        return error


def pixels(data: bytes) -> list[bytes]:
    return [bytes(each.render(scale=2).to_pil().tobytes()) for each in pypdfium2.PdfDocument(data)]


def problems(error: bytes | Unfillable) -> dict[str, str]:
    assert isinstance(error, Unfillable)
    return {problem.where.file: problem.check for problem in error.problems}


@pytest.mark.parametrize(("form", "values"), [(text_form(list(VALUES)), NAMES), (mixed_form(), MIXED)])
def test_a_copy_has_the_values_and_pixels_of_the_plain_way(form: bytes, values: Values, tmp_path: Path) -> None:
    (copy,) = spliced(form, values)
    plain = fill(form, values, FONT_FILES).data
    assert isinstance(copy, bytes)
    assert read(plain) == read(copy)
    assert pixels(plain) == pixels(copy)
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy)
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert read_form(path).revisions == 1


PIECES = [*"abcTVAWéß ÄfiJ.,-(\\)1 7€", *"Жук", *"محمد", "ክ", "\u00a0", "Ã¼", "ल", "क्ष"]
TEXT = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(st.lists(st.fixed_dictionaries({}, optional={name: TEXT for name in ("a", "a-block", "a-comb")}), max_size=4))
@settings(max_examples=40, deadline=None)
def test_every_record_of_a_chunk_equals_its_plain_fill(records: list[dict[str, str]]) -> None:
    form = text_form(["a"])
    for record, copy in zip(records, spliced(form, *records), strict=True):
        plain = plainly(form, record)
        if isinstance(plain, Unfillable) or isinstance(copy, Unfillable):
            assert problems(plain) == problems(copy)
            continue
        assert read(plain) == read(copy)
        assert pixels(plain) == pixels(copy)


@pytest.mark.parametrize("font", [each.path for each in FONTS], ids=lambda path: path.stem)
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_pairs_of_letters_give_what_harfbuzz_gives(font: Path, data: st.DataObject) -> None:
    tag = data.draw(st.sampled_from([each for each in SCRIPTS if letters(font, each)]))
    text = data.draw(st.text(st.sampled_from(sorted(letters(font, tag))), min_size=1, max_size=20))
    known = script(text, font)
    assert known is not None
    found = [pairs(font, known)[pair] for pair in zip(text, (*text[1:], ""), strict=True)]
    if None in found:
        return
    whole = shape(text, (font,)).clusters
    glyphs = [glyph for cluster in whole for glyph in cluster.glyphs]
    assert [glyph.advance for glyph in glyphs] == [each[1] for each in found if each]
    assert [f"{glyph.number:04X}" for glyph in glyphs] == [each[0][:4] for each in found if each]


def test_most_latin_text_is_drawn_by_pairs_and_ligatures_are_not() -> None:
    font = FONT_FILES[0]
    table = pairs(font, "Latn")
    assert all(table[pair] for pair in zip("Müller-Weiß", "üller-Weiß", strict=False))
    assert None is script("Müller Жук", font)
    assert None is script("محمد", font)
    assert script("Жук 7", font) == "Cyrl"


def test_a_line_by_pairs_is_drawn_byte_for_byte_like_one_by_harfbuzz() -> None:
    for size in (0.0, 10.0):
        for quadding in (None, 1, 2):
            look = TextLook(120, 18, size, quadding=quadding)
            for text in ("Tee AVATAR", "Müller", "x" * 20, "Жук", "(1/2) \\"):
                book, other = ChunkBook(files=FONT_FILES), ChunkBook(files=FONT_FILES)
                drawn = line_maker(Look(look, (0.0,), Frame(), 0), book)(text)
                assert text_content(lay_out(text, look, FONT_FILES), 120, 18, other) == drawn


def test_what_is_wrong_is_said_as_in_the_plain_way_and_stops_no_other_record() -> None:
    wrong = {"x": "y", "wohl": "zz", "kurz": "zu lang", "zahl": "vier", "gesperrt": "a", "knopf": "a", "fest": "𐎀"}
    first, faulty, last = spliced(mixed_form(), {"fest": "a"}, wrong, {"fest": "b"})
    with pytest.raises(Unfillable) as caught:
        fill(mixed_form(), wrong, FONT_FILES)
    assert problems(caught.value) == problems(faulty)
    assert [read(each)["fest"] for each in (first, last) if isinstance(each, bytes)] == ["a", "b"]


def test_the_same_chunk_gives_the_same_bytes() -> None:
    records = [{"a": "Müller", "a-block": "محمد (1)"}, {"a": "(x)"}, {"a-comb": "12"}]
    assert spliced(text_form(["a"]), *records) == spliced(text_form(["a"]), *records)


def test_a_record_has_only_the_fonts_it_needs() -> None:
    copies = spliced(text_form(["a"]), {"a": "Müller"}, {"a": "محمد"}, {"a": ""})
    found = []
    for each in copies:
        assert isinstance(each, bytes)
        with pikepdf.open(io.BytesIO(each)) as pdf:
            shown = pdf.Root.AcroForm.Fields[0].AP.N.Resources
            found.append(list(shown.get("/Font", Dictionary()).keys()))
    assert found == [["/Fk0"], ["/Fk1"], []]


def test_fields_that_are_not_filled_stay_as_they_are() -> None:
    before = fill(mixed_form(), MIXED, FONT_FILES).data
    (copy,) = spliced(before, {"fest": "neu"})
    assert isinstance(copy, bytes)
    assert read(before) | {"fest": "neu"} == read(copy)
    assert pixels(fill(before, {"fest": "neu"}, FONT_FILES).data) == pixels(copy)


def test_a_value_goes_away_again() -> None:
    before = fill(mixed_form(), MIXED, FONT_FILES).data
    (copy,) = spliced(before, dict.fromkeys(MIXED, ()))
    assert isinstance(copy, bytes)
    assert {None, "/Off"} == {read(copy)[path] for path in MIXED if path != "nurseite"}


def test_read_only_copies_have_locked_fields() -> None:
    (copy,) = spliced(one(), {"a": "x"}, options=Options(read_only=True))
    assert isinstance(copy, bytes)
    assert pypdf.PdfReader(io.BytesIO(copy)).get_fields()["a"]["/Ff"] == 1  # type: ignore[index]


def test_an_encrypted_form_is_left_to_the_plain_way() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(one())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user=""))
    with pytest.raises(Unsuitable):
        prepared(target.getvalue(), Options())


@pytest.mark.parametrize("text", ["Ã¼", "Â§ 5", "ï»¿x", "þÿx"])
def test_a_value_that_looks_like_another_encoding_is_read_as_it_was_meant(text: str, tmp_path: Path) -> None:
    (copy,) = spliced(one(), {"a": text})
    assert isinstance(copy, bytes)
    for data in (copy, fill(one(), {"a": text}, FONT_FILES).data):
        path = tmp_path / "a.pdf"
        path.write_bytes(data)
        assert (text,) == read_form(path).fields[0].values


def test_lines_that_codes_cannot_say_have_their_text_beside_them() -> None:
    (copy,) = spliced(one(), {"a": "ों"})
    assert isinstance(copy, bytes)
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert b"/ActualText" in pdf.Root.AcroForm.Fields[0].AP.N.read_bytes()
