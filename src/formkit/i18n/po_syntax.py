"""The strict syntax of a .po file: its lines → its entries, checked before polib reads the meaning.

polib loses what it does not understand (an unterminated last string, the comments of a file without
header) and wants one spelling where GNU gettext allows several. So every line must be of a kind that both
read alike, is brought to polib's spelling, and whatever is neither is named with line and column.
Source of the format: GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from formkit.i18n.po_text import MAX_PROBLEMS
from formkit.problems import Problem, Where

MAX_ENTRIES = 5_000
MAX_ENTRY_BYTES = 20_000

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]\])?)(?![A-Za-z0-9_\[])[ \t]*")
_STRING = re.compile(r'"[^"\\]*+(?:\\[\\"nrtbfv][^"\\]*+)*+"')
_ESCAPED = frozenset('\\"nrtbfv')
_PREVIOUS = ("#|", "#~|")
_FIRST = ("msgctxt", "msgid")
_AFTER = {
    "": _FIRST,
    "msgctxt": ("msgid",),
    "msgid": ("msgid_plural", "msgstr"),
    "msgid_plural": ("msgstr[0]",),
    "msgstr": (),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One entry as it stands in the file, from its first comment to the last line of its last string.

    `start` is the line of its first keyword, `text_start` that of its first msgstr; `comments` are the
    translator's, without `# `; `raw` is the text as it stands, `lines` the same as polib wants it.
    """

    start: int
    text_start: int
    obsolete: bool
    comments: tuple[str, ...]
    raw: str
    lines: tuple[str, ...]


@dataclass(slots=True)
class _Open:
    """The entry that is being read; `keyword` is its last, `mark` the kind of its last comment."""

    start: int = 0
    text_start: int = 0
    obsolete: bool = False
    comments: list[str] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    keyword: str = ""
    mark: str = ""
    broken: bool = False

    @property
    def complete(self) -> bool:
        """Tell whether a msgstr has been read."""
        return self.keyword.startswith("msgstr")

    @property
    def following(self) -> tuple[str, ...]:
        """Return the keywords that may come next within the entry; plural forms count up from 0."""
        if self.keyword.startswith("msgstr["):
            return (f"msgstr[{int(self.keyword[7]) + 1}]",)
        return _AFTER[self.keyword]

    def closed(self) -> Block:
        """Return the entry as read."""
        raw, lines = "\n".join(self.raw), tuple(self.lines)
        return Block(self.start, self.text_start, self.obsolete, tuple(self.comments), raw, lines)


class _Malformed(Exception):
    """A line that is no PO syntax, with the column where it goes wrong."""

    def __init__(self, column: int, text: str) -> None:
        super().__init__(text)
        self.column, self.text = column, text


