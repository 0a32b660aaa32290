"""The values an answer can have beyond plain text: incomplete dates, months, and the code of an option.

Amounts and numbers are `decimal.Decimal`, yes/no is `bool`, several codes are a tuple of `str`.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date whose day, or day and month, may be unknown (written 00), as on some refugees' papers.

    >>> PartialDate.parse("00.00.1990").earliest
    datetime.date(1990, 1, 1)
    """

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day and not self.month:
            raise ValueError("a day needs a month")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read TT.MM.JJJJ or ISO JJJJ-MM-TT, 00 for an unknown day or month; ValueError if it is no date."""
        if match := re.fullmatch(r"\s*([0-9]{1,2})\.\s*([0-9]{1,2})\.\s*([0-9]{4})\s*", text):
            day, month, year = (int(part) for part in match.groups())
        elif match := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
            year, month, day = (int(part) for part in match.groups())
        else:
            raise ValueError("not a date")
        return cls(year, month, day)

    @property
    def complete(self) -> bool:
        """Tell whether day and month are known."""
        return bool(self.day and self.month)

    @property
    def earliest(self) -> datetime.date:
        """Return the first day this date can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> datetime.date:
        """Return the last day this date can mean."""
        month = self.month or 12
        day = self.day or calendar.monthrange(self.year, month)[1]
        return datetime.date(self.year, month, day)

    def __str__(self) -> str:
        return f"{self.day:02}.{self.month:02}.{self.year:04}"

    def isoformat(self) -> str:
        """Return JJJJ-MM-TT with zeros for unknown parts."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year, written MM.JJJJ."""

    year: int
    month: int

    def __post_init__(self) -> None:
        datetime.date(self.year, self.month, 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read MM.JJJJ or ISO JJJJ-MM; ValueError if it is no month."""
        if match := re.fullmatch(r"\s*([0-9]{1,2})[./]\s*([0-9]{4})\s*", text):
            return cls(int(match[2]), int(match[1]))
        if match := re.fullmatch(r"([0-9]{4})-([0-9]{2})", text):
            return cls(int(match[1]), int(match[2]))
        raise ValueError("not a month")

    @property
    def earliest(self) -> datetime.date:
        """Return the first day of the month."""
        return datetime.date(self.year, self.month, 1)

    @property
    def latest(self) -> datetime.date:
        """Return the last day of the month."""
        return datetime.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def __str__(self) -> str:
        return f"{self.month:02}.{self.year:04}"

    def isoformat(self) -> str:
        """Return JJJJ-MM."""
        return f"{self.year:04}-{self.month:02}"


Value = str | bool | int | Decimal | PartialDate | Month | tuple[str, ...]

# What a JSON file can hold, as Python reads it, apart from numbers with a point: amounts are texts.
Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
