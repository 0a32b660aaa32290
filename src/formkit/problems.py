"""Problems: what is wrong with the material a user wrote, each with its place."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Severity(enum.Enum):
    """How much a problem weighs: an error blocks, a warning is shown, an info only informs."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place in a file; line and column count from 1, 0 means "the file as a whole"."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding in a user's material.

    `check` is the kebab-case id by which it can be looked up, tested for and ignored.
    """

    where: Where
    text: str
    check: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.where}: {self.severity.value}: {self.text} [{self.check}]"

    def as_row(self) -> dict[str, str | int]:
        """Return the problem as plain values, for JSON."""
        return {
            "file": self.where.file,
            "line": self.where.line,
            "column": self.where.column,
            "severity": self.severity.value,
            "text": self.text,
            "check": self.check,
        }


def has_errors(problems: tuple[Problem, ...] | list[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Sort problems by file, line and column and drop repetitions of the same line."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.where, p.check, p.text)))
