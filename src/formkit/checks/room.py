"""Measuring the room of texts for translators: one layout of a form → locales/<form>.room.json, where it is stale."""

from __future__ import annotations

import datetime
import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from formkit import fonts, render
from formkit.checks.layout import SPARE_LINES, german_lines
from formkit.definition.messages import authority_texts, texts
from formkit.errors import FormkitError
from formkit.files import write_atomically
from formkit.i18n import load
from formkit.i18n.room import Measured, Room, Rooms, narrowest, read_measured, room_path, to_json
from formkit.project import Project
from formkit.render.measure import Room as Places
from formkit.render.measure import Size, measure
from formkit.texts import FORMKIT_DOMAIN, Msg, tokens
from formkit.words import WORDS

_MM = 72 / 25.4
# Wide places to 5 mm and narrow ones to 1 mm, so that small changes of a layout change no catalogue.
_STEP, _NARROW = 5, 20
# Only places narrower than this have a greatest length; nobody fills three lines of wider ones with a label.
_LIMITED = 60
# Real texts take 0.3 em a character and more in all our scripts ("لا" is the narrowest): a text of more
# characters than quarters of an em surely needs more room than there is. Which text fits, only the fonts tell.
_NARROWEST = 0.25
_TENS = 10
# What the shape of a page hangs on, beside form, profile and fonts.
_SHAPING = ("templates/**/*.j2", "templates/**/*.css", "page.py", "measure.py")


def measure_rooms(project: Project, names: Sequence[str], today: datetime.date) -> Iterator[str]:
    """Measure the rooms of forms anew that are not measured yet or not as they are now; without names of all.

    Yields what was done, a sentence for each form that was not up to date. Where no page can be laid out,
    what was measured before stays, and the sentence says so. Raises UnknownName, DefinitionError.
    """
    fonts.use(project.fonts)
    for form_id in names or project.form_ids():
        path = room_path(project.locales, form_id)
        kept, inputs = read_measured(path), _inputs(project, form_id)
        if kept and kept.inputs == inputs:
            continue
        try:
            measured = Measured(inputs, _rooms(project, form_id, today))
        except FormkitError as error:
            if error.exit_code != FormkitError.exit_code:
                raise
            still = "what was measured before stays" if kept else "templates say nothing of the room on paper"
            yield f"{project.shown(path)}: not measured: {error.message}; {still}"
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, to_json(measured).encode())
        yield f"{project.shown(path)}: {sum(map(len, measured.rooms.values()))} texts measured"


def _inputs(project: Project, form_id: str) -> str:
    """Return a hash of what the rooms are measured from."""
    folder = Path(render.__file__).parent
    paths = [project.form_path(form_id)]
    paths += [project.authority_path(project.authority)] if project.authority else []
    paths += sorted(path for pattern in _SHAPING for path in folder.glob(pattern))
    digest = hashlib.sha256(fonts.fingerprint().encode())
    for path in paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _rooms(project: Project, form_id: str, today: datetime.date) -> dict[str, Rooms]:
    """Lay a form out and return the rooms of all texts on it, by catalogue and id."""
    places = measure(project, form_id, today)
    authority = load.authority(project, project.authority)
    found = {form_id: ((text.id, text.msg) for text in texts(load.form(project, form_id)) if text.translate)}
    if authority:
        found[f"authority-{project.authority}"] = ((text.id, text.msg) for text in authority_texts(authority))
    found[FORMKIT_DOMAIN] = ((word.id, word.msg) for word in WORDS)
    rooms = {name: dict(_of_texts(named, places)) for name, named in found.items()}
    return {name: each for name, each in rooms.items() if each}


def _of_texts(named: Iterable[tuple[str, Msg]], places: Places) -> Iterator[tuple[str, Room]]:
    for id_, msg in named:
        sizes = places.get((msg.domain, msg.context, msg.text), ())
        if sizes and not msg.wordless:
            yield id_, narrowest(room_in(msg.text, size) for size in sizes)


def room_in(german: str, size: Size) -> Room:
    """Return the room of a German text's translation in one place.

    It may fill as many lines as the check `max-size` lets pass. Only a label has a greatest length: a text
    on one line in a narrow place where a word too long runs over the edge. Other texts flow, and what
    stands for a placeholder has a length of its own.
    """
    lines = german_lines(german, size)
    millimetres = size.width / _MM
    rounded = int(millimetres) if millimetres < _NARROW else int(millimetres / _STEP) * _STEP
    room = lines + SPARE_LINES
    if size.breaks or lines > 1 or millimetres >= _LIMITED or tokens(german):
        return Room(rounded, room)
    characters = room * size.width / (size.around * _NARROWEST)
    return Room(rounded, room, math.ceil(characters / _TENS) * _TENS)
