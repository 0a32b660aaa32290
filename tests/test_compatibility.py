"""Other tools and our catalogues: what each does to a file, that nothing of ours is lost, and the way back.

`docs/translators.md` says the same in tables; they are held against what is measured here.
"""

from __future__ import annotations

import difflib
import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import polib
import pytest
from babel.messages import pofile

from formkit.i18n import templates, work
from formkit.i18n.catalog import Catalog, Entry, read_catalog
from formkit.i18n.edits import sign_all
from formkit.i18n.languages import LANGUAGES, language
from formkit.i18n.old import read_old
from formkit.i18n.paths import catalog_path
from formkit.i18n.po_entry import spelt
from formkit.i18n.update import Merge
from formkit.project import Project, find_project
from projects import change, sample_project, write_catalogs

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "translators.md"
COMPONENT = ROOT / "docs" / "weblate" / "component.json"
UK = language("uk")
NEEDS_GETTEXT = pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext is not installed")
NEEDS_TOOLKIT = pytest.mark.skipif(
    importlib.util.find_spec("translate") is None, reason="translate-toolkit is not installed"
)

# The tools, each on a catalogue and the template it belongs to


def gettext(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def through(program: str, *options: str) -> Callable[[Path, Path], None]:
    return lambda path, template: gettext(program, *options, "-o", str(path), str(path))


def msgmerge(path: Path, template: Path) -> None:
    # With --update, a file in which nothing changes is not written; here it always is.
    gettext("msgmerge", "--quiet", "--previous", "--no-wrap", "-o", str(path), str(path), str(template))


def babel(width: int = 76) -> Callable[[Path, Path], None]:
    def save(path: Path, template: Path) -> None:
        with path.open("rb") as stream:
            catalog = pofile.read_po(stream)
        with path.open("wb") as stream:
            pofile.write_po(stream, catalog, width, include_previous=True)

    return save


def with_polib(**options: int) -> Callable[[Path, Path], None]:
    return lambda path, template: polib.pofile(str(path), **options).save()


def toolkit(path: Path, template: Path) -> None:
    store(path).save()


def store(path: Path, wrap: int | None = None) -> Any:
    """Open a catalogue with the library that Weblate reads and writes them with, and its `po_line_wrap`."""
    from translate.storage.pypo import pofile as toolkit_file

    opened: Any = toolkit_file.parsefile(str(path))  # type: ignore[no-untyped-call]
    if wrap is not None:
        opened.wrapper.width = wrap
    return opened


TOOLS = {
    "msgcat --no-wrap": through("msgcat", "--no-wrap"),
    "msgcat": through("msgcat"),
    "msgattrib --no-wrap": through("msgattrib", "--no-wrap"),
    "msgmerge --previous --no-wrap": msgmerge,
    "Babel, width=0": babel(width=0),
    "Babel": babel(),
    "polib, wrapwidth=0": with_polib(wrapwidth=0),
    "polib": with_polib(),
    "translate-toolkit": toolkit,
}


def _tool(name: str) -> Any:
    needs = {"msg": NEEDS_GETTEXT, "tra": NEEDS_TOOLKIT}.get(name[:3])
    return pytest.param(name, marks=needs) if needs else name


EACH_TOOL = pytest.mark.parametrize("tool", [_tool(name) for name in TOOLS])

# A catalogue on which an author and a translator have worked


@dataclass(frozen=True)
class Worked:
    """A project with a catalogue that knows every state, and the same as it was before the form changed."""

    project: Project
    path: Path
    before: Path

    @property
    def template(self) -> Path:
        return self.project.locales / "alles.pot"

    def update(self, path: Path) -> bool:
        """Bring a copy of the catalogue in step; tells whether anything was to be written."""
        (source,) = templates.sources(self.project, ["alles"])
        return work.update_file(path, path.name, Merge(source.entries, source.header), UK).changed


LONG = "Wie im Ausweis. Schreiben Sie die ganze Anschrift, auch den Ortsteil, wenn es den Ort zweimal gibt."
REMARK = "a remark of the translator, long enough for a tool that breaks the remarks of people into lines"
DRAFTED = {
    "help: Wie im Ausweis.": f"help: {LONG}",
    "comment: Kurz": "comment: So kurz wie auf dem Ausweis und doch länger als eine Zeile mancher Kataloge sein darf",
    "label: Preis}": "label: Kosten}",
    "label: Datum von,": "label: Kosten,",
    "message: Das Ende": "message: Beginn und Ende passen nicht; nach Ihren Angaben oben geht beides nicht. Das Ende",
}
TRANSLATED = {
    '"X-Generator: formkit\\n"': '"X-Generator: Poedit 3.9\\n"\n"X-Poedit-Basepath: ..\\n"',
    "#. id: person.plz\n": f"# {REMARK}\n# formkit-ignore: end-punctuation\n#. id: person.plz\n",
    "#: forms/alles.yaml#person.plz\n": "#: forms/alles.yaml#person.plz src/other.c:12\n#, no-wrap, priority:90, own\n",
}
CHANGED = {
    "version: 3": "version: 4",
    "label: Familienname,": "label: Nachname,",
    "label: {text: Ort, context: address}": "label: {text: Wohnort, context: person}",
    LONG: LONG.replace("zweimal", "mehrfach"),
    "label: Schulweg,": "label: Schul-Weg,",
    "{id: mail, type: email, label: E-Mail}": "{id: neu, type: text, label: Ganz neu}",
}


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    project = sample_project(tmp_path_factory.mktemp("worked") / "project")
    form = project.form_path("alles")
    edit(form, DRAFTED)
    write_catalogs(project, UK)
    path = catalog_path(project.locales, UK, "alles")
    edit(path, TRANSLATED)
    sign_all(path, path.name)
    before = path.with_name("before.po")
    shutil.copy(path, before)
    edit(form, CHANGED)
    done = Worked(project, path, before)
    done.update(path)
    templates.write_templates(project, ("alles",))
    return done


def edit(path: Path, edits: dict[str, str]) -> None:
    for old, new in edits.items():
        change(path, old, new)


def read(path: Path) -> Catalog:
    return read_catalog(path, UK)


def test_the_catalogue_knows_every_state(worked: Worked) -> None:
    catalog = read(worked.path)
    entries = catalog.entries
    assert entries["", "Nachname"].previous == ("", "Familienname")
    assert entries["person", "Wohnort"].previous == ("address", "Ort")
    assert entries["", "Ganz neu"].text == ""
    assert "source-edit: punctuation" in entries["", "Schul-Weg"].extracted
    assert "stale since: alles 4" in entries["", "Nachname"].extracted
    assert entries["", "Postleitzahl"].flags == ("no-wrap", "priority:90", "own")
    assert [entry.msgid for entry in catalog.obsolete] == ["E-Mail"]
    assert (
        {entry.fuzzy for entry in entries.values()} == {entry.reviewed for entry in entries.values()} == {True, False}
    )


# What a tool changes


def effects(before: Path, after: Path) -> set[str]:
    """Say what differs between two spellings of one catalogue, in the words of the documentation."""
    ours, theirs = read(before), read(after)
    found = {effect for key, entry in ours.entries.items() for effect in _changes(entry, theirs.entries[key])}
    return found | set(_header(ours, theirs)) | set(_layout(before, after))


def _changes(ours: Entry, theirs: Entry) -> Iterator[str]:
    if set(ours.comments) - set(theirs.comments):
        yield "breaks remarks"
    if ours.previous and not theirs.previous:
        yield "makes the old German a remark"
    yield from _notes(ours, theirs)
    yield from _references(ours, theirs)
    lost, added = set(ours.flags) - set(theirs.flags), set(theirs.flags) - set(ours.flags)
    if any(re.match("placeholders|md-text", flag) for flag in lost):
        yield "deletes formkit's flags"
    if any(not re.match("placeholders|md-text", flag) for flag in lost):
        yield "deletes other flags"
    if added:
        yield "adds flags"


def _notes(ours: Entry, theirs: Entry) -> Iterator[str]:
    if " ".join(ours.extracted) == " ".join(theirs.extracted):
        if ours.extracted != theirs.extracted:
            yield "breaks notes"
    else:
        yield "deletes notes on changes"


def _references(ours: Entry, theirs: Entry) -> Iterator[str]:
    if set(ours.references) - set(theirs.references):
        yield "deletes other references"
    elif ours.references != theirs.references:
        yield "sorts references"


def _header(ours: Catalog, theirs: Catalog) -> Iterator[str]:
    both = [name for name in ours.header if name in theirs.header]
    if len(both) < len(ours.header):
        yield "deletes header lines"
    if any(theirs.header[name] != ours.header[name] for name in both) or len(both) < len(theirs.header):
        yield "changes header lines"
    if both != [name for name in theirs.header if name in ours.header]:
        yield "moves header lines"


def _layout(before: Path, after: Path) -> Iterator[str]:
    ours, theirs = ({name: raw.split("\n") for name, raw in blocks(path).items()} for path in (before, after))
    pairs = [(lines, theirs[name]) for name, lines in ours.items()]
    if any(len(_lines(mine, '"', "m")) < len(_lines(other, '"', "m")) for mine, other in pairs):
        yield "wraps texts"
    if any(len(_lines(mine, "#:")) < len(_lines(other, "#:")) for mine, other in pairs):
        yield "breaks references"


def _lines(lines: list[str], *beginnings: str) -> list[str]:
    return [line for line in lines if line.startswith(beginnings)]


def blocks(path: Path) -> dict[tuple[str, str], str]:
    """Return the text of every entry as it stands, the header's under an empty name."""
    old = read_old(path.read_bytes(), path.name)
    found = {spelt(name): entry.raw.decode() for name, entry in old.entries.items()}
    return found | ({("", ""): old.header.raw.decode()} if old.header else {})


def kept(catalog: Catalog) -> list[tuple[object, ...]]:
    """Return what no tool may lose, of every entry in its order: the obsolete ones come last."""
    entries = [*catalog.entries.values(), None, *catalog.obsolete]
    return [
        (*entry.key, entry.text, entry.fuzzy, entry.reviewed, _remarks(entry), _ids(entry)) if entry else ()
        for entry in entries
    ]


def _remarks(entry: Entry) -> str:
    """Return remarks, marks of reviews and the old German as one text: Babel does not tell them apart."""
    context, msgid = entry.previous or ("", "")
    old = [f'| msgctxt "{context}"'] * bool(context) + [f'| msgid "{msgid}"'] * bool(msgid)
    return " ".join([*entry.comments, *old])


def _ids(entry: Entry) -> tuple[str, ...]:
    return tuple(note for note in entry.extracted if note.startswith("id: "))


def copy(path: Path, folder: Path) -> Path:
    return Path(shutil.copy(path, folder / "copy.po"))


def rows(heading: str) -> dict[str, tuple[str, ...]]:
    """Return the table under a heading of the page for translators, by its first column."""
    text = PAGE.read_text(encoding="utf-8")
    section = re.split(r"^#+ ", text.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    lines = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")][2:]
    cells = [tuple(cell.strip() for cell in line) for line in lines]
    return {first.strip("`"): tuple(others) for first, *others in cells}


def words(cell: str) -> set[str]:
    return set() if cell == "nothing" else set(cell.split(", "))


TABLE = "What other tools do to the files"


def test_the_documentation_names_the_tools_that_are_measured() -> None:
    assert list(rows(TABLE)) == list(TOOLS)


@EACH_TOOL
def test_a_tool_changes_what_the_documentation_says_and_update_brings_back_what_it_says(
    tool: str, worked: Worked, tmp_path: Path
) -> None:
    path = copy(worked.path, tmp_path)
    TOOLS[tool](path, worked.template)
    changed = effects(worked.path, path)
    worked.update(path)
    left = effects(worked.path, path)
    assert tuple(words(cell) for cell in rows(TABLE)[tool]) == (changed, left)


@EACH_TOOL
def test_no_text_state_review_or_id_is_lost_in_a_tool_or_on_the_way_back(
    tool: str, worked: Worked, tmp_path: Path
) -> None:
    path = copy(worked.path, tmp_path)
    TOOLS[tool](path, worked.template)
    assert kept(read(path)) == kept(read(worked.path))
    worked.update(path)
    assert kept(read(path)) == kept(read(worked.path))
    assert not worked.update(path)


@NEEDS_GETTEXT
@EACH_TOOL
def test_gettext_compiles_what_a_tool_wrote_without_a_word(tool: str, worked: Worked, tmp_path: Path) -> None:
    path = copy(worked.path, tmp_path)
    gettext("msgfmt", "--check", "-o", "/dev/null", str(path))
    TOOLS[tool](path, worked.template)
    gettext("msgfmt", "--check", "-o", "/dev/null", str(path))


@NEEDS_GETTEXT
def test_gettext_keeps_no_flag_but_its_own(worked: Worked, tmp_path: Path) -> None:
    path = copy(worked.path, tmp_path)
    TOOLS["msgcat --no-wrap"](path, worked.template)
    assert flags(worked.path) == {"fuzzy", "md-text", "no-wrap", "own", "placeholders", "priority"}
    assert flags(path) == {"fuzzy", "no-wrap"}


def flags(path: Path) -> set[str]:
    """Return the names of all flags in a file."""
    lines = [line[2:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#,")]
    return {flag.strip().partition(":")[0] for line in lines for flag in line.split(",")}


def test_babel_adds_one_flag_and_deletes_the_header_lines_of_others(worked: Worked, tmp_path: Path) -> None:
    path = copy(worked.path, tmp_path)
    TOOLS["Babel"](path, worked.template)
    assert flags(path) - flags(worked.path) == {"python-brace-format"}
    assert set(read(worked.path).header) ^ set(read(path).header) == {
        "X-Generator",
        "X-Poedit-Basepath",
        "Generated-By",
    }


@NEEDS_GETTEXT
def test_msgmerge_leaves_a_file_in_step_as_it_is(worked: Worked, tmp_path: Path) -> None:
    path = copy(worked.path, tmp_path)
    TOOLS["msgmerge --previous --no-wrap"](path, worked.template)
    worked.update(path)
    before = path.read_bytes()
    gettext("msgmerge", "--quiet", "--update", "--previous", "--no-wrap", str(path), str(worked.template))
    assert path.read_bytes() == before


@NEEDS_GETTEXT
def test_where_msgmerge_ran_instead_of_update_every_translation_is_still_there(worked: Worked, tmp_path: Path) -> None:
    path = copy(worked.before, tmp_path)
    before = translations(path)
    gettext("msgmerge", "--quiet", "--update", "--previous", "--no-wrap", str(path), str(worked.template))
    worked.update(path)
    assert before <= translations(path)
    assert not worked.update(path)


@NEEDS_GETTEXT
def test_msgmerge_gives_a_new_text_the_translation_of_a_similar_one(tmp_path: Path) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    path, template = tmp_path / "a.po", tmp_path / "a.pot"
    path.write_text(header + '\nmsgid "Geburtsdatum"\nmsgstr "Дата народження"\n', encoding="utf-8")
    german = ("Geburtsdatum", "Geburtsname")
    entries = [f'\nmsgid "{each}"\nmsgstr ""\n' for each in german]
    template.write_text("".join([header, *entries]), encoding="utf-8")
    TOOLS["msgmerge --previous --no-wrap"](path, template)
    assert read(path).entries["", "Geburtsname"].text == "Дата народження"


def translations(path: Path) -> set[str]:
    catalog = read(path)
    return {entry.text for entry in (*catalog.entries.values(), *catalog.obsolete)}


# The catalogues of the project itself


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the project, its catalogues in step."""
    folder = tmp_path_factory.mktemp("real")
    for name in ("forms", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "formkit.toml", folder)
    project = find_project(folder)
    templates.write_templates(project, ())
    list(work.update_all(project, (), ()))
    return project


@EACH_TOOL
@pytest.mark.parametrize("tag", ["ar", "uk", "tr", "en", "de-simple"])
def test_every_catalogue_of_the_project_comes_back_whole(tool: str, tag: str, real: Project, tmp_path: Path) -> None:
    paths = {source.name: catalog_path(real.locales, language(tag), source.name) for source in _sources(real)}
    there = [source for source in _sources(real) if paths[source.name].exists()]
    assert len(there) > 3
    for source in there:
        original = paths[source.name]
        path = copy(original, tmp_path)
        TOOLS[tool](path, real.locales / f"{source.name}.pot")
        assert kept(read(path)) == kept(read(original))
        work.update_file(path, path.name, Merge(source.entries, source.header), language(tag))
        assert kept(read(path)) == kept(read(original))
        assert our_flags(path) == our_flags(original)
        assert not work.update_file(path, path.name, Merge(source.entries, source.header), language(tag)).changed


@cache
def _sources(project: Project) -> tuple[templates.Source, ...]:
    return tuple(templates.sources(project))


def our_flags(path: Path) -> list[set[str]]:
    return [{flag for flag in entry.flags if not flag.endswith("-format")} for entry in read(path).entries.values()]


# Weblate, which writes catalogues with translate-toolkit

WRAPPING = "Line wrapping in Weblate"


@NEEDS_TOOLKIT
@pytest.mark.parametrize("wrap", [77, -1, 65535])
def test_a_save_in_weblate_changes_as_many_lines_as_the_documentation_says(
    wrap: int, worked: Worked, tmp_path: Path
) -> None:
    path = copy(worked.path, tmp_path)
    opened = store(path, wrap)
    unit = next(unit for unit in opened.units if str(unit.source).startswith("Wie im Ausweis."))
    unit.target = f"{unit.target} Ще одне речення, щоб рядок став довшим."
    opened.save()
    text = lines_changed(worked.path, path)
    path = copy(worked.path, tmp_path)
    opened = store(path, wrap)
    opened.updateheader(PO_Revision_Date="2026-11-24 10:00+0000", X_Generator="Weblate 5.14.3")
    opened.save()
    header = lines_changed(worked.path, path)
    assert rows(WRAPPING)[str(wrap)][:2] == (str(text), str(header))


def lines_changed(before: Path, after: Path) -> int:
    """Count the lines that git would show, old and new."""
    old, new = (path.read_text(encoding="utf-8").splitlines() for path in (before, after))
    return sum(line[0] in "+-" for line in list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:])


@NEEDS_TOOLKIT
def test_a_text_that_is_confirmed_elsewhere_is_done_and_nothing_else_moves(worked: Worked, tmp_path: Path) -> None:
    path = confirmed(worked.path, tmp_path)
    worked.update(path)
    entry = read(path).entries["", "Nachname"]
    assert (entry.fuzzy, entry.previous, entry.text) == (False, None, "‹текст Familienname›")
    assert [note for note in entry.extracted if note.startswith("stale")] == []
    ours, theirs = blocks(worked.path), blocks(path)
    assert [name for name, raw in ours.items() if theirs[name] != raw] == [("", "Nachname")]


@NEEDS_TOOLKIT
def test_a_text_that_changes_again_after_that_is_stale_since_then(worked: Worked, tmp_path: Path) -> None:
    path = confirmed(worked.path, tmp_path)
    (source,) = templates.sources(worked.project, ["alles"])
    entries = [
        replace(entry, msg=replace(entry.msg, text="Zuname")) if entry.msg.text == "Nachname" else entry
        for entry in source.entries
    ]
    later = replace(source, entries=tuple(entries), header=replace(source.header, project="alles 5"))
    work.update_file(path, path.name, Merge(later.entries, later.header), UK)
    entry = read(path).entries["", "Zuname"]
    assert [note for note in entry.extracted if note.startswith("stale")] == ["stale since: alles 5"]
    assert entry.previous == ("", "Nachname")


def confirmed(path: Path, folder: Path) -> Path:
    """Return a copy of a catalogue in which somebody took the mark from a text that needed work."""
    there = copy(path, folder)
    opened = store(there, 65535)
    next(unit for unit in opened.units if unit.source == "Nachname").markfuzzy(False)
    opened.save()
    return there


def component() -> dict[str, Any]:
    return dict(json.loads(COMPONENT.read_text(encoding="utf-8")))


def test_the_component_for_weblate_finds_every_catalogue_and_template_of_the_form() -> None:
    found = sorted(path.relative_to(ROOT) for path in ROOT.glob(component()["filemask"]))
    form = component()["name"]
    expected = [catalog_path(Path("locales"), each, form) for each in LANGUAGES.values()]
    assert found == sorted(path for path in expected if (ROOT / path).exists())
    assert (ROOT / component()["new_base"]).is_file()


def test_the_component_for_weblate_is_what_the_documentation_says() -> None:
    checks = rows("Weblate's checks")
    off = {f"ignore-{name}" for name, (state, _) in checks.items() if state == "off"}
    enforced = {name for name, (state, _) in checks.items() if state == "enforced"}
    assert set(component()["check_flags"].split(", ")) == off
    assert set(component()["enforced_checks"]) == enforced
    assert rows(WRAPPING)[str(component()["file_format_params"]["po_line_wrap"])][-1].startswith("right")
