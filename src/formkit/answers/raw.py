"""Raw texts of boxes ↔ values: what stands in a PDF, in XFDF, FDF and CSV, by the names of the boxes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formkit.answers.model import Answers, Fault, tidied
from formkit.answers.slots import Slot, outline
from formkit.definition.model import Form
from formkit.errors import AnswersError
from formkit.fields import InvalidAnswer
from formkit.i18n.localize import SOURCE_TAG
from formkit.values import Value

OFF = "Off"


@dataclass(frozen=True, slots=True)
class Parsed:
    """What raw texts mean: the answers, and the names of boxes with content that the form does not have."""

    answers: Answers
    unknown: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, Value]:
        """Return the values by value path."""
        return self.answers.values

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Return the answers that could not be understood."""
        return self.answers.faults


def parse(form: Form, raw: Mapping[str, str], language: str = SOURCE_TAG) -> Parsed:
    """Read raw texts by the names of their boxes; empty rows of lists are dropped.

    Nothing is raised and nothing lost: what is not understood is a fault, an unknown name is listed.
    """
    placed = outline(form)
    parts: dict[tuple[str, int | None], dict[str, str]] = {}
    unknown = []
    for name, text in raw.items():
        box = placed.box(name)
        if box is not None:
            parts.setdefault((box.slot.path, box.row), {})[box.part] = text
        elif text.strip() not in ("", OFF):
            unknown.append(name)
    values: dict[str, Value] = {}
    faults = []
    for (path, row), texts in parts.items():
        read = value_of(placed.by_path[path], row, texts)
        if isinstance(read, Fault):
            faults.append(read)
        elif read is not None:
            values[placed.by_path[path].at(row)] = read
    answers = Answers(form.id, form.version, language, values, tuple(faults))
    return Parsed(tidied(form, answers), tuple(unknown))


def value_of(slot: Slot, row: int | None, raw: Mapping[str, str]) -> Value | Fault | None:
    """Return what the raw texts of one slot mean, a fault, or None for no answer."""
    try:
        return slot.field.parse(raw)
    except InvalidAnswer as error:
        return Fault(slot.at(row), error.key, error.facts, dict(raw))


def to_raw(form: Form, answers: Answers | Mapping[str, Value]) -> dict[str, str]:
    """Return the raw texts by the names of their boxes; what could not be understood stands there as it was.

    Takes answers, or values by value path.
    """
    values, faults = (answers.values, answers.faults) if isinstance(answers, Answers) else (answers, ())
    placed = outline(form)
    found: dict[str, str] = {}
    for path, value in values.items():
        slot, _ = placed.split(path)
        found |= _named(path, slot.field.to_widgets(value))
    for fault in faults:
        found |= boxes_of(form, fault)
    return found


def boxes_of(form: Form, fault: Fault) -> dict[str, str]:
    """Return what was written in the boxes of an answer that is none; AnswersError where there is no such box."""
    found = _named(fault.path, {part: text for part, text in fault.raw.items() if text not in ("", OFF)})
    if any(outline(form).box(name) is None for name in found):
        raise AnswersError(
            f"'{fault.path}' holds a code that the form does not have, and this format has no box for it",
            advice="Correct the answer, or write JSON.",
        )
    return found


def _named(path: str, parts: Mapping[str, str]) -> dict[str, str]:
    return {f"{path}.{part}" if part else path: text for part, text in parts.items()}


def raw_from_pdf(fields: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Return the raw texts of a filled PDF.

    Takes the fully qualified name and the values of each field, as `pdf.fields` reads them. A field with
    several values (a list where several lines are marked) becomes one text, a line each, so that nothing
    is lost; no form of ours has such a field.
    """
    return {name: "\n".join(values) for name, values in fields if values}
