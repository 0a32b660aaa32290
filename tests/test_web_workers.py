"""PDF files are made in processes of their own, and hold exactly what was answered."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from formkit.errors import AnswersError
from formkit.pdf.fields import read_form
from formkit.project import Project
from formkit.returned import read_returned
from formkit.web.app import create_app
from formkit.web.offer import offer
from formkit.web.workers import Busy, Limits, Workers
from projects import AUTHORITY, TODAY, sample_project
from visitors import Visitor, visitor

LIMITS = Limits(seconds=60, processes=1, waiting=4)


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    made = Workers(LIMITS)
    yield made
    made.close()


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory, workers: Workers) -> Visitor:
    project = sample_project(tmp_path_factory.mktemp("web"), ("kurz",), ("ar",))
    return visitor(create_app(offer(project, (), AUTHORITY, lambda: TODAY), workers), "/ar/kurz/")


def _sleeps() -> bytes:
    time.sleep(30)
    return b""


def _process() -> bytes:
    return str(os.getpid()).encode()


def _dies() -> bytes:
    os._exit(1)


def _fills_the_memory() -> bytes:
    return bytes(4_000_000_000)[:1]


def _refuses() -> bytes:
    raise AnswersError("no")


def test_work_is_done_in_another_process(workers: Workers) -> None:
    assert int(workers.make(_process)) != os.getpid()


def test_what_a_task_raises_comes_back(workers: Workers) -> None:
    with pytest.raises(AnswersError):
        workers.make(_refuses)


def test_a_process_that_ends_or_takes_too_long_is_replaced() -> None:
    short = Workers(Limits(seconds=3, processes=1))
    try:
        for task in (_dies, _sleeps):
            with pytest.raises(Busy):
                short.make(task)
        # A process that has to start may itself take longer than these limits allow on a busy machine.
        short.limits = Limits(seconds=60, processes=1)
        assert int(short.make(_process)) != os.getpid()
    finally:
        short.close()


def test_a_process_cannot_fill_the_memory(workers: Workers) -> None:
    with pytest.raises(MemoryError):
        workers.make(_fills_the_memory)


def test_when_too_many_wait_the_next_is_told_at_once() -> None:
    with pytest.raises(Busy):
        Workers(Limits(waiting=0)).make(_process)


def answers_in(data: bytes, folder: Path, project: Project) -> dict[str, object]:
    path = folder / "returned.pdf"
    path.write_bytes(data)
    return dict(read_returned(project, read_form(path), path.name).answers.values)


def test_the_official_and_the_bilingual_file_hold_what_was_answered(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, workers: Workers
) -> None:
    project = sample_project(tmp_path_factory.mktemp("web"), ("kurz",), ("ar",))
    there = visitor(create_app(offer(project, (), AUTHORITY, lambda: TODAY), workers), "/ar/kurz/")
    there.press()
    there.type({"person.name": "Müller-Çelik"})
    there.press("go:review")
    for kind, name in (("official", "kurz.de.filled.pdf"), ("bilingual", "kurz.ar.filled.pdf")):
        answer = there.download(kind)
        assert f'attachment; filename="{name}"' == answer.headers["Content-Disposition"]
        assert answers_in(answer.data, tmp_path, project) == {"person.name": "Müller-Çelik"}


def test_the_archive_holds_a_file_for_each_application(there: Visitor, tmp_path: Path) -> None:
    lines = "\n".join(f'{{"form": "kurz", "version": 1, "answers": {{"person": {{"name": "{n}"}}}}}}' for n in "AB")
    there._arrive(there.client.post("/ar/kurz/load", data={"file": (io.BytesIO(lines.encode()), "x.jsonl")}))
    with zipfile.ZipFile(io.BytesIO(there.download("all").data)) as archive:
        assert archive.namelist() == ["kurz-1.de.filled.pdf", "kurz-2.de.filled.pdf"]
        for name, answer in zip(archive.namelist(), "AB", strict=True):
            path = tmp_path / name
            path.write_bytes(archive.read(name))
            assert [(answer,)] == [field.values for field in read_form(path).fields]
