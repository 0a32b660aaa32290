"""CSV: for people with any spreadsheet. UTF-8; commas, or what Excel wants in Germany."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from formkit.i18n.exchange.cells import COLUMNS, cells, columns, read_row, require_columns
from formkit.i18n.exchange.plain import decoded, require_characters
from formkit.i18n.exchange.rows import MAX_ROWS, Row, Sheet, refuse
from formkit.problems import Problem, Where

_DELIMITERS = (",", ";", "\t")
_BOM = "\ufeff"
# No heading is longer.
_HEADING = 2_000


def write(sheet: Sheet, *, excel: bool = False) -> bytes:
    """Write a sheet; for `excel` with a byte order mark, semicolons and CRLF, else it shows signs for letters."""
    stream = io.StringIO(newline="")
    # Everything in quotation marks: a file that was cut off then shows it.
    writer = csv.writer(
        stream, quoting=csv.QUOTE_ALL, delimiter=";" if excel else ",", lineterminator="\r\n" if excel else "\n"
    )
    writer.writerow(COLUMNS)
    writer.writerows(cells(row) for row in sheet.rows)
    return ((_BOM if excel else "") + stream.getvalue()).encode()


def read(data: bytes, file: str) -> Sheet:
    """Read a sheet; form and language are not in the file. Raises ExchangeError with the place of what is wrong."""
    text = decoded(data, file)
    require_characters(text, file)
    records = _records(text, _delimiter(text), file)
    line, header = next(records, (1, []))
    places = require_columns(header, file, line)
    found = [read_row(record, places, len(header), file, line) for line, record in records]
    rows = tuple(row for row in found if isinstance(row, Row))
    return Sheet("", "", rows, tuple(each for each in found if isinstance(each, Problem)))


def _delimiter(text: str) -> str:
    """Return the separator with which the first line is our heading; spreadsheets choose it by their country."""
    first = text[:_HEADING].partition("\n")[0].rstrip("\r")
    return next((each for each in _DELIMITERS if columns(_heading(first, each))), _DELIMITERS[0])


def _heading(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def _records(text: str, delimiter: str, file: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield records that hold something with the lines where they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start, count = 1, 0
    try:
        for record in reader:
            if any(record):
                count += 1
                yield start, record
            if count > MAX_ROWS + 1:
                refuse(file, [Problem(Where(file, start), f"the file has more than {MAX_ROWS} rows", "too-large")])
            start = reader.line_num + 1
    except csv.Error as error:
        refuse(file, [Problem(Where(file, start), f"the row that begins here is no CSV: {error}", "csv-syntax")])
