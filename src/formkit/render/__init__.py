"""Localized forms → files: which formats there are, and the one way a document gets onto the disk."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formkit import fonts
from formkit.errors import OutputExists, RenderFailed
from formkit.files import write_atomically
from formkit.pdf.marks import read_marks
from formkit.problems import Problem
from formkit.project import Project
from formkit.render import jobs
from formkit.render.identity import identity
from formkit.render.jobs import Job, Stamp, read_stamp

if TYPE_CHECKING:
    from formkit.i18n.localize import Localized
    from formkit.render.continuation import Continuation


class Outcome(enum.Enum):
    """What became of a job."""

    WRITTEN = "written"
    UP_TO_DATE = "up to date"


@dataclass(frozen=True, slots=True)
class Result:
    """A finished job: the file, what became of it, its pages (0 where it was not rendered again).

    `problems` are faults of single strings, for which the page shows German.
    """

    path: Path
    outcome: Outcome
    pages: int = 0
    problems: tuple[Problem, ...] = ()


def run(project: Project, job: Job, folder: Path, today: datetime.date, *, force: bool = False) -> Result:
    """Make one document in a folder, unless the file there still holds.

    Raises OutputExists where a file of that name is none of ours, and every error of loading and printing.
    """
    fonts.use(project.fonts)
    path = folder / job.name
    inputs = jobs.fingerprint(project, job)
    if path.exists() and not force:
        stamp = read_stamp(read_marks(path))
        if stamp is None:
            raise OutputExists(
                f"{path}: is there already and was not made by formkit",
                advice="Move it away, choose another folder with -o, or overwrite it with --force.",
            )
        if stamp.holds(inputs, today):
            return Result(path, Outcome.UP_TO_DATE)
    return _make(project, job, path, inputs, today)


def is_up_to_date(project: Project, job: Job, folder: Path, today: datetime.date) -> bool:
    """Tell whether the document is there and still holds."""
    fonts.use(project.fonts)
    stamp = read_stamp(read_marks(folder / job.name))
    return stamp is not None and stamp.holds(jobs.fingerprint(project, job), today)


def _make(project: Project, job: Job, path: Path, inputs: str, today: datetime.date) -> Result:
    try:
        return _rendered(project, job, path, inputs, today)
    except OSError as error:
        # The folder cannot be made, or the engine found no room for the copies of its fonts.
        reason = error.strerror or str(error)
        where = f" ({error.filename})" if error.filename else ""
        raise RenderFailed(f"{path}: cannot be made: {reason}{where}", advice=_ROOM) from error


_ROOM = "Choose a folder you may write to with -o, and see that there is room on its disk and in the temporary folder."


def _rendered(project: Project, job: Job, path: Path, inputs: str, today: datetime.date) -> Result:
    from formkit.definition.parameters import holding
    from formkit.i18n import load

    form = load.form(project, job.form)
    load.require_catalog(project, job.form, job.language)
    localized = load.localize(project, form, job.language, load.authority(project, job.authority), today)
    first, last = holding(form, today)
    data, pages = FORMATS[job.kind](localized, job, Stamp(inputs, first, last).marks())
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)
    return Result(path, Outcome.WRITTEN, pages, localized.problems)


def make_pdf(
    localized: Localized, job: Job, marks: Mapping[str, str], continuation: Continuation | None = None
) -> tuple[bytes, int]:
    """Return the bytes of a form in the kind and layout of a job, and its number of pages.

    Raises what printing raises. `marks` are written into the file beside what tells which form it is; a
    continuation sheet comes behind the form.
    """
    from formkit.render.html import Options, document
    from formkit.render.page import Layout
    from formkit.render.pdf import print_pdf
    from formkit.render.status import status

    options = Options(Layout(job.layout), job.large, job.kind == jobs.FILLABLE, continuation)
    page = document(localized, status(localized, job.completeness), options)
    printed = print_pdf(page, {**marks, **identity(localized, page.controls)})
    return printed.data, printed.pages


FORMATS: Mapping[str, Callable[[Localized, Job, Mapping[str, str]], tuple[bytes, int]]] = {
    jobs.PRINT: make_pdf,
    jobs.FILLABLE: make_pdf,
}
