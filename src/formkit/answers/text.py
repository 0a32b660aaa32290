"""Bytes from outside → text: UTF-8 with or without a byte order mark, not larger than allowed."""

from __future__ import annotations

from formkit.answers.record import refuse
from formkit.i18n.exchange import plain
from formkit.i18n.exchange.rows import ExchangeError
from formkit.problems import Problem, Where

MAX_FILE = 2_000_000
"""Bytes of a file with one set of answers; the longest a form can ask for is a fraction of it."""

MAX_TABLE = 200_000_000
"""Bytes of a file with many."""


def decoded(data: bytes, file: str, most: int = MAX_FILE) -> str:
    """Return the text of a file without its mark; raises AnswersError for other encodings and too large files."""
    if len(data) > most:
        refuse(file, [Problem(Where(file), f"the file has more than {most:,} bytes", "too-large")])
    try:
        return plain.decoded(data, file)
    except ExchangeError as error:
        refuse(file, error.problems)


def require_plain_xml(data: bytes, file: str) -> None:
    """Raise AnswersError for XML in another encoding or with a document type, before any parser sees it."""
    try:
        plain.require_plain_xml(data.lstrip(), file)
    except ExchangeError as error:
        refuse(file, error.problems)
