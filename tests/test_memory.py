"""The translation memory: what is found, what is suggested, and that a suggestion never does harm."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formkit.cli import main
from formkit.i18n.catalog import Entry, read_catalog
from formkit.i18n.edits import edit_entries, retranslate, settle, settle_ids, sign_all
from formkit.i18n.languages import language
from formkit.i18n.memory import EXACT, Known, matches, memory, suggest
from formkit.i18n.paths import catalog_path
from formkit.i18n.po_write import Header, header_block, rewritten
from formkit.project import Project
from projects import catalog_text, change, sample_project

UK = language("uk")


def known(german: str, text: str = "", context: str = "", catalog: str = "g") -> Known:
    return Known(german, context, text or f"«{german}»", catalog, f"{catalog}.po", 1)


def put(project: Project, name: str, *entries: Entry) -> Path:
    """Write a catalogue into a project."""
    path = catalog_path(project.locales, UK, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    head = header_block(UK, Header(f"{name} 1", name))
    path.write_text("\n\n".join([head, *map(rewritten, entries)]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a project whose form `kurz` is not translated at all."""
    return sample_project(tmp_path, ("kurz",), ("uk",), translate=lambda entry, reader: "")


def first(project: Project, name: str = "kurz") -> str:
    return next(iter(read_catalog(catalog_path(project.locales, UK, name), UK).entries.values())).msgid


def entries(project: Project, name: str = "kurz") -> dict[str, Entry]:
    found = read_catalog(catalog_path(project.locales, UK, name), UK).entries.values()
    return {entry.msgid: entry for entry in found if not entry.context}


def test_the_same_text_comes_first_and_the_likest_next() -> None:
    found = matches(
        [known("Name des Kinds"), known("Ort"), known("Name des Kindes"), known("Name der Kinder")], "Name des Kindes"
    )
    assert [match.known.german for match in found] == ["Name des Kindes", "Name des Kinds", "Name der Kinder"]
    assert [match.score == EXACT for match in found] == [True, False, False]
    assert found == sorted(found, key=lambda match: -match.score)


def test_of_the_same_text_the_one_in_the_same_context_comes_first() -> None:
    found = matches([known("Ort", "1"), known("Ort", "2", "land")], "Ort", context="land")
    assert [match.known.text for match in found] == ["2", "1"]


def test_only_the_very_same_text_is_exact() -> None:
    long = "Bitte füllen Sie alle Felder dieses Formulars sorgfältig und vollständig aus " * 5
    assert [match.score for match in matches([known(long + "!")], long)] == [EXACT - 1]


def test_the_memory_holds_only_what_a_page_may_show_and_no_glossary(project: Project) -> None:
    put(
        project, "alt", Entry("", "Ort", "Місто"), Entry("", "Datum", "Дата", fuzzy=True), Entry("", "{n} Tage", "днів")
    )
    put(project, "glossary", Entry("", "Bescheid", "рішення | повідомлення"))
    assert [(each.german, each.text, each.catalog) for each in memory(project, UK)] == [("Ort", "Місто", "alt")]


def test_an_empty_text_gets_the_translation_of_the_same_text_from_another_catalogue(project: Project) -> None:
    german = first(project)
    put(project, "alt", Entry("", german, "Переклад"))
    done = list(suggest(project, ("kurz",), ()))
    assert [(each.file, each.exact, each.close) for each in done] == [("locales/uk/LC_MESSAGES/kurz.po", 1, 0)]
    entry = entries(project)[german]
    assert (entry.text, entry.fuzzy, entry.previous) == ("Переклад", True, None)
    assert entry.extracted[-1] == "suggested from: alt"


def test_a_close_suggestion_shows_the_german_it_was_made_for(project: Project) -> None:
    german = first(project)
    put(project, "alt", Entry("", f"{german}s", "Переклад"))
    assert [(each.exact, each.close) for each in suggest(project, ("kurz",), ())] == [(0, 1)]
    entry = entries(project)[german]
    assert (entry.text, entry.fuzzy, entry.previous) == ("Переклад", True, ("", f"{german}s"))


