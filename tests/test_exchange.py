"""Exchange files: what goes out comes back unharmed, edits land alone, and nothing hostile gets in."""

from __future__ import annotations

import csv
import datetime
import io
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook

from formkit.cli import main
from formkit.i18n import exchange
from formkit.i18n.catalog import Catalog, Entry, read_catalog
from formkit.i18n.edits import edit_entries, sign_all
from formkit.i18n.exchange import FORMATS
from formkit.i18n.exchange import csv as csv_format
from formkit.i18n.exchange.cells import COLUMNS
from formkit.i18n.exchange.merge import Plan, apply, plan
from formkit.i18n.exchange.rows import MAX_BYTES, MAX_ROWS, MAX_TEXT, ExchangeError, Row, Sheet, State, rows_of
from formkit.i18n.exchange.spelling import guarded, spelt, unguarded, unspelt
from formkit.i18n.languages import LANGUAGES, language
from formkit.i18n.pieces import pieces
from formkit.i18n.po_text import forbidden
from formkit.i18n.po_write import Header, header_block, rewritten
from formkit.i18n.safety import faults
from formkit.texts import tokens
from projects import sample_project

UK, AR = language("uk"), language("ar")
KINDS = sorted(FORMATS)
Edit = Callable[[Row], Row]


def entry(german: str, text: str = "", *, name: str = "", **more: object) -> Entry:
    return replace(Entry("", german, text, extracted=(f"id: {name or german.lower()}", "role: label")), **more)


def catalog(folder: Path, *entries: Entry, name: str = "f") -> Catalog:
    """Write a catalogue and read it."""
    path = folder / f"{name}.po"
    head = header_block(UK, Header("f 1", "Form"))
    path.write_text("\n\n".join([head, *map(rewritten, entries)]) + "\n", encoding="utf-8", newline="")
    return read_catalog(path, UK, path.name)


def exported(catalog: Catalog, kind: str, edit: Edit = lambda row: row) -> bytes:
    """Export a catalogue; `edit` is what a translator does to its rows."""
    rows = tuple(edit(row) for row in rows_of(catalog))
    return FORMATS[kind].write(Sheet("f", "uk", rows))


def came_back(data: bytes, catalog: Catalog) -> Plan:
    return plan(exchange.read(data, "back"), read_catalog(catalog.path, UK, catalog.path.name), "back")


def texts(german: str, text: str, **more: object) -> Edit:
    """Return the edit that writes a translation into the row of a German text."""
    return lambda row: replace(row, text=text, **more) if row.german == german else row


def checks(plan: Plan) -> list[str]:
    return [problem.check for problem in plan.problems]


# Going out and coming back


AWKWARD = ["_x0008_", "_x0078_", "_X000d_", "=1+1", "'", "''=", "-", "@", "\t", "{a}", "**", "*", "[x](https://a.de)"]
AWKWARD += ['"', ";", ",", "<", "&amp;", "]]>", "\n", "\r", "\r\n", "\b", "sep=;", "0041", "\u2066", "e\u0301"]
AWKWARD += ["{a_x0078_b}", "<!DOCTYPE", "\ufeff", "\ufffd", "007"]
LETTERS = st.characters(exclude_categories=["Cs"]).filter(lambda char: not forbidden(char))
TEXTS = st.lists(st.one_of(st.sampled_from(AWKWARD), st.text(LETTERS, max_size=4)), max_size=5).map("".join)
# With nothing before its context an entry with an empty German text would be the file's header.
GERMAN = TEXTS.filter(bool)
ENTRIES = st.builds(
    lambda context, german, text, fuzzy, old: Entry(
        context, german, text, fuzzy=fuzzy and bool(text), previous=("", old) if old and fuzzy and text else None
    ),
    st.one_of(st.just(""), TEXTS),
    GERMAN,
    TEXTS,
    st.booleans(),
    TEXTS,
)
CATALOGS = st.lists(ENTRIES, min_size=1, max_size=6, unique_by=lambda entry: entry.key)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=CATALOGS)
def test_any_catalogue_comes_back_as_it_went_out(kind: str, entries: list[Entry], tmp_path: Path) -> None:
    there = catalog(tmp_path, *entries)
    back = exchange.read(exported(there, kind), "back")
    known = [(row.context, row.german, row.text, row.state, row.base) for row in rows_of(there)]
    assert [(row.context, row.german, row.text, row.state, row.base) for row in back.rows] == known
    found = plan(back, there, "back")
    assert (found.changes, found.problems, found.unchanged) == ((), (), len(entries))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries=CATALOGS, data=st.data())
