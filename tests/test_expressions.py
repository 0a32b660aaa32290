"""The language of conditions: what it reads, what it refuses, and what it makes of answers."""

from __future__ import annotations

import copy
import datetime
import pickle
import time
from collections.abc import Mapping
from decimal import Decimal

import pytest

from formkit import values
from formkit.expressions import (
    UNKNOWN,
    Bool,
    Code,
    Codes,
    Column,
    Date,
    Expression,
    ExpressionError,
    Given,
    Kind,
    Month,
    Number,
    Repeat,
    Text,
    Unknown,
    describe,
    find_cycle,
    parse,
    simple_options,
)
from formkit.values import PartialDate, Value

TODAY = datetime.date(2026, 9, 1)

KINDS: dict[str, Kind] = {
    "antrag.art": Code(frozenset({"erst", "folge", "aenderung"})),
    "antrag.ab": Month(),
    "antrag.bis": Month(),
    "bezug.art": Codes(frozenset({"sgb2", "sgb12", "wohngeld", "kiz"})),
    "bezug.frueher": Codes(frozenset({"sgb2", "sgb12"})),
    "bezug.vorrang": Code(frozenset({"sgb2", "sgb12"})),
    "kind.geburtsdatum": Date(),
    "kind.anschrift_gleich": Bool(),
    "kind.geschwister": Bool(),
    "person.familienname": Text(),
    "person.geburtsname": Text(),
    "person.geburtsdatum": Date(),
    "bef.km": Number(),
    "bef.kosten": Number(),
    "fahrten": Repeat(),
    "fahrten.ziel": Column(Text()),
    "fahrten.art": Column(Code(frozenset({"ein", "mehr"}))),
    "fahrten.posten": Column(Codes(frozenset({"essen", "bett"}))),
    "fahrten.von": Column(Date()),
    "fahrten.bis": Column(Date()),
    "fahrten.ab": Column(Month()),
    "fahrten.kosten": Column(Number()),
    "fahrten.bezahlt": Column(Bool()),
    "kinder": Repeat(),
    "kinder.geburtsdatum": Column(Date()),
    "schulweg_km": Number(),
    "leistung_sgb2": Text(),
    "stichtag": Date(),
}


def value(source: str, given: Mapping[str, Given] | None = None, today: datetime.date = TODAY) -> Value | Unknown:
    """Check and evaluate: a test of meaning must not rest on an expression that no form could hold."""
    expression = parse(source)
    expression.check(KINDS)
    return expression.evaluate(given or {}, today)


def fault(source: str) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(source).check(KINDS)
    return caught.value


def place(source: str) -> tuple[int, str]:
    found = fault(source)
    return found.column, found.check


# Reading


def test_names_are_all_paths_and_parameters_but_no_functions_and_no_true() -> None:
    expression = parse("age(kind.geburtsdatum) < alter and not kind.anschrift_gleich == true or any(fahrten.bezahlt)")
    assert expression.names == {"kind.geburtsdatum", "alter", "kind.anschrift_gleich", "fahrten.bezahlt"}


def test_an_expression_keeps_its_source_and_is_a_value() -> None:
    assert parse("a.b == 'c'").source == "a.b == 'c'"
    assert parse("a.b == 'c'") == parse("a.b == 'c'")
    assert len({parse("a.b"), parse("a.b")}) == 1


def test_a_name_of_a_function_can_still_be_a_parameter() -> None:
    assert parse("min + length(sum)").names == {"min", "sum"}


def test_line_breaks_and_blanks_around_do_not_matter() -> None:
    assert value("  1 <\n\t2  \n and 'a' == 'a' ") is True


@pytest.mark.parametrize(
    "source",
    [
        "antrag.art == 'folge'",
        "'sgb2' in bezug.art",
        "bezug.art == []",
        "kind.anschrift_gleich",
        "not kind.anschrift_gleich",
        "antrag.art in ['erst', 'folge']",
        "age(kind.geburtsdatum) >= 15",
        "antrag.art == 'erst' and 5 <= age(kind.geburtsdatum) <= 7",
        "bef.km < schulweg_km",
        "all(fahrten.bis >= fahrten.von)",
        "count(fahrten) > 0",
        "any(fahrten.bezahlt)",
        "sum(fahrten.kosten) <= 500",
        "answered(person.familienname)",
        "months_between(antrag.ab, today()) <= 12",
        "'sgb2' not in bezug.art and length(person.familienname) <= 120",
        "antrag.ab < kind.geburtsdatum",
        "bezug.vorrang in bezug.art",
        "any(fahrten.art == 'mehr' and not answered(fahrten.bis))",
        "all('essen' in fahrten.posten or fahrten.kosten > bef.kosten * 0.5)",
    ],
)
def test_what_the_handbook_shows_is_a_condition(source: str) -> None:
    assert parse(source).check(KINDS) == Bool()
    assert parse(source).faults(KINDS) == ()


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("bef.kosten * 12", Number()),
        ("max(fahrten.von)", Date()),
        ("min(fahrten.ab)", Month()),
        ("sum(fahrten.kosten)", Number()),
        ("today()", Date()),
        ("person.familienname", Text()),
        ("bezug.frueher", Codes(frozenset({"sgb2", "sgb12"}))),
        ("'nichts'", Text()),
    ],
)
def test_the_kind_of_a_computed_value_is_known(source: str, kind: Kind) -> None:
    assert parse(source).check(KINDS) == kind


