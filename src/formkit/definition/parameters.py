"""Parameters in force: the form's values on a day, overridden by the authority's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from formkit.definition.authority import Authority
from formkit.definition.conditions import uses
from formkit.definition.model import Form, ParameterValue
from formkit.definition.places import places


@dataclass(frozen=True, slots=True)
class InForce:
    """A parameter's type and the value that holds, None where the office writes it in by hand."""

    type: str
    value: ParameterValue | None


def in_force(form: Form, authority: Authority | None, today: datetime.date) -> Mapping[str, InForce]:
    """Return the parameters of a form as they hold for an authority on a day."""
    overrides = authority.parameters if authority else {}
    return {
        name: InForce(
            parameter.type,
            parameter.read(overrides[name]) if name in overrides else parameter.on(today),
        )
        for name, parameter in form.parameters.items()
    }


def holding(form: Form, day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day around `day` on which the form reads the same.

    Days on which a dated parameter changes bound it; a form whose printed conditions change with the day
    itself holds for the day.
    """
    printed = (use for use in uses(form, places(form)) if use.data[0] == "sections" and use.data[-1] == "when")
    if any(use.expression.changes_by_itself(frozenset(form.parameters)) for use in printed):
        return day, day
    starts = sorted(
        dated.start
        for parameter in form.parameters.values()
        if isinstance(parameter.value, tuple)
        for dated in parameter.value
    )
    begun = [start for start in starts if start <= day]
    coming = [start for start in starts if start > day]
    first = begun[-1] if begun else datetime.date.min
    return first, coming[0] - datetime.timedelta(days=1) if coming else datetime.date.max
