"""Laws of the language of conditions, for expressions and answers nobody thought of."""

from __future__ import annotations

import datetime
import graphlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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
    find_cycle,
    parse,
    simple_options,
)
from formkit.values import PartialDate, Value

TODAY = datetime.date(2026, 9, 1)
CODES = ("a", "b", "c")

# On a busy machine the first texts of all alphabets take longer than Hypothesis likes.
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

SCALARS: dict[str, Kind] = {
    "f.n": Number(),
    "f.k": Number(),
    "f.d": Date(),
    "f.e": Date(),
    "f.m": Month(),
    "f.b": Bool(),
    "f.g": Bool(),
    "f.c": Code(frozenset(CODES)),
    "f.s": Codes(frozenset(CODES)),
    "f.z": Codes(frozenset(CODES)),
    "f.t": Text(),
}
COLUMNS: dict[str, Kind] = {
    "r.n": Column(Number()),
    "r.d": Column(Date()),
    "r.e": Column(Date()),
    "r.m": Column(Month()),
    "r.b": Column(Bool()),
    "r.c": Column(Code(frozenset(CODES))),
    "r.s": Column(Codes(frozenset(CODES))),
    "r.t": Column(Text()),
}
KINDS: dict[str, Kind] = {**SCALARS, **COLUMNS, "r": Repeat()}


# Expressions that fit the form above: each maker takes how deep it may go and whether rows may appear.


def _name(kind: str, rows: bool) -> st.SearchStrategy[str]:
    names = {"n": ["f.n", "f.k"], "d": ["f.d", "f.e"], "b": ["f.b", "f.g"], "s": ["f.s", "f.z"]}
    columns = {"d": ["r.d", "r.e"]}
    found = names.get(kind, [f"f.{kind}"])
    return st.sampled_from([*found, *columns.get(kind, [f"r.{kind}"])] if rows else found)


def _moment(rows: bool) -> st.SearchStrategy[str]:
    return st.one_of(_name("d", rows), _name("m", rows), st.just("today()"))


def _literal_number() -> st.SearchStrategy[str]:
    return st.sampled_from(["0", "1", "2", "18", "0.5", "100", "-1", "12.25"])


@st.composite
def numbers(draw: st.DrawFn, depth: int, rows: bool) -> str:
    shape = draw(st.integers(0, 9 if depth else 4))
    match shape:
        case 0:
            return draw(_literal_number())
        case 1:
            return draw(_name("n", rows))
        case 2:
            return f"age({draw(_name('d', rows))})"
        case 3:
            return f"months_between({draw(_moment(rows))}, {draw(_moment(rows))})"
        case 4:
            return draw(st.sampled_from(["count(r)", "length(f.t)", *(["length(r.t)"] if rows else [])]))
        case 5 | 6:
            sign = draw(st.sampled_from("+-*"))
            return f"({draw(numbers(depth - 1, rows))} {sign} {draw(numbers(depth - 1, rows))})"
        case 7:
            return f"-({draw(numbers(depth - 1, rows))})"
        case 8:
            return f"count({draw(row_conditions(depth - 1))})"
        case _:
            function = draw(st.sampled_from(["sum", "min", "max"]))
            return f"{function}(r.n * {draw(numbers(depth - 1, True))})"


@st.composite
def comparisons(draw: st.DrawFn, depth: int, rows: bool) -> str:
    order = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
    same = draw(st.sampled_from(["==", "!="]))
    inside = draw(st.sampled_from(["in", "not in"]))
    code = draw(st.sampled_from(CODES))
    match draw(st.integers(0, 8)):
        case 0 | 1:
            return f"{draw(numbers(depth, rows))} {order} {draw(numbers(depth, rows))}"
        case 2:
            low, high = draw(_literal_number()), draw(_literal_number())
            return f"{low} {order} {draw(numbers(depth, rows))} <= {high}"
        case 3:
            return f"{draw(_name('d', rows))} {order} {draw(_name('d', rows))}"
        case 4:
            return f"{draw(_name('m', rows))} {order.strip('=!') or '<'} {draw(_moment(rows))}"
        case 5:
            return f"{draw(_name('c', rows))} {same} '{code}'"
        case 6:
            return f"{draw(_name('c', rows))} {inside} ['{code}', 'b']"
        case 7:
            return f"'{code}' {inside} {draw(_name('s', rows))}"
        case _:
            right = draw(st.one_of(_name("s", False), st.just("[]"), st.just(f"['{code}', 'a']")))
            return f"{draw(_name('s', rows))} {same} {right}"


@st.composite
def conditions(draw: st.DrawFn, depth: int = 3, rows: bool = False) -> str:
    match draw(st.integers(0, 7 if depth else 2)):
        case 0:
            return draw(_name("b", rows))
        case 1 | 2:
            return f"({draw(comparisons(depth, rows))})"
        case 3:
            return f"(not {draw(conditions(depth - 1, rows))})"
        case 4 | 5:
            word = draw(st.sampled_from(["and", "or"]))
            return f"({draw(conditions(depth - 1, rows))} {word} {draw(conditions(depth - 1, rows))})"
        case 6:
            function = draw(st.sampled_from(["any", "all"]))
            return f"{function}({draw(row_conditions(depth - 1))})"
        case _:
            function = draw(st.sampled_from(["min", "max"]))
            return f"({function}(r.d) <= {draw(_name('d', rows))})"


