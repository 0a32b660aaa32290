"""Widths: what HarfBuzz measures is what WeasyPrint lays out, and the room of each text is found once."""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from formkit.checks.layout import _words, layout, max_size
from formkit.checks.values import Finding, String
from formkit.errors import MissingGlyph
from formkit.fonts import FONTS
from formkit.i18n.catalog import Entry
from formkit.i18n.languages import GERMAN, LANGUAGES
from formkit.pdf.shaping import width
from formkit.problems import Severity
from formkit.project import find_project
from formkit.render.html import FOLDER, STYLE
from formkit.render.measure import SCALE, Size, hyphenated, measure

PLANTED = Path(__file__).parent / "checks"
TODAY = datetime.date(2026, 11, 24)
PATHS = {font.family: font.path for font in FONTS}
LATIN, ARABIC = PATHS["fk-latin"], PATHS["fk-arabic"]
NARROW = Size(60.0, 9.5, 10.0, bold=False, breaks=False, hyphens=False)


def test_a_text_is_as_wide_as_its_glyphs_and_grows_with_the_letters() -> None:
    assert width("", (LATIN,), 10) == 0
    assert width("Anna", (LATIN,), 20) == pytest.approx(2 * width("Anna", (LATIN,), 10))
    # Joined letters are narrower than the same letters apart.
    assert width("بيت", (ARABIC, LATIN), 10) < sum(width(letter, (ARABIC, LATIN), 10) for letter in "بيت")


def test_each_part_of_a_text_is_measured_in_the_first_font_that_draws_it() -> None:
    mixed = width("رقم IBAN", (ARABIC, LATIN), 10)
    apart = width("رقم ", (ARABIC,), 10) + width("IBAN", (ARABIC, LATIN), 10)
    assert mixed == pytest.approx(apart)
    assert width("ж", (ARABIC, LATIN), 10) == width("ж", (LATIN,), 10)


def test_marks_stay_with_their_letter() -> None:
    assert width("o\u0308", (LATIN,), 10) == pytest.approx(width("ö", (LATIN,), 10))


def test_a_file_that_is_no_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingGlyph, match=r"none\.ttf: the font cannot be read"):
        width("a", (tmp_path / "none.ttf",), 10)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("build")


def test_the_room_of_a_text_is_its_place_on_paper(output: Path) -> None:
    room = measure(replace(find_project(PLANTED), output=output), "narrow", TODAY)
    (heading,) = room["form", "", "Ihre Fahrten"]
    # A4 without margins, and without the column in which the numbers stand (2.55 rem).
    assert heading.width == pytest.approx((210 - 22 - 12) / 25.4 * 72 - 25.5, abs=0.1)
    (column,) = room["form", "", "Ziel"]
    (box,) = room["form", "", "PLZ"]
    assert column.width < box.width < heading.width
    assert (column.hyphens, column.breaks, box.hyphens, box.breaks) == (True, False, True, True)
    assert heading.around == 12.0
    assert ("formkit", "", "Nr.") in room


def test_a_letter_is_as_large_as_the_style_sheet_says() -> None:
    css = (FOLDER / STYLE).read_text(encoding="utf-8")
    sizes = {}
    for selectors, ems in re.findall(r"^((?:\.t:lang\(\w+\)(?:, )?)+) \{ font-size: ([\d.]+)em", css, re.MULTILINE):
        sizes |= {tag: float(ems) for tag in re.findall(r":lang\((\w+)\)", selectors)}
    scaled = {tag: SCALE[each.script] for tag, each in LANGUAGES.items() if each.script in SCALE}
    assert sizes == scaled
    assert re.search(r"^\.t \{ font-size: \.95em \}", css, re.MULTILINE)
    assert Size(100, 9.5, 10.0, False, False, False).size(LANGUAGES["ar"]) == 10.5
    assert Size(100, 9.5, 10.0, False, False, False).size(LANGUAGES["uk"]) == 9.5


