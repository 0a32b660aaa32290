"""Filled copies: every answer in its box or on the sheet, accessible, read back as it was given."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering import answers_to, drawable, full_answers
from formkit.answers.formats import read_answers, write_answers
from formkit.answers.model import Answers
from formkit.copies import Copy, Style, filled_copy
from formkit.definition.model import Form
from formkit.errors import AnswersError, Unfillable
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.pdf.fields import read_form
from formkit.pdf.flags import Flags
from formkit.project import Project
from formkit.returned import Returned, read_returned
from printed import AUTHORITY, FORM, LANGUAGES
from projects import ROOT, TODAY, call, find_project, sample_project

CANARY = "Kanarienvogel"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return sample_project(tmp_path_factory.mktemp("copies") / "project", languages=["ar", "uk"])


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the real project, with its output elsewhere."""
    return replace(find_project(ROOT), output=tmp_path_factory.mktemp("copies") / "out")


def style(tag: str, authority: str = "amt", *, editable: bool = False, flat: bool = False) -> Style:
    return Style(language(tag), authority, "interlinear", editable=editable, flat=flat)


def read_back(project: Project, copy: Copy, folder: Path) -> Returned:
    path = folder / "copy.pdf"
    path.write_bytes(copy.data)
    return read_returned(project, read_form(path), path.name)


def text_of(data: bytes, number: int) -> str:
    """Return the text of a page counted from 1, without its line ends."""
    return " ".join(pypdfium2.PdfDocument(data)[number - 1].get_textpage().get_text_range().split())


def faults(data: bytes) -> list[str]:
    return [
        failure.rule_id
        for profile in ("ua1", "pdfa-3a")
        for failure in page.validate_pdf_bytes(data, profile=profile).failures
    ]


# --- What is filled in is read again -----------------------------------------------------------------------


@given(st.data())
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("tag", ["de", "ar", "uk"])
def test_whatever_is_answered_is_read_again(project: Project, tmp_path: Path, tag: str, data: st.DataObject) -> None:
    form = load.form(project, "alles")
    answers = drawable(form, data.draw(answers_to(form)))
    found = read_back(project, filled_copy(project, answers, style(tag), TODAY), tmp_path)
    assert (dict(found.answers.values), found.answers.faults, found.notes) == (dict(answers.values), (), ())
    assert found.answers.language == tag


@pytest.mark.parametrize("tag", [*LANGUAGES, "de"])
def test_the_real_form_filled_in_from_top_to_end_is_accessible_and_read_again(
    real: Project, tmp_path: Path, tag: str
) -> None:
    answers = full_answers(load.form(real, FORM), rows=2)
    copy = filled_copy(real, answers, style(tag, AUTHORITY), TODAY)
    assert copy.continued == ()
    assert faults(copy.data) == []
    found = read_back(real, copy, tmp_path)
    assert dict(found.answers.values) == dict(answers.values)
    assert (found.form.id, found.answers.language, found.notes) == (FORM, tag, ())


def test_the_copy_for_the_office_is_locked_and_one_to_go_on_with_is_open(project: Project, tmp_path: Path) -> None:
    answers = full_answers(load.form(project, "alles"), rows=1)
    for editable in (False, True):
        read_back(project, filled_copy(project, answers, style("de", editable=editable), TODAY), tmp_path)
        locked = {bool(each.flags & Flags.READ_ONLY) for each in read_form(tmp_path / "copy.pdf").fields}
        assert locked == {not editable}


