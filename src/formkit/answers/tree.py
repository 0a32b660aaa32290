"""Answers ↔ the tree that JSON holds: objects along the paths, lists for the rows of repeats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from formkit.answers.model import Answers, Fault, tidied
from formkit.answers.raw import value_of
from formkit.answers.slots import Outline, Slot, outline
from formkit.definition.model import Form
from formkit.expressions.error import shortened, suggestion
from formkit.fields.base import WrongType
from formkit.values import Json, Value

Place = tuple[str | int, ...]
"""Where something stands in a tree: keys and indexes."""

Wrong = tuple[Place, str, str]
"""What is wrong with a tree: place, sentence, id of the check."""

# Keys that say something to the person who writes the file, and are no answers.
REMARK = "//"
MAX_WRONG = 100
"""How many faults are looked for; a file with more is no file of ours."""

_NAMES = {str: "a text", bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}


def read_tree(form: Form, tree: Mapping[str, Json], language: str) -> tuple[Answers, tuple[Wrong, ...]]:
    """Return the answers of a tree, and everything in it that has no place in the form."""
    reader = _Reader(outline(form))
    reader.walk("", tree, (), None)
    answers = Answers(form.id, form.version, language, reader.values, tuple(reader.faults))
    return tidied(form, answers), tuple(reader.wrong)


class _Reader:
    """Walks one tree and collects what it says."""

    def __init__(self, placed: Outline) -> None:
        self.placed = placed
        self.values: dict[str, Value] = {}
        self.faults: list[Fault] = []
        self.wrong: list[Wrong] = []

    def walk(self, prefix: str, node: Mapping[str, Json], place: Place, row: int | None) -> None:
        """Read an object; `prefix` is the definition path so far with a dot behind it."""
        for key, child in node.items():
            if key.startswith(REMARK):
                continue
            if len(self.wrong) >= MAX_WRONG:
                return
            path, here = prefix + key, (*place, key)
            # A key with a dot would be a second way to write a path.
            if "." in key:
                self.wrong.append((here, _unknown(path, self.placed), "unknown-path"))
            elif slot := self.placed.by_path.get(path):
                self._leaf(slot, child, here, row)
            elif path in self.placed.repeats:
                self._rows(path, child, here)
            elif path in self.placed.folders:
                self._folder(path, child, here, row)
            else:
                self.wrong.append((here, _unknown(path, self.placed), "unknown-path"))

    def _folder(self, path: str, child: Json, place: Place, row: int | None) -> None:
        if isinstance(child, dict):
            self.walk(f"{path}.", child, place, row)
        else:
            self._type(path, child, "an object", place)

    def _rows(self, path: str, child: Json, place: Place) -> None:
        if not isinstance(child, list):
            self._type(path, child, "a list", place)
            return
        most = self.placed.most_rows(path)
        if len(child) > most:
            self.wrong.append(((*place, most), f"'{path}' has {len(child)} rows; at most {most} are possible", "rows"))
            return
        for index, item in enumerate(child):
            self._folder(path, item, (*place, index), index)

    def _leaf(self, slot: Slot, child: Json, place: Place, row: int | None) -> None:
        if child is None:
            return
        try:
            raw = slot.field.from_json(child)
        except WrongType as error:
            self._type(slot.at(row), child, error.expected, place)
            return
        read = value_of(slot, row, raw)
        if isinstance(read, Fault):
            self.faults.append(read)
        elif read is not None:
            self.values[slot.at(row)] = read

    def _type(self, path: str, child: object, expected: str, place: Place) -> None:
        self.wrong.append((place, f"'{path}' must be {expected}, not {_NAMES.get(type(child), 'nothing')}", "type"))


def _unknown(path: str, placed: Outline) -> str:
    near = (*placed.by_path, *placed.repeats, *placed.folders)
    return f"'{shortened(path)}' is no question of this form{suggestion(path[:80], near)}"


def to_tree(form: Form, answers: Answers) -> dict[str, Any]:
    """Return the answers as a tree; what could not be understood stands there as it was written."""
    placed = outline(form)
    given: dict[str, Json] = {}
    for path, value in answers.values.items():
        given[path] = placed.split(path)[0].field.to_json(value)
    for fault in answers.faults:
        given[fault.path] = placed.split(fault.path)[0].field.unread(fault.raw)
    tree: dict[str, Any] = {}
    for path in sorted(given, key=placed.sort_key):
        slot, row = placed.split(path)
        folder = tree if row is None else _row(tree, slot.repeat, row)
        _put(folder, slot.column if row is not None else slot.path, given[path])
    return tree


def _row(tree: dict[str, Any], repeat: str, row: int) -> dict[str, Any]:
    rows = _put(tree, repeat, [])
    while len(rows) <= row:
        rows.append({})
    found: dict[str, Any] = rows[row]
    return found


def _put(folder: dict[str, Any], path: str, value: Any) -> Any:
    """Put a value at a path if nothing is there yet, and return what is there."""
    *above, last = path.split(".")
    for segment in above:
        folder = folder.setdefault(segment, {})
    return folder.setdefault(last, value)
