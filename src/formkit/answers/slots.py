"""Every answerable thing of a form in the order of the page: its path, its number, and what a box is called.

Made once for a form and kept, because each record of a batch asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as item
from functools import cached_property, lru_cache

from formkit.definition.model import Form
from formkit.definition.places import Part, Question, SectionPlace, places
from formkit.expressions import Expression
from formkit.fields import Field
from formkit.fields.computed import ComputedField
from formkit.fields.options import MAX_OTHER, Option, codes, text_name
from formkit.fields.text import TextField
from formkit.texts import Msg
from formkit.values import Value
from formkit.widgets import CheckGroup, OfficeBox, SignatureBox, Widget

MAX_FORMS = 32


@dataclass(frozen=True, slots=True)
class Chosen:
    """The option a box belongs to: the definition path of the choice, and the code."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Slot:
    """One answer that a form asks for.

    `path` is the definition path, `repeat` the path of the list it is a column of ("" outside), `number`
    the question's number in print, `conditions` all that must be true for the question to apply. `beside`
    is the option that must be chosen for it, for a box in an option's row; `other` says that this is the line
    behind such an option as "andere", which has no question of its own. `options` are those of a choice,
    `rows` those of a matrix.
    """

    path: str
    field: Field
    number: str
    repeat: str
    question: Question
    section: SectionPlace
    conditions: tuple[Expression, ...]
    beside: Chosen | None = None
    other: bool = False
    options: Mapping[str, Option] = item(default_factory=dict, repr=False)
    rows: Mapping[str, Option] = item(default_factory=dict, repr=False)

    @property
    def label(self) -> Msg:
        """Return the question, or the option whose line this is."""
        return self.field.question

    @property
    def column(self) -> str:
        """Return the path within its row, the whole path outside lists."""
        return self.path[len(self.repeat) + 1 :] if self.repeat else self.path

    def chosen(self, value: Value) -> Iterator[tuple[str, Option]]:
        """Yield the options that a value of a choice or a matrix stands for, rows of a matrix among them."""
        if not self.options:
            return
        for code in codes(value):
            row, _, column = code.rpartition(":")
            if row:
                yield row, self.rows[row]
            yield column, self.options[column]

    def at(self, row: int | None) -> str:
        """Return the value path in a row counted from 0.

        `fahrten.ziel` at 0 is `fahrten.0.ziel`; outside lists the row is None.
        """
        return self.path if row is None else f"{self.repeat}.{row}.{self.column}"


@dataclass(frozen=True, slots=True)
class Box:
    """What a widget's name stands for: a slot, the row in its list, and the part of the slot's answer."""

    slot: Slot
    row: int | None
    part: str


