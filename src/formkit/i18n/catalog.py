"""Reading a catalogue: a .po file → what it says, string by string, or why it cannot be trusted.

The only importer of polib, which reads the meaning of entries whose syntax `po_syntax` has checked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polib

from formkit.i18n.languages import Language
from formkit.i18n.po_syntax import Block, scan
from formkit.i18n.po_text import read_lines, refuse
from formkit.i18n.safety import faults
from formkit.problems import Problem, Where

Key = tuple[str, str]
"""What names a string in a catalogue: msgctxt ("" for none) and msgid."""

_REVIEWED = re.compile(r"reviewed:\s*([0-9a-f]{12})")
_CHARSET = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
# Two entries of our own around those of the file. polib takes the comments of a first entry for the
# file's and loses them, and it takes the last entry with an empty msgid out of the list as the header. NUL,
# which the file itself cannot hold, makes the latter unlike any real header; besides, polib opens text
# that is the name of a file, and no name holds NUL.
_BEFORE = 'msgid "before"\nmsgstr ""\n'
_BEHIND = '\nmsgid ""\nmsgstr "\0"\n'


@dataclass(frozen=True, slots=True)
class Entry:
    """One string of a catalogue, as written.

    `text` is the msgstr ("" where there is none), `comments` are the translator's and `extracted` the
    `#.` lines, `previous` the (context, msgid) that a fuzzy entry was made for; `plural` and
    `plural_texts` belong to msgid_plural, which no form uses. `line` is where the entry's first keyword
    stands, `text_line` where the translation does.
    """

    context: str
    msgid: str
    text: str
    fuzzy: bool = False
    comments: tuple[str, ...] = ()
    extracted: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    previous: Key | None = None
    plural: str = ""
    plural_texts: tuple[str, ...] = ()
    line: int = 0
    text_line: int = 0

    @property
    def key(self) -> Key:
        """Return what names the string: context and msgid."""
        return (self.context, self.msgid)

    @property
    def reviewed(self) -> bool:
        """Tell whether a person signed off this German text with this translation, and both still stand."""
        signed = {match[1] for match in map(_REVIEWED.fullmatch, self.comments) if match}
        return not self.fuzzy and source_hash(self.context, self.msgid, self.text) in signed


@dataclass(frozen=True, slots=True)
class Catalog:
    """What a .po file says: its strings by context and msgid, its header, and faults of single strings."""

    language: Language
    path: Path
    entries: Mapping[Key, Entry]
    header: Mapping[str, str]
    header_comments: tuple[str, ...] = ()
    obsolete: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    faulty: frozenset[Key] = frozenset()

    def usable(self, context: str, msgid: str) -> str | None:
        """Return the translation of a German text if a page may show it, else None.

        It must be there, not fuzzy (that is: not made for another German text), and without a fault.
        """
        entry = self.entries.get((context, msgid))
        if entry is None or entry.fuzzy or not entry.text or entry.key in self.faulty:
            return None
        return entry.text


def source_hash(context: str, msgid: str, msgstr: str) -> str:
    """Return the hash that a review signs: it changes when the German text or the translation does."""
    # Neither separator can stand in a catalogue, so no two triples look the same.
    return hashlib.sha256(f"{context}\x04{msgid}\0{msgstr}".encode()).hexdigest()[:12]


def read_catalog(path: Path, language: Language, shown: str = "") -> Catalog:
    """Read a .po file in the given language; problems name it as `shown`, or by its path.

    Raises CatalogError with the place of everything that makes the file unusable: size, encoding, syntax,
    duplicates. Faults of single strings are `problems` of the catalogue; its plural rule is ignored,
    ours stands in the table of languages.
    """
    file = shown or str(path)
    blocks, problems = scan(read_lines(path, file), file)
    if problems:
        refuse(file, problems)
    read = _meaning(blocks, file)
    header = next((entry for entry, block in read if entry.key == ("", "") and not block.obsolete), None)
    active = [entry for entry, block in read if not block.obsolete and entry is not header]
    problems = (*_charset(header, file), *_duplicates(active, file))
    if problems:
        refuse(file, problems)
    found = [(entry.key, problem) for entry in active for problem in _faults(entry, file)]
    return Catalog(
        language=language,
        path=path,
        entries={entry.key: entry for entry in active},
        header=_fields(header) if header else {},
        header_comments=header.comments if header else (),
        obsolete=tuple(entry for entry, block in read if block.obsolete),
        problems=tuple(problem for _, problem in found),
        faulty=frozenset(key for key, _ in found),
    )


def entries_of(spelt: Sequence[Sequence[str]], comments: Sequence[tuple[str, ...]], file: str) -> list[Entry]:
    """Return what entries mean, given their lines and the comments of translators; where they stand is not said."""
    texts = ["\n".join(lines) for lines in spelt]
    read = _polib("\n".join(texts), len(texts), file)
    return [_entry(entry, remarks) for entry, remarks in zip(read, comments, strict=True)]


def _meaning(blocks: Sequence[Block], file: str) -> list[tuple[Entry, Block]]:
    """Let polib read the entries, and pair each with its place."""
    read = _polib("\n".join(line for block in blocks for line in block.lines), len(blocks), file)
    pairs = zip(read, blocks, strict=True)
    return [(_entry(entry, block.comments, block.start, block.text_start), block) for entry, block in pairs]


def _polib(text: str, count: int, file: str) -> list[polib.POEntry]:
    """Let polib read entries whose syntax has been checked; there must be as many as we know of."""
    try:
        _, *read = polib.pofile(f"{_BEFORE}{text}{_BEHIND}", encoding="utf-8")
        if len(read) != count:
            raise ValueError(f"polib finds {len(read)} of {count} entries")
    except (OSError, ValueError) as error:
        # Not reachable as far as we know: what polib refuses, our own syntax refuses before.
        refuse(file, [Problem(Where(file), f"cannot be read: {error}", "po-syntax")])
    return read


def _entry(read: polib.POEntry, comments: tuple[str, ...], line: int = 0, text_line: int = 0) -> Entry:
    previous = (read.previous_msgctxt or "", read.previous_msgid) if read.previous_msgid else None
    return Entry(
        context=read.msgctxt or "",
        msgid=read.msgid,
        text=read.msgstr,
        # gettext parts flags at blanks too.
        fuzzy=any("fuzzy" in flag.split() for flag in read.flags),
        comments=comments,
        extracted=tuple(read.comment.split("\n")) if read.comment else (),
        references=tuple(":".join(part for part in place if part) for place in read.occurrences),
        flags=tuple(flag for flag in read.flags if flag and flag != "fuzzy"),
        previous=previous,
        plural=read.msgid_plural,
        plural_texts=tuple(text for _, text in sorted(read.msgstr_plural.items())),
        line=line,
        text_line=text_line,
    )


def _fields(header: Entry) -> dict[str, str]:
    pairs = (line.partition(":") for line in header.text.split("\n") if ":" in line)
    return {name.strip(): value.strip() for name, _, value in pairs}


def _charset(header: Entry | None, file: str) -> Iterator[Problem]:
    """Refuse a file that claims another encoding than the one it was read in; no claim is none."""
    for charset in _CHARSET.findall(header.text) if header else ():
        if charset.casefold() not in ("utf-8", "utf8"):
            text = f"the header says charset={charset}; save the file as UTF-8 and write charset=UTF-8"
            yield Problem(Where(file, header.text_line if header else 0), text, "encoding")


def _duplicates(entries: Sequence[Entry], file: str) -> Iterator[Problem]:
    first: dict[Key, Entry] = {}
    for entry in entries:
        if not entry.msgid:
            text = "the msgid is empty, and the file's header stands above or has no context"
            yield Problem(Where(file, entry.line), text, "po-syntax")
        elif first.setdefault(entry.key, entry) is not entry:
            text = f"this msgid stands in line {first[entry.key].line} already; keep one of the two"
            yield Problem(Where(file, entry.line), text, "duplicate-entry")


def _faults(entry: Entry, file: str) -> Iterator[Problem]:
    if entry.text:
        for fault in faults(entry.msgid, entry.text):
            yield Problem(Where(file, entry.text_line), fault.text, fault.check)
