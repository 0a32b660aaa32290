"""Levels and order of text of both directions, as Unicode's Annex 9 has them."""

from __future__ import annotations

import ctypes
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.errors import FormkitError
from formkit.pdf import bidi
from formkit.pdf.bidi import is_rtl, levels, visual_order

# Text with one stand-in for each class: L, R, AL, EN, AN, ES, CS, NSM, WS, ON, brackets and isolates.
CASES = [
    ("a", "0"),
    ("א", "1"),
    ("ا", "1"),
    ("1", "0"),
    ("٣", "2"),
    ("a א", "001"),
    ("א a", "112"),
    ("א 1", "112"),
    ("ا 1", "112"),
    ("ا ٣", "112"),
    ("א 1-2", "11222"),
    ("ا 1-2", "11212"),
    ("ا 1,2", "11222"),
    ("a א!", "0010"),
    ("א a!", "1121"),
    ("א (a) ב", "1112111"),
    ("a (א) b", "0001000"),
    ("a (א b)", "0001000"),
    ("א (ב a)", "1111121"),
    ("a\u0301 א\u05b0", "00011"),
    ("a \u2067א 1\u2069 b", "000112000"),
    ("\u2068א b\u2069 a", "0112000"),
    ("a \u202eb\u202c c", "0011000"),
    ("محمد 17 Haus", "111112212222"),
]
LETTERS = st.text(alphabet="ab אבابت 12٣٤-,.()!\u0301\u05b0\u2066\u2067\u2068\u2069\u200e\u200f", max_size=30)


def shown(text: str) -> str:
    """Put a text into the order in which it is drawn."""
    return "".join(text[place] for place in visual_order(levels(text)))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_levels_are_those_of_annex_9(text: str, expected: str) -> None:
    found = levels(text)
    # Controls that are removed (rule X9) may keep any level.
    removed = {place for place, each in enumerate(text) if each in "\u202e\u202c"}
    assert [int(each) for place, each in enumerate(expected) if place not in removed] == [
        level for place, level in enumerate(found) if place not in removed
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("abc", False), ("", False), ("123", False), ("٣", False), ("12 א", True), ("a א", False), ("محمد a", True)],
)
def test_the_first_strong_character_decides_the_direction(text: str, expected: bool) -> None:
    assert expected == is_rtl(text)


@pytest.mark.parametrize(
    ("given_levels", "expected"),
    [
        ([0, 0, 0], [0, 1, 2]),
        ([1, 1, 1], [2, 1, 0]),
        ([0, 1, 1, 0], [0, 2, 1, 3]),
        ([1, 2, 2, 1], [3, 1, 2, 0]),
        ([1, 1, 2, 2, 3, 3, 2], [2, 3, 5, 4, 6, 1, 0]),
        ([2, 2, 1], [2, 0, 1]),
        ([], []),
    ],
)
def test_runs_are_turned_from_the_highest_level_down(given_levels: list[int], expected: list[int]) -> None:
    assert expected == visual_order(given_levels)


def test_a_house_number_stays_readable_in_an_arabic_line() -> None:
    assert shown("محمد 17") == "17 دمحم"
    assert shown("محمد Haus 17") == "Haus 17 دمحم"


@given(st.lists(st.integers(0, 6), max_size=40))
def test_the_order_is_a_permutation(given_levels: list[int]) -> None:
    assert list(range(len(given_levels))) == sorted(visual_order(given_levels))


@given(st.lists(st.integers(0, 6), max_size=40))
def test_runs_at_even_levels_keep_their_order_and_runs_at_odd_ones_are_turned(given_levels: list[int]) -> None:
    place = {part: index for index, part in enumerate(visual_order(given_levels))}
    for part, (level, following) in enumerate(itertools.pairwise(given_levels)):
        if level == following:
            assert (-1 if level & 1 else 1) == place[part + 1] - place[part]


@given(LETTERS)
def test_every_character_has_a_level_and_is_drawn_once(text: str) -> None:
    assert len(text) == len(levels(text))
    assert sorted(text) == sorted(shown(text))


@given(st.text(alphabet="abcäöЖд 12-,.()!", max_size=30))
def test_text_that_runs_from_left_to_right_stays_as_it_is(text: str) -> None:
    assert text == shown(text)
    assert not any(levels(text))


@given(st.text(alphabet="abcЖ1 .(-", max_size=20))
def test_the_short_way_and_the_library_agree(text: str) -> None:
    assert levels(text) == levels(text + "a א")[: len(text)]


@given(LETTERS)
def test_the_library_is_not_needed_where_nothing_runs_from_right_to_left(text: str) -> None:
    if not bidi._RIGHT_TO_LEFT.search(text):
        assert bytes(len(text)) == levels(text)


def test_a_machine_without_the_library_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> ctypes.CDLL:
        raise OSError(name)

    bidi._library.cache_clear()
    bidi._levels.cache_clear()
    monkeypatch.setattr(ctypes, "CDLL", absent)
    with pytest.raises(FormkitError, match="libfribidi") as caught:
        levels("א")
    assert caught.value.advice == "Install the Debian package libfribidi0."
    assert bytes(3) == levels("abc")
    bidi._library.cache_clear()
