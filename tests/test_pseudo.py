"""The pseudo-language and compiled catalogues: what a text keeps, what a page shows, what other programs read."""

from __future__ import annotations

import gettext
import io
import re
import shutil
import struct
import subprocess
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formkit.cli import main
from formkit.i18n.catalog import Catalog, Entry, read_catalog
from formkit.i18n.extracted import extracted_words
from formkit.i18n.languages import Language, language
from formkit.i18n.mo import compiled
from formkit.i18n.po_write import Header, header_block, rewritten
from formkit.i18n.pseudo import ACCENTED, BEGIN, END, RIGHT_TO_LEFT, pseudo, pseudo_catalog, pseudo_localized, pseudo_po
from formkit.i18n.safety import faults
from formkit.i18n.templates import form_entries
from formkit.project import find_project
from formkit.render.glyphs import require
from formkit.render.html import Options, document
from formkit.render.status import status
from projects import AUTHORITY, ROOT, TODAY, sample_project

LANGUAGES = [ACCENTED, RIGHT_TO_LEFT]
UK = language("uk")
PARTS = ["Kinder", "Straße", "Übung", "{n}", "**", "*", "[hier](https://a.de)", "§ 28 SGB II", "12,50 €", "a@b.de", " "]


@pytest.mark.parametrize("reader", LANGUAGES, ids=lambda reader: reader.tag)
@settings(max_examples=200)
@given(parts=st.lists(st.one_of(st.sampled_from(PARTS), st.text("abc äöß.?-", max_size=6)), min_size=1))
def test_a_pseudo_translation_is_without_fault_and_stands_in_its_brackets(reader: Language, parts: list[str]) -> None:
    german = "".join(parts)
    text = pseudo(german, reader)
    assert faults(german, text) == ()
    assert (text[0], text[-1]) == (BEGIN, END)


def test_a_pseudo_translation_is_longer_and_looks_foreign() -> None:
    assert pseudo("Nur Kopien") == "⁅Ñúúr Kóópííééñ⁆"
    assert pseudo("Nur", RIGHT_TO_LEFT) == "⁅نوور⁆"


def test_numbers_paragraphs_addresses_and_terms_stay_in_a_pseudo_translation() -> None:
    text = pseudo("Ihr Bescheid nach § 28: info@amt.de oder 07151 12-3", terms=("Bescheid",))
    assert [part for part in ("Bescheid", "§ 28:", "info@amt.de", "07151 12-3") if part not in text] == []


def test_the_texts_of_the_real_form_become_about_forty_per_cent_longer_and_can_be_drawn() -> None:
    entries, _ = form_entries(find_project(ROOT), "but-hauptantrag")
    german = sum(len(entry.msg.text) for entry in entries)
    for reader in LANGUAGES:
        found = [entry.text for entry in pseudo_catalog(entries, reader).entries.values()]
        assert 1.3 < sum(map(len, found)) / german < 1.5
        for text in found:
            require(text, reader)


def test_the_pseudo_catalogue_is_the_same_in_memory_and_as_a_file(tmp_path: Path) -> None:
    project = sample_project(tmp_path)
    entries, header = form_entries(project, "alles")
    path = tmp_path / "alles.po"
    path.write_text(pseudo_po(entries, header), encoding="utf-8")
    read = read_catalog(path, ACCENTED)
    assert read.problems == ()
    there = pseudo_catalog(entries)
    assert {key: entry.text for key, entry in read.entries.items()} == {
        key: entry.text for key, entry in there.entries.items()
    }


@pytest.mark.parametrize("reader", LANGUAGES, ids=lambda reader: reader.tag)
def test_every_translated_text_on_the_page_stands_in_brackets(reader: Language, tmp_path: Path) -> None:
    localized = pseudo_localized(sample_project(tmp_path), "alles", AUTHORITY, TODAY, reader)
    page = lxml.html.fromstring(document(localized, status(localized, 95), Options()).html)
    shown = ["".join(each.itertext()) for each in page.xpath("//*[@class='t']")]
    assert len(shown) > 80
    assert [text for text in shown if not (BEGIN in text and END in text)] == []
    assert localized.completeness().percent == 100
    assert {each.get("dir") for each in page.xpath(f"//*[@lang='{reader.tag}' and @dir]")} == {reader.direction}