# Numbers


def test_decimals_are_exact_to_the_last_digit() -> None:
    assert value("0.1 + 0.2 == 0.3") is True
    assert value("bef.kosten * 0.1", {"bef.kosten": Decimal("0.10")}) == Decimal("0.010")
    assert value("123456789012.345678 * 1000000") == Decimal("123456789012345678")
    assert value("999999999999999999 * 999999999999999999") == 999999999999999999**2


def test_whole_numbers_stay_whole_numbers() -> None:
    assert isinstance(value("2 + 3 * 4"), int)
    assert value("2 + 3 * 4") == 14
    assert value("(2 + 3) * 4") == 20
    assert value("-3 - -4") == 1


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1 < 2", True),
        ("2 < 2", False),
        ("2 <= 2", True),
        ("3 <= 2", False),
        ("2 > 1", True),
        ("2 > 2", False),
        ("2 >= 2", True),
        ("1 >= 2", False),
        ("1.0 == 1", True),
        ("1 != 1.0", False),
        ("1 < 2 < 3", True),
        ("1 < 3 < 2", False),
        ("2 in [1, 2.0]", True),
        ("3 not in [1, 2]", True),
    ],
)
def test_numbers_are_compared(source: str, expected: bool) -> None:
    assert value(source) is expected


@pytest.mark.parametrize(
    "given",
    [
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        10**40,
        -(10**4000),
        Decimal("1E+999999"),
        Decimal("1E-999"),
    ],
)
def test_numbers_no_form_can_hold_are_unknown(given: Value) -> None:
    assert value("bef.kosten > 1", {"bef.kosten": given}) is UNKNOWN
    assert value("bef.kosten * bef.kosten - bef.kosten", {"bef.kosten": given}) is UNKNOWN


def test_products_cannot_grow_without_end() -> None:
    source = " * ".join(["bef.km"] * 60)
    assert value(source, {"bef.km": 10**30}) is UNKNOWN
    assert value(source, {"bef.km": Decimal("0.123456789012345678")}) is UNKNOWN
    assert value(source, {"bef.km": 1}) == 1


def test_long_products_are_not_rounded_on_the_way() -> None:
    given = {"bef.km": Decimal("0.123456789012345678")}
    assert value("bef.km * bef.km * bef.km > 0.00188167637235365", given) is True
    assert value("bef.km * bef.km * bef.km < 0.00188167637235366", given) is True


# True, false and unknown

TRUTHS: dict[str, bool | None] = {"true": True, "false": False, "unknown": None}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("true", "true", True, True),
        ("true", "false", False, True),
        ("true", "unknown", UNKNOWN, True),
        ("false", "false", False, False),
        ("false", "unknown", False, UNKNOWN),
        ("unknown", "unknown", UNKNOWN, UNKNOWN),
    ],
)
def test_and_and_or_follow_the_three_valued_tables(left: str, right: str, both: object, either: object) -> None:
    for one, other in ((left, right), (right, left)):
        given = {"kind.anschrift_gleich": TRUTHS[one], "kind.geschwister": TRUTHS[other]}
        assert value("kind.anschrift_gleich and kind.geschwister", given) is both
        assert value("kind.anschrift_gleich or kind.geschwister", given) is either


def test_not_turns_what_is_known() -> None:
    assert value("not kind.geschwister", {"kind.geschwister": True}) is False
    assert value("not kind.geschwister", {"kind.geschwister": False}) is True
    assert value("not kind.geschwister") is UNKNOWN


@pytest.mark.parametrize(
    "source",
    [
        "bef.km > 3",
        "bef.km == bef.km",
        "bef.km + 1",
        "-bef.km",
        "bef.km in [1, 2]",
        "'sgb2' in bezug.art",
        "bezug.art == []",
        "antrag.art != 'erst'",
        "age(kind.geburtsdatum) > 3",
        "length(person.familienname)",
        "months_between(kind.geburtsdatum, today())",
        "kind.anschrift_gleich == true",
        "any(fahrten.bezahlt)",
        "count(fahrten)",
        "sum(fahrten.kosten)",
        "1 < bef.km < 3",
    ],
)
def test_what_rests_on_a_missing_answer_is_unknown(source: str) -> None:
    assert value(source) is UNKNOWN
    assert value(source, dict.fromkeys(KINDS)) is UNKNOWN


def test_a_chain_is_false_as_soon_as_one_link_is() -> None:
    assert value("3 < 2 < bef.km") is False


def test_unknown_cannot_be_taken_for_true_or_false_by_accident() -> None:
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(UNKNOWN)
    with pytest.raises(TypeError):
        _ = not UNKNOWN
    assert repr(UNKNOWN) == "UNKNOWN"


def test_there_is_only_one_unknown() -> None:
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN
    assert isinstance(UNKNOWN, Unknown)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, False),
        ({"bezug.art": None}, False),
        ({"bezug.art": ()}, False),
        ({"bezug.art": ("sgb2",)}, True),
    ],
)
def test_answered_is_never_unknown(given: dict[str, Given], expected: bool) -> None:
    assert value("answered(bezug.art)", given) is expected


