"""Single values while an expression is worked out: how answers are read and compared.

Whatever does not fit together is UNKNOWN here. The check has refused it when the form was loaded, and an
answer of the wrong kind must neither stop a page nor decide anything.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from formkit.expressions import spans
from formkit.expressions.nodes import Comparer
from formkit.expressions.spans import Span, Truth
from formkit.expressions.unknown import UNKNOWN, Unknown
from formkit.values import Month, PartialDate, Value

Given = Value | datetime.date | tuple[Value | None, ...] | None


@dataclass(frozen=True, slots=True)
class Items:
    """The list in square brackets; a tuple is the answer to a question with several options."""

    items: tuple[Single, ...]


Single = bool | str | Span | tuple[str, ...] | Items | Unknown


def lifted(given: object) -> Single:
    """Take in an answer: numbers, dates and months become spans, what is empty or of no use UNKNOWN."""
    match given:
        case bool():
            return given
        case str():
            return given or UNKNOWN
        case int() | Decimal():
            return _lifted_number(given)
        case PartialDate() | datetime.date():
            return spans.day(given)
        case Month():
            return spans.month(given)
        case tuple():
            codes = tuple(code for code in given if isinstance(code, str))
            return codes if len(codes) == len(given) else UNKNOWN
        case _:
            return UNKNOWN


def _lifted_number(given: int | Decimal) -> Single:
    if isinstance(given, Decimal) and not given.is_finite():
        return UNKNOWN
    return spans.number(given) if spans.within_places(given) else UNKNOWN


def lowered(single: Single) -> Value | Unknown:
    """Hand out a result as the value of an answer, UNKNOWN where there is none."""
    match single:
        case Span():
            return spans.value_of(single)
        case Items():
            return UNKNOWN
        case _:
            return single


def is_answered(given: Given) -> bool:
    """Tell whether a question has an answer: an empty text and no option at all are none."""
    return given is not None and given not in ("", ())


def opposite(truth: Single) -> Single:
    """Return not: unknown stays unknown."""
    return not truth if isinstance(truth, bool) else UNKNOWN


def conjunction(*truths: Single) -> Single:
    """Return and: false if one is false, true if all are true."""
    return _joined(truths, decisive=False)


def disjunction(*truths: Single) -> Single:
    """Return or: true if one is true, false if all are false."""
    return _joined(truths, decisive=True)


def _joined(truths: Iterable[Single], *, decisive: bool) -> Single:
    result: Single = not decisive
    for truth in truths:
        if truth is decisive:
            return decisive
        if not isinstance(truth, bool):
            result = UNKNOWN
    return result


def equal(left: Single, right: Single) -> Truth:
    """Tell whether two values are the same; the order of several options does not matter."""
    if isinstance(left, Span) and isinstance(right, Span):
        return spans.same(left, right)
    if isinstance(left, bool) and isinstance(right, bool):
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    first, second = _options(left), _options(right)
    if first is None or second is None:
        return UNKNOWN
    return first == second


def _options(single: Single) -> frozenset[str] | None:
    members = single.items if isinstance(single, Items) else single
    if not isinstance(members, tuple):
        return None
    codes = frozenset(member for member in members if isinstance(member, str))
    # A list with something unknown in it could turn out to be any set.
    return codes if all(isinstance(member, str) for member in members) else None


def contained(left: Single, right: Single) -> Single:
    """Tell whether a value is in a list or among the chosen options."""
    if isinstance(right, Items):
        return disjunction(*(equal(left, item) for item in right.items))
    if isinstance(right, tuple) and isinstance(left, str):
        return left in right
    return UNKNOWN


def _less(left: Single, right: Single) -> Truth:
    return spans.less(left, right) if isinstance(left, Span) and isinstance(right, Span) else UNKNOWN


COMPARE: dict[Comparer, Callable[[Single, Single], Single]] = {
    "==": equal,
    "!=": lambda left, right: opposite(equal(left, right)),
    "<": _less,
    ">": lambda left, right: _less(right, left),
    "<=": lambda left, right: opposite(_less(right, left)),
    ">=": lambda left, right: opposite(_less(left, right)),
    "in": contained,
    "not in": lambda left, right: opposite(contained(left, right)),
}
