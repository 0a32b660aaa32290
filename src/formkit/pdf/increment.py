"""Incremental updates: changed objects behind the old bytes, which stay as they were signed (ISO 32000-2, 7.5.6).

qpdf, and so pikepdf, always writes files anew; that is why this is written here.
"""

from __future__ import annotations

import re
import secrets
import zlib
from collections.abc import Mapping
from itertools import groupby

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from formkit.errors import UnreadablePdf

Snapshot = dict[tuple[int, int], bytes]
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_FIELD_WIDTHS = (1, 8, 2)


def snapshot(pdf: Pdf) -> Snapshot:
    """Return every object of a file as bytes, to see later which have changed.

    Raises UnreadablePdf for an encrypted file: its objects could not be appended readably.
    """
    if pdf.is_encrypted:
        raise UnreadablePdf("nothing can be appended to an encrypted file", advice="Fill in a copy without encryption.")
    return {each.objgen: each.unparse(resolved=True) for each in pdf.objects if each.objgen[0]}


def increment(data: bytes, pdf: Pdf, before: Snapshot) -> bytes:
    """Return a file with the changes of an open one appended.

    Takes its bytes, the file as it is now and what `snapshot` gave before the changes. The cross-reference is
    a table or a stream as in the file itself. Raises UnreadablePdf where the file's own cannot be found.
    """
    changed = {
        each.objgen: _written(each)
        for each in pdf.objects
        if each.objgen[0] and before.get(each.objgen) != each.unparse(resolved=True)
    }
    previous = _previous(data)
    body = bytearray(data if data.endswith((b"\n", b"\r")) else data + b"\n")
    places: dict[int, tuple[int, int]] = {}
    for (number, generation), written in sorted(changed.items()):
        places[number] = (len(body), generation)
        body += b"%d %d obj\n%s\nendobj\n" % (number, generation, written)
    trailer = _trailer(pdf, previous, max([*places, *(number for number, _ in before)], default=0) + 1)
    start = len(body)
    body += _table(places, trailer) if data[previous:].startswith(b"xref") else _stream(places, trailer, start)
    body += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(body)


def _previous(data: bytes) -> int:
    found = _START.findall(data)
    place = int(found[-1]) if found else -1
    if not 0 < place < len(data) or not re.match(rb"xref|\d+\s+\d+\s+obj", data[place : place + 40]):
        raise UnreadablePdf(
            "the file's table of objects is damaged, and nothing can be appended to it",
            advice="Open it in a viewer, save it anew, and try that file.",
        )
    return place


def _written(each: Object) -> bytes:
    if not isinstance(each, Stream):
        return each.unparse(resolved=True)
    raw = each.read_raw_bytes()
    head = Dictionary({key: value for key, value in each.stream_dict.items() if key != "/Length"})
    head.Length = len(raw)
    return head.unparse(resolved=True) + b"\nstream\n" + raw + b"\nendstream"


def _trailer(pdf: Pdf, previous: int, size: int) -> Dictionary:
    trailer = Dictionary({key: pdf.trailer[key] for key in ("/Root", "/Info") if key in pdf.trailer})
    trailer.Size = size
    trailer.Prev = previous
    known = pdf.trailer.get("/ID")
    if isinstance(known, Array) and len(known) == 2:
        # The second half changes with every version of a file (ISO 32000-2, 14.4).
        trailer.ID = Array([known[0], String(secrets.token_bytes(16).decode("latin-1"))])
    return trailer


def _sections(places: Mapping[int, tuple[int, int]]) -> list[list[int]]:
    runs = groupby(enumerate(sorted(places)), key=lambda pair: pair[1] - pair[0])
    return [[number for _, number in run] for _, run in runs]


def _table(places: Mapping[int, tuple[int, int]], trailer: Dictionary) -> bytes:
    parts = [b"xref\n"]
    for section in _sections(places):
        parts.append(b"%d %d\n" % (section[0], len(section)))
        parts.extend(b"%010d %05d n \n" % places[number] for number in section)
    return b"".join(parts) + b"trailer\n" + trailer.unparse() + b"\n"


def _stream(places: Mapping[int, tuple[int, int]], trailer: Dictionary, start: int) -> bytes:
    number = int(trailer.Size)
    trailer.Size = number + 1
    entries = {**places, number: (start, 0)}
    rows = [
        b"".join(part.to_bytes(width, "big") for part, width in zip((1, *entries[each]), _FIELD_WIDTHS, strict=True))
        for each in sorted(entries)
    ]
    packed = zlib.compress(b"".join(rows))
    trailer.Type = Name.XRef
    trailer.W = Array(list(_FIELD_WIDTHS))
    trailer.Index = Array([part for run in _sections(entries) for part in (run[0], len(run))])
    trailer.Filter = Name.FlateDecode
    trailer.Length = len(packed)
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, trailer.unparse(), packed)