def test_the_form_is_laid_out_once_and_again_when_an_input_changes(output: Path) -> None:
    project = replace(find_project(PLANTED), output=output)
    room = measure(project, "narrow", TODAY)
    kept = output / "sizes" / "narrow.json"
    told = kept.read_text(encoding="utf-8").replace('"width": ', '"width": 1')
    kept.write_text(told, encoding="utf-8")
    read = measure(project, "narrow", TODAY)
    assert read != room
    kept.write_text(json.dumps(json.loads(told) | {"inputs": "of another form"}), encoding="utf-8")
    assert measure(project, "narrow", TODAY) == room
    assert kept.read_text(encoding="utf-8") != told


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"inputs": 1}', '{"inputs": "INPUTS", "texts": [{}]}'])
def test_a_damaged_file_of_sizes_is_made_again(damaged: str, output: Path) -> None:
    project = replace(find_project(PLANTED), output=output)
    room = measure(project, "narrow", TODAY)
    kept = output / "sizes" / "narrow.json"
    inputs = json.loads(kept.read_bytes())["inputs"]
    kept.write_text(damaged.replace("INPUTS", inputs), encoding="utf-8")
    assert measure(project, "narrow", TODAY) == room


def test_bold_letters_are_measured_in_the_bold_font() -> None:
    bold = replace(NARROW, bold=True)
    assert bold.fonts(LANGUAGES["ar"]) == (PATHS["fk-arabic-bold"], PATHS["fk-latin-bold"])
    assert NARROW.fonts(GERMAN) == (LATIN,)


def placed(german: str, text: str, tag: str, *sizes: Size, **values: str) -> String:
    return String(Entry("", german, text), LANGUAGES[tag], "x.po", sizes=sizes, values=values)


def severities(found: object) -> list[Severity | None]:
    return [each.severity for each in found if isinstance(each, Finding)]  # type: ignore[attr-defined]


LONG = "Donaudampfschifffahrt"


def test_a_word_that_runs_over_the_edge_is_an_error_and_one_that_is_broken_a_warning() -> None:
    assert severities(layout(placed("Schiff", LONG, "tr", NARROW))) == [Severity.ERROR]
    assert severities(layout(placed("Schiff", LONG, "tr", replace(NARROW, breaks=True)))) == [Severity.WARNING]
    hyphens = replace(NARROW, hyphens=True)
    assert (hyphenated(LANGUAGES["uk"]), hyphenated(LANGUAGES["tr"])) == (True, False)
    assert severities(layout(placed("Schiff", LONG, "tr", hyphens))) == [Severity.ERROR]
    assert severities(layout(placed("Schiff", LONG, "en", hyphens))) == [Severity.WARNING]


def test_the_worst_of_several_places_counts() -> None:
    both = (replace(NARROW, breaks=True), replace(NARROW, width=50.0), replace(NARROW, width=500.0))
    assert severities(layout(placed("Schiff", LONG, "tr", *both))) == [Severity.ERROR]


def test_a_line_may_end_behind_a_hyphen_or_a_slash() -> None:
    assert severities(layout(placed("Schiff", "Donau-Dampf-Schiff/Fahrt", "tr", NARROW))) == []


def test_a_parameter_is_as_wide_as_its_value() -> None:
    assert severities(layout(placed("{n}", "{n}", "tr", NARROW, n="3"))) == []
    assert severities(layout(placed("{n}", "{n}", "tr", NARROW, n=LONG))) == [Severity.ERROR]


def test_two_more_lines_than_the_german_are_room_enough_and_three_are_not() -> None:
    line = "neun Wort"
    german = line
    assert width(line, (LATIN,), 9.5) < NARROW.width < width(f"{line} {line}", (LATIN,), 9.5)
    assert list(max_size(placed(german, " ".join([line] * 3), "en", NARROW))) == []
    found = list(max_size(placed(german, " ".join([line] * 4), "en", NARROW)))
    assert [each.text for each in found] == ["the text needs 4 lines in a place 60 pt wide, the German 1; shorten it"]


def test_a_text_that_was_not_measured_is_not_judged() -> None:
    assert list(layout(placed("Schiff", LONG, "tr"))) == []
    assert list(max_size(placed("Schiff", LONG * 9, "tr"))) == []


def test_chinese_breaks_anywhere_and_blanks_alone_are_no_word() -> None:
    assert _words("IBAN 号码 (BIC)") == ["IBAN", "号", "码", "(BIC)"]
    assert list(layout(placed("Schiff", " " * 100, "tr", NARROW))) == []
