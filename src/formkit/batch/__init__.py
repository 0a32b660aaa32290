"""Serial letters: rows × form → files and a report. One bad row never stops the others.

Rows are worked on by the hundred, in any executor of the kind of `concurrent.futures`; the process that called
reads the table, keeps account, and never holds more than a few chunks.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from formkit.batch.manifest import NAME, Begun, Manifest, Outcome, begin, require_free, resume
from formkit.batch.rows import Rows, chunks, read_rows, require_table
from formkit.batch.work import Task, work
from formkit.errors import FormkitError, RenderFailed
from formkit.files import UnwritableFile
from formkit.render.jobs import program

__all__ = ["CHUNK", "Batch", "Manifest", "Outcome", "Task", "opened", "run"]

CHUNK = 500
# Chunks that wait or are worked on, for each worker: enough that none waits, few enough for the memory.
_AHEAD = 2
Tick = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Batch:
    """What is to be done: a task, the table it is done with, and how many workers the executor has."""

    task: Task
    table: Path
    workers: int = 1
    size: int = CHUNK

    def settings(self) -> str:
        """Return a hash of all that decides what the files look like, apart from the day and the rows."""
        task = self.task
        parts = (task.form, task.style, task.column, task.project.form_path(task.form).read_bytes(), program())
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def opened(batch: Batch, *, go_on: bool, force: bool) -> tuple[Batch, Manifest]:
    """Begin a batch in its folder, or go on with one; return it with the day it was begun, and its account.

    Raises OutputExists where files are in the way, FormkitError where another batch was begun there.
    """
    folder = batch.task.folder
    _make_folder(folder)
    path = folder / NAME
    begun = Begun(batch.settings(), batch.task.today.isoformat(), batch.size)
    if not go_on:
        if not force:
            require_free(folder, _in_the_way(folder))
        return batch, begin(path, begun)
    manifest = resume(path)
    if manifest.begun.settings != begun.settings:
        raise FormkitError(
            f"{folder}: another batch was begun here: the form, its language or the program differ",
            advice="Use the same settings, or start anew in another folder.",
        )
    day = type(batch.task.today).fromisoformat(manifest.begun.day)
    return replace(batch, task=replace(batch.task, today=day), size=manifest.begun.size), manifest


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFile(
            f"{folder}: cannot be made: {os.strerror(error.errno or 0)}", advice="Name another folder."
        ) from error


def _in_the_way(folder: Path) -> Iterator[str]:
    for each in sorted(folder.iterdir()):
        if each.name == NAME or (each.suffix == ".pdf" and each.stem.isdigit()):
            yield each.name


def run(batch: Batch, manifest: Manifest, executor: Executor, tick: Tick = lambda rows, line: None) -> None:
    """Do what is left of a batch; `tick` is told how many rows are done more, and the line that was reached.

    Raises AnswersError for a table without a heading, UnwritableFile, and what laying out the blank form
    raises; what was done until then is kept, and `opened` can go on with it.
    """
    require_table(batch.table)
    running: dict[Future[tuple[Outcome, ...]], tuple[Rows, str]] = {}
    try:
        for rows in chunks(read_rows(batch.table), batch.size):
            if _is_done(manifest, rows):
                tick(len(rows.rows), rows.rows[-1].line)
                continue
            while len(running) >= _AHEAD * batch.workers:
                _collect(manifest, running, tick)
            manifest.start(rows.number)
            future = executor.submit(work, batch.task, rows, rows.number * batch.size)
            running[future] = (rows, rows.fingerprint())
        while running:
            _collect(manifest, running, tick)
    except BrokenProcessPool as error:
        raise RenderFailed(
            "a process that made files ended", advice="Perhaps memory ran out: try --resume with fewer --workers."
        ) from error
    finally:
        for future in running:
            future.cancel()
    _tidy(batch.task.folder)


def _is_done(manifest: Manifest, rows: Rows) -> bool:
    known = manifest.done.get(rows.number)
    if known is not None and known != rows.fingerprint():
        raise FormkitError(
            f"rows {rows.rows[0].number} to {rows.rows[-1].number} are not those that were done",
            advice="The table was changed since: start anew.",
        )
    return known is not None


def _collect(manifest: Manifest, running: dict[Future[tuple[Outcome, ...]], tuple[Rows, str]], tick: Tick) -> None:
    finished, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        rows, fingerprint = running.pop(future)
        manifest.finish(rows.number, fingerprint, future.result())
        tick(len(rows.rows), rows.rows[-1].line)


def _tidy(folder: Path) -> None:
    """Remove what a process that was killed left behind."""
    for each in folder.glob(".formkit-*.pdf.tmp"):
        each.unlink(missing_ok=True)