def test_no_and_nought_are_answers_and_an_empty_text_is_none() -> None:
    assert value("answered(kind.geschwister)", {"kind.geschwister": False}) is True
    assert value("answered(bef.km)", {"bef.km": 0}) is True
    assert value("answered(person.familienname)", {"person.familienname": ""}) is False
    assert value("person.familienname == 'x'", {"person.familienname": ""}) is UNKNOWN


# Dates and months


def date(text: str) -> PartialDate:
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("left", "right", "less", "at_most", "same"),
    [
        ("01.05.1990", "02.05.1990", True, True, False),
        ("02.05.1990", "02.05.1990", False, True, True),
        ("03.05.1990", "02.05.1990", False, False, False),
        ("00.00.1990", "01.01.1991", True, True, False),
        ("00.00.1990", "31.12.1990", UNKNOWN, True, UNKNOWN),
        ("00.00.1990", "01.01.1990", False, UNKNOWN, UNKNOWN),
        ("00.00.1990", "15.06.1990", UNKNOWN, UNKNOWN, UNKNOWN),
        ("00.00.1990", "00.00.1990", UNKNOWN, UNKNOWN, UNKNOWN),
        ("00.02.1990", "00.03.1990", True, True, False),
        ("00.03.1990", "00.02.1990", False, False, False),
    ],
)
def test_incomplete_dates_are_compared_as_spans(
    left: str, right: str, less: object, at_most: object, same: object
) -> None:
    given = {"kind.geburtsdatum": date(left), "person.geburtsdatum": date(right)}
    assert value("kind.geburtsdatum < person.geburtsdatum", given) is less
    assert value("kind.geburtsdatum <= person.geburtsdatum", given) is at_most
    assert value("kind.geburtsdatum == person.geburtsdatum", given) is same
    assert value("person.geburtsdatum > kind.geburtsdatum", given) is less
    assert value("person.geburtsdatum >= kind.geburtsdatum", given) is at_most


def test_python_dates_are_dates_too() -> None:
    assert value("stichtag == today()", {"stichtag": TODAY}) is True
    assert value("stichtag", {"stichtag": TODAY}) == date("01.09.2026")


def test_an_incomplete_date_comes_out_as_it_went_in() -> None:
    for text in ("00.00.1990", "00.02.1992", "29.02.1992"):
        assert value("kind.geburtsdatum", {"kind.geburtsdatum": date(text)}) == date(text)


def test_months_are_compared_as_months_and_with_dates_as_their_days() -> None:
    given: dict[str, Given] = {"antrag.ab": values.Month(2026, 9), "antrag.bis": values.Month(2026, 9)}
    assert value("antrag.ab == antrag.bis", given) is True
    assert value("antrag.ab <= antrag.bis", given) is True
    assert value("antrag.ab < antrag.bis", given) is False
    assert value("antrag.ab > stichtag", {**given, "stichtag": date("31.08.2026")}) is True
    assert value("antrag.ab > stichtag", {**given, "stichtag": date("15.09.2026")}) is UNKNOWN
    assert value("antrag.ab", given) == values.Month(2026, 9)


@pytest.mark.parametrize(
    ("born", "age"),
    [
        ("01.09.2008", 18),
        ("02.09.2008", 17),
        ("31.08.2008", 18),
        ("01.09.2026", 0),
        ("00.00.2008", UNKNOWN),
        ("00.08.2008", 18),
        ("00.10.2008", 17),
        ("02.09.2026", -1),
    ],
)
def test_age_is_in_whole_years_today(born: str, age: object) -> None:
    assert value("age(kind.geburtsdatum)", {"kind.geburtsdatum": date(born)}) == age


def test_the_age_of_someone_with_an_incomplete_date_is_a_span() -> None:
    given = {"kind.geburtsdatum": date("00.00.2008")}
    assert value("age(kind.geburtsdatum) >= 18", given) is UNKNOWN
    assert value("age(kind.geburtsdatum) >= 17", given) is True
    assert value("age(kind.geburtsdatum) > 18", given) is False
    assert value("age(kind.geburtsdatum) * 2 + 1 >= 35", given) is True
    assert value("18 - age(kind.geburtsdatum) <= 1", given) is True
    assert value("-age(kind.geburtsdatum) < -16", given) is True
    assert value("0 <= 18 - age(kind.geburtsdatum) <= 1", given) is True
    assert value("-36 <= age(kind.geburtsdatum) * -2 <= -34", given) is True
    assert value("age(kind.geburtsdatum) * -2 == -36", given) is UNKNOWN
    assert value("age(kind.geburtsdatum) * 0 == 0", given) is True
    assert value("age(kind.geburtsdatum) in [17, 18]", given) is UNKNOWN
    assert value("age(kind.geburtsdatum) in [3, 19]", given) is False


def test_who_was_born_on_29_february_is_older_on_1_march() -> None:
    given = {"kind.geburtsdatum": date("29.02.2008")}
    assert value("age(kind.geburtsdatum)", given, datetime.date(2026, 2, 28)) == 17
    assert value("age(kind.geburtsdatum)", given, datetime.date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        ("15.01.2026", "15.03.2026", 2),
        ("15.01.2026", "14.03.2026", 1),
        ("15.03.2026", "15.01.2026", -2),
        ("15.03.2026", "16.01.2026", -1),
        ("31.01.2026", "28.02.2026", 0),
        ("00.01.2026", "15.03.2026", UNKNOWN),
        ("00.01.2026", "31.03.2026", 2),
    ],
)
def test_months_between_counts_whole_months(first: str, second: str, months: object) -> None:
    given = {"kind.geburtsdatum": date(first), "stichtag": date(second)}
    assert value("months_between(kind.geburtsdatum, stichtag)", given) == months