def test_a_flat_copy_has_no_fields_and_says_the_same(project: Project) -> None:
    answers = full_answers(load.form(project, "alles"), rows=2)
    flat = filled_copy(project, answers, style("ar", flat=True), TODAY).data
    assert faults(flat) == []
    with pikepdf.open(io.BytesIO(flat)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert not any("/Annots" in sheet and len(sheet.Annots) for sheet in pdf.pages if _widgets(sheet))
    said = " ".join(text_of(flat, number) for number in range(1, len(pypdfium2.PdfDocument(flat)) + 1))
    for piece in ("Müller-Çelik", "потребує", "12,50", "a.b@example.org", "07.03.2018"):
        assert piece in said


def _widgets(sheet: pikepdf.Page) -> list[pikepdf.Object]:
    return [each for each in sheet.obj.get("/Annots", ()) if each.get("/Subtype") == "/Widget"]


# --- What does not fit -------------------------------------------------------------------------------------


def test_an_answer_too_long_for_its_box_stands_on_a_sheet_in_full(project: Project, tmp_path: Path) -> None:
    form = load.form(project, "alles")
    place = "Am Ende der Welt, hinter dem siebten Berg und noch ein gutes Stück weiter"
    answers = Answers("alles", form.version, "de", {"fahrten.0.ziel": f"{place} " * 1 + "und zurück " * 3 + "heim"})
    copy = filled_copy(project, answers, style("uk"), TODAY)
    assert copy.continued == ("fahrten.0.ziel",)
    assert faults(copy.data) == []
    sheets = [number for number in range(1, 9) if "Fortsetzungsblatt" in _page(copy.data, number)]
    said = _page(copy.data, sheets[-1])
    assert "Fortsetzung zu 3.1a, Zeile 1" in said
    assert str(answers.values["fahrten.0.ziel"]) in said
    found = read_back(project, copy, tmp_path)
    assert dict(found.answers.values) == dict(answers.values)


@pytest.mark.parametrize(("code", "continued"), [("unterricht", ()), ("kurs", ("teilhabe.0.art",))])
def test_a_chosen_label_too_long_in_two_languages_is_shown_in_german_or_stands_on_the_sheet(
    real: Project, tmp_path: Path, code: str, continued: tuple[str, ...]
) -> None:
    answers = Answers(FORM, load.form(real, FORM).version, "uk", {"teilhabe.0.art": code})
    copy = filled_copy(real, answers, style("uk", AUTHORITY), TODAY)
    assert copy.continued == continued
    assert faults(copy.data) == []
    assert dict(read_back(real, copy, tmp_path).answers.values) == dict(answers.values)


def _page(data: bytes, number: int) -> str:
    return text_of(data, number) if number <= len(pypdfium2.PdfDocument(data)) else ""


def test_rows_beyond_those_on_paper_stand_on_a_sheet_with_fields_of_their_own(project: Project, tmp_path: Path) -> None:
    form = load.form(project, "alles")
    answers = full_answers(form, rows=4)
    copy = filled_copy(project, answers, style("ar"), TODAY)
    assert faults(copy.data) == []
    names = {each.name: each.pages for each in _fields(copy, tmp_path)}
    assert names["fahrten.3.ziel"] > names["fahrten.1.ziel"]
    assert dict(read_back(project, copy, tmp_path).answers.values) == dict(answers.values)


def _fields(copy: Copy, folder: Path) -> Iterator[object]:
    path = folder / "rows.pdf"
    path.write_bytes(copy.data)
    yield from read_form(path).fields


def test_a_letter_that_no_font_draws_is_named_and_nothing_is_written(project: Project) -> None:
    form = load.form(project, "alles")
    answers = Answers("alles", form.version, "de", {"person.text": f"{CANARY} 中"})
    with pytest.raises(Unfillable) as stopped:
        filled_copy(project, answers, style("de"), TODAY)
    said = " ".join([stopped.value.message, *map(str, stopped.value.problems)])
    assert "U+4E2D" in said
    assert "person.text" in said
    assert CANARY not in said


def test_answers_to_another_version_are_not_printed_in_this_one(project: Project) -> None:
    form = load.form(project, "alles")
    with pytest.raises(AnswersError, match=f"version {form.version + 1}"):
        filled_copy(project, Answers("alles", form.version + 1), style("de"), TODAY)


# --- Forms that come back ----------------------------------------------------------------------------------


def test_a_form_that_lost_its_marks_is_known_by_its_fields(project: Project, tmp_path: Path) -> None:
    answers = full_answers(load.form(project, "alles"), rows=1)
    copy = filled_copy(project, answers, style("ar"), TODAY)
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        for name in [key for key in pdf.docinfo if key.startswith("/Formkit")]:
            del pdf.docinfo[name]
        pdf.save(tmp_path / "bare.pdf")
    found = read_returned(project, read_form(tmp_path / "bare.pdf"), "bare.pdf")
    assert (found.form.id, found.answers.language) == ("alles", "de")
    assert dict(found.answers.values) == dict(answers.values)
    assert found.notes == ("The file does not say which form it is; by its fields it is 'alles'.",)


def test_a_form_of_an_older_version_is_read_by_the_definition_of_that_version(tmp_path: Path) -> None:
    project = sample_project(tmp_path / "project")
    answers = full_answers(load.form(project, "alles"), rows=1)
    old = filled_copy(project, answers, style("de"), TODAY)
    path = project.forms / "alles.yaml"
    was = path.read_text(encoding="utf-8")
    version = load.form(project, "alles").version
    now = was.replace(f"version: {version}", f"version: {version + 1}").replace("id: name,", "id: familienname,")
    path.write_text(now, encoding="utf-8")
    with pytest.raises(AnswersError, match=rf"version {version} .* version {version + 1}"):
        read_back(project, old, tmp_path)
    (project.forms / "archive").mkdir()
    (project.forms / "archive" / f"alles.{version}.yaml").write_text(was, encoding="utf-8")
    found = read_back(project, old, tmp_path)
    assert (found.form.version, dict(found.answers.values)) == (version, dict(answers.values))


def test_a_version_that_is_no_version_of_any_form_is_none(project: Project, tmp_path: Path) -> None:
    copy = filled_copy(project, full_answers(load.form(project, "alles"), rows=1), style("de"), TODAY)
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        # Python refuses to read a whole number of more than 4,300 digits.
        pdf.docinfo["/FormkitVersion"] = pikepdf.String("9" * 4_900)
        pdf.save(tmp_path / "long.pdf")
    assert read_returned(project, read_form(tmp_path / "long.pdf"), "long.pdf").form.id == "alles"


def test_another_pdf_is_refused_with_what_to_do(project: Project, tmp_path: Path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "other.pdf")
    with pytest.raises(AnswersError, match="not recognised"):
        read_returned(project, read_form(tmp_path / "other.pdf"), "other.pdf")


def test_fields_added_to_a_form_are_told(project: Project, tmp_path: Path) -> None:
    answers = full_answers(load.form(project, "alles"), rows=1)
    copy = filled_copy(project, answers, style("de"), TODAY)
    with pikepdf.open(io.BytesIO(copy.data)) as pdf:
        more = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("heimlich"), V=pikepdf.String(CANARY))
        pdf.Root.AcroForm.Fields.append(pdf.make_indirect(more))
        pdf.save(tmp_path / "more.pdf")
    notes = read_returned(project, read_form(tmp_path / "more.pdf"), "more.pdf").notes
    assert notes[:2] == (
        "Fields were added to the file or taken away since it was made.",
        "1 filled fields do not belong to the form: heimlich",
    )
    assert CANARY not in " ".join(notes)


