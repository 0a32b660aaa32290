"""A text on its way to translators: the message, and all that helps to translate it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from formkit.i18n.room import Room, Rooms, narrowest
from formkit.screen_words import SCREEN_WORDS
from formkit.texts import Msg
from formkit.words import WORDS

_WORDS_FILE = "src/formkit/words.py"
_SCREEN_WORDS_FILE = "src/formkit/screen_words.py"
NOTHING_MEASURED: Rooms = {}


@dataclass(frozen=True, slots=True)
class Extracted:
    """One entry of a .pot file: a text with every place where it stands.

    `ids` name its places (`person.vorname`), `references` say where they are defined, `notes` tell the
    translator its role, parent and place on paper, `flags` are facts for tools (`max-length:40`, without
    commas), `room` is that on paper; what follows from room and text is added when the entry is written.
    """

    msg: Msg
    ids: tuple[str, ...]
    references: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    room: Room | None = None


def merge(found: Iterable[Extracted]) -> tuple[Extracted, ...]:
    """Join entries with the same text and context, each kind of help in the order it was first seen.

    Takes entries in the order of the form and returns them so; one text has one translation, so of
    several `max-length` the smallest counts.
    """
    merged: dict[Msg, Extracted] = {}
    for each in found:
        known = merged.setdefault(each.msg, each)
        if known is not each:
            merged[each.msg] = Extracted(
                known.msg,
                _joined(known.ids, each.ids),
                _joined(known.references, each.references),
                _joined(known.notes, each.notes),
                _strictest(_joined(known.flags, each.flags)),
                narrowest(rooms) if (rooms := [room for room in (known.room, each.room) if room]) else None,
            )
    return tuple(merged.values())


def extracted_words(rooms: Rooms = NOTHING_MEASURED) -> tuple[Extracted, ...]:
    """Return the entries of formkit's own words, those of paper first; `rooms` by their ids."""
    return merge(
        Extracted(
            word.msg,
            (word.id,),
            (f"{file}#{word.name.removeprefix('screen_')}",),
            (word.msg.comment,) if word.msg.comment else (),
            room=rooms.get(word.id),
        )
        for file, listed in ((_WORDS_FILE, WORDS), (_SCREEN_WORDS_FILE, SCREEN_WORDS))
        for word in listed
    )


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _strictest(flags: tuple[str, ...]) -> tuple[str, ...]:
    lengths = sorted(int(match[1]) for flag in flags if (match := re.fullmatch(r"max-length:(\d+)", flag)))
    others = tuple(flag for flag in flags if not flag.startswith("max-length:"))
    return (*others, f"max-length:{lengths[0]}") if lengths else others
