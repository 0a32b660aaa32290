"""Marks of our own in a PDF's Info dictionary, read back without a PDF library: they stand there as plain bytes."""

from __future__ import annotations

import re
from pathlib import Path

_MARK = re.compile(rb"/Formkit([A-Za-z]+) \(([^()\\\r\n]*)\)")


def read_marks(path: Path) -> dict[str, str]:
    """Return the marks of a PDF written here; empty for any other file."""
    try:
        data = path.read_bytes()
    except OSError:
        return {}
    return {name.decode(): value.decode("ascii", "replace") for name, value in _MARK.findall(data)}