def test_months_between_counts_calendar_months_where_one_is_a_month() -> None:
    assert value("months_between(antrag.ab, today())", {"antrag.ab": values.Month(2025, 8)}) == 13
    assert value("months_between(today(), antrag.ab)", {"antrag.ab": values.Month(2026, 12)}) == 3
    given: dict[str, Given] = {"antrag.ab": values.Month(2025, 12), "antrag.bis": values.Month(2026, 2)}
    assert value("months_between(antrag.ab, antrag.bis)", given) == 2


def test_today_is_an_input() -> None:
    assert value("today()") == date("01.09.2026")
    assert value("today() > stichtag", {"stichtag": date("00.08.2026")}) is True


# Texts and options


def test_texts_are_the_same_or_not() -> None:
    given: dict[str, Given] = {"person.familienname": "Straße", "person.geburtsname": "Strasse"}
    assert value("person.familienname == 'Straße'", given) is True
    assert value('person.familienname != "Strasse"', given) is True
    assert value("person.familienname == person.geburtsname", given) is False
    assert value("person.familienname in ['Weg', 'Straße']", given) is True
    assert value("length(person.familienname) + length('äöü')", given) == 9


def test_quotes_of_the_other_sort_and_signs_belong_to_a_text() -> None:
    assert value("""person.familienname == "O'Brien" """, {"person.familienname": "O'Brien"}) is True
    assert value("""'#=“{x}' == '#=“{x}'""") is True


def test_a_choice_is_one_of_its_codes() -> None:
    assert value("antrag.art == 'folge'", {"antrag.art": "folge"}) is True
    assert value("'erst' == antrag.art", {"antrag.art": "folge"}) is False
    assert value("antrag.art in ['erst', 'folge']", {"antrag.art": "folge"}) is True
    assert value("antrag.art not in ['erst', 'folge']", {"antrag.art": "aenderung"}) is True


def test_several_options_are_a_set() -> None:
    given: dict[str, Given] = {"bezug.art": ("wohngeld", "kiz"), "bezug.frueher": ()}
    assert value("'kiz' in bezug.art", given) is True
    assert value("'sgb2' not in bezug.art", given) is True
    assert value("bezug.art == ['kiz', 'wohngeld']", given) is True
    assert value("['kiz'] == bezug.art", given) is False
    assert value("bezug.frueher == []", given) is True
    assert value("bezug.art != []", given) is True
    assert value("'sgb2' in bezug.frueher", given) is False
    assert value("bezug.art == bezug.frueher", given) is False
    assert value("bezug.vorrang in bezug.art", {**given, "bezug.vorrang": "sgb2"}) is False
    assert value("bezug.art", given) == ("wohngeld", "kiz")


def test_yes_and_no_are_compared_with_true_and_false() -> None:
    assert value("kind.geschwister == true", {"kind.geschwister": True}) is True
    assert value("kind.geschwister != false", {"kind.geschwister": False}) is False
    assert value("true != false") is True


# Repeats

TRIPS: dict[str, Given] = {
    "fahrten": 3,
    "fahrten.ziel": ("Ulm", "Köln", None),
    "fahrten.art": ("ein", "mehr", "ein"),
    "fahrten.posten": (("essen",), ("essen", "bett"), ()),
    "fahrten.von": (date("01.05.2026"), date("01.06.2026"), date("00.07.2026")),
    "fahrten.bis": (date("01.05.2026"), date("05.06.2026"), None),
    "fahrten.ab": (values.Month(2026, 5), values.Month(2026, 4), values.Month(2026, 7)),
    "fahrten.kosten": (Decimal("12.50"), Decimal("180"), Decimal("7")),
    "fahrten.bezahlt": (True, None, False),
}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("count(fahrten)", 3),
        ("any(fahrten.bezahlt)", True),
        ("all(fahrten.bezahlt)", False),
        ("any(not fahrten.bezahlt)", True),
        ("sum(fahrten.kosten)", Decimal("199.50")),
        ("min(fahrten.kosten)", 7),
        ("max(fahrten.kosten)", 180),
        ("min(fahrten.von)", date("01.05.2026")),
        ("max(fahrten.von)", date("00.07.2026")),
        ("min(fahrten.ab)", values.Month(2026, 4)),
        ("any(fahrten.kosten > 100)", True),
        ("all(100 > fahrten.kosten)", False),
        ("all(5 < fahrten.kosten <= 180)", True),
        ("sum(fahrten.kosten * 2 - 1)", Decimal("396.00")),
        ("all(fahrten.von <= fahrten.bis)", UNKNOWN),
        ("any(fahrten.von < fahrten.bis)", True),
        ("any(fahrten.von > fahrten.bis)", UNKNOWN),
        ("any(fahrten.art == 'mehr' and fahrten.kosten < 10)", False),
        ("any(fahrten.art in ['mehr'])", True),
        ("any('bett' in fahrten.posten)", True),
        ("any(fahrten.posten == ['bett', 'essen'])", True),
        ("all(answered(fahrten.posten))", False),
        ("all(answered(fahrten.ziel))", False),
        ("count(answered(fahrten.ziel))", 2),
        ("count(fahrten.bezahlt)", UNKNOWN),
        ("count(fahrten.bezahlt) >= 1", True),
        ("count(fahrten.bezahlt) <= 2", True),
        ("sum(length(fahrten.ziel))", UNKNOWN),
        ("any(fahrten.kosten > sum(fahrten.kosten) * 0.5)", True),
        ("max(months_between(fahrten.von, fahrten.ab)) >= 0", True),
        ("any(fahrten.kosten > bef.kosten)", UNKNOWN),
    ],
)
def test_columns_are_taken_together(source: str, expected: object) -> None:
    assert value(source, TRIPS) == expected


