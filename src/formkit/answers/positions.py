"""Where each part of a JSON text stands: line and column of keys and items, and keys that stand twice.

The standard reader says neither. This one is slower and runs only where something is wrong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from json.decoder import scanstring  # type: ignore[attr-defined]

from formkit.answers.tree import Place

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")


@dataclass(frozen=True, slots=True)
class Positions:
    """The offset of every key and item by its place, and the places of keys that repeat one before them."""

    offsets: dict[Place, int] = field(default_factory=dict)
    repeated: list[tuple[Place, int]] = field(default_factory=list)


def positions(text: str) -> Positions:
    """Return where everything stands in a text that is known to be JSON of small depth."""
    found = Positions()
    _value(text, _SPACE.match(text, 0).end(), (), found)  # type: ignore[union-attr]
    return found


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, counted from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _value(text: str, start: int, place: Place, found: Positions) -> int:
    """Read the value that starts at an offset; return the offset behind it and the space after it."""
    if place not in found.offsets:
        found.offsets[place] = start
    match text[start]:
        case "{":
            end = _members(text, start + 1, place, found)
        case "[":
            end = _items(text, start + 1, place, found)
        case '"':
            end = scanstring(text, start + 1)[1]
        case _:
            end = _SCALAR.match(text, start).end()  # type: ignore[union-attr]
    return _skip(text, end)


def _members(text: str, at: int, place: Place, found: Positions) -> int:
    at = _skip(text, at)
    seen: set[str] = set()
    while text[at] != "}":
        key, end = scanstring(text, at + 1)
        here = (*place, key)
        if key in seen:
            found.repeated.append((here, at))
        else:
            found.offsets[here] = at
        seen.add(key)
        at = _value(text, _skip(text, _skip(text, end) + 1), here, found)
        at = _skip(text, at + 1) if text[at] == "," else at
    return at + 1


def _items(text: str, at: int, place: Place, found: Positions) -> int:
    at = _skip(text, at)
    index = 0
    while text[at] != "]":
        at = _value(text, at, (*place, index), found)
        at = _skip(text, at + 1) if text[at] == "," else at
        index += 1
    return at + 1


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    assert match
    return match.end()
