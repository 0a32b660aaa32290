"""The formats of answers in one table, and reading and writing by the end of a file's name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from formkit.answers import csv, fdf, json, xfdf
from formkit.answers.model import Answers
from formkit.answers.record import Record, understood
from formkit.answers.text import MAX_TABLE
from formkit.definition.model import Form
from formkit.errors import AnswersError, UnknownName
from formkit.files import read_at_most
from formkit.problems import Problem

MAX_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Format:
    """How answers are read from bytes and written: one set of them a file, or `many`."""

    many: bool
    read: Callable[[bytes, str], tuple[Record, ...]]
    write: Callable[[Form, Sequence[Answers]], bytes]


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        ".json": Format(False, json.read, json.write),
        ".jsonl": Format(True, json.read_lines, json.write_lines),
        ".xfdf": Format(False, xfdf.read, xfdf.write),
        ".fdf": Format(False, fdf.read, fdf.write),
        ".csv": Format(True, csv.read, csv.write),
    }
)


def format_of(name: str) -> Format:
    """Return the format that the end of a file's name stands for; `.enc` behind it does not count."""
    suffix = Path(name.removesuffix(".enc")).suffix.lower()
    if suffix not in FORMATS:
        raise UnknownName(f"{name}: answers are not kept in such files", advice=f"Possible are {', '.join(FORMATS)}.")
    return FORMATS[suffix]


def read_bytes(path: Path) -> bytes:
    """Read a file of answers, or of a too large one as much as shows it; raises FormkitError."""
    return read_at_most(path, MAX_TABLE, "Name a file.")


def read_records(name: str, data: bytes) -> tuple[Record, ...]:
    """Return what a file holds, before any form is asked; raises AnswersError."""
    return format_of(name).read(data, name)


def read_answers(form: Form, name: str, data: bytes) -> tuple[Answers, ...]:
    """Return the answers to a form that a file holds; raises AnswersError with everything that is wrong."""
    return all_understood(form, read_records(name, data))


def all_understood(form: Form, records: Iterable[Record]) -> tuple[Answers, ...]:
    """Return the answers of records; raises AnswersError with what is wrong in the first faulty ones."""
    found: list[Answers] = []
    problems: list[Problem] = []
    file = ""
    for record in records:
        try:
            found.append(understood(form, record))
        except AnswersError as error:
            problems += error.problems
            file = record.where.file
        if len(problems) > MAX_SHOWN:
            break
    if problems:
        count = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
        raise AnswersError(f"{file}: the answers cannot be read: {count}", problems=problems)
    return tuple(found)


def write_answers(form: Form, name: str, answers: Sequence[Answers], *, excel: bool = False) -> bytes:
    """Return answers as a file of that name holds them; raises AnswersError where it cannot hold so many."""
    found = format_of(name)
    if not found.many and len(answers) != 1:
        many = ", ".join(suffix for suffix, each in FORMATS.items() if each.many)
        raise AnswersError(
            f"{name}: holds one set of answers, not {len(answers)}", advice=f"For several write one of {many}."
        )
    if excel and found.write is csv.write:
        return csv.write(form, answers, excel=True)
    return found.write(form, answers)
