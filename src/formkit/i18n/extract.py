"""A form's texts → what translators get: one entry a text, with its ids, roles and places."""

from __future__ import annotations

from collections.abc import Iterable

from formkit.definition.authority import Authority
from formkit.definition.messages import Text, authority_texts, texts
from formkit.definition.model import Form
from formkit.i18n.extracted import NOTHING_MEASURED, Extracted, merge
from formkit.i18n.room import Room, Rooms


def extract(form: Form, file: str, rooms: Rooms = NOTHING_MEASURED) -> tuple[Extracted, ...]:
    """Return the entries of a form's catalogue in the order of the page.

    `file` is named in references; `rooms` say how much room the texts have on paper, by their ids.
    """
    return _entries((text for text in texts(form) if text.translate and not text.msg.wordless), file, rooms)


def extract_authority(authority: Authority, file: str, rooms: Rooms = NOTHING_MEASURED) -> tuple[Extracted, ...]:
    """Return the entries of an authority's catalogue."""
    return _entries(authority_texts(authority), file, rooms)


def _entries(found: Iterable[Text], file: str, rooms: Rooms) -> tuple[Extracted, ...]:
    return merge([_entry(text, file, rooms.get(text.id)) for text in found])


def _entry(text: Text, file: str, room: Room | None) -> Extracted:
    notes = [f"role: {text.role}"]
    if text.number:
        notes.append(f"number on paper: {text.number}")
    if text.parent:
        notes.append(f"in: {text.parent}")
    if text.terms:
        notes.append("terms: " + ", ".join(text.terms))
    if text.msg.comment:
        notes.append(text.msg.comment)
    path = text.id.partition(":")[0]
    return Extracted(text.msg, (text.id,), (f"{file}#{path}",), tuple(notes), (), room)
