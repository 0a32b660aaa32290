"""What is filled in looks alike in four engines: every script in a line, a block and cells.

FORMKIT_PICTURES names a folder that keeps the pictures, to be looked at.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from engines.drawing import DRAWERS, missing
from formkit.pdf.fill import Options, fill
from formkit.pdf.looks import box
from formkit.pdf.tree import find_fields
from made_forms import FONT_FILES, VALUES, text_form

DPI = 100
SHAPES = ("", "-block", "-comb")
# Engines smooth the edges of letters in their own ways.
PIXELS = 2
DARK = 110

Extent = tuple[int, int, int, int]


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a form with the value of each script in a line, a block and a comb."""
    values = {f"{name}{shape}": text for name, text in VALUES.items() for shape in SHAPES}
    path = tmp_path_factory.mktemp("drawing") / "sheet.pdf"
    path.write_bytes(fill(text_form(VALUES), values, FONT_FILES, Options(smallest=4)).data)
    return path


@cache
def extents(engine: str, path: Path) -> Mapping[str, Extent | None]:
    """Return for each field the smallest box, in pixels of its own, that holds all its ink."""
    pictures = [_picture(engine, path, page) for page in (1, 2)]
    return {name: _ink(pictures[page], place) for name, page, place in _places(path)}


def _picture(engine: str, path: Path, page: int) -> Image.Image:
    target = path.with_name(f"{engine}-{page}.png")
    DRAWERS[engine](path, target, page, DPI)
    if folder := os.environ.get("FORMKIT_PICTURES"):
        shutil.copy(target, Path(folder) / target.name)
    with Image.open(target) as found:
        return found.convert("L")


def _places(path: Path) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    with pikepdf.open(path) as pdf:
        pages = [page.obj.objgen for page in pdf.pages]
        for name, node in find_fields(pdf).items():
            yield name, pages.index(node.widgets[0].P.objgen), box(node.widgets[0])


def _ink(picture: Image.Image, place: tuple[float, float, float, float]) -> Extent | None:
    scale = DPI / 72
    left, bottom, right, top = (each * scale for each in place)
    # The frame is not looked at.
    inside = picture.crop(
        (int(left) + 3, int(picture.height - top) + 3, int(right) - 2, int(picture.height - bottom) - 2)
    )
    return inside.point(lambda grey: 255 if grey < DARK else 0).getbbox()


@pytest.mark.parametrize("engine", DRAWERS)
@pytest.mark.parametrize("shape", ["", "-block"])
@pytest.mark.parametrize("script", VALUES)
def test_a_text_takes_the_same_place_in_every_engine(engine: str, shape: str, script: str, sheet: Path) -> None:
    if reason := missing(engine):
        pytest.skip(reason)
    expected, found = extents("pdfium", sheet)[f"{script}{shape}"], extents(engine, sheet)[f"{script}{shape}"]
    assert expected is not None
    assert found is not None
    assert max(abs(one - other) for one, other in zip(expected, found, strict=True)) <= PIXELS