@pytest.mark.parametrize("columns", [{}, {"fahrten.bezahlt": (), "fahrten.kosten": (), "fahrten.von": ()}])
def test_over_no_rows_any_is_false_and_all_is_true(columns: dict[str, Given]) -> None:
    given: dict[str, Given] = {"fahrten": 0, **columns}
    assert value("any(fahrten.bezahlt)", given) is False
    assert value("all(fahrten.bezahlt)", given) is True
    assert value("sum(fahrten.kosten)", given) == 0
    assert value("count(fahrten)", given) == 0
    assert value("count(fahrten.kosten > 3)", given) == 0
    assert value("min(fahrten.von)", given) is UNKNOWN
    assert value("max(fahrten.kosten)", given) is UNKNOWN


def test_columns_are_known_as_such_with_and_without_the_number_of_rows() -> None:
    without = {name: given for name, given in TRIPS.items() if name != "fahrten"}
    assert value("any(fahrten.art == 'mehr')", without) is True
    assert value("count(answered(fahrten.ziel))", without) == 2
    beside: dict[str, Given] = {**without, "bezug.art": ("sgb2", "kiz", "wohngeld")}
    assert value("any(fahrten.art == 'mehr' and 'kiz' in bezug.art)", beside) is UNKNOWN
    assert value("any(fahrten.art == 'mehr' and answered(bezug.art))", beside) is UNKNOWN


def test_the_least_and_the_most_are_unknown_while_a_row_is() -> None:
    given: dict[str, Given] = {"fahrten": 2, "fahrten.kosten": (3, None)}
    assert value("min(fahrten.kosten)", given) is UNKNOWN
    assert value("max(fahrten.kosten) >= 3", given) is UNKNOWN
    assert value("sum(fahrten.kosten)", given) is UNKNOWN


def test_the_options_of_a_question_are_no_column_while_the_column_is_missing() -> None:
    given: dict[str, Given] = {"fahrten": 2, "bezug.art": (), "bezug.frueher": ()}
    assert value("count(fahrten.bezahlt or bezug.art == bezug.frueher)", given) is UNKNOWN


def test_the_options_of_another_question_can_stand_beside_a_column() -> None:
    given: dict[str, Given] = {**TRIPS, "bezug.art": ("sgb2", "kiz", "wohngeld")}
    assert value("any(fahrten.art == 'mehr' and 'sgb2' in bezug.art)", given) is True
    assert value("any(fahrten.art == 'mehr' and 'sgb12' in bezug.art)", given) is False
    assert value("any(fahrten.art == 'mehr' and bezug.art == [])", {**given, "bezug.art": ()}) is True
    assert value("any(fahrten.art == 'mehr' and answered(bezug.art))", {**given, "bezug.art": ()}) is False


def test_a_span_in_a_column_stays_a_span() -> None:
    given: dict[str, Given] = {"kinder": 2, "kinder.geburtsdatum": (date("00.00.2008"), date("01.01.2020"))}
    assert value("max(age(kinder.geburtsdatum)) >= 17", given) is True
    assert value("max(age(kinder.geburtsdatum)) >= 18", given) is UNKNOWN
    assert value("min(age(kinder.geburtsdatum))", given) == 6
    assert value("count(age(kinder.geburtsdatum) < 18) >= 1", given) is True
    assert value("count(age(kinder.geburtsdatum) < 18) == 2", given) is UNKNOWN


def test_inside_a_row_a_column_is_one_value() -> None:
    row: dict[str, Kind] = {**KINDS, "fahrten.von": Date(), "fahrten.bis": Date()}
    rule = parse("fahrten.bis >= fahrten.von")
    assert rule.check(row) == Bool()
    given = {"fahrten.von": date("02.05.2026"), "fahrten.bis": date("01.05.2026")}
    assert rule.evaluate(given, TODAY) is False


# What is refused


@pytest.mark.parametrize(
    ("source", "column", "message"),
    [
        (
            "kind.gebursdatum > today()",
            1,
            "unknown name 'kind.gebursdatum'; did you mean 'kind.geburtsdatum'?",
        ),
        ("true and xyz.abc", 10, "unknown name 'xyz.abc'"),
        ("antrag.art == folge", 15, "unknown name 'folge'; a text or code is written in quotes"),
        ("person.familienname == 'ä' and foo.bar", 32, "unknown name 'foo.bar'"),
    ],
)
def test_an_unknown_name_is_refused_with_a_guess(source: str, column: int, message: str) -> None:
    found = fault(source)
    assert (found.column, found.check, found.message) == (column, "unknown-name", message)
    assert str(found) == message


