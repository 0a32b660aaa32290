"""Spelling texts so that spreadsheets and XML carry them unharmed and unharming, and back.

Two changes, both reversible: a text that a spreadsheet could take for a formula gets an apostrophe in
front (CVE-2021-41270 and its like), and control characters that XML and cells cannot hold are written as
Office Open XML does, `_x000D_` (ECMA-376, 22.4.2.4).
"""

from __future__ import annotations

import re

_GUARDED = re.compile(r"'*[=+\-@\t\r]")
_GUARD = re.compile(r"'+[=+\-@\t\r]")
# The control characters a catalogue can hold, apart from tab and line feed.
_CONTROLS = "\b\v\f\r"
# A text that looks like such a spelling itself; the x is then spelt out, not the underscore as Excel does:
# openpyxl removes Excel's x005F from some cells and leaves it in others.
_ALIKE = re.compile(rf"_x(?=[0-9A-Fa-f]{{4}}[_{_CONTROLS}])")
_X = "_x0078_"
_SPELT = re.compile(r"_x(0078|0008|000B|000C|000D)_")
CONTROL = r"_x(?:0008|000B|000C|000D|0078)_"


def guarded(text: str) -> str:
    """Return a text as a cell holds it, harmless in every spreadsheet.

    >>> guarded("-5 Grad"), unguarded(guarded("-5 Grad"))
    ("'-5 Grad", '-5 Grad')
    """
    # Looked at before a leading CR is spelt out, so that old and new readers of a file agree.
    sign = "'" if _GUARDED.match(text) else ""
    return sign + spelt(text)


def unguarded(cell: str) -> str:
    """Return the text that a cell stands for."""
    text = unspelt(cell)
    return text[1:] if _GUARD.match(text) else text


def spelt(text: str) -> str:
    """Return a text with its control characters spelt out.

    >>> spelt("a" + chr(13)), spelt("_x000D_")
    ('a_x000D_', '__x0078_000D_')
    """
    text = _ALIKE.sub(f"_{_X}", text)
    return "".join(f"_x{ord(char):04X}_" if char in _CONTROLS else char for char in text)


def unspelt(text: str) -> str:
    """Return a text with its control characters as they are."""
    return _SPELT.sub(lambda match: chr(int(match[1], 16)), text)
