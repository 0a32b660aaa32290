"""What a form must mean beyond its shape: names that exist, types that fit, no circles, hints on paper."""

from __future__ import annotations

import keyword
from collections.abc import Iterator, Mapping

from formkit.definition import conditions
from formkit.definition.messages import texts
from formkit.definition.model import Form, Group
from formkit.definition.places import Part, SectionPlace, parts_of, places
from formkit.definition.yaml import DataPath, Document
from formkit.expressions import Expression, simple_options
from formkit.expressions.error import suggestion
from formkit.fields import Field
from formkit.fields.attachment import AttachmentField
from formkit.fields.choice import ChoiceField
from formkit.fields.choices import ChoicesField
from formkit.fields.computed import ComputedField
from formkit.fields.notice import NoticeField
from formkit.fields.yesno import YesNoField
from formkit.problems import Problem, Severity
from formkit.texts import Msg
from formkit.widgets import CheckGroup, RadioGroup, Select, Widget


def faults(form: Form, document: Document) -> list[Problem]:
    """Return every problem of a form that has the right shape; errors and warnings."""
    placed = places(form)
    found = [
        *_duplicates(placed, document),
        *_nested(placed, document),
        *conditions.faults(form, placed, document),
        *_parameters(form, document),
        *_hints(placed, document),
        *_layouts(placed, document),
        *_rules(form, placed, document),
        *_validity(form, document),
    ]
    for section in placed:
        for question in section.questions:
            found += _beside(question.parts, document)
            found += [problem for part in question.parts for problem in _part(part, section, document)]
    return found


