"""The files that somebody takes home: filled forms, all of them in one archive, the answers to go on with later.

Their names are made of the form's id and of numbers, never of what a person wrote.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from formkit.answers import json as answer_json
from formkit.answers.encryption import encrypted
from formkit.copies import Style
from formkit.i18n.languages import GERMAN, Language
from formkit.web.offer import Offer
from formkit.web.state import State
from formkit.web.workers import Task, Workers

PDF, ZIP, JSON, BYTES = "application/pdf", "application/zip", "application/json", "application/octet-stream"
OFFICIAL, BILINGUAL, ALL = FILLED = ("official", "bilingual", "all")
MAX_PASSPHRASE = 200
# The form's own day of 1980 in every archive: the same answers give the same bytes.
_DAY = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out."""

    name: str
    kind: str
    data: bytes = field(repr=False)


def made(offer: Offer, workers: Workers, state: State, kind: str, reader: Language) -> File:
    """Return the file of a kind, one of FILLED; raises what filling in does."""
    if kind == ALL:
        return all_filled(offer, workers, state)
    return filled(offer, workers, state, reader if kind == BILINGUAL else GERMAN)


def filled(offer: Offer, workers: Workers, state: State, language: Language, at: int | None = None) -> File:
    """Return the form of an application filled in: in German for the office, else bilingual for its reader."""
    place = state.at if at is None else at
    answers = state.people[place]
    authority = offer.authority.id if offer.authority else ""
    style = Style(language, authority, "source" if language.tag == GERMAN.tag else "interlinear")
    data = workers.make(Task(offer.project, answers, style, offer.today()))
    return File(f"{_stem(state, answers.form, place)}.{language.tag}.filled.pdf", PDF, data)


def all_filled(offer: Offer, workers: Workers, state: State) -> File:
    """Return an archive with the German form of each application."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for place in range(len(state.people)):
            each = filled(offer, workers, state, GERMAN, place)
            archive.writestr(zipfile.ZipInfo(each.name, _DAY), each.data)
    return File(f"{state.answers.form}.zip", ZIP, buffer.getvalue())


def saved(offer: Offer, state: State, passphrase: str) -> File:
    """Return the answers as a file to go on with, encrypted where there is a passphrase."""
    form = offer.form(state.answers.form)
    assert form is not None
    many = len(state.people) > 1
    data = answer_json.write_lines(form, state.people) if many else answer_json.write(form, state.people)
    name = f"{form.id}.answers.{'jsonl' if many else 'json'}"
    if passphrase:
        return File(f"{name}.enc", BYTES, encrypted(data, passphrase[:MAX_PASSPHRASE]))
    return File(name, JSON, data)


def _stem(state: State, form_id: str, place: int) -> str:
    return form_id if len(state.people) == 1 else f"{form_id}-{place + 1}"
