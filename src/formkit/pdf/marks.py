"""Marks of our own in a PDF: what it was made from, which form it is, in which language.

They stand in the XMP packet, which is never compressed, so they are read back without a PDF library.
"""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

NAMESPACE = "urn:formkit:marks#"
PREFIX = "/Formkit"
_IDENTIFIERS = re.compile(rb"/ID \[\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_MARK = re.compile(rb"<formkit:([A-Za-z]+)>([^<>\r\n]*)</formkit:\1>")


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a PDF as it was written here; empty for any other file.

    A form that was filled in and saved is another file, with answers of a person in it: its second identifier
    is another than its first (ISO 32000-2, 14.4), or it has a further revision.
    """
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    found = _IDENTIFIERS.findall(data)
    if len(found) != 1 or found[0][0] != found[0][1]:
        return {}
    return {name.decode(): unescape(value.decode("ascii", "replace")) for name, value in _MARK.findall(data)}
