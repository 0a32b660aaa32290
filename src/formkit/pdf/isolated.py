"""Reading files from outside in a process apart, with limits on time and memory.

A file made to harm can loop, crash or fill the memory; then one process ends and one message says so. Only
plain data come back: a process that a file has taken over can lie about that file and do no more.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from formkit.errors import FormkitError, UnreadablePdf
from formkit.pdf.fields import PdfForm
from formkit.pdf.plain import from_plain
from formkit.pdf.worker import HEAD

_ADVICE = "The file may be damaged or made to do harm: do not open it; ask for it anew."
# A form at all its limits has about this much to say.
_LONGEST_ANSWER = 200_000_000
# Memory that libraries do not give back goes with the process.
_FILES_A_PROCESS = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may take: seconds of waiting and of computing, and bytes of memory of the process."""

    seconds: float = 10.0
    memory: int = 1_000_000_000
    start: float = 30.0


class _Fault(Exception):
    """The process ended or must end; says what is to be told of the file."""


class Reader:
    """Reads forms in one process that is kept warm and replaced after a fault; may be shared by threads."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._lock = threading.Lock()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one; the next file starts a new one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            _close(stream)
        process.wait()

    def read(self, path: Path) -> PdfForm:
        """Return the form of a file; raises UnreadablePdf where it cannot be read within the limits."""
        with self._lock:
            try:
                return self._taken(path, self._ask(path))
            except _Fault as fault:
                self.close()
                raise UnreadablePdf(f"{path}: {fault}", advice=_ADVICE) from None
            except UnreadablePdf:
                raise
            except BaseException:
                # Whatever is still to come from that process would be taken for the answer to the next question.
                self.close()
                raise

    def _taken(self, path: Path, answer: dict[str, Any]) -> PdfForm:
        """Return the form that an answer holds; raises UnreadablePdf, and _Fault where it holds nothing sensible."""
        try:
            if "form" in answer:
                return from_plain(answer["form"])
            message, advice, spent = str(answer["message"]), str(answer["advice"]), answer["spent"]
        except (KeyError, TypeError, ValueError):
            raise _Fault(_ENDED) from None
        if spent:
            self.close()
        raise UnreadablePdf(f"{path}: {message}", advice=advice)

    def _ask(self, path: Path) -> dict[str, Any]:
        if self._read >= _FILES_A_PROCESS:
            self.close()
        process = self._process or self._start()
        self._read += 1
        asked = json.dumps({"path": os.fspath(path.absolute())}).encode()
        assert process.stdin is not None
        try:
            process.stdin.write(HEAD.pack(len(asked)) + asked)
            process.stdin.flush()
        except OSError:
            raise _Fault(_ENDED) from None
        return _receive(process, time.monotonic() + self._limits.seconds, self._limits)

    def _start(self) -> subprocess.Popen[bytes]:
        arguments = [str(int(self._limits.seconds)), str(self._limits.memory)]
        # -P: nothing is imported from the folder where one happens to be. What libraries print is left out:
        # it may hold pieces of the file.
        command = [sys.executable, "-P", "-m", "formkit.pdf.worker", *arguments]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        self._read = 0
        try:
            _receive(self._process, time.monotonic() + self._limits.start, self._limits)
        except _Fault:
            self.close()
            raise FormkitError("the process that reads PDF files cannot be started", advice=_START) from None
        return self._process


_ENDED = "ends the process that reads it"
_START = "See what `formkit doctor` says; perhaps there is too little memory."


def _receive(process: subprocess.Popen[bytes], deadline: float, limits: Limits) -> dict[str, Any]:
    """Return the next answer of a process; raises _Fault where none comes in time."""
    (length,) = HEAD.unpack(_exactly(process, HEAD.size, deadline, limits))
    if length > _LONGEST_ANSWER:
        raise _Fault("has more to say than is taken in")
    try:
        answer = json.loads(_exactly(process, length, deadline, limits))
    except (ValueError, RecursionError):
        raise _Fault(_ENDED) from None
    if not isinstance(answer, dict):
        raise _Fault(_ENDED)
    return answer


def _exactly(process: subprocess.Popen[bytes], length: int, deadline: float, limits: Limits) -> bytes:
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    parts = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while len(parts) < length:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise _Fault(f"takes longer to read than the {limits.seconds:g} seconds that are allowed")
            part = os.read(descriptor, min(1 << 20, length - len(parts)))
            if not part:
                raise _Fault(_end_of(process, limits))
            parts += part
    return bytes(parts)


def _end_of(process: subprocess.Popen[bytes], limits: Limits) -> str:
    """Say why a process ended that had an answer to give."""
    code = process.wait()
    if code == -signal.SIGXCPU:
        return f"takes longer to read than the {limits.seconds:g} seconds that are allowed"
    return _ENDED


def _close(stream: IO[bytes] | None) -> None:
    if stream is not None:
        try:
            stream.close()
        except OSError:
            # What was still to be written goes to nobody.
            return


@cache
def _shared() -> Reader:
    reader = Reader()
    atexit.register(reader.close)
    return reader


def read_form_apart(path: Path) -> PdfForm:
    """Read the form of a file from outside in the process that all callers share.

    Does what `fields.read_form` does and raises UnreadablePdf as it does, within the default limits.
    """
    return _shared().read(path)
