"""PDF work in two processes that are kept warm, with limits on time, memory and the number that wait.

A process that takes too long is ended with all it holds, and a new one takes its place: whoever asked is told,
nobody else notices. Nothing is written to a disk but blank forms.
"""

from __future__ import annotations

import datetime
import functools
import multiprocessing
import queue
import resource
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field

from formkit.answers import Answers
from formkit.copies import Style, blank_form, filled_copy
from formkit.definition import Form
from formkit.errors import FormkitError
from formkit.i18n import load
from formkit.i18n.languages import Language
from formkit.project import Project
from formkit.render.jobs import FILLABLE, Job

_AHEAD = "interlinear"


class Busy(FormkitError):
    """Too many wait already."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What making one file may take: seconds of waiting and of work, bytes of a process, how many may wait."""

    seconds: float = 60.0
    memory: int = 2_000_000_000
    waiting: int = 200
    processes: int = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A filled form to be made."""

    project: Project
    answers: Answers = field(repr=False)
    style: Style
    today: datetime.date

    def __call__(self) -> bytes:
        """Make it; raises what `filled_copy` does."""
        form = _form(self.project, self.answers.form, self.project.form_path(self.answers.form).stat().st_mtime_ns)
        return filled_copy(self.project, self.answers, self.style, self.today, form).data


@dataclass(frozen=True, slots=True)
class Ahead:
    """A blank form to be laid out before anybody asks for it."""

    project: Project
    form: str
    language: Language
    authority: str
    today: datetime.date

    def __call__(self) -> bytes:
        """Lay it out; where that fails, whoever asks for it is told."""
        layout = "source" if self.language.tag == "de" else _AHEAD
        job = Job(self.form, self.language, self.authority, layout, False, self.project.completeness, FILLABLE)
        try:
            blank_form(self.project, job, self.today)
        except FormkitError:
            return b""
        return b""


@functools.lru_cache(maxsize=32)
def _form(project: Project, form_id: str, changed: int) -> Form:
    """Return a form; a process keeps it until its file changes, because reading it takes longer than filling it."""
    return load.form(project, form_id)


class _Worker:
    """One process, started when it is first needed and replaced after a fault."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._pool: ProcessPoolExecutor | None = None

    def run(self, task: Callable[[], bytes], seconds: float) -> bytes:
        """Return what a task makes; raises what it raises, Busy where the process ends or takes too long."""
        if self._pool is None:
            # Spawned, not forked: Pango and fontconfig keep state that a fork would share.
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _limit, (self._memory,))
        try:
            return self._pool.submit(task).result(seconds)
        except (TooLong, BrokenProcessPool):
            self.end()
            raise Busy("a file takes too long to make") from None

    def end(self) -> None:
        """End the process with whatever it does; a later task starts a new one."""
        pool, self._pool = self._pool, None
        if pool is None:
            return
        # The pool has no public way to end a process that is busy.
        processes = list((getattr(pool, "_processes", None) or {}).values())
        pool.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()


class Workers:
    """Processes that make PDF files; may be shared by threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._places = threading.BoundedSemaphore(self.limits.waiting)
        self._workers = tuple(_Worker(self.limits.memory) for _ in range(self.limits.processes))
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._closed = threading.Event()
        for worker in self._workers:
            self._free.put(worker)

    def make(self, task: Callable[[], bytes]) -> bytes:
        """Return what a task makes; raises what it raises, Busy where too many wait or it takes too long."""
        if not self._places.acquire(blocking=False):
            raise Busy("too many files are asked for at once")
        try:
            return self._run(task)
        finally:
            self._places.release()

    def _run(self, task: Callable[[], bytes]) -> bytes:
        try:
            worker = self._free.get(timeout=self.limits.seconds)
        except queue.Empty:
            raise Busy("no process is free") from None
        try:
            return worker.run(task, self.limits.seconds)
        finally:
            self._free.put(worker)

    def ahead(self, tasks: Sequence[Callable[[], bytes]]) -> threading.Thread:
        """Do tasks that nobody waits for, one after the other, so that a process stays free for people."""

        def work() -> None:
            for task in tasks:
                if self._closed.is_set():
                    return
                with suppress(FormkitError, MemoryError):
                    self._run(task)

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread

    def close(self) -> None:
        """End the processes."""
        self._closed.set()
        for worker in self._workers:
            worker.end()


def _limit(memory: int) -> None:
    """Hold a new process to its limits; no core keeps what people filled in."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
