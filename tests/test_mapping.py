"""Mappings: an authority's own PDFs, filled in from the same answers as our forms, and proved before."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from acroforms import samples
from answering import answers_to, drawable
from foreign import flat_form, official_form
from formkit.answers import prepare
from formkit.answers.formats import write_answers
from formkit.answers.model import Answers, Fault
from formkit.answers.prepared import Prepared
from formkit.definition import load_form
from formkit.definition.reading import validate
from formkit.definition.yaml import load_yaml
from formkit.errors import AnswersError, DefinitionError, Unfillable, UnreadablePdf
from formkit.i18n import load
from formkit.mapping import Foreign, Mapped, MappingFile, Way, check_mapping, fill_foreign, load_mapping, propose
from formkit.mapping.model import Entry, Split
from formkit.mapping.targets import Targets, fingerprint
from formkit.pdf.fields import Kind, PdfField, PdfForm, read_form
from formkit.pdf.placing import Placement, page_sizes, place
from formkit.problems import Severity
from formkit.project import Project
from formkit.values import PartialDate, Value
from made_forms import FONT_FILES, VALUES
from projects import ROOT, call, change, localized, sample_project
from test_fill import signed

HEAD = """\
form: alles
version: 3
pdf: {{fields: "{mark}", pages: {pages}}}
left_out: [{left}]
fields:
"""
OFFICIAL = """\
  - {from: person.name, to: "Form[0].Nachname", format: upper}
  - {from: person.nummer, to: txt_Nr}
  - {join: [person.plz, person.ort], to: PLZ Ort}
  - {from: person.text, to: Begruendung}
  - {from: person.geburt, split: {into: [Geb_Tag, Geb_Monat, Geb_Jahr], at: [day, month, year]}}
  - {from: wahl.konto, to: IBAN}
  - {from: person.allein, to: alleinlebend, codes: {ja: Ja wohl, nein: Weiß}}
  - {from: person.art, to: Auswahl Art, codes: {a: Erstes, b: Zweites, andere: Anderes}}
  - {from: person.sprache, to: Sprache, codes: {uk: "1", ar: "2"}}
  - {from: person.kosten, to: Kosten EUR, format: "1.234,56"}
  - {from: erkl.wahr, to: stimmt}
  - {from: wahl.leistungen, boxes: {x: L_x, y: {field: L_y, state: an}}, codes: {keine: Off}}
  - {from: "fahrten.{i}.ziel", to: "Ziel{n}", rows: 2}
  - {from: "fahrten.{i}.von", to: "Von{n}", rows: 2, format: JJJJ-MM-TT}
"""
FLAT = """\
  - {from: person.name, to: {page: 1, x: 20, y: 40, width: 80, height: 8}}
  - {from: person.text, to: {page: 1, x: 20, y: 60, width: 80, height: 25, multiline: true, size: 10}}
  - {from: person.geburt, to: {page: 1, x: 20, y: 90, width: 40, height: 6, comb: 8}}
  - {from: erkl.wahr, to: {page: 1, x: 120, y: 40, width: 5, height: 5}}
  - from: person.allein
    boxes:
      ja: {page: 1, x: 120, y: 50, width: 5, height: 5}
      nein: {page: 1, x: 130, y: 50, width: 5, height: 5}
  - {from: "fahrten.{i}.ziel", to: {page: 1, x: 20, y: 110, width: 60, height: 6, step: 10}, rows: 3}
  - {constant: Stadt X, to: {page: 1, x: 20, y: 20, width: 60, height: 20, unit: pt, align: right}}
