"""Marks of our own in a PDF: what it was made from, which form it is, in which language.

They stand in the XMP packet, which is never compressed, so they are read back without a PDF library.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

NAMESPACE = "urn:formkit:marks#"
PREFIX = "/Formkit"
_MARK = re.compile(rb"<formkit:([A-Za-z]+)>([^<>\r\n]*)</formkit:\1>")


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a PDF written here; empty for any other file."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    return {name.decode(): unescape(value.decode("ascii", "replace")) for name, value in _MARK.findall(data)}
