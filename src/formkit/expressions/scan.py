"""The first look at an expression: only known words and signs get as far as Python's parser.

Python's grammar knows far more than the language of forms. Refusing everything else letter by letter first
gives a message in the author's terms, and keeps what Python does on the side (escapes, comments, joined
strings, letters folded into others) out of the meaning of a form.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Sequence
from dataclasses import dataclass

from formkit.expressions.error import ExpressionError, shortened

MAX_LENGTH = 1_000
MAX_BRACKETS = 30
MAX_DIGITS = 18

_OPERATORS = frozenset({"and", "or", "not", "in"})

_ADVICE = {
    "=": "write '==' to compare",
    ":=": "write '==' to compare",
    "<>": "write '!='",
    "!": "write 'not'",
    "&&": "write 'and'",
    "&": "write 'and'",
    "||": "write 'or'",
    "|": "write 'or'",
    "**": "there are no powers",
    "/": "there is no division",
    "//": "there is no division",
    "%": "there is no remainder",
    "≤": "write '<='",
    "≥": "write '>='",
    "≠": "write '!='",
    "#": "there are no comments",
    **dict.fromkeys("“”„‘’‚´`", "write texts in straight quotes: 'text'"),
}

_WORD_ADVICE = {
    "True": "write 'true'",
    "False": "write 'false'",
    "None": "write 'not answered(…)' for a question without an answer",
    "AND": "write 'and'",
    "OR": "write 'or'",
    "NOT": "write 'not'",
    "is": "write '=='",
    "if": "a condition stands by itself",
}

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+)"
    r"|(?P<text>'[^'\\\x00-\x1f\x7f\ud800-\udfff]*'|\"[^\"\\\x00-\x1f\x7f\ud800-\udfff]*\")"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>==|!=|<=|>=)"
    rf"|(?P<wrong>{'|'.join(re.escape(mark) for mark in sorted(_ADVICE, key=len, reverse=True))})"
    r"|(?P<mark>[<>+\-*()\[\],.])"
)

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_CLOSING = {")": "(", "]": "["}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def column(self) -> int:
        return self.start + 1

    @property
    def is_operand(self) -> bool:
        return self.kind in ("text", "number") or (self.kind == "word" and self.text not in _OPERATORS)


def prepared(source: str) -> str:
    """Make an expression safe for Python's parser.

    Takes the expression as written; returns a text of the same length in which each letter inside quotes is
    an x and each white space a blank, so that positions stay what they were; ExpressionError for anything
    that is not of the language.
    """
    if len(source) > MAX_LENGTH:
        message = f"an expression has at most {MAX_LENGTH} characters; this one has {len(source)}"
        raise ExpressionError(message, MAX_LENGTH + 1)
    tokens = _tokens(source)
    solid = [token for token in tokens if token.kind != "space"]
    if not solid:
        raise ExpressionError("the expression is empty", 1)
    for before, token in zip([None, *solid], solid, strict=False):
        if before and before.end == token.start:
            _check_joined(before, token)
        _check_token(token)
        if before and before.is_operand and token.is_operand:
            raise ExpressionError(_missing_between(before, token), token.column)
    _check_dots(solid)
    _check_brackets(solid)
    return "".join(_masked(token) for token in tokens)


def _tokens(source: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(source):
        match = _TOKEN.match(source, position)
        if not match or match.lastgroup == "wrong":
            raise _stray(source, position, match[0] if match else source[position])
        found.append(_Token(str(match.lastgroup), match[0], position))
        position = match.end()
    return found


def _stray(source: str, position: int, mark: str) -> ExpressionError:
    if mark in "'\"":
        message = f"this text must end with {mark} and may hold no backslash and no control character"
    elif mark in _ADVICE:
        message = f"'{mark}' is not part of the language; {_ADVICE[mark]}"
    else:
        shown = f"'{mark}'" if mark.isprintable() else f"the character U+{ord(mark):04X}"
        message = f"{shown} is not part of the language"
    return ExpressionError(message, position + 1)


def _check_token(token: _Token) -> None:
    if token.kind == "number" and len(token.text.replace(".", "")) > MAX_DIGITS:
        raise ExpressionError(f"a number has at most {MAX_DIGITS} digits", token.column)
    if token.kind != "word" or token.text in _OPERATORS:
        return
    if advice := _WORD_ADVICE.get(token.text):
        raise ExpressionError(f"'{token.text}' is not part of the language; {advice}", token.column)
    if keyword.iskeyword(token.text):
        raise ExpressionError(f"'{token.text}' is a reserved word and cannot be used", token.column)
    if not _NAME.fullmatch(token.text):
        message = f"'{shortened(token.text)}' is no name: names begin with a letter and have a-z, 0-9 and _ only"
        raise ExpressionError(message, token.column)


def _check_joined(before: _Token, token: _Token) -> None:
    if before.text == "." and token.kind == "number":
        message = "behind a dot comes a part of a name; write 0.5 for a number, and no numbers for rows"
        raise ExpressionError(message, before.column)
    for word, neighbour in ((token, before), (before, token)):
        if neighbour.text == "." and keyword.iskeyword(word.text):
            message = f"'{word.text}' is a reserved word and cannot be part of a name"
            raise ExpressionError(message, word.column)
    if before.kind == "word" and token.kind == "text" and before.text not in _OPERATORS:
        raise ExpressionError(f"a text has nothing before its quote; remove '{before.text}'", before.column)
    if before.kind == "number" and (token.kind in ("word", "number") or token.text == "."):
        raise ExpressionError("a number is written with digits, like 12 or 0.5", before.column)


def _missing_between(before: _Token, token: _Token) -> str:
    if before.kind == token.kind == "text":
        return "a comma or 'or' is missing between two texts"
    return f"something is missing between {shortened(before.text)} and {shortened(token.text)}"


def _check_dots(tokens: Sequence[_Token]) -> None:
    padded = [None, *tokens, None]
    for before, token, after in zip(padded, tokens, padded[2:], strict=False):
        if token.text != ".":
            continue
        if not (_touches(before, token) and _touches(token, after)):
            raise ExpressionError("a dot joins the parts of a name, like person.vorname", token.column)


def _touches(left: _Token | None, right: _Token | None) -> bool:
    if left is None or right is None or left.end != right.start:
        return False
    return "word" in (left.kind, right.kind)


def _check_brackets(tokens: Sequence[_Token]) -> None:
    opened: list[_Token] = []
    for token in tokens:
        if token.text in ("(", "["):
            opened.append(token)
            if len(opened) > MAX_BRACKETS:
                raise ExpressionError("too many brackets inside each other", token.column)
        elif token.text in _CLOSING and (not opened or opened.pop().text != _CLOSING[token.text]):
            raise ExpressionError(f"'{token.text}' has no '{_CLOSING[token.text]}' before it", token.column)
    if opened:
        raise ExpressionError(f"'{opened[-1].text}' is never closed", opened[-1].column)


def _masked(token: _Token) -> str:
    if token.kind == "space":
        return " " * len(token.text)
    if token.kind == "text":
        return "'" + "x" * (len(token.text) - 2) + "'"
    return token.text