"""
GIVEN: Mapping[str, Value] = {
    "person.name": "Müller-Çelik",
    "person.nummer": "123456",
    "person.art": "b",
    "person.plz": "71332",
    "person.ort": "Waiblingen",
    "person.text": "Мій син потребує допомоги.\nابني يحتاج إلى مساعدة في اللغة الألمانية 17 مرة.",
    "person.geburt": PartialDate(1990, 3, 7),
    "person.allein": False,
    "person.sprache": "ar",
    "person.kosten": Decimal("1234.5"),
    "wahl.leistungen": ("y",),
    "wahl.konto": "DE89370400440532013000",
    "erkl.wahr": True,
    "fahrten.0.ziel": "Schwäbisch Hall",
    "fahrten.0.von": PartialDate(2026, 5, 4),
    "fahrten.1.ziel": "Київ",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return sample_project(tmp_path_factory.mktemp("mapping") / "project")


@pytest.fixture(scope="module")
def prepared(project: Project) -> Prepared:
    return prepare(localized(project, "alles", "de"))


def answers(**changed: Value | None) -> Answers:
    values = {**GIVEN, **{key.replace("__", "."): value for key, value in changed.items()}}
    return Answers("alles", 3, "ar", {path: value for path, value in values.items() if value is not None})


def foreign(folder: Path, data: bytes, lines: str, left: str = "") -> Foreign:
    """Write a PDF and its mapping and read both."""
    pdf = folder / "official.pdf"
    pdf.write_bytes(data)
    form = read_form(pdf)
    file = folder / "official.map.yaml"
    file.write_text(HEAD.format(mark=fingerprint(form), pages=form.pages, left=left) + lines, encoding="utf-8")
    return Foreign(pdf, form, load_mapping(file))


def faults(each: Foreign, prepared: Prepared) -> list[tuple[int, str, str]]:
    """Return line below `fields:`, check and weight of everything the proof finds."""
    found = check_mapping(each.mapped, prepared.localized.form, each.form, page_sizes(each.file))
    return [(problem.where.line - 5, problem.check, problem.severity.value) for problem in found]


def values_of(data: bytes, folder: Path) -> dict[str, tuple[str, ...]]:
    (folder / "filled.pdf").write_bytes(data)
    return {each.name: each.values for each in read_form(folder / "filled.pdf").fields if each.values}


def text_on(data: bytes) -> str:
    return " ".join(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split())


# --- Filling -------------------------------------------------------------------------------------------------


def test_a_foreign_form_is_filled_by_its_mapping(tmp_path: Path, prepared: Prepared) -> None:
    each = foreign(tmp_path, official_form(), OFFICIAL)
    assert faults(each, prepared) == []
    done = fill_foreign(each, prepared, answers(), FONT_FILES)
    assert values_of(done.data, tmp_path) == {
        "Form[0].Nachname": ("MÜLLER-ÇELIK",),
        "txt_Nr": ("123456",),
        "PLZ Ort": ("71332 Waiblingen",),
        "Begruendung": (str(GIVEN["person.text"]),),
        "Geb_Tag": ("07",),
        "Geb_Monat": ("03",),
        "Geb_Jahr": ("1990",),
        "IBAN": ("DE89370400440532013000",),
        "alleinlebend": ("Weiß",),
        "Auswahl Art": ("Zweites",),
        "Sprache": ("2",),
        "Kosten EUR": ("1.234,50",),
        "stimmt": ("X",),
        "L_y": ("an",),
        "Ziel1": ("Schwäbisch Hall",),
        "Ziel2": ("Київ",),
        "Von1": ("2026-05-04",),
    }
    assert done.notes == ()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_flat_page_is_drawn_on_where_a_ruler_says_whichever_way_it_is_turned(
    turned: int, tmp_path: Path, prepared: Prepared
) -> None:
    each = foreign(tmp_path, flat_form(turned), FLAT)
    assert faults(each, prepared) == []
    done = fill_foreign(each, prepared, answers(), FONT_FILES)
    page = pypdfium2.PdfDocument(done.data)[0].render(scale=4 * 25.4 / 72).to_pil().convert("L")
    # Four pixels a millimetre.
    boxes = {"name": (40, 48, 20, 100), "comb": (90, 96, 20, 60), "confirmed": (40, 45, 120, 125)}
    boxes |= {"no": (50, 55, 130, 135), "row 0": (110, 116, 20, 80), "row 1": (120, 126, 20, 80)}
    empty = {"yes": (50, 55, 120, 125), "row 2": (130, 136, 20, 80), "below": (140, 200, 0, 200)}
    inked = {
        name: page.crop((4 * left, 4 * top, 4 * right, 4 * bottom)).getextrema()[0] < 128
        for name, (top, bottom, left, right) in {**boxes, **empty}.items()
    }
    assert inked == {**dict.fromkeys(boxes, True), **dict.fromkeys(empty, False)}


def test_what_is_drawn_on_a_page_is_found_again_as_text(tmp_path: Path, prepared: Prepared) -> None:
    done = fill_foreign(foreign(tmp_path, flat_form(), FLAT), prepared, answers(), FONT_FILES)
    found = text_on(done.data)
    for text in ("Müller-Çelik", "0 7 0 3 1 9 9 0", "Schwäbisch Hall", "Київ", "Мій син потребує допомоги."):
        assert text.replace(" ", "") in found.replace(" ", ""), text
    assert pypdf.PdfReader(io.BytesIO(done.data)).get_fields() in (None, {})


def test_in_a_tagged_file_what_is_drawn_stands_in_the_structure(tmp_path: Path, prepared: Prepared) -> None:
    done = fill_foreign(foreign(tmp_path, flat_form(tagged=True), FLAT), prepared, answers(), FONT_FILES)
    with pikepdf.open(io.BytesIO(done.data)) as pdf:
        kids = list(pdf.Root.StructTreeRoot.K.K)
        said = [str(kid.ActualText) for kid in kids]
        marks = [int(kid.K if isinstance(kid.K, int) else kid.K.MCID) for kid in kids]
        content = b"".join(part.read_bytes() for part in pdf.pages[0].Contents)
    assert (said[0], said.count("×"), marks) == ("Müller-Çelik", 2, list(range(len(kids))))
    assert content.count(b"/P <</MCID") == len(kids)


def test_fields_and_places_can_stand_in_one_file(tmp_path: Path, prepared: Prepared) -> None:
    lines = OFFICIAL + "  - {from: person.mail, to: {page: 2, x: 20, y: 250, width: 80, height: 8}}\n"
    done = fill_foreign(
        foreign(tmp_path, official_form(), lines), prepared, answers(person__mail="a@example.org"), FONT_FILES
    )
    assert "a@example.org" in pypdfium2.PdfDocument(done.data)[1].get_textpage().get_text_range()
    assert values_of(done.data, tmp_path)["Ziel2"] == ("Київ",)


def test_a_filled_foreign_form_can_be_made_plain_pages(tmp_path: Path, prepared: Prepared) -> None:
    done = fill_foreign(foreign(tmp_path, official_form(), OFFICIAL), prepared, answers(), FONT_FILES, Way(flat=True))
    assert values_of(done.data, tmp_path) == {}
    assert "MÜLLER-ÇELIK" in text_on(done.data)


def test_answers_without_a_place_are_named_unless_the_mapping_leaves_them_out(
    tmp_path: Path, prepared: Prepared
) -> None:
    given = answers(person__mail="a@example.org")
    done = fill_foreign(foreign(tmp_path, official_form(), OFFICIAL), prepared, given, FONT_FILES)
    assert done.notes == ("1 answers have no place in this PDF: person.mail",)
    silent = fill_foreign(foreign(tmp_path, official_form(), OFFICIAL, "person.mail"), prepared, given, FONT_FILES)
    assert silent.notes == ()


def test_a_condition_says_which_of_two_lines_fills_a_place(tmp_path: Path, prepared: Prepared) -> None:
    lines = OFFICIAL.replace(
        "  - {from: person.text, to: Begruendung}\n",
        "  - {from: person.text, to: Begruendung, when: not person.allein}\n"
        "  - {constant: allein, to: Begruendung, when: person.allein}\n",
    )
    each = foreign(tmp_path, official_form(), lines)
    assert faults(each, prepared) == []
    for alone, expected in ((True, "allein"), (False, GIVEN["person.text"])):
        done = fill_foreign(each, prepared, answers(person__allein=alone), FONT_FILES)
        assert values_of(done.data, tmp_path)["Begruendung"] == (expected,)


def test_everything_that_cannot_be_filled_in_names_field_and_path(tmp_path: Path, prepared: Prepared) -> None:
    each = foreign(tmp_path, official_form(), OFFICIAL)
    with pytest.raises(Unfillable) as caught:
        fill_foreign(each, prepared, answers(person__ort="W" * 119, person__name="Name 山"), FONT_FILES)
    found = {(problem.where.file, problem.check): problem.text for problem in caught.value.problems}
    assert set(found) == {("PLZ Ort", "does-not-fit"), ("Form[0].Nachname", "missing-glyph")}
    assert found["PLZ Ort", "does-not-fit"].startswith("from person.plz, person.ort: ")
    assert not any("WWW" in text for text in found.values())


def test_rows_beyond_those_of_the_form_are_refused_and_named(tmp_path: Path, prepared: Prepared) -> None:
    each = foreign(tmp_path, official_form(), OFFICIAL)
    with pytest.raises(Unfillable) as caught:
        fill_foreign(each, prepared, answers(fahrten__2__ziel="Ulm"), FONT_FILES)
    assert [(each.where.file, each.check) for each in caught.value.problems] == [("fahrten.2.ziel", "map-no-row")]


def test_a_split_text_that_is_longer_than_its_boxes_is_refused(tmp_path: Path, prepared: Prepared) -> None:
    lines = OFFICIAL.replace(
        "{from: person.nummer, to: txt_Nr}", "{from: person.nummer, split: {into: [txt_Nr, PLZ Ort], at: [2, 3]}}"
    ).replace("  - {join: [person.plz, person.ort], to: PLZ Ort}\n", "")
    with pytest.raises(Unfillable, match="cannot be filled in") as caught:
        fill_foreign(foreign(tmp_path, official_form(), lines), prepared, answers(), FONT_FILES)
    assert [each.check for each in caught.value.problems] == ["map-length"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_answers_are_all_there_or_refused(data: st.DataObject, tmp_path: Path, prepared: Prepared) -> None:
    form = prepared.localized.form
    given_answers = drawable(form, data.draw(answers_to(form)))
    official = foreign(tmp_path, official_form(), OFFICIAL)
    refused: set[str] = set()
    try:
        done = fill_foreign(official, prepared, given_answers, FONT_FILES)
    except Unfillable as error:
        refused = {each.check for each in error.problems}
    assert refused <= {"does-not-fit", "map-no-row"}
    if refused:
        return
    found = values_of(done.data, tmp_path)
    plain = {"person.nummer": "txt_Nr", "fahrten.0.ziel": "Ziel1", "fahrten.1.ziel": "Ziel2", "wahl.konto": "IBAN"}
    for path, name in plain.items():
        value = given_answers.values.get(path)
        assert found.get(name, ()) == (() if value is None else (str(value),))
    born = given_answers.values.get("person.geburt")
    if isinstance(born, PartialDate):
        assert found["Geb_Jahr"] == (f"{born.year:04}",)


# --- Proof ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("to: txt_Nr", "to: txt_nr", [(2, "map-unknown-field", "error")]),
        ("from: person.nummer", "from: person.numer", [(2, "unknown-path", "error")]),
        ("to: txt_Nr", "to: stimmt", [(2, "map-kind", "error"), (11, "map-twice", "error")]),
        ("nein: Weiß", "nein: Weiss", [(7, "map-code", "error")]),
        (", codes: {ja: Ja wohl, nein: Weiß}", "", [(7, "map-code", "error"), (7, "map-code", "error")]),
        ("a: Erstes,", "c: Erstes,", [(8, "map-code", "error"), (8, "unknown-code", "error")]),
        (", codes: {keine: Off}", "", [(12, "map-code", "error")]),
        ("state: an}", "state: aus}", [(12, "map-state", "error")]),
        ("x: L_x", "x: alleinlebend", [(12, "map-kind", "error"), (12, "map-twice", "error")]),
        ("x: L_x", "x: {field: txt_Nr, state: an}", [(12, "map-kind", "error")]),
        ("format: upper", "format: TT.MM", [(1, "map-format", "error")]),
        ("format: JJJJ-MM-TT", "format: upper", [(14, "map-format", "error")]),
        ("at: [day, month, year]", "at: [2, 2, 8]", [(5, "map-length", "error")]),
        ("from: person.geburt", "from: person.ort", [(5, "map-split", "error"), (3, "map-again", "")]),
        ("rows: 2}\n  - {from: \"fahrten.{i}.von\"", "rows: 3}\n  - {from: \"fahrten.{i}.von\"",
         [(13, "map-unknown-field", "error")]),
        ("to: txt_Nr", "to: IBAN", [(6, "map-twice", "error")]),
        ("from: person.nummer", "from: person.name", [(2, "map-again", "warning")]),
        ("  - {from: erkl.wahr, to: stimmt}\n", "", [(0, "map-unmapped", "error")]),
        ("to: txt_Nr", "to: txt_Nr, when: person.nam == 'x'", [(2, "unknown-name", "error")]),
        ("to: txt_Nr", "to: txt_Nr, when: person.name", [(2, "expression-type", "error")]),
        ("to: txt_Nr", "to: {page: 3, x: 1, y: 1, width: 5, height: 5}", [(2, "map-place", "error")]),
        ("to: txt_Nr", "to: {page: 1, x: 200, y: 1, width: 50, height: 5}", [(2, "map-place", "error")]),
        ("from: person.nummer, to: txt_Nr", "from: person.tel, to: Geb_Tag",
         [(5, "map-twice", "error"), (2, "map-length", "warning")]),
    ],
)  # fmt: skip
def test_a_faulty_mapping_has_its_fault_at_its_line(
    old: str, new: str, expected: list[tuple[int, str, str]], tmp_path: Path, prepared: Prepared
) -> None:
    assert OFFICIAL.count(old) == 1
    found = faults(foreign(tmp_path, official_form(), OFFICIAL.replace(old, new)), prepared)
    wanted = sorted(each for each in expected if each[2])
    assert wanted == sorted(found)


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ("{from: person.name}", "map-entry"),
        ("{from: person.name, constant: x, to: a}", "map-entry"),
        ("{from: person.name, to: a, boxes: {x: y}}", "map-entry"),
        ("{from: person.geburt, split: {into: [a, b, c], at: [day, month]}}", "map-split"),
        ("{from: person.geburt, split: {into: [a, b], at: [0, 1]}}", "map-split"),
        ("{from: person.geburt, split: {into: [a, b], at: [day, 2]}}", "map-split"),
        ("{from: person.name, tu: a}", "unknown-key"),
        ("{from: person.name, to: {page: 1, x: 1}}", "missing-key"),
        ("{from: person.name, to: {field: a}}", "missing-key"),
        ("{from: person.name, to: a, when: 'x =='}", "expression-syntax"),
    ],
)
def test_a_line_that_is_no_mapping_is_refused_with_its_place(line: str, check: str, tmp_path: Path) -> None:
    with pytest.raises(DefinitionError) as caught:
        foreign(tmp_path, official_form(), f"  - {line}\n")
    assert {(each.where.line, each.check) for each in caught.value.problems} >= {(6, check)}


def test_a_mapping_for_another_pdf_or_version_is_said_to_be_one(tmp_path: Path, prepared: Prepared) -> None:
    each = foreign(tmp_path, official_form(), OFFICIAL)
    other = Foreign(each.file, read_form(_written(tmp_path / "o.pdf", flat_form())), each.mapped)
    found = check_mapping(other.mapped, prepared.localized.form, other.form, [(595.0, 842.0)])
    assert {"map-other-pdf", "map-unknown-field"} == {problem.check for problem in found}


def test_what_is_left_out_and_mapped_is_a_contradiction(tmp_path: Path, prepared: Prepared) -> None:
    each = foreign(tmp_path, official_form(), OFFICIAL, "person.name, person.nix")
    found = check_mapping(each.mapped, prepared.localized.form, each.form, page_sizes(each.file))
    assert [problem.check for problem in found] == ["map-twice", "unknown-path"]
    assert all(problem.severity is Severity.ERROR for problem in found)


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


# --- Proposals -----------------------------------------------------------------------------------------------


def proposed(folder: Path, data: bytes, prepared: Prepared) -> tuple[str, dict[str, Entry]]:
    """Return the text of a proposal for a PDF and its lines by their first path; the text is read strictly."""
    pdf = _written(folder / "official.pdf", data)
    text = propose(prepared.localized.form, read_form(pdf)).text
    file = folder / "proposed.map.yaml"
    file.write_text(text, encoding="utf-8")
    return text, {entry.sources[0]: entry for entry in load_mapping(file).file.fields}


def test_a_proposal_finds_what_names_tooltips_and_states_say(tmp_path: Path, prepared: Prepared) -> None:
    text, lines = proposed(tmp_path, official_form(), prepared)
    plain = {path: entry.to for path, entry in lines.items() if isinstance(entry.to, str)}
    assert plain == {
        "person.name": "Form[0].Nachname",
        "person.nummer": "txt_Nr",
        "person.art": "Auswahl Art",
        "person.plz": "PLZ Ort",
        "person.text": "Begruendung",
        "person.kosten": "Kosten EUR",
        "person.allein": "alleinlebend",
        "person.sprache": "Sprache",
        "wahl.konto": "IBAN",
        "fahrten.{i}.ziel": "Ziel{n}",
        "fahrten.{i}.von": "Von{n}",
        "erkl.wahr": "stimmt",
    }
    assert lines["person.plz"].join == ("person.plz", "person.ort")
    assert lines["person.geburt"].split == Split(into=("Geb_Tag", "Geb_Monat", "Geb_Jahr"), at=("day", "month", "year"))
    assert lines["person.allein"].codes == {"ja": "Ja wohl", "nein": "Weiß"}
    assert lines["person.sprache"].codes == {"uk": "1", "ar": "2"}
    assert lines["wahl.leistungen"].boxes == {"x": "L_x", "y": "L_y"}
    assert lines["fahrten.{i}.ziel"].rows == 2
    assert "# - {from: person.mail, to: ?}" in text
    assert "  # 100 %: Familienname = Form[0].Nachname" in text


def test_a_proposal_is_nearly_proved(tmp_path: Path, prepared: Prepared) -> None:
    proposed(tmp_path, official_form(), prepared)
    mapped, pdf = load_mapping(tmp_path / "proposed.map.yaml"), tmp_path / "official.pdf"
    found = check_mapping(mapped, prepared.localized.form, read_form(pdf), page_sizes(pdf))
    # The code that has no box on this form; a person decides what that means.
    assert [problem.check for problem in found] == ["map-code"]


def test_a_proposal_for_a_flat_page_lists_every_question_as_a_remark(tmp_path: Path, prepared: Prepared) -> None:
    text, lines = proposed(tmp_path, flat_form(), prepared)
    assert lines == {}
    assert "# - {from: person.name, to: {page: 1, x: 0, y: 0, width: 60, height: 6}}" in text


_NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(_NAMES, _NAMES, st.sampled_from(list(Kind)), st.lists(_NAMES, max_size=3)), max_size=6))
def test_whatever_fields_are_called_a_proposal_is_a_mapping_that_can_be_read(
    given_fields: list[tuple[str, str, Kind, list[str]]],
) -> None:
    fields = tuple(
        PdfField(name, kind, (), states=tuple(states), options=tuple((each, each) for each in states), tooltip=tooltip)
        for name, tooltip, kind, states in given_fields
    )
    form = load_form(ROOT / "tests" / "forms" / "good" / "alles.yaml")
    document = load_yaml(propose(form, PdfForm(fields, pages=1)).text, "proposed.map.yaml")
    assert validate(document, MappingFile).form == "alles"


@pytest.mark.parametrize("path", samples("acroforms/*.pdf"))
def test_a_proposal_is_made_for_every_real_form_that_can_be_read(path: Path) -> None:
    form = load_form(ROOT / "forms" / "but-hauptantrag.yaml")
    try:
        pdf = read_form(path)
    except UnreadablePdf:
        return
    mapped = Mapped(
        MappingFile.model_validate(load_yaml(propose(form, pdf).text, "m.yaml").data), load_yaml("a: b", "m")
    )
    names = Targets(pdf).by_name
    targets = [each for line in mapped.lines for _, each in line.entry.targets if isinstance(each, str)]
    assert [each for each in targets if each not in names] == []


# --- Drawing on pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("script", VALUES)
def test_every_script_is_drawn_on_a_page_in_a_line_a_block_and_cells(script: str) -> None:
    text = VALUES[script]
    placements = [
        Placement("line", 1, 20, 20, 200, 18, text),
        Placement("block", 1, 20, 60, 200, 50, text, multiline=True),
        Placement("comb", 1, 20, 120, 300, 18, text, comb=22),
    ]
    assert place(flat_form(), placements, FONT_FILES).fields == 3


def test_a_place_off_the_page_or_too_small_is_refused_by_name() -> None:
    placements = [Placement("off", 1, 500, 20, 200, 18, "x"), Placement("small", 1, 20, 20, 5, 5, "Müller")]
    with pytest.raises(Unfillable) as caught:
        place(flat_form(), placements, FONT_FILES)
    assert [(each.where.file, each.check) for each in caught.value.problems] == [
        ("off", "no-page"),
        ("small", "does-not-fit"),
    ]


# --- The commands --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Return the folder of a project in which an official PDF, its mapping and answers lie."""
    here = sample_project(tmp_path / "project")
    loaded = load.form(here, "alles")
    foreign(here.root, official_form(), OFFICIAL)
    (here.root / "answers.json").write_bytes(write_answers(loaded, "answers.json", [answers()]))
    return here.root