def row_conditions(depth: int) -> st.SearchStrategy[str]:
    # One column at least, or there would be nothing to take together.
    word = st.sampled_from(["r.b and", "r.b or", "not r.b and", "r.n > 3 or", "r.e <= r.d and"])
    return st.builds(lambda left, right: f"{left} {right}", word, conditions(max(depth, 0), True))


# Answers: complete ones, and what was known of them before.

DATES = st.builds(
    PartialDate,
    st.integers(2006, 2010),
    st.integers(1, 12),
    st.integers(1, 28),
)
ANSWERS: dict[type, st.SearchStrategy[Value]] = {
    Number: st.one_of(st.integers(-3, 20), st.decimals(-20, 200, places=2)),
    Date: st.one_of(DATES, DATES.map(lambda day: PartialDate(day.year, day.month)), DATES),
    Month: st.builds(values.Month, st.integers(2006, 2010), st.integers(1, 12)),
    Bool: st.booleans(),
    Code: st.sampled_from(CODES),
    Codes: st.lists(st.sampled_from(CODES), unique=True).map(tuple),
    Text: st.sampled_from(["x", "Straße", "12345678901234567890"]),
}


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Given]:
    count = draw(st.integers(0, 3))
    found: dict[str, Given] = {"r": count}
    for name, kind in SCALARS.items():
        found[name] = draw(st.none() | ANSWERS[type(kind)])
    for name, kind in COLUMNS.items():
        assert isinstance(kind, Column)
        cells = [draw(st.none() | ANSWERS[type(kind.of)]) for _ in range(count)]
        found[name] = tuple(cells)
    return found


def _less_known(draw: st.DrawFn, answer: Value) -> Value | None:
    choices: list[Value | None] = [answer, None]
    if isinstance(answer, PartialDate):
        choices += [PartialDate(answer.year, answer.month), PartialDate(answer.year)]
    return draw(st.sampled_from(choices))


@st.composite
def before_and_after(draw: st.DrawFn) -> tuple[dict[str, Given], dict[str, Given]]:
    after = draw(answers())
    before: dict[str, Given] = {"r": after["r"]}
    for name, answer in after.items():
        if name in COLUMNS and isinstance(answer, tuple):
            cells = tuple(None if cell is None else _less_known(draw, cell) for cell in answer)
            before[name] = draw(st.sampled_from([cells, cells, None]))
        elif name != "r" and answer is not None:
            assert not isinstance(answer, datetime.date)
            before[name] = _less_known(draw, answer)  # type: ignore[arg-type]
    return before, after


def truth(source: str, known: dict[str, Given]) -> Value | Unknown:
    return parse(source).evaluate(known, TODAY)


@settings(RELAXED, max_examples=400)
@given(st.one_of(conditions(), numbers(3, False)), before_and_after())
def test_more_answers_never_contradict_what_was_decided_by_fewer(
    source: str, known: tuple[dict[str, Given], dict[str, Given]]
) -> None:
    expression = parse(source)
    assert expression.faults(KINDS) == ()
    early, late = (expression.evaluate(answers, TODAY) for answers in known)
    if early is not UNKNOWN:
        assert late == early


@RELAXED
@given(conditions(), answers())
def test_a_condition_is_true_false_or_unknown_and_nothing_else(source: str, known: dict[str, Given]) -> None:
    assert parse(source).check(KINDS) == Bool()
    assert any(truth(source, known) is possible for possible in (True, False, UNKNOWN))


@RELAXED
@given(conditions(2), conditions(2), conditions(1), answers())
def test_the_laws_of_three_valued_logic_hold(p: str, q: str, r: str, known: dict[str, Given]) -> None:
    laws = [
        (f"not ({p} and {q})", f"not {p} or not {q}"),
        (f"not ({p} or {q})", f"not {p} and not {q}"),
        (f"not (not {p})", p),
        (f"{p} and {q}", f"{q} and {p}"),
        (f"{p} or {q}", f"{q} or {p}"),
        (f"{p} and ({q} or {r})", f"{p} and {q} or {p} and {r}"),
        (f"{p} or ({p} and {q})", p),
    ]
    for left, right in laws:
        assert truth(left, known) is truth(right, known)


@RELAXED
@given(numbers(2, False), numbers(2, False), answers())
def test_comparisons_have_their_opposites(a: str, b: str, known: dict[str, Given]) -> None:
    for one, other in (("<", ">="), (">", "<="), ("==", "!=")):
        assert truth(f"{a} {one} {b}", known) is truth(f"not ({a} {other} {b})", known)
        assert truth(f"({a} {one} {b}) and ({a} {other} {b})", known) is not True
    assert truth(f"{a} < {b}", known) is truth(f"{b} > {a}", known)


