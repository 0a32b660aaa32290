"""Objects → bytes of a file: object streams and xref sections (ISO 32000-2, 7.5.7 and 7.5.8)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate, groupby

from pikepdf import Array, Name, Object, Pdf, Stream

# One entry of an xref section: kind, offset or number of the object stream, place in that stream.
WIDTHS = b"/W [1 5 2]"
IN_FILE, IN_STREAM = 1 << 56, 2 << 56
_FREE = 0xFFFF
_PER_STREAM = 200
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_LEVEL = 9
_CONTAINERS = (Name.ObjStm, Name.XRef)


@dataclass(frozen=True, slots=True)
class Written:
    """A file but for its last lines.

    `start` is where its xref section begins, `trailer` what every trailer says, `free` the first free number.
    """

    data: bytes
    start: int
    trailer: bytes
    free: int


def written(pdf: Pdf, absent: frozenset[int]) -> Written:
    """Write all objects of a file but some, which readers then take for null."""
    plain: dict[int, bytes] = {}
    streams: dict[int, bytes] = {}
    size = int(pdf.trailer.Size)
    for number in range(1, size):
        each = pdf.get_object(number, 0)
        if number in absent or each is None:
            continue
        if not isinstance(each, Stream):
            plain[number] = _plain(each)
        elif each.get("/Type") not in _CONTAINERS:
            streams[number] = stream_bytes(each)
    return _put_together(pdf, plain, streams, size)


def object_bytes(each: Object) -> bytes:
    """Return an object as it stands in a file."""
    return stream_bytes(each) if isinstance(each, Stream) else _plain(each)


def _plain(each: object) -> bytes:
    if isinstance(each, Object):
        return each.unparse(resolved=True)
    # Numbers come as Python's own.
    return Array([each]).unparse().strip()[1:-1].strip()


def stream_bytes(stream: Object) -> bytes:
    """Return a stream with its dictionary as it stands in a file."""
    raw = stream.read_raw_bytes()
    entries = stream.stream_dict.unparse(resolved=True).strip()[:-2]
    length = b"" if "/Length" in stream else b"/Length %d" % len(raw)
    return b"%s%s>>\nstream\n%s\nendstream" % (entries, length, raw)


def _put_together(pdf: Pdf, plain: dict[int, bytes], streams: dict[int, bytes], free: int) -> Written:
    entries: dict[int, int] = {0: _FREE}
    numbers = sorted(plain)
    for start in range(0, len(numbers), _PER_STREAM):
        packed = numbers[start : start + _PER_STREAM]
        entries |= {number: IN_STREAM | free << 16 | place for place, number in enumerate(packed)}
        streams[free] = _object_stream([(number, plain[number]) for number in packed])
        free += 1
    data = bytearray(_HEAD)
    for number, body in streams.items():
        entries[number] = IN_FILE | len(data) << 16
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    trailer, start = _trailer(pdf), len(data)
    entries[free] = IN_FILE | start << 16
    section = struct.pack(f">{len(entries)}Q", *(entries[number] for number in sorted(entries)))
    head = b"/Type/XRef/Size %d%s%s%s" % (free + 1, WIDTHS, index(sorted(entries)), trailer)
    data += b"%d 0 obj\n%s\nendobj\n" % (free, flate(head, section))
    return Written(bytes(data), start, trailer, free + 1)


def _trailer(pdf: Pdf) -> bytes:
    kept = (key for key in ("/Root", "/Info") if key in pdf.trailer)
    return b"".join(b"%s %d 0 R" % (key.encode(), pdf.trailer[key].objgen[0]) for key in kept)


def _object_stream(objects: list[tuple[int, bytes]]) -> bytes:
    offsets = accumulate((len(body) + 1 for _, body in objects), initial=0)
    head = b" ".join(b"%d %d" % (number, at) for (number, _), at in zip(objects, offsets, strict=False)) + b"\n"
    content = head + b"\n".join(body for _, body in objects) + b"\n"
    return flate(b"/Type/ObjStm/N %d/First %d" % (len(objects), len(head)), content)


def flate(entries: bytes, content: bytes) -> bytes:
    """Return a compressed stream, or a plain one where that would end in a carriage return (see `pdf.streams`)."""
    done = zlib.compress(content, _LEVEL)
    if done.endswith(b"\r"):
        return stream(entries, content)
    return stream(entries + b"/Filter/FlateDecode", done)


def stream(entries: bytes, content: bytes) -> bytes:
    """Return a stream with some entries in its dictionary."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def index(numbers: Iterable[int]) -> bytes:
    """Return /Index for sorted object numbers: the first and the count of each run."""
    runs = (list(run) for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]))
    return b"/Index [%s]" % b" ".join(b"%d %d" % (run[0][1], len(run)) for run in runs)