def _duplicates(placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    seen: dict[str, DataPath] = {}
    for section in placed:
        if section.section.id in seen:
            yield _again(section.section.id, (*section.data, "id"), seen, document)
        seen.setdefault(section.section.id, (*section.data, "id"))
    names: dict[str, DataPath] = {}
    for part in parts_of(placed):
        place = (*part.data, "id")
        for name in dict.fromkeys([part.path, *widget_names(part.field.widgets(part.path))]):
            if name in names and names[name] != place:
                yield _again(name, place, names, document)
            names.setdefault(name, place)


def _again(name: str, place: DataPath, seen: Mapping[str, DataPath], document: Document) -> Problem:
    first = document.where(seen[name])
    return Problem(document.where(place), f"'{name}' stands twice, first in line {first.line}", "duplicate-path")


def _nested(placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    """Yield answers that would stand inside another answer: one path cannot be a value and a folder of values."""
    repeats = {question.repeat_path for section in placed for question in section.questions if question.repeat}
    owners = {part.path for part in parts_of(placed)} | repeats
    for section in placed:
        for question in section.questions:
            for part in question.parts:
                parents = _parents(part.path) - {question.repeat_path}
                text = "'{}' stands inside '{}', which is a question of its own; give one of them another id"
                for path in sorted(parents & owners):
                    where = document.where((*part.data, "id"))
                    yield Problem(where, text.format(part.path, path), "nested-path")


def _parents(path: str) -> set[str]:
    segments = path.split(".")
    return {".".join(segments[:length]) for length in range(1, len(segments))}


def widget_names(widgets: tuple[Widget, ...]) -> Iterator[str]:
    """Yield the names of widgets and of what belongs to them: boxes of a group, lines of "other"."""
    for widget in widgets:
        if isinstance(widget, CheckGroup):
            yield from (f"{widget.name}.{option.code}" for option in widget.options)
        else:
            yield widget.name
        if isinstance(widget, CheckGroup | RadioGroup | Select):
            yield from (option.text.name for option in widget.options if option.text)


def _parameters(form: Form, document: Document) -> Iterator[Problem]:
    for text in texts(form):
        for name in sorted(text.msg.placeholders - set(form.parameters)):
            where = document.where(text.data)
            yield Problem(where, f"'{{{name}}}' is no parameter of this form", "unknown-parameter")
        if text.role == "label" and text.msg.text.rstrip().endswith(":"):
            yield Problem(document.where(text.data), "a label ends without a colon", "label-colon")


def _hints(placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    fields = {part.path: part.field for part in parts_of(placed)}
    for when, hint, place in _conditions(placed):
        if when and not hint and not _sayable(when, fields):
            text = 'paper cannot hide a question: write a `hint:` such as "Nur ausfüllen, wenn …"'
            yield Problem(document.where((*place, "when"), key=True), text, "missing-hint")


def _conditions(placed: tuple[SectionPlace, ...]) -> Iterator[tuple[Expression | None, Msg | None, DataPath]]:
    """Yield the conditions that paper has to say, each once; a computed value is not on paper."""
    for section in placed:
        yield section.section.when, section.section.hint, section.data
        for question in section.questions:
            computed = {part.data for part in question.parts if isinstance(part.field, ComputedField)}
            if question.data not in computed:
                yield question.when, question.hint, question.data
            for part in question.parts:
                if part.data not in {question.data, *computed}:
                    yield part.field.when, part.field.hint, part.data


def _sayable(when: Expression, fields: Mapping[str, Field]) -> bool:
    """Tell whether a hint can be made of words that paper prints: options of a choice, Ja and Nein."""
    path, codes = simple_options(when) or ("", ())
    match fields.get(path):
        case YesNoField():
            return set(codes) <= {"true", "false"}
        case ChoiceField() | ChoicesField() as choice:
            return set(codes) <= set(choice.options)
        case _:
            return False


def _layouts(placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    for section in placed:
        model = section.section
        if model.repeat is not None and any(isinstance(item, Group) for item in model.questions):
            yield Problem(
                document.where(section.data),
                "a repeated section holds fields only, no groups",
                "repeat-nested",
            )
        if model.layout == "cards" and model.repeat is None:
            yield Problem(document.where((*section.data, "layout")), "`cards` is for repeated sections", "layout")
        fields = [part.field for question in section.questions for part in question.parts]
        if model.layout == "checklist" and not all(isinstance(f, AttachmentField | NoticeField) for f in fields):
            yield Problem(document.where(section.data), "a checklist holds attachments and notices only", "layout")
        if model.layout == "letter" and not all(isinstance(item, NoticeField) for item in model.questions):
            text = "a letter is text: it holds notices only, and no groups"
            yield Problem(document.where(section.data), text, "layout")
        if model.layout == "checklist":
            yield from _unprinted(section, document)


def _unprinted(section: SectionPlace, document: Document) -> Iterator[Problem]:
    for index, item in enumerate(section.section.questions):
        for key in ("label", "help"):
            if isinstance(item, Group) and getattr(item, key) is not None:
                text = "the table of a checklist has no place for a text about several attachments"
                yield Problem(document.where((*section.data, "questions", index, key), key=True), text, "layout")


def _rules(form: Form, placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    known = {part.path for part in parts_of(placed)}
    seen: set[str] = set()
    for index, rule in enumerate(form.rules):
        for number, path in enumerate(rule.fields):
            if path not in known:
                where = document.where(("rules", index, "fields", number))
                yield Problem(where, f"'{path}' is no field{suggestion(path, known)}", "unknown-name")
        if rule.id in seen:
            yield Problem(document.where(("rules", index, "id")), f"rule '{rule.id}' stands twice", "duplicate-rule")
        seen.add(rule.id)


def _validity(form: Form, document: Document) -> Iterator[Problem]:
    if form.valid.until is not None and form.valid.until < form.valid.start:
        yield Problem(document.where(("valid", "until")), "ends before it begins", "validity")


def _beside(parts: tuple[Part, ...], document: Document) -> Iterator[Problem]:
    codes: set[str] = set()
    for part in parts:
        field = part.field
        if field.beside is not None and field.beside not in codes:
            text = f"`beside` names '{field.beside}', which is no option of a choice before it in this question"
            yield Problem(document.where((*part.data, "beside")), text, "unknown-code")
        if isinstance(field, ChoiceField | ChoicesField):
            codes |= set(field.options)


def _part(part: Part, section: SectionPlace, document: Document) -> Iterator[Problem]:
    field = part.field
    for segment in field.id.split("."):
        if keyword.iskeyword(segment) or segment in ("true", "false"):
            text = f"'{segment}' has a meaning in conditions and cannot be part of an id"
            yield Problem(document.where((*part.data, "id")), text, "reserved-id")
    if field.asks and not field.why and not section.section.why:
        text = f"'{part.path}' does not say why it is asked; write `why:` with its purpose or legal basis"
        yield Problem(document.where(part.data), text, "missing-why", Severity.WARNING)
