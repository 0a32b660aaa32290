"""Several documents at once, in processes of their own: one that fails never stops the others."""

from __future__ import annotations

import datetime
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from formkit import render
from formkit.errors import FormkitError, RenderFailed
from formkit.project import Project
from formkit.render import Result
from formkit.render.jobs import Job


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job: a result or the error that stopped it."""

    job: Job
    result: Result | None = None
    error: FormkitError | None = None


def run_all(
    project: Project,
    jobs: tuple[Job, ...],
    folder: Path,
    today: datetime.date,
    *,
    workers: int | None = None,
    force: bool = False,
    tick: Callable[[int], object] = lambda count: None,
) -> tuple[Done, ...]:
    """Make all documents and return what came of each, in the order asked for; `tick` is told of each."""
    count = min(workers or os.cpu_count() or 1, len(jobs))
    task = _Task(project, folder, today, force)
    if count <= 1 or _all_up_to_date(task, jobs):
        done = []
        for job in jobs:
            done.append(task(job))
            tick(1)
        return tuple(done)
    return _in_processes(task, jobs, count, tick)


@dataclass(frozen=True, slots=True)
class _Task:
    """One call of render.run, with its error caught, so that it can travel between processes."""

    project: Project
    folder: Path
    today: datetime.date
    force: bool

    def __call__(self, job: Job) -> Done:
        try:
            return Done(job, render.run(self.project, job, self.folder, self.today, force=self.force))
        except FormkitError as error:
            return Done(job, error=error)


def _all_up_to_date(task: _Task, jobs: tuple[Job, ...]) -> bool:
    """Tell whether nothing is to do: then no process needs to be started."""
    return not task.force and all(render.is_up_to_date(task.project, job, task.folder, task.today) for job in jobs)


def _in_processes(task: _Task, jobs: tuple[Job, ...], count: int, tick: Callable[[int], object]) -> tuple[Done, ...]:
    done: dict[Job, Done] = {}
    # Spawned, not forked: Pango and fontconfig keep state that a fork would share.
    with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
        waiting: dict[Future[Done], Job] = {pool.submit(task, job): job for job in jobs}
        while waiting:
            finished, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in finished:
                job = waiting.pop(future)
                done[job] = _outcome(future, job)
                tick(1)
    return tuple(done[job] for job in jobs)


def _outcome(future: Future[Done], job: Job) -> Done:
    try:
        return future.result()
    except BrokenProcessPool:
        advice = "Perhaps memory ran out; try again with --workers 1."
        return Done(job, error=RenderFailed(f"{job.name}: the process making it ended", advice=advice))
