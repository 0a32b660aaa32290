"""What is wrong with an expression once the names of a form are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from formkit.expressions.comparing import ListSide, Side, comparison_faults
from formkit.expressions.error import TYPE, UNKNOWN_NAME, ExpressionError, shortened, suggestion
from formkit.expressions.functions import FUNCTIONS, OVER_ROWS, Signature
from formkit.expressions.kinds import Bool, Column, Kind, Number, Repeat, Single, Text, describe
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
)


def checked(root: Node, kinds: Mapping[str, Kind]) -> tuple[Kind | None, tuple[ExpressionError, ...]]:
    """Check a tree against the names of a form.

    Takes the root and the kind of each name; returns the kind of the whole, None where a fault leaves it
    open, and the faults in the order of their columns.
    """
    checker = _Checker(kinds)
    kind = checker.whole(root)
    return kind, tuple(sorted(checker.faults, key=lambda fault: fault.column))


class _Checker:
    """One walk over a tree; a part whose kind is None has been complained about already."""

    def __init__(self, kinds: Mapping[str, Kind]) -> None:
        self.kinds = kinds
        self.faults: list[ExpressionError] = []
        self.in_rows = False

    def whole(self, root: Node) -> Kind | None:
        kind = self.kind(root)
        if isinstance(kind, Column | Repeat):
            self.complain(root, _one_value(kind))
            return None
        return kind

    def complain(self, node: Node, message: str, check: str = TYPE) -> None:
        self.faults.append(ExpressionError(message, node.column, check))

    def kind(self, node: Node) -> Kind | None:
        match node:
            case Literal():
                return _kind_of_literal(node)
            case Path():
                return self.named(node)
            case Listing():
                self.kinds_in(node)
                self.complain(node, "a list can only stand behind 'in' or beside '=='")
                return None
            case Not():
                return self.condition((node.operand,), node)
            case Junction():
                return self.condition(node.operands, node)
            case Negative():
                return self.number((node.operand,), node)
            case Arithmetic():
                return self.number((node.left, node.right), node)
            case Comparison():
                return self.comparison(node)
            case Call():
                return self.call(node)
            case _:
                assert_never(node)

    def named(self, node: Path) -> Kind | None:
        kind = self.kinds.get(node.name)
        if kind is None:
            guess = suggestion(node.name, self.kinds)
            if not guess and "." not in node.name:
                guess = "; a text or code is written in quotes"
            self.complain(node, f"unknown name '{shortened(node.name)}'{guess}", UNKNOWN_NAME)
            return None
        if isinstance(kind, Column) and not kind.repeat:
            return Column(kind.of, self._repeat_of(node.name))
        return kind

    def _repeat_of(self, name: str) -> str:
        parts = name.split(".")
        prefixes = (".".join(parts[:length]) for length in range(len(parts) - 1, 0, -1))
        return next((prefix for prefix in prefixes if isinstance(self.kinds.get(prefix), Repeat)), "")

    def condition(self, operands: Iterable[Node], node: Node) -> Kind | None:
        found: list[Kind | None] = []
        for operand in operands:
            kind = self.kind(operand)
            if isinstance(kind, Column) and not self.in_rows:
                self.complain(operand, _one_value(kind))
                kind = None
            elif kind is not None and not isinstance(_within_row(kind), Bool):
                self.complain(operand, f"this is {describe(kind)}; a condition is needed here")
            found.append(kind)
        return self.together(found, Bool(), node)

    def number(self, operands: Iterable[Node], node: Node) -> Kind | None:
        found = [self.kind(operand) for operand in operands]
        for operand, kind in zip(operands, found, strict=True):
            if kind is not None and not isinstance(_within_row(kind), Number):
                self.complain(operand, f"this is {describe(kind)}; only numbers can be calculated with")
        return self.together(found, Number(), node)

    def together(self, parts: Iterable[Kind | None], gives: Single, node: Node) -> Kind:
        columns = [part for part in parts if isinstance(part, Column)]
        repeats = sorted({column.repeat for column in columns if column.repeat})
        if len(repeats) > 1:
            names = " and ".join(f"'{repeat}'" for repeat in repeats)
            self.complain(node, f"the rows of {names} do not belong to each other")
        if not columns:
            return gives
        return Column(gives, repeats[0] if len(repeats) == 1 else "")

    def comparison(self, node: Comparison) -> Kind | None:
        found = [self.kinds_in(part) if isinstance(part, Listing) else [self.kind(part)] for part in node.operands]
        sides = [_side(part, kinds) for part, kinds in zip(node.operands, found, strict=True)]
        for left, comparer, right in zip(sides, node.comparers, sides[1:], strict=False):
            if left and right:
                self.faults.extend(comparison_faults(left, comparer, right))
        for part, kinds in zip(node.operands, found, strict=True):
            if Repeat() in kinds:
                self.complain(part, _one_value(Repeat()))
        return self.together((kind for kinds in found for kind in kinds), Bool(), node)

    def kinds_in(self, listing: Listing) -> list[Kind | None]:
        found: list[Kind | None] = []
        for item in listing.items:
            kind = self.kind(item)
            if isinstance(kind, Column | Repeat):
                self.complain(item, _one_value(kind))
                kind = None
            found.append(kind)
        return found

    def call(self, node: Call) -> Kind | None:
        signature = FUNCTIONS[node.function]
        if node.function in OVER_ROWS:
            return self.over_rows(node, signature)
        found = [self.kind(argument) for argument in node.arguments]
        for argument, kind, takes in zip(node.arguments, found, signature.takes, strict=True):
            if kind is not None and not isinstance(_within_row(kind), takes):
                self.complain(argument, _unsuitable(node.function, takes, kind))
            elif node.function == "answered" and not isinstance(argument, Path):
                self.complain(argument, "answered() takes the path of a question")
        return self.together(found, signature.gives or Bool(), node)

    def over_rows(self, node: Call, signature: Signature) -> Kind | None:
        argument, takes = node.arguments[0], signature.takes[0]
        outside, self.in_rows = self.in_rows, True
        kind = self.kind(argument)
        self.in_rows = outside
        if kind is None:
            return signature.gives
        if isinstance(kind, Repeat) and node.function == "count":
            return Number()
        if isinstance(kind, Column) and isinstance(kind.of, takes):
            return signature.gives or kind.of
        self.complain(argument, _no_rows(node.function, takes, kind))
        return signature.gives


def _side(node: Node, kinds: list[Kind | None]) -> Side | ListSide | None:
    if isinstance(node, Listing):
        parts = [_side(item, [kind]) for item, kind in zip(node.items, kinds, strict=True)]
        return ListSide(node, tuple(part for part in parts if isinstance(part, Side)), complete=None not in parts)
    single = _within_row(kinds[0])
    return None if single is None else Side(node, single)


def _within_row(kind: Kind | None) -> Single | None:
    if isinstance(kind, Repeat):
        return None
    return kind.of if isinstance(kind, Column) else kind


def _kind_of_literal(node: Literal) -> Kind:
    if isinstance(node.value, bool):
        return Bool()
    return Text() if isinstance(node.value, str) else Number()


def _one_value(kind: Column | Repeat) -> str:
    if isinstance(kind, Repeat):
        return "this is a repeat; count(…) gives the number of its rows"
    if isinstance(kind.of, Bool):
        return "this is yes or no in each row; write any(…) or all(…) around it"
    return f"this is {describe(kind)}; any(), all(), sum(), min(), max() or count() makes one value of it"


def _unsuitable(function: str, takes: tuple[type[Single], ...], kind: Kind) -> str:
    wanted = {
        "Bool": "yes or no",
        "Number": "a number",
        "Text": "a text",
        "Date": "a date",
        "Month": "a month",
    }
    if isinstance(kind, Repeat):
        return f"{function}() cannot take a repeat; count(…) gives the number of its rows"
    names = " or ".join(wanted[taken.__name__] for taken in takes)
    return f"{function}() takes {names}, not {describe(kind)}"


def _no_rows(function: str, takes: tuple[type[Single], ...], kind: Kind) -> str:
    if function == "count":
        return f"count() takes a repeat or a condition on its rows, not {describe(kind)}"
    if isinstance(kind, Column):
        return _unsuitable(function, takes, kind)
    return f"{function}() takes a column of a repeat, not {describe(kind)}"
