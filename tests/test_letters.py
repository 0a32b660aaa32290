"""Letters: text without questions, in every language, with the window of an envelope."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import page
import pypdfium2
import pytest

from formkit import render
from formkit.definition import load_form
from formkit.definition.places import parts, places
from formkit.i18n.languages import language
from formkit.pdf.fields import read_form
from formkit.render.jobs import FILLABLE, PRINT, Job
from projects import ROOT, TODAY, find_project

LETTER = "wohnraum-brief"
POINTS_PER_MM = 72 / 25.4


def printed(folder: Path, tag: str, kind: str = PRINT, authority: str = "musterkreis") -> Path:
    layout = "source" if tag == "de" else "interlinear"
    return render.run(
        find_project(ROOT), Job(LETTER, language(tag), authority, layout, False, 95, kind), folder, TODAY
    ).path


def test_a_letter_asks_nothing_and_has_no_numbers() -> None:
    form = load_form(ROOT / "forms" / f"{LETTER}.yaml")
    assert form.letter
    assert [part.path for part in parts(form) if part.field.asks] == []
    assert {place.number for place in places(form)} == {""}


def test_a_form_with_questions_is_no_letter() -> None:
    assert not load_form(ROOT / "forms" / "wohnraumangebot.yaml").letter


def test_a_letter_says_nothing_of_filling_in_and_has_no_box_for_the_stamp(tmp_path: Path) -> None:
    said = pypdfium2.PdfDocument(printed(tmp_path, "en"))[0].get_textpage().get_text_range()
    assert "Haben Sie eine Wohnung zu vermieten?" in said
    assert "Do you have a flat to rent out?" in said
    assert "Eingangsstempel" not in said
    assert "So füllen Sie aus" not in said


@dataclass(frozen=True)
class Box:
    """Where text stands, in millimetres from the upper left corner of the sheet."""

    left: float
    top: float
    bottom: float


def place_of(path: Path, text: str) -> Box:
    sheet = pypdfium2.PdfDocument(path)[0]
    found = sheet.get_textpage()
    start, count = found.search(text).get_next()
    boxes = [found.get_charbox(number) for number in range(start, start + count)]
    left, top = min(box[0] for box in boxes), max(box[3] for box in boxes)
    bottom = min(box[1] for box in boxes)
    high = sheet.get_height()
    return Box(left / POINTS_PER_MM, (high - top) / POINTS_PER_MM, (high - bottom) / POINTS_PER_MM)


@pytest.mark.parametrize("tag", ["de", "en", "tr"])
def test_the_sender_stands_in_the_window_and_the_text_below_it(tmp_path: Path, tag: str) -> None:
    """DIN 5008, form B: the window lies 20 to 105 mm from the left and 45 to 90 mm from the top."""
    path = printed(tmp_path, tag)
    sender = place_of(path, "Landratsamt Musterkreis · Musterstraße 1")
    assert (20 <= sender.left <= 27, sender.top >= 45, sender.bottom <= 63) == (True, True, True)
    title = place_of(path, "Haben Sie eine Wohnung zu vermieten?")
    assert title.top > 90


def test_nothing_is_printed_where_the_office_writes_whom_the_letter_is_for(tmp_path: Path) -> None:
    sheet = pypdfium2.PdfDocument(printed(tmp_path, "en"))[0]
    high = sheet.get_height()
    window = [20 * POINTS_PER_MM, high - 90 * POINTS_PER_MM, 105 * POINTS_PER_MM, high - 63 * POINTS_PER_MM]
    assert sheet.get_textpage().get_text_bounded(*window).strip() == ""


@pytest.mark.parametrize("kind", [PRINT, FILLABLE])
def test_a_letter_conforms_whatever_it_is_printed_for(tmp_path: Path, kind: str) -> None:
    path = printed(tmp_path, "tr", kind)
    for profile in ("ua1", "pdfa-3a"):
        report = page.validate_pdf_bytes(io.BytesIO(path.read_bytes()).getvalue(), profile=profile)
        assert [failure.rule_id for failure in report.failures] == []
    assert read_form(path).fields == ()
