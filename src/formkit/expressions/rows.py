"""Columns of a repeat: doing something in each row, and making one value out of all rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from formkit.expressions import spans
from formkit.expressions.singles import Single, conjunction, disjunction
from formkit.expressions.spans import Span
from formkit.expressions.unknown import UNKNOWN


@dataclass(frozen=True, slots=True)
class Rows:
    """One value a row."""

    items: tuple[Single, ...]


Result = Single | Rows


def each(work: Callable[..., Single], *operands: Result) -> Result:
    """Do something with single values, or in each row where one of them is a column.

    Takes the work and what it works on; returns a column if there is one among the operands; UNKNOWN if
    columns differ in length, because then no row belongs to another.
    """
    for operand in operands:
        if isinstance(operand, Rows):
            break
    else:
        return work(*operands)
    lengths = {len(operand.items) for operand in operands if isinstance(operand, Rows)}
    if len(lengths) > 1:
        return UNKNOWN
    count = lengths.pop()
    columns = (operand.items if isinstance(operand, Rows) else (operand,) * count for operand in operands)
    return Rows(tuple(work(*row) for row in zip(*columns, strict=True)))


def _any(rows: Rows) -> Single:
    return disjunction(*rows.items)


def _all(rows: Rows) -> Single:
    return conjunction(*rows.items)


def _count(rows: Rows) -> Single:
    certain = sum(item is True for item in rows.items)
    possible = sum(not isinstance(item, bool) for item in rows.items)
    return spans.number(certain, certain + possible)


def _sum(rows: Rows) -> Single:
    total: Single = spans.number(0)
    for item in rows.items:
        if not isinstance(total, Span) or not isinstance(item, Span):
            return UNKNOWN
        total = spans.combine("+", total, item)
    return total


def _min(rows: Rows) -> Single:
    found = _same_unit(rows)
    if not found:
        return UNKNOWN
    return Span(found[0].unit, min(span.low for span in found), min(span.high for span in found))


def _max(rows: Rows) -> Single:
    found = _same_unit(rows)
    if not found:
        return UNKNOWN
    return Span(found[0].unit, max(span.low for span in found), max(span.high for span in found))


def _same_unit(rows: Rows) -> list[Span]:
    found = [item for item in rows.items if isinstance(item, Span)]
    complete = len(found) == len(rows.items) and len({span.unit for span in found}) == 1
    return found if complete else []


AGGREGATES: dict[str, Callable[[Rows], Single]] = {
    "all": _all,
    "any": _any,
    "count": _count,
    "max": _max,
    "min": _min,
    "sum": _sum,
}
