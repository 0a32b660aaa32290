"""Parameters in force: the form's values on a day, overridden by the authority's."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from formkit.definition.authority import Authority
from formkit.definition.model import Form, ParameterValue


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
