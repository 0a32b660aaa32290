"""Entries of lists: one is taken out, brought back, or begun with the answers of the one before."""

from __future__ import annotations

from dataclasses import replace

from formkit.answers import Answers, Fault, outline
from formkit.answers.model import tidied
from formkit.answers.raw import value_of
from formkit.definition import Form
from formkit.fields.base import WrongType
from formkit.values import Json, Value
from formkit.web.state import Removed

Given = Value | Fault


def count(form: Form, answers: Answers, repeat: str) -> int:
    """Return how many entries a list has."""
    rows = [row for path in _given(answers) if (row := _row(form, path, repeat)) is not None]
    return max(rows, default=-1) + 1


def removed(form: Form, answers: Answers, repeat: str, row: int) -> tuple[Answers, Removed]:
    """Return answers without an entry of a list, and that entry."""
    placed = outline(form)
    kept: dict[str, Given] = {}
    tree: dict[str, Json] = {}
    for path, given in _given(answers).items():
        slot = placed.split(path)[0]
        at = _row(form, path, repeat)
        if at == row:
            field = slot.field
            tree[slot.column] = field.unread(given.raw) if isinstance(given, Fault) else field.to_json(given)
        else:
            kept[slot.at(at - 1) if at is not None and at > row else path] = given
    return _with(form, answers, kept), Removed(repeat, row, tree)


def restored(form: Form, answers: Answers, entry: Removed) -> Answers:
    """Return answers with an entry that was taken out put back in its place."""
    placed = outline(form)
    if entry.repeat not in placed.repeats or count(form, answers, entry.repeat) >= placed.most_rows(entry.repeat):
        return answers
    moved: dict[str, Given] = {}
    for path, given in _given(answers).items():
        at = _row(form, path, entry.repeat)
        moved[placed.split(path)[0].at(at + 1) if at is not None and at >= entry.row else path] = given
    for column, data in entry.tree.items():
        slot = placed.by_path.get(f"{entry.repeat}.{column}")
        if slot is not None and slot.repeat == entry.repeat:
            _put(moved, slot.at(entry.row), _read(form, slot.path, entry.row, data))
    return _with(form, answers, moved)


def alike(form: Form, answers: Answers, repeat: str) -> Answers:
    """Return answers with a new entry that holds what the last one of the list does."""
    placed, last = outline(form), count(form, answers, repeat) - 1
    if last < 0 or last + 1 >= placed.most_rows(repeat):
        return answers
    found = _given(answers)
    copies = {
        placed.split(path)[0].at(last + 1): given
        for path, given in found.items()
        if _row(form, path, repeat) == last and not isinstance(given, Fault)
    }
    return _with(form, answers, {**found, **copies})


def _given(answers: Answers) -> dict[str, Given]:
    return {**answers.values, **{fault.path: fault for fault in answers.faults}}


def _row(form: Form, path: str, repeat: str) -> int | None:
    slot, row = outline(form).split(path)
    return row if slot.repeat == repeat else None


def _with(form: Form, answers: Answers, given: dict[str, Given]) -> Answers:
    values = {path: each for path, each in given.items() if not isinstance(each, Fault)}
    faults = tuple(replace(each, path=path) for path, each in given.items() if isinstance(each, Fault))
    return tidied(form, replace(answers, values=values, faults=faults))


def _read(form: Form, path: str, row: int, data: object) -> Given | None:
    slot = outline(form).by_path[path]
    try:
        return value_of(slot, row, slot.field.from_json(data))  # type: ignore[arg-type]
    except (WrongType, TypeError, AttributeError):
        return None


def _put(found: dict[str, Given], path: str, given: Given | None) -> None:
    if given is not None:
        found[path] = given
