"""XLSX: for people with a spreadsheet program. Texts only: every cell is text, a formula is refused."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from formkit.i18n.exchange.cells import COLUMNS, cells, columns, read_row, require_columns
from formkit.i18n.exchange.plain import require_plain_xml
from formkit.i18n.exchange.rows import MAX_ROWS, ExchangeError, Row, Sheet, State, refuse
from formkit.i18n.languages import LANGUAGES
from formkit.problems import Problem, Where

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_WIDTHS = {"id": 24, "context": 12, "German": 50, "translation": 50, "comment": 40, "state": 12, "limit": 8, "base": 11}
_OPEN = frozenset({"translation", "state"})
_NAME, _LANGUAGE = "formkit catalogue", "formkit language"
# What a catalogue of 5,000 entries needs is half of it. openpyxl takes long over elements, not over bytes:
# 34 kB of empty cells unpack to seven million, a minute and two gigabytes.
_MAX_UNPACKED = 20_000_000
_MAX_PARTS = 200
_MAX_CELLS = 500_000
_MAX_OTHERS = 30_000
_MAX_PAGES = 200
_CELLS = re.compile(rb"</?(?:\w+:)?(?:row|c|v|is|t|f|si|r|rPr)[\s/>]")
_PAGES = re.compile(rb"<(?:\w+:)?sheet[\s/>]")
# More columns than ours are other people's; a row with a cell in the last of 16,384 is no larger for that.
_MAX_COLUMNS = 50
_LAST_ROW = 1_048_576
# Longer titles of pages are not allowed.
_TITLE = 31
_OPEN_DOCUMENT = "mimetype"
_READ = ("context", "German", "translation")
_NO_TEXT = {"f": "a formula", "e": "an error", "d": "a date", "n": "a number", "b": "a truth value"}


def write(sheet: Sheet) -> bytes:
    """Write a sheet: heading frozen, German locked (without password), direction as the language has it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "formkit"
    book.properties.title = f"{sheet.name} ({sheet.language})"
    _note(book, _NAME, sheet.name)
    _note(book, _LANGUAGE, sheet.language)
    language = LANGUAGES.get(sheet.language)
    page = book.create_sheet(f"{sheet.name}.{sheet.language}"[:_TITLE])
    _dress(page, len(sheet.rows) + 1, bool(language and language.direction == "rtl"))
    styles = _Styles(page, bool(language and language.direction == "rtl"))
    page.append([styles.heading(name) for name in COLUMNS])
    for row in sheet.rows:
        page.append([styles.cell(name, text) for name, text in zip(COLUMNS, cells(row), strict=True)])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _note(book: Workbook, name: str, value: str) -> None:
    from openpyxl.packaging.custom import StringProperty

    book.custom_doc_props.append(StringProperty(name=name, value=value))


def _dress(page: Any, rows: int, rtl: bool) -> None:
    """Set what holds for the whole page; openpyxl's write-only pages want it before the first row."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, name in enumerate(COLUMNS, 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDTHS[name]
    page.freeze_panes = "A2"
    page.sheet_view.rightToLeft = rtl
    page.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{rows}"
    page.protection.sheet = True
    # False says: not forbidden.
    page.protection.autoFilter = page.protection.formatColumns = page.protection.formatRows = False
    states = ",".join(state.value for state in State if state is not State.REVIEWED)
    letter = get_column_letter(COLUMNS.index("state") + 1)
    page.data_validations.append(
        DataValidation("list", formula1=f'"{states}"', showErrorMessage=False, sqref=f"{letter}2:{letter}{rows}")
    )


class _Styles:
    """Makes the cells of a page; what they look like is shared."""

    def __init__(self, page: Any, rtl: bool) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font, PatternFill, Protection

        self._page, self._cell = page, WriteOnlyCell
        self._locked, self._open = Protection(locked=True), Protection(locked=False)
        self._bold, self._grey = Font(bold=True), PatternFill("solid", fgColor="EEEEEE")
        left = Alignment(wrap_text=True, vertical="top", horizontal="left", readingOrder=1)
        right = Alignment(wrap_text=True, vertical="top", horizontal="right", readingOrder=2)
        self._alignment = {name: right if rtl and name == "translation" else left for name in COLUMNS}

    def heading(self, name: str) -> Any:
        """Return the heading of a column."""
        cell = self.cell(name, name)
        cell.font, cell.fill, cell.protection = self._bold, self._grey, self._locked
        return cell

    def cell(self, name: str, text: str) -> Any:
        """Return a cell of text."""
        cell = self._cell(self._page, None)
        cell.value = text
        # openpyxl takes a text with = in front for a formula; none is left, and none shall ever be.
        cell.data_type = "s"
        cell.number_format = "@"
        cell.alignment = self._alignment[name]
        cell.protection = self._open if name in _OPEN else self._locked
        if name not in _OPEN:
            cell.fill = self._grey
        return cell


def read(data: bytes, file: str) -> Sheet:
    """Read a sheet with its form and language; raises ExchangeError with the place of what is wrong."""
    try:
        _require_harmless(data, file)
        return _read(data, file)
    except ExchangeError:
        raise
    except Exception as error:
        # zipfile and openpyxl raise whatever their parts raise: KeyError for a missing part, struct.error …
        text = f"this is no XLSX file, or it is cut off or encrypted ({type(error).__name__}); save it as XLSX again"
        refuse(file, [Problem(Where(file), text, "xlsx")])


def _require_harmless(data: bytes, file: str) -> None:
    """Refuse a package that unpacks to too much, or holds XML that declares a document type."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        if len(parts) > _MAX_PARTS or sum(part.file_size for part in parts) > _MAX_UNPACKED:
            text = f"the file unpacks to more than {_MAX_UNPACKED} bytes or {_MAX_PARTS} parts"
            refuse(file, [Problem(Where(file), text, "too-large")])
        if any(part.filename == _OPEN_DOCUMENT for part in parts):
            refuse(file, [Problem(Where(file), "this is an OpenDocument file; save it as XLSX", "xlsx")])
        for part in parts:
            # zipfile gives no more than the size that a part states.
            _require_small(package.read(part), f"{file}/{part.filename}")


