"""Opening PDF files of anybody's making, and what their objects say, with limits: the reading side of pikepdf."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pikepdf

from formkit.errors import FormkitError, UnreadablePdf
from formkit.pdf.text_strings import decode_name, decode_text

MAX_BYTES = 20_000_000
MAX_TEXT = 5_000
MAX_PAGES = 10_000
MAX_DEPTH = 64
# No character takes more than four bytes.
_MAX_RAW = 4 * MAX_TEXT + 100
OUT_OF_MEMORY = "takes more memory to read than is allowed"
_SHOWN = 80
_ADVICE = "Open it in a PDF viewer; if it looks right there, save it anew and try again."


class Refused(Exception):
    """Something in a file that is not read; says what, without any of its content. `opened` adds the file."""

    def __init__(self, message: str, advice: str = _ADVICE) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


@contextmanager
def opened(path: Path) -> Iterator[pikepdf.Pdf]:
    """Open a file, with the empty password where it is encrypted, and turn whatever goes wrong into UnreadablePdf.

    The words of pikepdf are not passed on, nor the exception itself: they may hold a piece of the content.
    """
    try:
        _look_at(path)
        # By path: pikepdf reads a file twice as fast as a stream of Python's.
        with pikepdf.open(path, inherit_page_attributes=False) as pdf:
            yield pdf
    except FormkitError:
        raise
    except Exception as error:
        message, advice = _meaning(error)
        raise UnreadablePdf(f"{path}: {message}", advice=advice) from None


def _look_at(path: Path) -> None:
    """Raise Refused for what is no file, such as a pipe that nobody writes to, and for files that are too large."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise Refused("is not a regular file", "")
    if found.st_size > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        raise Refused(f"the file has {found.st_size / 1_000_000:.1f} MB, more than the {most} MB that are read", "")


def _meaning(error: Exception) -> tuple[str, str]:
    match error:
        case Refused():
            return error.message, error.advice
        case pikepdf.PasswordError():
            return "locked by a password", "Open it with its password, save it without, and try again."
        case FileNotFoundError():
            return "there is no such file", ""
        case OSError():
            return f"cannot be opened: {error.strerror}", ""
        case MemoryError():
            return OUT_OF_MEMORY, _ADVICE
        case _:
            return "is damaged or no PDF file", _ADVICE


def pages(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    """Yield each page once, with its number from 1; raises Refused where there is none.

    pikepdf's own list repairs the tree and prints to standard error while it does.
    """
    seen: set[tuple[int, int]] = set()
    left = _below(pikepdf.Array([dictionary(pdf.trailer.get("/Root")).get("/Pages")]), 0)
    count = 0
    while left:
        node, depth = left.pop()
        again = node.objgen in seen
        is_page = "/Kids" not in node and node.get("/Type") != pikepdf.Name.Pages
        count += is_page
        if count > MAX_PAGES or len(left) > MAX_PAGES:
            raise Refused(f"it has more than the {MAX_PAGES} pages that are read", "")
        if again:
            continue
        seen.add(node.objgen)
        if is_page:
            yield count, node
        elif depth < MAX_DEPTH:
            left += _below(node.get("/Kids"), depth + 1)
    if not count:
        raise Refused("is damaged: it has no pages")


def _below(kids: object, depth: int) -> list[tuple[pikepdf.Object, int]]:
    """Return the nodes of a page tree that hang on one, the first of them last."""
    return [(kid, depth) for kid in reversed(items(kids)) if isinstance(kid, pikepdf.Dictionary)]


def shown_name(name: str) -> str:
    """Return the name of a field as a message shows it: in quotation marks, without control characters, short."""
    return repr(name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…")


def dictionary(value: object) -> pikepdf.Object:
    """Return a dictionary as it is, an empty one for anything else."""
    return value if isinstance(value, pikepdf.Dictionary) else _EMPTY


_EMPTY = pikepdf.Dictionary()


def items(value: object) -> list[pikepdf.Object]:
    """Return the items of an array, nothing for anything else."""
    return list(value) if isinstance(value, pikepdf.Array) else []


def number(value: object) -> int | None:
    """Return a whole number, None for anything else."""
    return int(value) if isinstance(value, int | Decimal) else None


def text(value: object) -> str | None:
    """Return the text of a string, name, number, truth value or stream; None for anything else.

    Raises Refused where it is longer than MAX_TEXT characters.
    """
    if isinstance(value, pikepdf.String):
        raw = bytes(value)
        if len(raw) <= MAX_TEXT:
            return decode_text(raw)
        found = decode_text(_short(raw))
    elif isinstance(value, pikepdf.Name):
        found = decode_name(bytes(value)[1:])
    elif isinstance(value, pikepdf.Stream):
        found = decode_text(_content(value))
    elif isinstance(value, bool | int | Decimal):
        found = str(value).lower()
    else:
        return None
    if len(found) > MAX_TEXT:
        raise _too_long()
    return found


def _short(raw: bytes) -> bytes:
    if len(raw) > _MAX_RAW:
        raise _too_long()
    return raw


def _too_long() -> Refused:
    return Refused(f"a text in it is longer than the {MAX_TEXT} characters that are read", "")


def _content(stream: pikepdf.Object) -> bytes:
    """Return the content of a stream; one filter makes it about a thousand times longer at most, two are refused."""
    if len(items(stream.get("/Filter"))) > 1:
        raise _too_long()
    _short(stream.read_raw_bytes())
    return _short(stream.read_bytes())


def states(node: object) -> list[str]:
    """Return the names in a dictionary of appearances, without Off, in alphabetical order."""
    if not isinstance(node, pikepdf.Dictionary):
        return []
    names = sorted(node.keys() - {"/Off"})
    # Bytes that are not UTF-8 come as escapes; decode_name needs them as they are.
    return [decode_name(name[1:].encode(errors="surrogateescape")) for name in names]
