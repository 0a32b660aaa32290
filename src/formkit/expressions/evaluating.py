"""The value of an expression, with true, false and unknown."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from formkit.expressions import spans
from formkit.expressions.functions import OVER_ROWS
from formkit.expressions.nodes import (
    Arithmetic,
    Call,
    Comparison,
    Junction,
    Listing,
    Literal,
    Negative,
    Node,
    Not,
    Path,
    paths,
)
from formkit.expressions.rows import AGGREGATES, Result, Rows, each
from formkit.expressions.singles import (
    COMPARE,
    Given,
    Items,
    Single,
    conjunction,
    disjunction,
    is_answered,
    lifted,
    opposite,
)
from formkit.expressions.spans import Span
from formkit.expressions.unknown import UNKNOWN


@dataclass(frozen=True, slots=True)
class Scope:
    """What is known: the answers by path, the day, and which paths are columns of a repeat just here."""

    values: Mapping[str, Given]
    today: datetime.date
    columns: frozenset[str] = frozenset()


def result(node: Node, scope: Scope) -> Result:
    """Work out a tree; takes its root and what is known, returns one value or one a row."""
    match node:
        # The most frequent ones first: a form's conditions are worked out for every record of a batch.
        case Path():
            return _answer(node.name, scope)
        case Literal():
            # An empty text is no answer, but as a literal it is what the author wrote.
            return node.value if isinstance(node.value, str) else lifted(node.value)
        case Comparison():
            return _comparison(node, scope)
        case Listing():
            return Items(tuple(_single(item, scope) for item in node.items))
        case Not():
            return each(opposite, result(node.operand, scope))
        case Junction():
            join = conjunction if node.word == "and" else disjunction
            return each(join, *(result(operand, scope) for operand in node.operands))
        case Negative():
            return each(_negative, result(node.operand, scope))
        case Arithmetic():
            return _arithmetic(node, scope)
        case Call():
            return _over_rows(node, scope) if node.function in OVER_ROWS else _call(node, scope)
        case _:
            assert_never(node)


def _single(node: Node, scope: Scope) -> Single:
    found = result(node, scope)
    return UNKNOWN if isinstance(found, Rows) else found


def _answer(name: str, scope: Scope) -> Result:
    given = scope.values.get(name)
    if name in scope.columns:
        return Rows(tuple(lifted(item) for item in given)) if isinstance(given, tuple) else Rows(())
    return lifted(given)


def _negative(operand: Single) -> Single:
    return spans.negative(operand) if isinstance(operand, Span) else UNKNOWN


def _arithmetic(node: Arithmetic, scope: Scope) -> Result:
    def combined(left: Single, right: Single) -> Single:
        if isinstance(left, Span) and isinstance(right, Span):
            return spans.combine(node.sign, left, right)
        return UNKNOWN

    return each(combined, result(node.left, scope), result(node.right, scope))


def _comparison(node: Comparison, scope: Scope) -> Result:
    operands = [result(operand, scope) for operand in node.operands]
    if len(operands) == 2:
        return each(COMPARE[node.comparers[0]], *operands)
    pairs = zip(node.comparers, operands, operands[1:], strict=False)
    return each(conjunction, *(each(COMPARE[comparer], left, right) for comparer, left, right in pairs))


def _call(node: Call, scope: Scope) -> Result:
    match node.function, node.arguments:
        case "today", ():
            return spans.day(scope.today)
        case "answered", (Path(name),):
            return _answered(name, scope)
        case "age", (born,):
            return each(lambda value: _age(value, scope.today), result(born, scope))
        case "length", (text,):
            return each(_length, result(text, scope))
        case "months_between", (first, second):
            return each(_months_between, result(first, scope), result(second, scope))
        case _:
            return UNKNOWN


def _answered(name: str, scope: Scope) -> Result:
    given = scope.values.get(name)
    if name in scope.columns:
        return Rows(tuple(is_answered(item) for item in given)) if isinstance(given, tuple) else Rows(())
    return is_answered(given)


def _age(born: Single, today: datetime.date) -> Single:
    return spans.age(born, today) if isinstance(born, Span) else UNKNOWN


def _length(text: Single) -> Single:
    return spans.number(len(text)) if isinstance(text, str) else UNKNOWN


def _months_between(first: Single, second: Single) -> Single:
    if isinstance(first, Span) and isinstance(second, Span):
        return spans.months_between(first, second)
    return UNKNOWN


def _over_rows(node: Call, scope: Scope) -> Result:
    argument = node.arguments[0]
    inside = replace(scope, columns=_columns(argument, scope.values))
    found = result(argument, inside)
    if isinstance(found, Rows):
        return AGGREGATES[node.function](found)
    # The answer of a repeat itself is its number of rows; nothing else but rows can be taken together.
    if node.function == "count" and isinstance(argument, Path) and isinstance(found, Span):
        return found
    return UNKNOWN


def _columns(argument: Node, values: Mapping[str, Given]) -> frozenset[str]:
    """Find the columns in what is to be taken together.

    A tuple is a column or the options chosen in one question; the number of rows, given for the path of the
    repeat, tells which. Where no such number is given, tuples are columns if all names begin alike: nothing
    but the columns of one repeat can be meant then.
    """
    names = frozenset(paths(argument, below=OVER_ROWS))
    counts = {name: _row_count(name, values) for name in names}
    tuples = frozenset(name for name in names if isinstance(values.get(name), tuple))
    if all(count is None for count in counts.values()):
        alike = len({name.partition(".")[0] for name in names}) == 1
        return tuples if alike else frozenset()
    counted = frozenset(name for name in tuples if counts[name] is not None)
    # A repeat without rows may leave its columns out altogether.
    empty = frozenset(name for name in names if values.get(name) is None and counts[name] == 0)
    return counted | empty


def _row_count(name: str, values: Mapping[str, Given]) -> int | None:
    parts = name.split(".")
    for length in range(1, len(parts)):
        count = values.get(".".join(parts[:length]))
        if isinstance(count, int) and not isinstance(count, bool):
            return count
    return None