def test_the_same_word_in_another_context_is_suggested_with_that_context(project: Project) -> None:
    german = first(project)
    put(project, "alt", Entry("land", german, "Переклад"))
    list(suggest(project, (), ()))
    assert entries(project)[german].previous == ("land", german)


@pytest.mark.parametrize(
    ("german", "there", "text"),
    [
        ("Frist 6 Monate", "Frist 7 Monate", "строк 7"),
        ("bis {n} Monate im Jahr", "bis {m} Monate im Jahr", "до {m}"),
        ("Bescheid", "Ort", "Місто"),
        ("Geburtsname", "Geburtsdatum", "Дата"),
    ],
)
def test_what_differs_in_numbers_or_marks_or_is_only_alike_is_not_suggested(
    german: str, there: str, text: str, project: Project
) -> None:
    path = put(project, "kurz", Entry("", german, ""))
    put(project, "alt", Entry("", there, text))
    before = path.read_bytes()
    assert list(suggest(project, ("kurz",), ())) == []
    assert path.read_bytes() == before


def test_a_catalogue_suggests_nothing_to_itself(project: Project) -> None:
    put(project, "kurz", Entry("", "Name des Kindes", ""), Entry("", "Name des Kinds", "Ім'я"))
    assert list(suggest(project, ("kurz",), ())) == []


GERMAN = st.sampled_from(["Ort", "Orte", "Name des Kindes", "Name des Kinds", "Datum", "Anschrift", "Anschriften"])
OLD = st.dictionaries(GERMAN, st.tuples(st.sampled_from(["", "текст"]), st.booleans()), min_size=1)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(old=OLD, other=st.dictionaries(GERMAN, st.just("інше")))
def test_suggestions_never_touch_what_is_there_and_are_all_fuzzy(
    old: dict[str, tuple[str, bool]], other: dict[str, str], project: Project
) -> None:
    before = [Entry("", german, text, fuzzy=fuzzy and bool(text)) for german, (text, fuzzy) in old.items()]
    path = put(project, "kurz", *before)
    put(project, "alt", *(Entry("", german, text) for german, text in other.items()))
    list(suggest(project, ("kurz",), ()))
    after = read_catalog(path, UK).entries
    kept = [(entry.key, entry.text, entry.fuzzy) for entry in before if entry.text]
    assert [(key, after[key].text, after[key].fuzzy) for key, _, _ in kept] == kept
    assert all(after[entry.key].fuzzy or not after[entry.key].text for entry in before if not entry.text)


# How long the note on the source stays


