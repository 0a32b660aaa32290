"""Catalogues out to people without a PO editor, and back in: CSV, XLSX and XLIFF carry the same rows.

The PO file stays the truth. What comes back is merged text by text (`merge`); only texts ever come back,
never codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from formkit.i18n.exchange import csv, xliff, xlsx
from formkit.i18n.exchange.rows import MAX_BYTES, Sheet, refuse
from formkit.problems import Problem, Where

_ZIP = b"PK\x03\x04"
# Excel before 2007, and any Office file with a password.
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how its files end, what writes and what reads it."""

    suffix: str
    write: Callable[[Sheet], bytes]
    read: Callable[[bytes, str], Sheet]


FORMATS: Mapping[str, Format] = {
    "csv": Format(".csv", csv.write, csv.read),
    "xlsx": Format(".xlsx", xlsx.write, xlsx.read),
    "xliff": Format(".xlf", xliff.write, xliff.read),
}


def read(data: bytes, file: str) -> Sheet:
    """Read a file that came back, in whichever format it is; raises ExchangeError with the place of what is wrong.

    The format is told from the content: agencies rename files.
    """
    if len(data) > MAX_BYTES:
        refuse(file, [Problem(Where(file), f"the file has more than {MAX_BYTES} bytes", "too-large")])
    if data.startswith(_OLE):
        text = "this is an old Excel file, or one with a password; save it as XLSX without a password"
        refuse(file, [Problem(Where(file), text, "xlsx")])
    if data.startswith(_ZIP):
        return xlsx.read(data, file)
    if data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return xliff.read(data, file)
    return csv.read(data, file)
