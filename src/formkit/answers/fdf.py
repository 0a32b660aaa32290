"""FDF: the values of an AcroForm in PDF's own syntax (ISO 32000-2, 12.7.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from formkit.answers.model import Answers
from formkit.answers.pdf_objects import (
    MAX_DEPTH,
    Name,
    SyntaxFault,
    read_object,
    resolved,
    string,
)
from formkit.answers.record import Record, marked, refuse
from formkit.answers.text import MAX_FILE
from formkit.answers.xfdf import MAX_FIELDS, nested
from formkit.definition.model import Form
from formkit.expressions.error import shortened
from formkit.pdf.text_strings import decode_text
from formkit.problems import Problem, Where

_HEADER = re.compile(rb"%FDF-1\.[0-9]")
_OBJECT = re.compile(rb"(?<![0-9])([0-9]{1,10})[\0\t\n\f\r ]+[0-9]{1,5}[\0\t\n\f\r ]+obj(?![a-z])")
_TAG = re.compile(r"<(/?)([A-Za-z:]+)[^<>]*>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}


def read(data: bytes, file: str) -> tuple[Record, ...]:
    """Read the fields of an FDF file; raises AnswersError with what is wrong."""
    if len(data) > MAX_FILE:
        refuse(file, [Problem(Where(file), f"the file has more than {MAX_FILE:,} bytes", "too-large")])
    if not _HEADER.search(data[:1024]):
        refuse(file, [Problem(Where(file), "this is no FDF: it does not begin with %FDF-1.", "fdf-syntax")])
    try:
        objects = _objects(data)
        fields = _fields(objects)
        values = _collected(fields, objects, file)
    except SyntaxFault as error:
        where = Where(file, data.count(b"\n", 0, error.offset) + 1)
        refuse(file, [Problem(where, f"this is no FDF: {error.message}", "fdf-syntax")])
    return (marked(values, Where(file)),)


def _objects(data: bytes) -> dict[int, object]:
    """Return all objects of a file by number; the last one of a number holds, as after an update."""
    found: dict[int, object] = {}
    at = 0
    while match := _OBJECT.search(data, at):
        found[int(match[1])], at = read_object(data, match.end())
    return found


def _fields(objects: Mapping[int, object]) -> list[object]:
    for each in objects.values():
        if isinstance(each, dict) and "FDF" in each:
            catalog = resolved(each["FDF"], objects)
            fields = resolved(catalog.get("Fields"), objects) if isinstance(catalog, dict) else None
            return fields if isinstance(fields, list) else []
    raise SyntaxFault("no object holds /FDF", 0)


def _collected(fields: list[object], objects: Mapping[int, object], file: str) -> dict[str, str]:
    values: dict[str, str] = {}
    problems = []
    size = 0
    for name, value in _named(fields, objects):
        if name in values:
            problems.append(Problem(Where(file), f"the field '{shortened(name)}' stands twice", "duplicate-field"))
        values[name] = value
        # One text may stand in many fields by reference.
        size += len(name) + len(value)
        if size > MAX_FILE:
            refuse(file, [Problem(Where(file), f"the texts have more than {MAX_FILE:,} characters", "too-large")])
    if problems:
        refuse(file, problems)
    return values


def _named(fields: list[object], objects: Mapping[int, object]) -> Iterator[tuple[str, str]]:
    """Yield the full name and the value of every field, kids included."""
    waiting: list[tuple[object, tuple[str, ...]]] = [(field, ()) for field in reversed(fields)]
    seen = 0
    while waiting:
        item, above = waiting.pop()
        seen += 1
        node = resolved(item, objects)
        # References can make one field many, or a field its own kid.
        if seen > MAX_FIELDS or len(above) > MAX_DEPTH:
            raise SyntaxFault(f"more than {MAX_FIELDS:,} fields, or more than {MAX_DEPTH} inside one another", 0)
        if not isinstance(node, dict):
            raise SyntaxFault("a field is no dictionary", 0)
        part = resolved(node.get("T"), objects)
        path = (*above, decode_text(part)) if isinstance(part, bytes) else above
        text = _value(node, objects)
        if text is not None and path:
            yield ".".join(path), text.replace("\r\n", "\n").replace("\r", "\n")
        kids = resolved(node.get("Kids"), objects)
        waiting += [(kid, path) for kid in reversed(kids)] if isinstance(kids, list) else []


def _value(node: Mapping[str, object], objects: Mapping[int, object]) -> str | None:
    value = resolved(node.get("V"), objects)
    if isinstance(value, list):
        lines = (_text(resolved(each, objects)) for each in value)
        return "\n".join(line for line in lines if line is not None)
    rich = resolved(node.get("RV"), objects)
    if value is None and isinstance(rich, bytes):
        return _rich(decode_text(rich))
    return _text(value)


def _text(value: object) -> str | None:
    match value:
        case bytes():
            return decode_text(value)
        case Name(text):
            return text
        case str():
            return value
        case _:
            return None


def _rich(markup: str) -> str:
    """Return the plain text of formatted text (12.7.4.4): paragraphs and breaks are line ends."""
    breaks = {"p", "div"}
    text = _TAG.sub(lambda tag: "\n" if tag[2] == "br" or (tag[1] and tag[2] in breaks) else "", markup)
    return re.sub("|".join(_ENTITIES), lambda entity: _ENTITIES[entity[0]], text).strip()


def write(form: Form, answers: Sequence[Answers]) -> bytes:
    """Return one set of answers as FDF; raises AnswersError for characters that a text cannot hold."""
    (one,) = answers
    tree = nested(form, one)
    body = b"<</FDF<</Fields[\n" + b"\n".join(_elements(tree)) + b"\n]>>>>"
    return b"%FDF-1.2\n1 0 obj\n" + body + b"\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"


def _elements(tree: Mapping[str, Any]) -> list[bytes]:
    found = []
    for name, node in tree.items():
        if name == "":
            continue
        own = b"/V" + string(node[""]) if "" in node else b""
        kids = _elements(node)
        below = b"/Kids[" + b"".join(kids) + b"]" if kids else b""
        found.append(b"<</T" + string(name) + own + below + b">>")
    return found
