"""The entries of a .po file in its usual layout, found a whole entry at a time.

The strict reader in `po_syntax` goes line by line and can say what is wrong where. Nearly every entry is in
the layout that gettext, Poedit, Weblate and we write: two expressions recognise it, one for what stands
before the translation, which is the same in all languages and therefore looked at once, and one for the
translation. What is unusual goes to the strict reader, alone where it is complete in itself, else with the
whole file. A test holds the two against each other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from formkit.i18n.po_entry import Head, OldEntry, entry_of, head_of
from formkit.i18n.po_syntax import MAX_ENTRIES, MAX_ENTRY_BYTES, scan
from formkit.i18n.po_text import forbidden

_STRING = r'"[^"\\\n]*+(?:\\[\\"nrtbfv][^"\\\n]*+)*+"'
_CONTINUED = rf"{_STRING}(?:\n{_STRING})*+"
_HEAD = re.compile(
    # No blanks at the end of a comment, which the strict reader takes off.
    r"(?:#(?: [^\n]*|[.:,] [^\n \t][^\n]*|)(?<![ \t])\n)*+"
    rf"(?:#\| (?:msgctxt|msgid) {_STRING}\n(?:#\| {_STRING}\n)*+)*+"
    rf"(?:msgctxt {_CONTINUED}\n)?+msgid {_CONTINUED}"
)
_TEXT = re.compile(_CONTINUED.encode())
_BEGINNING = b"\nmsgstr "
# What OldEntry(…) comes to, as one function to be mapped.
_ENTRY = functools.partial(tuple.__new__, OldEntry)
# Heads of some forms of usual size; they are short texts.
_REMEMBERED = 10_000


def fast_scan(data: bytes) -> list[OldEntry] | None:
    """Return the entries of a file, or None where the strict reader must read it as a whole.

    Takes bytes that nobody has looked at, with lines ended by LF; returned entries are UTF-8 and hold no
    forbidden character. It works on all entries at once, with functions that need no step of Python for each,
    and on bytes, because most are only compared and copied.
    """
    chunks = data.rstrip(b"\n").split(b"\n\n")
    parts = [chunk.partition(_BEGINNING) for chunk in chunks]
    heads = [head(before) for before, _, _ in parts]
    translations = [translation for _, _, translation in parts]
    # The header apart, which is full of escapes; of the others each line is a string, whatever it belongs to.
    together = b"\n".join(filter(None, translations[1:]))
    if not all(_are_strings(lines) and _fit(lines) for lines in (translations[0], together)):
        return None
    found = list(map(_ENTRY, zip(heads, chunks, translations, strict=True)))
    if None in heads or not all(translations) or max(map(len, chunks)) > MAX_ENTRY_BYTES:
        return _with_unusual(found)
    return found if len(found) <= MAX_ENTRIES else None


@functools.lru_cache(_REMEMBERED)
def head(data: bytes) -> Head | None:
    """Read an entry up to its translation; None where it is unusual."""
    if not _fit(data) or _HEAD.fullmatch(text := data.decode()) is None:
        return None
    lines = tuple(text.split("\n"))
    return head_of(lines, "msgstr ", tuple([line[2:] for line in lines if line[:2] == "# " or line == "#"]))


def _with_unusual(entries: Sequence[OldEntry]) -> list[OldEntry] | None:
    """Have the unusual ones among the pieces of a file read strictly; None where one is not fit to be read alone."""
    found: list[OldEntry] = []
    for entry in entries:
        usual = entry.head is not None and entry.text and len(entry.raw) <= MAX_ENTRY_BYTES
        strict = [entry] if usual else _strictly(entry.raw)
        if strict is None:
            return None
        found += strict
    return found if len(found) <= MAX_ENTRIES else None


def _are_strings(lines: bytes) -> bool:
    """Tell whether each line is a quoted string; nothing at all is well."""
    inside = lines[1:-1].replace(b'"\n"', b"")
    if len(lines) > 1 and lines[:1] == lines[-1:] == b'"' and not any(sign in inside for sign in b'"\n\\'):
        return True
    return not lines or _TEXT.fullmatch(lines) is not None


def _fit(data: bytes) -> bool:
    """Tell whether bytes are UTF-8 without a forbidden character."""
    try:
        return not forbidden(data.replace(b"\n", b" ").decode())
    except UnicodeDecodeError:
        return False


def _strictly(chunk: bytes) -> list[OldEntry] | None:
    """Have a piece of a file read; None where it has a fault or is not whole entries."""
    if not _fit(chunk):
        return None
    lines = chunk.decode().split("\n")
    blocks, problems = scan(lines, "")
    taken = sum(block.raw.count("\n") + 1 for block in blocks)
    if problems or taken != sum(bool(line.strip(" \t")) for line in lines):
        return None
    return [entry_of(block) for block in blocks]