def formkit(desk: Path, *arguments: str) -> tuple[int, str, str]:
    done = call("-m", "formkit", *arguments, cwd=desk)
    return done.returncode, done.stdout, done.stderr


FILL = ("fill", "official.pdf", "--answers", "answers.json", "-o", "out.pdf")


def test_the_commands_prove_a_mapping_and_fill_by_it(desk: Path) -> None:
    assert formkit(desk, "map", "check", "official.map.yaml", "official.pdf") == (
        0,
        "",
        "official.map.yaml: 0 errors, 0 warnings\n",
    )
    code, said, words = formkit(desk, *FILL)
    assert (code, said) == (0, "out.pdf\n"), words
    assert "17 fields and places filled in" in words
    assert values_of((desk / "out.pdf").read_bytes(), desk)["Ziel2"] == ("Київ",)


def test_a_faulty_mapping_is_told_line_by_line_and_nothing_is_written(desk: Path) -> None:
    change(desk / "official.map.yaml", "to: txt_Nr", "to: txt_nr")
    code, said, _ = formkit(desk, "map", "check", "official.map.yaml", "official.pdf")
    wanted = (
        "official.map.yaml:7:31: error: 'txt_nr' is no field of this PDF; did you mean 'txt_Nr'? [map-unknown-field]"
    )
    assert (code, said) == (1, wanted + "\n")
    code, _, words = formkit(desk, *FILL)
    assert (code, wanted in words, (desk / "out.pdf").exists()) == (1, True, False)


