"""What answers call for: papers and further forms, the office that takes the form, and what is closed and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formkit.answers.model import Answers
from formkit.answers.prepared import Prepared
from formkit.answers.situation import Situation
from formkit.answers.slots import Slot
from formkit.definition.authority import Office
from formkit.expressions import simple_options
from formkit.fields.attachment import ATTACHED, AttachmentField
from formkit.texts import Bilingual
from formkit.values import PartialDate
from formkit.words import SEVERAL_OFFICES, UNKNOWN_OFFICE


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper that the answers call for.

    `reason` says in which case it is needed (None: always), `attached` that it is there, `until` when it will
    follow; `required` papers must come.
    """

    path: str
    number: str
    label: Bilingual
    reason: Bilingual | None
    required: bool
    attached: bool
    until: PartialDate | None

    @property
    def missing(self) -> bool:
        """Tell whether it is neither there nor promised."""
        return not self.attached and self.until is None


@dataclass(frozen=True, slots=True)
class Closed:
    """An option that is not open to this person, and why; `chosen` says that it was ticked all the same."""

    path: str
    place: Bilingual
    code: str
    label: Bilingual
    reason: Bilingual
    chosen: bool


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything answers call for.

    `annexes` are the ids of further forms, in the order of the definition; `topics` are why an office is
    responsible, `offices` which ones, `advice` what to do where it is not one.
    """

    attachments: tuple[Attachment, ...]
    annexes: tuple[str, ...]
    topics: tuple[Bilingual, ...]
    offices: tuple[Office, ...]
    advice: Bilingual | None
    closed: tuple[Closed, ...]


def needs(prepared: Prepared, answers: Answers) -> Needs:
    """Return what answers call for; what hangs on a question nobody has answered yet is left out."""
    situation = prepared.situation(answers)
    topics, offices = _responsible(prepared, situation)
    advice = None
    if len(offices) != 1:
        advice = prepared.voice.say(SEVERAL_OFFICES if offices else UNKNOWN_OFFICE)
    return Needs(
        attachments=tuple(_attachments(prepared, situation)),
        annexes=tuple(_annexes(prepared, situation)),
        topics=tuple(prepared.voice.say(prepared.localized.form.offices[name].label) for name in topics),
        offices=offices,
        advice=advice,
        closed=tuple(_closed(prepared, situation)),
    )


def _attachments(prepared: Prepared, situation: Situation) -> Iterator[Attachment]:
    for slot in situation.placed.slots:
        field = slot.field
        if not isinstance(field, AttachmentField) or slot.repeat or situation.applies(slot) is not True:
            continue
        value = situation.answers.values.get(slot.path)
        attached = isinstance(value, tuple) and value[0] == ATTACHED
        until = PartialDate.parse(value[1]) if isinstance(value, tuple) and not attached else None
        label = prepared.voice.say(field.label, translate=slot.section.section.translate)
        must = field.required or (
            field.required_when is not None and situation.holds(field.required_when, slot.repeat) is True
        )
        yield Attachment(slot.path, slot.number, label, _reason(prepared, slot), must, attached, until)


def _annexes(prepared: Prepared, situation: Situation) -> Iterator[str]:
    for name, annex in prepared.localized.form.annexes.items():
        if annex.when is None or situation.holds(annex.when) is True:
            yield name


def _reason(prepared: Prepared, slot: Slot) -> Bilingual | None:
    """Return in which case a paper is needed: the hint that stands on paper, else the options that lead to it."""
    hint = slot.field.hint or slot.question.hint or slot.section.section.hint
    if hint is not None:
        return prepared.voice.say(hint, translate=slot.section.section.translate)
    for condition in slot.conditions:
        path, found = simple_options(condition) or ("", ())
        options = prepared.placed.by_path[path].options if path in prepared.placed.by_path else {}
        labels = [prepared.voice.say(options[code].label) for code in found if code in options]
        if labels:
            german = ", ".join(label.source for label in labels)
            targets = [label.target or label.source for label in labels]
            return Bilingual(german, ", ".join(targets) if any(label.target for label in labels) else None)
    return None


def _responsible(prepared: Prepared, situation: Situation) -> tuple[tuple[str, ...], tuple[Office, ...]]:
    """Return the topics that the answers touch, and the offices that take them."""
    form, authority = prepared.localized.form, prepared.localized.authority
    topics = tuple(
        name for name, topic in form.offices.items() if topic.when is None or situation.holds(topic.when) is True
    )
    offices = authority.offices if authority else ()
    return topics, tuple(office for office in offices if set(office.takes) & set(topics))


def _closed(prepared: Prepared, situation: Situation) -> Iterator[Closed]:
    for slot in situation.placed.slots:
        options = {code: option for code, option in slot.options.items() if option.reason is not None}
        for row in situation.rows(slot) if options and situation.applies(slot) is not False else ():
            value = situation.answers.values.get(slot.at(row))
            chosen = {code for code, _ in slot.chosen(value)} if value is not None else set()
            for code, option in options.items():
                if option.reason is not None and situation.open(option, slot, row) is False:
                    label, reason = prepared.voice.say(option.label), prepared.voice.say(option.reason)
                    place = prepared.place(slot.number, row)
                    yield Closed(slot.at(row), place, code, label, reason, code in chosen)
