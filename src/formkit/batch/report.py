"""What came of each row, as a table for spreadsheets or as JSON: numbers, states, paths and keys, never a value."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from formkit.batch.manifest import Outcome
from formkit.errors import UnknownName
from formkit.files import UnwritableFile

_HEADING = ("row", "line", "status", "file", "reasons")


def require_kind(path: Path) -> None:
    """Raise UnknownName for a report that would be neither CSV nor JSON."""
    if path.suffix.lower() not in (".csv", ".json"):
        raise UnknownName(f"{path}: a report is a file that ends in .csv or .json")


def write_report(path: Path, outcomes: Iterable[Outcome]) -> Counter[str]:
    """Write a report and return how many rows have which status; raises UnwritableFile.

    A cell of reasons has `path: key` for each, with `; ` between them.
    """
    require_kind(path)
    counts: Counter[str] = Counter()
    temporary = path.with_name(f".formkit-{path.name}.tmp")
    lines = _json if path.suffix.lower() == ".json" else _csv
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            for text in lines(_counted(outcomes, counts)):
                stream.write(text)
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UnwritableFile(f"{path}: cannot be written: {os.strerror(error.errno or 0)}") from error
    return counts


def _counted(outcomes: Iterable[Outcome], counts: Counter[str]) -> Iterator[Outcome]:
    for each in outcomes:
        counts[each.status] += 1
        yield each


def _csv(outcomes: Iterable[Outcome]) -> Iterator[str]:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_HEADING)
    for each in outcomes:
        reasons = "; ".join(f"{path}: {key}" if path else key for path, key in each.reasons)
        writer.writerow([each.number, each.line, each.status, each.file, reasons])
        yield stream.getvalue()
        stream.seek(0)
        stream.truncate()
    yield stream.getvalue()


def _json(outcomes: Iterable[Outcome]) -> Iterator[str]:
    yield "["
    for place, each in enumerate(outcomes):
        reasons = [{"path": path, "key": key} for path, key in each.reasons]
        values = (each.number, each.line, each.status, each.file, reasons)
        yield ("," if place else "") + "\n" + json.dumps(dict(zip(_HEADING, values, strict=True)), ensure_ascii=False)
    yield "\n]\n"
