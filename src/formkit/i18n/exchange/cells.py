"""Rows as the cells of a table, for CSV and XLSX alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from formkit.i18n.exchange.rows import MAX_TEXT, Row, State, read_mark, refuse
from formkit.i18n.exchange.spelling import guarded, unguarded
from formkit.problems import Problem, Where

COLUMNS = ("id", "context", "German", "translation", "comment", "state", "limit", "base")
_NEEDED = ("context", "German", "translation")
_BETWEEN = ", "
_STATES = {state.value: state for state in State}

Columns = Mapping[str, int]


def cells(row: Row) -> list[str]:
    """Return a row as cells in the order of the columns."""
    found = {
        "id": _BETWEEN.join(row.ids),
        "context": row.context,
        "German": row.german,
        "translation": row.text,
        "comment": row.comment,
        "state": row.state.value if row.state else "",
        "limit": str(row.limit or ""),
        "base": row.base,
    }
    return [guarded(found[name]) for name in COLUMNS]


def columns(header: Sequence[str]) -> Columns:
    """Return where each of our columns stands, by its heading; nothing where this is no heading of ours."""
    names = [name.strip().casefold() for name in header]
    found = {name: names.index(name.casefold()) for name in COLUMNS if name.casefold() in names}
    return found if all(name in found for name in _NEEDED) else {}


def require_columns(header: Sequence[str], file: str, line: int) -> Columns:
    """Return where each of our columns stands; raises ExchangeError where one is missing or there twice."""
    found = columns(header)
    names = [name.strip().casefold() for name in header]
    twice = [name for name in found if names.count(name.casefold()) > 1]
    if not found or twice:
        text = f"the first row must name the columns {', '.join(_NEEDED)}"
        text = f"the column '{twice[0]}' stands there twice" if twice else text
        refuse(file, [Problem(Where(file, line), text, "columns")])
    return found


def read_row(found: Sequence[str], places: Columns, width: int, file: str, line: int) -> Row | Problem:
    """Return the row that cells stand for, or what is wrong with them; `width` is that of the heading."""
    if any(len(cell) > MAX_TEXT for cell in found):
        return Problem(Where(file, line), f"a cell holds more than {MAX_TEXT} characters", "too-large")
    if any(found[width:]):
        text = "the row has more cells than the heading; perhaps a quotation mark is missing"
        return Problem(Where(file, line), text, "columns")
    if len(found) < width and len(found) == places["translation"] + 1:
        return Problem(Where(file, line), "the row ends within its translation; the file may be cut off", "columns")

    def cell(name: str) -> str:
        place = places.get(name, len(found))
        # Some programs end every line of a cell like the lines of the file.
        return unguarded(found[place].replace("\r\n", "\n")) if place < len(found) else ""

    if not cell("German"):
        return Problem(Where(file, line), "the row has no German text", "unknown-source")
    return Row(
        german=cell("German"),
        context=cell("context"),
        ids=tuple(filter(None, cell("id").split(_BETWEEN))),
        text=cell("translation"),
        comment=cell("comment"),
        state=_STATES.get(cell("state").strip().casefold()),
        base=read_mark(cell("base")),
        line=line,
    )
