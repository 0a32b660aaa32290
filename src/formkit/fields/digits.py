"""Digits of other scripts, understood as the Latin digits that forms are filled with."""

from __future__ import annotations

import unicodedata


def western(text: str) -> str:
    """Replace decimal digits of any script (٣, ۳, ३) by 0–9; everything else stays.

    >>> western("٢٠٢٦")
    '2026'
    """
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)
