"""From the text of an expression to its tree: Python's own parser and a short list of what may be used."""

from __future__ import annotations

import ast
from decimal import Decimal

from formkit.expressions.error import TYPE, UNKNOWN_FUNCTION, ExpressionError, shortened, suggestion
from formkit.expressions.functions import FUNCTIONS
from formkit.expressions.nodes import (
    Arithmetic,
    Call,
    Comparer,
    Comparison,
    Joiner,
    Junction,
    Listing,
    Literal,
    Negative,
    Node,
    Not,
    Path,
)
from formkit.expressions.scan import prepared

MAX_NODES = 300
MAX_DEPTH = 60

_COMPARERS: dict[type[ast.cmpop], Comparer] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
}
_JUNCTIONS: dict[type[ast.boolop], Joiner] = {ast.And: "and", ast.Or: "or"}
_WORDS = {"true": True, "false": False}


def tree(source: str) -> Node:
    """Read an expression.

    Takes the text as written; returns the root of its tree; ExpressionError where it is not of the language.
    """
    text = prepared(source)
    try:
        # The brackets let the text begin with a blank; they move every column by one.
        parsed = ast.parse(f"({text})", mode="eval")
        return _Builder(source).build(parsed.body, 0)
    except SyntaxError as error:
        column = min(max((error.offset or 2) - 1, 1), len(source))
        raise ExpressionError("something is missing or out of place here", column) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("the expression is too complicated", 1) from None


class _Builder:
    def __init__(self, source: str) -> None:
        self.source = source
        self.nodes = 0

    def build(self, node: ast.expr, depth: int) -> Node:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise ExpressionError("the expression is too complicated", node.col_offset)
        match node:
            case ast.Name() | ast.Attribute():
                return self._path(node)
            case ast.Constant():
                return self._literal(node)
            case ast.List():
                return Listing(self._all(node.elts, depth), node.col_offset)
            case ast.BoolOp():
                word = _JUNCTIONS[type(node.op)]
                return Junction(word, self._all(node.values, depth), node.col_offset)
            case ast.Compare():
                comparers = tuple(_COMPARERS[type(comparer)] for comparer in node.ops)
                return Comparison(self._all([node.left, *node.comparators], depth), comparers, node.col_offset)
            case ast.Call():
                return self._call(node, depth)
            case ast.UnaryOp() | ast.BinOp():
                return self._operation(node, depth)
            case _:
                raise _foreign(node)

    def _all(self, nodes: list[ast.expr], depth: int) -> tuple[Node, ...]:
        return tuple(self.build(node, depth + 1) for node in nodes)

    def _operation(self, node: ast.UnaryOp | ast.BinOp, depth: int) -> Node:
        column = node.col_offset
        match node:
            case ast.UnaryOp(op=ast.Not()):
                return Not(self.build(node.operand, depth + 1), column)
            case ast.UnaryOp(op=ast.USub()):
                return Negative(self.build(node.operand, depth + 1), column)
            case ast.BinOp(op=ast.Add()):
                return Arithmetic("+", *self._pair(node, depth), column)
            case ast.BinOp(op=ast.Sub()):
                return Arithmetic("-", *self._pair(node, depth), column)
            case ast.BinOp(op=ast.Mult()):
                return Arithmetic("*", *self._pair(node, depth), column)
            case _:
                raise _foreign(node)

    def _pair(self, node: ast.BinOp, depth: int) -> tuple[Node, Node]:
        return self.build(node.left, depth + 1), self.build(node.right, depth + 1)

    def _path(self, node: ast.Name | ast.Attribute) -> Node:
        segments: list[str] = []
        current: ast.expr = node
        while isinstance(current, ast.Attribute):
            segments.append(current.attr)
            current = current.value
        if not isinstance(current, ast.Name):
            raise _foreign(node)
        if current.id in _WORDS and not segments:
            return Literal(_WORDS[current.id], node.col_offset)
        return Path(".".join([current.id, *reversed(segments)]), node.col_offset)

    def _literal(self, node: ast.Constant) -> Node:
        # Taken from the text itself: Python would make a float of 0.5, and the letters are masked for it.
        written = self.source[node.col_offset - 1 : (node.end_col_offset or 0) - 1]
        if isinstance(node.value, str):
            return Literal(written[1:-1], node.col_offset)
        if isinstance(node.value, int):
            return Literal(int(written), node.col_offset)
        return Literal(Decimal(written), node.col_offset)

    def _call(self, node: ast.Call, depth: int) -> Node:
        column = node.col_offset
        if not isinstance(node.func, ast.Name):
            raise ExpressionError("only the functions of the language can be called", column, UNKNOWN_FUNCTION)
        name = node.func.id
        if name not in FUNCTIONS:
            message = f"unknown function '{shortened(name)}'{suggestion(name, FUNCTIONS)}"
            raise ExpressionError(message, column, UNKNOWN_FUNCTION)
        arguments = self._all(node.args, depth)
        wanted = len(FUNCTIONS[name].takes)
        if len(arguments) != wanted:
            message = f"{name}() takes {_counted(wanted)}, not {len(arguments)}"
            raise ExpressionError(message, column, TYPE)
        return Call(name, arguments, column)


def _counted(wanted: int) -> str:
    return {0: "no value", 1: "one value"}.get(wanted, f"{wanted} values")


def _foreign(node: ast.expr) -> ExpressionError:
    advice = {
        ast.Tuple: "; a list is written in square brackets, like ['a', 'b']",
        ast.Subscript: "; square brackets are for lists only, like ['a', 'b']",
        ast.UnaryOp: "; a number needs no sign before it",
    }.get(type(node), "")
    return ExpressionError(f"this is not part of the language{advice}", max(node.col_offset, 1))
