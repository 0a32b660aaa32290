"""Field types: what they accept, what they refuse and why, and that nothing is lost on the way."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.definition import load_form
from formkit.definition.meaning import widget_names
from formkit.definition.places import parts
from formkit.fields import FIELD_TYPES, Field, InvalidAnswer
from formkit.fields.base import WrongType
from formkit.fields.digits import western
from formkit.fields.latin import foreign_letters
from formkit.values import Json, Month, PartialDate
from formkit.words import ANSWER_ERRORS

FORM = load_form(Path(__file__).parent / "forms" / "good" / "alles.yaml")
FIELDS: dict[str, Field] = {part.path: part.field for part in parts(FORM)}


def parse(path: str, text: str, part: str = "") -> object:
    return FIELDS[path].parse({part: text})


def refused(path: str, text: str, part: str = "") -> str:
    with pytest.raises(InvalidAnswer) as caught:
        parse(path, text, part)
    return caught.value.key


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("person.name", " Müller-Çelik ", "Müller-Çelik"),
        ("person.name", "O'Connor", "O'Connor"),
        ("person.name", "Łukasz Ștefan ʿAlī", "Łukasz Ștefan ʿAlī"),
        ("person.plz", "D-01001", "01001"),
        ("person.plz", "٧١٣٣٢", "71332"),
        ("person.seit", "08.2026", Month(2026, 8)),
        ("person.seit", "082026", Month(2026, 8)),
        ("person.seit", "2026-08", Month(2026, 8)),
        ("person.geburt", "00.00.1990", PartialDate(1990)),
        ("person.geburt", "1.2.1990", PartialDate(1990, 2, 1)),
        ("person.geburt", "01021990", PartialDate(1990, 2, 1)),
        ("person.geburt", "۰۱.۰۲.۱۹۹۰", PartialDate(1990, 2, 1)),
        ("person.kinder", "3", 3),
        ("person.weg", "2,5 km", Decimal("2.5")),
        ("person.kosten", "1.234,50 €", Decimal("1234.50")),
        ("person.kosten", "12.5", Decimal("12.5")),
        ("person.allein", "nein", False),
        ("person.art", "b", "b"),
        ("person.art", "Off", None),
        ("wahl.konto", "de89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        ("wahl.konto", "NL91ABNA0417164300", "NL91ABNA0417164300"),
        ("wahl.bic", "MARKDEF1100", "MARKDEF1100"),
        ("person.mail", "a.b@example.org", "a.b@example.org"),
        ("person.tel", "+49 (0)7151 501-0", "+49 (0)7151 501-0"),
        ("person.text", "eins\r\nzwei", "eins\nzwei"),
        ("erkl.wahr", "Yes", True),
        ("erkl.wahr", "Off", None),
        ("sign.antrag", "getippt", None),
    ],
)
def test_answers_are_understood_as_people_write_them(path: str, text: str, value: object) -> None:
    assert parse(path, text) == value


@pytest.mark.parametrize(
    ("path", "text", "key"),
    [
        ("person.name", "أحمد", "not-latin"),
        ("person.name", "Іван", "not-latin"),
        ("person.name", "x" * 121, "too-long"),
        ("person.seit", "13.2026", "not-a-month"),
        ("person.geburt", "31.02.2020", "not-a-date"),
        ("fahrten.von", "00.05.2026", "date-incomplete"),
        ("person.kinder", "2,5", "too-many-decimals"),
        ("person.kinder", "21", "too-large"),
        ("person.kinder", "-1", "too-small"),
        ("person.kinder", "drei", "not-a-number"),
        ("person.kinder", "1" * 400, "not-a-number"),
        ("person.kosten", "0", "too-small"),
        ("person.allein", "vielleicht", "unknown-option"),
        ("person.art", "c", "unknown-option"),
        ("wahl.konto", "DE88370400440532013000", "bad-iban"),
        ("wahl.bic", "MARK", "bad-bic"),
        ("person.plz", "713320", "too-long"),
        ("person.mail", "x" * 255, "too-long"),
        ("person.tel", "1" * 31, "too-long"),
        ("person.text", "a\x07b", "bad-character"),
        ("wahl.leistungen", "x", "unknown-option"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_refused_with_its_reason(path: str, text: str, key: str) -> None:
    assert refused(path, text) == key


def test_every_reason_has_a_sentence_for_the_applicant() -> None:
    import re

    folder = Path(__file__).parent.parent / "src" / "formkit" / "fields"
    raised = {
        key
        for file in folder.glob("*.py")
        for key in re.findall(r'InvalidAnswer\(\s*"([a-z-]+)"', file.read_text(encoding="utf-8"))
    }
    assert raised
    assert raised <= set(ANSWER_ERRORS)


def test_several_boxes_give_codes_in_the_order_of_the_form() -> None:
    assert FIELDS["wahl.leistungen"].parse({"y": "y", "x": "x", "keine": "Off"}) == ("x", "y")


@pytest.mark.parametrize(
    ("path", "value", "keys"),
    [
        ("wahl.leistungen", ("x", "keine"), ["several-exclusive"]),
        ("wahl.leistungen", ("keine",), []),
        ("person.plz", "00999", ["bad-postcode"]),
        ("person.plz", "7133", ["bad-postcode"]),
        ("person.plz", "71332", []),
        ("person.mail", "a@b", ["bad-email"]),
        ("person.mail", "a.b@example.org", []),
        ("person.tel", "ruf an", ["bad-phone"]),
        ("person.tel", "+49 (0)7151 501-0", []),
        ("person.nummer", "12345a", ["pattern"]),
        ("person.nummer", "123456", []),
    ],
)
def test_what_is_probably_not_meant_is_kept_and_doubted(path: str, value: object, keys: list[str]) -> None:
    field = FIELDS[path]
    assert field.parse(field.to_widgets(value)) == value  # type: ignore[arg-type]
    assert [doubt.key for doubt in field.doubts(value)] == keys  # type: ignore[arg-type]


def test_line_ends_of_pasted_text_are_spaces_in_a_box_of_one_line() -> None:
    assert parse("person.ort", " Bad \r\n Urach\t") == "Bad Urach"


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("person.name", 3),
        ("person.kinder", True),
        ("person.kosten", None),
        ("person.allein", 1),
        ("erkl.wahr", "ja"),
        ("wahl.leistungen", "x"),
        ("wahl.leistungen", [1]),
        ("wahl.an", ["x:mich"]),
        ("wahl.an", {"x": 1}),
        ("anlagen.bescheid", {"liegt_bei": True, "bis": "2026-12-01"}),
        ("anlagen.bescheid", {}),
        ("anlagen.bescheid", "liegt_bei"),
    ],
)
def test_data_of_another_type_are_no_answer(path: str, data: Json) -> None:
    with pytest.raises(WrongType):
        FIELDS[path].from_json(data)


@pytest.mark.parametrize("name", ["-", "–", "—"])
def test_somebody_with_one_name_only_writes_a_dash_for_the_other(name: str) -> None:
    assert parse("person.name", name) == name


def test_a_matrix_gives_one_code_a_row() -> None:
    matrix = FIELDS["wahl.an"]
    value = matrix.parse({"x": "mich", "y": "schule"})
    assert value == ("x:mich", "y:schule")
    assert matrix.to_widgets(value) == {"x": "mich", "y": "schule"}


def test_an_attachment_is_there_or_follows_by_a_day() -> None:
    attachment = FIELDS["anlagen.bescheid"]
    assert attachment.parse({"liegt_bei": "ja"}) == ("liegt_bei",)
    later = attachment.parse({"bis": "01122026"})
    assert later == ("bis", "2026-12-01")
    assert attachment.show(later) == "folgt bis 01.12.2026"
    assert attachment.parse(attachment.to_widgets(later)) == later


def test_values_are_shown_as_a_german_form_shows_them() -> None:
    assert FIELDS["person.kosten"].show(Decimal("12.5")) == "12,50"
    assert FIELDS["wahl.konto"].show("DE89370400440532013000") == "DE89 3704 0044 0532 0130 00"
    assert FIELDS["person.geburt"].show(PartialDate(1990)) == "00.00.1990"
    assert FIELDS["person.allein"].show(True) == "Ja"
    assert FIELDS["wahl.leistungen"].show(("y", "keine")) == "Ypsilon, Keine"


def test_an_office_box_and_a_notice_offer_nothing_to_fill_in() -> None:
    assert FIELDS["person.hinweis"].widgets("x") == ()
    assert not FIELDS["amt.eingang"].asks


def test_widgets_are_named_by_the_path_of_their_field() -> None:
    for path, field in FIELDS.items():
        for name in widget_names(field.widgets(path)):
            assert name == path or name.startswith((f"{path}.", f"{path}_"))


def test_the_line_behind_an_option_stands_beside_the_field_not_inside_it() -> None:
    assert "person.art_andere" in set(widget_names(FIELDS["person.art"].widgets("person.art")))


def test_a_comb_holds_digits_only() -> None:
    assert FIELDS["person.geburt"].to_widgets(PartialDate(1990)) == {"": "00001990"}
    assert FIELDS["person.seit"].to_widgets(Month(2026, 8)) == {"": "082026"}
    assert FIELDS["anlagen.bescheid"].to_widgets(("bis", "2026-12-01")) == {"bis": "01122026"}
    assert FIELDS["wahl.konto"].to_widgets("DE89370400440532013000") == {"": "DE89370400440532013000"}


@pytest.mark.parametrize("path", sorted(FIELDS))
def test_no_answer_is_no_value(path: str) -> None:
    assert FIELDS[path].parse({}) is None


@given(st.dates(datetime.date(1000, 1, 1)))
def test_dates_survive_their_widgets(day: datetime.date) -> None:
    field = FIELDS["person.geburt"]
    value = PartialDate(day.year, day.month, day.day)
    assert field.parse(field.to_widgets(value)) == value


@given(st.decimals("0.01", "999999999", places=2))
def test_amounts_survive_their_widgets(amount: Decimal) -> None:
    field = FIELDS["person.kosten"]
    assert field.parse(field.to_widgets(amount)) == amount


@given(st.text(max_size=300), st.sampled_from(sorted(FIELDS)))
def test_any_text_is_a_value_or_refused(text: str, path: str) -> None:
    key = None
    try:
        FIELDS[path].parse({"": text})
    except InvalidAnswer as error:
        key = error.key
    assert key is None or key in ANSWER_ERRORS


@given(st.text(alphabet=st.characters(categories=["Nd"])))
def test_digits_of_every_script_are_understood(text: str) -> None:
    assert western(text).isascii()
    assert len(western(text)) == len(text)


@pytest.mark.parametrize("name", ["Ağaoğlu", "Nguyễn", "Šarūnas", "D’Angelo", "Ø", "K̄ozma"])
def test_letters_of_passports_are_latin(name: str) -> None:
    assert foreign_letters(name) == ""


def test_each_type_lives_in_a_module_of_its_own_and_is_named_after_it() -> None:
    modules = [kind.__module__.rpartition(".")[2] for kind in FIELD_TYPES]
    names = [kind.model_fields["type"].annotation.__args__[0] for kind in FIELD_TYPES]
    assert modules == names


def test_a_pattern_only_warns_and_takes_no_time() -> None:
    field = FIELDS["person.nummer"]
    assert field.matches("123456")
    assert not field.matches("12345a")
