"""Marks of our own in a PDF: what it was made from, which form it is, in which language.

They stand in the XMP packet, which is never compressed, so they are read back without a PDF library. A seal, the
hash of the file with zeros in its place, says that nobody has changed the file since: a form that was filled in
and saved is another file, with answers of a person in it.
"""

from __future__ import annotations

import hashlib
import re
from html import unescape
from pathlib import Path

NAMESPACE = "urn:formkit:marks#"
PREFIX = "/Formkit"
SEAL = "Seal"
_ZEROS = "0" * 64
UNSEALED = f"<formkit:{SEAL}>{_ZEROS}</formkit:{SEAL}>"
_MARK = re.compile(rb"<formkit:([A-Za-z]+)>([^<>\r\n]*)</formkit:\1>")


def sealed(data: bytes) -> bytes:
    """Return a file with the hash of itself in its packet; the same input gives the same bytes."""
    seal = hashlib.sha256(data).hexdigest()
    return data.replace(UNSEALED.encode(), UNSEALED.replace(_ZEROS, seal).encode(), 1)


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a PDF as it was written here; empty for any other file, and for one that was changed."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    marks = {name.decode(): unescape(value.decode("ascii", "replace")) for name, value in _MARK.findall(data)}
    seal = marks.pop(SEAL, "")
    # A mark that stands there twice is one too many: the second revision of a file repeats its packet.
    return marks if len(seal) == len(_ZEROS) and sealed(_unsealed(data, seal)) == data else {}


def _unsealed(data: bytes, seal: str) -> bytes:
    return data.replace(UNSEALED.replace(_ZEROS, seal).encode(), UNSEALED.encode(), 1)