@RELAXED
@given(row_conditions(2), answers())
def test_all_is_the_opposite_of_any_opposite(source: str, known: dict[str, Given]) -> None:
    assert truth(f"all({source})", known) is truth(f"not any(not ({source}))", known)


@RELAXED
@given(st.decimals(0, 10**9, places=4), st.decimals(0, 10**9, places=4), st.integers(0, 10**9))
def test_arithmetic_is_exact(a: Decimal, b: Decimal, c: int) -> None:
    found = parse(f"{a:f} * {c} - {b:f} * {a:f} + 0.1").evaluate({}, TODAY)
    assert isinstance(found, Decimal)
    assert Fraction(found) == Fraction(a) * c - Fraction(b) * Fraction(a) + Fraction(1, 10)


@RELAXED
@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2030, 1, 1)), st.booleans(), st.booleans())
def test_the_age_of_an_incomplete_date_covers_each_of_its_days(
    today: datetime.date, with_month: bool, leap: bool
) -> None:
    born = PartialDate(2008 if leap else 2007, 2 if with_month else 0)
    ages = set()
    for ordinal in range(born.earliest.toordinal(), born.latest.toordinal() + 1):
        day = datetime.date.fromordinal(ordinal)
        known = {"f.d": PartialDate(day.year, day.month, day.day)}
        ages.add(parse("age(f.d)").evaluate(known, today))
    found = parse("age(f.d)").evaluate({"f.d": born}, today)
    assert ages == {found} if len(ages) == 1 else found is UNKNOWN
    for age in range(-25, 45):
        decided = parse(f"age(f.d) >= {age}").evaluate({"f.d": born}, today)
        outcomes = {isinstance(possible, int) and possible >= age for possible in ages}
        assert decided is (outcomes.pop() if len(outcomes) == 1 else UNKNOWN)


# Whatever is put in

FRAGMENTS = [
    *("and", "or", "not", "in", "is", "lambda", "true", "True", "None", "f.n", "f.s", "r.n", "r", "r.b", "x"),
    *("(", ")", "[", "]", ",", ".", "'a'", "'", '"', "1", "0.5", "1e9", "9" * 20, "+", "-", "*", "**", "=="),
    *(
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "=",
        ":",
        ":=",
        "#",
        "\\",
        "\n",
        "\x00",
        "\ud800",
        "ä",
        "{",
        "}",
        "@",
        "if",
    ),
    *(
        "any",
        "all",
        "sum",
        "min",
        "max",
        "count",
        "age",
        "today",
        "answered",
        "length",
        "months_between",
        "for",
    ),
]
SOURCES = st.one_of(
    st.text(),
    st.text(st.characters(codec=None, categories=None), max_size=30),
    st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join),
    st.lists(st.sampled_from(FRAGMENTS), max_size=25).map(" ".join),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(),
    st.sampled_from(["", "a", "ä"]),
    DATES,
    st.dates(),
    st.datetimes(),
    st.floats(),
    st.lists(st.none() | st.booleans() | st.sampled_from(CODES) | st.integers() | DATES, max_size=3).map(tuple),
)


def _read(source: str) -> tuple[Expression | None, ExpressionError | None]:
    try:
        return parse(source), None
    except ExpressionError as error:
        return None, error


@RELAXED
@given(SOURCES, st.dictionaries(st.sampled_from(sorted(KINDS)), LEAVES))
def test_any_text_is_an_expression_or_an_expression_error(source: str, known: dict[str, Given]) -> None:
    expression, error = _read(source)
    if expression is None:
        assert error is not None
        assert 1 <= error.column <= max(len(source), 1)
        assert error.message.isprintable()
        return
    expression.evaluate(known, TODAY)
    simple_options(expression)
    for fault in expression.faults(KINDS):
        assert 1 <= fault.column <= len(source)


@RELAXED
@given(conditions(), st.dictionaries(st.sampled_from(sorted(KINDS)), LEAVES))
def test_answers_of_the_wrong_kind_never_raise(source: str, known: dict[str, Given]) -> None:
    parse(source).evaluate(known, TODAY)


# Circles

NODES = st.integers(0, 12)


@RELAXED
@given(st.permutations(range(13)), st.sets(st.tuples(NODES, NODES)))
def test_no_circle_is_found_where_all_arrows_point_one_way(names: list[int], edges: set[tuple[int, int]]) -> None:
    graph = {
        f"n{names[node]}": frozenset(f"n{names[to]}" for start, to in edges if start == node < to) for node in range(13)
    }
    assert find_cycle(graph) is None


@RELAXED
@given(st.dictionaries(NODES.map(str), st.frozensets(NODES.map(str))))
def test_a_circle_is_found_exactly_where_there_is_one(graph: dict[str, frozenset[str]]) -> None:
    cycle = find_cycle(graph)
    if cycle is None:
        graphlib.TopologicalSorter(graph).prepare()
        return
    assert len(set(cycle)) == len(cycle)
    assert all(to in graph[start] for start, to in zip(cycle, [*cycle[1:], cycle[0]], strict=True))
    assert find_cycle(dict(reversed(graph.items()))) == cycle
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter(graph).prepare()