def test_an_unknown_function_is_refused_with_a_guess() -> None:
    found = fault("1 < agee(kind.geburtsdatum)")
    assert (found.column, found.check) == (5, "unknown-function")
    assert found.message == "unknown function 'agee'; did you mean 'age'?"
    assert place("kind.geburtsdatum(1)") == (1, "unknown-function")
    assert place("eval('1')") == (1, "unknown-function")


def test_an_unknown_code_is_refused_with_a_guess() -> None:
    found = fault("antrag.art in ['erst', 'folgen']")
    assert (found.column, found.check) == (24, "unknown-code")
    assert found.message == "the question has no option 'folgen'; did you mean 'folge'?"
    assert place("antrag.art == 'Folge'") == (15, "unknown-code")
    assert place("'sgb3' in bezug.art") == (1, "unknown-code")
    assert place("bezug.art == ['kiz', 'x']") == (22, "unknown-code")
    assert place("any(fahrten.art == 'x')") == (20, "unknown-code")


@pytest.mark.parametrize(
    ("source", "column", "part"),
    [
        ("kind.geburtsdatum > 3", 1, "a date cannot be compared with a number"),
        ("kind.geburtsdatum == antrag.ab", 1, "a date cannot be compared with a month"),
        ("kind.geschwister == 'ja'", 1, "write true or false without quotes"),
        ("kind.geschwister > false", 1, "yes or no has no order"),
        ("person.familienname < 'M'", 1, "a text has no order"),
        ("antrag.art < 'folge'", 1, "a choice cannot be compared with a text"),
        ("antrag.art == leistung_sgb2", 15, "one of its codes in quotes"),
        ("bezug.art == 'kiz'", 1, "write 'code' in bezug.art"),
        ("'kiz' == bezug.art", 1, "write 'code' in bezug.art"),
        ("bezug.art in ['kiz']", 1, "write 'code' in bezug.art"),
        ("'erst' in antrag.art", 11, "use '=='"),
        ("'a' in person.familienname", 8, "use '=='"),
        ("3 in bezug.art", 1, "only a code can be in"),
        ("antrag.art == ['erst']", 1, "use 'in'"),
        ("antrag.art in []", 15, "empty list"),
        ("['erst'] in antrag.art", 1, "a list can only stand behind 'in'"),
        ("[1] == [1]", 1, "lists cannot be compared"),
        ("bezug.art < ['kiz']", 1, "lists cannot be compared"),
        ("['kiz']", 1, "a list can only stand behind 'in'"),
        ("bef.km in [1, [2]]", 15, "a list can only stand behind 'in'"),
        ("bef.km in [fahrten.kosten]", 12, "a number in each row"),
        ("person.familienname == ''", 24, "write not answered(person.familienname)"),
        ("bef.km and true", 1, "this is a number; a condition is needed here"),
        ("not antrag.art", 5, "this is a choice; a condition"),
        ("'a' * 3", 1, "only numbers can be calculated with"),
        ("1 + true", 5, "only numbers can be calculated with"),
        ("today() - 1", 1, "only numbers can be calculated with"),
        ("-person.familienname", 2, "only numbers can be calculated with"),
        ("age(antrag.ab)", 5, "age() takes a date, not a month"),
        ("months_between(1, today())", 16, "months_between() takes a date or a month, not a number"),
        ("length(bef.km)", 8, "length() takes a text, not a number"),
        ("answered(1 + 1)", 10, "answered() takes the path of a question"),
        ("answered(fahrten)", 10, "count(…)"),
        ("age()", 1, "age() takes one value, not 0"),
        ("today(1)", 1, "today() takes no value, not 1"),
        ("months_between(today())", 1, "months_between() takes 2 values, not 1"),
        ("fahrten > 2", 1, "count(…) gives the number of its rows"),
        ("fahrten", 1, "count(…) gives the number of its rows"),
        ("bef.km in [fahrten]", 12, "count(…) gives the number of its rows"),
        ("fahrten.bezahlt", 1, "write any(…) or all(…)"),
        ("fahrten.kosten > 100", 1, "write any(…) or all(…)"),
        ("true and fahrten.bezahlt", 10, "write any(…) or all(…)"),
        ("not fahrten.bezahlt", 5, "write any(…) or all(…)"),
        ("fahrten.kosten * 2", 1, "makes one value of it"),
        ("any(kind.geschwister)", 5, "any() takes a column of a repeat, not yes or no"),
        ("any(fahrten.kosten)", 5, "any() takes yes or no, not a number in each row"),
        ("sum(fahrten.bezahlt)", 5, "sum() takes a number, not yes or no in each row"),
        ("min(fahrten.ziel)", 5, "min() takes a number or a date or a month"),
        ("count(fahrten.ziel)", 7, "count() takes a repeat or a condition on its rows"),
        ("count(bef.km)", 7, "count() takes a repeat or a condition on its rows"),
        ("any(any(fahrten.bezahlt))", 5, "any() takes a column"),
        ("any(fahrten.von > kinder.geburtsdatum)", 5, "the rows of 'fahrten' and 'kinder'"),
    ],
)
def test_what_does_not_fit_together_is_refused(source: str, column: int, part: str) -> None:
    found = fault(source)
    assert (found.column, found.check) == (column, "expression-type"), found.message
    assert part in found.message


