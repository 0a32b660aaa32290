"""A catalogue as it stands in its file: entries by their spelling, raw text, and meaning where it is asked for.

Reading what every entry means costs more than a whole merge, so an entry is first known by the characters
between its quotes, which need no decoding to be compared; only what has changed is read by polib.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formkit.i18n.catalog import Entry, entries_of
from formkit.i18n.po_entry import OldEntry, Spelling, entry_of, spelling
from formkit.i18n.po_fast import fast_scan
from formkit.i18n.po_syntax import Block, scan
from formkit.i18n.po_text import lines_of, refuse, unix
from formkit.problems import Problem, Where

_HEADER = spelling("", "")


@dataclass(frozen=True, slots=True)
class OldCatalog:
    """All entries of a file in their order; `tail` is what stands behind the last one."""

    file: str
    header: OldEntry | None
    entries: Mapping[Spelling, OldEntry]
    obsolete: Mapping[Spelling, OldEntry]
    tail: tuple[str, ...]

    def places(self, ids: Collection[str]) -> dict[str, list[OldEntry]]:
        """Return the entries of these ids."""
        found: dict[str, list[OldEntry]] = {}
        for entry in self.entries.values():
            for name in entry.head.ids:
                if name in ids:
                    found.setdefault(name, []).append(entry)
        return found

    def meanings(self, wanted: Iterable[OldEntry]) -> dict[OldEntry, Entry]:
        """Return what entries mean, read by polib in one go."""
        unique = dict.fromkeys(wanted)
        read = entries_of([entry.lines for entry in unique], [entry.head.comments for entry in unique], self.file)
        return dict(zip(unique, read, strict=True))


def read_old(data: bytes, file: str) -> OldCatalog:
    """Read the content of a .po file; `file` is its name in problems.

    Raises CatalogError for another encoding, forbidden characters, conflicts, damaged syntax and duplicates.
    """
    found = fast_scan(unix(data))
    tail: tuple[str, ...] = ()
    if found is None:
        blocks = _strict(data, file)
        found, tail = [entry_of(block) for block in blocks], _tail(lines_of(data, file))
    active = [entry for entry in found if entry.head.keyword[0] != "#"]
    entries = {entry.head.spelling: entry for entry in active}
    if len(entries) < len(active):
        refuse(file, [next(_duplicates(data, file))])
    gone = [entry for entry in reversed(found) if entry.obsolete] if len(active) < len(found) else []
    obsolete = {entry.spelling: entry for entry in gone}
    return OldCatalog(file, entries.pop(_HEADER, None), entries, dict(reversed(obsolete.items())), tail)


def starts(data: bytes, file: str) -> Iterator[tuple[Spelling, int]]:
    """Yield the entries of a file that are not obsolete with the line of their first keyword; raises CatalogError."""
    return ((entry_of(block).spelling, block.start) for block in _strict(data, file) if not block.obsolete)


def _strict(data: bytes, file: str) -> tuple[Block, ...]:
    blocks, problems = scan(lines_of(data, file), file)
    if problems:
        refuse(file, problems)
    return blocks


def _duplicates(data: bytes, file: str) -> Iterator[Problem]:
    first: dict[Spelling, int] = {}
    for name, line in starts(data, file):
        if first.setdefault(name, line) != line:
            text = f"this msgid stands in line {first[name]} already; keep one of the two"
            yield Problem(Where(file, line), text, "duplicate-entry")


def _tail(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the comments behind the last entry."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or (lines[end - 1].startswith("#") and lines[end - 1][:2] != "#~")):
        end -= 1
    return tuple(line for line in lines[end:] if line.strip())
