"""The summary as text for a terminal or a mail: a hundred columns, numbers first."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from formkit.answers.needs import Attachment, Needs
from formkit.answers.summary import Line, Summary
from formkit.answers.validate import Finding

WIDTH = 100
_NUMBER, _LABEL = 16, 40


def as_text(summary: Summary, width: int = WIDTH) -> str:
    """Return a summary as lines of at most `width` columns; words longer than that stand alone."""
    return "\n".join([*_head(summary, width), *_body(summary, width)]) + "\n"


def _head(summary: Summary, width: int) -> Iterator[str]:
    yield from _wrapped(summary.title, width)
    yield f"{summary.form}, Version {summary.version}, ausgefüllt auf {summary.language_name} ({summary.language})"


def _body(summary: Summary, width: int) -> Iterator[str]:
    for part in summary.parts:
        yield from ("", f"{part.number} {part.title}".strip())
        for line in part.lines:
            yield from _row(line.number, line.label, _value(line), width)
    yield from _missing(summary.missing, width)
    yield from _findings("Fehler", summary.errors, width)
    yield from _findings("Bitte prüfen", summary.warnings, width)
    if summary.foreign:
        yield from ("", f"Übersetzung nötig ({summary.language_name}): {len(summary.foreign)}")
        for line in summary.foreign:
            yield from _row(line.number, line.label, "Deutsch: ______________________________", width)
    yield from _attachments(summary.needs.attachments, width)
    yield from _offices(summary.needs, width)
    if summary.needs.closed:
        yield from ("", "Nicht möglich")
        for each in summary.needs.closed:
            ticked = " (angekreuzt)" if each.chosen else ""
            yield from _row(each.place.source, each.label.source + ticked, each.reason.source, width)


def _value(line: Line) -> str:
    return line.value + "".join(f" [{mark}]" for mark in line.marks)


def _missing(findings: Sequence[Finding], width: int) -> Iterator[str]:
    if findings:
        yield from ("", f"Es fehlt: {len(findings)}")
        for finding in findings:
            yield from _row(finding.place.source, finding.label.source, "", width)


def _findings(title: str, findings: Sequence[Finding], width: int) -> Iterator[str]:
    if findings:
        yield from ("", f"{title}: {len(findings)}")
        for finding in findings:
            yield from _row(finding.place.source, finding.label.source, finding.text.source, width)


def _attachments(attachments: Sequence[Attachment], width: int) -> Iterator[str]:
    if not attachments:
        return
    yield from ("", "Anlagen")
    for each in attachments:
        state = "liegt bei" if each.attached else f"folgt bis {each.until}" if each.until else "fehlt"
        if each.missing and not each.required:
            state = "nicht dabei"
        reason = f" ({each.reason.source})" if each.reason else ""
        yield from _row(each.number, each.label.source, state + reason, width)


def _offices(needed: Needs, width: int) -> Iterator[str]:
    yield from ("", "Zuständig")
    for office in needed.offices:
        yield from _wrapped(", ".join(part for part in (office.name, office.address.line) if part), width, "  ")
    for topic in needed.topics:
        yield from _wrapped(f"wegen: {topic.source}", width, "  ")
    if needed.advice:
        yield from _wrapped(needed.advice.source, width, "  ")


def _row(number: str, label: str, value: str, width: int) -> Iterator[str]:
    """Yield the lines of a row of three columns, each wrapped within its own."""
    left = _wrapped(label, _LABEL - 2 if value else width - _NUMBER - 2) or [""]
    right = [line for text in value.split("\n") for line in _wrapped(text, width - _NUMBER - _LABEL - 2)] or [""]
    numbers = _wrapped(number, _NUMBER - 2) or [""]
    for index in range(max(len(left), len(right), len(numbers))):
        cells = [column[index] if index < len(column) else "" for column in (numbers, left, right)]
        yield f"  {_padded(cells[0], _NUMBER)}{_padded(cells[1], _LABEL)}{cells[2]}".rstrip()


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_long_words=False)


def _padded(text: str, width: int) -> str:
    """Fill a text up to a width in columns: marks take none, wide signs of East Asia two."""
    taken = sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )
    return text + " " * max(width - taken, 1)