def test_all_faults_are_found_at_once_in_order_and_each_once() -> None:
    faults = parse("x.y > 1 and antrag.art == 'z' or not fahrten.bezahlt and 'a' + 1 > 2").faults(KINDS)
    assert [(found.column, found.check) for found in faults] == [
        (1, "unknown-name"),
        (27, "unknown-code"),
        (38, "expression-type"),
        (58, "expression-type"),
    ]


@pytest.mark.parametrize(
    ("source", "column", "part"),
    [
        ("", 1, "empty"),
        (" \n ", 1, "empty"),
        ("a.b and", 7, "missing or out of place"),
        ("a.b == == 3", 8, "missing or out of place"),
        ("a.b == not c", 8, "missing or out of place"),
        ("a.b c.d", 5, "something is missing between b and c"),
        ("['a' 'b']", 6, "a comma or 'or' is missing"),
        ("(a.b", 1, "'(' is never closed"),
        ("a.b)", 4, "')' has no '('"),
        ("a) + (b", 2, "')' has no '('"),
        ("[a)", 3, "')' has no '('"),
        ("a = 3", 3, "write '=='"),
        ("a := 3", 3, "write '=='"),
        ("a && b", 3, "write 'and'"),
        ("a || b", 3, "write 'or'"),
        ("!a", 1, "write 'not'"),
        ("a / 2", 3, "no division"),
        ("a % 2", 3, "no remainder"),
        ("10 ** 10", 4, "no powers"),
        ("a ≥ 2", 3, "write '>='"),
        ("a == „x“", 6, "straight quotes"),
        ("a == 1 # b", 8, "no comments"),
        ("True", 1, "write 'true'"),
        ("x == None", 6, "not answered"),
        ("x is true", 3, "write '=='"),
        ("1 if a else 2", 3, "stands by itself"),
        ("x.in", 3, "'in' is a reserved word"),
        ("x.is", 3, "'is' is a reserved word and cannot be part of a name"),
        ("x.class", 3, "'class' is a reserved word"),
        ("from.x", 1, "'from' is a reserved word"),
        ("in.x", 1, "'in' is a reserved word"),
        ("Kind.x", 1, "is no name"),
        ("x.Y", 3, "is no name"),
        ("x .y", 3, "a dot joins"),
        ("x. y", 2, "a dot joins"),
        ("age(x).y", 7, "a dot joins"),
        ("'a'.b", 4, "a dot joins"),
        (".5", 1, "write 0.5"),
        ("5.", 1, "written with digits"),
        ("1.2.3", 1, "written with digits"),
        ("1e5", 1, "written with digits"),
        ("0x10", 1, "written with digits"),
        ("1_000", 1, "written with digits"),
        ("3j", 1, "written with digits"),
        ("007", 1, "missing or out of place"),
        ("1234567890123456789", 1, "at most 18 digits"),
        ("0.1234567890123456789", 1, "at most 18 digits"),
        ("'abc", 1, "must end with '"),
        ("'a\\'b'", 1, "no backslash"),
        ("'a\nb'", 1, "no control character"),
        ("b'a'", 1, "nothing before its quote"),
        ("r'a'", 1, "nothing before its quote"),
        ("'''a'''", 3, "a comma or 'or' is missing"),
        ("a, b", 1, "square brackets"),
        ("x == ()", 6, "square brackets"),
        ("a[0]", 1, "square brackets are for lists"),
        ("+3", 1, "no sign"),
        ("a.0.b", 2, "no numbers for rows"),
    ],
)
def test_what_is_not_of_the_language_is_refused_where_it_stands(source: str, column: int, part: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert part in caught.value.message
    assert (caught.value.column, caught.value.check) == (column, "expression-syntax"), caught.value.message


@pytest.mark.parametrize(
    "source",
    [
        "().__class__",
        "().__class__.__bases__[0].__subclasses__()",
        "__import__('os')",
        "lambda: 1",
        "(lambda x: x)(1)",
        "[x for x in y]",
        "{x: 1}",
        "{1, 2}",
        "(x := 1)",
        "f'{x}'",
        "f(*a)",
        "f(**a)",
        "f(a=1)",
        "*a",
        "await x",
        "yield",
        "...",
        "x; y",
        "x\\\n.y",
        "10**10",
        "9" * 900,
        "not " * 240 + "a",
        "-" * 900 + "1",
        "(" * 400 + "a" + ")" * 400,
        "[" * 400 + "]" * 400,
        "(" * 999,
        "1" + "+1" * 400,
        "a" + ".a" * 60_000,
        "a or " * 25_000 + "a",
        "f(" * 100 + ")" * 100,
        "\x00",
        "a\x00b",
        "'a\x00b'",
        "𝐚.b",
        "ﬁeld",
        "größe > 1",
        "a\u200b.b",
        "\ud800",
        "'\ud800'",
        "'\udfff",
        "\ufeffa",
        "a\u00a0== 1",
        "a\x0c== 1",
        "\u202ea",
        "٣ + 1",
    ],
    ids=lambda source: ascii(source)[:30],
)
def test_hostile_sources_are_refused_clearly_and_quickly(source: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ExpressionError) as caught:
        parse(source)
    assert time.perf_counter() - start < 0.5
    assert 1 <= caught.value.column <= len(source)
    assert len(caught.value.message) < 200
    assert caught.value.message.encode("utf-8")


def test_multiplying_a_text_is_a_fault_and_does_nothing_if_nobody_checked() -> None:
    assert place("'a' * 10") == (1, "expression-type")
    assert parse("'a' * 100000").evaluate({}, TODAY) is UNKNOWN
    assert parse("'a' + 'b'").evaluate({}, TODAY) is UNKNOWN


@pytest.mark.parametrize(
    "source",
    [
        "['a']",
        "not 1",
        "1 and 2",
        "-today()",
        "today() * 2",
        "age(1)",
        "length(1)",
        "age(antrag.ab)",
        "months_between(1, 2)",
        "answered(1)",
        "any(1)",
        "sum(['a'])",
        "count(1)",
        "fahrten.kosten",
        "fahrten.kosten > 1",
        "min(fahrten.ziel)",
        "any(fahrten.kosten > kinder.geburtsdatum)",
        "1 < 'a'",
        "today() < 1",
        "today() == 1",
        "3 in bezug.art",
        "bezug.art == [1]",
        "['a'] == ['a', bef.km]",
        "[fahrten.kosten] == []",
    ],
)
def test_what_should_have_been_refused_is_unknown_and_never_raises(source: str) -> None:
    given: dict[str, Given] = {
        **TRIPS,
        "kinder": 2,
        "kinder.geburtsdatum": (date("01.01.2020"), None),
        "antrag.ab": values.Month(2026, 1),
        "bezug.art": ("kiz",),
    }
    assert parse(source).evaluate(given, TODAY) is UNKNOWN


def test_kinds_are_described_in_words() -> None:
    assert describe(Column(Codes(frozenset()))) == "a choice of several options in each row"
    assert describe(Repeat()) == "a repeat"
    assert describe(Month()) == "a month"


# Circles


@pytest.mark.parametrize(
    ("graph", "cycle"),
    [
        ({}, None),
        ({"a": {"b"}, "b": {"c"}}, None),
        ({"a": {"b", "c"}, "b": {"d"}, "c": {"d"}, "d": set()}, None),
        ({"a": {"a"}}, ("a",)),
        ({"a": {"b"}, "b": {"c"}, "c": {"b"}}, ("b", "c")),
        ({"z": {"y"}, "y": {"x"}, "x": {"z"}}, ("x", "z", "y")),
        ({"a": {"c", "b"}, "b": {"a"}, "c": {"a"}}, ("a", "b")),
    ],
)
def test_a_circle_is_found_in_order(graph: dict[str, set[str]], cycle: tuple[str, ...] | None) -> None:
    assert find_cycle({name: frozenset(needs) for name, needs in graph.items()}) == cycle


def test_a_long_chain_needs_no_deep_stack() -> None:
    chain = {f"n{index}": frozenset({f"n{index + 1}"}) for index in range(50_000)}
    assert find_cycle(chain) is None
    assert len(find_cycle({**chain, "n50000": frozenset({"n0"})}) or ()) == 50_001


def test_what_many_need_is_followed_once() -> None:
    steps = [frozenset({f"a{step}", f"b{step}"}) for step in range(1, 200)]
    ladder = {f"{side}{step}": needs for step, needs in enumerate(steps) for side in "ab"}
    assert find_cycle(ladder) is None


# Hints


@pytest.mark.parametrize(
    ("source", "options"),
    [
        ("f.a == 'x'", ("f.a", ("x",))),
        ("'x' == f.a", ("f.a", ("x",))),
        ("'x' in f.a", ("f.a", ("x",))),
        ("f.a in ['x', 'y', 'x']", ("f.a", ("x", "y"))),
        ("f.a == 'x' or f.a == 'y'", ("f.a", ("x", "y"))),
        ("'x' in f.a or 'y' in f.a or 'x' in f.a", ("f.a", ("x", "y"))),
        ("f.a == 'y' or f.a in ['x']", ("f.a", ("y", "x"))),
        ("f.a", ("f.a", ("true",))),
        ("not f.a", ("f.a", ("false",))),
        ("f.a == true", ("f.a", ("true",))),
        ("f.a == false", ("f.a", ("false",))),
        ("f.a == 'x' or f.b == 'y'", None),
        ("f.a == 'x' and f.a == 'y'", None),
        ("f.a != 'x'", None),
        ("'x' not in f.a", None),
        ("not f.a == 'x'", None),
        ("f.a or f.b", None),
        ("f.a or not f.a", None),
        ("f.a == 'x' or f.a", None),
        ("f.a == 3", None),
        ("f.a in [1, 2]", None),
        ("f.a in []", None),
        ("f.a in ['x', f.b]", None),
        ("f.a == 'x' == f.b", None),
        ("f.a == f.b", None),
        ("f.a == ['x']", None),
        ("answered(f.a)", None),
        ("age(f.a) > 3", None),
        ("true", None),
    ],
)
def test_only_one_of_these_options_makes_a_hint_by_itself(
    source: str, options: tuple[str, tuple[str, ...]] | None
) -> None:
    assert simple_options(parse(source)) == options


def test_parse_gives_an_expression() -> None:
    assert isinstance(parse("true"), Expression)
    assert parse("true").evaluate({}, TODAY) is True