def test_the_command_writes_a_catalogue_and_a_print_and_nothing_into_locales(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sample_project(tmp_path, ("kurz",))
    command = ["--project", str(tmp_path), "translate", "pseudo", "kurz", "--rtl", "-o", str(tmp_path / "proof")]
    assert stopped(command) == 0
    files = [tmp_path / "proof" / f"kurz.ar-XB.{suffix}" for suffix in ("po", "print.pdf")]
    assert capsys.readouterr().out.split() == [str(file) for file in files]
    assert files[1].read_bytes().startswith(b"%PDF")
    assert not (tmp_path / "locales").exists()
    assert stopped(command) == 0
    files[1].write_bytes(b"%PDF of somebody else")
    assert stopped(command) == 3
    assert files[1].read_bytes() == b"%PDF of somebody else"
    assert stopped([*command, "--force"]) == 0


def stopped(command: list[str]) -> int:
    with pytest.raises(SystemExit) as end:
        main(command)
    return int(end.value.code or 0)


# Compiled catalogues


def catalog(folder: Path, *entries: Entry) -> Catalog:
    path = folder / "f.po"
    head = header_block(UK, Header("f 1", "Form"))
    path.write_text("\n\n".join([head, *map(rewritten, entries)]) + "\n", encoding="utf-8")
    return read_catalog(path, UK)


def test_only_what_a_page_may_show_is_compiled(tmp_path: Path) -> None:
    there = catalog(
        tmp_path,
        Entry("", "Ort", "Місто"),
        Entry("land", "Ort", "Країна"),
        Entry("", "Datum", "Дата", fuzzy=True),
        Entry("", "{n} Kinder", "дітей"),
        Entry("", "Name", ""),
    )
    read = gettext.GNUTranslations(io.BytesIO(compiled(there)))
    assert (read.gettext("Ort"), read.pgettext("land", "Ort")) == ("Місто", "Країна")
    assert [read.gettext(german) for german in ("Datum", "{n} Kinder", "Name")] == ["Datum", "{n} Kinder", "Name"]
    assert read.info()["plural-forms"] == f"{UK.plural};"


def test_a_catalogue_that_lies_about_its_plurals_is_compiled_with_ours(tmp_path: Path) -> None:
    there = catalog(tmp_path, Entry("", "Ort", "Місто"))
    path = there.path
    path.write_text(
        re.sub("nplurals=3[^;]*;[^;]*;", "nplurals=1; plural=0;", path.read_text("utf-8")), encoding="utf-8"
    )
    assert read_catalog(path, UK).header["Plural-Forms"] == "nplurals=1; plural=0;"
    read = gettext.GNUTranslations(io.BytesIO(compiled(read_catalog(path, UK))))
    assert read.info()["plural-forms"] == f"{UK.plural};"


@settings(max_examples=100)
@given(st.dictionaries(st.text("abcÄß{}\x04\n", min_size=1, max_size=6), st.text("абв\n", min_size=1), max_size=8))
def test_any_compiled_catalogue_is_read_by_another_program(texts: dict[str, str]) -> None:
    entries = {("", german): Entry("", german, text) for german, text in texts.items()}
    read = gettext.GNUTranslations(io.BytesIO(compiled(Catalog(UK, Path("f.po"), entries, {}))))
    assert {german: read.gettext(german) for german in texts} == texts


def test_the_texts_of_a_compiled_catalogue_are_sorted_as_gettext_looks_them_up() -> None:
    texts = ("Ä", "Z", "a", "", "B")
    data = compiled(Catalog(UK, Path("f.po"), {("", text): Entry("", text, "x") for text in texts if text}, {}))
    count, table = struct.unpack("<2I", data[8:16])
    spans = [struct.unpack("<2I", data[table + 8 * number :][:8]) for number in range(count)]
    keys = [data[start : start + length] for length, start in spans]
    assert keys == sorted(text.encode() for text in texts)


@pytest.mark.skipif(shutil.which("msgunfmt") is None, reason="GNU gettext is not installed")
def test_gettext_reads_the_words_of_formkit_back_from_a_compiled_catalogue(tmp_path: Path) -> None:
    there = pseudo_catalog(extracted_words())
    path = tmp_path / "formkit.mo"
    path.write_bytes(compiled(there))
    done = subprocess.run(["msgunfmt", "--strict", path], capture_output=True, text=True, check=True)
    back = tmp_path / "back.po"
    back.write_text(done.stdout, encoding="utf-8")
    read = read_catalog(back, UK)
    assert {key: entry.text for key, entry in read.entries.items()} == {
        key: entry.text for key, entry in there.entries.items()
    }


def test_the_command_compiles_again_but_never_over_another_file(tmp_path: Path) -> None:
    sample_project(tmp_path, ("kurz",), ("uk", "ar"))
    command = ["--project", str(tmp_path), "translate", "compile", "kurz", "--lang", "uk"]
    path = tmp_path / "build/locales/uk/LC_MESSAGES/kurz.mo"
    assert [stopped(command), stopped(command)] == [0, 0]
    assert list((tmp_path / "build").rglob("*.mo")) == [path]
    path.write_bytes(b"mine")
    assert stopped(command) == 3
    assert path.read_bytes() == b"mine"
