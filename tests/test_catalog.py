"""Catalogues: what is read from a .po file, what a page may show, and what formkit writes."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.i18n.catalog import Catalog, Entry, read_catalog, source_hash
from formkit.i18n.extracted import Extracted, merge
from formkit.i18n.languages import LANGUAGES, language
from formkit.i18n.po_write import Header, fill, new_po, write_pot
from formkit.texts import Msg

UK = language("uk")
HEADER = Header("ausflug 1", "Texts of the form ausflug.")
NEEDS_GETTEXT = pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")

FILE = """\
# Ukrainian
msgid ""
msgstr ""
"Language: uk\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=9; plural=n;\\n"

# first remark
#
#  second, indented
#. id: person.vorname
#. role: label
#: forms/a.yaml#person.vorname forms/a.yaml:12
#, max-length:40, md-text
msgctxt "person"
msgid "Vorname"
msgstr ""
"Ім"
"’я"

#, fuzzy
#| msgctxt "old"
#| msgid "Fami"
#| "lie"
msgid "Familienname"
msgstr "Прізвище"

msgid "Ort"
msgstr ""

msgid "{n} Kind"
msgid_plural "{n} Kinder"
msgstr[0] "{n} дитина"
msgstr[1] "{n} дитини"

#~| msgid "Gone before"
#~ msgctxt "c"
#~ msgid "Gone"
#~ msgstr "Було"

