"""Answers of many people → copies of one form in one language: spliced where it can be, else in the plain way."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from formkit import fonts
from formkit.answers import Answers, Prepared, prepare, to_raw
from formkit.copies import Blank, Copy, Style, blank_of, filled_copy
from formkit.definition.model import Form
from formkit.errors import FormkitError
from formkit.i18n import load
from formkit.pdf.fill import Options
from formkit.pdf.serial import Serial, Unsuitable, prepared
from formkit.problems import Problem
from formkit.project import Project


@dataclass(frozen=True, slots=True)
class Copier:
    """A form in one style, ready for any number of answers; `serial` is None where it cannot be spliced."""

    project: Project
    form: Form
    style: Style
    today: datetime.date
    blank: Blank
    ready: Prepared
    serial: Serial | None

    def copies(self, answers: Sequence[Answers], first: int, *, last: bool) -> Iterator[Copy | FormkitError]:
        """Yield a copy for each set of answers, or what is wrong.

        Takes the place of the first among all of the batch and whether they are its last. What does not fit
        its box, or has none, is filled in the plain way, with a sheet behind the form.
        """
        values = [self.blank.boxes.values(to_raw(self.form, each)) for each in answers]
        if self.serial is None:
            yield from (self._plain(each) for each in answers)
            return
        spliced = self.serial.copies([each for each in values if each is not None], first, last=last)
        for given, each in zip(answers, values, strict=True):
            found = None if each is None else next(spliced)
            if isinstance(found, bytes):
                yield Copy(found)
            elif found is None or all(map(self._can_continue, found.problems)):
                yield self._plain(given)
            else:
                yield found

    def _can_continue(self, problem: Problem) -> bool:
        """Tell whether a sheet helps: it takes texts that are too long, and labels of lists."""
        assert self.serial is not None
        return problem.check == "does-not-fit" and self.serial.template.fields[problem.where.file].kind in ("Tx", "Ch")

    def _plain(self, answers: Answers) -> Copy | FormkitError:
        try:
            return filled_copy(self.project, answers, self.style, self.today)
        except FormkitError as error:
            return error


@lru_cache(maxsize=8)
def form_of(project: Project, form_id: str) -> Form:
    """Return a form of a project, read once; raises UnknownName or DefinitionError."""
    return load.form(project, form_id)


@lru_cache(maxsize=32)
def copier(project: Project, form_id: str, style: Style, today: datetime.date) -> Copier:
    """Return what makes copies of a form in a style; raises FormkitError where there is no such form."""
    form = form_of(project, form_id)
    blank = blank_of(project, form, style, today)
    localized = load.localize(project, form, style.language, load.authority(project, style.authority), today)
    try:
        template = prepared(blank.path, Options(read_only=not style.editable))
        serial = Serial(template, fonts.regular())
    except Unsuitable:
        serial = None
    return Copier(project, form, style, today, blank, prepare(localized), serial)
