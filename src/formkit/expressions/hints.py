"""Conditions so simple that a sentence for paper can be made from the labels of the options."""

from __future__ import annotations

from formkit.expressions.expression import Expression
from formkit.expressions.nodes import Comparison, Junction, Listing, Literal, Node, Not, Path

Options = tuple[str, tuple[str, ...]]


def simple_options(expression: Expression) -> Options | None:
    """Recognise "one field is (one of) these options".

    Takes an expression; returns the path of the field and the codes, `true` and `false` for yes and no, each
    once and in the order written; None for any other shape.
    """
    match expression.root:
        case Path(name):
            return name, ("true",)
        case Not(Path(name)):
            return name, ("false",)
        case Comparison((Path(name), Literal(bool(value))) | (Literal(bool(value)), Path(name)), ("==",)):
            return name, ("true" if value else "false",)
        case root:
            return _options(root)


def _options(node: Node) -> Options | None:
    match node:
        case Comparison((Path(name), Literal(str(code))) | (Literal(str(code)), Path(name)), ("==",)):
            return name, (code,)
        case Comparison((Literal(str(code)), Path(name)), ("in",)):
            return name, (code,)
        case Comparison((Path(name), Listing(items)), ("in",)):
            return _listed(name, items)
        case Junction("or", operands):
            return _joined(operands)
        case _:
            return None


def _listed(name: str, items: tuple[Node, ...]) -> Options | None:
    codes = tuple(item.value for item in items if isinstance(item, Literal) and isinstance(item.value, str))
    if not codes or len(codes) < len(items):
        return None
    return name, tuple(dict.fromkeys(codes))


def _joined(operands: tuple[Node, ...]) -> Options | None:
    found = [options for operand in operands if (options := _options(operand))]
    names = {name for name, _ in found}
    if len(found) < len(operands) or len(names) != 1:
        return None
    return names.pop(), tuple(dict.fromkeys(code for _, codes in found for code in codes))