def update(project: Project, *more: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--project", str(project.root), "translate", "update", "kurz", *more])
    assert stopped.value.code == 0


def test_the_note_stays_while_the_suggestion_waits_and_goes_when_it_is_settled(project: Project) -> None:
    german = first(project)
    put(project, "alt", Entry("", german, "Переклад"))
    update(project, "--suggest")
    waiting = catalog_text(project, "uk", "kurz")
    assert "#. suggested from: alt\n" in waiting
    update(project)
    assert catalog_text(project, "uk", "kurz") == waiting
    # As Poedit does it: the mark goes, all else stays.
    change(catalog_path(project.locales, UK, "kurz"), "#, fuzzy\n", "")
    update(project)
    settled = catalog_text(project, "uk", "kurz")
    assert "suggested from" not in settled
    assert 'msgstr "Переклад"' in settled


def test_suggestions_are_made_once(project: Project) -> None:
    put(project, "alt", Entry("", first(project), "Переклад"))
    update(project, "--suggest")
    once = catalog_text(project, "uk", "kurz")
    update(project, "--suggest")
    assert catalog_text(project, "uk", "kurz") == once


def test_settling_a_text_by_hand_drops_the_note() -> None:
    waiting = Entry("", "Ort", "Місто", fuzzy=True, extracted=("id: ort", "suggested from: alt"))
    assert settle(waiting).extracted == ("id: ort", "source-edit: declared minor")
    assert retranslate(waiting, "Село", fuzzy=False).extracted == ("id: ort",)


def test_without_the_option_nothing_is_suggested(project: Project) -> None:
    put(project, "alt", Entry("", first(project), "Переклад"))
    update(project)
    assert "Переклад" not in catalog_text(project, "uk", "kurz")


def test_suggestions_go_only_to_the_languages_named(project: Project) -> None:
    put(project, "alt", Entry("", first(project), "Переклад"))
    assert list(suggest(project, (), ("ar",))) == []


# Edits in place, which imports and suggestions share with signing and settling


SHARED = '#. id: a\n#. id: b\n#, fuzzy\n#| msgid "Alt"\nmsgid "Ort"\nmsgstr "Місто"\n'


def test_an_edit_finds_its_entry_where_the_same_lines_stand_in_another(tmp_path: Path) -> None:
    path = tmp_path / "f.po"
    head = header_block(UK, Header("f 1", "Form"))
    path.write_text(
        f'{head}\n\nmsgctxt "x"\nmsgid "Ort"\nmsgstr "Місто"\n\nmsgid "Ort"\nmsgstr "Місто"\n', encoding="utf-8"
    )
    edit_entries(path, "f.po", {("", "Ort"): lambda entry: retranslate(entry, "Село", fuzzy=False)})
    assert [entry.text for entry in read_catalog(path, UK).entries.values()] == ["Місто", "Село"]


def test_edits_keep_blank_lines_within_and_between_entries_of_others(tmp_path: Path) -> None:
    path = tmp_path / "f.po"
    head = header_block(UK, Header("f 1", "Form"))
    odd = '# remark\n\n#. id: x\n\n\nmsgid "Datum"\n\nmsgstr "Дата"\n\n\n#~ msgid "Alt"\n#~\n#~ msgstr "Старе"\n# end\n'
    path.write_text(f"{head}\n\n{SHARED}\n\n\n{odd}", encoding="utf-8")
    assert settle_ids(path, "f.po", frozenset({"b"})) == 1
    settled = '#. id: a\n#. id: b\n#. source-edit: declared minor\nmsgid "Ort"\nmsgstr "Місто"\n'
    assert path.read_text(encoding="utf-8") == f"{head}\n\n{settled}\n\n\n{odd}"
    assert sign_all(path, "f.po") == 2
    signed = path.read_text(encoding="utf-8")
    assert signed.endswith(odd.partition('msgstr "Дата"')[2])


def test_an_edit_that_says_the_same_does_not_touch_the_file(tmp_path: Path) -> None:
    path = tmp_path / "f.po"
    path.write_text(f"{header_block(UK, Header('f 1', 'Form'))}\n\n{SHARED}", encoding="utf-8")
    before = path.stat().st_mtime_ns
    assert edit_entries(path, "f.po", {("", "Ort"): lambda entry: entry, ("", "Fremd"): settle}) == 0
    assert path.stat().st_mtime_ns == before


# The command


def test_the_command_shows_what_is_known_with_its_place(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    put(project, "alt", Entry("", "Name des Kindes", "Ім'я дитини"), Entry("x", "Name des Kinds", "Ім'я"))
    for more in ((), ("--json",)):
        with pytest.raises(SystemExit) as stopped:
            main(["--project", str(project.root), "translate", "memory", "Name des Kindes", "--lang", "uk", *more])
        assert stopped.value.code == 0
        said = capsys.readouterr()
        assert "1 exact, 1 close" in said.err
        if more:
            assert [row["score"] == EXACT for row in json.loads(said.out)] == [True, False]
        else:
            lines = said.out.splitlines()
            assert lines[0].startswith("100 %  Name des Kindes  →  Ім'я дитини  [locales/uk/LC_MESSAGES/alt.po:")
            assert "Name des Kinds (x)  →  Ім'я" in lines[1]
