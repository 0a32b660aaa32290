"""What is wrong with where one line of a mapping leads: unknown fields, wrong kinds, codes without a state, lengths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formkit.definition.yaml import DataPath
from formkit.expressions.error import suggestion
from formkit.mapping.model import Box, Line, Place, Target
from formkit.mapping.sources import FORMATS, Source, fits, known_codes, longest
from formkit.mapping.targets import FILLABLE, OFF, TICKABLE, Targets, said, says, written
from formkit.pdf.fields import Kind, PdfField
from formkit.pdf.flags import Flags
from formkit.problems import Severity

Fault = tuple[DataPath, str, str, Severity]
_DATES = ("date", "month")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Checked:
    """A line with what its paths stand for, the fields of the PDF and the sizes of its pages in points."""

    line: Line
    sources: tuple[Source, ...]
    targets: Targets
    sizes: Sequence[tuple[float, float]]

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of a line that takes one answer, () for texts."""
        return known_codes(self.sources[0]) if len(self.sources) == 1 else ()


def target_faults(checked: Checked) -> Iterator[Fault]:
    """Yield everything that is wrong with the targets of a line, as place, sentence, kind of fault and weight."""
    entry = checked.line.entry
    for data, target in entry.targets:
        yield from _target(checked, (*checked.line.data, *data), target)
    yield from _format(checked)
    yield from _codes(checked)
    if entry.split is not None:
        yield from _pieces(checked)


def _error(data: DataPath, text: str, check: str) -> Fault:
    return data, text, check, Severity.ERROR


def _target(checked: Checked, data: DataPath, target: Target) -> Iterator[Fault]:
    if isinstance(target, Place):
        yield from _place(checked, data, target)
        return
    name = target.field if isinstance(target, Box) else target
    field = checked.targets.by_name.get(written(name))
    if field is None:
        near = suggestion(name, checked.targets.by_name)
        yield _error(data, f"'{name}' is no field of this PDF{near}", "map-unknown-field")
        return
    if field.kind not in FILLABLE:
        yield _error(data, f"'{name}' is a {field.kind.value} field and takes no value", "map-kind")
    elif isinstance(target, Box):
        yield from _box(data, target, field)
    elif data[-2] == "boxes" and not (field.kind is Kind.CHECK and len(says(field)) == 1):
        yield _error(data, f"'{name}' is not one box: write which state, {{field: …, state: …}}", "map-kind")
    else:
        yield from _fitting(checked, data, field)


def _place(checked: Checked, data: DataPath, target: Place) -> Iterator[Fault]:
    if target.page > len(checked.sizes):
        yield _error((*data, "page"), f"this PDF has {len(checked.sizes)} pages", "map-place")
        return
    width, height = checked.sizes[target.page - 1]
    right, bottom = (target.points(each) for each in (target.x + target.width, target.y + target.height))
    positive = target.width > 0 and target.height > 0 and target.x >= 0 and target.y >= 0
    if not positive or right > width or bottom > height:
        yield _error(data, f"this place is not on the page of {width:.0f} × {height:.0f} pt", "map-place")


def _box(data: DataPath, target: Box, field: PdfField) -> Iterator[Fault]:
    if field.kind not in TICKABLE:
        yield _error(data, f"'{target.field}' is a {field.kind.value} field, not a box to tick", "map-kind")
    elif target.state not in says(field):
        yield _error(data, f"'{target.field}' has no state '{target.state}'; {_listed(field)}", "map-state")


def _fitting(checked: Checked, data: DataPath, field: PdfField) -> Iterator[Fault]:
    """Yield what keeps the texts or codes of a line out of a field."""
    entry = checked.line.entry
    if field.kind in TICKABLE and entry.constant is not None and entry.constant not in says(field):
        yield _error(data, f"'{field.name}' has no state '{entry.constant}'; {_listed(field)}", "map-state")
    elif field.kind in TICKABLE and entry.constant is None and not checked.codes:
        yield _error(data, f"'{field.name}' is a box to tick, and this is a text", "map-kind")
    elif field.kind is Kind.TEXT and field.max_length and entry.split is None:
        yield from _length(checked, data, field)


