"""What does the work of a batch: this process, several on this machine, or a Dask cluster."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager

from formkit.errors import FormkitError


class Inline(Executor):
    """An executor that does the work at once, in this process."""

    def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
        """Do the work and return a future that is done."""
        future: Future[object] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            # It is raised where the result is asked for, as in every executor.
            future.set_exception(error)
        return future


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """Give an executor of so many processes; one does the work in this process."""
    if count == 1:
        yield Inline()
        return
    # Spawned, not forked: Pango and fontconfig keep state that a fork would share.
    with ProcessPoolExecutor(count, multiprocessing.get_context("spawn")) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def cluster(url: str) -> Iterator[Executor]:
    """Give an executor that works on a Dask cluster whose machines share the folders; raises FormkitError."""
    try:
        from distributed import Client
    except ImportError as error:
        raise FormkitError(
            "a cluster needs Dask distributed", advice="Install it with: pip install 'formkit[cluster]'"
        ) from error
    try:
        client = Client(url, timeout="20s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise FormkitError(f"{url}: no scheduler answers there", advice="Start one with: dask scheduler") from error
    with client, client.get_executor() as executor:
        yield executor
