"""One entry of a .po file by its spelling: what stands before the translation, and the translation.

What stands before it is the same characters in the catalogues of all languages of a form, so it is a value
of its own that is made once.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import NamedTuple

from formkit.i18n.po_syntax import Block

Spelling = str
"""Context and msgid as they stand between quotes, parted as gettext parts them in .mo files (see `spelling`)."""

_BETWEEN = "\4"

# Those that gettext and polib read alike.
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\v": "\\v", "\f": "\\f"}
_ESCAPING = str.maketrans(_ESCAPES)
_UNESCAPES = {spelt[1]: character for character, spelt in _ESCAPES.items()}
_ESCAPE = re.compile(r"\\(.)")
_TRANSLATION = re.compile(r"(?:#~ )?msgstr(?:\[0\])? ")
_NOTHING = re.compile(rb'(?:\n?(?:#~ )?(?:msgstr\[\d\] )?"")*')


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """An entry up to its translation; equal to itself only, so that it is found quickly in a dictionary.

    `lines` are spelt as polib wants them, the first `above` of them are comments; `keyword` is what the
    translation begins with (`msgstr `, `#~ msgstr `, `msgstr[0] `); `comments` are the translator's.
    """

    lines: tuple[str, ...]
    above: int
    keyword: str
    spelling: Spelling
    ids: tuple[str, ...]
    comments: tuple[str, ...]


class OldEntry(NamedTuple):
    """One entry: `raw` as it stands in the file, `text` its translation with the quotes, both in UTF-8.

    A named tuple, because a merge makes thousands and a dataclass takes three times as long.
    """

    head: Head
    raw: bytes
    text: bytes

    @property
    def spelling(self) -> Spelling:
        """Return context and msgid as they stand between quotes."""
        return self.head.spelling

    @property
    def obsolete(self) -> bool:
        """Tell whether no form asks for the entry any more."""
        return self.head.keyword[0] == "#"

    @property
    def translated(self) -> bool:
        """Tell whether there is a translation."""
        text = self.text
        return text != b'""' and (text[:2] != b'""' or _NOTHING.fullmatch(text) is None)

    @property
    def translation(self) -> str:
        """Return what the translation says; "" where there are plural forms, which no form uses."""
        if "[" in self.head.keyword:
            return ""
        text = self.text.decode()
        if "\n" in text:
            return unescaped("".join(line.removeprefix("#~ ")[1:-1] for line in text.split("\n")))
        return unescaped(text[1:-1])

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the whole entry, spelt as polib wants it."""
        return (*self.head.lines, *(self.head.keyword + self.text.decode()).split("\n"))


def entry_of(block: Block) -> OldEntry:
    """Return the entry of a block that the strict reader found."""
    first = next(place for place, line in enumerate(block.lines) if _TRANSLATION.match(line))
    text = "\n".join(block.lines[first:])
    match = _TRANSLATION.match(text)
    keyword = match[0] if match else ""
    head = head_of(block.lines[:first], keyword, block.comments)
    return OldEntry(head, block.raw.encode(), text[len(keyword) :].encode())


def head_of(lines: tuple[str, ...], keyword: str, comments: tuple[str, ...]) -> Head:
    """Return the head of an entry from its lines, in polib's spelling."""
    strings = {"msgctxt": "", "msgid": ""}
    ids = tuple([line[7:] for line in lines if line[:7] == "#. id: "])
    above = next(place for place, line in enumerate(lines) if line[0] != "#" or line[:3] == "#~ ")
    name = ""
    for line in lines[above:]:
        text = line.removeprefix("#~ ")
        if text[0] != '"':
            name, _, text = text.partition(" ")
        strings[name] = strings.get(name, "") + text[1:-1]
    name = strings["msgctxt"] + _BETWEEN + strings["msgid"]
    return Head(lines, above, keyword, name, ids, comments)


@functools.cache
def spelling(context: str, msgid: str) -> Spelling:
    """Return what names an entry, from its context and msgid.

    >>> spelling("", 'a "b"')
    '\\x04a \\\\"b\\\\"'
    """
    return escaped(context) + _BETWEEN + escaped(msgid)


def spelt(name: Spelling) -> tuple[str, str]:
    """Return context and msgid as they stand between quotes."""
    context, _, msgid = name.partition(_BETWEEN)
    return context, msgid


def escaped(text: str) -> str:
    """Return a text as it stands between quotes in a file."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return text.translate(_ESCAPING)


def unescaped(text: str) -> str:
    """Return the text that stands between quotes in a file.

    >>> unescaped(escaped('a "b"'))
    'a "b"'
    """
    return _ESCAPE.sub(lambda match: _UNESCAPES[match[1]], text) if "\\" in text else text
