"""The objects of PDF's syntax, as far as FDF needs them: reading from bytes, and writing strings.

ISO 32000-2, 7.2 and 7.3. What a string's bytes say is told by `pdf.text_strings`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from formkit.pdf.text_strings import decode_name

MAX_DEPTH = 32

_SPACE = re.compile(rb"(?:[\0\t\n\f\r ]++|%[^\r\n]*+)*+")
_NAME = re.compile(rb"/([^\0\t\n\f\r ()<>\[\]{}/%]*)")
_REFERENCE = re.compile(rb"([0-9]{1,10})[\0\t\n\f\r ]+([0-9]{1,5})[\0\t\n\f\r ]+R(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_WORD = re.compile(rb"(true|false|null)(?![^\0\t\n\f\r ()<>\[\]{}/%])")
_HEX = re.compile(rb"<([0-9A-Fa-f\0\t\n\f\r ]*)>")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n|\r|\n)|(.))", re.DOTALL)
_SIGNS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name such as /Off, without its slash."""

    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to an object by its number."""

    number: int


class SyntaxFault(Exception):
    """Bytes that are no object; `offset` is where."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message, self.offset = message, offset


def skipped(data: bytes, at: int) -> int:
    """Return the offset behind white space and comments."""
    match = _SPACE.match(data, at)
    assert match
    return match.end()


def read_object(data: bytes, at: int, depth: int = 0) -> tuple[object, int]:
    """Read the object that starts at an offset; return it and the offset behind it. Raises SyntaxFault."""
    if depth > MAX_DEPTH:
        raise SyntaxFault(f"more than {MAX_DEPTH} objects inside one another", at)
    at = skipped(data, at)
    if data.startswith(b"<<", at):
        return _dictionary(data, at + 2, depth)
    if data.startswith(b"[", at):
        return _array(data, at + 1, depth)
    if data.startswith(b"(", at):
        return _literal(data, at)
    return _simple(data, at)


def _simple(data: bytes, at: int) -> tuple[object, int]:
    if match := _HEX.match(data, at):
        digits = b"".join(match[1].split()).replace(b"\0", b"")
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), match.end()
    if match := _NAME.match(data, at):
        return Name(_named(match[1])), match.end()
    if match := _REFERENCE.match(data, at):
        return Reference(int(match[1])), match.end()
    if match := _WORD.match(data, at):
        return {b"true": True, b"false": False, b"null": None}[match[1]], match.end()
    if match := _NUMBER.match(data, at):
        return match[0].decode(), match.end()
    raise SyntaxFault("this is no object of PDF's syntax", at)


def _named(text: bytes) -> str:
    return decode_name(re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), text))


def _dictionary(data: bytes, at: int, depth: int) -> tuple[dict[str, object], int]:
    found: dict[str, object] = {}
    while True:
        at = skipped(data, at)
        if data.startswith(b">>", at):
            return found, at + 2
        key, at = read_object(data, at, depth + 1)
        if not isinstance(key, Name):
            raise SyntaxFault("a key of a dictionary must be a name", at)
        found[key.text], at = read_object(data, at, depth + 1)


def _array(data: bytes, at: int, depth: int) -> tuple[list[object], int]:
    found: list[object] = []
    while True:
        at = skipped(data, at)
        if data.startswith(b"]", at):
            return found, at + 1
        item, at = read_object(data, at, depth + 1)
        found.append(item)


def _literal(data: bytes, start: int) -> tuple[bytes, int]:
    """Read a string in brackets: balanced ones need no backslash (7.3.4.2)."""
    level, at = 0, start
    while at < len(data):
        char = data[at : at + 1]
        if char == b"\\":
            at += 1
        elif char == b"(":
            level += 1
        elif char == b")":
            level -= 1
            if level == 0:
                body = re.sub(rb"(?<!\\)\r\n?", b"\n", data[start + 1 : at])
                return _ESCAPE.sub(_unescaped, body), at + 1
        at += 1
    raise SyntaxFault("a string in brackets does not end", start)


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, line_end, sign = match.groups()
    if octal:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if line_end else _SIGNS.get(sign, sign)


def string(text: str) -> bytes:
    """Return a text as a string object: in brackets where ASCII holds it, else UTF-16BE in hexadecimal."""
    if text.isascii() and text.isprintable():
        return b"(" + re.sub(rb"([\\()])", rb"\\\1", text.encode()) + b")"
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">"


def resolved(found: object, objects: Mapping[int, object]) -> object:
    """Return the object a reference stands for, None where there is none; references to references end."""
    for _ in range(MAX_DEPTH):
        if not isinstance(found, Reference):
            return found
        found = objects.get(found.number)
    return None
