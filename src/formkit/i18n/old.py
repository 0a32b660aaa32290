"""A catalogue as it stands in its file: entries by their spelling, raw text, and meaning where it is asked for.

Reading what every entry means costs more than a whole merge, so an entry is first known by the characters
between its quotes, which need no decoding to be compared; only what has changed is read by polib.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formkit.i18n.catalog import Entry, entries_of
from formkit.i18n.po_fast import fast_scan
from formkit.i18n.po_syntax import Block, scan
from formkit.i18n.po_text import refuse
from formkit.problems import Problem, Where

Spelling = tuple[str, str]
_HEADER: Spelling = ("", "")


@dataclass(frozen=True, slots=True)
class OldEntry:
    """One entry: its block, the spelling of context and msgid, its ids, whether it has a translation."""

    block: Block
    spelling: Spelling
    ids: tuple[str, ...]
    translated: bool


@dataclass(frozen=True, slots=True)
class OldCatalog:
    """All entries of a file in their order; `tail` is what stands behind the last one."""

    file: str
    header: OldEntry | None
    entries: Mapping[Spelling, OldEntry]
    obsolete: Mapping[Spelling, OldEntry]
    tail: tuple[str, ...]

    def by_id(self) -> dict[str, OldEntry]:
        """Return the translated entries by the ids of their places."""
        return {name: entry for entry in reversed([*self.entries.values()]) if entry.translated for name in entry.ids}

    def meanings(self, wanted: Iterable[OldEntry]) -> dict[Spelling, Entry]:
        """Return what entries mean, read by polib in one go."""
        unique = {(entry.spelling, entry.block.obsolete): entry for entry in wanted}
        blocks = [entry.block for entry in unique.values()]
        return dict(zip((key for key, _ in unique), entries_of(blocks, self.file), strict=True))


def read_old(lines: list[str], file: str) -> OldCatalog:
    """Read the lines of a .po file; raises CatalogError for damaged syntax and duplicates."""
    blocks = fast_scan(lines)
    if blocks is None:
        blocks, problems = scan(lines, file)
        if problems:
            refuse(file, problems)
    entries: dict[Spelling, OldEntry] = {}
    obsolete: dict[Spelling, OldEntry] = {}
    for block in blocks:
        entry = _entry(block)
        found = obsolete if block.obsolete else entries
        if entry.spelling in found and not block.obsolete:
            text = f"this msgid stands in line {found[entry.spelling].block.start} already; keep one of the two"
            refuse(file, [Problem(Where(file, block.start), text, "duplicate-entry")])
        found.setdefault(entry.spelling, entry)
    return OldCatalog(file, entries.pop(_HEADER, None), entries, obsolete, _tail(lines))


def _entry(block: Block) -> OldEntry:
    strings = {"msgctxt": "", "msgid": "", "msgstr": ""}
    ids = []
    keyword = ""
    for line in block.lines:
        text = line[3:] if block.obsolete and line.startswith("#~ ") else line
        if text[0] == "#":
            if text.startswith("#. id: "):
                ids.append(text[7:])
            continue
        if text[0] != '"':
            keyword, _, text = text.partition(" ")
            keyword = keyword.partition("[")[0]
        strings[keyword] = strings.get(keyword, "") + text[1:-1]
    return OldEntry(block, (strings["msgctxt"], strings["msgid"]), tuple(ids), bool(strings["msgstr"]))


def _tail(lines: list[str]) -> tuple[str, ...]:
    """Return the comments behind the last entry."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or (lines[end - 1].startswith("#") and lines[end - 1][:2] != "#~")):
        end -= 1
    return tuple(line for line in lines[end:] if line.strip())