def _length(checked: Checked, data: DataPath, field: PdfField) -> Iterator[Fault]:
    entry, most = checked.line.entry, field.max_length or 0
    if entry.constant is not None and len(entry.constant) > most:
        yield _error(data, f"'{field.name}' takes {most} characters", "map-length")
    if len(checked.sources) != 1 or checked.codes:
        return
    needed = longest(checked.sources[0], entry.format, cells=True)
    if needed is not None and needed > most:
        fixed = getattr(checked.sources[0].slot.field, "type", "") in _DATES
        text = f"'{field.name}' takes {most} characters, and an answer can have {needed}"
        yield data, text, "map-length", Severity.ERROR if fixed else Severity.WARNING


def _format(checked: Checked) -> Iterator[Fault]:
    pattern = checked.line.entry.format
    if pattern and not (checked.sources and all(fits(each, pattern) for each in checked.sources)):
        known = ", ".join(FORMATS)
        text = f"'{pattern}' is no format for this; dates have TT, MM, JJJJ and JJ, others {known}"
        yield _error((*checked.line.data, "format"), text, "map-format")


def _codes(checked: Checked) -> Iterator[Fault]:
    """Yield codes that nothing says, and what a table says of codes that there are not."""
    entry, data = checked.line.entry, checked.line.data
    known = checked.codes
    for table in ("boxes", "codes"):
        for code in getattr(entry, table):
            if code not in known:
                text = f"'{code}' is no code of this answer{suggestion(code, known)}"
                yield _error((*data, table, code), text, "unknown-code")
    if entry.boxes:
        for code in known:
            if code not in entry.boxes and entry.codes.get(code) != OFF:
                text = f"the code '{code}' has no box; where nothing is to be ticked, write `codes: {{{code}: Off}}`"
                yield _error((*data, "boxes"), text, "map-code")
    elif isinstance(entry.to, str):
        yield from _said(checked, entry.to)


def _said(checked: Checked, name: str) -> Iterator[Fault]:
    field = checked.targets.by_name.get(written(name))
    if field is None or field.kind not in (*TICKABLE, Kind.CHOICE):
        return
    if field.kind is Kind.CHOICE and field.flags & Flags.EDITABLE:
        return
    entry, data = checked.line.entry, checked.line.data
    for code in checked.codes:
        if said(field, code, entry.codes) is None:
            what = f"'{entry.codes[code]}' is no state" if code in entry.codes else f"the code '{code}' has no state"
            place: DataPath = (*data, "codes", code) if code in entry.codes else (*data, "to")
            yield _error(place, f"{what} of '{name}'; {_listed(field)}", "map-code")


def _pieces(checked: Checked) -> Iterator[Fault]:
    entry, data = checked.line.entry, checked.line.data
    assert entry.split is not None
    if checked.codes or len(checked.sources) > 1:
        yield _error((*data, "split"), "only one answer that is a text can be split", "map-split")
        return
    dated = any(isinstance(each, str) for each in entry.split.at)
    kind = getattr(checked.sources[0].slot.field, "type", "") if checked.sources else ""
    if dated and (kind not in _DATES or (kind == "month" and "day" in entry.split.at)):
        yield _error((*data, "split", "at"), "only a date has days, months and years", "map-split")
    sizes = _sizes(entry.split.at, len(entry.split.into))
    needed = longest(checked.sources[0], entry.format, cells=True) if checked.sources else None
    if not dated and needed is not None and needed > sum(sizes):
        text = f"the pieces hold {sum(sizes)} characters, and an answer can have {needed}"
        yield (*data, "split"), text, "map-length", Severity.WARNING
    for place, (size, target) in enumerate(zip(sizes, entry.split.into, strict=True)):
        field = checked.targets.by_name.get(written(target)) if isinstance(target, str) else None
        if field is not None and field.max_length and field.max_length < size:
            text = f"'{field.name}' takes {field.max_length} characters, and this piece has {size}"
            yield _error((*data, "split", "into", place), text, "map-length")


def _sizes(at: Sequence[str | int], boxes: int) -> list[int]:
    named = {"day": 2, "month": 2, "year": 2}
    return [named[each] if isinstance(each, str) else each for each in at] or [1] * boxes


def _listed(field: PdfField) -> str:
    known = says(field)
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"it has {', '.join(known[:_SHOWN]) or 'none'}{more}"
