"""What travels in an exchange file, whatever its format: one row a text, and which file it belongs to."""

from __future__ import annotations

import enum
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from formkit.errors import FormkitError
from formkit.i18n.catalog import Catalog, Entry, Key
from formkit.problems import Problem

MAX_BYTES = 10_000_000
# As many and as long as a catalogue may hold; what is longer could never be merged.
MAX_ROWS = 5_000
MAX_TEXT = 20_000
MAX_PROBLEMS = 100
# What stands for "no translation" in a cell that must not be empty; pyxform writes it.
NOTHING = "-"
_ID = "id: "
_LENGTH = "max-length:"
_FUZZY, _SETTLED = "f", "t"
_MARK = re.compile(r"[ft][0-9a-f]{8}")


class ExchangeError(FormkitError):
    """A file that came back cannot be merged; `problems` say where and why."""

    exit_code = 1


class State(enum.Enum):
    """How far a translation is."""

    MISSING = "missing"
    FUZZY = "fuzzy"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class Row:
    """One text with its translation, and what helps to translate it.

    `base` is the mark of the translation as it was exported ("" where the file has none), by which an
    edit is told from a text that was left alone; `limit` is the greatest length (0 for none), `line` where
    the row stands in the file that was read.
    """

    german: str
    context: str = ""
    ids: tuple[str, ...] = ()
    text: str = ""
    comment: str = ""
    state: State | None = None
    limit: int = 0
    base: str = ""
    line: int = 0

    @property
    def key(self) -> Key:
        """Return what names the text in a catalogue."""
        return (self.context, self.german)


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a catalogue in a language; name and tag are "" where a file does not say them.

    `problems` are rows that cannot be read; they are not among the `rows`.
    """

    name: str
    language: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def rows_of(catalog: Catalog, *, todo: bool = False) -> tuple[Row, ...]:
    """Return the rows of a catalogue in its order; with `todo` only what is missing or fuzzy."""
    rows = [_row(entry) for entry in catalog.entries.values() if not entry.plural]
    return tuple(row for row in rows if not todo or row.state in (State.MISSING, State.FUZZY))


def ids_of(entry: Entry) -> tuple[str, ...]:
    """Return the ids of the places where an entry stands."""
    return tuple(note.removeprefix(_ID) for note in entry.extracted if note.startswith(_ID))


def mark(text: str, fuzzy: bool) -> str:
    """Return the mark of a translation in its state: what an export hands out and an import compares."""
    # The letter in front keeps spreadsheets from reading a number.
    return (_FUZZY if fuzzy and text else _SETTLED) + hashlib.sha256(text.encode()).hexdigest()[:8]


def read_mark(text: str) -> str:
    """Return the mark that a file holds, "" where somebody has put something else in its place."""
    return text.strip() if _MARK.fullmatch(text.strip()) else ""


def marked_fuzzy(base: str) -> bool:
    """Tell whether a mark is that of a fuzzy translation."""
    return base.startswith(_FUZZY)


def refuse(file: str, problems: Sequence[Problem]) -> NoReturn:
    """Raise ExchangeError for a file nothing of which can be used."""
    count = len(problems)
    faults = (
        "1 fault" if count == 1 else f"at least {MAX_PROBLEMS} faults" if count >= MAX_PROBLEMS else f"{count} faults"
    )
    advice = "Nothing was changed. Save the file again as it was exported, or export anew."
    raise ExchangeError(f"{file}: cannot be imported: {faults}", advice=advice, problems=problems[:MAX_PROBLEMS])


def _row(entry: Entry) -> Row:
    return Row(
        german=entry.msgid,
        context=entry.context,
        ids=ids_of(entry),
        text=entry.text,
        comment="\n".join(_comment(entry)),
        state=_state(entry),
        limit=next((int(length) for length in _lengths(entry)), 0),
        base=mark(entry.text, entry.fuzzy),
    )


def _state(entry: Entry) -> State:
    if not entry.text:
        return State.MISSING
    if entry.fuzzy:
        return State.FUZZY
    return State.REVIEWED if entry.reviewed else State.TRANSLATED


def _lengths(entry: Entry) -> Iterator[str]:
    values = (flag.removeprefix(_LENGTH) for flag in entry.flags if flag.startswith(_LENGTH))
    return (value for value in values if value.isascii() and value.isdigit() and len(value) <= 6)


def _comment(entry: Entry) -> Iterator[str]:
    """Yield what a translator should know: notes on the text, its old German, remarks of others."""
    yield from (note for note in entry.extracted if note and not note.startswith(_ID))
    if entry.fuzzy and entry.previous:
        yield f"translated from: {entry.previous[1]}"
    yield from (f"remark: {remark}" for remark in entry.comments if remark and not remark.startswith("reviewed:"))
