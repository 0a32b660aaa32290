"""The merge: what a changed German does to translations, and that nothing is ever lost."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.i18n.catalog import Catalog, read_catalog
from formkit.i18n.edits import settle_ids, sign_all
from formkit.i18n.extracted import Extracted, merge
from formkit.i18n.languages import language
from formkit.i18n.old import read_old
from formkit.i18n.po_write import Header, fill
from formkit.i18n.trivial import is_trivial
from formkit.i18n.update import Kept, Merge, Updated, update
from formkit.texts import Msg

UK = language("uk")
FIRST, SECOND = Header("f 1", "Form"), Header("f 2", "Form")


def text(german: str, *ids: str, context: str = "") -> Extracted:
    names = ids or (german.lower().replace(" ", "_"),)
    return Extracted(Msg(german, context), names, tuple(f"forms/f.yaml#{name}" for name in names), ("role: label",))


def written(*entries: Extracted, **translations: str) -> str:
    return fill(entries, {("", german): value for german, value in translations.items()}, UK, FIRST)


def merged(old: str, *entries: Extracted, header: Header = FIRST) -> Updated:
    return update(read_old(old.encode(), "uk.po"), entries, UK, header)


def catalog(po: str, folder: Path) -> Catalog:
    path = folder / "uk.po"
    path.write_text(po, encoding="utf-8")
    return read_catalog(path, UK)


def test_a_file_in_step_is_not_to_be_written() -> None:
    old = written(text("Ort"), Ort="Місто")
    assert not merged(old, text("Ort")).changed
    assert merged(old, text("Ort")).data.decode() == old


def test_a_changed_text_keeps_its_translation_marked_for_checking(tmp_path: Path) -> None:
    done = merged(written(text("Familienname", "name"), Familienname="Прізвище"), text("Nachname", "name"))
    entry = catalog(done.data.decode(), tmp_path).entries["", "Nachname"]
    assert (entry.text, entry.fuzzy, entry.previous) == ("Прізвище", True, ("", "Familienname"))
    assert "stale since: f 1" in entry.extracted
    assert done.counts[Kept.CHANGED] == 1


def test_a_trivial_change_keeps_the_translation_as_it_is(tmp_path: Path) -> None:
    done = merged(
        written(text("Bitte ankreuzen", "a"), **{"Bitte ankreuzen": "Позначте"}), text("Bitte ankreuzen.", "a")
    )
    entry = catalog(done.data.decode(), tmp_path).entries["", "Bitte ankreuzen."]
    assert (entry.text, entry.fuzzy) == ("Позначте", False)
    assert "source-edit: punctuation" in entry.extracted


def test_a_trivial_change_that_breaks_the_translation_is_checked_all_the_same(tmp_path: Path) -> None:
    done = merged(written(text("Nur Kopien", "a"), **{"Nur Kopien": "Копії"}), text("**Nur** Kopien", "a"))
    assert catalog(done.data.decode(), tmp_path).entries["", "**Nur** Kopien"].fuzzy
    assert done.counts[Kept.CHANGED] == 1


def test_a_new_context_carries_the_text_into_both_to_be_checked(tmp_path: Path) -> None:
    old = written(text("Ja", "a", "b"), Ja="Так")
    done = merged(old, text("Ja", "a", context="lives"), text("Ja", "b", context="pays"))
    entries = catalog(done.data.decode(), tmp_path).entries
    assert [(entry.text, entry.fuzzy) for entry in entries.values()] == [("Так", True), ("Так", True)]


def test_the_old_text_stays_while_another_place_uses_it(tmp_path: Path) -> None:
    old = written(text("Ort", "a", "b"), Ort="Місто")
    entries = catalog(merged(old, text("Stadt", "a"), text("Ort", "b")).data.decode(), tmp_path).entries
    assert not entries["", "Ort"].fuzzy
    assert (entries["", "Stadt"].text, entries["", "Stadt"].fuzzy) == ("Місто", True)


def test_a_new_place_takes_a_very_similar_text_that_vanished(tmp_path: Path) -> None:
    old = written(text("Name der Einrichtung", "alt"), **{"Name der Einrichtung": "Назва закладу"})
    done = merged(old, text("Name der Einrichtungen", "neu"))
    assert catalog(done.data.decode(), tmp_path).entries["", "Name der Einrichtungen"].fuzzy
    assert done.counts[Kept.SIMILAR] == 1


def test_a_new_text_never_takes_one_that_is_still_used(tmp_path: Path) -> None:
    old = written(text("Geburtsname"), Geburtsname="Дівоче прізвище")
    done = merged(old, text("Geburtsname"), text("Geburtsdatum"))
    assert catalog(done.data.decode(), tmp_path).entries["", "Geburtsdatum"].text == ""


def test_what_vanished_is_kept_and_comes_back(tmp_path: Path) -> None:
    gone = merged(written(text("Ort"), text("Datum"), Ort="Місто", Datum="Дата"), text("Ort"))
    assert [entry.key for entry in catalog(gone.data.decode(), tmp_path).obsolete] == [("", "Datum")]
    back = merged(gone.data.decode(), text("Ort"), text("Datum"))
    entry = catalog(back.data.decode(), tmp_path).entries["", "Datum"]
    assert (entry.text, entry.fuzzy) == ("Дата", False)
    assert catalog(back.data.decode(), tmp_path).obsolete == ()


FOREIGN = """# Remark of the file
msgid ""
msgstr ""
"Project-Id-Version: f 1\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"X-Poedit-Basepath: ..\\n"
"X-Generator: Poedit 3.4\\n"

