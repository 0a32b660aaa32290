"""The functions of the language: what each one takes and gives."""

from __future__ import annotations

from dataclasses import dataclass

from formkit.expressions import kinds
from formkit.expressions.kinds import Bool, Code, Codes, Date, Month, Number, Text


@dataclass(frozen=True, slots=True)
class Signature:
    """What a function accepts and returns.

    `takes` has the accepted kinds for each argument; `gives` is None where the result is of the kind that
    was put in. `over_rows` marks the functions that make one value out of a column of a repeat.
    """

    takes: tuple[tuple[type[kinds.Single], ...], ...]
    gives: kinds.Single | None
    over_rows: bool = False


_ANYTHING = (Bool, Number, Text, Date, Month, Code, Codes)

FUNCTIONS: dict[str, Signature] = {
    "age": Signature(((Date,),), Number()),
    "all": Signature(((Bool,),), Bool(), over_rows=True),
    "answered": Signature((_ANYTHING,), Bool()),
    "any": Signature(((Bool,),), Bool(), over_rows=True),
    "count": Signature(((Bool,),), Number(), over_rows=True),
    "length": Signature(((Text,),), Number()),
    "max": Signature(((Number, Date, Month),), None, over_rows=True),
    "min": Signature(((Number, Date, Month),), None, over_rows=True),
    "months_between": Signature(((Date, Month), (Date, Month)), Number()),
    "sum": Signature(((Number,),), Number(), over_rows=True),
    "today": Signature((), Date()),
}

OVER_ROWS = frozenset(name for name, signature in FUNCTIONS.items() if signature.over_rows)
