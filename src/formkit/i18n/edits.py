"""Small edits of catalogues in place: a change declared trivial, a review signed; all else stays as it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n.catalog import Entry, source_hash
from formkit.i18n.old import OldEntry, read_old
from formkit.i18n.po_text import read_lines
from formkit.i18n.po_write import EDITED, STALE, rewritten
from formkit.i18n.safety import faults

Edit = Callable[[Entry], Entry]
_REVIEWED = "reviewed:"


def settle(entry: Entry) -> Entry:
    """Return an entry whose German changed only trivially: its translation holds."""
    notes = [note for note in entry.extracted if not note.startswith((STALE, EDITED))]
    return replace(entry, fuzzy=False, previous=None, extracted=(*notes, f"{EDITED} declared minor"))


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
    return _edit(path, shown, lambda old: bool(ids & set(old.ids)), lambda entry: entry.fuzzy, settle)


def sign_all(path: Path, shown: str) -> int:
    """Sign every entry that is ready and not signed yet; returns how many."""
    return _edit(path, shown, lambda old: old.translated, lambda entry: ready(entry) and not entry.reviewed, sign)


def _edit(
    path: Path, shown: str, chosen: Callable[[OldEntry], bool], wanted: Callable[[Entry], bool], edit: Edit
) -> int:
    """Rewrite the entries chosen, keep the characters of all others; a file without any is not touched."""
    old = read_old(read_lines(path, shown), shown)
    meanings = old.meanings(entry for entry in old.entries.values() if chosen(entry))
    edited = {old.entries[key].block.raw: rewritten(edit(entry)) for key, entry in meanings.items() if wanted(entry)}
    if edited:
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
        for before, after in edited.items():
            text = text.replace(before, after, 1)
        write_atomically(path, (text.replace("\n", "\r\n") if b"\r\n" in data else text).encode())
    return len(edited)
