"""The entries of a .po file in its usual layout, found a whole entry at a time.

The strict reader in `po_syntax` goes line by line and can say what is wrong where. Nearly every file is in
the layout that gettext, Poedit, Weblate and we write, which one expression recognises; for anything else
this gives up and the strict reader decides. A test holds the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from formkit.i18n.po_syntax import MAX_ENTRIES, MAX_ENTRY_BYTES, Block

_STRING = r'"[^"\\\n]*+(?:\\[\\"nrtbfv][^"\\\n]*+)*+"'
_CONTINUED = rf"{_STRING}(?:\n{_STRING})*+"
_ENTRY = re.compile(
    r"((?:#(?: [^\n]*|[.:,] [^\n ][^\n]*|)\n)*+)"
    rf"((?:#\| (?:msgctxt|msgid) {_CONTINUED}\n)*+)"
    rf"(?:msgctxt {_CONTINUED}\n)?+msgid {_CONTINUED}\n(msgstr {_CONTINUED})"
)


def fast_scan(lines: Sequence[str]) -> tuple[Block, ...] | None:
    """Return the entries of a file, or None where it is in any way unusual."""
    blocks = []
    number = 1
    for chunk in "\n".join(lines).rstrip("\n").split("\n\n"):
        match = _ENTRY.fullmatch(chunk)
        if match is None or len(chunk) > MAX_ENTRY_BYTES // 4:
            return None
        own = tuple(chunk.split("\n"))
        first = match[1].count("\n") + match[2].count("\n")
        text = chunk.count("\n", 0, match.start(3))
        comments = tuple(line[2:] for line in own[:first] if line[:2] in ("# ", "#"))
        blocks.append(Block(number + first, number + text, False, comments, chunk, own))
        number += len(own) + 1
    return tuple(blocks) if len(blocks) <= MAX_ENTRIES else None
