"""Texts in their boxes: sizes, sides, lines and cells; what does not fit is an error, never cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from formkit.errors import DoesNotFit, MissingGlyph
from formkit.pdf.faces import face
from formkit.pdf.layout import Laid, TextLook, fitting_size, lay_out
from formkit.pdf.plans import visible
from made_forms import FONT_FILES, VALUES

LINE = TextLook(150, 18)
BLOCK = TextLook(150, 60, multiline=True)
COMB = TextLook(260, 18, comb=20)
LETTERS = st.text(alphabet="abc ÄÖx-gجحم٣Ж12ስन", max_size=60)


def black(laid: Laid) -> tuple[float, float, float, float]:
    """Return the rectangle around the glyphs: advances from left to right, ink from bottom to top."""
    tops, bottoms, lefts, rights = [0.0], [1e9], [1e9], [0.0]
    for each in laid.lines:
        scale = laid.size / 1000
        lefts.append(each.x)
        rights.append(each.x + each.line.width * scale)
        for cluster in each.line.clusters:
            for glyph in cluster.glyphs:
                low, high = face(cluster.font).ink(glyph.number)
                bottoms.append(each.y + (low + glyph.up) * scale)
                tops.append(each.y + (high + glyph.up) * scale)
    return min(lefts), min(bottoms), max(rights), max(tops)


@given(LETTERS, st.sampled_from([LINE, BLOCK, COMB]), st.sampled_from([0.0, 8.0, 12.0, 20.0]))
def test_nothing_leaves_its_box_and_nothing_is_lost(text: str, look: TextLook, size: float) -> None:
    look = replace(look, size=size)
    try:
        laid = lay_out(text, look, FONT_FILES)
    except DoesNotFit:
        assume(False)
    left, bottom, right, top = black(laid)
    assert left >= -0.02
    assert bottom >= -0.02
    assert right <= look.width + 0.02
    assert top <= look.height + 0.02
    assert visible(text) == visible("".join(c.text for each in laid.lines for c in each.line.clusters))
    assert laid.size >= look.smallest


@pytest.mark.parametrize("look", [LINE, BLOCK, COMB], ids=["line", "block", "comb"])
@pytest.mark.parametrize("text", VALUES.values(), ids=VALUES)
def test_every_script_fits_each_kind_of_box(text: str, look: TextLook) -> None:
    look = replace(look, comb=22, width=290) if look.comb else look
    assert 6 <= lay_out(text, look, FONT_FILES).size <= 12


def test_short_text_has_12_points_and_longer_text_less() -> None:
    assert fitting_size("Müller", LINE, FONT_FILES) == 12
    smaller = fitting_size("Müller-Lüdenscheidt, Anna Maria", LINE, FONT_FILES)
    assert smaller is not None
    assert 6 < smaller < 12
    assert fitting_size("Müller " * 20, LINE, FONT_FILES) is None


def test_a_block_shrinks_by_half_points_down_to_6() -> None:
    sizes = [fitting_size("Ein Wort und noch eines. " * count, BLOCK, FONT_FILES) for count in range(1, 16)]
    found = [size for size in sizes if size is not None]
    assert found == sorted(found, reverse=True)
    assert all((size * 2).is_integer() and 6 <= size <= 12 for size in found)
    assert sizes[-1] is None


def test_foreign_forms_may_be_smaller() -> None:
    text = "Müller " * 8
    assert fitting_size(text, LINE, FONT_FILES) is None
    assert fitting_size(text, replace(LINE, smallest=4), FONT_FILES) is not None


def test_a_size_that_is_asked_for_is_kept_and_only_shrinks_where_the_text_is_too_wide() -> None:
    assert fitting_size("Müller", replace(LINE, size=9), FONT_FILES) == 9
    assert fitting_size("Müller", replace(LINE, size=5), FONT_FILES) == 5
    shrunk = fitting_size("Müller-Lüdenscheidt, Anna Maria", replace(LINE, size=12), FONT_FILES)
    assert shrunk is not None
    assert (shrunk * 2).is_integer()


def test_what_does_not_fit_is_an_error_without_the_text() -> None:
    with pytest.raises(DoesNotFit, match="does not fit its box of 150 × 18 pt even at 6 pt") as caught:
        lay_out("Geheim " * 20, LINE, FONT_FILES)
    assert "Geheim" not in caught.value.message


def test_a_letter_without_a_font_is_an_error_in_every_kind_of_box() -> None:
    for look in (LINE, BLOCK, COMB):
        with pytest.raises(MissingGlyph):
            lay_out("中", look, FONT_FILES)


@pytest.mark.parametrize(
    ("text", "quadding", "expected"),
    [
        ("abc", None, "left"),
        ("محمد", None, "right"),
        ("abc", 2, "right"),
        ("محمد", 0, "left"),
        ("abc", 1, "middle"),
    ],
)
@pytest.mark.parametrize("look", [LINE, BLOCK], ids=["line", "block"])
def test_text_stands_at_the_side_of_its_direction_unless_the_form_says_otherwise(
    look: TextLook, text: str, quadding: int | None, expected: str
) -> None:
    left, _, right, _ = black(lay_out(text, replace(look, quadding=quadding), FONT_FILES))
    gaps = (left, look.width - right)
    found = "middle" if gaps[0] == pytest.approx(gaps[1], abs=0.1) else "left" if gaps[0] < gaps[1] else "right"
    assert expected == found


def test_line_ends_begin_lines_in_blocks_and_are_blanks_elsewhere() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert len(lay_out(f"a{end}{end}b", BLOCK, FONT_FILES).lines) == 3
        assert len(lay_out(f"a{end}b", LINE, FONT_FILES).lines) == 1


def test_each_cell_holds_one_grapheme_in_its_middle() -> None:
    laid = lay_out("e\u0301W1", COMB, FONT_FILES)
    middles = [each.x + each.line.width * laid.size / 2000 for each in laid.lines]
    assert pytest.approx(middles) == [6.5, 19.5, 32.5]


def test_cells_are_filled_from_the_right_for_text_that_runs_from_there() -> None:
    laid = lay_out("محمد 17", COMB, FONT_FILES)
    shown = {
        round((each.x + each.line.width * laid.size / 2000) / 13 - 0.5): each.line.clusters[0].text
        for each in laid.lines
    }
    assert {cell: text for cell, text in shown.items() if text.strip()} == {
        19: "م",
        18: "ح",
        17: "م",
        16: "د",
        13: "1",
        14: "7",
    }


def test_more_characters_than_cells_do_not_fit() -> None:
    with pytest.raises(DoesNotFit, match="the text has 21 characters for 20 cells"):
        lay_out("x" * 21, COMB, FONT_FILES)


def test_ligatures_do_not_join_cells() -> None:
    assert len(lay_out("ffi", COMB, FONT_FILES).lines) == 3


def test_an_empty_text_is_laid_out_as_nothing() -> None:
    for look in (LINE, BLOCK, COMB):
        assert not any(each.line.clusters for each in lay_out("", look, FONT_FILES).lines)
