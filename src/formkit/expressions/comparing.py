"""Which kinds can be compared with which, and with which codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formkit.expressions.error import TYPE, UNKNOWN_CODE, ExpressionError, shortened, suggestion
from formkit.expressions.kinds import Bool, Code, Codes, Date, Month, Number, Single, Text, describe
from formkit.expressions.nodes import Comparer, Literal, Node, Path


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: its place in the expression and its kind, within a row if it is a column."""

    node: Node
    kind: Single


@dataclass(frozen=True, slots=True)
class ListSide:
    """A list as one side of a comparison; not `complete` if something in it has been complained about."""

    node: Node
    items: tuple[Side, ...]
    complete: bool = True


def comparison_faults(left: Side | ListSide, comparer: Comparer, right: Side | ListSide) -> Iterator[ExpressionError]:
    """Yield what is wrong with comparing two sides."""
    if comparer in ("in", "not in"):
        yield from _membership(left, right)
    elif isinstance(left, ListSide) or isinstance(right, ListSide):
        yield from _with_list(left, comparer, right)
    elif comparer in ("==", "!="):
        yield from _equality(left, right)
    else:
        yield from _order(left, right)


def _fault(node: Node, message: str) -> ExpressionError:
    return ExpressionError(message, node.column, TYPE)


def _called(node: Node) -> str:
    return node.name if isinstance(node, Path) else "…"


def _membership(left: Side | ListSide, right: Side | ListSide) -> Iterator[ExpressionError]:
    if isinstance(left, ListSide):
        yield _fault(left.node, "a list can only stand behind 'in'")
    elif isinstance(right, ListSide):
        yield from _in_list(left, right)
    elif not isinstance(right.kind, Codes):
        advice = "; use '=='" if isinstance(right.kind, Code | Text) else ""
        message = f"behind 'in' comes a list or a choice of several options, not {describe(right.kind)}{advice}"
        yield _fault(right.node, message)
    elif isinstance(left.kind, Text):
        yield from _option(left.node, right.kind.codes)
    elif not isinstance(left.kind, Code):
        yield _fault(left.node, f"only a code can be in a choice of several options, not {describe(left.kind)}")


def _in_list(left: Side, right: ListSide) -> Iterator[ExpressionError]:
    if right.complete and not right.items:
        yield _fault(right.node, "nothing can be in an empty list")
    elif isinstance(left.kind, Codes):
        name = _called(left.node)
        yield _fault(left.node, f"'{name}' can have several answers; write 'code' in {name}")
    else:
        for item in right.items:
            yield from _equality(left, item)


def _with_list(left: Side | ListSide, comparer: Comparer, right: Side | ListSide) -> Iterator[ExpressionError]:
    field, listing = (right, left) if isinstance(left, ListSide) else (left, right)
    if isinstance(field, ListSide) or comparer not in ("==", "!="):
        yield _fault(left.node, f"lists cannot be compared with '{comparer}' here")
    elif not isinstance(field.kind, Codes):
        message = f"only a choice of several options is compared with a whole list, not {describe(field.kind)}"
        yield _fault(left.node, f"{message}; use 'in'")
    elif isinstance(listing, ListSide):
        for item in listing.items:
            yield from _option(item.node, field.kind.codes)


def _equality(left: Side, right: Side) -> Iterator[ExpressionError]:
    match left.kind, right.kind:
        case Code(codes), Text():
            yield from _option(right.node, codes)
        case Text(), Code(codes):
            yield from _option(left.node, codes)
        case (Codes(), Text() | Code()) | (Text() | Code(), Codes()):
            several = left if isinstance(left.kind, Codes) else right
            name = _called(several.node)
            yield _fault(left.node, f"'{name}' can have several answers; write 'code' in {name}")
        case _ if type(left.kind) is not type(right.kind):
            yield _incomparable(left, right)
        case Text(), Text():
            yield from _empty_text(left, right)


def _empty_text(left: Side, right: Side) -> Iterator[ExpressionError]:
    for one, other in ((left, right), (right, left)):
        if isinstance(one.node, Literal) and one.node.value == "":
            yield _fault(one.node, f"an empty text is no answer; write not answered({_called(other.node)})")


def _order(left: Side, right: Side) -> Iterator[ExpressionError]:
    kinds = (left.kind, right.kind)
    numbers = all(isinstance(kind, Number) for kind in kinds)
    times = all(isinstance(kind, Date | Month) for kind in kinds)
    if numbers or times:
        return
    if type(left.kind) is type(right.kind):
        yield _fault(left.node, f"{describe(left.kind)} has no order; only numbers, dates and months are compared so")
    else:
        yield _incomparable(left, right)


def _incomparable(left: Side, right: Side) -> ExpressionError:
    advice = "; write true or false without quotes" if {type(left.kind), type(right.kind)} == {Bool, Text} else ""
    return _fault(left.node, f"{describe(left.kind)} cannot be compared with {describe(right.kind)}{advice}")


def _option(node: Node, codes: frozenset[str]) -> Iterator[ExpressionError]:
    if not isinstance(node, Literal) or not isinstance(node.value, str):
        yield _fault(node, "a choice is compared with one of its codes in quotes, like 'code'")
    elif node.value not in codes:
        guess = suggestion(node.value, codes)
        message = f"the question has no option '{shortened(node.value)}'{guess}"
        yield ExpressionError(message, node.column, UNKNOWN_CODE)
