"""What of a form paper shows: everything but what its parameters rule out for good.

A condition is evaluated with the parameters alone. Whatever hangs on an answer is unknown then and stays;
only what is false already ("zeugnis_noetig > 0" where the office wants none) is left out. Numbers were
given before and never shift.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from formkit.definition.places import Question, SectionPlace, places
from formkit.expressions import Expression
from formkit.i18n.localize import Localized


def visible(localized: Localized) -> tuple[SectionPlace, ...]:
    """Return the sections, questions and fields that can apply with the parameters in force."""
    values = {name: parameter.value for name, parameter in localized.parameters.items()}

    def never(when: Expression | None) -> bool:
        return when is not None and when.evaluate(values, localized.today) is False

    return tuple(
        replace(place, questions=tuple(_questions(place, never)))
        for place in places(localized.form)
        if not never(place.section.when)
    )


def _questions(place: SectionPlace, never: Callable[[Expression | None], bool]) -> Iterator[Question]:
    for question in place.questions:
        parts = tuple(part for part in question.parts if part.field.printed and not never(part.field.when))
        if parts and not never(question.when):
            yield replace(question, parts=parts)
