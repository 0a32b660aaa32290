"""The one small language of conditions, rules and computed values: read, check against a form, evaluate.

An expression is three-valued: what depends on an unanswered question is UNKNOWN, never true by accident.
"""

from formkit.expressions.cycles import find_cycle
from formkit.expressions.error import ExpressionError
from formkit.expressions.expression import Expression, parse
from formkit.expressions.hints import simple_options
from formkit.expressions.kinds import (
    Bool,
    Code,
    Codes,
    Column,
    Date,
    Kind,
    Month,
    Number,
    Repeat,
    Single,
    Text,
    describe,
)
from formkit.expressions.singles import Given
from formkit.expressions.unknown import UNKNOWN, Unknown

__all__ = [
    "UNKNOWN",
    "Bool",
    "Code",
    "Codes",
    "Column",
    "Date",
    "Expression",
    "ExpressionError",
    "Given",
    "Kind",
    "Month",
    "Number",
    "Repeat",
    "Single",
    "Text",
    "Unknown",
    "describe",
    "find_cycle",
    "parse",
    "simple_options",
]
