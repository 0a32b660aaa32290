"""Streams as PDF/A wants them: compressed, and never ending in a carriage return."""

from __future__ import annotations

import base64
import zlib

from pikepdf import Array, Name, Pdf, Stream

_LEVEL = 6


def packed(pdf: Pdf, data: bytes) -> Stream:
    """Make a compressed stream of some data.

    Compressed data end in a checksum, and where its last byte is a carriage return, the line feed before
    `endstream` would join it to one end of line (ISO 19005-3, 6.1.7.1): such data are armoured in ASCII85.
    """
    done = zlib.compress(data, _LEVEL)
    if not done.endswith(b"\r"):
        stream = Stream(pdf, done)
        stream.Filter = Name.FlateDecode
        return stream
    stream = Stream(pdf, base64.a85encode(done) + b"~>")
    stream.Filter = Array([Name.ASCII85Decode, Name.FlateDecode])
    return stream
