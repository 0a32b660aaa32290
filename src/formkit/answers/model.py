"""The answers to one form: a frozen value that formats read and write, checks judge and summaries show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from formkit.answers.slots import outline
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
    faults = {fault.path: fault for fault in answers.faults}
    given: dict[str, Value | Fault] = {**answers.values, **faults}
    rows: dict[str, set[int]] = {}
    for path in given:
        slot, row = placed.split(path)
        if row is not None:
            rows.setdefault(slot.repeat, set()).add(row)
    moved = {repeat: {old: new for new, old in enumerate(sorted(found))} for repeat, found in rows.items()}
    renamed: dict[str, Value | Fault] = {}
    for path, value in given.items():
        slot, row = placed.split(path)
        renamed[slot.at(None if row is None else moved[slot.repeat][row])] = value
    ordered = {path: renamed[path] for path in sorted(renamed, key=placed.sort_key)}
    return replace(
        answers,
        values=MappingProxyType({path: value for path, value in ordered.items() if not isinstance(value, Fault)}),
        faults=tuple(replace(value, path=path) for path, value in ordered.items() if isinstance(value, Fault)),
    )


def row_counts(form: Form, answers: Answers) -> dict[str, int]:
    """Return the number of rows of every list of a form."""
    placed = outline(form)
    counts = dict.fromkeys(placed.repeats, 0)
    for path in (*answers.values, *(fault.path for fault in answers.faults)):
        slot, row = placed.split(path)
        if row is not None:
            counts[slot.repeat] = max(counts[slot.repeat], row + 1)
    return counts