# nothing follows
"""


def read(text: str) -> Catalog:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.po"
        path.write_bytes(text.encode())
        return read_catalog(path, UK)


def entry(text: str, context: str = "", **parts: tuple[str, ...]) -> Extracted:
    return Extracted(Msg(text, context), parts.pop("ids", ("a.b",)), **parts)


def one(msgid: str, msgstr: str) -> Catalog:
    return read(fill([entry(msgid)], {("", msgid): msgstr}, UK, HEADER))


def test_an_entry_is_read_with_all_that_stands_about_it() -> None:
    assert read(FILE).entries["person", "Vorname"] == Entry(
        context="person",
        msgid="Vorname",
        text="Ім’я",
        comments=("first remark", "", " second, indented"),
        extracted=("id: person.vorname", "role: label"),
        references=("forms/a.yaml#person.vorname", "forms/a.yaml:12"),
        flags=("max-length:40", "md-text"),
        line=15,
        text_line=17,
    )


def test_the_header_is_read_and_its_plural_rule_ignored() -> None:
    catalog = read(FILE)
    assert catalog.header["Language"] == "uk"
    assert catalog.header_comments == ("Ukrainian",)
    assert catalog.language.plural.startswith("nplurals=3;")


def test_a_translated_text_is_usable_and_others_are_not() -> None:
    catalog = read(FILE)
    assert catalog.usable("person", "Vorname") == "Ім’я"
    assert catalog.usable("", "Vorname") is None
    assert catalog.usable("", "Familienname") is None
    assert catalog.usable("", "Ort") is None
    assert catalog.usable("", "no such text") is None
    assert catalog.usable("", "") is None


def test_a_fuzzy_entry_remembers_the_text_it_was_made_for() -> None:
    fuzzy = read(FILE).entries["", "Familienname"]
    assert fuzzy.fuzzy
    assert fuzzy.previous == ("old", "Familie")
    assert fuzzy.flags == ()


def test_plural_entries_are_read_without_loss_and_not_used() -> None:
    catalog = read(FILE)
    plural = catalog.entries["", "{n} Kind"]
    assert (plural.plural, plural.plural_texts) == ("{n} Kinder", ("{n} дитина", "{n} дитини"))
    assert catalog.usable("", "{n} Kind") is None
    assert catalog.problems == ()


def test_obsolete_entries_are_kept_apart() -> None:
    catalog = read(FILE)
    assert [(each.key, each.text) for each in catalog.obsolete] == [(("c", "Gone"), "Було")]
    assert ("c", "Gone") not in catalog.entries


def test_a_file_without_header_is_utf8_and_keeps_the_comments_of_its_first_entry() -> None:
    catalog = read('# reviewed by hand\nmsgid "Ort"\nmsgstr "Місце"\n')
    assert catalog.header == {}
    assert catalog.entries["", "Ort"].comments == ("reviewed by hand",)


def test_an_empty_file_is_an_empty_catalogue() -> None:
    for text in ("", "\n", "# nothing\n"):
        assert read(text).entries == {}


def test_byte_order_mark_windows_line_ends_and_missing_last_line_end_are_accepted() -> None:
    catalog = read('\ufeffmsgid "Ort"\r\nmsgstr "Місце"')
    assert catalog.usable("", "Ort") == "Місце"


def test_spellings_that_gettext_allows_are_read_like_the_usual_ones() -> None:
    catalog = read(
        '#remark\n#.id: a\n#,fuzzy\n#|msgid"O"\n  msgid"Ort"\n\tmsgstr   "Місце"  \n#~msgid"a"\n#~msgstr"b"\n#~\n'
    )
    assert catalog.entries["", "Ort"] == Entry(
        context="",
        msgid="Ort",
        text="Місце",
        fuzzy=True,
        comments=("remark",),
        extracted=("id: a",),
        previous=("", "O"),
        line=5,
        text_line=6,
    )
    assert catalog.obsolete[0].key == ("", "a")


def test_a_review_holds_for_the_german_text_and_the_translation_it_signed() -> None:
    def reviewed(text: str, signed: str, fuzzy: str = "") -> bool:
        return read(f'# reviewed: {signed}\n{fuzzy}msgid "Ort"\nmsgstr "{text}"\n').entries["", "Ort"].reviewed

    signed = source_hash("", "Ort", "Місце")
    assert re.fullmatch("[0-9a-f]{12}", signed)
    assert reviewed("Місце", signed)
    assert not reviewed("Місто", signed)
    assert not reviewed("Місце", "000000000000")
    assert not reviewed("Місце", signed, "#, fuzzy\n")
    assert len({source_hash("a", "b", "c"), source_hash("", "ab", "c"), source_hash("a", "bc", "")}) == 3


@pytest.mark.parametrize(
    ("msgid", "msgstr", "check", "text"),
    [
        ("{n} Kinder", "дітей", "placeholders", "{n} stands once in the German text, not in the translation"),
        ("Kinder", "{n} дітей", "placeholders", "{n} stands not in the German text, once in the translation"),
        ("{n} Kinder", "{n}{n}", "placeholders", "{n} stands once in the German text, 2 times in the translation"),
        ("{n} Kinder", "{ n } дітей", "placeholders", "{n} stands once"),
        ("{n} Kinder", "{N} дітей", "placeholders", "{n} stands once"),
        ("**Nur Kopien**", "**Лише копії", "markup", "** stands 2 times in the German text, once in the translation"),
        ("*Nur* Kopien", "**Лише** копії", "markup", "* stands 2 times"),
        ("[Hier](https://a.de)", "[Тут](https://b.de)", "markup", "the link to https://a.de stands once"),
        ("[Hier](https://a.de)", "Тут", "markup", "the link to https://a.de stands once"),
        ("Ort", "Мі\u202eсце", "bidi", "U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("Ort", "Мі\u202cсце", "bidi", "U+202C (POP DIRECTIONAL FORMATTING)"),
        ("Ort", "\u2067Місце", "bidi", "an isolate"),
        ("Ort", "\u2069Місце\u2068", "bidi", "an isolate"),
        ("Ort\nDatum", "\u2068Місце\nДата\u2069", "bidi", "an isolate"),
        ("Ort", "Мі\nсце", "edges", "U+000A (a control character)"),
        ("Ort", "М\ufffdсце", "edges", "U+FFFD stands where a letter was lost"),
    ],
)  # fmt: skip
def test_a_fault_keeps_a_text_off_the_page_and_names_its_line(msgid: str, msgstr: str, check: str, text: str) -> None:
    catalog = one(msgid, msgstr)
    assert catalog.usable("", msgid) is None
    faults = [problem for problem in catalog.problems if problem.check == check]
    assert len(faults) >= 1
    assert text in faults[0].text
    assert faults[0].where.line == catalog.entries["", msgid].text_line > 0


@pytest.mark.parametrize(
    ("msgid", "msgstr"),
    [
        ("Ort", "<img src=x onerror=alert(1)>"),
        ("Ort", "{{ 7+7 }}{% include 'x' %}"),
        ("{n} Ort", "{n} {n.__class__} {n:>2000000000} %s %2000000000s"),
        ("Ort", "file:///etc/passwd http://example.org"),
        ("Ort", "Straße & Söhne"),
        ("Ort", "\u2068BIC\u2069 \u2067\u2066x\u2069\u2069 \u200f\u200e"),
        ("Ort\nDatum", "Місце\nДата"),
        ("{a} von {b}", "{b}-ის {a}"),
        ("Ort * hier *", "Місце * тут *"),
    ],
)
def test_harmless_text_stays_text(msgid: str, msgstr: str) -> None:
    catalog = one(msgid, msgstr)
    assert catalog.problems == ()
    assert catalog.usable("", msgid) == msgstr


def test_merged_entries_join_their_places_in_the_order_seen() -> None:
    first = entry("Ort", ids=("a.ort",), references=("f#a",), notes=("role: label", "in: A"), flags=("max-length:40",))
    other = entry("Ort", "signature")
    again = entry(
        "Ort", ids=("b.ort",), references=("f#b",), notes=("role: label", "in: B"), flags=("max-length:20", "x")
    )
    assert merge([first, other, again]) == (
        Extracted(
            Msg("Ort"),
            ("a.ort", "b.ort"),
            ("f#a", "f#b"),
            ("role: label", "in: A", "in: B"),
            ("x", "max-length:20"),
        ),
        other,
    )


POT = """\
# Texts of the form ausflug.
# Written by formkit; translations do not belong here.
msgid ""
msgstr ""
"Project-Id-Version: ausflug 1\\n"
"Report-Msgid-Bugs-To: \\n"
"POT-Creation-Date: 1970-01-01 00:00+0000\\n"
"PO-Revision-Date: 1970-01-01 00:00+0000\\n"
"Last-Translator: \\n"
"Language-Team: \\n"
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Generator: formkit\\n"

