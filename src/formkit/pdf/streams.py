"""Streams as PDF/A wants them: compressed, and never ending in a carriage return.

The line feed before `endstream` would join a carriage return at the end of a stream to one end of line, and
a reader that measures the stream by its keywords finds it one byte shorter than /Length says (ISO 19005-3,
6.1.7.1).
"""

from __future__ import annotations

import zlib

from pikepdf import Dictionary, Name, Pdf, Stream

_LEVEL = 6
# A PNG predictor over one row: the row's first byte says how it is predicted, 0 and 2 both mean "as it is".
_PREDICTOR = 15
_SAME = (b"\x00", b"\x02")


def packed(pdf: Pdf, data: bytes) -> Stream:
    """Make a compressed stream of some data."""
    stream = Stream(pdf, b"")
    pack(stream, data)
    return stream


def pack(stream: Stream, data: bytes) -> None:
    """Give a stream its data, compressed.

    Compressed data end in a checksum of what was compressed. Where its last byte is a carriage return, a byte
    more is compressed, which a predictor takes away again (ISO 32000-2, 7.4.4.4). Another filter over it
    would not last: qpdf undoes it when it saves.
    """
    done = zlib.compress(data, _LEVEL)
    if not done.endswith(b"\r"):
        stream.write(done, filter=Name.FlateDecode)
        return
    tries = (zlib.compress(tag + data, _LEVEL) for tag in _SAME)
    clear = next(each for each in tries if not each.endswith(b"\r"))
    stream.write(clear, filter=Name.FlateDecode, decode_parms=Dictionary(Predictor=_PREDICTOR, Columns=len(data)))