# a translator's remark
#. id: ort
#. role: label
#: forms/f.yaml#ort
#: src/other.c:12
#, no-wrap
msgid ""
"Or"
"t"
msgstr "Мі"
"сто"

#~ msgid "Alt"
#~ msgstr "Старе"

# behind everything
"""


def test_what_other_tools_wrote_stays_to_the_letter() -> None:
    done = merged(FOREIGN, text("Ort"))
    assert not done.changed
    moved = merged(FOREIGN, text("Datum"), text("Ort"))
    for line in FOREIGN.splitlines():
        assert line in moved.data.decode().splitlines()


def test_a_new_version_of_the_form_changes_one_line_of_the_header() -> None:
    done = merged(FOREIGN, text("Ort"), header=SECOND)
    assert done.data.decode() == FOREIGN.replace("f 1", "f 2")


def test_the_fuzzy_mark_remembers_the_german_the_translation_was_made_for(tmp_path: Path) -> None:
    once = merged(written(text("Eins", "a"), Eins="Один"), text("Zwei", "a"))
    twice = merged(once.data.decode(), text("Drei", "a"), header=SECOND)
    entry = catalog(twice.data.decode(), tmp_path).entries["", "Drei"]
    assert entry.previous == ("", "Eins")
    assert "stale since: f 1" in entry.extracted


def test_a_change_declared_minor_settles_all_languages_alike(tmp_path: Path) -> None:
    path = tmp_path / "uk.po"
    path.write_bytes(merged(written(text("Eins", "a"), Eins="Один"), text("Zwei", "a")).data)
    assert settle_ids(path, "uk.po", frozenset({"a"})) == 1
    entry = read_catalog(path, UK).entries["", "Zwei"]
    assert (entry.fuzzy, entry.previous, entry.extracted[-1]) == (False, None, "source-edit: declared minor")
    assert settle_ids(path, "uk.po", frozenset({"a"})) == 0


def test_a_signature_holds_until_either_side_changes(tmp_path: Path) -> None:
    path = tmp_path / "uk.po"
    path.write_text(written(text("Ort"), text("Datum"), Ort="Місто"), encoding="utf-8")
    assert sign_all(path, "uk.po") == 1
    assert read_catalog(path, UK).entries["", "Ort"].reviewed
    path.write_text(path.read_text(encoding="utf-8").replace("Місто", "Село"), encoding="utf-8")
    assert not read_catalog(path, UK).entries["", "Ort"].reviewed


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bitte ankreuzen", "Bitte ankreuzen."),
        ("Nur Kopien!", "Nur  Kopien"),
        ("**Nur** Kopien", "Nur *Kopien*"),
        ("haus-nr.", "Haus Nr."),
    ],
)
def test_space_punctuation_emphasis_and_case_are_trivial(old: str, new: str) -> None:
    assert is_trivial(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Abschnitt 6", "Abschnitt 7"),
        ("ab 3.2", "ab 32"),
        ("01.08.", "0108"),
        ("12,50 €", "12.50 €"),
        ("-5 Grad", "5 Grad"),
        ("Wo wohnen Sie?", "Wo wohnen Sie"),
        ("§ 28", "28"),
        ("5 €", "5"),
        ("a < b", "a b"),
        ("{a} Kinder", "{b} Kinder"),
        ("[x](https://a.de)", "[x](https://b.de)"),
        ("Fragen Sie", "fragen sie"),
        ("Ihr Kind", "ihr Kind"),
        ("ab Montag", "bis Montag"),
        ("50 %", "50"),
    ],
)
def test_what_may_change_the_meaning_is_never_trivial(old: str, new: str) -> None:
    assert not is_trivial(old, new)


PIECES = ["Name", "Ort", "Datum", "Straße", "Kind", "Schule", "Antrag", "?", ".", "1", "2", "{a}", "**x**"]
WORDS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=4)
GERMAN = WORDS.map(" ".join)
FORMS = st.dictionaries(st.sampled_from("abcdefgh"), GERMAN, min_size=1)


def form(texts: dict[str, str]) -> tuple[Extracted, ...]:
    return merge(text(german, name) for name, german in texts.items())


@settings(max_examples=60, deadline=None)
@given(FORMS, st.lists(FORMS, min_size=1, max_size=3))
def test_no_translation_is_lost_over_any_number_of_changes(first: dict[str, str], later: list[dict[str, str]]) -> None:
    entries = form(first)
    translations = {("", entry.msg.text): f"переклад {number} {entry.msg.text}" for number, entry in enumerate(entries)}
    po = fill(entries, translations, UK, FIRST)
    for texts in later:
        po = merged(po, *form(texts)).data.decode()
        assert not merged(po, *form(texts)).changed
    for value in translations.values():
        assert f'msgstr "{value}"' in po


@settings(max_examples=60, deadline=None)
@given(FORMS, FORMS, st.lists(st.sampled_from(["uk", "ar", "tr", "ro"]), min_size=1, max_size=4), st.booleans())
def test_what_a_merge_remembers_of_one_language_changes_nothing_in_the_next(
    first: dict[str, str], second: dict[str, str], tags: list[str], remark: bool
) -> None:
    merge_all = Merge(form(second), SECOND)
    for tag in tags:
        texts = {("", entry.msg.text): f"{tag} {entry.msg.text}" for entry in form(first) if "1" not in entry.msg.text}
        po = fill(form(first), texts, language(tag), FIRST)
        old = read_old((po.replace("#. role", "# remark\n#. role") if remark else po).encode(), "x.po")
        assert merge_all.into(old, language(tag)) == update(old, form(second), language(tag), SECOND)


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext is not installed")
def test_gettext_accepts_what_the_merge_writes(tmp_path: Path) -> None:
    old = written(text("Eins", "a"), text("Zwei", "b"), text("Drei", "c"), Eins="Один", Zwei="Два", Drei="Три")
    path = tmp_path / "uk.po"
    path.write_bytes(merged(old, text("Vier", "a"), text("Zwei.", "b")).data)
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
