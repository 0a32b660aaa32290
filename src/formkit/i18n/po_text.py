"""The bytes of a .po file → its lines: size, encoding, characters and git's conflict marks.

What fails here cannot be read as PO at all, so nothing later has to doubt its text.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from formkit.errors import CatalogError
from formkit.problems import Problem, Where

MAX_BYTES = 2_000_000
# polib needs 10 s for a million empty strings, which fit into 2 MB.
MAX_LINES = 100_000
# So many findings say enough about a file; a damaged one of 2 MB could have a million.
MAX_PROBLEMS = 100

# C0 and C1 controls but tab and line feed, the two separators at which str.splitlines (and so polib)
# breaks a line, and the non-characters (Unicode, chapter 23.7).
_PLANE_ENDS = "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef{_PLANE_ENDS}]")
_CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: |$)|={7}$")


def read_bytes(path: Path, file: str) -> bytes:
    """Read a .po file; `file` is its name in problems. Raises CatalogError where it cannot be read or is too large."""
    try:
        # A pipe or a device could block for ever or never end.
        if path.exists() and not path.is_file():
            refuse(file, [Problem(Where(file), "this is not a regular file", "unreadable")])
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        refuse(file, [Problem(Where(file), f"cannot be read: {reason}", "unreadable")])
    if len(data) > MAX_BYTES:
        text = f"the file has more than {MAX_BYTES} bytes; a catalogue of one form is far smaller"
        refuse(file, [Problem(Where(file), text, "too-large")])
    return data


def read_lines(path: Path, file: str) -> list[str]:
    """Read the lines of a .po file, without their ends; raises CatalogError as `read_bytes` and `lines_of` do."""
    return lines_of(read_bytes(path, file), file)


def lines_of(data: bytes, file: str) -> list[str]:
    """Return the lines of a .po file, without their ends.

    UTF-8 with or without a byte order mark (Windows' Notepad writes one), lines ended by LF or CRLF.
    Raises CatalogError with the place of everything that makes the file unreadable.
    """
    lines = _decoded(unix(data), file).split("\n")
    if len(lines) > MAX_LINES:
        refuse(file, [Problem(Where(file), f"more than {MAX_LINES} lines are not accepted", "too-large")])
    problems = [*_control_characters(lines, file)] or [*_conflicts(lines, file)]
    if problems:
        refuse(file, problems)
    return lines


def unix(data: bytes) -> bytes:
    """Return the content of a file with its lines ended by LF, and without a byte order mark."""
    data = data.removeprefix(codecs.BOM_UTF8)
    return data.replace(b"\r\n", b"\n").removesuffix(b"\r") if b"\r" in data else data


def forbidden(text: str) -> str:
    """Return the first character of a text that cannot stand in a catalogue, or ""."""
    # What is printable is no control, no separator of lines and no non-character.
    if text.isprintable():
        return ""
    match = _FORBIDDEN.search(text)
    return match[0] if match else ""


def refuse(file: str, problems: Sequence[Problem]) -> NoReturn:
    """Raise CatalogError for a file that cannot be used, with the reasons."""
    faults = "1 fault" if len(problems) == 1 else f"{len(problems)} faults"
    if len(problems) >= MAX_PROBLEMS:
        faults = f"at least {MAX_PROBLEMS} faults"
    message = f"{file}: this catalogue cannot be used: {faults}"
    advice = "Correct the places named, or take back the file as it was before the last change."
    raise CatalogError(message, advice=advice, problems=problems[:MAX_PROBLEMS])


def _decoded(data: bytes, file: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        refuse(file, [Problem(Where(file), "the file is UTF-16; save it as UTF-8", "encoding")])
    try:
        return data.decode()
    except UnicodeDecodeError:
        refuse(file, list(itertools.islice(_bad_bytes(data, file), MAX_PROBLEMS)))


def _bad_bytes(data: bytes, file: str) -> Iterator[Problem]:
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode()) + 1
            text = f"the byte 0x{line[error.start]:02X} is not UTF-8; save the file as UTF-8"
            yield Problem(Where(file, number, column), text, "encoding")


def _control_characters(lines: Sequence[str], file: str) -> Iterator[Problem]:
    # Looking at each character that occurs is far quicker than looking at every place.
    if not any(map(_FORBIDDEN.match, set("".join(lines)))):
        return
    found = ((n, match) for n, line in enumerate(lines, 1) for match in _FORBIDDEN.finditer(line))
    for number, match in itertools.islice(found, MAX_PROBLEMS):
        text = f"the character U+{ord(match[0]):04X} cannot stand in a catalogue; remove it"
        yield Problem(Where(file, number, match.start() + 1), text, "control-character")


def _conflicts(lines: Iterable[str], file: str) -> Iterator[Problem]:
    marks = ((n, line[:7]) for n, line in enumerate(lines, 1) if line[:1] in "<=>|" and _CONFLICT.match(line))
    for number, mark in itertools.islice(marks, MAX_PROBLEMS):
        text = (
            f"'{mark}' is git's mark of an unsolved conflict: two people changed these lines; "
            "keep the right version and delete the lines with the marks"
        )
        yield Problem(Where(file, number, 1), text, "merge-conflict")