def _require_small(data: bytes, part: str) -> None:
    """Refuse a part of a package with more elements than any catalogue needs."""
    require_plain_xml(data, part)
    cells, pages = len(_CELLS.findall(data)), len(_PAGES.findall(data))
    if cells > _MAX_CELLS or data.count(b"<") - cells > _MAX_OTHERS or pages > _MAX_PAGES:
        text = "there are far more elements than a catalogue needs; copy the columns into a new file and save that"
        refuse(part, [Problem(Where(part), text, "too-large")])


def _read(data: bytes, file: str) -> Sheet:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # Of styles and extensions that openpyxl does not know; nothing of them is looked at.
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        page, header = _page(book, file)
        places = require_columns([_heading(cell) for cell in header], file, 1)
        found = list(_found(page, places, len(header), file))
    rows = tuple(row for row in found if isinstance(row, Row))
    problems = tuple(each for each in found if isinstance(each, Problem))
    return Sheet(*_belonging(book, page), rows, problems)


def _belonging(book: Workbook, page: Any) -> tuple[str, str]:
    """Return catalogue and language, from the notes in the file or, where a program dropped them, the page's title."""
    notes = {each.name: str(each.value) for each in book.custom_doc_props.props}
    name, _, tag = page.title.rpartition(".")
    titled = (name, tag) if tag in LANGUAGES else ("", "")
    return notes.get(_NAME, titled[0]), notes.get(_LANGUAGE, titled[1])


def _page(book: Workbook, file: str) -> tuple[Any, Sequence[Any]]:
    """Return the page with our heading, or the first."""
    pages = [(page, next(_rows_of(page), ())) for page in book.worksheets[:20]]
    if not pages:
        refuse(file, [Problem(Where(file), "the file holds no sheet of cells", "xlsx")])
    return next((each for each in pages if columns([_heading(cell) for cell in each[1]])), pages[0])


def _rows_of(page: Any) -> Iterator[Sequence[Any]]:
    # Both limits are given: the size that a file states of itself may be wrong.
    return iter(page.iter_rows(max_row=_LAST_ROW, max_col=_MAX_COLUMNS))


def _heading(cell: Any) -> str:
    return cell.value if isinstance(cell.value, str) else ""


def _found(page: Any, places: Any, width: int, file: str) -> Iterator[Row | Problem]:
    count = 0
    for line, row in enumerate(_rows_of(page), 1):
        if line == 1 or all(cell.value is None for cell in row):
            continue
        count += 1
        if count > MAX_ROWS:
            refuse(file, [Problem(Where(file, line), f"the file has more than {MAX_ROWS} rows", "too-large")])
        wrong = next((fault for name in _READ if (fault := _fault(row[places[name]]))), "")
        if wrong:
            yield Problem(Where(file, line), wrong, "cell-type")
        else:
            yield read_row(["" if cell.value is None else str(cell.value) for cell in row], places, width, file, line)


def _fault(cell: Any) -> str:
    """Return what keeps a cell from being read as text, "" for nothing; whole numbers have one spelling only."""
    if cell.value is None or (isinstance(cell.value, str) and cell.data_type not in _NO_TEXT):
        return ""
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return ""
    kind = _NO_TEXT.get(cell.data_type, "no text")
    return f"cell {cell.column_letter}{cell.row} holds {kind}; format the cell as text and write it again"
