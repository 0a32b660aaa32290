"""What a person can fill in a PDF: the controls of an interactive form, without their places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A box for text; `comb` parts it into `max_length` cells, `right` sets what is typed at the right edge."""

    tooltip: str
    required: bool = False
    max_length: int | None = None
    multiline: bool = False
    comb: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick; `state` is its name when it is ticked, a name of letters, digits, - and _."""

    tooltip: str
    state: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Radio:
    """One box of a group of which one is ticked; `question` tells of the group, `tooltip` of the box."""

    tooltip: str
    question: str
    state: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A list to choose one from; `options` are pairs of code and label, the codes are what is kept."""

    tooltip: str
    options: tuple[tuple[str, str], ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """A place for a digital signature."""

    tooltip: str
    required: bool = False


Control = Text | Tick | Radio | Choice | Signature
