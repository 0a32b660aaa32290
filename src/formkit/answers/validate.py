"""What is wrong with answers, and what is doubtful: errors for certainties only, warnings for all else.

The office decides; so an answer is never dropped, and what depends on a question nobody has answered yet raises
nothing (§ 20 Abs. 3 SGB X: an application is not refused because it looks unfounded).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formkit.answers.foreign import needs_translation
from formkit.answers.model import Answers
from formkit.answers.prepared import Prepared
from formkit.answers.saying import Facts
from formkit.answers.situation import Situation
from formkit.answers.slots import Outline, Slot
from formkit.fields.attachment import AttachmentField
from formkit.fields.confirm import ConfirmField
from formkit.fields.longtext import LongTextField
from formkit.fields.options import text_name
from formkit.fields.text import TextField
from formkit.problems import Severity
from formkit.texts import Bilingual, Msg
from formkit.values import Value
from formkit.words import ANSWER_ERRORS

OTHER_TEXT, CLOSED, NOT_APPLICABLE, TRANSLATION = "other-text", "closed-option", "not-applicable", "translation-needed"
RULE = "rule:"
_LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong or doubtful.

    `path` is the value path, `place` the question's number ("5.2a, Zeile 3"), `label` the question, `key` a key
    of `words.ANSWER_ERRORS` or `rule:` and the rule's id, `text` the sentence in German and translated. `also`
    are the paths of the other answers that a rule is about.
    """

    path: str
    place: Bilingual
    label: Bilingual
    level: Severity
    key: str
    text: Bilingual
    also: tuple[str, ...] = ()

    def as_row(self) -> dict[str, object]:
        """Return the finding as plain values, for JSON."""
        return {
            "path": self.path,
            "number": self.place.source,
            "label": self.label.source,
            "level": self.level.value,
            "key": self.key,
            "german": self.text.source,
            "translation": self.text.target,
            "also": list(self.also),
        }


@dataclass(frozen=True, slots=True)
class _Seen:
    """Something found, not yet said."""

    slot: Slot
    row: int | None
    level: Severity
    key: str
    msg: Msg
    facts: Facts | None = None
    also: tuple[str, ...] = ()


def validate(prepared: Prepared, answers: Answers, *, submission: bool = True) -> tuple[Finding, ...]:
    """Return everything wrong or doubtful, in the order of the page.

    Questions without an answer count only at `submission`.
    """
    situation = prepared.situation(answers)
    seen = [
        *_faults(prepared.placed, answers),
        *_answered(situation),
        *(_required(prepared.placed, situation) if submission else ()),
        *_rules(prepared, situation),
    ]
    return tuple(_said(prepared, each) for each in sorted(seen, key=lambda each: _order(prepared.placed, each)))


def _order(placed: Outline, seen: _Seen) -> tuple[int, int, int]:
    first, own = placed.ranks[seen.slot.path]
    return first, -1 if seen.row is None else seen.row, own


def _said(prepared: Prepared, seen: _Seen) -> Finding:
    path = seen.slot.path if seen.slot.repeat and seen.row is None else seen.slot.at(seen.row)
    place = prepared.place(seen.slot.number, seen.row)
    label = prepared.say(seen.slot.field.short or seen.slot.label)
    return Finding(path, place, label, seen.level, seen.key, prepared.say(seen.msg, seen.facts), seen.also)


def _warning(slot: Slot, row: int | None, key: str, facts: Facts | None = None) -> _Seen:
    return _Seen(slot, row, Severity.WARNING, key, ANSWER_ERRORS[key], facts)


def _faults(placed: Outline, answers: Answers) -> Iterator[_Seen]:
    for fault in answers.faults:
        slot, row = placed.split(fault.path)
        yield _Seen(slot, row, Severity.ERROR, fault.key, ANSWER_ERRORS[fault.key], fault.facts)


def _answered(situation: Situation) -> Iterator[_Seen]:
    """Yield what is doubtful about each answer by itself and among the others."""
    answers = situation.answers
    for path, value in answers.values.items():
        slot, row = situation.given[path]
        if situation.applies(slot, row) is False:
            yield _warning(slot, row, NOT_APPLICABLE)
        for doubt in slot.field.doubts(value):
            msg = doubt.text or ANSWER_ERRORS[doubt.key]
            yield _Seen(slot, row, Severity.WARNING, doubt.key, msg, doubt.facts)
        yield from _options(slot, row, value, situation)
        if isinstance(slot.field, TextField | LongTextField) and isinstance(value, str):
            prose = isinstance(slot.field, LongTextField)
            if needs_translation(value, answers.language, prose=prose):
                yield _warning(slot, row, TRANSLATION)


def _options(slot: Slot, row: int | None, value: Value, situation: Situation) -> Iterator[_Seen]:
    for code, option in slot.chosen(value):
        if option.reason is not None and situation.open(option, slot, row) is False:
            yield _warning(slot, row, CLOSED, {"option": option.label, "reason": option.reason})
        if option.text:
            line = situation.placed.by_path[text_name(slot.path, code)]
            if line.at(row) not in situation.answers.values and line.at(row) not in situation.faulty:
                yield _warning(line, row, OTHER_TEXT, {"option": option.label})


def _required(placed: Outline, situation: Situation) -> Iterator[_Seen]:
    answers = situation.answers
    for slot in placed.asking:
        for row in situation.rows(slot):
            path = slot.at(row)
            if path in answers.values or path in situation.faulty:
                continue
            if _must(slot, row, situation) and situation.applies(slot, row) is True:
                key = _missing_key(slot)
                yield _Seen(slot, row, Severity.ERROR, key, ANSWER_ERRORS[key])


def _must(slot: Slot, row: int | None, situation: Situation) -> bool:
    field = slot.field
    if field.required:
        return True
    return field.required_when is not None and situation.holds(field.required_when, slot.repeat, row) is True


def _missing_key(slot: Slot) -> str:
    match slot.field:
        case ConfirmField():
            return "not-confirmed"
        case AttachmentField():
            return "attachment-missing"
        case _:
            return "required"


def _rules(prepared: Prepared, situation: Situation) -> Iterator[_Seen]:
    placed = prepared.placed
    for rule, repeat in prepared.rules:
        slots = [placed.by_path[path] for path in rule.fields if path in placed.by_path]
        for row in range(situation.counts[repeat]) if repeat else (None,):
            if not slots or situation.holds(rule.check, repeat, row) is not False:
                continue
            if all(situation.applies(slot, row if slot.repeat == repeat else None) is False for slot in slots):
                continue
            first = slots[0]
            also = tuple(slot.at(row) if slot.repeat == repeat else slot.path for slot in slots[1:])
            own = row if first.repeat == repeat else None
            yield _Seen(first, own, _LEVELS[rule.level], f"{RULE}{rule.id}", rule.message, also=also)
