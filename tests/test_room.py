"""The room of texts on paper: measured once, kept, the same in every command, and never too small for what fits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.checks.layout import layout, max_size
from formkit.checks.room import measure_rooms, room_in
from formkit.checks.values import String
from formkit.errors import CatalogError
from formkit.i18n import work
from formkit.i18n.catalog import Entry, read_catalog
from formkit.i18n.extracted import Extracted, merge
from formkit.i18n.languages import LANGUAGES, language
from formkit.i18n.paths import catalog_path, languages_of
from formkit.i18n.room import Measured, Room, from_json, narrowest, read_measured, room_path, rooms_of, to_json
from formkit.i18n.templates import sources, write_templates
from formkit.project import Project, find_project
from formkit.render.measure import Size
from formkit.texts import Msg
from projects import ROOT, TODAY, change, sample_project

ROOMS = st.builds(Room, st.integers(0, 500), st.integers(1, 9), st.integers(0, 900))
IDS = st.from_regex(r"[a-z]{1,5}(\.[a-z0-9_]{1,5})?(:[a-z]{1,4})?", fullmatch=True)
LABEL = Size(130.0, 9.5, 10.0, bold=False, breaks=False, hyphens=False)


@given(st.dictionaries(IDS, st.dictionaries(IDS, ROOMS, min_size=1)))
def test_what_was_measured_is_read_as_it_was_written(rooms: dict[str, dict[str, Room]]) -> None:
    assert Measured("0", rooms) == from_json(to_json(Measured("0", rooms)))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"inputs": "0"}', '{"inputs": "0", "rooms": {"f": {"a": [1, "2"]}}}'])
def test_a_damaged_file_is_named_and_not_passed_over(tmp_path: Path, text: str) -> None:
    room_path(tmp_path, "f").write_text(text, encoding="utf-8")
    with pytest.raises(CatalogError, match=r"f\.room\.json"):
        rooms_of(tmp_path, "f")


@given(st.lists(ROOMS, min_size=1))
def test_a_text_at_several_places_has_the_room_of_the_narrowest(rooms: list[Room]) -> None:
    found = narrowest(rooms)
    assert found.millimetres == min(room.millimetres for room in rooms)
    assert all(found.characters <= room.characters for room in rooms if room.characters)
    assert (found.characters == 0) == (not any(room.characters for room in rooms))
    entries = merge(Extracted(Msg("Ort"), (f"a.n{number}",), room=room) for number, room in enumerate(rooms))
    assert [entry.room for entry in entries] == [found]


def label(german: str, text: str, tag: str) -> String:
    """Return a translation with one place, as checks are given it."""
    return String(Entry("", german, text), LANGUAGES[tag], "x.po", sizes=(LABEL,))


@pytest.mark.parametrize(("tag", "letters"), [("en", "il tfj."), ("uk", "ії. ґ"), ("ar", "ال لا.")])
def test_what_is_longer_than_max_length_is_never_right_on_paper(tag: str, letters: str) -> None:
    limit = room_in("Folgeantrag", LABEL).characters
    assert limit == 160
    text = (letters * limit)[: limit + 1]
    found = [*max_size(label("Folgeantrag", text, tag)), *layout(label("Folgeantrag", text, tag))]
    assert found != []


@pytest.mark.parametrize(
    ("german", "size"),
    [
        ("Ein Satz, der hier mehr als eine Zeile füllt und also fließt", LABEL),
        ("Ort", Size(130.0, 9.5, 10.0, bold=False, breaks=True, hyphens=True)),
        ("Ort", Size(480.0, 9.5, 10.0, bold=False, breaks=False, hyphens=False)),
        ("{ort}", LABEL),
    ],
    ids=["flows", "broken anywhere", "wide", "placeholder"],
)
def test_a_text_without_a_real_limit_has_no_max_length(german: str, size: Size) -> None:
    assert room_in(german, size).characters == 0


def test_no_translation_of_ours_exceeds_its_max_length() -> None:
    project = find_project(ROOT)
    limited = 0
    for source in sources(project):
        for reader in languages_of(project, source.name):
            for entry in read_catalog(catalog_path(project.locales, reader, source.name), reader).entries.values():
                limits = [int(match[1]) for flag in entry.flags if (match := re.fullmatch(r"max-length:(\d+)", flag))]
                limited += len(limits)
                assert all(len(entry.text) <= limit and len(entry.msgid) <= limit for limit in limits), entry
    assert limited > 150


def test_the_kept_rooms_of_our_form_are_those_of_its_layout_now(tmp_path: Path) -> None:
    project = find_project(ROOT)
    kept = read_measured(room_path(project.locales, "but-hauptantrag"))
    assert kept is not None
    anew = project_at(tmp_path, project)
    assert [*measure_rooms(anew, ["but-hauptantrag"], TODAY)] == [
        f"{room_path(anew.locales, 'but-hauptantrag')}: {sum(map(len, kept.rooms.values()))} texts measured"
    ]
    measured = read_measured(room_path(anew.locales, "but-hauptantrag"))
    assert measured is not None
    assert kept.rooms == measured.rooms, "the layout has changed: run formkit translate extract and update"


def project_at(folder: Path, project: Project) -> Project:
    """Return a project whose catalogues and output lie in a folder of the test's own."""
    return Project(project.root, project.forms, folder / "locales", folder / "build", project.authority)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Make a project with measured rooms, its templates, and a catalogue."""
    project = sample_project(tmp_path_factory.mktemp("room") / "project")
    assert [said.partition(": ")[2].split()[1:] for said in measure_rooms(project, [], TODAY)] == [
        ["texts", "measured"]
    ]
    write_templates(project, ())
    work.add(project, language("uk"))
    return project


def test_a_form_in_step_is_not_measured_again_and_a_changed_one_is(measured: Project) -> None:
    before = room_path(measured.locales, "alles").read_bytes()
    assert [*measure_rooms(measured, ["alles"], TODAY)] == []
    path = measured.form_path("alles")
    text = path.read_text(encoding="utf-8")
    change(path, "Alles auf einmal", "Alles auf einem Blatt")
    assert len([*measure_rooms(measured, ["alles"], TODAY)]) == 1
    assert room_path(measured.locales, "alles").read_bytes() != before
    path.write_text(text, encoding="utf-8")
    assert len([*measure_rooms(measured, ["alles"], TODAY)]) == 1
    assert room_path(measured.locales, "alles").read_bytes() == before


def test_template_new_catalogue_and_update_say_the_same_of_room(measured: Project) -> None:
    template = said_of_room(measured.locales / "alles.pot")
    assert len(template) > 60
    path = catalog_path(measured.locales, language("uk"), "alles")
    assert said_of_room(path) == template
    assert [change.updated.changed for change in work.update_all(measured, (), ())] == [False] * 3
    path.write_text(re.sub(r"#[.,] (room|max-length).*\n", "", path.read_text(encoding="utf-8")), encoding="utf-8")
    assert any(change.updated.changed for change in work.update_all(measured, (), ()))
    assert said_of_room(path) == template


def said_of_room(path: Path) -> list[str]:
    return re.findall(r"#\. room: .*|#, .*max-length:\d+|#\. max-length: .*", path.read_text(encoding="utf-8"))


BROKEN = "raise OSError('cannot load library libpango-1.0-0')\n"


def test_where_no_page_can_be_laid_out_the_template_is_the_same(measured: Project, tmp_path: Path) -> None:
    (tmp_path / "weasyprint").mkdir()
    (tmp_path / "weasyprint" / "__init__.py").write_text(BROKEN, encoding="utf-8")
    template = measured.locales / "alles.pot"
    before = template.read_bytes()
    kept = room_path(measured.locales, "alles")
    room = kept.read_bytes()
    kept.write_bytes(room.replace(b'"inputs": "', b'"inputs": "older '))
    # The layout that the last measurement kept.
    shutil.rmtree(measured.output)
    done = extract(measured, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "locales/alles.room.json: not measured: " in done.stderr
    assert "what was measured before stays" in done.stderr
    assert template.read_bytes() == before
    kept.unlink()
    done = extract(measured, tmp_path)
    assert "templates say nothing of the room on paper" in done.stderr
    assert said_of_room(template) == []
    kept.write_bytes(room)
    template.write_bytes(before)


def extract(project: Project, first: Path) -> subprocess.CompletedProcess[str]:
    """Run `translate extract` with a folder of modules before all others."""
    path = os.pathsep.join([str(first), str(ROOT / "src")])
    command = [sys.executable, "-m", "formkit", "--project", str(project.root), "translate", "extract"]
    return subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False)
