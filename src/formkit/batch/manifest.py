"""What has been done of a batch, a line each, so that it can go on after it was stopped at any moment.

A line about a chunk is written when all its files are there under their names. A chunk without one is done again
as a whole; the same rows give the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formkit.errors import FormkitError, OutputExists
from formkit.files import UnwritableFile

NAME = ".formkit-batch.jsonl"
DONE, WARNED, REFUSED = "done", "warned", "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a row: its number and line, its file if it has one, and why it was warned of or refused.

    `reasons` are pairs of a path or place and a key, never a value.
    """

    number: int
    line: int
    status: str
    file: str = ""
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """What a batch is made from: a hash of its settings, the day for which forms are laid out, rows in a chunk."""

    settings: str
    day: str
    size: int


class Manifest:
    """The file that keeps account of a batch; opened by one process alone."""

    def __init__(self, path: Path, begun: Begun, done: dict[int, str], started: frozenset[int]) -> None:
        self.path = path
        self.begun = begun
        self.done = done
        self.started = started

    def start(self, number: int) -> None:
        """Note that files of a chunk may be written from now on."""
        self._append({"started": number})

    def finish(self, number: int, fingerprint: str, outcomes: tuple[Outcome, ...]) -> None:
        """Note that all files of a chunk are written, and what came of its rows."""
        rows = [[each.number, each.line, each.status, each.file, each.reasons] for each in outcomes]
        self._append({"done": number, "rows_of": fingerprint, "rows": rows})
        self.done[number] = fingerprint

    def outcomes(self) -> Iterator[Outcome]:
        """Yield what came of each row, in the order of the rows."""
        places: dict[int, int] = {}
        with self.path.open("rb") as stream:
            at = 0
            for line in stream:
                entry = json.loads(line)
                if "done" in entry:
                    places[entry["done"]] = at
                at += len(line)
            for _, place in sorted(places.items()):
                stream.seek(place)
                for number, row, status, file, reasons in json.loads(stream.readline())["rows"]:
                    yield Outcome(number, row, status, file, tuple((path, key) for path, key in reasons))

    def _append(self, entry: dict[str, Any]) -> None:
        _write(self.path, entry)


def begin(path: Path, begun: Begun) -> Manifest:
    """Begin a new account; raises UnwritableFile."""
    _write(path, {"settings": begun.settings, "day": begun.day, "size": begun.size}, new=True)
    return Manifest(path, begun, {}, frozenset())


def resume(path: Path) -> Manifest:
    """Go on with an account; a line that was not written to its end is taken away. Raises FormkitError."""
    entries = list(_entries(path))
    if not entries or "settings" not in entries[0]:
        raise FormkitError(f"{path}: keeps no account of a batch", advice="Start without --resume.")
    begun = Begun(entries[0]["settings"], entries[0]["day"], entries[0]["size"])
    done = {entry["done"]: entry["rows_of"] for entry in entries if "done" in entry}
    return Manifest(path, begun, done, frozenset(entry["started"] for entry in entries if "started" in entry))


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open("r+b") as stream:
            whole = 0
            for line in stream:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                entry = json.loads(line)
                # Rows are read again only for the report.
                entry.pop("rows", None)
                yield entry
            stream.truncate(whole)
    except FileNotFoundError as error:
        raise FormkitError(f"{path.parent}: no batch was begun here", advice="Start without --resume.") from error
    except (OSError, ValueError) as error:
        raise FormkitError(f"{path}: the account of the batch cannot be read", advice="Start anew.") from error


def _write(path: Path, entry: dict[str, Any], *, new: bool = False) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC | (os.O_TRUNC if new else os.O_APPEND)
    try:
        with open(os.open(path, flags, 0o600), "wb") as stream:  # noqa: PTH123 – a descriptor, not a path
            stream.write(json.dumps(entry, separators=(",", ":")).encode() + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        raise UnwritableFile(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from error


def require_free(folder: Path, names: Iterator[str]) -> None:
    """Raise OutputExists where a file is in the way that is not of this batch."""
    taken = next(names, None)
    if taken is not None:
        raise OutputExists(
            f"{folder / taken}: exists already and is not of this batch",
            advice="Name another folder, go on with --resume, or overwrite with --force.",
        )
