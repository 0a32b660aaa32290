"""What a file that came back changes in a catalogue: edited texts land, everything doubtful is named and left."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from formkit.i18n.catalog import Catalog, Entry, Key
from formkit.i18n.edits import edit_entries, retranslate
from formkit.i18n.exchange.rows import NOTHING, Row, Sheet, State, ids_of, mark, marked_fuzzy
from formkit.i18n.exchange.spelling import spelt
from formkit.i18n.po_text import forbidden
from formkit.i18n.safety import faults
from formkit.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class Change:
    """A text that an import replaces: where it stands in the file, the entry as it was, text and state to come."""

    line: int
    entry: Entry
    text: str
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import does: its changes, rows refused, and how many rows say nothing new or nothing at all."""

    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]
    unchanged: int
    empty: int


@dataclass(frozen=True, slots=True)
class _Index:
    """A catalogue by what a row may know of it beside its text."""

    catalog: Catalog
    by_id: Mapping[str, Entry]
    by_old: Mapping[Key, Entry]
    vanished: frozenset[Key]


def plan(sheet: Sheet, catalog: Catalog, file: str) -> Plan:
    """Compare a sheet with the catalogue as it is now; nothing is written.

    A row counts as edited where it differs from what was exported (its `base`), else from the catalogue. An
    edit of a text whose translation was changed in the catalogue meanwhile is a conflict and refused.
    """
    index = _index(catalog)
    times = Counter(row.key for row in sheet.rows)
    found = [_twice(row, file) if times[row.key] > 1 else _judged(row, index, file) for row in sheet.rows]
    refused = [each for each in found if isinstance(each, Problem)]
    return Plan(
        changes=tuple(each for each in found if isinstance(each, Change)),
        problems=tuple(sorted([*sheet.problems, *refused], key=lambda problem: problem.where)),
        unchanged=sum(each is None for each in found),
        empty=sum(isinstance(each, str) for each in found),
    )


def apply(plan: Plan, path: Path, shown: str) -> int:
    """Write the changes into the catalogue's file, all else as it stands; returns how many."""
    edits = {change.entry.key: partial(retranslate, text=change.text, fuzzy=change.fuzzy) for change in plan.changes}
    return edit_entries(path, shown, edits) if edits else 0


def _index(catalog: Catalog) -> _Index:
    entries = list(catalog.entries.values())
    return _Index(
        catalog,
        {name: entry for entry in entries for name in ids_of(entry)},
        {entry.previous: entry for entry in entries if entry.previous},
        frozenset(entry.key for entry in catalog.obsolete),
    )


def _judged(row: Row, index: _Index, file: str) -> Change | Problem | str | None:
    """Return what becomes of a row: a change, a problem, "" for a row without a translation, None for no edit."""
    entry = index.catalog.entries.get(row.key)
    if entry is None or entry.plural:
        return Problem(Where(file, row.line), *_unknown(row, index))
    text = _tidy(row.text, entry)
    before = row.base or mark(entry.text, entry.fuzzy)
    fuzzy = _fuzzy(row, text, before)
    if fuzzy is None or (text, fuzzy) == (entry.text, entry.fuzzy):
        return None
    if text in ("", NOTHING):
        return ""
    wrong = next(_wrong(entry, text, before), None)
    return Problem(Where(file, row.line), *wrong) if wrong else Change(row.line, entry, text, fuzzy)


def _tidy(text: str, entry: Entry) -> str:
    """Return a text as catalogues have it: composed letters, line feeds. One that only differs so is no edit."""
    if text == entry.text:
        return text
    clean = text if "\r" in entry.msgid + entry.text else text.replace("\r\n", "\n")
    clean = unicodedata.normalize("NFC", clean)
    return entry.text if clean == unicodedata.normalize("NFC", entry.text) else clean


def _fuzzy(row: Row, text: str, before: str) -> bool | None:
    """Tell whether a row's text still needs a check; None where nobody edited it.

    A new text counts as checked, unless its state was set to fuzzy as well; the same text changes its
    state with the state of the row, so that a translator can confirm it.
    """
    was, says = marked_fuzzy(before), row.state is State.FUZZY
    edited = before[1:] not in (mark(text, fuzzy=False)[1:], mark(row.text, fuzzy=False)[1:])
    if edited:
        return says and not was
    silent = row.state in (None, State.MISSING)
    return None if silent or says == was else says


def _wrong(entry: Entry, text: str, before: str) -> Iterator[tuple[str, str]]:
    """Yield why an edited text cannot be merged, with the id of the check."""
    if before != mark(entry.text, entry.fuzzy):
        now = f"'{_short(entry.text)}'" if entry.text else "nothing"
        yield f"the catalogue's translation has changed since the export, it is now {now}; decide by hand", "conflict"
    # Control characters that a catalogue can spell are a matter of the German text.
    if wrong := forbidden(spelt(text)):
        yield f"the character U+{ord(wrong):04X} cannot stand in a catalogue; remove it", "control-character"
    for fault in faults(entry.msgid, text):
        yield fault.text, fault.check


def _unknown(row: Row, index: _Index) -> tuple[str, str]:
    """Say why a row belongs to no entry: its German changed, vanished, or never was there."""
    now = next((index.by_id[name] for name in row.ids if name in index.by_id), index.by_old.get(row.key))
    if now:
        text = f"the German text has changed since the export, it is now '{_short(now.msgid)}'; export it again"
        return text, "stale-source"
    if row.key in index.vanished:
        return f"the form does not ask for '{_short(row.german)}' any more", "stale-source"
    text = f"'{_short(row.german)}' is no German text of this catalogue"
    return f"{text}{f' in the context {row.context!r}' if row.context else ''}", "unknown-source"


def _twice(row: Row, file: str) -> Problem:
    text = f"'{_short(row.german)}' stands in several rows of this file; keep one"
    return Problem(Where(file, row.line), text, "duplicate-entry")


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
