"""formkit's own words: listed, extracted, translated."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import formkit.screen_words
import formkit.words
from formkit.i18n.catalog import Catalog, read_catalog
from formkit.i18n.extracted import extracted_words
from formkit.i18n.languages import language
from formkit.i18n.own_words import HEADER, refresh
from formkit.i18n.po_write import write_pot
from formkit.i18n.room import rooms_of
from formkit.screen_words import SCREEN_WORDS
from formkit.texts import FORMKIT_DOMAIN, Msg, plain
from formkit.words import ANSWER_ERRORS
from formkit.words import WORDS as PAPER_WORDS

WORDS = (*PAPER_WORDS, *SCREEN_WORDS)
ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "locales"
TRANSLATED = ("ar", "uk", "tr", "en", "de-simple")


@pytest.fixture(params=TRANSLATED)
def catalog(request: pytest.FixtureRequest) -> Catalog:
    reader = language(request.param)
    return read_catalog(LOCALES / reader.folder / "LC_MESSAGES" / "formkit.po", reader)


def test_every_message_of_the_module_is_listed() -> None:
    constants = {value for value in vars(formkit.words).values() if isinstance(value, Msg)}
    assert {word.msg for word in PAPER_WORDS} == constants | set(ANSWER_ERRORS.values())
    screen = {value for value in vars(formkit.screen_words).values() if isinstance(value, Msg)}
    assert {word.msg for word in SCREEN_WORDS} == screen


def test_no_text_and_no_id_is_listed_twice() -> None:
    assert len({word.msg for word in WORDS}) == len(WORDS)
    assert len({word.id for word in WORDS}) == len(WORDS)


def test_every_word_has_a_comment_for_translators_and_our_domain() -> None:
    for word in WORDS:
        assert word.msg.comment, word.name
        assert word.msg.domain == FORMKIT_DOMAIN
        assert re.fullmatch(r"formkit\.[a-z0-9_]+", word.id)


def test_labels_have_no_colon_at_the_end() -> None:
    assert not [word.name for word in WORDS if plain(word.msg.text).endswith(":")]


def test_the_errors_that_fields_raise_have_a_sentence_with_their_facts() -> None:
    raised = re.compile(r"InvalidAnswer\(\s*\"([a-z-]+)\"((?:,\s*\w+=)?)")
    for file in sorted((ROOT / "src/formkit/fields").glob("*.py")):
        for key, fact in raised.findall(file.read_text(encoding="utf-8")):
            facts = {fact.strip(", =")} - {""}
            assert ANSWER_ERRORS[key].placeholders <= facts, f"{file.name}: {key}"


def test_extracted_words_carry_id_place_and_comment() -> None:
    by_id = {each.ids[0]: each for each in extracted_words()}
    page = by_id["formkit.page_of"]
    assert page.msg.text == "Seite {page} von {pages}"
    assert page.references == ("src/formkit/words.py#PAGE_OF",)
    assert page.notes == (page.msg.comment,)


def test_the_template_is_up_to_date() -> None:
    assert (LOCALES / "formkit.pot").read_text(encoding="utf-8") == write_pot(
        extracted_words(rooms_of(LOCALES, "formkit")), HEADER
    )


def test_every_word_is_translated_and_usable(catalog: Catalog) -> None:
    assert catalog.problems == ()
    assert [word.name for word in WORDS if catalog.usable(word.msg.context, word.msg.text) is None] == []
    assert catalog.obsolete == ()


def test_yes_and_no_differ_in_every_language(catalog: Catalog) -> None:
    yes, no = catalog.usable("", "Ja"), catalog.usable("", "Nein")
    assert yes
    assert no
    assert yes.casefold() != no.casefold()


def test_the_shipped_catalogues_are_complete_and_refreshing_changes_nothing(tmp_path: Path) -> None:
    shutil.copytree(LOCALES, tmp_path, dirs_exist_ok=True)
    assert refresh(tmp_path) == ()


def test_refreshing_writes_template_and_catalogues_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    shutil.copytree(LOCALES, tmp_path, dirs_exist_ok=True)
    refresh(tmp_path)
    uk = language("uk")
    path = tmp_path / "uk/LC_MESSAGES/formkit.po"
    text = path.read_text(encoding="utf-8")
    text = text.replace("#. id: formkit.yes\n", "# a remark\n#. id: formkit.yes\n#. gone: away\n")
    text = text.replace('msgid "Nein"\nmsgstr "Ні"', 'msgid "Nö"\nmsgstr "Нє"')
    path.write_text(text, encoding="utf-8")
    (tmp_path / "formkit.pot").unlink()
    assert refresh(tmp_path) == (tmp_path / "formkit.pot", path)
    after = read_catalog(path, uk)
    assert after.entries["", "Ja"].comments == ("a remark",)
    assert after.entries["", "Nein"].text == ""
    assert [(entry.msgid, entry.text) for entry in after.obsolete] == [("Nö", "Нє")]
    assert refresh(tmp_path) == ()
