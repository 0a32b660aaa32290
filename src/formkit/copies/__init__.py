"""Answers → a filled copy of their form: the German one for the office, a bilingual one, open or flat.

The blank form is laid out once and kept; each copy only fills it. For what does not fit, a sheet is laid out
behind the form.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from formkit import fonts, render, words
from formkit.answers.model import Answers
from formkit.answers.raw import to_raw
from formkit.copies.boxes import Boxes
from formkit.copies.sheet import sheet
from formkit.definition.model import Form
from formkit.errors import AnswersError, Unfillable
from formkit.i18n import load
from formkit.i18n.languages import Language, language
from formkit.pdf.fields import read_form
from formkit.pdf.fill import Options, fill
from formkit.pdf.flags import Flags
from formkit.pdf.flatten import flatten
from formkit.project import Project
from formkit.render.continuation import Continuation
from formkit.render.jobs import FILLABLE, Job

# Drawn in a box whose answer stands on the sheet; the arrow where even these words are too long.
_ELSEWHERE = (words.SEE_SHEET.text, "→")
_TOO_LONG = "does-not-fit"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Style:
    """How a copy is to look: language and layout of the form, and whether its fields stay open or are gone."""

    language: Language
    authority: str = ""
    layout: str = "source"
    large: bool = False
    editable: bool = False
    flat: bool = False


@dataclass(frozen=True, slots=True)
class Copy:
    """A filled form: its bytes, and the value paths of the answers that stand on the continuation sheet."""

    data: bytes = field(repr=False)
    continued: tuple[str, ...] = ()


def filled_copy(
    project: Project, answers: Answers, style: Style, today: datetime.date, form: Form | None = None
) -> Copy:
    """Return a form of a project with answers filled in; `form` where it has been loaded already.

    The fields of a copy are read-only unless it is to stay editable; a flat one has none. Raises AnswersError
    where answers belong to another version or hold what could not be understood, Unfillable where a value has
    no glyph, and what rendering raises.
    """
    form = form or load.form(project, answers.form)
    require_ready(form, answers)
    blank = blank_of(project, form, style, today)
    work = _Work(project, form, answers, blank.job, today, blank.boxes, style.editable)
    copy = work.copy(blank.path)
    return Copy(flatten(copy.data, fonts.regular()).data, copy.continued) if style.flat else copy


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank fillable form: its file, the job that made it, and its boxes."""

    path: Path
    job: Job
    boxes: Boxes


def blank_of(project: Project, form: Form, style: Style, today: datetime.date) -> Blank:
    """Return the blank form that copies in a style are made of; raises what rendering raises."""
    fonts.use(project.fonts)
    layout = "source" if style.language.tag == "de" else style.layout
    job = Job(form.id, style.language, style.authority, layout, style.large, project.completeness, FILLABLE)
    path = blank_form(project, job, today)
    return Blank(path, job, Boxes(form, _cells(path, path.stat().st_mtime_ns)))


@lru_cache(maxsize=64)
def _cells(path: Path, changed: int) -> Mapping[str, bool]:
    """Return for every box of a blank form whether it is a comb; kept until the file changes: copies are many."""
    return {each.name: bool(each.flags & Flags.COMB) for each in read_form(path).fields}


def blank_form(project: Project, job: Job, today: datetime.date) -> Path:
    """Return the file of a blank fillable form, laid out now unless one that still holds is kept."""
    folder = project.output / "blank" / job.authority
    fresh = render.is_up_to_date(project, job, folder, today)
    return folder / job.name if fresh else render.run(project, job, folder, today, force=True).path


def require_ready(form: Form, answers: Answers) -> None:
    """Raise AnswersError where answers belong to another version or hold what could not be understood."""
    if answers.version != form.version:
        raise AnswersError(
            f"these are answers to version {answers.version} of '{form.id}', and the form at hand is version"
            f" {form.version}",
            advice="Use the definition of that version.",
        )
    if answers.faults:
        paths = ", ".join(fault.path for fault in answers.faults[:5])
        raise AnswersError(
            f"{len(answers.faults)} answers cannot be understood: {paths}",
            advice="`formkit validate` says what is wrong with each; correct them first.",
        )


@dataclass(frozen=True, slots=True)
class _Work:
    """All that goes into one copy."""

    project: Project
    form: Form
    answers: Answers = field(repr=False)
    job: Job
    today: datetime.date
    boxes: Boxes
    editable: bool

    def copy(self, blank: Path) -> Copy:
        """Fill the blank form, with a sheet behind it for what does not fit."""
        raw = to_raw(self.form, self.answers)
        rows = self.boxes.rows_beyond(raw)
        homeless = self.boxes.homeless(raw)
        values = {name: self.boxes.written(name, text) for name, text in raw.items() if name not in homeless}
        if rows or homeless:
            return self._with_sheet(values, rows, homeless)
        filled, _ = self._fitted(blank, values)
        return Copy(filled) if isinstance(filled, bytes) else self._with_sheet(values, rows, homeless)

    def _with_sheet(self, values: Mapping[str, str], rows: Mapping[str, int], homeless: tuple[str, ...]) -> Copy:
        """Lay the form out anew with a sheet; what is too long is known when the rows have their boxes."""
        continued = self.boxes.paths(homeless)
        data = self._laid_out(sheet(self.form, self.answers, continued, rows, self._reader))
        filled, labels = self._fitted(data, values)
        if not isinstance(filled, bytes):
            continued = self.boxes.paths((*homeless, *filled))
            data = self._laid_out(sheet(self.form, self.answers, continued, rows, self._reader))
            filled = self._filled_in_part(data, values, filled, labels)
        return Copy(filled, continued)

    def _fitted(
        self, source: Path | bytes, values: Mapping[str, str]
    ) -> tuple[bytes | tuple[str, ...], Mapping[str, str]]:
        """Fill, with German labels alone where pairs are too long; return what `_filled` does, and these labels."""
        filled = self._filled(source, values)
        labels = {} if isinstance(filled, bytes) else self.boxes.labels(self.answers, filled)
        return (self._filled(source, values, labels) if labels else filled), labels

    def _laid_out(self, continuation: Continuation) -> bytes:
        authority = load.authority(self.project, self.job.authority)
        localized = load.localize(self.project, self.form, self.job.language, authority, self.today)
        return render.make_pdf(localized, self.job, {}, continuation)[0]

    @property
    def _reader(self) -> Language:
        return language(self.answers.language)

    def _filled(
        self, source: Path | bytes, values: Mapping[str, str], shown: Mapping[str, str] = _NOTHING
    ) -> bytes | tuple[str, ...]:
        """Return the filled file, or the names of the boxes whose texts are too long."""
        try:
            return fill(source, values, fonts.regular(), Options(read_only=not self.editable, shown=shown)).data
        except Unfillable as error:
            if any(problem.check != _TOO_LONG for problem in error.problems) or not error.problems:
                raise
            return tuple(problem.where.file for problem in error.problems)

    def _filled_in_part(
        self, source: bytes, values: Mapping[str, str], long: tuple[str, ...], labels: Mapping[str, str]
    ) -> bytes:
        """Return the filled file in which the boxes of long texts point to the sheet; the values are all there."""
        said, arrow = _ELSEWHERE
        shown = {**labels, **dict.fromkeys(long, said)}
        while True:
            try:
                return fill(source, values, fonts.regular(), Options(read_only=not self.editable, shown=shown)).data
            except Unfillable as error:
                names = {problem.where.file for problem in error.problems if problem.check == _TOO_LONG}
                if not names or any(shown.get(name) != said for name in names):
                    raise
                shown |= dict.fromkeys(names, arrow)
