"""One chunk of a batch, in whatever process or machine: rows in, files and outcomes out."""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from formkit.answers import Answers, understood, validate
from formkit.batch.copying import copier, form_of
from formkit.batch.manifest import DONE, REFUSED, WARNED, Outcome
from formkit.batch.rows import Row, Rows, language_of
from formkit.copies import Style
from formkit.errors import AnswersError, FormkitError, UnknownName
from formkit.files import UnwritableFile
from formkit.i18n.languages import language
from formkit.project import Project

CONTINUED, UNWRITABLE = "continued", "cannot-be-made"
Reasons = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """What is the same for all chunks; it travels between processes.

    `column` names the column that holds the language of each row, "" where all have that of `style`; `file` is
    the name of the table as messages have it.
    """

    project: Project
    form: str
    style: Style
    column: str
    today: datetime.date
    folder: Path
    file: str


@dataclass(frozen=True, slots=True)
class _Ready:
    """A row that is understood: its answers and its style."""

    row: Row
    answers: Answers
    style: Style


def file_name(number: int) -> str:
    """Return the name of the file of a row: its number, never anything that it says."""
    return f"{number:06}.pdf"


def work(task: Task, rows: Rows, first: int) -> tuple[Outcome, ...]:
    """Make the files of a chunk whose first row has a place among all, and return what came of each row.

    Raises UnwritableFile where a file cannot be written, and what laying out the blank form raises.
    """
    found: dict[int, Outcome] = {}
    ready: dict[Style, list[_Ready]] = {}
    for row in rows.rows:
        understood_row = _understood(task, row)
        if isinstance(understood_row, Outcome):
            found[row.number] = understood_row
        else:
            ready.setdefault(understood_row.style, []).append(understood_row)
    for style, group in ready.items():
        for outcome in _made(task, style, group, first, rows.last):
            found[outcome.number] = outcome
    return tuple(found[row.number] for row in rows.rows)


def _understood(task: Task, row: Row) -> _Ready | Outcome:
    """Return a row that can be filled in, or why it cannot."""
    if row.fault:
        return Outcome(row.number, row.line, REFUSED, reasons=((f"{row.line}", row.fault),))
    try:
        record = row.record(task.file)
        style = task.style
        if task.column:
            named = language_of(row, record, task.column)
            record = replace(record, cells={path: text for path, text in record.cells.items() if path != task.column})
            style = replace(style, language=language(named))
        answers = understood(form_of(task.project, task.form), record)
    except UnknownName:
        return Outcome(row.number, row.line, REFUSED, reasons=((task.column, "unknown-language"),))
    except AnswersError as error:
        places = tuple((f"{each.where.line}:{each.where.column}", each.check) for each in error.problems)
        return Outcome(row.number, row.line, REFUSED, reasons=places)
    if answers.faults:
        reasons = tuple((fault.path, fault.key) for fault in answers.faults)
        return Outcome(row.number, row.line, REFUSED, reasons=reasons)
    return _Ready(row, answers, style)


def _made(task: Task, style: Style, group: list[_Ready], first: int, last: bool) -> Iterator[Outcome]:
    maker = copier(task.project, task.form, style, task.today)
    copies = maker.copies([each.answers for each in group], first, last=last)
    for each, copy in zip(group, copies, strict=True):
        row = each.row
        if isinstance(copy, FormkitError):
            yield Outcome(row.number, row.line, REFUSED, reasons=_why(copy))
            continue
        name = file_name(row.number)
        _write(task.folder, name, copy.data)
        reasons = tuple((path, CONTINUED) for path in copy.continued)
        reasons += tuple((finding.path, finding.key) for finding in validate(maker.ready, each.answers))
        yield Outcome(row.number, row.line, WARNED if reasons else DONE, name, reasons)


def _why(error: FormkitError) -> Reasons:
    return tuple((each.where.file, each.check) for each in error.problems) or (("", UNWRITABLE),)


def _write(folder: Path, name: str, data: bytes) -> None:
    """Write a file under a name of its own, which it loses for the right one when it is complete."""
    temporary = folder / f".formkit-{name}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC
    try:
        descriptor = os.open(temporary, flags, 0o600)
        try:
            view = memoryview(data)
            while view:
                view = view[os.write(descriptor, view) :]
        finally:
            os.close(descriptor)
        temporary.replace(folder / name)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UnwritableFile(
            f"{folder / name}: cannot be written: {os.strerror(error.errno or 0)}",
            advice="Make room or choose another folder, then go on with --resume.",
        ) from error
