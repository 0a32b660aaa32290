"""The conditions of a form: what each may refer to, what is wrong with it, and circles between them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from formkit.definition.model import Form, Rule
from formkit.definition.places import Part, SectionPlace, parts_of
from formkit.definition.yaml import DataPath, Document
from formkit.expressions import (
    Bool,
    Column,
    Date,
    Expression,
    Kind,
    Number,
    Repeat,
    Text,
    find_cycle,
)
from formkit.fields.computed import ComputedField
from formkit.fields.options import Option
from formkit.problems import Problem

Kinds = Mapping[str, Kind]

_PARAMETER_KINDS: Mapping[str, Kind] = {
    "money": Number(),
    "decimal": Number(),
    "integer": Number(),
    "date": Date(),
    "text": Text(),
}


@dataclass(frozen=True, slots=True)
class Use:
    """An expression at its place; `row` is the repeat whose row it is evaluated in, "" outside."""

    expression: Expression
    data: DataPath
    row: str = ""
    condition: bool = True
    of: str = ""


def kinds(form: Form, placed: tuple[SectionPlace, ...], row: str = "") -> Kinds:
    """Return the type of every name a condition may use; inside a row its columns are single values."""
    found: dict[str, Kind] = {name: _PARAMETER_KINDS[p.type] for name, p in form.parameters.items()}
    for question in (question for section in placed for question in section.questions):
        if question.repeat is not None:
            found[question.repeat_path] = Repeat()
        for part in question.parts:
            outside = question.repeat is not None and question.repeat_path != row
            found[part.path] = Column(part.field.kind, question.repeat_path) if outside else part.field.kind
    for part in parts_of(placed):
        if isinstance(part.field, ComputedField) and not isinstance(found[part.path], Column):
            found[part.path] = _computed(part.field, found)
    return found


def _computed(field: ComputedField, known: Kinds) -> Kind:
    """Return the kind of a computed value, as far as what it is computed from is known; else text."""
    if field.value.faults(known):
        return Text()
    kind = field.value.check(known)
    return Text() if isinstance(kind, Column | Repeat) else kind


def scopes(form: Form, placed: tuple[SectionPlace, ...]) -> Callable[[str], Kinds]:
    """Return `kinds` as a function of the row alone that works each out once."""
    return functools.cache(lambda row: kinds(form, placed, row))


def uses(form: Form, placed: tuple[SectionPlace, ...], scope: Callable[[str], Kinds] | None = None) -> Iterator[Use]:
    """Yield every expression of a form; whoever needs its `scopes` as well hands them over."""
    scope = scope or scopes(form, placed)
    for name, topic in form.offices.items():
        if topic.when:
            yield Use(topic.when, ("offices", name, "when"))
    for name, annex in form.annexes.items():
        if annex.when:
            yield Use(annex.when, ("annexes", name, "when"))
    for section in placed:
        if section.section.when:
            yield Use(section.section.when, (*section.data, "when"))
        for question in section.questions:
            if question.when and not (len(question.parts) == 1 and question.parts[0].data == question.data):
                yield Use(question.when, (*question.data, "when"))
            for part in question.parts:
                yield from _part_uses(part, question.repeat_path)
    for index, rule in enumerate(form.rules):
        yield Use(rule.check, ("rules", index, "check"), rule_row(rule, placed, scope))


def _part_uses(part: Part, row: str) -> Iterator[Use]:
    field = part.field
    if field.when:
        yield Use(field.when, (*part.data, "when"), row, of=part.path)
    if field.required_when:
        yield Use(field.required_when, (*part.data, "required_when"), row)
    if isinstance(field, ComputedField):
        yield Use(field.value, (*part.data, "value"), row, condition=False, of=part.path)
    for group in ("options", "rows"):
        options: Mapping[str, Option] = getattr(field, group, {})
        for code, option in options.items():
            if option.when:
                yield Use(option.when, (*part.data, group, code, "when"), row)


def rule_row(rule: Rule, placed: tuple[SectionPlace, ...], scope: Callable[[str], Kinds]) -> str:
    """Return the repeat in whose rows a rule is evaluated: the one all its fields stand in, else "".

    A rule that takes a column together (`sum(fahrten.kosten) <= 500`) stands outside the rows.
    """
    rows = {
        part.path: question.repeat_path
        for section in placed
        for question in section.questions
        for part in question.parts
    }
    found = {rows.get(path, "") for path in rule.fields}
    row = found.pop() if len(found) == 1 else ""
    outside = row and rule.check.faults(scope(row)) and not rule.check.faults(scope(""))
    return "" if outside else row


def faults(form: Form, placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    """Yield unknown names, wrong types and circles in a form's conditions."""
    scope = scopes(form, placed)
    for use in uses(form, placed, scope):
        wrong = use.expression.faults(scope(use.row))
        for error in wrong:
            yield Problem(document.inside(use.data, error.column), error.message, error.check)
        if not wrong and use.condition and not isinstance(use.expression.check(scope(use.row)), Bool):
            text = "a condition must be true or false; compare the value with something"
            yield Problem(document.where(use.data), text, "expression-type")
    yield from _circles(form, placed, document)


def _circles(form: Form, placed: tuple[SectionPlace, ...], document: Document) -> Iterator[Problem]:
    graph: dict[str, set[str]] = {}
    where: dict[str, DataPath] = {}
    for section in placed:
        outer = section.section.when.names if section.section.when else frozenset()
        for question in section.questions:
            around = outer | (question.when.names if question.when else frozenset())
            for part in question.parts:
                graph[part.path] = set(around)
                where[part.path] = part.data
    for use in uses(form, placed):
        if use.of:
            graph[use.of] |= use.expression.names
    cycle = find_cycle({name: frozenset(names) for name, names in graph.items()})
    if cycle:
        text = "depends on itself: " + " → ".join((*cycle, cycle[0]))
        yield Problem(document.where(where[cycle[0]]), text, "circular-condition")
