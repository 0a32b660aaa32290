"""Shaped text: every character is drawn by some font, says itself, and stands where reading order wants it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.errors import MissingGlyph
from formkit.pdf.faces import face
from formkit.pdf.graphemes import graphemes
from formkit.pdf.lines import whole_line, wrapped
from formkit.pdf.plans import visible
from formkit.pdf.shaping import is_seen, shape, shape_alone, width
from made_forms import FONT_FILES, VALUES

LATIN, ARABIC, ETHIOPIC, DEVANAGARI = FONT_FILES


def drawable(part: str) -> bool:
    """Tell whether one font has a whole grapheme: a mark over a letter of another font is an error."""
    return any({ord(each) for each in part if is_seen(each)} <= face(font).characters for font in FONT_FILES)


# What ends a line never comes here: the layout has parted the text at it.
_ENDS = ("Cc", "Zl", "Zp")
COVERED = sorted(
    chr(point)
    for font in FONT_FILES
    for point in face(font).characters
    if unicodedata.category(chr(point)) not in _ENDS
)
TEXTS = st.text(st.sampled_from(COVERED), max_size=25).filter(lambda text: all(map(drawable, graphemes(text))))


def codes(text: str) -> str:
    """Return what the glyphs of a line say, from left to right."""
    return "".join(glyph.text for each in whole_line(shape(text, FONT_FILES)).clusters for glyph in each.glyphs)


@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_every_name_is_drawn_and_says_its_letters(text: str) -> None:
    assert visible(text) == visible(codes(text))


@given(TEXTS)
def test_any_text_of_covered_characters_says_itself(text: str) -> None:
    assert visible(text) == visible(codes(text))
    in_order = "".join(each.text for each in shape(text, FONT_FILES).clusters)
    assert [each for each in text if is_seen(each)] == [each for each in in_order if is_seen(each)]


@given(st.text(alphabet="abfiflÄöß .,-1ЖдΩ", max_size=20))
def test_left_to_right_text_is_said_in_its_own_order(text: str) -> None:
    assert text.rstrip() == codes(text)


@given(TEXTS)
def test_the_width_of_a_line_is_the_sum_of_its_glyphs(text: str) -> None:
    exact = sum(glyph.advance for each in shape(text, FONT_FILES).clusters for glyph in each.glyphs)
    assert exact / 1000 * 10 == pytest.approx(width(text, FONT_FILES, 10), abs=0.01)


def test_a_character_without_a_font_is_named_by_place_and_code_point_alone() -> None:
    with pytest.raises(MissingGlyph, match=r"no font draws character 8 \(U\+4E2D CJK UNIFIED") as caught:
        shape("Geheim 中", FONT_FILES)
    assert "Geheim" not in caught.value.message


def test_latin_words_inside_arabic_keep_their_direction_and_brackets_say_what_is_drawn() -> None:
    assert codes("محمد (Ali) [3]") == "[3] (Ali) دمحم"
    assert codes("(محمد)") == "(دمحم)"


def test_a_ligature_says_all_its_letters() -> None:
    (cluster,) = shape("لا", FONT_FILES).clusters
    assert "".join(glyph.text for glyph in cluster.glyphs) == "لا"
    assert codes("fi") == "fi"


def test_marks_stay_with_their_letter_and_their_font() -> None:
    for text in ("q\u0303", "مُ", "क्षि"):
        assert {each.font for each in shape(text, FONT_FILES).clusters} <= {LATIN, ARABIC, DEVANAGARI}
        assert len({each.font for each in shape(text, FONT_FILES).clusters}) == 1


def test_a_non_joiner_parts_letters_and_is_said() -> None:
    joined, parted = (
        [glyph.number for each in shape(text, FONT_FILES).clusters for glyph in each.glyphs]
        for text in ("می\u200cخ", "میخ")
    )
    assert joined != parted
    assert "\u200c" in codes("می\u200cخواهم")


def test_a_letter_in_a_cell_stands_alone_and_brackets_there_are_mirrored() -> None:
    (alone,) = shape_alone("م", FONT_FILES, 1).clusters
    assert alone.glyphs[0].number != shape("محمد", FONT_FILES).clusters[0].glyphs[0].number
    (turned,) = shape_alone("(", FONT_FILES, 1).clusters
    assert face(LATIN).font.get_nominal_glyph(ord(")")) == turned.glyphs[0].number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("ab", ["a", "b"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("क्षि", ["क्षि"]),
        ("नेपाली", ["ने", "पा", "ली"]),
        ("مُحَ", ["مُ", "حَ"]),
        ("\r\na", ["\r\n", "a"]),
        ("🇩🇪🇺🇦", ["🇩🇪", "🇺🇦"]),
        ("👩\u200d👩\u200d👧a", ["👩\u200d👩\u200d👧", "a"]),
        ("각한", ["각", "한"]),
        ("\u1112\u1161\u11ab", ["\u1112\u1161\u11ab"]),
        ("می\u200cخ", ["م", "ی\u200c", "خ"]),
    ],
)
def test_graphemes_are_what_a_person_takes_for_one_character(text: str, expected: list[str]) -> None:
    assert expected == list(graphemes(text))


@given(st.text(max_size=30))
def test_graphemes_are_a_text_in_parts(text: str) -> None:
    assert text == "".join(graphemes(text))
    assert all(graphemes(text))


@given(TEXTS, st.integers(2_000, 20_000))
def test_wrapped_lines_hold_the_whole_text_and_none_is_too_wide(text: str, limit: int) -> None:
    lines = wrapped(text, FONT_FILES, limit, anywhere=True)
    assert lines is not None
    assert all(line.width <= limit + 0.001 for line in lines)
    assert visible(text) == visible("".join(each.text for line in lines for each in line.clusters))


def test_lines_end_at_blanks_and_hyphens_and_never_at_unbroken_blanks() -> None:
    lines = wrapped("Anna-Maria geht 10\u00a0km", FONT_FILES, 6_500)
    assert lines is not None
    shown = ["".join(each.text for each in line.clusters) for line in lines]
    assert shown == ["Anna-Maria", "geht 10\u00a0km"]


def test_a_word_wider_than_the_line_is_only_broken_on_demand() -> None:
    assert wrapped("Donaudampfschiff", FONT_FILES, 3_000) is None
    lines = wrapped("Donaudampfschiff", FONT_FILES, 3_000, anywhere=True)
    assert lines is not None
    assert len(lines) > 2


def test_a_font_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingGlyph, match="the font cannot be read"):
        shape("a", (tmp_path / "absent.ttf",))
