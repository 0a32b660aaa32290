"""Compiled catalogues (.mo) for programs that read GNU gettext: what a page may show, and nothing else.

Source of the format: GNU gettext manual, "The Format of GNU MO Files".
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from formkit.i18n.catalog import Catalog

_MAGIC = 0x950412DE
_HEADER_BYTES = 28
# Ours, whatever the catalogue says of itself.
_ENCODING = "text/plain; charset=UTF-8"
_DROPPED = frozenset({"POT-Creation-Date", "PO-Revision-Date"})


def compiled(catalog: Catalog) -> bytes:
    """Return the usable translations of a catalogue as an MO file, always the same for the same input."""
    texts = {
        f"{context}\x04{msgid}" if context else msgid: text
        for context, msgid in catalog.entries
        if (text := catalog.usable(context, msgid)) is not None
    }
    # gettext looks texts up by halving, so they are sorted by their bytes.
    pairs = sorted((key.encode(), text.encode()) for key, text in {"": _header(catalog), **texts}.items())
    return _packed([key for key, _ in pairs], [text for _, text in pairs])


def is_compiled(data: bytes) -> bool:
    """Tell whether a file begins as an MO file does, in either byte order."""
    return data[:4] in (struct.pack("<I", _MAGIC), struct.pack(">I", _MAGIC))


def _header(catalog: Catalog) -> str:
    language = catalog.language
    ours = {"Language": language.folder, "Content-Type": _ENCODING, "Plural-Forms": f"{language.plural};"}
    fields = {name: value for name, value in catalog.header.items() if name not in _DROPPED} | ours
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def _packed(keys: Sequence[bytes], texts: Sequence[bytes]) -> bytes:
    """Lay out the file: head, table of keys, table of texts, then the strings, each ended by NUL."""
    count = len(keys)
    place = _HEADER_BYTES + 16 * count
    tables = bytearray()
    for string in (*keys, *texts):
        tables += struct.pack("<II", len(string), place)
        place += len(string) + 1
    # No hash table: its size is 0 and it would stand behind the two tables.
    head = struct.pack("<7I", _MAGIC, 0, count, _HEADER_BYTES, _HEADER_BYTES + 8 * count, 0, _HEADER_BYTES + 16 * count)
    return head + bytes(tables) + b"".join(string + b"\0" for string in (*keys, *texts))
