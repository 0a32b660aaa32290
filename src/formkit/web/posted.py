"""What a browser sent → answers: raw texts by the names of boxes, as every other way in reads them.

Only HTML has three boxes for a date; their names end in .tag, .monat and .jahr. A page names the value paths of
what it showed, because a browser sends nothing for a box that is not ticked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from formkit.answers import Answers, Fault, Outline, Slot, outline
from formkit.answers.model import tidied
from formkit.answers.raw import value_of
from formkit.definition import Form
from formkit.values import Value
from formkit.widgets import CheckBox, CheckGroup, RadioGroup, Select, TextBox, Widget

SHOWN = "_shown"
DATE_BOXES = ("tag", "monat", "jahr")
MONTH_BOXES = ("monat", "jahr")
MAX_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Place:
    """An answer's place: its slot, and its row where that is a column of a list."""

    slot: Slot
    row: int | None

    @property
    def path(self) -> str:
        """Return the value path."""
        return self.slot.at(self.row)


def boxes_of(widget: TextBox) -> tuple[str, ...]:
    """Return the ends of the names of the boxes that a page has for a widget, () for one box of its own name."""
    return {"date": DATE_BOXES, "month": MONTH_BOXES}.get(widget.input, ())


def merged(form: Form, answers: Answers, sent: Mapping[str, str], tag: str) -> Answers:
    """Return answers with what a page sent put in the place of what was there.

    Takes the sent fields by name and the language the page was in. Only what the page showed is touched.
    """
    places = shown(form, sent.get(SHOWN, ""))
    paths = {place.path for place in places}
    values = {path: value for path, value in answers.values.items() if path not in paths}
    faults = [fault for fault in answers.faults if fault.path not in paths]
    for place in places:
        found = _read(place, sent)
        if isinstance(found, Fault):
            faults.append(found)
        elif found is not None:
            values[place.path] = found
    return tidied(form, replace(answers, language=tag, values=values, faults=tuple(faults)))


def shown(form: Form, text: str) -> tuple[Place, ...]:
    """Return the places that a page says it showed; names that the form does not have are passed over."""
    placed = outline(form)
    names = dict.fromkeys(text.split()[:MAX_SHOWN])
    return tuple(place for name in names if (place := _place(placed, name)) is not None)


def _place(placed: Outline, name: str) -> Place | None:
    try:
        slot, row = placed.split(name)
    except (KeyError, ValueError):
        return None
    if (row is None) != (not slot.repeat) or (row is not None and row >= placed.most_rows(slot.repeat)):
        return None
    return Place(slot, row)


def _read(place: Place, sent: Mapping[str, str]) -> Value | Fault | None:
    raw: dict[str, str] = {}
    for widget in place.slot.field.widgets(place.path):
        raw |= _raw(place.path, widget, sent)
    return value_of(place.slot, place.row, raw)


def _raw(path: str, widget: Widget, sent: Mapping[str, str]) -> dict[str, str]:
    """Return the raw texts of a widget by the part of its name behind the path."""

    def part(name: str) -> str:
        return name[len(path) + 1 :]

    match widget:
        case TextBox():
            return {part(widget.name): _text(widget, sent)}
        case CheckBox():
            return {part(widget.name): widget.on} if widget.name in sent else {}
        case CheckGroup():
            ticked = (option.code for option in widget.options if widget.box(option.code) in sent)
            return {code: code for code in ticked}
        case RadioGroup() | Select():
            return {part(widget.name): sent.get(widget.name, "")}
    return {}


def _text(widget: TextBox, sent: Mapping[str, str]) -> str:
    boxes = boxes_of(widget)
    if not boxes:
        return sent.get(widget.name, "")
    parts = [sent.get(f"{widget.name}.{box}", "").strip() for box in boxes]
    written = [text for text in parts if text]
    # Pasted whole into one box, or nothing at all.
    if len(written) < 2 and any(not text.isdecimal() or len(text) > 4 for text in written):
        return written[0]
    return ".".join(parts) if written else ""
