"""The third truth value: what depends on a question nobody has answered yet."""

from __future__ import annotations

import enum
from typing import Final, NoReturn


class Unknown(enum.Enum):
    """The type of UNKNOWN, its only value; an enum so that type checkers understand `is UNKNOWN`."""

    UNKNOWN = "unknown"

    def __bool__(self) -> NoReturn:
        raise TypeError("UNKNOWN is neither true nor false; compare with 'is UNKNOWN' or 'is True'")

    def __repr__(self) -> str:
        return "UNKNOWN"


UNKNOWN: Final = Unknown.UNKNOWN
