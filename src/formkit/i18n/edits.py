"""Edits of single entries in place: declared trivial, signed, translated elsewhere; all else stays as it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n.catalog import Entry, Key, source_hash
from formkit.i18n.old import OldCatalog, read_old, starts
from formkit.i18n.po_entry import OldEntry, Spelling
from formkit.i18n.po_text import MAX_BYTES, read_bytes, refuse
from formkit.i18n.po_write import EDITED, STALE, SUGGESTED, rewritten
from formkit.i18n.safety import faults
from formkit.problems import Problem, Where

Edit = Callable[[Entry], Entry]
_REVIEWED = "reviewed:"
_KINDS = ("#", "#.", "#:", "#,", "#|", "msgid", "msgstr")


def settle(entry: Entry) -> Entry:
    """Return an entry whose German changed only trivially: its translation holds."""
    settled = retranslate(entry, entry.text, fuzzy=False)
    return replace(settled, extracted=(*settled.extracted, f"{EDITED} declared minor"))


def retranslate(entry: Entry, text: str, *, fuzzy: bool) -> Entry:
    """Return an entry with another translation; notes of the merge on the old one go when it needs no check."""
    if fuzzy:
        return replace(entry, text=text, fuzzy=True)
    notes = tuple(note for note in entry.extracted if not note.startswith((STALE, EDITED, SUGGESTED)))
    return replace(entry, text=text, fuzzy=False, previous=None, extracted=notes)


def sign(entry: Entry) -> Entry:
    """Return an entry with the mark of a review for its texts as they are."""
    remarks = [remark for remark in entry.comments if not remark.startswith(_REVIEWED)]
    signature = f"{_REVIEWED} {source_hash(entry.context, entry.msgid, entry.text)}"
    return replace(entry, comments=(*remarks, signature))


def ready(entry: Entry) -> bool:
    """Tell whether an entry can be signed: translated, not marked for checking, without a fault."""
    return bool(entry.text) and not entry.fuzzy and not any(faults(entry.msgid, entry.text))


def settle_ids(path: Path, shown: str, ids: frozenset[str]) -> int:
    """Settle the entries of these ids that wait for a check; returns how many."""
    return _edit(path, shown, lambda old: bool(ids & set(old.head.ids)), lambda entry: settle if entry.fuzzy else None)


def sign_all(path: Path, shown: str) -> int:
    """Sign every entry that is ready and not signed yet; returns how many."""
    unsigned = lambda entry: sign if ready(entry) and not entry.reviewed else None  # noqa: E731
    return _edit(path, shown, lambda old: old.translated, unsigned)


def edit_entries(path: Path, shown: str, edits: Mapping[Key, Edit]) -> int:
    """Edit the entries of these keys; returns how many changed. Entries with plural forms are left alone."""
    return _edit(path, shown, lambda old: True, lambda entry: None if entry.plural else edits.get(entry.key))


def _edit(path: Path, shown: str, chosen: Callable[[OldEntry], bool], wanted: Callable[[Entry], Edit | None]) -> int:
    """Rewrite what changes in the entries chosen, keep all other characters; without a change nothing is written.

    Raises CatalogError where the file is damaged, or would be afterwards.
    """
    data = read_bytes(path, shown)
    old = read_old(data, shown)
    edited = []
    for place, entry in old.meanings(each for each in old.entries.values() if chosen(each)).items():
        edit = wanted(entry)
        changed = edit(entry) if edit else entry
        if changed != entry:
            edited.append((place, entry, changed))
    if edited:
        after = _replaced(data.decode(), edited, dict(starts(data, shown))).encode()
        _require_readable(after, shown, old)
        write_atomically(path, after)
    return len(edited)


def _replaced(text: str, edited: Sequence[tuple[OldEntry, Entry, Entry]], starts: Mapping[Spelling, int]) -> str:
    """Return the text of a file with some entries written anew, in the line ends that they had.

    `starts` says in which line the first keyword of each stands.
    """
    lines = text.split("\n")
    for place, before, after in sorted(edited, key=lambda each: starts[each[0].spelling], reverse=True):
        raw = place.raw.decode().split("\n")
        first, last = _span(lines, starts[place.spelling] - 1, raw)
        end = "\r" if lines[first].endswith("\r") else ""
        lines[first : last + 1] = [line + end for line in _respelt(raw, before, after)]
    return "\n".join(lines)


def _span(lines: Sequence[str], keyword: int, raw: Sequence[str]) -> tuple[int, int]:
    """Return the first and last line of an entry, given where its first keyword stands; blank lines may part it."""
    comments = next(place for place, line in enumerate(raw) if not line.lstrip().startswith("#"))
    above = (number for number in range(keyword, -1, -1) if lines[number].strip("\ufeff \t\r"))
    below = (number for number in range(keyword, len(lines)) if lines[number].strip(" \t\r"))
    return next(islice(above, comments, None)), next(islice(below, len(raw) - comments - 1, None))


def _respelt(raw: Sequence[str], before: Entry, after: Entry) -> list[str]:
    """Write an entry anew: kinds of lines that say the same are kept to the character."""
    old, new = _kinds(rewritten(before).split("\n")), _kinds(rewritten(after).split("\n"))
    there = _kinds(raw)
    changed = {kind for kind in _KINDS if old.get(kind) != new.get(kind)}
    # Lines in an order of their own are kept so; what is new takes the place that gettext gives it.
    if any(kind in changed and kind not in there for kind in new):
        return [line for kind in _KINDS for line in (new if kind in changed else there).get(kind, [])]
    written, lines = set(), []
    for kind, line in _labelled(raw):
        if kind not in changed:
            lines.append(line)
        elif kind not in written:
            written.add(kind)
            lines += new.get(kind, [])
    return lines


def _kinds(lines: Sequence[str]) -> dict[str, list[str]]:
    labelled = sorted(_labelled(lines), key=lambda each: _KINDS.index(each[0]))
    return {kind: [line for _, line in each] for kind, each in groupby(labelled, key=lambda each: each[0])}


def _labelled(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Return lines with their kinds: one of the comments, the names of an entry, or its translation."""
    found, kind = [], ""
    for line in lines:
        mark = line.strip()
        if mark.startswith("#"):
            kind = mark[:2] if mark[:2] in _KINDS else "#"
        elif not mark.startswith('"'):
            kind = "msgstr" if mark.startswith("msgstr") else "msgid"
        found.append((kind, line))
    return found


def _require_readable(data: bytes, shown: str, old: OldCatalog) -> None:
    """Raise CatalogError where a catalogue would be too large, or not have its entries any more."""
    if len(data) > MAX_BYTES:
        refuse(shown, [Problem(Where(shown), f"the file would have more than {MAX_BYTES} bytes", "too-large")])
    if list(read_old(data, shown).entries) != list(old.entries):
        refuse(shown, [Problem(Where(shown), "the edit would lose entries; please report this", "po-syntax")])
