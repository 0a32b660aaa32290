"""What an expression is made of once it has been read: a small closed tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal as OneOf
from typing import assert_never

Comparer = OneOf["==", "!=", "<", "<=", ">", ">=", "in", "not in"]
Joiner = OneOf["and", "or"]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the expression itself."""

    value: bool | int | Decimal | str
    column: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list in square brackets."""

    items: tuple[Node, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Path:
    """The path of a field or repeat, or the bare name of a parameter."""

    name: str
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of a condition."""

    operand: Node
    column: int


@dataclass(frozen=True, slots=True)
class Negative:
    """A number with a minus before it."""

    operand: Node
    column: int


@dataclass(frozen=True, slots=True)
class Junction:
    """Two or more conditions joined by the same word."""

    word: Joiner
    operands: tuple[Node, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """A sum, difference or product of two numbers."""

    sign: OneOf["+", "-", "*"]
    left: Node
    right: Node
    column: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A chain like `5 <= x <= 7`: one comparer fewer than operands."""

    operands: tuple[Node, ...]
    comparers: tuple[Comparer, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Call:
    """A known function with the right number of arguments."""

    function: str
    arguments: tuple[Node, ...]
    column: int


Node = Literal | Listing | Path | Not | Negative | Junction | Arithmetic | Comparison | Call


def children(node: Node) -> tuple[Node, ...]:
    """Return the parts of a node, from left to right."""
    match node:
        case Literal() | Path():
            return ()
        case Listing():
            return node.items
        case Not() | Negative():
            return (node.operand,)
        case Junction() | Comparison():
            return node.operands
        case Arithmetic():
            return (node.left, node.right)
        case Call():
            return node.arguments
        case _:
            assert_never(node)


def paths(node: Node, *, below: frozenset[str] | None = None) -> Iterator[str]:
    """Yield every name used in a tree.

    Takes the root and, in `below`, functions whose arguments are left out.
    """
    pending = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, Path):
            yield current.name
        elif not (below and isinstance(current, Call) and current.function in below):
            pending.extend(children(current))


def calls(node: Node) -> Iterator[Call]:
    """Yield every call of a function in a tree."""
    if isinstance(node, Call):
        yield node
    for child in children(node):
        yield from calls(child)
