"""JSON, the lossless format: one object a file, or one a line (JSON Lines).

`{"form": id, "version": n, "language": tag, "answers": {…}}`. Keys that begin with // are remarks. RFC 8259
leaves open what a key that stands twice means, and allows no NaN; both are refused here.
"""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from formkit.answers.model import Answers
from formkit.answers.positions import line_and_column, positions
from formkit.answers.record import Record, refuse
from formkit.answers.text import MAX_FILE, MAX_TABLE, decoded
from formkit.answers.tree import REMARK, Place, to_tree
from formkit.definition.model import Form
from formkit.expressions.error import shortened
from formkit.problems import Problem, Where

MAX_DEPTH = 16
_KEYS = {"form": str, "version": int, "language": str, "answers": dict}
_TYPES = {str: "a text in quotes", int: "a whole number", dict: "an object"}
# Python refuses to read longer ones; no answer is a number of that size.
_MAX_DIGITS = 30


def read(data: bytes, file: str) -> tuple[Record, ...]:
    """Read a file with one object; raises AnswersError with line and column of what is wrong."""
    return (record_of(decoded(data, file), file, 1),)


def read_lines(data: bytes, file: str) -> tuple[Record, ...]:
    """Read a file with an object on every line; raises AnswersError."""
    text = decoded(data, file, MAX_TABLE)
    return tuple(record_of(line, file, number) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def write(form: Form, answers: Sequence[Answers]) -> bytes:
    """Return one set of answers as an indented JSON file."""
    (one,) = answers
    return (json.dumps(as_object(form, one), ensure_ascii=False, indent=2) + "\n").encode()


def write_lines(form: Form, answers: Sequence[Answers]) -> bytes:
    """Return answers as JSON Lines."""
    lines = (json.dumps(as_object(form, each), ensure_ascii=False) + "\n" for each in answers)
    return "".join(lines).encode()


def as_object(form: Form, answers: Answers) -> dict[str, Any]:
    """Return answers as the object that JSON holds."""
    return {
        "form": answers.form,
        "version": answers.version,
        "language": answers.language,
        "answers": to_tree(form, answers),
    }


def record_of(text: str, file: str, line: int) -> Record:
    """Return the record that one JSON text holds; `line` is where it begins in the file. Raises AnswersError."""
    if len(text) > MAX_FILE:
        refuse(file, [Problem(Where(file, line), f"a record has more than {MAX_FILE:,} characters", "too-large")])
    twice: list[str] = []
    data = _loaded(text, file, line, twice)
    locate = _locator(text, file, line)
    if _depth(data) > MAX_DEPTH:
        refuse(file, [Problem(Where(file, line), f"more than {MAX_DEPTH} levels inside one another", "depth")])
    problems = list(_repeated(text, file, line)) if twice else list(_shape(data, locate))
    if problems:
        refuse(file, problems)
    where = Where(file, line)
    return Record(where, data["form"], data["version"], data.get("language", ""), data["answers"], locate=locate)


def _loaded(text: str, file: str, line: int, twice: list[str]) -> Any:
    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        twice.extend([""] if len(found) < len(pairs) else [])
        return found

    try:
        data = json.loads(text, object_pairs_hook=members, parse_int=_integer)
        if "\\ud" in text.casefold():
            # An escape can write half of a pair, which no file can hold.
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        where = Where(file, error.lineno + line - 1, error.colno)
        refuse(file, [Problem(where, f"this is no JSON: {error.msg}", "json-syntax")])
    except UnicodeEncodeError:
        refuse(file, [Problem(Where(file, line), "an escape \\u… names half a character", "json-syntax")])
    except RecursionError:
        refuse(file, [Problem(Where(file, line), f"more than {MAX_DEPTH} levels inside one another", "depth")])
    return data


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _MAX_DIGITS else math.inf


def _depth(data: Any) -> int:
    depth, level = 0, [data]
    while level:
        level = [child for node in level for child in _children(node)]
        depth += bool(level)
    return depth


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, dict):
        yield from node.values()
    elif isinstance(node, list):
        yield from node


def _locator(text: str, file: str, line: int) -> Callable[[Place], Where]:
    @functools.cache
    def offsets_of() -> Mapping[Place, int]:
        return positions(text).offsets

    def locate(place: Place) -> Where:
        offsets = offsets_of()
        # What is missing is shown at the object that should hold it.
        at = next(offsets[place[:end]] for end in range(len(place), -1, -1) if place[:end] in offsets)
        row, column = line_and_column(text, at)
        return Where(file, row + line - 1, column)

    return locate


def _repeated(text: str, file: str, line: int) -> Iterator[Problem]:
    for place, offset in positions(text).repeated:
        row, column = line_and_column(text, offset)
        path = shortened(".".join(map(str, place)))
        yield Problem(Where(file, row + line - 1, column), f"the key '{path}' stands twice", "duplicate-key")


def _shape(data: Any, locate: Callable[[Place], Where]) -> Iterator[Problem]:
    if not isinstance(data, dict):
        yield Problem(locate(()), 'an object is expected: {"form": …, "version": …, "answers": {…}}', "type")
        return
    for key, kind in _KEYS.items():
        if key not in data:
            if key != "language":
                yield Problem(locate(()), f"'{key}' is missing", "missing-key")
        elif not isinstance(data[key], kind) or isinstance(data[key], bool):
            yield Problem(locate((key,)), f"'{key}' must be {_TYPES[kind]}", "type")
    for key in data:
        if key not in _KEYS and not key.startswith(REMARK):
            text = f"'{shortened(key)}' is unknown here; possible are {', '.join(_KEYS)}"
            yield Problem(locate((key,)), text, "unknown-key")
