"""Raw texts → what is written into the boxes of a blank form: which there are, and which have cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from formkit.answers.model import Answers
from formkit.answers.slots import outline
from formkit.definition.model import Form
from formkit.texts import plain
from formkit.widgets import Select, TextBox


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes of a blank form; `cells` says for each by its name whether it is a comb."""

    form: Form
    cells: Mapping[str, bool]

    def written(self, name: str, raw: str) -> str:
        """Return a raw text as it is written into its box: with points or blanks where there are no cells."""
        widget = self._comb(name)
        if widget is None or self.cells.get(self._first(name), True):
            return raw
        return widget.grouped(raw)

    def values(self, raw: Mapping[str, str]) -> dict[str, str] | None:
        """Return raw texts as they are written into their boxes; None where not all of them have a box."""
        if not self.cells.keys() >= raw.keys():
            return None
        return {name: self.written(name, text) for name, text in raw.items()}

    def rows_beyond(self, raw: Iterable[str]) -> dict[str, int]:
        """Return by the path of a list how many rows the texts have, where there are more than boxes for them."""
        found: dict[str, int] = {}
        for name in raw:
            repeat, row = self._row(name)
            if repeat and name not in self.cells and self._first(name) in self.cells:
                found[repeat] = max(found.get(repeat, 0), row + 1)
        return found

    def homeless(self, raw: Iterable[str]) -> tuple[str, ...]:
        """Return the names of texts for which this form has no box in any row: a parameter rules the question out."""
        return tuple(name for name in raw if self._first(name) not in self.cells)

    def labels(self, answers: Answers, names: Iterable[str]) -> dict[str, str]:
        """Return the German label for those of some boxes that are lists: a pair of languages is twice as long."""
        found: dict[str, str] = {}
        for name in names:
            box = outline(self.form).box(name)
            if box is not None and any(isinstance(each, Select) for each in box.slot.field.widgets(box.slot.path)):
                value = answers.values.get(box.slot.at(box.row))
                if value is not None and name == box.slot.at(box.row):
                    found[name] = plain(box.slot.field.show(value))
        return found

    def paths(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the value paths of boxes in the order of the page, each once."""
        placed = outline(self.form)
        boxes = (box for name in names if (box := placed.box(name)) is not None)
        return tuple(sorted({box.slot.at(box.row) for box in boxes}, key=placed.sort_key))

    def _row(self, name: str) -> tuple[str, int]:
        box = outline(self.form).box(name)
        return (box.slot.repeat, box.row) if box is not None and box.row is not None else ("", 0)

    def _first(self, name: str) -> str:
        """Return the name of the same box in the first row of its list."""
        repeat, row = self._row(name)
        return name.replace(f"{repeat}.{row}.", f"{repeat}.0.", 1) if repeat else name

    def _comb(self, name: str) -> TextBox | None:
        """Return the widget of a box that has cells where there is room for them."""
        box = outline(self.form).box(name)
        if box is None:
            return None
        own = f"{box.slot.path}.{box.part}" if box.part else box.slot.path
        found = (each for each in box.slot.field.widgets(box.slot.path) if isinstance(each, TextBox))
        return next((each for each in found if each.name == own and each.comb), None)
