"""Widgets: what a hand, a browser or a PDF viewer can fill in. Closed, small, and all that renderers know.

Every widget has a `name`: the value path of its field, or `path.part` where a field needs several.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from formkit.texts import Msg


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box for writing: one line, several ruled lines, or a comb of equal cells in groups.

    `comb` holds the sizes of the groups, (2, 2, 4) for a date; `guides` one letter a cell or "".
    `lines` > 1 is a multi-line box. `marked` cells of a comb stand out (the 22 of a German IBAN).
    """

    name: str
    lines: int = 1
    comb: tuple[int, ...] = ()
    guides: str = ""
    marked: int = 0
    max_length: int | None = None
    unit: str = ""
    input: str = "text"
    autocomplete: str = ""

    def grouped(self, cells: str) -> str:
        """Return the characters of the cells as one writes them where there are none: 01.02.1990, DE12 3456 …"""
        separator = "." if self.input in ("date", "month") else " "
        ends = itertools.accumulate(self.comb)
        groups = (cells[end - size : end] for end, size in zip(ends, self.comb, strict=True))
        return separator.join(group for group in groups if group)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: code, text, a short explanation, why it may be closed, and a line for "other"."""

    code: str
    label: Msg
    help: Msg | None = None
    reason: Msg | None = None
    text: TextBox | None = None


@dataclass(frozen=True, slots=True)
class CheckBox:
    """One box to tick; `on` is the code it stands for."""

    name: str
    on: str = "ja"
    label: Msg | None = None


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """Several boxes of which any number is ticked; the box of an option is named `name.code`.

    `columns` says how many options stand side by side on paper, 0 as many as fit.
    """

    name: str
    options: tuple[Option, ...]
    columns: int = 0

    def box(self, code: str) -> str:
        """Return the name of an option's box."""
        return f"{self.name}.{code}"


@dataclass(frozen=True, slots=True)
class RadioGroup:
    """Several boxes of which one is ticked.

    `inline` options stand to the right of the question (yes and no), the others beneath it;
    `label` names the group where it is one row of several under a common question.
    """

    name: str
    options: tuple[Option, ...]
    columns: int = 0
    inline: bool = False
    label: Msg | None = None

    def box(self, code: str) -> str:
        """Return what names an option's box among all boxes: they share the name of the group."""
        return f"{self.name}#{code}"


@dataclass(frozen=True, slots=True)
class Select:
    """One of many options, chosen from a list; on paper a line to write on."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """A line to sign on."""

    name: str


@dataclass(frozen=True, slots=True)
class OfficeBox:
    """A box that the authority fills in by hand: printed, never a field of a PDF or a page."""

    name: str
    lines: int = 1


Widget = TextBox | CheckBox | CheckGroup | RadioGroup | Select | SignatureBox | OfficeBox
