"""Combs: how many cells, where the groups end, what is faint."""

from __future__ import annotations

import re
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.definition import load_form
from formkit.definition.places import parts
from formkit.render.comb import CELL_MM, HEIGHT_MM, REM_PER_MM, Comb, comb, css
from formkit.widgets import TextBox
from projects import SAMPLES

SVG = "{http://www.w3.org/2000/svg}"
DATE = Comb((2, 2, 4), "TTMMJJJJ")
COMBS = st.builds(Comb, st.lists(st.integers(1, 12), min_size=1, max_size=9).map(tuple))


def pictures(look: Comb) -> list[ElementTree.Element]:
    """Return the pictures that a comb's rules draw: on paper, and where it can be filled in."""
    found = re.findall(r'url\("data:image/svg\+xml,([^"]*)"\)', css(look))
    return [ElementTree.fromstring(unquote(data)) for data in found]


def picture(look: Comb) -> ElementTree.Element:
    """Return the picture of a comb on paper."""
    return pictures(look)[0]


def strokes(look: Comb) -> list[str]:
    return [path.get("d", "") for path in picture(look).iter(f"{SVG}path")]


def ticks(look: Comb) -> dict[float, float]:
    """Return where each tick stands, and where it begins: 0 is the upper edge."""
    found = (match for path in strokes(look) for match in re.findall(rf"M([\d.]+) ([\d.]+)V{HEIGHT_MM:g}", path))
    return {float(place): float(top) for place, top in found}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("person.geburt", Comb((2, 2, 4), "TTMMJJJJ")),
        ("person.seit", Comb((2, 4), "MMJJJJ")),
        ("person.plz", Comb((5,))),
        ("person.nummer", Comb((6,))),
        ("wahl.konto", Comb((4, 4, 4, 4, 4, 4, 4, 4, 2), marked=22)),
        ("wahl.bic", Comb((4, 2, 2, 3))),
    ],
)
def test_dates_numbers_and_accounts_have_a_cell_for_each_character(path: str, expected: Comb) -> None:
    (box,) = next(part.field.widgets(path) for part in parts(load_form(SAMPLES / "alles.yaml")) if part.path == path)
    assert isinstance(box, TextBox)
    assert comb(box) == expected


@given(COMBS)
def test_a_comb_is_as_wide_as_its_equal_cells(look: Comb) -> None:
    assert picture(look).get("viewBox") == f"0 0 {look.cells * CELL_MM:g} {HEIGHT_MM:g}"
    assert f"width: {look.cells * CELL_MM * REM_PER_MM:.3f}rem; max-width: 100%" in css(look)
    assert sorted(ticks(look)) == [cell * CELL_MM for cell in range(1, look.cells)]


@given(COMBS)
def test_only_the_end_of_a_group_is_ticked_in_full_height(look: Comb) -> None:
    ends = [sum(look.groups[: count + 1]) * CELL_MM for count in range(len(look.groups) - 1)]
    assert [place for place, top in sorted(ticks(look).items()) if top == 0] == ends


def test_each_cell_of_a_date_shows_its_letter_faintly() -> None:
    frame, letters = picture(DATE).iter(f"{SVG}path")
    assert frame.get("stroke") is None
    assert letters.get("stroke") == "#8c8c8c"
    starts = [float(place) for place in re.findall(r"M([\d.]+) ", letters.get("d", ""))]
    assert starts == [cell * CELL_MM + CELL_MM / 2 for cell in range(8)]


def test_where_digits_are_typed_the_letters_are_small_and_stand_in_the_corner() -> None:
    paper, screen = pictures(DATE)
    frame, *letters = screen.iter(f"{SVG}path")
    assert frame.get("d") == next(paper.iter(f"{SVG}path")).get("d")
    places = [re.findall(r"translate\(([\d.]+) ([\d.]+)\) scale\(.5\)", each.get("transform", "")) for each in letters]
    assert places == [[(f"{cell * CELL_MM + 0.75:g}", "0.95")] for cell in range(8)]
    assert len(pictures(Comb((5,)))) == 1


def test_the_cells_of_a_foreign_account_are_dashed_behind_those_of_a_german_one() -> None:
    german, foreign = picture(Comb((4,) * 8 + (2,), marked=22)).iter(f"{SVG}path")
    assert (german.get("stroke"), german.get("stroke-dasharray")) == (None, None)
    assert foreign.get("stroke-dasharray") == ".6 .6"
    assert "H109.9V" in german.get("d", "")
    assert foreign.get("d", "").startswith("M110 .1H169.9V")


def test_combs_of_one_look_share_a_name_and_others_do_not() -> None:
    assert DATE.name == "comb-2-2-4-ttmmjjjj"
    assert Comb((2, 2, 4)).name == "comb-2-2-4"


@given(COMBS)
def test_a_picture_cannot_leave_its_address(look: Comb) -> None:
    (data,) = re.findall(r'url\("([^"]*)"\)', css(look))
    assert re.fullmatch(r"data:image/svg\+xml,[A-Za-z0-9%./_~-]+", data)


@pytest.mark.parametrize("look", [DATE, Comb((4,) * 8 + (2,), marked=22), Comb((5,))])
def test_all_strokes_stay_inside_the_picture(look: Comb) -> None:
    for path in strokes(look):
        for x, y in re.findall(r"M([\d.]+) ([\d.]+)", path):
            assert 0 <= float(x) <= look.cells * CELL_MM
            assert 0 <= float(y) <= HEIGHT_MM
