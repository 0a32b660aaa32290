"""A paper to hand in with the form: a line of the checklist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

from formkit.expressions import Codes, Single
from formkit.fields.base import Field, WrongType
from formkit.fields.date import date_box, date_cells, read_date
from formkit.values import Json, PartialDate, Value
from formkit.widgets import CheckBox, Widget

ATTACHED = "liegt_bei"
LATER = "bis"


class AttachmentField(Field):
    """A line of the checklist: attached, or to follow by a date; the answer is "liegt_bei" or the date."""

    type: Literal["attachment"]
    default_width: ClassVar[int] = 12

    @property
    def kind(self) -> Single:
        """Return what was said: attached, or to follow."""
        return Codes(frozenset((ATTACHED, LATER)))

    def widgets(self, name: str) -> tuple[Widget, ...]:
        """Return the box to tick and the comb of the date."""
        return (CheckBox(f"{name}.{ATTACHED}"), date_box(f"{name}.{LATER}"))

    def parse(self, raw: Mapping[str, str]) -> Value | None:
        """Read the tick and the date; a tick wins."""
        if raw.get(ATTACHED, "").strip() not in ("", "Off"):
            return (ATTACHED,)
        date = read_date(raw.get(LATER, ""))
        return (LATER, date.isoformat()) if date else None

    def to_widgets(self, value: Value) -> dict[str, str]:
        """Return the tick or the date."""
        if not isinstance(value, tuple) or value[0] == ATTACHED:
            return {ATTACHED: "ja"}
        return {LATER: date_cells(PartialDate.parse(value[1]))}

    def show(self, value: Value) -> str:
        """Return the German words for it."""
        if not isinstance(value, tuple) or value[0] == ATTACHED:
            return "liegt bei"
        return f"folgt bis {PartialDate.parse(value[1])}"

    def to_json(self, value: Value) -> Json:
        """Return {"liegt_bei": true} or {"bis": "2026-12-01"}."""
        if not isinstance(value, tuple) or value[0] == ATTACHED:
            return {ATTACHED: True}
        return {LATER: value[1]}

    def from_json(self, data: Json) -> dict[str, str]:
        """Read what `to_json` writes; raises WrongType."""
        match list(data.items()) if isinstance(data, dict) else []:
            case [("liegt_bei", bool(ticked))]:
                return {ATTACHED: "ja"} if ticked else {}
            case [("bis", str(day))]:
                return {LATER: day}
            case _:
                raise WrongType(f'{{"{ATTACHED}": true}} or {{"{LATER}": "JJJJ-MM-TT"}}')

    def to_cell(self, value: Value) -> str:
        """Return "liegt_bei" or the date."""
        return ATTACHED if not isinstance(value, tuple) or value[0] == ATTACHED else str(PartialDate.parse(value[1]))

    def from_cell(self, cell: str) -> dict[str, str]:
        """Read "liegt_bei" or a date."""
        return {ATTACHED: "ja"} if cell.strip() == ATTACHED else {LATER: cell}

    def unread(self, raw: Mapping[str, str]) -> Json:
        """Return the date that is none."""
        return {LATER: raw.get(LATER, "")}
