"""A file of answers that somebody brings back → the state to go on with, and what has changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from formkit import screen_words
from formkit.answers import Answers, Record, outline
from formkit.answers import json as answer_json
from formkit.answers.encryption import NotOpened, decrypted, is_encrypted
from formkit.answers.tree import Wrong, read_tree
from formkit.definition import Form, load_form
from formkit.errors import FormkitError
from formkit.project import Project
from formkit.texts import Msg
from formkit.values import Json
from formkit.web.state import MAX_PEOPLE, REVIEW, State

_FILE = "file"
MAX_PASSPHRASE = 200


class NotLoaded(FormkitError):
    """A file cannot be gone on with; `said` is the sentence for the person."""

    def __init__(self, said: Msg) -> None:
        super().__init__("the file of answers cannot be loaded")
        self.said = said


@dataclass(frozen=True, slots=True)
class Lost:
    """An answer that has no place in the form at hand: the question as the older form asked it, and the answer."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is different from the form that answers were given to."""

    lost: tuple[Lost, ...] = ()
    new: tuple[Msg, ...] = ()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held; `changes` is None where it belongs to the form as it is."""

    state: State
    changes: Changes | None = None


def loaded(project: Project, form: Form, data: bytes, passphrase: str, tag: str) -> Loaded:
    """Return what a file holds, one application or one a line; raises NotLoaded."""
    records = _records(_opened(data, passphrase))
    if any(record.form != form.id for record in records):
        raise NotLoaded(screen_words.OTHER_FORM)
    people: list[Answers] = []
    wrong: list[tuple[Json, Wrong]] = []
    for record in records:
        tree = dict(record.tree or {})
        answers, faults = read_tree(form, tree, tag)
        people.append(answers)
        wrong += [(tree, fault) for fault in faults]
    state = State(tuple(people), step=REVIEW)
    versions = {record.version for record in records}
    if versions == {form.version} and not wrong:
        return Loaded(state)
    return Loaded(state, changes_of(project, form, min(versions), wrong))


def changes_of(project: Project, form: Form, version: int, wrong: Sequence[tuple[Json, Wrong]]) -> Changes:
    """Return what changed between a version and the form at hand.

    Takes what of each tree of answers has no place in the form.
    """
    older = _older(project, form, version)
    lost = (Lost(_asked(older, place), _at(tree, place)) for tree, (place, _, _) in wrong)
    return Changes(tuple(lost), _new(form, older))


def _opened(data: bytes, passphrase: str) -> bytes:
    if not is_encrypted(data):
        return data
    try:
        return decrypted(data, passphrase[:MAX_PASSPHRASE], _FILE)
    except NotOpened:
        raise NotLoaded(screen_words.WRONG_PASSPHRASE) from None
    except FormkitError:
        raise NotLoaded(screen_words.NO_SUCH_FILE) from None


def _records(data: bytes) -> tuple[Record, ...]:
    """Return the records of a file: one object, or one on each line."""
    if not data.strip():
        raise NotLoaded(screen_words.CHOOSE_FILE)
    for read in (answer_json.read, answer_json.read_lines):
        try:
            found = read(data, _FILE)
        except FormkitError:
            continue
        if 1 <= len(found) <= MAX_PEOPLE:
            return tuple(replace(each, locate=None) for each in found)
    raise NotLoaded(screen_words.NO_SUCH_FILE)


def _older(project: Project, form: Form, version: int) -> Form | None:
    """Return the form in another version, where the project keeps it."""
    path: Path = project.forms / "archive" / f"{form.id}.{version}.yaml"
    try:
        return load_form(path, path.name) if version != form.version and path.is_file() else None
    except FormkitError:
        return None


def _asked(older: Form | None, place: tuple[str | int, ...]) -> str:
    """Return the question of a place as the older form asked it, its name where that form is not kept."""
    path = ".".join(part for part in place if isinstance(part, str))
    slot = outline(older).by_path.get(path) if older is not None else None
    return f"{slot.number} {slot.label.text}" if slot is not None else path


def _at(tree: Any, place: tuple[str | int, ...]) -> str:
    """Return what stands at a place of a tree, as text."""
    for part in place:
        try:
            tree = tree[part]
        except (KeyError, IndexError, TypeError):
            return ""
    return tree if isinstance(tree, str) else answer_text(tree)


def answer_text(data: object) -> str:
    """Return an answer of a file as a person reads it."""
    if isinstance(data, dict):
        return ", ".join(f"{key}: {answer_text(value)}" for key, value in data.items())
    if isinstance(data, list):
        return ", ".join(map(answer_text, data))
    return {True: "ja", False: "nein"}.get(data, str(data)) if isinstance(data, bool) else str(data)


def _new(form: Form, older: Form | None) -> tuple[Msg, ...]:
    if older is None:
        return ()
    known = outline(older).by_path
    return tuple(slot.label for slot in outline(form).slots if slot.path not in known and not slot.other)
