"""Text of both directions: which level each character has, and the order in which a line is drawn.

The levels come from libfribidi (Unicode Standard Annex 9), which Pango needs and so is there already.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import re
from collections.abc import Sequence
from functools import cache, lru_cache

from formkit.errors import FormkitError

# Blocks that hold characters of the classes R, AL and AN, and the controls that open a right-to-left part.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\u2068\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# FRIBIDI_PAR_ON of fribidi-bidi-types.h: the first strong character decides (rules P2 and P3).
_FIRST_STRONG = 0x40
_RTL_BIT = 1
_SONAME = "libfribidi.so.0"


def levels(text: str) -> bytes:
    """Return the embedding level of each character of one paragraph; odd ones run from right to left.

    The first strong character decides the direction of the paragraph, left to right where there is none.
    Raises FormkitError where libfribidi is missing and the text has right-to-left characters.
    """
    return _levels(text)[0]


def is_rtl(text: str) -> bool:
    """Tell whether a paragraph runs from right to left; raises as `levels` does."""
    return _levels(text)[1]


def visual_order(given: Sequence[int]) -> list[int]:
    """Return the places of a line's parts from left to right (rule L2).

    Takes the level of each part in reading order. Each run of a level and above is turned, from the highest
    level down to the lowest odd one.
    """
    order = list(range(len(given)))
    odd = [level for level in given if level & 1]
    if not odd:
        return order
    for level in range(max(given), min(odd) - 1, -1):
        _turn_runs(order, [given[place] >= level for place in order])
    return order


def _turn_runs(order: list[int], wanted: list[bool]) -> None:
    start = 0
    while start < len(order):
        if not wanted[start]:
            start += 1
            continue
        end = start
        while end < len(order) and wanted[end]:
            end += 1
        order[start:end] = order[start:end][::-1]
        start = end


@lru_cache(maxsize=20_000)
def _levels(text: str) -> tuple[bytes, bool]:
    if not _RIGHT_TO_LEFT.search(text):
        return bytes(len(text)), False
    library = _library()
    size = len(text)
    points = (ctypes.c_uint32 * size).from_buffer_copy(text.encode("utf-32-le", "surrogatepass"))
    types, brackets = (ctypes.c_uint32 * size)(), (ctypes.c_uint32 * size)()
    found = (ctypes.c_int8 * size)()
    base = ctypes.c_uint32(_FIRST_STRONG)
    library.fribidi_get_bidi_types(points, size, types)
    library.fribidi_get_bracket_types(points, size, types, brackets)
    if not library.fribidi_get_par_embedding_levels_ex(types, brackets, size, ctypes.byref(base), found):
        raise FormkitError("libfribidi ran out of memory")
    return bytes(found), bool(base.value & _RTL_BIT)


@cache
def _library() -> ctypes.CDLL:
    for name in (_SONAME, ctypes.util.find_library("fribidi")):
        try:
            if name:
                return ctypes.CDLL(name)
        except OSError:
            continue
    raise FormkitError(
        f"{_SONAME} is missing: without it no text that runs from right to left can be drawn",
        advice="Install the Debian package libfribidi0.",
    )
