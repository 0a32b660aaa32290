"""What is rendered when: names of files, what counts as unchanged, and that nothing is overwritten or left half."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit import render
from formkit.errors import MissingGlyph, OutputExists, RenderFailed, UnknownName
from formkit.i18n.languages import LANGUAGES, Language, language
from formkit.i18n.paths import REVIEWS, catalog_path
from formkit.pdf.marks import read_marks
from formkit.project import Project
from formkit.render import Outcome, jobs
from formkit.render.jobs import Job, Stamp, read_stamp
from formkit.render.pool import run_all
from projects import AUTHORITY, TODAY, call, change, sample_project

UK = language("uk")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return sample_project(tmp_path / "project", ["kurz", "alles"], ["uk", "ar"])


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def job(tag: str = "uk", form: str = "kurz", layout: str = "interlinear", *, large: bool = False) -> Job:
    return Job(form, language(tag), AUTHORITY, layout, large, 95)


def outcome(project: Project, out: Path, today: datetime.date = TODAY) -> Outcome:
    return render.run(project, job(), out, today).outcome


# --- Names -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "layout", "large", "name"),
    [
        ("ar", "interlinear", False, "kurz.ar.print.pdf"),
        ("ar", "interlinear", True, "kurz.ar.print-large.pdf"),
        ("de-simple", "columns", False, "kurz.de-simple.print-columns.pdf"),
        ("sr-Latn", "translation", True, "kurz.sr-Latn.print-translation-large.pdf"),
        ("de", "source", False, "kurz.de.print.pdf"),
        ("de", "source", True, "kurz.de.print-large.pdf"),
    ],
)
def test_a_file_is_named_after_form_language_kind_and_look(tag: str, layout: str, large: bool, name: str) -> None:
    assert job(tag, layout=layout, large=large).name == name


def test_no_two_documents_of_a_form_have_one_name() -> None:
    looks = [(layout, large) for layout in ("interlinear", "columns", "translation") for large in (False, True)]
    names = [job(tag, layout=layout, large=large).name for tag in LANGUAGES if tag != "de" for layout, large in looks]
    names += [job("de", layout="source", large=large).name for large in (False, True)]
    assert len(set(names)) == len(names)


# --- Up to date ----------------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_rendered_again(project: Project, out: Path) -> None:
    first = render.run(project, job(), out, TODAY)
    written = first.path.stat()
    second = render.run(project, job(), out, TODAY)
    assert (first.outcome, second.outcome) == (Outcome.WRITTEN, Outcome.UP_TO_DATE)
    assert (first.pages, second.pages) == (1, 0)
    assert first.path == second.path == out / "kurz.uk.print.pdf"
    assert second.path.stat() == written


AGAIN = """
import sys
from formkit.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stop:
    heavy = {"weasyprint", "pydyf", "pikepdf", "pypdf", "fontTools", "pydantic", "jinja2", "polib", "yaml", "babel"}
    print(stop.code, sorted(heavy & set(sys.modules)))
