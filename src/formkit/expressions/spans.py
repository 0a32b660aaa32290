"""Numbers, days and months as spans: the least and the most that is possible by what is known so far.

An exact value is a span of one. Comparing two spans is true or false only if it is so for every value
they can mean; so an answer that becomes more exact never turns true into false.
"""

from __future__ import annotations

import datetime
import itertools
import operator
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from formkit.expressions.unknown import UNKNOWN, Unknown
from formkit.values import Month, PartialDate

Amount = int | Decimal
Unit = Literal["number", "day", "month"]
Truth = bool | Unknown

# Far beyond any amount on a form, and small enough that no product of products can grow without end.
_LIMIT = 10**36
MAX_PLACES = 18


@dataclass(frozen=True, slots=True)
class Span:
    """Everything from `low` to `high`: numbers, ordinals of days, or months counted from year 0."""

    unit: Unit
    low: Amount
    high: Amount

    @property
    def exact(self) -> bool:
        """Tell whether only one value is possible."""
        return self.low == self.high


def number(low: Amount, high: Amount | None = None) -> Span | Unknown:
    """Return a span of numbers, `high` being `low` if left out; UNKNOWN beyond the limits."""
    top = low if high is None else high
    if low <= -_LIMIT or top >= _LIMIT:
        return UNKNOWN
    return Span("number", low, top)


def day(value: datetime.date | PartialDate) -> Span:
    """Return the span of days a date can mean."""
    if isinstance(value, PartialDate):
        return Span("day", value.earliest.toordinal(), value.latest.toordinal())
    return Span("day", value.toordinal(), value.toordinal())


def month(value: Month) -> Span:
    """Return the one month as a span."""
    index = value.year * 12 + value.month - 1
    return Span("month", index, index)


def less(left: Span, right: Span) -> Truth:
    """Tell whether left comes before right, as far as that is certain."""
    left, right = _aligned(left, right)
    if left.unit != right.unit:
        return UNKNOWN
    if left.high < right.low:
        return True
    return False if left.low >= right.high else UNKNOWN


def same(left: Span, right: Span) -> Truth:
    """Tell whether both are one and the same, as far as that is certain."""
    left, right = _aligned(left, right)
    if left.unit != right.unit:
        return UNKNOWN
    if left.high < right.low or right.high < left.low:
        return False
    return True if left.exact and right.exact else UNKNOWN


def _aligned(left: Span, right: Span) -> tuple[Span, Span]:
    if {left.unit, right.unit} == {"day", "month"}:
        return _in_days(left), _in_days(right)
    return left, right


def _in_days(span: Span) -> Span:
    if span.unit == "day":
        return span
    first = _month_at(span.low).earliest
    last = _month_at(span.high).latest
    return Span("day", first.toordinal(), last.toordinal())


def _in_months(span: Span) -> Span:
    if span.unit == "month":
        return span
    low, high = _date_at(span.low), _date_at(span.high)
    return Span("month", low.year * 12 + low.month - 1, high.year * 12 + high.month - 1)


def _month_at(index: Amount) -> Month:
    return Month(int(index) // 12, int(index) % 12 + 1)


def _date_at(ordinal: Amount) -> datetime.date:
    return datetime.date.fromordinal(int(ordinal))


_SIGNS: dict[str, Callable[[Amount, Amount], Amount]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
}


def combine(sign: str, left: Span, right: Span) -> Span | Unknown:
    """Add, subtract or multiply two spans of numbers; UNKNOWN for anything else."""
    if left.unit != "number" or right.unit != "number":
        return UNKNOWN
    ends = itertools.product((left.low, left.high), (right.low, right.high))
    results = [_SIGNS[sign](one, other) for one, other in ends]
    return number(min(results), max(results))


def negative(span: Span) -> Span | Unknown:
    """Turn the sign of a span of numbers; UNKNOWN for anything else."""
    return combine("-", Span("number", 0, 0), span)


def age(born: Span, today: datetime.date) -> Span | Unknown:
    """Return the age in whole years of somebody born within a span of days."""
    if born.unit != "day":
        return UNKNOWN
    return number(_years(_date_at(born.high), today), _years(_date_at(born.low), today))


def _years(born: datetime.date, today: datetime.date) -> int:
    # Who was born on 29 February is a year older on 1 March of other years (§ 187 Abs. 2, § 188 Abs. 2 BGB).
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def months_between(first: Span, second: Span) -> Span | Unknown:
    """Count the whole months from one point to another, negative if the second comes first.

    Takes two days or months; where one is a month, the months of the calendar are counted.
    """
    if "number" in (first.unit, second.unit):
        return UNKNOWN
    if first.unit == second.unit == "day":
        low = _whole_months(_date_at(first.high), _date_at(second.low))
        return number(low, _whole_months(_date_at(first.low), _date_at(second.high)))
    first, second = _in_months(first), _in_months(second)
    return number(second.low - first.high, second.high - first.low)


def _whole_months(first: datetime.date, second: datetime.date) -> int:
    if second < first:
        return -_whole_months(second, first)
    return (second.year - first.year) * 12 + second.month - first.month - (second.day < first.day)


def value_of(span: Span) -> Amount | PartialDate | Month | Unknown:
    """Return the value a span stands for, UNKNOWN if it is not certain enough to be written down."""
    if span.unit == "day":
        return _partial_date(_date_at(span.low), _date_at(span.high))
    if not span.exact:
        return UNKNOWN
    if span.unit == "month":
        return _month_at(span.low)
    return span.low if within_places(span.low) else UNKNOWN


def _partial_date(low: datetime.date, high: datetime.date) -> PartialDate | Unknown:
    exact, by_month, by_year = (
        PartialDate(low.year, low.month, low.day),
        PartialDate(low.year, low.month),
        PartialDate(low.year),
    )
    for candidate in (exact, by_month, by_year):
        if (candidate.earliest, candidate.latest) == (low, high):
            return candidate
    return UNKNOWN


def within_places(value: Amount) -> bool:
    """Tell whether a number is finite and has no more decimal places than any form needs."""
    if isinstance(value, int):
        return True
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MAX_PLACES
