"""Widgets: what a hand, a browser or a PDF viewer can fill in. Closed, small, and all that renderers know.

Every widget has a `name`: the value path of its field, or `path.part` where a field needs several.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: its code, its text, and the text of why it may be closed."""

    code: str
    label: Msg
    reason: Msg | None = None


@dataclass(frozen=True, slots=True)
class CheckBox:
    """One box to tick; `on` is the code it stands for."""

    name: str
    on: str
    label: Msg | None = None
    reason: Msg | None = None


@dataclass(frozen=True, slots=True)
class RadioGroup:
    """Several boxes of which one is ticked."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """One of many options, chosen from a list; on paper a line to write on."""

    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """A line to sign on."""

    name: str


Widget = TextBox | CheckBox | RadioGroup | Select | SignatureBox
