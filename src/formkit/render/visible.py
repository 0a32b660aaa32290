"""What of a form paper shows: everything but what its parameters rule out for good.

A condition is evaluated with the parameters alone. Whatever hangs on an answer is unknown then and stays;
only what is false already ("zeugnis_noetig > 0" where the office wants none) is left out. Numbers were
given before and never shift.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from formkit.definition.places import Question, SectionPlace, places
from formkit.expressions import Expression
from formkit.i18n.localize import Localized


def visible(localized: Localized) -> tuple[SectionPlace, ...]:
    """Return the sections, questions and fields that can apply with the parameters in force."""
    return tuple(
        replace(place, questions=tuple(_questions(place, localized)))
        for place in places(localized.form)
        if not _never(place.section.when, localized)
    )


def _questions(place: SectionPlace, localized: Localized) -> Iterator[Question]:
    for question in place.questions:
        parts = tuple(part for part in question.parts if part.field.printed and not _never(part.field.when, localized))
        if parts and not _never(question.when, localized):
            yield replace(question, parts=parts)


def _never(when: Expression | None, localized: Localized) -> bool:
    if when is None:
        return False
    values = {name: parameter.value for name, parameter in localized.parameters.items()}
    return when.evaluate(values, localized.today) is False