"""


def test_a_second_run_loads_nothing_that_renders(project: Project, out: Path) -> None:
    render.run(project, job(), out, datetime.date.today())
    done = call("-c", AGAIN, "--project", str(project.root), "render", "kurz", "--lang", "uk", "-o", str(out))
    assert done.stdout.splitlines() == [str(out / "kurz.uk.print.pdf"), "0 []"]
    assert done.stderr.splitlines()[-1] == "0 written (0 pages), 1 up to date"


CHANGES = {
    "the definition": ("forms/kurz.yaml", "Kurzer Antrag", "Kürzerer Antrag"),
    "its catalogue": ("locales/uk/LC_MESSAGES/kurz.po", "‹текст Familienname›", "Прізвище"),
    "formkit's own words": ("locales/uk/LC_MESSAGES/formkit.po", "‹текст Ja›", "Так"),
    "the authority": ("forms/authorities/amt.yaml", "name: Amt Musterstadt", "name: Amt Neustadt"),
    "the authority's catalogue": ("locales/uk/LC_MESSAGES/authority-amt.po", "‹текст Gültig", "‹Gültig"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_rendered_again(project: Project, out: Path, what: str) -> None:
    path, old, new = CHANGES[what]
    assert outcome(project, out) is Outcome.WRITTEN
    change(project.root / path, old, new)
    assert not render.is_up_to_date(project, job(), out, TODAY)
    assert outcome(project, out) is Outcome.WRITTEN
    assert outcome(project, out) is Outcome.UP_TO_DATE


def test_a_review_and_a_logo_change_the_page_too(project: Project, out: Path) -> None:
    assert outcome(project, out) is Outcome.WRITTEN
    (project.locales / REVIEWS).write_text("kurz: {uk: {state: draft}}", encoding="utf-8")
    assert outcome(project, out) is Outcome.WRITTEN
    (project.forms / "authorities" / "amt.svg").write_text(SVG, encoding="utf-8")
    change(project.forms / "authorities" / "amt.yaml", "completeness: 80", "completeness: 80\nlogo: amt.svg")
    assert outcome(project, out) is Outcome.WRITTEN
    (project.forms / "authorities" / "amt.svg").write_text(SVG.replace("0h9", "1h9"), encoding="utf-8")
    assert outcome(project, out) is Outcome.WRITTEN
    assert outcome(project, out) is Outcome.UP_TO_DATE


def test_what_another_document_is_made_of_does_not_matter(project: Project, out: Path) -> None:
    assert outcome(project, out) is Outcome.WRITTEN
    change(catalog_path(project.locales, language("ar"), "kurz"), "‹نص Familienname›", "الاسم")
    change(catalog_path(project.locales, UK, "alles"), "‹текст Familienname›", "Прізвище")
    change(project.forms / "alles.yaml", "title: Alles auf einmal", "title: Alles")
    assert outcome(project, out) is Outcome.UP_TO_DATE


def test_the_inputs_are_the_same_in_every_folder_and_differ_between_documents(project: Project, tmp_path: Path) -> None:
    shutil.copytree(project.root, tmp_path / "copy")
    copy = render.Project(tmp_path / "copy", tmp_path / "copy/forms", tmp_path / "copy/locales", tmp_path / "x")
    assert jobs.fingerprint(copy, job()) == jobs.fingerprint(project, job())
    others = [
        job("ar"),
        job(form="alles"),
        job(layout="columns"),
        job(large=True),
        Job("kurz", UK, "", "columns", False, 95),
    ]
    assert len({jobs.fingerprint(project, each) for each in [job(), *others]}) == 6


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2026-08-01", "2027-05-31", Outcome.UP_TO_DATE),
        ("2026-07-31", "2026-08-01", Outcome.WRITTEN),
        ("2026-08-01", "2026-07-31", Outcome.WRITTEN),
        ("2020-01-01", "2026-07-31", Outcome.UP_TO_DATE),
    ],
)
def test_a_file_holds_while_the_same_parameters_hold(
    project: Project, out: Path, first: str, second: str, expected: Outcome
) -> None:
    outcome(project, out, datetime.date.fromisoformat(first))
    day = datetime.date.fromisoformat(second)
    assert render.is_up_to_date(project, job(), out, day) is (expected is Outcome.UP_TO_DATE)
    assert outcome(project, out, day) is expected
    assert outcome(project, out, day) is Outcome.UP_TO_DATE


def test_a_file_says_what_it_was_made_from_and_when_it_holds(project: Project, out: Path) -> None:
    path = render.run(project, job(), out, TODAY).path
    stamp = {"Inputs": jobs.fingerprint(project, job()), "Holds": "2026-08-01/9999-12-31"}
    assert read_marks(path) == {**stamp, "Form": "kurz", "Version": "1", "Language": "uk"}


DAYS = st.dates()


@given(st.text("0123456789abcdef", min_size=64, max_size=64), DAYS, DAYS, DAYS)
def test_a_stamp_survives_its_marks_and_holds_between_its_days(
    inputs: str, first: datetime.date, last: datetime.date, day: datetime.date
) -> None:
    stamp = Stamp(inputs, first, last)
    assert read_stamp(stamp.marks()) == stamp
    assert stamp.holds(inputs, day) == (first <= day <= last)
    assert not stamp.holds(inputs[::-1] + "0", day)


@given(st.dictionaries(st.sampled_from(["Inputs", "Holds"]), st.text()))
def test_strange_marks_are_no_stamp_or_one_with_days(marks: dict[str, str]) -> None:
    stamp = read_stamp(marks)
    assert stamp is None or re.fullmatch(r"[\d-]+/[\d-]+", marks["Holds"])


# --- Nothing is overwritten that is not ours --------------------------------------------------------------------


@pytest.mark.parametrize(
    "foreign", [b"", b"my notes", b"%PDF-1.4\n%%EOF\n", b"%PDF-1.7 /FormkitInputs (x) /FormkitHolds (y)"]
)
def test_a_foreign_file_of_that_name_is_refused_and_untouched(project: Project, out: Path, foreign: bytes) -> None:
    out.mkdir()
    path = out / "kurz.uk.print.pdf"
    path.write_bytes(foreign)
    with pytest.raises(OutputExists, match="is there already and was not made by formkit") as caught:
        render.run(project, job(), out, TODAY)
    assert caught.value.exit_code == 3
    assert "--force" in caught.value.advice
    assert path.read_bytes() == foreign
    assert list(out.iterdir()) == [path]
    assert render.run(project, job(), out, TODAY, force=True).outcome is Outcome.WRITTEN
    assert path.read_bytes().startswith(b"%PDF-1.7")


def test_force_renders_again_what_is_up_to_date(project: Project, out: Path) -> None:
    before = render.run(project, job(), out, TODAY).path.read_bytes()
    assert render.run(project, job(), out, TODAY, force=True).outcome is Outcome.WRITTEN
    assert (out / "kurz.uk.print.pdf").read_bytes() == before


LIMITED = """
import datetime, resource, sys
from pathlib import Path
from formkit import render
from formkit.errors import FormkitError
from formkit.i18n.languages import language
from formkit.project import find_project
from formkit.render.jobs import Job
root, out, warm = map(Path, sys.argv[1:])
project, job = find_project(root), Job("kurz", language("uk"), "amt", "interlinear", False, 95)
if warm.name == "warm":
    render.run(project, job, warm, datetime.date(2026, 11, 24))
resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, 8_000))
try:
    render.run(project, job, out, datetime.date(2026, 7, 1))
except FormkitError as error:
    print(error.exit_code, error.message, "|", error.advice)
"""
FULL = {
    "warm": "3 {path}: cannot be written: File too large | The file would be larger than this system allows.\n",
    "cold": "3 {path}: cannot be made: File too large | Choose a folder you may write to with -o, and see that "
    "there is room on its disk and in the temporary folder.\n",
}


@pytest.mark.parametrize("engine", ["warm", "cold"])
def test_where_there_is_no_room_for_a_rendering_the_old_file_stays_whole(
    project: Project, out: Path, tmp_path: Path, engine: str
) -> None:
    before = render.run(project, job(), out, TODAY).path.read_bytes()
    assert len(before) > 8_000
    (tmp_path / "temporary").mkdir()
    done = call("-c", LIMITED, str(project.root), str(out), str(tmp_path / engine), TMPDIR=str(tmp_path / "temporary"))
    path = out / "kurz.uk.print.pdf"
    assert (done.stdout, done.stderr) == (FULL[engine].format(path=path), "")
    assert path.read_bytes() == before
    assert list(out.iterdir()) == [path]


def test_a_folder_that_cannot_be_made_is_told(project: Project, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(RenderFailed, match="cannot be made: Not a directory") as caught:
        render.run(project, job(), tmp_path / "file" / "out", TODAY)
    assert caught.value.exit_code == 3


def test_a_failed_rendering_leaves_nothing(project: Project, out: Path) -> None:
    change(catalog_path(project.locales, UK, "kurz"), "‹текст Familienname›", "中")
    with pytest.raises(MissingGlyph):
        render.run(project, job(), out, TODAY)
    assert not out.exists()


# --- Several at once ---------------------------------------------------------------------------------------------


def failing(project: Project) -> tuple[Job, ...]:
    change(catalog_path(project.locales, UK, "kurz"), "‹текст Familienname›", "中")
    return (job("ar"), job("uk"), job("de", layout="source"))


def test_one_language_that_fails_does_not_stop_the_others(project: Project, out: Path) -> None:
    ticks: list[int] = []
    wanted = failing(project)
    done = run_all(project, wanted, out, TODAY, workers=1, tick=ticks.append)
    assert tuple(each.job for each in done) == wanted
    assert [type(each.error) for each in done] == [type(None), MissingGlyph, type(None)]
    assert sorted(path.name for path in out.iterdir()) == ["kurz.ar.print.pdf", "kurz.de.print.pdf"]
    assert ticks == [1, 1, 1]


def test_a_language_without_any_catalogue_is_an_error_and_no_german_page(project: Project, out: Path) -> None:
    (done,) = run_all(project, (job("tr"),), out, TODAY)
    assert isinstance(done.error, UnknownName)
    assert not out.exists()


SPAWNED = """
import datetime, json, sys
from pathlib import Path
from formkit.i18n.languages import language
from formkit.project import find_project
from formkit.render.jobs import Job
from formkit.render.pool import run_all

if __name__ == "__main__":
    root, out = map(Path, sys.argv[1:])
    jobs = tuple(Job("kurz", language(tag), "amt", "interlinear", False, 95) for tag in ("ar", "uk"))
    done = run_all(find_project(root), jobs, out, datetime.date(2026, 11, 24), workers=2)
    print(json.dumps([each.error.message if each.error else each.result.outcome.value for each in done]))
"""


def test_processes_of_their_own_give_the_same_files_and_the_same_errors(
    project: Project, out: Path, tmp_path: Path
) -> None:
    expected = render.run(project, job("ar"), tmp_path / "alone", TODAY).path
    failing(project)
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED, encoding="utf-8")
    done = call(str(script), str(project.root), str(out))
    assert done.returncode == 0, done.stderr
    first, second = json.loads(done.stdout)
    assert (first, second[:30]) == ("written", "no packaged font draws '中' (U+")
    assert (out / expected.name).read_bytes() == expected.read_bytes()


def test_a_language_is_the_same_language_in_another_process() -> None:
    import pickle

    found: Language = pickle.loads(pickle.dumps(job())).language
    assert found == UK
