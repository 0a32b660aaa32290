"""Answers → an authority's own PDF, by a mapping: values for its fields, texts and crosses for its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formkit.answers.model import Answers
from formkit.answers.prepared import Prepared
from formkit.answers.situation import Situation
from formkit.answers.slots import outline
from formkit.errors import AnswersError, Unfillable
from formkit.mapping.assigning import Assigned, Unassignable, assigned
from formkit.mapping.model import Line, Mapped, Place
from formkit.mapping.sources import Source, source_of
from formkit.mapping.targets import OFF, Targets
from formkit.pdf.fields import PdfForm
from formkit.pdf.fill import SMALLEST_FOREIGN, Filled, Options, fill
from formkit.pdf.flatten import flatten
from formkit.pdf.placing import Placement, place
from formkit.problems import Problem, Where

_QUADDING = {"left": 0, "center": 1, "right": 2}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Foreign:
    """A PDF of somebody else: the file, what its fields are, and the mapping for it."""

    file: Path
    form: PdfForm
    mapped: Mapped


@dataclass(frozen=True, slots=True)
class Way:
    """How to fill: by appending, which alone keeps signatures, or as plain pages without fields."""

    increment: bool = False
    flat: bool = False


def fill_foreign(
    foreign: Foreign, prepared: Prepared, answers: Answers, fonts: tuple[Path, ...], way: Way | None = None
) -> Filled:
    """Fill answers into a PDF by its mapping, which must have been checked.

    Takes the form of the answers made ready for German, and TTF files in the order they are tried. Notes say
    which answers the PDF has no place for. Raises Unfillable naming field and value path of everything that
    cannot be filled in, before anything is written; AnswersError for answers that are not understood.
    """
    wanted = way or Way()
    if answers.faults:
        paths = ", ".join(fault.path for fault in answers.faults[:_SHOWN])
        raise AnswersError(
            f"{len(answers.faults)} answers cannot be understood: {paths}",
            advice="`formkit validate` says what is wrong with each; correct them first.",
        )
    work = _Work(foreign, prepared, answers)
    values, placements = work.result()
    if placements and wanted.increment:
        raise Unfillable(
            "what is drawn on pages cannot be appended", advice="Fill in a copy without --increment, or fields alone."
        )
    notes = work.left_over()
    done = _filled(foreign, work, values, fonts, wanted)
    if placements:
        try:
            drawn = place(done.data, placements, fonts, SMALLEST_FOREIGN)
        except Unfillable as error:
            raise work.named(error) from None
        done = Filled(drawn.data, done.fields + drawn.fields, done.notes)
    if wanted.flat:
        done = Filled(flatten(done.data, fonts).data, done.fields, done.notes)
    return Filled(done.data, done.fields, (*done.notes, *notes))


def _filled(
    foreign: Foreign, work: _Work, values: Mapping[str, tuple[str, ...]], fonts: tuple[Path, ...], way: Way
) -> Filled:
    if not values:
        return Filled(foreign.file.read_bytes(), 0, ())
    options = Options(smallest=SMALLEST_FOREIGN, increment=way.increment)
    try:
        return fill(foreign.file, values, fonts, options)
    except Unfillable as error:
        raise work.named(error) from None


@dataclass(slots=True)
class _Work:
    """What a set of answers puts into a PDF, as it is collected line by line."""

    foreign: Foreign
    prepared: Prepared
    answers: Answers = field(repr=False)
    problems: list[Problem] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def result(self) -> tuple[dict[str, tuple[str, ...]], list[Placement]]:
        """Return values by field name and what is drawn on pages; raises Unfillable with all that is wrong."""
        situation = self.prepared.situation(self.answers)
        values: dict[str, tuple[str, ...]] = {}
        placements: dict[tuple[float, ...], Placement] = {}
        for each in self._assigned(situation):
            self._keep(each, values, placements)
        self._require_room()
        if self.problems:
            raise Unfillable(
                f"{len(self.problems)} answers cannot be filled in",
                advice="Nothing was written. Correct these answers, or the mapping.",
                problems=self.problems,
            )
        return values, list(placements.values())

    def _assigned(self, situation: Situation) -> Iterator[Assigned]:
        placed = outline(self.prepared.localized.form)
        targets = Targets(self.foreign.form)
        for line in self.foreign.mapped.lines:
            sources = [found for path in line.entry.sources if (found := source_of(placed, path)) is not None]
            self.taken.update(each.answer for each in sources)
            if not _holds(line, sources, situation):
                continue
            try:
                yield from assigned(line, sources, self.answers.values, targets, self.prepared)
            except Unassignable as error:
                where = self.foreign.mapped.document.where(line.data)
                self.problems.append(Problem(where, f"{', '.join(line.entry.sources)}: {error}", error.check))

    def _keep(
        self, each: Assigned, values: dict[str, tuple[str, ...]], placements: dict[tuple[float, ...], Placement]
    ) -> None:
        if isinstance(each.target, Place):
            made = _placement(each.target, each)
            placements[made.page, made.left, made.top] = made
            self.paths[made.key] = ", ".join(each.paths)
            return
        name = each.target
        before = values.get(name)
        # Nothing to tick beside a tick is no contradiction: a group has many boxes.
        if before is not None and before != each.values and OFF not in (*before, *each.values):
            said = f"'{name}' would be filled in twice and differently, from {self.paths[name]} and from"
            self.problems.append(Problem(Where(name), f"{said} {', '.join(each.paths)}", "map-twice"))
            return
        if before is None or each.values != (OFF,):
            values[name] = each.values
            self.paths[name] = ", ".join(each.paths)

    def _require_room(self) -> None:
        """Note answers in rows beyond those that the PDF has."""
        placed = outline(self.prepared.localized.form)
        mapped = {placed.split(path)[0].path for path in self.taken if self._row(path) is not None}
        for path in self.answers.values:
            if path not in self.taken and self._row(path) is not None and placed.split(path)[0].path in mapped:
                text = "there is no row for this answer in the PDF"
                self.problems.append(Problem(Where(path), text, "map-no-row"))

    def _row(self, path: str) -> int | None:
        return outline(self.prepared.localized.form).split(path)[1]

    def left_over(self) -> tuple[str, ...]:
        """Say which answers the PDF has no place for, beside those the mapping names."""
        left = self.foreign.mapped.file.left_out
        paths = [
            path
            for path in self.answers.values
            if path not in self.taken and not any(path == each or path.startswith(f"{each}.") for each in left)
        ]
        if not paths:
            return ()
        more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
        return (f"{len(paths)} answers have no place in this PDF: {', '.join(paths[:_SHOWN])}{more}",)

    def named(self, error: Unfillable) -> Unfillable:
        """Return what a filling or drawing refused, with the value path beside the field."""
        problems = [
            Problem(each.where, f"from {self.paths.get(each.where.file, '?')}: {each.text}", each.check)
            for each in error.problems
        ]
        return Unfillable(error.message, advice=error.advice, problems=problems)


def _holds(line: Line, sources: list[Source], situation: Situation) -> bool:
    when = line.entry.when
    if when is None:
        return True
    in_row = next((each for each in sources if each.row is not None), None)
    if in_row is None:
        return situation.holds(when) is True
    return situation.holds(when, in_row.slot.repeat, in_row.row) is True


def _placement(target: Place, each: Assigned) -> Placement:
    return Placement(
        key=f"page {target.page}, {target.x}/{target.y} {target.unit}",
        page=target.page,
        left=target.points(target.x),
        top=target.points(target.y),
        width=target.points(target.width),
        height=target.points(target.height),
        text="" if each.cross else each.values[0],
        size=float(target.size or 0),
        multiline=target.multiline,
        comb=target.comb or 0,
        quadding=_QUADDING.get(target.align or ""),
    )