# --- Commands ----------------------------------------------------------------------------------------------


def answers_file(project: Project, folder: Path, form: Form, rows: int = 1) -> Path:
    path = folder / "answers.json"
    path.write_bytes(write_answers(form, path.name, [full_answers(form, rows)]))
    return path


@dataclass(frozen=True)
class Said:
    """What a call printed, and the code it ended with."""

    code: int
    out: str
    err: str


def command(project: Project, *arguments: object) -> Said:
    done = call("-m", "formkit", "--project", str(project.root), *map(str, arguments))
    assert "Traceback" not in done.stderr
    return Said(done.returncode, done.stdout, done.stderr)


def test_answers_go_through_fill_and_read_unchanged(project: Project, tmp_path: Path) -> None:
    form = load.form(project, "alles")
    given_file, out = answers_file(project, tmp_path, form), tmp_path / "out.pdf"
    done = command(project, "fill", "alles", "--answers", given_file, "--lang", "uk", "-o", out)
    assert (done.code, done.out) == (0, f"{out}\n")
    assert "personal data in the clear" in done.err
    back = command(project, "read", out)
    (found,) = read_answers(form, "out.json", back.out.encode())
    assert (back.code, back.err) == (0, "")
    assert dict(found.values) == dict(full_answers(form, 1).values)
    assert found.language == "uk"


def test_a_summary_is_in_german_and_says_what_is_missing(project: Project, tmp_path: Path) -> None:
    form = load.form(project, "alles")
    path = tmp_path / "empty.json"
    path.write_bytes(write_answers(form, path.name, [Answers("alles", form.version, "ar")]))
    out = tmp_path / "empty.pdf"
    command(project, "fill", "alles", "--answers", path, "--lang", "ar", "-o", out)
    done = command(project, "read", out, "--summary")
    assert done.code == 1
    assert "ausgefüllt auf Arabisch" in done.out
    assert "Familienname" in done.out


def test_pages_with_answers_are_printed_in_every_language_asked_for(project: Project, tmp_path: Path) -> None:
    given_file = answers_file(project, tmp_path, load.form(project, "alles"))
    done = command(
        project, "render", "alles", "--lang", "ar", "--lang", "de", "--answers", given_file, "-o", tmp_path / "out"
    )
    names = [Path(line).name for line in done.out.splitlines()]
    assert (done.code, names) == (0, ["alles.ar.filled.pdf", "alles.de.filled.pdf"])
    again = command(project, "render", "alles", "--lang", "de", "--answers", given_file, "-o", tmp_path / "out")
    assert (again.code, "is there already" in again.err) == (3, True)


def test_an_encrypted_copy_opens_with_its_passphrase_only(project: Project, tmp_path: Path) -> None:
    given_file, out = answers_file(project, tmp_path, load.form(project, "alles")), tmp_path / "locked.pdf"
    (tmp_path / "pass").write_text("Geheim 1!\n", encoding="utf-8")
    done = command(
        project, "fill", "alles", "--answers", given_file, "-o", out, "--encrypt", "--passphrase-file",
        tmp_path / "pass",
    )  # fmt: skip
    assert (done.code, "in the clear" in done.err) == (0, False)
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(out)
    with pikepdf.open(out, password="Geheim 1!") as pdf:
        assert pdf.encryption.R == 6
        assert pdf.allow.accessibility
        packet = pdf.Root.Metadata.read_bytes()
    assert b"<pdfuaid:part>1</pdfuaid:part>" in packet
    assert b"<pdfaid:" not in packet


def test_no_answer_is_left_in_the_project_and_none_is_said(project: Project, tmp_path: Path) -> None:
    form = load.form(project, "alles")
    answers = Answers("alles", form.version, "de", {"person.text": CANARY, "person.name": CANARY})
    path = tmp_path / "answers.json"
    path.write_bytes(write_answers(form, path.name, [answers]))
    done = command(project, "fill", "alles", "--answers", path, "-o", tmp_path / "out.pdf")
    assert CANARY not in done.out + done.err
    assert not any(CANARY.encode() in each.read_bytes() for each in project.root.rglob("*") if each.is_file())
    for each in (project.output / "blank").rglob("*.pdf"):
        assert all(field.values == () for field in read_form(each).fields)
