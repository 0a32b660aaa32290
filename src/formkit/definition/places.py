"""Where everything stands: the numbers, letters and paths of a form, given once and the same everywhere.

Section.question and a letter for the parts of a question (2.3a). Numbers come from the definition, so they
never shift with answers; rows of a repeat, parts of the office and letters never enter them.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from formkit.definition.model import Form, Group, Repeat, Section
from formkit.definition.yaml import DataPath
from formkit.expressions import Expression
from formkit.fields import Field
from formkit.texts import Msg
from formkit.widgets import Widget


@dataclass(frozen=True, slots=True)
class Part:
    """A field at its place: its path in answers, its number in print, its place in the file."""

    field: Field
    path: str
    letter: str
    number: str
    data: DataPath

    @property
    def widgets(self) -> tuple[Widget, ...]:
        """Return what can be filled in here."""
        return self.field.widgets(self.path)

    def in_row(self, question: Question, row: int) -> Part:
        """Return the field as it stands in a row of its repeated question, counted from 0."""
        return replace(self, path=f"{question.repeat_path}.{row}.{self.field.id}")


@dataclass(frozen=True, slots=True)
class Question:
    """What stands under one number."""

    number: str
    label: Msg | None
    help: Msg | None
    when: Expression | None
    hint: Msg | None
    repeat: Repeat | None
    repeat_path: str
    cards: bool
    new_page: bool
    parts: tuple[Part, ...]
    data: DataPath


@dataclass(frozen=True, slots=True)
class SectionPlace:
    """A section with its number and its numbered questions."""

    section: Section
    number: str
    questions: tuple[Question, ...]
    data: DataPath


def places(form: Form) -> tuple[SectionPlace, ...]:
    """Return all sections of a form with their numbered questions, in order."""
    found = []
    count = 0
    for index, section in enumerate(form.sections):
        counted = section.role != "office" and section.layout != "letter"
        count += counted
        number = str(count) if counted else ""
        data: DataPath = ("sections", index)
        found.append(SectionPlace(section, number, tuple(_questions(section, number, data)), data))
    return tuple(found)


def parts(form: Form) -> Iterator[Part]:
    """Yield every field of a form at its place, in order."""
    return parts_of(places(form))


def parts_of(placed: Iterable[SectionPlace]) -> Iterator[Part]:
    """Yield every field of placed sections, in order."""
    for section in placed:
        for question in section.questions:
            yield from question.parts


def _questions(section: Section, number: str, data: DataPath) -> Iterator[Question]:
    if section.repeat is not None:
        yield _repeated_section(section, number, data)
        return
    count = 0
    for index, item in enumerate(section.questions):
        place = (*data, "questions", index)
        fields = item.fields if isinstance(item, Group) else (item,)
        asked = bool(number) and any(field.asks for field in fields)
        count += asked
        name = f"{number}.{count}" if asked else ""
        if isinstance(item, Group):
            yield _group(section, item, name, place)
        else:
            part = Part(item, f"{section.id}.{item.id}", "", name, place)
            yield Question(name, None, None, item.when, item.hint, None, "", False, item.new_page, (part,), place)


def _group(section: Section, group: Group, number: str, data: DataPath) -> Question:
    prefix = f"{section.id}.{group.id}" if group.id else section.id
    placed = tuple(_lettered(group.fields, prefix, number, (*data, "fields")))
    new_page = group.new_page or group.fields[0].new_page
    return Question(
        number,
        group.label,
        group.help,
        group.when,
        group.hint,
        group.repeat,
        prefix if group.repeat else "",
        group.layout == "cards",
        new_page,
        placed,
        data,
    )


def _repeated_section(section: Section, number: str, data: DataPath) -> Question:
    fields = tuple(item for item in section.questions if isinstance(item, Field))
    name = f"{number}.1" if number else ""
    placed = tuple(_lettered(fields, section.id, name, (*data, "questions")))
    cards = section.layout == "cards"
    return Question(name, None, None, None, None, section.repeat, section.id, cards, False, placed, data)


def _lettered(fields: tuple[Field, ...], prefix: str, number: str, data: DataPath) -> Iterator[Part]:
    asking = sum(field.asks for field in fields)
    letters = iter(string.ascii_lowercase)
    for index, field in enumerate(fields):
        letter = next(letters) if field.asks and asking > 1 else ""
        name = f"{number}{letter}" if field.asks and number else ""
        yield Part(field, f"{prefix}.{field.id}", letter, name, (*data, index))
