"""The German summary of answers for a caseworker, whatever language the form was filled in in.

Sections and answers by number, then what is missing, wrong or doubtful, the papers, the office. Options are said
by their German labels. A person's own words stay as they are and are flagged where they need a translation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from formkit.answers.foreign import needs_translation
from formkit.answers.model import Answers, Fault
from formkit.answers.needs import Needs, needs
from formkit.answers.prepared import Prepared
from formkit.answers.slots import Slot
from formkit.answers.validate import OTHER_TEXT, TRANSLATION, Finding, validate
from formkit.definition.places import places
from formkit.fields.computed import ComputedField
from formkit.fields.longtext import LongTextField
from formkit.fields.number import NumberField
from formkit.fields.text import TextField
from formkit.i18n.languages import LANGUAGES
from formkit.problems import Severity
from formkit.values import Value

WRONG, NEEDS_TRANSLATION = "siehe Fehler", "Übersetzung nötig"
MISSING = frozenset({"required", "not-confirmed", "attachment-missing", OTHER_TEXT})


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: number, question and answer in German, and what it is marked with."""

    path: str
    number: str
    label: str
    value: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one section."""

    number: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """Everything a caseworker wants to know of one set of answers."""

    form: str
    version: int
    title: str
    language: str
    language_name: str
    parts: tuple[Part, ...]
    missing: tuple[Finding, ...]
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    foreign: tuple[Line, ...]
    needs: Needs

    def as_data(self) -> dict[str, object]:
        """Return the summary as plain values, for JSON."""
        needed = self.needs
        return {
            "form": self.form,
            "version": self.version,
            "title": self.title,
            "language": self.language,
            "sections": [asdict(part) for part in self.parts],
            "missing": [each.as_row() for each in self.missing],
            "errors": [each.as_row() for each in self.errors],
            "warnings": [each.as_row() for each in self.warnings],
            "translation_needed": [line.path for line in self.foreign],
            "attachments": [
                {
                    "path": each.path,
                    "number": each.number,
                    "label": each.label.source,
                    "reason": each.reason.source if each.reason else None,
                    "required": each.required,
                    "attached": each.attached,
                    "until": each.until.isoformat() if each.until else None,
                }
                for each in needed.attachments
            ],
            "annexes": list(needed.annexes),
            "offices": [{"id": each.id, "name": each.name, "address": each.address.line} for each in needed.offices],
            "office_advice": needed.advice.source if needed.advice else None,
            "closed": [
                {"path": each.path, "code": each.code, "reason": each.reason.source, "chosen": each.chosen}
                for each in needed.closed
            ],
        }


def summarize(prepared: Prepared, answers: Answers) -> Summary:
    """Return the summary of answers."""
    findings = validate(prepared, answers)
    rest = [each for each in findings if each.key not in MISSING and each.key != TRANSLATION]
    needed = needs(prepared, answers)
    parts = tuple(_parts(prepared, answers, frozenset(each.path for each in needed.attachments)))
    lines = (line for part in parts for line in part.lines)
    form = prepared.localized.form
    return Summary(
        form=form.id,
        version=form.version,
        title=prepared.voice.german(form.title),
        language=answers.language,
        language_name=LANGUAGES[answers.language].german,
        parts=parts,
        missing=tuple(each for each in findings if each.key in MISSING),
        errors=tuple(each for each in rest if each.level is Severity.ERROR),
        warnings=tuple(each for each in rest if each.level is not Severity.ERROR),
        foreign=tuple(line for line in lines if NEEDS_TRANSLATION in line.marks),
        needs=needed,
    )


def _parts(prepared: Prepared, answers: Answers, papers: frozenset[str]) -> Iterator[Part]:
    """Yield the answers by section, without the papers that are listed with the reasons for them."""
    lines: dict[str, list[Line]] = {}
    given: dict[str, Value | Fault] = {**answers.values, **{fault.path: fault for fault in answers.faults}}
    for path in sorted(given, key=prepared.placed.sort_key):
        slot, row = prepared.placed.split(path)
        if path not in papers or isinstance(given[path], Fault):
            line = _line(prepared, slot, row, given[path], answers.language)
            lines.setdefault(slot.section.section.id, []).append(line)
    for path, label, value in _computed(prepared, answers):
        lines.setdefault(path.partition(".")[0], []).append(Line(path, "", label, value))
    for section in places(prepared.localized.form):
        if found := lines.get(section.section.id):
            yield Part(section.number, prepared.voice.german(section.section.title), tuple(found))


def _line(prepared: Prepared, slot: Slot, row: int | None, given: Value | Fault, language: str) -> Line:
    label = prepared.voice.german(slot.field.short or slot.label)
    number = prepared.place(slot.number, row).source
    if isinstance(given, Fault):
        text = " ".join(part for part in given.raw.values() if part.strip())
        return Line(given.path, number, label, text, (WRONG,))
    prose = isinstance(slot.field, LongTextField)
    own_words = isinstance(slot.field, TextField | LongTextField) and isinstance(given, str)
    foreign = own_words and needs_translation(str(given), language, prose=prose)
    marks = (NEEDS_TRANSLATION,) if foreign else ()
    return Line(slot.at(row), number, label, shown(prepared, slot, given), marks)


def shown(prepared: Prepared, slot: Slot, value: Value) -> str:
    """Return an answer in German, labels of options with their parameters, numbers with their unit."""
    if slot.rows:
        found = [prepared.voice.german(option.label) for _, option in slot.chosen(value)]
        return "; ".join(f"{row}: {option}" for row, option in zip(found[::2], found[1::2], strict=True))
    if slot.options:
        return "; ".join(prepared.voice.german(option.label) for _, option in slot.chosen(value))
    unit = f" {slot.field.unit}" if isinstance(slot.field, NumberField) and slot.field.unit else ""
    return slot.field.show(value) + unit


def _computed(prepared: Prepared, answers: Answers) -> Iterator[tuple[str, str, str]]:
    """Yield path, label and value of what is worked out from the answers."""
    situation = prepared.situation(answers)
    for path, repeat, field in prepared.placed.computed:
        value = None if repeat else situation.computed(path)
        if value is not None and isinstance(field, ComputedField):
            yield path, prepared.voice.german(field.label), _plain(value)


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "Ja" if value else "Nein"
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value).replace(".", ",") if isinstance(value, int) else str(value)
