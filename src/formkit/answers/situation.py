"""What answers make true: which questions apply, which options are closed, what a condition says in a row.

Each condition is worked out once for a set of answers. What depends on an unanswered question is UNKNOWN.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import cast

from formkit.answers.model import Answers, row_counts
from formkit.answers.slots import Outline, Slot
from formkit.definition.parameters import InForce
from formkit.expressions import UNKNOWN, Expression, Given, Unknown
from formkit.fields.options import Option, codes
from formkit.values import Value

Truth = bool | Unknown


class Outcomes:
    """What conditions came to before: in a batch the same few answers decide the same conditions again and again.

    Only what a condition looks at is compared. Where too much is kept, all is forgotten; nothing of it is
    written anywhere.
    """

    MOST = 50_000

    def __init__(self, placed: Outline, today: datetime.date) -> None:
        self.today = today
        self._repeats = tuple(placed.repeats)
        self._tables: dict[tuple[str, bool], tuple[tuple[str, ...], dict[tuple[object, ...], Truth]]] = {}
        self._count = 0

    def of(self, condition: Expression, known: Mapping[str, Given], inside: bool) -> Truth:
        """Return what a condition comes to; `inside` a row the columns of its list are single values."""
        names, table = self._table(condition, inside)
        given = tuple(map(known.get, names))
        truth = table.get(given)
        if truth is None:
            found = condition.evaluate(known, self.today)
            truth = table[given] = found if isinstance(found, bool) else UNKNOWN
            self._count += 1
        return truth

    def _table(self, condition: Expression, inside: bool) -> tuple[tuple[str, ...], dict[tuple[object, ...], Truth]]:
        if self._count > self.MOST:
            self._tables.clear()
            self._count = 0
        key = (condition.source, inside)
        if key not in self._tables:
            # How many rows a list has decides too, where a condition takes its rows together.
            lists = (repeat for repeat in self._repeats if any(name.startswith(repeat) for name in condition.names))
            self._tables[key] = ((*sorted(condition.names), *lists), {})
        return self._tables[key]


class Situation:
    """The answers of one person, seen by the conditions of the form on a day."""

    def __init__(
        self, placed: Outline, parameters: Mapping[str, InForce], answers: Answers, outcomes: Outcomes
    ) -> None:
        self.placed, self.today, self.answers, self._outcomes = placed, outcomes.today, answers, outcomes
        self.faulty = frozenset(fault.path for fault in answers.faults)
        self.given = {path: placed.split(path) for path in answers.values}
        self.counts = row_counts(placed, (*self.given.values(), *map(placed.split, self.faulty)))
        self._known = self._scope(parameters)
        self._rows: dict[tuple[str, int], dict[str, Given]] = {}
        self._found: dict[str, Truth] = {}
        self._applying: dict[tuple[str, int], Truth] = {}

    def _scope(self, parameters: Mapping[str, InForce]) -> dict[str, Given]:
        known: dict[str, Given] = {name: each.value for name, each in parameters.items()}
        known |= self.counts
        values = self.answers.values
        for slot in self.placed.slots:
            # A column is a tuple of what its rows hold.
            known[slot.path] = values.get(slot.path) if not slot.repeat else self._column(slot)
        for path, repeat, field in self.placed.computed:
            if repeat:
                rows = [known | self._cells(repeat, row, known) for row in range(self.counts[repeat])]
                known[path] = cast(Given, tuple(_answer(field.value, row, self.today) for row in rows))
            else:
                known[path] = _answer(field.value, known, self.today)
        return known

    def _column(self, slot: Slot) -> Given:
        values, rows = self.answers.values, range(self.counts[slot.repeat])
        return cast(Given, tuple(values.get(slot.at(row)) for row in rows))

    def _cells(self, repeat: str, row: int, known: Mapping[str, Given]) -> dict[str, Given]:
        """Return the columns of a list as single values, as they are in a row."""
        paths = [slot.path for slot in self.placed.columns[repeat]]
        paths += [path for path, other, _ in self.placed.computed if other == repeat and path in known]
        columns = ((path, known[path]) for path in paths)
        # A list that must have a row is asked about a row that is not there yet.
        return {
            path: cast(Given, column[row]) if row < len(column) else None
            for path, column in columns
            if isinstance(column, tuple)
        }

    def computed(self, path: str) -> Value | None:
        """Return the value of a computed field outside lists, None where it is not known."""
        return cast("Value | None", self._known.get(path))

    def holds(self, condition: Expression, repeat: str = "", row: int | None = None) -> Truth:
        """Tell whether a condition is true, false or unknown; in a row of a list its columns are that row's."""
        if row is not None and not condition.names.isdisjoint(self.placed.in_rows):
            return self._outcomes.of(condition, self._row(repeat, row), True)
        found = self._found.get(condition.source)
        if found is None:
            found = self._found[condition.source] = self._outcomes.of(condition, self._known, False)
        return found

    def _row(self, repeat: str, row: int) -> Mapping[str, Given]:
        if (repeat, row) not in self._rows:
            self._rows[repeat, row] = self._known | self._cells(repeat, row, self._known)
        return self._rows[repeat, row]

    def applies(self, slot: Slot, row: int | None = None) -> Truth:
        """Tell whether a question is meant for this person; a box in an option's row where that is chosen."""
        if not slot.conditions and slot.beside is None:
            return True
        key = (slot.path, -1 if row is None else row)
        if key not in self._applying:
            truths = [self.holds(condition, slot.repeat, row) for condition in slot.conditions]
            if slot.beside is not None:
                truths.append(self._chosen(slot, row))
            self._applying[key] = False if False in truths else UNKNOWN if UNKNOWN in truths else True
        return self._applying[key]

    def _chosen(self, slot: Slot, row: int | None) -> Truth:
        assert slot.beside is not None
        choice = self.placed.by_path[slot.beside.path]
        value = self.answers.values.get(choice.at(row))
        return UNKNOWN if value is None else slot.beside.code in codes(value)

    def rows(self, slot: Slot) -> Sequence[int | None]:
        """Return the rows in which a question stands: those there are, and as many as the list must have."""
        if not slot.repeat:
            return (None,)
        repeat = self.placed.repeats[slot.repeat].repeat
        return range(max(self.counts[slot.repeat], repeat.min if repeat else 0))

    def open(self, option: Option, slot: Slot, row: int | None = None) -> Truth:
        """Tell whether an option may be chosen."""
        return True if option.when is None else self.holds(option.when, slot.repeat, row)


def _answer(value: Expression, known: Mapping[str, Given], today: datetime.date) -> Given:
    found = value.evaluate(known, today)
    return None if isinstance(found, Unknown) else found
