"""Proof of a mapping: every field is there, every code has a state, and what the form must ask lands somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from formkit.answers.slots import Outline, outline
from formkit.definition.conditions import kinds
from formkit.definition.model import Form
from formkit.definition.places import places
from formkit.expressions import Bool, ExpressionError
from formkit.expressions.error import suggestion
from formkit.mapping.check_targets import Checked, target_faults
from formkit.mapping.model import Box, Line, Mapped, Place, Target
from formkit.mapping.sources import Source, source_of
from formkit.mapping.targets import Targets, fingerprint, says, written
from formkit.pdf.fields import PdfForm
from formkit.problems import Problem, Severity, in_order

Size = tuple[float, float]


def check_mapping(mapped: Mapped, form: Form, pdf: PdfForm, sizes: Sequence[Size]) -> tuple[Problem, ...]:
    """Return everything that is wrong or doubtful with a mapping, each with its place in the file.

    Takes the form it maps, the fields of the PDF and the width and height of its pages in points.
    """
    return in_order(list(_Proof(mapped, form, pdf, sizes).problems()))


@dataclass(frozen=True)
class _Proof:
    """A mapping beside what it leads from and to."""

    mapped: Mapped
    form: Form
    pdf: PdfForm
    sizes: Sequence[Size]

    @cached_property
    def placed(self) -> Outline:
        return outline(self.form)

    @cached_property
    def targets(self) -> Targets:
        return Targets(self.pdf)

    def problems(self) -> Iterator[Problem]:
        """Yield every finding, in any order."""
        yield from self._identity()
        for line in self.mapped.lines:
            yield from self._line(line)
        yield from self._unmapped()
        yield from self._twice()

    def _identity(self) -> Iterator[Problem]:
        file = self.mapped.file
        if (file.form, file.version) != (self.form.id, self.form.version):
            said = f"is for version {file.version} of '{file.form}', not {self.form.version} of '{self.form.id}'"
            yield self._problem(("version",), f"this mapping {said}", "map-form")
        if file.pdf.fields != fingerprint(self.pdf):
            said = "the fields of this PDF are not those the mapping was made for; if all else is right, write"
            yield self._problem(("pdf", "fields"), f'{said} "{fingerprint(self.pdf)}"', "map-other-pdf")
        if file.pdf.pages != self.pdf.pages:
            said = f"this PDF has {self.pdf.pages} pages"
            yield self._problem(("pdf", "pages"), f"{said}, not {file.pdf.pages}", "map-other-pdf")

    def _line(self, line: Line) -> Iterator[Problem]:
        sources = []
        for path in line.entry.sources:
            found = source_of(self.placed, path)
            if found is None:
                near = suggestion(path, self.placed.by_path)
                key = "join" if line.entry.join else "from"
                yield self._problem((*line.data, key), f"'{path}' is no answer of the form{near}", "unknown-path")
            else:
                sources.append(found)
        yield from self._condition(line, sources)
        if len(sources) == len(line.entry.sources):
            checked = Checked(line, tuple(sources), self.targets, self.sizes)
            yield from (self._problem(*each) for each in target_faults(checked))

    def _condition(self, line: Line, sources: Sequence[Source]) -> Iterator[Problem]:
        when = line.entry.when
        if when is None:
            return
        repeat = next((each.slot.repeat for each in sources if each.row is not None), "")
        data = (*line.data, "when")
        try:
            if not isinstance(when.check(kinds(self.form, places(self.form), repeat)), Bool):
                yield self._problem(data, "a condition must be true or false", "expression-type")
        except ExpressionError as error:
            where = self.mapped.document.inside(data, error.column)
            yield Problem(where, error.message, error.check)

    def _unmapped(self) -> Iterator[Problem]:
        """Yield the questions that must be answered and go nowhere."""
        taken = {each.slot.path for line in self.mapped.lines for each in self._sources(line)}
        left = self.mapped.file.left_out
        for slot in self.placed.asking:
            if slot.path not in taken and not any(_within(slot.path, path) for path in left):
                said = f"'{slot.path}' must be answered and goes nowhere; map it or name it in `left_out`"
                yield Problem(self.mapped.document.where(("fields",), key=True), said, "map-unmapped")
        for index, path in enumerate(left):
            if not any(_within(each, path) for each in self.placed.by_path):
                near = suggestion(path, self.placed.by_path)
                yield self._problem(("left_out", index), f"'{path}' is no answer of the form{near}", "unknown-path")
            elif path in taken:
                yield self._problem(("left_out", index), f"'{path}' is mapped, and named as left out", "map-twice")

    def _sources(self, line: Line) -> Iterator[Source]:
        found = (source_of(self.placed, path) for path in line.entry.sources)
        return (each for each in found if each is not None)

    def _twice(self) -> Iterator[Problem]:
        """Yield places that two lines write to, unless each has a condition, and answers that go to two places."""
        first: dict[object, Line] = {}
        asked: dict[str, Line] = {}
        for line in self.mapped.lines:
            for data, target in line.entry.targets:
                before = first.setdefault(_mark(target, self.targets), line)
                if before is not line and not (before.entry.when and line.entry.when):
                    other = self.mapped.document.where(before.data).line
                    yield self._problem((*line.data, *data), f"line {other} writes here as well", "map-twice")
            for path in line.entry.sources:
                before = asked.setdefault(path, line)
                if before is not line and not (
                    before.entry.when or line.entry.when or line.entry.join or before.entry.join
                ):
                    other = self.mapped.document.where(before.data).line
                    said = f"line {other} maps '{path}' as well"
                    yield self._problem(line.data, said, "map-again", Severity.WARNING)

    def _problem(
        self, data: tuple[str | int, ...], text: str, check: str, severity: Severity = Severity.ERROR
    ) -> Problem:
        return Problem(self.mapped.document.where(data), text, check, severity)


def _within(path: str, above: str) -> bool:
    return path == above or path.startswith(f"{above}.")


def _mark(target: Target, targets: Targets) -> object:
    """Return what two lines have in common that write to the same place."""
    if isinstance(target, Box):
        return (written(target.field), target.state)
    if isinstance(target, Place):
        return (target.page, target.x, target.y, target.unit)
    field = targets.by_name.get(written(target))
    states: Mapping[bool, tuple[str, ...]] = {True: says(field)} if field is not None and field.states else {}
    return (written(target), states[True][0]) if len(states.get(True, ())) == 1 else written(target)
