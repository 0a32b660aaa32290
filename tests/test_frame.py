"""Frames around values: borders of every style, the cells of combs, the cross of a ticked box."""

from __future__ import annotations

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from formkit.pdf.appearance import default_style
from formkit.pdf.frame import BorderStyle, Frame, cross, draw_frame, number


def drawn(content: bytes, width: float = 60, height: float = 20) -> Image.Image:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(width, height))
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    target = io.BytesIO()
    pdf.save(target)
    picture = pypdfium2.PdfDocument(target.getvalue())[0].render(scale=4).to_pil()
    return picture.convert("RGB")


def at(picture: Image.Image, x: float, y: float) -> tuple[int, ...]:
    """Return the colour at a place in points from the lower left corner."""
    found = picture.getpixel((int(x * 4), int(picture.height - 1 - y * 4)))
    assert isinstance(found, tuple)
    return found


def test_a_frame_has_its_background_and_border_in_its_colours() -> None:
    picture = drawn(draw_frame(60, 20, Frame((1.0, 1.0, 0.0), (1.0, 0.0, 0.0), 2.0)))
    assert (at(picture, 1, 10), at(picture, 30, 10)) == ((255, 0, 0), (255, 255, 0))


@pytest.mark.parametrize("style", BorderStyle)
def test_every_style_of_border_draws_its_lower_edge_and_leaves_the_middle_free(style: BorderStyle) -> None:
    picture = drawn(draw_frame(60, 20, Frame((), (0.0,), 2.0, style, (3.0,))))
    assert at(picture, 1, 1) == (0, 0, 0)
    assert at(picture, 30, 10) == (255, 255, 255)
    assert ((255, 255, 255) if style is BorderStyle.UNDERLINED else (0, 0, 0)) == at(picture, 1, 19)


def test_the_edges_of_raised_and_sunken_boxes_are_shaded_the_other_way_round() -> None:
    raised, sunken = (
        at(drawn(draw_frame(60, 20, Frame((0.9,), (0.0,), 2.0, style))), 30, 17)
        for style in (BorderStyle.BEVELLED, BorderStyle.INSET)
    )
    assert (raised, pytest.approx(sunken, abs=2)) == ((255, 255, 255), (128, 128, 128))


def test_the_cells_of_a_comb_are_parted() -> None:
    picture = drawn(draw_frame(60, 20, Frame((), (0.0,), 1.0, cells=3)))
    dark = [x for x in range(2, 58) if at(picture, x + 0.1, 10) != (255, 255, 255)]
    assert {20, 40} <= set(dark) <= {19, 20, 39, 40}


def test_no_frame_draws_nothing() -> None:
    assert draw_frame(60, 20, Frame()) == b""


def test_a_cross_stands_in_the_middle_of_its_box_and_touches_no_edge() -> None:
    picture = drawn(cross(60, 20))
    assert at(picture, 30, 10) == (0, 0, 0)
    assert (0, 0, 0) == at(picture, 34, 14) == at(picture, 26, 6) == at(picture, 34, 6)
    assert {(255, 255, 255)} == {at(picture, x, 10) for x in (1, 20, 40, 59)}
    assert {(255, 255, 255)} == {at(picture, 30, y) for y in (1, 19)}


@given(st.floats(-1e6, 1e6))
def test_numbers_have_no_exponent_and_are_exact_to_a_thousandth(value: float) -> None:
    written = number(value)
    assert "e" not in written
    assert float(written) == pytest.approx(value, abs=0.0006)


@pytest.mark.parametrize(
    ("appearance", "expected"),
    [
        (b"/Helv 12 Tf 0 g", (12.0, (0.0,))),
        (b"0 0 1 rg /F1 0 Tf", (0.0, (0.0, 0.0, 1.0))),
        (b"/Ti#20Ro 9.5 Tf 0 .2 .3 .4 k", (9.5, (0.0, 0.2, 0.3, 0.4))),
        (b"", (0.0, (0.0,))),
        (b"BT /F -8 Tf ET", (8.0, (0.0,))),
    ],
)
def test_size_and_colour_are_read_from_the_default_appearance(
    appearance: bytes, expected: tuple[float, tuple[float, ...]]
) -> None:
    assert expected == default_style(appearance)
