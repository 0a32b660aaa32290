"""The answers to one form: a frozen value that formats read and write, checks judge and summaries show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from formkit.answers.slots import Outline, Slot, outline
from formkit.definition.model import Form
from formkit.i18n.localize import SOURCE_TAG
from formkit.texts import Msg
from formkit.values import Value


@dataclass(frozen=True, slots=True)
class Fault:
    """An answer that cannot be understood: its value path, why (a key of `words.ANSWER_ERRORS`), and what was written.

    `raw` holds the raw texts by part, as in `Field.parse`. They are a person's words: no log names them.
    """

    path: str
    key: str
    facts: Mapping[str, str | Msg] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a form: values by value path in the order of the page; what is not answered is absent.

    `language` is the tag of the language the form was filled in. `faults` are answers that could not be
    understood; they are kept, so that nothing a person wrote is lost.
    """

    form: str
    version: int
    language: str = SOURCE_TAG
    values: Mapping[str, Value] = field(default_factory=dict, repr=False)
    faults: tuple[Fault, ...] = ()


def tidied(form: Form, answers: Answers) -> Answers:
    """Return answers in the order of the page, rows of lists closed up: empty rows are dropped, order is kept."""
    placed = outline(form)
    given: dict[str, Value | Fault] = {**answers.values, **{fault.path: fault for fault in answers.faults}}
    split = {path: placed.split(path) for path in given}
    rows: dict[str, set[int]] = {}
    for slot, row in split.values():
        if row is not None:
            rows.setdefault(slot.repeat, set()).add(row)
    moved = {repeat: {old: new for new, old in enumerate(sorted(found))} for repeat, found in rows.items()}
    found: list[tuple[tuple[int, int, int], str, Value | Fault]] = []
    for path, (slot, row) in split.items():
        new = None if row is None else moved[slot.repeat][row]
        first, own = placed.ranks[slot.path]
        found.append(((first, new or 0, own), slot.at(new), given[path]))
    ordered = {path: value for _, path, value in sorted(found, key=lambda each: each[0])}
    return replace(
        answers,
        values={path: value for path, value in ordered.items() if not isinstance(value, Fault)},
        faults=tuple(replace(value, path=path) for path, value in ordered.items() if isinstance(value, Fault)),
    )


def row_counts(placed: Outline, given: Iterable[tuple[Slot, int | None]]) -> dict[str, int]:
    """Return the number of rows of every list; takes the slots and rows that are answered."""
    counts = dict.fromkeys(placed.repeats, 0)
    for slot, row in given:
        if row is not None and row >= counts[slot.repeat]:
            counts[slot.repeat] = row + 1
    return counts