#. id: person.vorname
#. id: kind.vorname
#. role: label
#. in: Antragstellerin oder Antragsteller
#. max-length: 40
#: forms/a.yaml#person.vorname forms/a.yaml#kind.vorname
#, max-length:40
msgctxt "person"
msgid "Vorname"
msgstr ""

#. id: x
#. marks: keep ** * and [text](target) as in the German text
#. placeholders: keep {b} {a}
#, placeholders:"{b}":"{a}", md-text
msgid ""
"**{b}** \\"von\\" {a}\\n"
"\\tC:\\\\"
msgstr ""
"""


def test_a_template_is_written_exactly_so() -> None:
    entries = [
        Extracted(
            Msg("Vorname", "person"),
            ("person.vorname", "kind.vorname"),
            ("forms/a.yaml#person.vorname", "forms/a.yaml#kind.vorname"),
            ("role: label", "in: Antragstellerin oder\n  Antragsteller"),
            ("max-length:40",),
        ),
        Extracted(Msg('**{b}** "von" {a}\n\tC:\\'), ("x",)),
    ]
    lines = POT.splitlines()
    marks, keeps = lines.index("#. placeholders: keep {b} {a}"), lines.index("#. id: x") + 1
    lines[marks], lines[keeps] = lines[keeps], lines[marks]
    assert write_pot(entries, HEADER).splitlines() == lines


def test_a_new_catalogue_is_empty_and_says_that_it_is_a_draft() -> None:
    text = new_po([entry("Ort")], language("de-simple"), HEADER)
    assert "# Entwurf (draft): not reviewed by a person\n" in text
    catalog = read(text)
    assert catalog.header["Language"] == "de_simple"
    assert catalog.header["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert catalog.entries["", "Ort"].text == ""


def test_filling_keeps_what_an_existing_catalogue_says() -> None:
    existing = read(
        '# mine\nmsgid ""\nmsgstr "Language: xx\\nX-Poedit-Basepath: .\\n"\n'
        '"Plural-Forms: wrong\\nX-Generator: Poedit 3\\n"\n\n'
        '# remark\n#, fuzzy\n#| msgid "O"\nmsgid "Ort"\nmsgstr "A"\n\n'
        '# only a remark\nmsgid "Datum"\nmsgstr ""\n\n'
        '# gone remark\n#, fuzzy\nmsgid "Weg"\nmsgstr "B"\n\n#~ msgid "Alt"\n#~ msgstr "C"\n\nmsgid "Leer"\nmsgstr ""\n'
    )
    wanted = [entry("Datum"), entry("Ort"), entry("Neu")]
    text = fill(wanted, {("", "Ort"): "X", ("", "Datum"): "Y", ("", "Neu"): "Z"}, UK, HEADER, existing)
    after = read(text)
    assert [(each.msgid, each.text, each.fuzzy, each.comments, each.previous) for each in after.entries.values()] == [
        ("Datum", "Y", False, ("only a remark",), None),
        ("Ort", "A", True, ("remark",), ("", "O")),
        ("Neu", "Z", False, (), None),
    ]
    assert [(each.msgid, each.text, each.fuzzy, each.comments) for each in after.obsolete] == [
        ("Alt", "C", False, ()),
        ("Weg", "B", True, ("gone remark",)),
    ]
    assert after.header_comments == ("mine",)
    assert after.header["X-Poedit-Basepath"] == "."
    assert after.header["X-Generator"] == "Poedit 3"
    assert after.header["Language"] == "uk"
    assert after.header["Plural-Forms"] == f"{UK.plural};"
    assert fill(wanted, {}, UK, HEADER, after) == text


@pytest.mark.parametrize("bad", ["a\0b", "a\u2028b", "a\ufffeb", "a\ab"])
def test_a_character_that_no_catalogue_may_hold_is_not_written(bad: str) -> None:
    with pytest.raises(ValueError, match=r"U\+[0-9A-F]{4} cannot stand in a catalogue"):
        write_pot([entry(bad)], HEADER)
    with pytest.raises(ValueError, match="cannot stand"):
        fill([entry("Ort")], {("", "Ort"): bad}, UK, HEADER)


def test_a_faulty_translation_is_written_back_as_it_was() -> None:
    wrong = {("", "Ort"): "a\rb\bc\vd\fe\tf\ng\u202e"}
    text = fill([entry("Ort")], wrong, UK, HEADER)
    catalog = read(text)
    assert catalog.entries["", "Ort"].text == wrong["", "Ort"]
    assert catalog.usable("", "Ort") is None
    assert fill([entry("Ort")], {}, UK, HEADER, catalog) == text


def test_problems_name_the_file_as_it_is_to_be_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text('msgid "{n}"\nmsgstr "n"\n', encoding="utf-8")
    assert read_catalog(path, UK).problems[0].where.file == str(path)
    assert read_catalog(path, UK, "locales/a.po").problems[0].where.file == "locales/a.po"


TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"), include_characters='\n\t"\\{}*[]()#~|')
)
WANTED = st.dictionaries(st.tuples(TEXTS, TEXTS.filter(bool)), TEXTS, max_size=6)


@given(WANTED, TEXTS)
@settings(deadline=None)
def test_what_is_written_is_read_again_by_us_and_by_polib(wanted: dict[tuple[str, str], str], note: str) -> None:
    entries = [entry(text, context, notes=(note,)) for context, text in wanted]
    text = fill(entries, wanted, UK, HEADER)
    catalog = read(text)
    assert {key: each.text for key, each in catalog.entries.items()} == wanted
    assert list(catalog.entries) == list(wanted)
    theirs = polib.pofile(text, check_for_duplicates=True)
    assert {(each.msgctxt or "", each.msgid): each.msgstr for each in theirs} == wanted
    assert theirs.metadata == dict(catalog.header)
    assert fill(entries, {}, UK, HEADER, catalog) == text


@given(WANTED)
@settings(deadline=None, max_examples=25)
@NEEDS_GETTEXT
def test_gettext_reads_what_we_write_and_leaves_its_layout_alone(wanted: dict[tuple[str, str], str]) -> None:
    # msgfmt wants both sides to begin and end with a line feed or neither, so those strip away here.
    pairs = {(context, text.strip("\n") or "a"): value.strip("\n") for (context, text), value in wanted.items()}
    text = fill([Extracted(Msg(text, context), ("a.b",)) for context, text in pairs], pairs, UK, HEADER)
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", "-"], input=text.encode(), check=True)
    again = subprocess.run(
        ["msgcat", "--force-po", "--no-wrap", "-"], input=text.encode(), check=True, capture_output=True
    )
    ours = [line for line in text.splitlines() if not line.startswith("#,")]
    assert again.stdout.decode().splitlines() == ours


@NEEDS_GETTEXT
@pytest.mark.parametrize("tag", LANGUAGES)
def test_new_catalogues_of_every_language_pass_msgfmt(tag: str, tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(new_po([entry("Ort")], language(tag), HEADER), encoding="utf-8")
    done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
