"""Rows of a table of answers, one after another: what is wrong with one stops no other, and none is kept.

JSON Lines and CSV as `answers` reads them; here the file is never in memory as a whole.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from formkit.answers import csv as tables
from formkit.answers import json as lines
from formkit.answers.record import LANGUAGE, Record
from formkit.errors import FormkitError, UnknownName

CSV, JSON_LINES = ".csv", ".jsonl"
MAX_LINE = 2_000_000
"""Characters of a line; the longest a form can ask for is a fraction of it."""
# The csv module takes a limit for the whole process; 131,072 is too little for nobody.
_HEADING = 20_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number from 1, the line where it begins, and its JSON text or its cells; or what is wrong."""

    number: int
    line: int
    text: str = field(default="", repr=False)
    cells: Mapping[str, str] | None = field(default=None, repr=False)
    fault: str = ""

    def record(self, file: str) -> Record:
        """Return what the row says; raises AnswersError."""
        if self.cells is not None:
            return tables.record_of(dict(self.cells), file, self.line)
        return lines.record_of(self.text, file, self.line)


@dataclass(frozen=True, slots=True)
class Rows:
    """Neighbouring rows that are worked on together: their number from 0, and whether they are the last."""

    number: int
    rows: tuple[Row, ...]
    last: bool = False

    def fingerprint(self) -> str:
        """Return a hash of all that the rows say."""
        digest = hashlib.sha256()
        for row in self.rows:
            said = repr((row.line, row.text, None if row.cells is None else dict(row.cells), row.fault))
            digest.update(said.encode("utf-8", "surrogatepass"))
        return digest.hexdigest()[:32]


def require_table(path: Path) -> str:
    """Return the kind of a table by its name; raises UnknownName for others, FormkitError for what is no file."""
    kind = path.suffix.lower()
    if kind not in (CSV, JSON_LINES):
        raise UnknownName(f"{path}: a batch is read from {CSV} or {JSON_LINES}")
    if not path.is_file():
        raise FormkitError(f"{path}: is no file that can be read", advice="Check the spelling.")
    return kind


def count_lines(path: Path) -> int:
    """Return the number of line ends in a file, by which progress is measured."""
    with path.open("rb") as stream:
        return sum(block.count(b"\n") for block in iter(lambda: stream.read(1 << 20), b""))


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a table as they are read; raises AnswersError for a heading that is none, FormkitError."""
    kind = require_table(path)
    try:
        # Bytes that are no UTF-8 come as surrogates, which only spoil the row they stand in.
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as stream:
            yield from _csv(stream, str(path)) if kind == CSV else _json(stream)
    except OSError as error:
        raise FormkitError(f"{path}: cannot be read: {error.strerror}") from error


def _json(stream: TextIO) -> Iterator[Row]:
    number = 0
    for line, text in _lines(stream):
        if text.strip():
            number += 1
            fault = "too-large" if len(text) > MAX_LINE else _encoding(text)
            yield Row(number, line, text="" if fault else text, fault=fault)


def _lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    """Yield lines with their numbers; of one that is too long as much as shows it."""
    line = 0
    while text := stream.readline(MAX_LINE + 1):
        line += 1
        rest = text
        while len(rest) > MAX_LINE and not rest.endswith("\n"):
            rest = stream.readline(MAX_LINE + 1)
        yield line, text


def _csv(stream: TextIO, file: str) -> Iterator[Row]:
    delimiter = tables.delimiter_of(stream.read(_HEADING))
    stream.seek(0)
    if stream.read(1) != "\ufeff":
        stream.seek(0)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    names: list[str] = []
    number, line = 0, 1
    while True:
        row, fault = _next(reader)
        if row is None and not fault:
            return
        if not names and row is not None:
            names = [name.strip() for name in row]
            tables.require_header(names, file)
        elif fault or any(row or ()):
            number += 1
            yield _row(number, line, names, row or [], fault)
        line = reader.line_num + 1


def _next(reader: Iterator[list[str]]) -> tuple[list[str] | None, str]:
    """Return the next row, or what is wrong with it; the reader goes on with the line behind it."""
    try:
        return next(reader, None), ""
    except csv.Error:
        return None, "csv-syntax"


def _row(number: int, line: int, names: list[str], row: list[str], fault: str) -> Row:
    if not fault and len(row) > len(names) and any(row[len(names) :]):
        fault = "columns"
    fault = fault or _encoding("".join(row))
    return Row(number, line, cells=None if fault else dict(zip(names, row, strict=False)), fault=fault)


def _encoding(text: str) -> str:
    # A surrogate can only be a byte that is no UTF-8.
    return "encoding" if any("\ud800" <= each <= "\udfff" for each in text) and not text.isascii() else ""


def chunks(rows: Iterable[Row], size: int) -> Iterator[Rows]:
    """Yield rows by the hundred; borders follow the numbers of rows, so the same table gives the same chunks."""
    waiting: list[Row] = []
    number = 0
    for row in rows:
        if len(waiting) == size:
            yield Rows(number, tuple(waiting))
            waiting = []
            number += 1
        waiting.append(row)
    if waiting:
        yield Rows(number, tuple(waiting), last=True)


def language_of(row: Row, record: Record, column: str) -> str:
    """Return the language that a row names in a column, "" for none; `language` is that of its answers."""
    if column in (LANGUAGE, "language"):
        return record.language
    return (row.cells or {}).get(column, "").strip()
