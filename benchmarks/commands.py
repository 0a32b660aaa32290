"""How long a person waits for a command: whole processes, from the shell and back."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figure import Figure, median, seconds

ROOT = Path(__file__).parent.parent
SIX = ("ar", "uk", "tr", "en", "de-simple", "de")
ROUNDS = 7


def measure() -> Iterator[Figure]:
    """Yield the seconds of --help and of a run over six documents with nothing to do."""
    yield Figure("formkit --help", _median("--help"), "s", 0.2)
    with tempfile.TemporaryDirectory() as folder:
        render = ["render", "but-hauptantrag", "-o", folder]
        for tag in SIX:
            render += ["--lang", tag]
        first = seconds(lambda: _run(*render))
        yield Figure("six documents from nothing, two processes at a time", first, "s")
        yield Figure("the same again, nothing changed", _median(*render), "s", 0.5)


def _median(*arguments: str) -> float:
    _run(*arguments)
    return median([seconds(lambda: _run(*arguments)) for _ in range(ROUNDS)])


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "formkit", *arguments], cwd=ROOT, check=True, capture_output=True)
