"""All that is known of a visitor: the answers and where on the way they are, in one hidden field of every page.

The server keeps nothing. The text is the visitor's own data, neither secret from them nor trusted: whatever
comes back is read as a file of answers is, with limits, and judged anew on every page.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from formkit.answers import Answers
from formkit.answers.model import tidied
from formkit.answers.tree import Wrong, read_tree, to_tree
from formkit.definition import Form
from formkit.errors import FormkitError
from formkit.values import Json
from formkit.web.carrying import spread

FORMAT = 1
MAX_TEXT = 400_000
"""Characters of the hidden field."""
MAX_BYTES = 2_000_000
"""Bytes of what it holds; the answers of twenty children are a fraction of it."""
MAX_PEOPLE = 20
_MAX_PLACE = 100

START, REVIEW = "start", "review"


class BadState(FormkitError):
    """The hidden field is damaged, or of a kind that no page of ours has written."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The entry of a list that was removed last, so that it can be brought back: its list, row and answers."""

    repeat: str
    row: int
    tree: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class State:
    """A visitor's way through a form.

    `people` are the answers of each application, `at` the one at hand, `step` the page, `open` the row of each
    list that is being filled in.
    """

    people: tuple[Answers, ...] = field(repr=False)
    at: int = 0
    step: str = START
    open: Mapping[str, int] = field(default_factory=dict)
    removed: Removed | None = field(default=None, repr=False)

    @property
    def answers(self) -> Answers:
        """Return the answers of the application at hand."""
        return self.people[self.at]

    def with_answers(self, form: Form, answers: Answers) -> State:
        """Return the state with new answers at hand; what is the same for all goes to the others too."""
        people = tuple(
            tidied(form, answers) if place == self.at else spread(form, answers, each)
            for place, each in enumerate(self.people)
        )
        return replace(self, people=people)


@dataclass(frozen=True, slots=True)
class Read:
    """A state that came back, the version of the form it belongs to, and what of each tree has no place in the form."""

    state: State
    version: int
    wrong: tuple[tuple[Json, Wrong], ...] = field(default=(), repr=False)


def fresh(form: Form, tag: str) -> State:
    """Return the state of somebody who has not begun."""
    return State((Answers(form.id, form.version, tag),))


def encoded(form: Form, state: State) -> str:
    """Return a state as the text of the hidden field."""
    removed = state.removed
    data = {
        "format": FORMAT,
        "form": form.id,
        "version": form.version,
        "people": [to_tree(form, each) for each in state.people],
        "at": state.at,
        "step": state.step,
        "open": dict(state.open),
        "removed": [removed.repeat, removed.row, removed.tree] if removed else None,
    }
    packed = zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 6)
    return base64.urlsafe_b64encode(packed).decode()


def decoded(form: Form, text: str, tag: str) -> Read:
    """Return the state that a hidden field holds; raises BadState."""
    data = _unpacked(text)
    if data.get("format") != FORMAT or data.get("form") != form.id:
        raise BadState("the state of the page belongs to another form or program")
    trees = data.get("people")
    if not isinstance(trees, list) or not 1 <= len(trees) <= MAX_PEOPLE:
        raise BadState("the state of the page holds no answers")
    people, wrong = [], []
    for tree in trees:
        answers, faults = _answers(form, tree, tag)
        people.append(answers)
        wrong += [(tree, fault) for fault in faults]
    at = data.get("at")
    at = at if isinstance(at, int) and 0 <= at < len(people) else 0
    step = str(data.get("step") or START)[:_MAX_PLACE]
    version = data.get("version")
    state = State(tuple(people), at, step, _open(data.get("open")), _removed(data.get("removed")))
    return Read(state, version if isinstance(version, int) else 0, tuple(wrong))


def _unpacked(text: str) -> dict[str, Any]:
    if len(text) > MAX_TEXT:
        raise BadState("the state of the page is too large")
    try:
        packed = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
        stream = zlib.decompressobj()
        plain = stream.decompress(packed, MAX_BYTES)
        if stream.unconsumed_tail or not stream.eof:
            raise BadState("the state of the page is too large or cut off")
        data = json.loads(plain)
    except (binascii.Error, zlib.error, ValueError, RecursionError):
        raise BadState("the state of the page is damaged") from None
    if not isinstance(data, dict):
        raise BadState("the state of the page is damaged")
    return data


def _answers(form: Form, tree: Json, tag: str) -> tuple[Answers, tuple[Wrong, ...]]:
    if not isinstance(tree, dict):
        raise BadState("the state of the page holds no answers")
    try:
        return read_tree(form, tree, tag)
    except RecursionError:
        raise BadState("the state of the page is damaged") from None


def _open(data: object) -> Mapping[str, int]:
    if not isinstance(data, dict):
        return {}
    return {
        str(repeat)[:_MAX_PLACE]: row
        for repeat, row in list(data.items())[:_MAX_PLACE]
        if isinstance(row, int) and not isinstance(row, bool) and 0 <= row < 1_000
    }


def _removed(data: object) -> Removed | None:
    match data:
        case [str(repeat), int(row), dict(tree)] if 0 <= row < 1_000:
            return Removed(repeat[:_MAX_PLACE], row, tree)
    return None
