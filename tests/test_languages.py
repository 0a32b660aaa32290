"""The table of languages against CLDR, and the formats of every language."""

from __future__ import annotations

import datetime
import gettext
import re
from collections.abc import Callable
from decimal import Decimal
from typing import cast

import pytest
from babel import Locale

from formkit.errors import UnknownName
from formkit.i18n.languages import (
    GERMAN,
    LANGUAGES,
    Language,
    by_folder,
    format_amount,
    format_date,
    format_number,
    language,
)

EACH = pytest.mark.parametrize("reader", LANGUAGES.values(), ids=list(LANGUAGES))
IN_CLDR = [each for each in LANGUAGES.values() if each.cldr]
IN_ORDER_OF_NEED = [
    "uk",
    "ar",
    "tr",
    "ro",
    "ru",
    "en",
    "fa",
    "prs",
    "pl",
    "bg",
    "kmr",
    "ckb",
    "ti",
    "ps",
    "so",
    "fr",
    "sq",
    "sr-Latn",
    "sr-Cyrl",
    "hr",
    "bs",
    "rom",
    "es",
    "it",
    "el",
    "pt",
    "vi",
    "zh-Hans",
    "am",
    "ur",
    "hi",
]
DAY = datetime.date(2026, 3, 7)


def rule(reader: Language) -> tuple[int, Callable[[int], int]]:
    match = re.fullmatch(r"nplurals=(\d); plural=(.+)", reader.plural)
    assert match
    compiled = cast(Callable[[str], Callable[[int], int]], gettext.c2py)(match[2])
    return int(match[1]), compiled


@pytest.mark.parametrize("reader", IN_CLDR, ids=[each.tag for each in IN_CLDR])
def test_plural_rules_part_the_numbers_as_cldr_does(reader: Language) -> None:
    count, form = rule(reader)
    cldr = Locale.parse(reader.cldr).plural_form
    pairs = {(form(n), cldr(n)) for n in range(2001)}
    assert len(pairs) == len({ours for ours, _ in pairs}) == len({theirs for _, theirs in pairs})
    assert {ours for ours, _ in pairs} == set(range(count))


def test_languages_outside_cldr_are_few_and_known() -> None:
    assert [each.tag for each in LANGUAGES.values() if not each.cldr] == ["rom"]


@pytest.mark.parametrize("reader", IN_CLDR, ids=[each.tag for each in IN_CLDR])
def test_directions_are_those_of_cldr(reader: Language) -> None:
    assert reader.direction == Locale.parse(reader.cldr).text_direction


def test_right_to_left_languages_are_these() -> None:
    assert [each.tag for each in LANGUAGES.values() if each.direction == "rtl"] == [
        "ar", "fa", "prs", "ckb", "ps", "ur"
    ]  # fmt: skip


def test_folders_are_the_tags_with_underscores_and_unique() -> None:
    folders = [each.folder for each in LANGUAGES.values()]
    assert folders == [tag.replace("-", "_") for tag in LANGUAGES]
    assert len({folder.casefold() for folder in folders}) == len(folders)


def test_languages_stand_in_the_order_of_need_behind_german() -> None:
    assert list(LANGUAGES) == ["de", "de-simple", *IN_ORDER_OF_NEED]
    assert [each.need for each in LANGUAGES.values()] == list(range(len(LANGUAGES)))


def test_names_are_unique_in_every_column() -> None:
    for column in ("autonym", "german", "english"):
        names = [getattr(each, column) for each in LANGUAGES.values()]
        assert len(set(names)) == len(names)


def test_romanian_name_has_no_cedilla() -> None:
    assert not re.search("[şţŞŢ]", language("ro").autonym)


@EACH
def test_a_language_is_found_by_tag_and_by_folder(reader: Language) -> None:
    assert language(reader.tag) is reader
    assert by_folder(reader.folder) is reader


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("ukk", "uk"),
        ("Arabisch", "ar"),
        ("uk-UA", "uk"),
        ("de_simple", "de-simple"),
        ("sr", "sr-Latn"),
        ("türkçe", "tr"),
    ],
)
def test_an_unknown_tag_gets_a_guess(written: str, meant: str) -> None:
    with pytest.raises(UnknownName, match=f"did you mean '{meant}'") as caught:
        language(written)
    assert "Known languages: de, de-simple, uk" in caught.value.advice
    assert caught.value.exit_code == 2


def test_a_wild_tag_gets_no_guess() -> None:
    with pytest.raises(UnknownName, match=r"^unknown language 'q{50000}'$"):
        language("q" * 50_000)


def test_an_unknown_folder_gets_a_guess() -> None:
    with pytest.raises(UnknownName, match="did you mean 'sr_Latn'"):
        by_folder("sr-Latn")


def test_german_amounts_dates_and_numbers_look_german() -> None:
    assert format_amount(Decimal("12.5"), GERMAN) == "12,50\u00a0€"
    assert format_amount(15, GERMAN) == "15,00\u00a0€"
    assert format_amount(Decimal("1234.5"), GERMAN) == "1.234,50\u00a0€"
    assert format_number(3, GERMAN) == "3"
    assert format_number(Decimal("1.50"), GERMAN) == "1,50"
    assert format_date(DAY, GERMAN) == "07.03.2026"


@pytest.mark.parametrize(
    ("tag", "amount", "number", "date"),
    [
        ("en", "€1,234.50", "1,234.5", "7 March 2026"),
        ("uk", "1\u00a0234,50\u00a0€", "1\u00a0234,5", "7 березня 2026\u202fр."),
        ("ar", "1,234.50\u00a0€", "1,234.5", "07/03/2026"),
        ("tr", "€1.234,50", "1.234,5", "7 Mart 2026"),
        ("fa", "€\u00a01,234.50", "1,234.5", "7 مارس 2026"),
        ("fr", "1\u202f234,50\u00a0€", "1\u202f234,5", "7 mars 2026"),
        ("rom", "1.234,50\u00a0€", "1.234,5", "07.03.2026"),
        ("de-simple", "1.234,50\u00a0€", "1.234,5", "7. März 2026"),
    ],
)
def test_each_language_writes_in_its_way(tag: str, amount: str, number: str, date: str) -> None:
    reader = language(tag)
    assert format_amount(Decimal("1234.5"), reader) == amount
    assert format_number(Decimal("1234.5"), reader) == number
    assert format_date(DAY, reader) == date


@EACH
def test_formats_have_latin_digits_one_euro_sign_and_no_direction_marks(reader: Language) -> None:
    amount = format_amount(Decimal("-1234567.5"), reader)
    number = format_number(Decimal("-1234567.125"), reader)
    date = format_date(DAY, reader)
    for text in (amount, number, date):
        assert all(char in "0123456789" for char in text if char.isdecimal()), text
        assert not re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", text)
    assert amount.count("€") == 1
    assert re.sub(r"\D", "", amount) == "123456750"
    assert re.sub(r"\D", "", number) == "1234567125"
    assert "2026" in date
    assert {char for char in amount if char.isspace()} <= {"\u00a0", "\u202f"}


@EACH
def test_no_digit_is_rounded_away(reader: Language) -> None:
    assert re.sub(r"\D", "", format_amount(Decimal("0.12345"), reader)) == "012345"
    assert re.sub(r"\D", "", format_number(Decimal("0.1234567890"), reader)) == "01234567890"
