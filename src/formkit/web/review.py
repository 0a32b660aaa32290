"""The last page: all answers in both languages, what is missing, wrong or doubtful, papers, office, files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from formkit.answers import Finding, Needs, Slot, needs
from formkit.answers.summary import MISSING
from formkit.definition.authority import Office
from formkit.problems import Severity
from formkit.web.judging import can_be_printed, judged
from formkit.web.saying import german, said
from formkit.web.speech import Speech
from formkit.web.steps import Way
from formkit.web.typed import raw_of


@dataclass(frozen=True, slots=True)
class Line:
    """One question in both languages with its answer; `step` is the page where it can be changed."""

    number: str
    step: str
    label: Markup
    german_label: Markup
    answer: Markup | None
    german: Markup | None
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one section."""

    number: str
    title: Markup
    german_title: Markup
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Noted:
    """Something missing, wrong or doubtful, and the page where it can be answered."""

    number: str
    step: str
    label: Markup
    text: Markup


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the last page shows of one application."""

    parts: tuple[Part, ...]
    missing: tuple[Noted, ...]
    faults: tuple[Noted, ...]
    doubts: tuple[Noted, ...]
    needs: Needs
    offices: tuple[Office, ...]
    printable: bool


def review(speech: Speech, found: Way) -> Review:
    """Return what the last page shows."""
    findings = judged(speech.prepared, found.answers)
    needed = needs(speech.prepared, found.answers)
    missing = {each.path for each in findings if each.key in MISSING}

    def noted(level: Severity, absent: bool) -> tuple[Noted, ...]:
        wanted = (each for each in findings if (each.key in MISSING) is absent and (absent or each.level is level))
        return tuple(_noted(speech, found, each) for each in wanted)

    return Review(
        tuple(_parts(speech, found, missing)),
        noted(Severity.ERROR, absent=True),
        noted(Severity.ERROR, absent=False),
        noted(Severity.WARNING, absent=False),
        needed,
        needed.offices,
        can_be_printed(found.answers),
    )


def _noted(speech: Speech, found: Way, each: Finding) -> Noted:
    step = found.holding(each.path)
    return Noted(each.place.source, step.id if step else "", speech.own(each.label), speech.own(each.text))


def _parts(speech: Speech, found: Way, missing: set[str]) -> Iterator[Part]:
    paths = {*found.answers.values, *found.situation.faulty, *missing}
    lines: dict[str, list[Line]] = {}
    for path in sorted(paths, key=speech.prepared.placed.sort_key):
        slot, row = speech.prepared.placed.split(path)
        lines.setdefault(slot.section.section.id, []).append(_line(speech, found, slot, row, path))
    for section in dict.fromkeys(slot.section.section.id for slot in speech.prepared.placed.slots):
        if section in lines:
            place = next(s.section for s in speech.prepared.placed.slots if s.section.section.id == section)
            title = speech.html(place.section.title, place.section.translate)
            yield Part(place.number, title, speech.german(place.section.title), tuple(lines[section]))


def _line(speech: Speech, found: Way, slot: Slot, row: int | None, path: str) -> Line:
    label = slot.field.short or slot.label
    translate = slot.section.section.translate
    number = speech.prepared.place(slot.number, row).source
    step = found.holding(path)
    answers = found.answers
    value = answers.values.get(path)
    wrong = path in found.situation.faulty
    answer: Markup | None = None
    in_german: Markup | None = None
    if value is not None:
        answer, in_german = said(speech, slot, value), german(speech, slot, value)
    elif wrong:
        answer = in_german = Markup('<bdi class="own">{}</bdi>').format(" ".join(raw_of(slot, path, answers).values()))
    step_id = step.id if step else ""
    return Line(number, step_id, speech.html(label, translate), speech.german(label), answer, in_german, wrong)