@dataclass(frozen=True)
class Outline:
    """The slots of a form in the order of the page, and its lists with the most rows each may have."""

    form: Form = item(repr=False)
    slots: tuple[Slot, ...] = item(repr=False)
    repeats: Mapping[str, Question] = item(repr=False)

    @cached_property
    def by_path(self) -> Mapping[str, Slot]:
        """Return the slots by definition path."""
        return {slot.path: slot for slot in self.slots}

    @cached_property
    def ranks(self) -> Mapping[str, tuple[int, int]]:
        """Return the place of each definition path on the page: that of its list's first column, and its own."""
        own = {slot.path: index for index, slot in enumerate(self.slots)}
        firsts = {repeat: own[columns[0].path] for repeat, columns in self.columns.items() if columns}
        return {slot.path: (firsts.get(slot.repeat, own[slot.path]), own[slot.path]) for slot in self.slots}

    @cached_property
    def folders(self) -> frozenset[str]:
        """Return everything that stands above an answer: sections, and the front parts of ids with a dot."""
        split = (path.split(".") for path in self.by_path)
        return frozenset(".".join(each[:length]) for each in split for length in range(1, len(each)))

    @cached_property
    def columns(self) -> Mapping[str, tuple[Slot, ...]]:
        """Return the columns of each list."""
        return {path: tuple(slot for slot in self.slots if slot.repeat == path) for path in self.repeats}

    @cached_property
    def asking(self) -> tuple[Slot, ...]:
        """Return what must be answered, in some case or in every."""
        return tuple(slot for slot in self.slots if slot.field.required or slot.field.required_when is not None)

    @cached_property
    def in_rows(self) -> frozenset[str]:
        """Return the paths of all columns of lists, computed ones among them."""
        computed = (path for path, repeat, _ in self.computed if repeat)
        return frozenset(slot.path for slot in self.slots if slot.repeat) | frozenset(computed)

    @cached_property
    def computed(self) -> tuple[tuple[str, str, ComputedField], ...]:
        """Return the computed values with path and list, each behind those it is computed from."""
        questions = (question for section in places(self.form) for question in section.questions)
        found = {
            part.path: (part.path, question.repeat_path, part.field)
            for question in questions
            for part in question.parts
            if isinstance(part.field, ComputedField)
        }
        ordered: dict[str, tuple[str, str, ComputedField]] = {}
        while left := {path: each for path, each in found.items() if path not in ordered}:
            # One of them is ready: the check of the definition has refused circles.
            ordered |= {path: each for path, each in left.items() if not each[2].value.names & set(left)}
        return tuple(ordered.values())

    @cached_property
    def _boxes(self) -> Mapping[str, tuple[Slot, str]]:
        """Return slot and part by the name of the widget in the definition, rows left out."""
        return {
            name: (slot, name[len(slot.path) + 1 :] if name != slot.path else "")
            for slot in self.slots
            for name in _parts(slot)
        }

    def sort_key(self, path: str) -> tuple[int, int, int]:
        """Return what sorts value paths as the page does: lists row by row."""
        slot, row = self.split(path)
        first, own = self.ranks[slot.path]
        return first, row or 0, own

    def most_rows(self, repeat: str) -> int:
        """Return how many rows a list may have."""
        found = self.repeats[repeat].repeat
        return found.max if found else 0

    def box(self, name: str) -> Box | None:
        """Return what the name of a widget stands for; None where the form has no such box or row."""
        if found := self._boxes.get(name):
            return Box(found[0], None, found[1]) if not found[0].repeat else None
        segments = name.split(".")
        for index, segment in enumerate(segments):
            if segment.isascii() and segment.isdigit():
                return self._in_row(".".join(segments[:index]), segment, ".".join(segments[index + 1 :]))
        return None

    def _in_row(self, repeat: str, row: str, rest: str) -> Box | None:
        found = self._boxes.get(f"{repeat}.{rest}")
        # 007 would be a second name of row 7.
        if found is None or found[0].repeat != repeat or len(row) > 4 or row != str(int(row)):
            return None
        return Box(found[0], int(row), found[1]) if int(row) < self.most_rows(repeat) else None

    def split(self, path: str) -> tuple[Slot, int | None]:
        """Return slot and row of a value path; raises KeyError where the form has no such answer."""
        if path in self.by_path:
            return self.by_path[path], None
        for repeat in self.repeats:
            row, _, rest = path.removeprefix(f"{repeat}.").partition(".")
            if path.startswith(f"{repeat}.") and row.isdigit():
                return self.by_path[f"{repeat}.{rest}"], int(row)
        raise KeyError(path)


class _Same:
    """A form as the key of a cache: itself and no equal one, because comparing whole forms takes longer."""

    def __init__(self, form: Form) -> None:
        self.form = form

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.form is self.form

    def __hash__(self) -> int:
        return id(self.form)


def outline(form: Form) -> Outline:
    """Return the answerable things of a form; made once for each form that is held in memory."""
    return _outline(_Same(form))


@lru_cache(maxsize=MAX_FORMS)
def _outline(key: _Same) -> Outline:
    placed = places(key.form)
    questions = [question for section in placed for question in section.questions]
    repeats = {question.repeat_path: question for question in questions if question.repeat}
    slots = (
        slot
        for section in placed
        for question in section.questions
        for part in question.parts
        for slot in _slots(part, question, section)
    )
    return Outline(key.form, tuple(slots), repeats)


def _slots(part: Part, question: Question, section: SectionPlace) -> Iterator[Slot]:
    if not any(not isinstance(widget, SignatureBox | OfficeBox) for widget in part.field.widgets(part.path)):
        return
    found = (section.section.when, question.when, part.field.when)
    # The question of a single field repeats the field's own condition.
    conditions = tuple({when.source: when for when in found if when is not None}.values())
    common = (part.number, question.repeat_path, question, section, conditions)
    options: Mapping[str, Option] = getattr(part.field, "options", {})
    rows: Mapping[str, Option] = getattr(part.field, "rows", {})
    yield Slot(part.path, part.field, *common, _beside(part, question), False, options, rows)
    for code, option in options.items():
        if option.text:
            # The label has been read and checked with the option.
            line = TextField.model_construct(id="text", type="text", label=option.label, max_length=MAX_OTHER)
            yield Slot(text_name(part.path, code), line, *common, Chosen(part.path, code), other=True)


def _beside(part: Part, question: Question) -> Chosen | None:
    """Return the option in whose row a box stands."""
    code = part.field.beside
    if code is None:
        return None
    before = question.parts[: question.parts.index(part)]
    choices = [each.path for each in before if code in getattr(each.field, "options", {})]
    return Chosen(choices[-1], code) if choices else None


def _parts(slot: Slot) -> Iterator[str]:
    """Yield the names of the boxes of a slot itself, without the lines of its options."""
    for widget in slot.field.widgets(slot.path):
        yield from _names(widget)


def _names(widget: Widget) -> Iterator[str]:
    if isinstance(widget, CheckGroup):
        yield from (f"{widget.name}.{option.code}" for option in widget.options)
    else:
        yield widget.name