def test_an_edit_changes_its_own_entry_and_not_a_character_else(
    kind: str, entries: list[Entry], data: st.DataObject, tmp_path: Path
) -> None:
    there = catalog(tmp_path, *entries)
    number = data.draw(st.integers(0, len(entries) - 1))
    chosen = entries[number]
    wanted = unicodedata.normalize("NFC", f"нове {chosen.msgid}")
    assume(not faults(chosen.msgid, wanted))
    marked = exported(there, kind, lambda row: replace(row, text=wanted) if row.key == chosen.key else row)
    before = there.path.read_text(encoding="utf-8")
    found = came_back(marked, there)
    assert found.problems == ()
    apply(found, there.path, "f.po")
    expected = list(map(rewritten, entries))
    expected[number] = rewritten(replace(chosen, text=wanted, fuzzy=False, previous=None))
    head = before.partition("\n\n")[0]
    assert there.path.read_text(encoding="utf-8") == "\n\n".join([head, *expected]) + "\n"


@pytest.mark.parametrize("excel", [False, True])
def test_csv_for_excel_holds_the_same_and_says_that_it_is_utf_8(excel: bool, tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort; Straße, Nr.", "Місто\nвулиця"))
    data = csv_format.write(Sheet("f", "uk", rows_of(there)), excel=excel)
    assert data.startswith(b"\xef\xbb\xbf") is excel
    assert came_back(data, there).unchanged == 1


@settings(max_examples=300)
@given(TEXTS)
def test_no_cell_begins_like_a_formula_and_every_cell_is_read_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert (unguarded(guarded(text)), unspelt(spelt(text))) == (text, text)


@settings(max_examples=300)
@given(TEXTS)
def test_pieces_are_the_text_and_hold_its_tokens_apart(text: str) -> None:
    found = list(pieces(text))
    assert "".join(part for part, _ in found) == text
    staying = "".join(part for part, stays in found if stays)
    marked = [token for token in tokens(text) if token not in ("*", "**")]
    assert [token for token in marked if token not in staying] == []


def test_words_behind_a_link_are_not_looked_for_in_its_address() -> None:
    found = list(pieces("[x](https://b.de)b"))
    assert found == [("[", True), ("x", False), ("](https://b.de)", True), ("b", False)]


def test_xliff_protects_what_must_stay_and_pairs_it_with_the_german(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("**Nur** {n} [Kinder](https://a.de)", "[Діти](https://a.de) **лише** {n}"))
    root = etree.fromstring(exported(there, "xliff"))
    source, target = (
        [(code.get("id"), code.text) for code in root.iterfind(f".//{{*}}{name}/{{*}}ph")]
        for name in ("source", "target")
    )
    assert source == [("1", "**"), ("2", "**"), ("3", "{n}"), ("4", "["), ("5", "](https://a.de)")]
    assert sorted(target) == source


def test_xliff_says_the_state_of_each_text_and_its_place(tmp_path: Path) -> None:
    there = catalog(
        tmp_path,
        entry("Eins"),
        entry("Zwei", "Два", fuzzy=True, previous=("", "2")),
        entry("Drei", "Три", name="a.b", flags=("max-length:40",)),
        entry("Vier", "Чотири", context="land"),
    )
    path = tmp_path / "f.po"
    path.write_text(path.read_text(encoding="utf-8").replace('msgstr "Три"', 'msgstr "3"'), encoding="utf-8")
    sign_all(path, "f.po")
    root = etree.fromstring(exported(read_catalog(path, UK), "xliff"))
    states = [target.get("state") for target in root.iterfind(".//{*}target")]
    assert states == ["needs-translation", "needs-review-translation", "final", "final"]
    unit = root.findall(".//{*}trans-unit")[2]
    assert [unit.get(name) for name in ("resname", "maxwidth", "size-unit", "approved")] == ["a.b", "40", "char", "yes"]
    assert [note.text for note in root.findall(".//{*}trans-unit")[1].iterfind("{*}note")] == [
        "role: label",
        "translated from: 2",
    ]
    assert [context.text for context in root.iterfind(".//{*}context")] == ["land"]
    assert there.entries


def test_a_text_has_the_same_xliff_id_in_every_export_and_another_in_another_context(tmp_path: Path) -> None:
    one = catalog(tmp_path, entry("Ort", "Місто"), entry("Ort", "", context="place"))
    two = catalog(tmp_path, entry("Ort", "Село"), name="g")
    ids = [
        [unit.get("id") for unit in etree.fromstring(exported(each, "xliff")).iterfind(".//{*}trans-unit")]
        for each in (one, two)
    ]
    assert ids[0][0] == ids[1][0] != ids[0][1]


def test_a_sheet_for_spreadsheets_locks_the_german_and_turns_with_the_language(tmp_path: Path) -> None:
    rows = rows_of(catalog(tmp_path, entry("=1+1 Ort", "Місто")))
    for reader in (UK, AR):
        page = load_workbook(io.BytesIO(FORMATS["xlsx"].write(Sheet("f", reader.tag, rows)))).active
        assert page is not None
        german, translation = page["C2"], page["D2"]
        assert (german.value, german.data_type, german.number_format) == ("'=1+1 Ort", "s", "@")
        assert page.protection.sheet
        assert page.protection.password is None
        assert (german.protection.locked, translation.protection.locked) == (True, False)
        assert (page.freeze_panes, page.sheet_view.rightToLeft) == ("A2", reader.direction == "rtl")
        assert translation.alignment.wrap_text
        assert page.column_dimensions["D"].width == 50


def resaved(data: bytes, edit: Callable[[Workbook], None] = lambda book: None) -> bytes:
    """Return a workbook as another program saves it: strings in a table of their own."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_saved_by_another_program_is_still_the_same(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "_x0041_ =1"), entry("Eins\nZwei", "'=1", name="two"))
    assert came_back(resaved(exported(there, "xlsx")), there).unchanged == 2


def test_a_workbook_knows_a_name_too_long_for_the_title_of_a_page(tmp_path: Path) -> None:
    rows = rows_of(catalog(tmp_path, entry("Ort")))
    back = exchange.read(FORMATS["xlsx"].write(Sheet("antrag-mit-einem-sehr-langen-namen", "uk", rows)), "back")
    assert (back.name, back.language) == ("antrag-mit-einem-sehr-langen-namen", "uk")


def test_a_workbook_that_lost_its_notes_still_knows_where_it_belongs(tmp_path: Path) -> None:
    def forget(book: Workbook) -> None:
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]

    back = exchange.read(resaved(exported(catalog(tmp_path, entry("Ort")), "xlsx"), forget), "back")
    assert (back.name, back.language) == ("f", "uk")


# What an import does


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_line_of_an_edited_text_changes(kind: str, tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"), entry("Datum"))
    before = there.path.read_text(encoding="utf-8")
    assert apply(came_back(exported(there, kind, texts("Datum", "Дата")), there), there.path, "f.po") == 1
    assert there.path.read_text(encoding="utf-8") == before.replace('"Datum"\nmsgstr ""', '"Datum"\nmsgstr "Дата"')


def test_a_new_text_settles_a_fuzzy_entry_and_drops_the_notes_of_the_merge(tmp_path: Path) -> None:
    waiting = entry("Ort", "Місце", fuzzy=True, previous=("", "Platz"), flags=("no-wrap",), comments=("a remark",))
    there = catalog(tmp_path, replace(waiting, extracted=(*waiting.extracted, "stale since: f 1", "suggested from: g")))
    apply(came_back(exported(there, "csv", texts("Ort", "Місто")), there), there.path, "f.po")
    now = read_catalog(there.path, UK).entries["", "Ort"]
    assert (now.text, now.fuzzy, now.previous, now.flags, now.comments) == (
        "Місто",
        False,
        None,
        ("no-wrap",),
        ("a remark",),
    )
    assert now.extracted == ("id: ort", "role: label")


@pytest.mark.parametrize(
    ("kind", "state"), [("csv", State.TRANSLATED), ("xlsx", State.TRANSLATED), ("xliff", State.REVIEWED)]
)
def test_a_translator_can_confirm_a_fuzzy_text_by_its_state(kind: str, state: State, tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто", fuzzy=True))
    found = came_back(exported(there, kind, texts("Ort", "Місто", state=state)), there)
    assert [(change.text, change.fuzzy) for change in found.changes] == [("Місто", False)]


def test_a_text_that_a_tool_marks_as_unsure_arrives_fuzzy(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    found = came_back(exported(there, "xliff", texts("Ort", "Місто", state=State.FUZZY)), there)
    assert [(change.text, change.fuzzy) for change in found.changes] == [("Місто", True)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("nothing", ["", "-"])
def test_a_row_without_a_translation_takes_none_away(kind: str, nothing: str, tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"))
    found = came_back(exported(there, kind, texts("Ort", nothing)), there)
    assert (found.changes, found.problems, found.empty) == ((), (), 1)


def test_an_old_file_does_not_take_back_what_the_catalogue_got_since(tmp_path: Path) -> None:
    old = exported(catalog(tmp_path, entry("Ort", "Місце"), entry("Datum")), "csv")
    now = catalog(tmp_path, entry("Ort", "Місто"), entry("Datum", "Дата"))
    found = came_back(old, now)
    assert (found.changes, found.problems, found.unchanged) == ((), (), 2)


def test_a_text_edited_on_both_sides_is_a_conflict_for_a_person(tmp_path: Path) -> None:
    edited = exported(catalog(tmp_path, entry("Ort", "Місце")), "csv", texts("Ort", "Село"))
    found = came_back(edited, catalog(tmp_path, entry("Ort", "Місто")))
    assert (found.changes, checks(found)) == ((), ["conflict"])
    assert "it is now 'Місто'" in found.problems[0].text


def test_without_marks_of_the_export_a_file_is_compared_with_the_catalogue(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місце"), entry("Datum", "Дата"))
    found = came_back("context,German,translation\n,Ort,Місто\n,Datum,Дата\n".encode(), there)
    assert [(change.line, change.text) for change in found.changes] == [(2, "Місто")]
    assert found.unchanged == 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_whose_german_changed_is_named_and_not_merged(kind: str, tmp_path: Path) -> None:
    old = exported(catalog(tmp_path, entry("Familienname", name="name")), kind, texts("Familienname", "Прізвище"))
    found = came_back(old, catalog(tmp_path, entry("Nachname", name="name"), entry("Ort")))
    assert (found.changes, checks(found)) == ((), ["stale-source"])
    assert "'Nachname'" in found.problems[0].text
    assert found.problems[0].where.line > 0


def test_a_text_that_the_form_asks_for_no_more_is_stale_as_well(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    with there.path.open("a", encoding="utf-8") as file:
        file.write('\n#~ msgid "Alt"\n#~ msgstr "Старе"\n')
    found = came_back("context,German,translation\n,Alt,Старий\n".encode(), there)
    assert checks(found) == ["stale-source"]


def test_unknown_german_is_refused_with_its_row_and_the_rest_merged(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    found = came_back("context,German,translation\n,Fremd,Чуже\nx,Ort,Місце\n,Ort,Місто\n".encode(), there)
    assert [(problem.where.line, problem.check) for problem in found.problems] == [
        (2, "unknown-source"),
        (3, "unknown-source"),
    ]
    assert [change.text for change in found.changes] == ["Місто"]


@pytest.mark.parametrize(
    ("german", "text", "check"),
    [
        ("{n} Kinder", "дітей", "placeholders"),
        ("**Nur** Kopien", "Лише **копії", "markup"),
        ("Ort", "Мі\u202eсто", "bidi"),
        ("Ort", "Місто\ufffd", "edges"),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_faulty_text_is_refused_with_its_place(kind: str, german: str, text: str, check: str, tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Datum"), entry(german))
    found = came_back(exported(there, kind, texts(german, text)), there)
    assert (found.changes, check in checks(found)) == ((), True)
    assert found.problems[0].where.line > 2


@pytest.mark.parametrize("kind", ["xlsx", "xliff"])
def test_a_character_that_no_catalogue_can_hold_is_refused_with_its_place(kind: str, tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    found = came_back(exported(there, kind, texts("Ort", "Мі\u2028сто")), there)
    assert (found.changes, checks(found)) == ((), ["control-character"])


def test_entries_with_plural_forms_stay_at_home(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"))
    with there.path.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "Tag"\nmsgid_plural "Tage"\nmsgstr[0] "день"\nmsgstr[1] "дні"\nmsgstr[2] "днів"\n')
    before = there.path.read_bytes()
    now = read_catalog(there.path, UK, "f.po")
    assert [row.german for row in rows_of(now)] == ["Ort"]
    assert checks(came_back("context,German,translation\n,Tag,день\n".encode(), now)) == ["unknown-source"]
    assert edit_entries(there.path, "f.po", {("", "Tag"): lambda entry: replace(entry, text="x")}) == 0
    assert there.path.read_bytes() == before


def test_two_rows_for_one_text_are_both_refused(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    found = came_back("context,German,translation\n,Ort,Місто\n,Ort,Село\n".encode(), there)
    assert (found.changes, checks(found)) == ((), ["duplicate-entry", "duplicate-entry"])


def test_letters_are_composed_and_that_alone_is_no_edit(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Café"), entry("Datum"))
    decomposed = "context,German,translation\n,Ort,Cafe\u0301\n,Datum,e\u0301t\u0065\u0301\n".encode()
    found = came_back(decomposed, there)
    assert [(change.entry.msgid, change.text) for change in found.changes] == [("Datum", "été")]


def test_a_catalogue_keeps_its_byte_order_mark_its_line_ends_and_its_wrapping(tmp_path: Path) -> None:
    path = tmp_path / "f.po"
    foreign = (
        '\ufeffmsgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        '#: a.c:1\n#: b.c:2\n#. note\n# remark\nmsgid ""\n"Or"\n"t"\nmsgstr "Мі"\n"сце"\n\n\n'
        'msgctxt "x"\nmsgid "Ort"\nmsgstr "Мі"\n"сце"\n'
    ).replace("\n", "\r\n")
    path.write_bytes(foreign.encode())
    there = read_catalog(path, UK)
    apply(came_back(exported(there, "xlsx", texts("Ort", "Місто")), there), path, "f.po")
    assert path.read_bytes().decode() == foreign.replace('msgstr "Мі"\r\n"сце"', 'msgstr "Місто"')


def test_an_entry_whose_lines_stand_inside_another_is_not_mistaken_for_it(tmp_path: Path) -> None:
    inner = Entry("", "Ort", "Місце")
    there = catalog(tmp_path, replace(inner, context="x"), inner)
    found = came_back("context,German,translation\n,Ort,Місто\n".encode(), there)
    apply(found, there.path, "f.po")
    now = read_catalog(there.path, UK).entries
    assert (now["x", "Ort"].text, now["", "Ort"].text) == ("Місце", "Місто")


def test_a_text_that_no_page_can_hold_is_refused_and_nothing_written(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    before = there.path.read_bytes()
    found = came_back(exported(there, "csv", texts("Ort", "м" * (MAX_TEXT - 1))), there)
    assert ([problem.check for problem in found.problems], found.changes) == (["length"], ())
    assert there.path.read_bytes() == before


# What comes from outside


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name.replace("__", "/"), data)
    return stream.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a package with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {part: package.read(part) for part in package.namelist()}
    parts[name] = change(parts.get(name, b""))
    return zipped(**parts)


def with_cell(value: object) -> Callable[[bytes], bytes]:
    """Return the change that puts a value into the translation of the first row."""

    def put(book: Workbook) -> None:
        page = book.active
        assert page is not None
        page["D2"] = value

    return lambda data: resaved(data, put)


SHEET = "xl/worksheets/sheet1.xml"


def in_sheet(rows: bytes, behind: bytes = b"") -> Callable[[bytes], bytes]:
    """Return the change that puts rows, and what follows them, into a sheet."""
    return lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>" + behind)


BOMB = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def behind_declaration(data: bytes, more: bytes) -> bytes:
    head, end, rest = data.partition(b"?>")
    return head + end + more + rest if end else more + data


XLIFF = [
    (lambda data: behind_declaration(data, BOMB), "xml-unsafe"),
    (lambda data: behind_declaration(data, ENTITY).replace(b"<target state=", b"<target x='&e;' state="), "xml-unsafe"),
    (lambda data: data.replace(b'version="1.2"', b'version="2.0"'), "xliff"),
    (lambda data: b"<html><body/></html>", "xliff"),
    (lambda data: data.replace(b"</file>", b"</file><file original='g'><body/></file>"), "xliff"),
    (lambda data: data[: len(data) // 2], "xml-syntax"),
    (lambda data: data.replace(b"UTF-8", b"ISO-8859-1"), "encoding"),
    (lambda data: data.decode().encode("latin-1", "replace"), "encoding"),
    (lambda data: data.decode().encode("utf-16"), "encoding"),
    (lambda data: data.replace(b"<body>", b"<body>" + b"<group>" * 5_000), "xml-syntax"),
    (lambda data: b"<?xml version='1.0'?>" + b" " * MAX_BYTES, "too-large"),
    (lambda data: data.replace(b"<target state", b"<target><x id='9'/></target><target state"), "xliff"),
    (lambda data: data.replace(b"<source>Stra\xc3\x9fe", b"<source>Gasse"), "unknown-source"),
    (lambda data: data.replace(b"<source>Stra\xc3\x9fe</source>", b""), "xliff"),
]
CSV = [
    (lambda data: data.decode().encode("latin-1", "replace"), "encoding"),
    (lambda data: data.decode().encode("utf-16"), "encoding"),
    (lambda data: data[:-5], "csv-syntax"),
    (lambda data: data.replace(b'"German"', b'"Deutsch"'), "columns"),
    (lambda data: data.replace(b'"comment"', b'"German"'), "columns"),
    (lambda data: data + b'"";"";"";"";"";"";"";"";"x"\n'.replace(b";", b","), "columns"),
    (lambda data: b"context,German,translation\n,Stra\xc3\x9fe\xc2\x85,x\n", "control-character"),
    (lambda data: b"context,German,translation,comment\n,Stra\xc3\x9fe,Vuly", "columns"),
    (lambda data: b"context,German,translation\n" + b",Stra\xc3\x9fe,x\n" * (MAX_ROWS + 1), "too-large"),
    (lambda data: b"context,German,translation\n,Stra\xc3\x9fe," + b"x" * (MAX_TEXT + 1), "too-large"),
    (lambda data: b"context,German,translation\n,Stra\xc3\x9fe," + b"x" * 200_000, "csv-syntax"),
    (lambda data: b"context,German,translation\n,,x\n", "unknown-source"),
    (lambda data: b"", "columns"),
    (lambda data: b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "encoding"),
    (lambda data: b"a\rb\rc", "columns"),
]
XLSX = [
    (lambda data: data[: len(data) // 2], "xlsx"),
    (lambda data: b"\xd0\xcf\x11\xe0" + bytes(600), "xlsx"),
    (lambda data: zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), "xlsx"),
    (lambda data: zipped(a=b"x"), "xlsx"),
    (lambda data: with_part(data, SHEET, lambda xml: xml + b" " * 40_000_000), "too-large"),
    (lambda data: zipped(**{f"a{number}": b"" for number in range(300)}), "too-large"),
    (lambda data: with_part(data, SHEET, in_sheet(b"<row><c/><c/></row>" * 200_000)), "too-large"),
    (lambda data: with_part(data, SHEET, in_sheet(b"", b'<mergeCell ref="A1:B2"/>' * 50_000)), "too-large"),
    (lambda data: with_part(data, "xl/workbook.xml", lambda xml: xml + b"<sheet />" * 300), "too-large"),
    (lambda data: with_part(data, SHEET, lambda xml: behind_declaration(xml, BOMB)), "xml-unsafe"),
    (lambda data: with_part(data, "xl/workbook.xml", lambda xml: behind_declaration(xml, ENTITY)), "xml-unsafe"),
    (lambda data: with_part(data, "xl/styles.xml", lambda xml: b" " * 9 + BOMB + b"<x/>"), "xml-unsafe"),
    (lambda data: with_part(data, SHEET, lambda xml: xml.decode().encode("utf-16")), "encoding"),
    (lambda data: with_part(data, SHEET, lambda xml: xml.decode().encode("utf-16-le")), "encoding"),
    (lambda data: with_part(data, SHEET, lambda xml: xml.decode().encode("utf-16-be")), "encoding"),
    (lambda data: with_part(data, SHEET, lambda xml: "\n<x/>".encode("utf-16")), "encoding"),
    (lambda data: with_part(data, SHEET, lambda xml: b"Lo\xa7\x94\x40"), "encoding"),
    (lambda data: with_part(data, SHEET, lambda xml: b"<?xml version='1.0' encoding='UTF-7'?>" + xml), "encoding"),
    (lambda data: with_part(data, SHEET, lambda xml: xml[:300]), "xlsx"),
    (lambda data: with_part(data, SHEET, lambda xml: xml.replace(b">German<", b">Deutsch<")), "columns"),
    (lambda data: with_part(data, SHEET, lambda xml: xml.replace(b'r="D2"', b'r="ZZZZZ2"')), "xlsx"),
    (with_cell("=HYPERLINK(A1)"), "cell-type"),
    (with_cell(datetime.date(2026, 1, 2)), "cell-type"),
    (with_cell(2.5), "cell-type"),
    (with_cell(True), "cell-type"),
    (with_cell("x" * (MAX_TEXT + 1)), "too-large"),
]
HOSTILE = [
    (kind, number, spoil, check)
    for kind, all_ in (("csv", CSV), ("xlsx", XLSX), ("xliff", XLIFF))
    for number, (spoil, check) in enumerate(all_)
]


@pytest.mark.parametrize(
    ("kind", "number", "spoil", "check"), HOSTILE, ids=[f"{each[0]}-{each[1]}-{each[3]}" for each in HOSTILE]
)
def test_a_hostile_file_is_refused_with_its_place_and_nothing_is_written(
    kind: str,
    number: int,
    spoil: Callable[[bytes], bytes],
    check: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "locales" / "uk" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    there = catalog(folder, entry("Straße", "Вулиця"))
    before = there.path.read_bytes()
    file = tmp_path / f"back.{kind}"
    file.write_bytes(spoil(exported(there, kind)))
    with pytest.raises(SystemExit) as stopped:
        main(["--project", str(tmp_path), "translate", "import", str(file), "--form", "f", "--lang", "uk"])
    said = capsys.readouterr().err
    assert stopped.value.code == 1, said
    assert f"[{check}]" in said
    assert f"back.{kind}" in said.splitlines()[0]
    assert there.path.read_bytes() == before


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=4)), max_size=4), end=st.integers(0, 10_000)
)
def test_a_damaged_file_is_read_or_refused_but_breaks_nothing(
    kind: str, places: list[tuple[int, bytes]], end: int, tmp_path: Path
) -> None:
    data = bytearray(exported(catalog(tmp_path, entry("Straße", "Вулиця"), entry("{n} Kinder")), kind))
    for place, found in places:
        data[place % len(data) : place % len(data) + len(found)] = found
    if end < 5_000:
        del data[end % len(data) :]
    assert said_of(bytes(data)) in ("read", "refused")


def said_of(data: bytes) -> str:
    try:
        exchange.read(data, "back")
    except ExchangeError as error:
        placed = error.problems and all(problem.where.file.startswith("back") for problem in error.problems)
        return "refused" if placed else "refused without a place"
    return "read"


def test_a_row_far_below_and_a_cell_far_to_the_right_cost_nothing(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"))
    far = b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    data = with_part(exported(there, "xlsx"), SHEET, lambda xml: xml.replace(b"</sheetData>", far))
    assert came_back(data, there).unchanged == 1


def test_a_sheet_that_lies_about_its_size_is_read_whole(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"), entry("Datum"))
    lie = b'<dimension ref="A1:A1"/><sheetData>'
    data = with_part(exported(there, "xlsx"), SHEET, lambda xml: xml.replace(b"<sheetData>", lie))
    assert came_back(data, there).unchanged == 2


def test_what_people_add_to_a_sheet_is_not_looked_at(tmp_path: Path) -> None:
    def add(book: Workbook) -> None:
        book.create_sheet("Notizen", 0)["A1"] = "=1+1"
        page = book["f.uk"]
        page["J1"], page["J2"] = "Frage", "=A1"

    there = catalog(tmp_path, entry("Ort", "Місто"))
    assert came_back(resaved(exported(there, "xlsx"), add), there).unchanged == 1


def test_a_whole_number_is_a_text_like_any_other(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    found = came_back(with_cell(7)(exported(there, "xlsx")), there)
    assert [change.text for change in found.changes] == ["7"]


def test_the_columns_may_stand_in_any_order_and_for_any_country(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort"))
    for delimiter in (",", ";", "\t"):
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter).writerows(
            [["Translation", "mine", "GERMAN ", "context"], ["Місто, село; хутір", "", "Ort", ""]]
        )
        assert [change.text for change in came_back(stream.getvalue().encode(), there).changes] == [
            "Місто, село; хутір"
        ]


def test_tools_may_split_a_text_into_sentences_and_drop_what_a_code_holds(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Eins {n}. Zwei.", "1 {n}. 2."))
    data = exported(there, "xliff").decode()
    begin, end = data.index("<target"), data.index("</target>")
    first, second = '<mrk mtype="seg" mid="1">Раз <ph id="1"/>.</mrk>', '<mrk mtype="seg" mid="2">Два.</mrk>'
    target = f'<target state="translated">{first} {second}'
    found = came_back((data[:begin] + target + data[end:]).encode(), there)
    assert [change.text for change in found.changes] == ["Раз {n}. Два."]


def test_suggestions_inside_a_unit_are_not_taken_for_the_translation(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"))
    alternative = b"<alt-trans><source>Ort</source><target>x</target></alt-trans></trans-unit>"
    data = exported(there, "xliff").replace(b"</trans-unit>", alternative)
    assert came_back(data, there).unchanged == 1


def test_the_sample_catalogues_go_through_every_format_in_every_language(tmp_path: Path) -> None:
    project = sample_project(tmp_path, languages=("uk", "ar", "de-simple"))
    found = []
    for path in sorted(project.locales.glob("*/LC_MESSAGES/*.po")):
        there = read_catalog(path, UK)
        for kind in KINDS:
            back = plan(exchange.read(FORMATS[kind].write(Sheet("x", "uk", rows_of(there))), "x"), there, "x")
            found.append((back.changes, back.problems, back.unchanged == len(there.entries)))
    assert found == [((), (), True)] * 27


# The commands


def run(project: Path, *arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(["--project", str(project), "translate", *map(str, arguments)])
    return int(stopped.value.code or 0)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    sample_project(tmp_path, ("kurz",), ("uk", "ar"))
    return tmp_path


def snapshot(project: Path) -> dict[Path, tuple[bytes, int]]:
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in project.rglob("*.po")}


@pytest.mark.parametrize(("kind", "suffix"), [("xlsx", "xlsx"), ("xliff", "xlf")])
def test_a_file_sent_out_and_back_touches_no_catalogue(kind: str, suffix: str, project: Path) -> None:
    before = snapshot(project)
    assert run(project, "export", "kurz", "--lang", "uk", "--format", kind) == 0
    assert run(project, "import", project / "build" / f"kurz.uk.{suffix}") == 0
    assert snapshot(project) == before


def test_a_dry_run_shows_what_would_change_and_writes_nothing(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "back.csv"
    run(project, "export", "kurz", "--lang", "uk", "--format", "csv", "-o", file)
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"))))
    german = rows[1][COLUMNS.index("German")]
    rows[1][COLUMNS.index("translation")] = "Нове"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    capsys.readouterr()
    before = snapshot(project)
    assert run(project, "import", file, "--form", "kurz", "--lang", "uk", "--dry-run") == 0
    said = capsys.readouterr()
    assert f"back.csv:2: '{german}'" in said.out
    assert "1 would change" in said.err
    assert snapshot(project) == before
    assert run(project, "import", file, "--form", "kurz", "--lang", "uk") == 0
    assert 'msgstr "Нове"' in (project / "locales/uk/LC_MESSAGES/kurz.po").read_text(encoding="utf-8")


def test_a_refused_text_gives_exit_code_1_and_the_others_are_merged(project: Path) -> None:
    file = project / "back.csv"
    path = project / "locales/uk/LC_MESSAGES/kurz.po"
    german = next(iter(read_catalog(path, UK).entries.values())).msgid
    rows = [["context", "German", "translation"], ["", "Fremd", "Чуже"], ["", german, "Нове"]]
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    assert run(project, "import", file, "--form", "kurz", "--lang", "uk") == 1
    assert 'msgstr "Нове"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("export", "kurz", "--lang", "uk", "--format", "csv", "--excel"), 0),
        (("export", "kurz", "--lang", "uk", "--format", "xlsx", "--excel"), 2),
        (("export", "kurzz", "--lang", "uk", "--format", "csv"), 2),
        (("export", "../../x", "--lang", "uk", "--format", "csv"), 2),
        (("export", "kurz", "--lang", "tr", "--format", "csv"), 2),
        (("export", "formkit", "--lang", "uk", "--format", "xliff"), 0),
        (("import", "there-is-none.csv"), 3),
        (("import", "/dev/zero"), 3),
    ],
)
def test_wrong_names_and_unreadable_files_have_their_exit_codes(
    arguments: Sequence[str], code: int, project: Path
) -> None:
    assert run(project, *arguments) == code


def test_an_export_overwrites_nothing_unless_told_to(project: Path) -> None:
    file = project / "mine.csv"
    file.write_text("mine", encoding="utf-8")
    command = ("export", "kurz", "--lang", "uk", "--format", "csv", "-o", file)
    assert run(project, *command) == 3
    assert file.read_text(encoding="utf-8") == "mine"
    assert run(project, *command, "--force") == 0


def test_a_folder_that_cannot_be_made_is_said_and_not_thrown(project: Path) -> None:
    (project / "file").write_text("", encoding="utf-8")
    output = project / "file" / "deeper" / "x.csv"
    assert run(project, "export", "kurz", "--lang", "uk", "--format", "csv", "-o", output) == 3


def test_only_what_is_to_do_can_be_exported(tmp_path: Path) -> None:
    there = catalog(tmp_path, entry("Ort", "Місто"), entry("Datum"), entry("Name", "Ім'я", fuzzy=True))
    assert [row.german for row in rows_of(there, todo=True)] == ["Datum", "Name"]


def test_a_file_of_another_form_or_language_is_refused(project: Path) -> None:
    run(project, "export", "kurz", "--lang", "uk", "--format", "xliff")
    file = project / "build" / "kurz.uk.xlf"
    assert run(project, "import", file, "--lang", "ar") == 2
    assert run(project, "import", file, "--form", "formkit") == 2
    file.write_text(file.read_text(encoding="utf-8").replace('"uk"', '"uk-UA"'), encoding="utf-8")
    assert run(project, "import", file) == 2
    assert run(project, "import", file, "--lang", "uk") == 0


def test_a_name_in_a_file_is_never_a_path(project: Path) -> None:
    (project / "locales/uk/x.po").write_text("", encoding="utf-8")
    data = FORMATS["xliff"].write(Sheet("../x", "uk", ()))
    (project / "evil.xlf").write_bytes(data)
    assert run(project, "import", project / "evil.xlf") == 2


def test_every_language_of_the_table_can_be_exported(tmp_path: Path) -> None:
    rows = rows_of(catalog(tmp_path, entry("Ort")))
    for tag in LANGUAGES:
        for kind in ("xlsx", "xliff"):
            back = exchange.read(FORMATS[kind].write(Sheet("but-hauptantrag", tag, rows)), "back")
            assert (back.name, back.language) == ("but-hauptantrag", tag)
