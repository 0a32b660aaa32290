"""Answers → the continuation sheet of a form: those too long for their boxes, and rows beyond those on paper."""

from __future__ import annotations

from collections.abc import Mapping

from formkit import words
from formkit.answers.model import Answers
from formkit.answers.slots import outline
from formkit.definition.model import Form
from formkit.i18n.languages import Language
from formkit.render.continuation import Continuation, LongAnswer, lines


def sheet(
    form: Form, answers: Answers, paths: tuple[str, ...], rows: Mapping[str, int], reader: Language
) -> Continuation:
    """Return what the sheet holds.

    Takes the value paths of long answers, by the path of a list how many rows it has in all, and the language
    the form was filled in. Raises MissingGlyph.
    """
    return Continuation(tuple(_long(form, answers, path, reader) for path in paths), rows)


def _long(form: Form, answers: Answers, path: str, reader: Language) -> LongAnswer:
    slot, row = outline(form).split(path)
    place = slot.number if row is None else f"{slot.number}, {words.ROW.text.replace('{number}', str(row + 1))}"
    shown = slot.field.show(answers.values[path])
    return LongAnswer(place, slot.label, lines(shown, reader))
