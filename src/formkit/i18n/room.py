"""How much room texts have on paper: locales/<form>.room.json, measured where a form can be laid out, read everywhere.

The file stands beside the template and is committed with it, so that every command writes the same facts on
every machine, also where no page can be laid out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formkit.errors import CatalogError

_SUFFIX = ".room.json"
_ABOUT = "Written by formkit translate extract: id of a text, width of its place in mm, lines, most characters (0: any)"


@dataclass(frozen=True, slots=True, order=True)
class Room:
    """The room of a text: the width of its narrowest place in millimetres, and how many lines may stand there.

    `characters` is the length from which it certainly does not fit, 0 where it may be of any length.
    """

    millimetres: int
    lines: int
    characters: int = 0

    @property
    def note(self) -> str:
        """Return the room in words, for translators."""
        lines = "1 line" if self.lines == 1 else f"{self.lines} lines"
        return f"room: {self.millimetres} mm, at most {lines}"

    @property
    def flags(self) -> tuple[str, ...]:
        """Return the room as flags, in Weblate's spelling."""
        return (f"max-length:{self.characters}",) if self.characters else ()


Rooms = Mapping[str, Room]
"""The room of texts by the ids of their places."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of a form: a hash of what it was measured from, and the rooms by name of the catalogue."""

    inputs: str
    rooms: Mapping[str, Rooms]


def room_path(locales: Path, form_id: str) -> Path:
    """Return where the rooms of a form's texts are kept."""
    return locales / f"{form_id}{_SUFFIX}"


def to_json(measured: Measured) -> str:
    """Write what was measured, one text a line, so that a difference shows what changed."""
    names = []
    for name, rooms in measured.rooms.items():
        rows = (
            f"{json.dumps(id_)}: [{room.millimetres}, {room.lines}, {room.characters}]" for id_, room in rooms.items()
        )
        names.append(f"  {json.dumps(name)}: {{\n    " + ",\n    ".join(rows) + "\n  }")
    head = f' "about": {json.dumps(_ABOUT)},\n "inputs": {json.dumps(measured.inputs)},\n'
    return f'{{\n{head} "rooms": {{\n' + ",\n".join(names) + "\n }\n}\n"


def from_json(text: str | bytes) -> Measured:
    """Read what `to_json` wrote; raises ValueError for anything else."""
    try:
        data = json.loads(text)
        rooms = {
            name: {id_: Room(*map(_number, row)) for id_, row in rows.items()} for name, rows in data["rooms"].items()
        }
        return Measured(str(data["inputs"]), rooms)
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("these are no rooms of texts") from error


def read_measured(path: Path) -> Measured | None:
    """Read what was measured of a form, None where nothing was; raises CatalogError for a damaged file."""
    try:
        return from_json(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        advice = "Delete it and run 'formkit translate extract', which measures anew."
        raise CatalogError(f"{path}: the rooms of texts cannot be read from it", advice=advice) from error


def rooms_of(locales: Path, name: str) -> Rooms:
    """Return the rooms of the texts of a catalogue, from the files of all forms: the narrowest counts."""
    found: dict[str, Room] = {}
    for path in sorted(locales.glob(f"*{_SUFFIX}")):
        measured = read_measured(path)
        for id_, room in measured.rooms.get(name, {}).items() if measured else ():
            found[id_] = narrowest([room, found[id_]]) if id_ in found else room
    return found


def narrowest(rooms: Iterable[Room]) -> Room:
    """Return the room of a text that stands at several places: what fits there fits everywhere."""
    found = tuple(rooms)
    return Room(*min((room.millimetres, room.lines) for room in found), min(_limits(found), default=0))


def _limits(rooms: Iterable[Room]) -> Iterator[int]:
    return (room.characters for room in rooms if room.characters)


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError("a room is made of whole numbers")
    return value
