"""CSV: a record a row, a column for each value path (`fahrten.0.ziel`), for spreadsheets and mail merges.

A cell holds what a German form shows: 24.12.1990, 12,50, ja. Several codes stand in one cell with spaces
between them, a matrix as row:code. For spreadsheets a file gets a byte order mark, semicolons, and a guard: an
apostrophe before what a spreadsheet could take for a formula (CVE-2021-41270 and its like). A column `_guard`
says so, and so reading takes away just what writing put there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from formkit.answers.model import Answers
from formkit.answers.raw import boxes_of
from formkit.answers.record import FORM, LANGUAGE, VERSION, Record, marked, marks, refuse
from formkit.answers.slots import outline
from formkit.answers.text import MAX_TABLE, decoded
from formkit.answers.tree import Place
from formkit.definition.model import Form
from formkit.expressions.error import shortened
from formkit.i18n.exchange.spelling import guarded, unguarded
from formkit.problems import Problem, Where

GUARD = "_guard"
MAX_RECORDS = 100_000
_BOM = "\ufeff"
_DELIMITERS = (";", ",", "\t")


def write(form: Form, answers: Sequence[Answers], *, excel: bool = False) -> bytes:
    """Return answers as a table; for `excel` with byte order mark, semicolons and guard."""
    rows = [marks(each) | cells(form, each) for each in answers]
    paths = sorted({path for row in rows for path in row if not path.startswith("_")}, key=_sorter(form))
    header = [FORM, VERSION, LANGUAGE, *paths]
    stream = io.StringIO(newline="")
    writer = csv.writer(
        stream, quoting=csv.QUOTE_ALL, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
    )
    writer.writerow([*([GUARD] if excel else []), *header])
    for row in rows:
        found = [row.get(path, "") for path in header]
        writer.writerow(["ja", *map(guarded, found)] if excel else found)
    return ((_BOM if excel else "") + stream.getvalue()).encode()


def _sorter(form: Form) -> Callable[[str], tuple[tuple[int, int, int], str]]:
    placed = outline(form)

    def key(name: str) -> tuple[tuple[int, int, int], str]:
        box = placed.box(name)
        return placed.sort_key(box.slot.at(box.row) if box else name), name

    return key


def cells(form: Form, answers: Answers) -> dict[str, str]:
    """Return the cells of one record by value path; what could not be understood stands at the names of its boxes."""
    placed = outline(form)
    found = {path: placed.split(path)[0].field.to_cell(value) for path, value in answers.values.items()}
    for fault in answers.faults:
        found |= boxes_of(form, fault)
    return found


def read(data: bytes, file: str) -> tuple[Record, ...]:
    """Read a table whose first row names the columns; raises AnswersError with the line of what is wrong."""
    text = decoded(data, file, MAX_TABLE)
    rows = _rows(text, delimiter_of(text), file)
    _, header = next(rows, (1, []))
    names = [name.strip() for name in header]
    require_header(names, file)
    found = []
    for line, row in rows:
        if len(row) > len(names) and any(row[len(names) :]):
            text = "the row has more cells than the heading; perhaps a quotation mark is missing"
            refuse(file, [Problem(Where(file, line), text, "columns")])
        found.append(record_of(dict(zip(names, row, strict=False)), file, line))
    return tuple(found)


def record_of(row: dict[str, str], file: str, line: int) -> Record:
    """Return the record of one row, its cells by column; raises AnswersError."""
    # Some programs end every line of a cell like the lines of the file.
    given = {name: text.replace("\r\n", "\n").replace("\r", "\n") for name, text in row.items() if name}
    if given.pop(GUARD, ""):
        given = {name: unguarded(text) for name, text in given.items()}

    def locate(place: Place) -> Where:
        return Where(file, line, list(row).index(str(place[0])) + 1 if place[0] in row else 0)

    record = marked({name: text for name, text in given.items() if name.startswith("_")}, Where(file, line), locate)
    filled = {name: text for name, text in given.items() if text.strip() and not name.startswith("_")}
    return Record(record.where, record.form, record.version, record.language, cells=filled, locate=locate)


def require_header(names: Sequence[str], file: str) -> None:
    """Raise AnswersError where the first row is no heading."""
    if FORM not in names and not any("." in name for name in names):
        text = "the first row must name the questions by their paths, such as person.familienname"
        refuse(file, [Problem(Where(file, 1), text, "columns")])
    twice = sorted({name for name in names if name and names.count(name) > 1})
    problems = [Problem(Where(file, 1), f"the column '{shortened(name)}' stands twice", "columns") for name in twice]
    unknown = [name for name in names if name.startswith("_") and name not in (FORM, VERSION, LANGUAGE, GUARD)]
    problems += [Problem(Where(file, 1), f"the column '{shortened(name)}' is unknown", "columns") for name in unknown]
    if problems:
        refuse(file, problems)


def delimiter_of(text: str) -> str:
    """Return the separator of the heading: the one that parts it most often."""
    first = text[:20_000].partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _rows(text: str, delimiter: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield rows that hold something, with the lines where they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line, count = 1, 0
    try:
        for row in reader:
            if any(row):
                count += 1
                yield line, row
            if count > MAX_RECORDS + 1:
                refuse(file, [Problem(Where(file, line), f"more than {MAX_RECORDS:,} records", "too-large")])
            line = reader.line_num + 1
    except csv.Error as error:
        refuse(file, [Problem(Where(file, line), f"the row that begins here is no CSV: {error}", "csv-syntax")])