def test_options_that_mean_nothing_there_are_wrong_usage(desk: Path) -> None:
    codes = [
        formkit(desk, *FILL, *more)[0] for more in (["--lang", "ar"], ["--read-only"], ["--increment", "--flatten"])
    ]
    codes.append(formkit(desk, "fill", "alles", *FILL[2:], "--increment")[0])
    assert codes == [2, 2, 2, 2]


def test_init_writes_a_proposal_and_never_over_another(desk: Path) -> None:
    code, _, words = formkit(desk, "map", "init", "official.pdf", "alles", "-o", "new.map.yaml")
    assert (code, "15 of 34 questions have a proposal" in words) == (0, True), words
    assert formkit(desk, "map", "init", "official.pdf", "alles", "-o", "new.map.yaml")[0] == 3
    assert formkit(desk, "map", "init", "official.pdf", "nix")[0] == 2


def test_a_pdf_without_a_mapping_says_how_to_begin_one(desk: Path) -> None:
    (desk / "official.map.yaml").unlink()
    code, _, words = formkit(desk, *FILL)
    assert (code, "formkit map init" in words) == (3, True)


def test_a_signed_pdf_is_only_appended_to_and_only_where_asked(desk: Path) -> None:
    signed_form = signed()
    (desk / "official.pdf").write_bytes(signed_form)
    mark = fingerprint(read_form(desk / "official.pdf"))
    text = HEAD.format(mark=mark, pages=1, left="erkl") + "  - {from: person.name, to: a}\n"
    (desk / "official.map.yaml").write_text(text, encoding="utf-8")
    code, _, words = formkit(desk, *FILL)
    assert (code, "the file is signed" in words) == (1, True)
    code, _, words = formkit(desk, *FILL, "--increment")
    assert code == 0, words
    assert (desk / "out.pdf").read_bytes().startswith(signed_form)


def test_a_second_form_in_xfa_is_taken_away_and_said_so(desk: Path) -> None:
    with pikepdf.open(desk / "official.pdf", allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")
        pdf.save(desk / "official.pdf")
    code, _, words = formkit(desk, *FILL)
    assert (code, "(XFA) was removed" in words) == (0, True)
    with pikepdf.open(desk / "out.pdf") as pdf:
        assert "/XFA" not in pdf.Root.AcroForm


def test_answers_that_are_not_understood_are_refused(tmp_path: Path, prepared: Prepared) -> None:
    each = foreign(tmp_path, official_form(), OFFICIAL)
    wrong = replace(answers(), faults=(Fault("person.kosten", "not-a-number"),))
    with pytest.raises(AnswersError, match=r"1 answers cannot be understood: person\.kosten"):
        fill_foreign(each, prepared, wrong, FONT_FILES)
