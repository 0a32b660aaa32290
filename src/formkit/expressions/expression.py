"""An expression: a condition, a rule or a computed value of a form."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Mapping
from dataclasses import dataclass

from formkit.expressions.checking import checked
from formkit.expressions.error import TYPE, ExpressionError
from formkit.expressions.evaluating import Scope, result
from formkit.expressions.kinds import Kind
from formkit.expressions.nodes import Node, calls, paths
from formkit.expressions.parsing import tree
from formkit.expressions.rows import Rows
from formkit.expressions.singles import Given, lowered
from formkit.expressions.unknown import UNKNOWN, Unknown
from formkit.values import Value

# Exact for every product that an expression of the allowed size can hold; rounding would be a wrong answer.
_EXACT = decimal.Context(
    prec=6_000,
    traps=[decimal.Inexact, decimal.InvalidOperation, decimal.Overflow, decimal.DivisionByZero],
)


@dataclass(frozen=True, slots=True)
class Expression:
    """A text that has been read; made by `parse` only.

    `names` are the paths of fields and repeats and the names of parameters in it, without functions.
    """

    source: str
    names: frozenset[str]
    root: Node

    def faults(self, kinds: Mapping[str, Kind]) -> tuple[ExpressionError, ...]:
        """Find what is wrong with the expression in a form.

        Takes the kind of every name that exists; returns all faults in the order of their columns.
        """
        return checked(self.root, kinds)[1]

    def check(self, kinds: Mapping[str, Kind]) -> Kind:
        """Return the kind of the value of the expression.

        Takes the kind of every name that exists; raises the first of the faults if there are any.
        """
        kind, faults = checked(self.root, kinds)
        if faults:
            raise faults[0]
        if kind is None:
            raise ExpressionError("this has no value", self.root.column, TYPE)
        return kind

    def evaluate(self, values: Mapping[str, Given], today: datetime.date) -> Value | Unknown:
        """Work the expression out.

        Takes the answers and parameters by name and the day. A column of a repeat is a tuple with a value or
        None for each row, a repeat itself its number of rows; what is missing or None is not answered.
        Returns the value, or UNKNOWN if what is known does not decide it. Never raises for what was answered.
        """
        try:
            with decimal.localcontext(_EXACT):
                found = result(self.root, Scope(values, today))
                return UNKNOWN if isinstance(found, Rows) else lowered(found)
        except decimal.DecimalException:
            return UNKNOWN

    def changes_by_itself(self, known: frozenset[str]) -> bool:
        """Tell whether the value can be another one tomorrow although only the names `known` have a value.

        The age of somebody whose birthday is not known stays unknown, whatever the day.
        """
        aging = (call for call in calls(self.root) if call.function in ("today", "age"))
        return any(set(paths(call)) <= known for call in aging)


def parse(source: str) -> Expression:
    """Read an expression; ExpressionError with message and column where it is not of the language.

    >>> sorted(parse("age(kind.geburtsdatum) < alter_teilhabe").names)
    ['alter_teilhabe', 'kind.geburtsdatum']
    """
    root = tree(source)
    return Expression(source, frozenset(paths(root)), root)
