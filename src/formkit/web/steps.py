"""The way through a form: which pages there are for the answers given so far, and what stands on each.

A page is a section. Up to the question that decides which office is responsible, each one has a page of its
own: what somebody answers there decides about the rest. A condition that is not decided yet hides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from formkit.answers import Answers, Slot
from formkit.answers.prepared import Prepared
from formkit.answers.situation import Situation, Truth
from formkit.definition import Form
from formkit.definition.places import Part, Question, SectionPlace, places
from formkit.expressions import UNKNOWN
from formkit.fields.computed import ComputedField
from formkit.fields.office import OfficeField
from formkit.fields.options import text_name

_LATE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One page: the section, and the questions of it that stand there."""

    id: str
    section: SectionPlace
    questions: tuple[Question, ...]

    @property
    def single(self) -> bool:
        """Tell whether the page holds one question of several of its section."""
        return self.id != self.section.section.id and len(self.questions) == 1


@dataclass(frozen=True)
class Way:
    """The pages of a form for one set of answers."""

    prepared: Prepared
    answers: Answers
    situation: Situation
    steps: tuple[Step, ...]

    @property
    def sections(self) -> tuple[SectionPlace, ...]:
        """Return the sections that have a page."""
        return tuple({step.section.section.id: step.section for step in self.steps}.values())

    def step(self, step_id: str) -> Step | None:
        """Return a page by its id, or the first page of a section."""
        named = (step for step in self.steps if step.id == step_id)
        return next(named, None) or next((s for s in self.steps if s.section.section.id == step_id), None)

    def after(self, step: Step) -> Step | None:
        """Return the page behind one, None at the end."""
        place = self.steps.index(step) + 1
        return self.steps[place] if place < len(self.steps) else None

    def before(self, step: Step) -> Step | None:
        """Return the page before one, None at the beginning."""
        place = self.steps.index(step) - 1
        return self.steps[place] if place >= 0 else None

    def holding(self, path: str) -> Step | None:
        """Return the page on which the answer of a value path, or the list of a definition path, is asked."""
        slot = slot_of(self.prepared, path)
        data = slot.question.data if slot else None
        return next((step for step in self.steps if any(each.data == data for each in step.questions)), None)

    def truth(self, part: Part, question: Question, section: SectionPlace, row: int | None = None) -> Truth:
        """Tell whether a field is meant for this person; one that was answered is shown whatever its condition says."""
        slot = self.prepared.placed.by_path.get(part.path)
        if slot is not None:
            if slot.beside is None and self._answered(slot, row):
                return True
            found = self.situation.applies(slot, row)
            return UNKNOWN if found is False and slot.beside is not None and self._may_choose(slot, row) else found
        conditions = {each for each in (section.section.when, question.when, part.field.when) if each is not None}
        truths = [self.situation.holds(each, question.repeat_path, row) for each in conditions]
        return False if False in truths else UNKNOWN if UNKNOWN in truths else True

    def _may_choose(self, slot: Slot, row: int | None) -> bool:
        """Tell whether a box in an option's row can still be needed: it opens when the option is chosen."""
        return all(self.situation.holds(each, slot.repeat, row) is not False for each in slot.conditions)

    def _answered(self, slot: Slot, row: int | None) -> bool:
        paths = [slot.at(row), *(text_name(slot.at(row), code) for code, each in slot.options.items() if each.text)]
        return any(path in self.answers.values or path in self.situation.faulty for path in paths)

    def asked(self, step: Step) -> frozenset[str]:
        """Return the value paths of what certainly must be asked on a page, outside lists."""
        return frozenset(
            part.path
            for question in step.questions
            for part in question.parts
            if not question.repeat
            and part.field.beside is None
            and part.path in self.prepared.placed.by_path
            and self.truth(part, question, step.section) is True
        )


def slot_of(prepared: Prepared, path: str) -> Slot | None:
    """Return the slot of a value path or a definition path, None where the form has none."""
    try:
        return prepared.placed.split(path)[0]
    except KeyError:
        return None


def way(prepared: Prepared, answers: Answers) -> Way:
    """Return the pages that a form has for some answers."""
    found = Way(prepared, answers, prepared.situation(answers), ())
    single = _deciding(prepared.localized.form)
    steps = (step for section in places(prepared.localized.form) for step in _steps(found, section, single))
    return replace(found, steps=tuple(steps))


def _deciding(form: Form) -> Mapping[str, int]:
    """Return by section how many of its questions stand alone: all up to the last that decides about the office."""
    names = {name for topic in form.offices.values() if topic.when for name in topic.when.names}
    found: dict[str, int] = {}
    last = 0
    for section in places(form):
        found[section.section.id] = len(section.questions)
        for place, question in enumerate(section.questions, 1):
            if any(part.path in names for part in question.parts):
                last = len(found)
                found[section.section.id] = place
    # Where the decision comes late, single pages up to there would be most of the form.
    return dict(list(found.items())[:last]) if last <= _LATE else {}


def _steps(found: Way, section: SectionPlace, single: Mapping[str, int]) -> Iterator[Step]:
    if section.section.role != "applicant":
        return
    questions = [each for each in section.questions if _shown(found, each, section)]
    name, alone = section.section.id, single.get(section.section.id, 0)
    if len(section.questions) > 1:
        for place, question in enumerate(section.questions[:alone], 1):
            if question in questions:
                questions.remove(question)
                yield Step(f"{name}-{place}", section, (question,))
    if questions:
        yield Step(name, section, tuple(questions))


def _shown(found: Way, question: Question, section: SectionPlace) -> bool:
    parts = tuple(part for part in question.parts if not isinstance(part.field, ComputedField | OfficeField))
    if question.repeat and found.situation.counts.get(question.repeat_path):
        return True
    if question.repeat:
        conditions = [each for each in (section.section.when, question.when) if each is not None]
        return bool(parts) and all(found.situation.holds(each) is not False for each in conditions)
    return any(found.truth(part, question, section) is not False for part in parts)