def scan(lines: Iterable[str], file: str) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Split the lines of a .po file into entries; comments behind the last one belong to none.

    Takes lines as `po_text.read_lines` gives them; returns the entries and what is wrong. Where there
    are problems the entries are not fit for use.
    """
    scanner = _Scanner(file)
    for number, line in enumerate(lines, 1):
        scanner.read(number, line)
        if len(scanner.problems) >= MAX_PROBLEMS:
            break
    else:
        scanner.finish()
    return tuple(scanner.blocks), tuple(scanner.problems)


class _Scanner:
    """The state between two lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.blocks: list[Block] = []
        self.problems: list[Problem] = []
        self.open = _Open()

    def read(self, number: int, line: str) -> None:
        """Read one line; what is wrong with it is noted, and reading goes on."""
        content = line.strip(" \t")
        if content in ("", "#~"):
            # Behind a mistake a blank line is the place to start afresh, or one slip brings ten findings.
            if self.open.broken:
                self.open = _Open()
            return
        indent = line.find(content)
        try:
            if content.startswith("#~") and not content.startswith("#~|"):
                text = content[2:].lstrip(" \t")
                indent += len(content) - len(text)
                self._strings(number, line, text, obsolete=True)
            elif content.startswith("#"):
                self._comment(line, content)
            else:
                self._strings(number, line, content, obsolete=False)
        except _Malformed as fault:
            if not self.open.broken:
                self._note(number, fault.text, indent + fault.column)
            self.open.broken = True

    def finish(self) -> None:
        """Close the last entry."""
        if self.open.keyword and not self.open.complete and not self.open.broken:
            self._note(self.open.start, "this entry has no msgstr")
        self._close()
        if len(self.blocks) > MAX_ENTRIES:
            self._note(0, f"the file has more than {MAX_ENTRIES} entries", check="too-large")

    def _note(self, line: int, text: str, column: int = 0, check: str = "po-syntax") -> None:
        self.problems.append(Problem(Where(self.file, line, column), text, check))

    def _comment(self, line: str, content: str) -> None:
        if self.open.complete:
            self._close()
        elif self.open.keyword:
            raise _Malformed(1, "a comment stands inside an entry; move it above the entry")
        entry = self.open
        mark = content[:3] if content.startswith("#~|") else content[:2]
        rest = content[len(mark) :].strip(" \t")
        if mark in _PREVIOUS:
            rest = self._previous(content, mark)
        elif mark not in ("#.", "#:", "#,"):
            mark, rest = "#", content[1:].removeprefix(" ")
            entry.comments.append(rest)
        entry.mark = mark
        entry.raw.append(line)
        entry.lines.append(f"{mark} {rest}" if rest else mark)

    def _previous(self, content: str, mark: str) -> str:
        """Check the old msgid that a fuzzy entry remembers, or a string that goes on from such a line."""
        text = content[len(mark) :].lstrip(" \t")
        skipped = len(content) - len(text)
        match = _KEYWORD.match(text)
        goes_on = text.startswith('"') and self.open.mark == mark
        if not goes_on and (match is None or match[1].startswith("msgstr")):
            raise _Malformed(skipped + 1, f"'{_short(text)}' is no previous msgid or msgctxt")
        start = match.end() if match else 0
        _check_string(text[start:], skipped + start)
        return f"{match[1]} {text[start:]}" if match else text

    def _strings(self, number: int, line: str, content: str, *, obsolete: bool) -> None:
        """Read a keyword with its string, or a string that goes on."""
        match = _KEYWORD.match(content)
        if match is None and not content.startswith('"'):
            text = f"'{_short(content)}' is neither a comment nor a keyword such as msgid nor a string"
            raise _Malformed(1, text)
        start = match.end() if match else 0
        _check_string(content[start:], start)
        if match:
            self._keyword(match[1], number, obsolete)
        entry = self.open
        if not entry.keyword:
            raise _Malformed(1, "a string stands without msgid or msgstr before it")
        if obsolete is not entry.obsolete:
            raise _Malformed(1, "an entry has #~ before all of its lines or before none")
        entry.raw.append(line)
        text = f"{match[1]} {content[start:]}" if match else content
        entry.lines.append(f"#~ {text}" if obsolete else text)

    def _keyword(self, keyword: str, number: int, obsolete: bool) -> None:
        if self.open.complete and keyword in _FIRST:
            self._close()
        if keyword not in self.open.following and not self.open.broken:
            if keyword not in _FIRST:
                wanted = " or ".join(self.open.following) or "the next entry"
                raise _Malformed(1, f"'{keyword}' cannot stand here, but {wanted}")
            self._note(self.open.start, "this entry has no msgstr")
            self.open = _Open()
        entry = self.open
        if not entry.keyword:
            entry.start, entry.obsolete = number, obsolete
        if keyword in ("msgstr", "msgstr[0]"):
            entry.text_start = number
        entry.keyword = keyword

    def _close(self) -> None:
        if self.open.complete and not self.open.broken:
            block = self.open.closed()
            self.blocks.append(block)
            if len(block.raw.encode()) > MAX_ENTRY_BYTES:
                self._note(block.start, f"the entry is longer than {MAX_ENTRY_BYTES} bytes", check="too-large")
        self.open = _Open()


def _check_string(text: str, before: int) -> None:
    """Raise _Malformed with the column of what is wrong, unless the text is one quoted string."""
    if _STRING.fullmatch(text):
        return
    if not text.startswith('"'):
        raise _Malformed(before + 1, "a string in double quotes is missing")
    if closed := _STRING.match(text):
        message = 'text behind the closing quote; a quote inside a string is written \\"'
        raise _Malformed(before + closed.end() + 1, message)
    for escape in re.finditer(r"\\(.?)", text):
        if escape[1] not in _ESCAPED:
            message = f"'{escape[0]}' is no escape; write the character itself, and \\\\ for a backslash"
            raise _Malformed(before + escape.start() + 1, message)
    raise _Malformed(before + len(text) + 1, "the closing quote of the string is missing")


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"
