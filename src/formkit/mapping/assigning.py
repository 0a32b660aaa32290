"""One line of a mapping and the answers → what its targets get: texts, states, export values, crosses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from formkit.answers.prepared import Prepared
from formkit.mapping.model import Box, Entry, Line, Place, Split, Target
from formkit.mapping.sources import Source, codes, known_codes, label, part_value, text
from formkit.mapping.targets import OFF, Targets, said, says, written
from formkit.pdf.fields import Kind, PdfField
from formkit.pdf.flags import Flags
from formkit.pdf.graphemes import graphemes
from formkit.values import Month, PartialDate, Value


class Unassignable(Exception):
    """An answer that a line has no way to write; `check` names the kind of fault. Holds no value."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


@dataclass(frozen=True, slots=True)
class Assigned:
    """What one target gets: the values of a field by its real name, or what is drawn at a place of a page."""

    target: str | Place
    values: tuple[str, ...]
    paths: tuple[str, ...]
    cross: bool = False


def assigned(
    line: Line, sources: Sequence[Source], values: Mapping[str, Value], targets: Targets, prepared: Prepared
) -> Iterator[Assigned]:
    """Yield what the targets of a line get from the answers; nothing where there is no answer.

    Takes the sources of the line, values by value path, the fields of the PDF and the form made ready. Raises
    Unassignable.
    """
    writer = _Writer(line.entry, tuple(sources), values, targets, prepared)
    if line.entry.boxes:
        yield from writer.boxes(line.entry.boxes)
    elif line.entry.split is not None:
        yield from writer.pieces(line.entry.split)
    elif line.entry.to is not None:
        yield from writer.whole(line.entry.to)


@dataclass(frozen=True, slots=True)
class _Writer:
    entry: Entry
    sources: tuple[Source, ...]
    values: Mapping[str, Value]
    targets: Targets
    prepared: Prepared

    @property
    def _paths(self) -> tuple[str, ...]:
        return self.entry.sources or ("a constant",)

    def boxes(self, boxes: Mapping[str, Target]) -> Iterator[Assigned]:
        """Tick the box of each code that was chosen."""
        for code in self._codes():
            if code not in boxes:
                if self.entry.codes.get(code) != OFF:
                    raise Unassignable("map-code", f"the code '{code}' has no box")
                continue
            target = boxes[code]
            if isinstance(target, Place):
                yield Assigned(target, ("",), self._paths, cross=True)
                continue
            field = self._field(target.field if isinstance(target, Box) else target)
            state = target.state if isinstance(target, Box) else says(field)[0]
            yield Assigned(field.name, (state,), self._paths)

    def pieces(self, split: Split) -> Iterator[Assigned]:
        """Write each piece of an answer into a box of its own."""
        found = self._pieces(split)
        for target, piece in zip(split.into, found, strict=False):
            if piece:
                yield from self._text(target, piece)

    def _pieces(self, split: Split) -> list[str]:
        source = self.sources[0]
        value = self._value(source)
        if value is None:
            return []
        if split.at and isinstance(value, PartialDate | Month) and isinstance(split.at[0], str):
            parts = {"year": f"{value.year:04}", "month": f"{value.month:02}"}
            if isinstance(value, PartialDate):
                parts["day"] = f"{value.day:02}"
            return [self._year(target, parts[str(at)]) for at, target in zip(split.at, split.into, strict=True)]
        left = list(graphemes(text(source, value, self.entry.format, cells=True)))
        pieces = []
        for size in split.at or (1,) * len(split.into):
            pieces.append("".join(left[: int(size)]))
            left = left[int(size) :]
        if left:
            raise Unassignable("map-length", f"the answer is {len(left)} characters longer than its boxes")
        return pieces

    def _year(self, target: Target, digits: str) -> str:
        """Return the digits of a piece; a year in a box of two loses its century, as the box asks."""
        field = self.targets.by_name.get(written(target)) if isinstance(target, str) else None
        return digits[-2:] if field is not None and field.max_length == 2 else digits

    def whole(self, target: Target) -> Iterator[Assigned]:
        """Write an answer, several joined, or a constant into one place."""
        if self.entry.constant is not None:
            yield from self._text(target, self.entry.constant)
            return
        if len(self.sources) == 1 and known_codes(self.sources[0]):
            yield from self._coded(target)
            return
        shown = [found for each in self.sources if (found := self._shown(each, target))]
        if shown:
            yield from self._text(target, self.entry.separator.join(shown))

    def _coded(self, target: Target) -> Iterator[Assigned]:
        given = self._codes()
        if not given:
            return
        if isinstance(target, Box):
            # One box for one answer: any of its codes but a no ticks it.
            if given[0] != "nein":
                yield Assigned(self._field(target.field).name, (target.state,), self._paths)
            return
        source = self.sources[0]
        if isinstance(target, Place) and len(known_codes(source)) == 1:
            yield Assigned(target, ("",), self._paths, cross=True)
            return
        field = self._field(target) if isinstance(target, str) else None
        if field is None or field.kind is Kind.TEXT:
            shown = [self.entry.codes.get(code) or label(self.prepared, source, code) for code in given]
            yield from self._text(target, ", ".join(each for each in shown if each != OFF))
            return
        yield Assigned(field.name, tuple(self._said(field, code) for code in given), self._paths)

    def _said(self, field: PdfField, code: str) -> str:
        found = said(field, code, self.entry.codes)
        if found is not None:
            return found
        if field.kind is Kind.CHOICE and field.flags & Flags.EDITABLE:
            return label(self.prepared, self.sources[0], code)
        raise Unassignable("map-code", f"the code '{code}' has no state of '{field.name}'")

    def _shown(self, source: Source, target: Target) -> str:
        value = self._value(source)
        if value is None:
            return ""
        if known_codes(source):
            return ", ".join(label(self.prepared, source, code) for code in codes(source, value))
        read = text(source, value, self.entry.format)
        return text(source, value, self.entry.format, cells=True) if self._is_narrow(target, read) else read

    def _is_narrow(self, target: Target, read: str) -> bool:
        """Tell whether a place has cells, or no room for points and blanks."""
        if isinstance(target, Place):
            return target.comb is not None
        field = self._field(target) if isinstance(target, str) else None
        if field is None or len(self.sources) > 1:
            return False
        return bool(field.flags & Flags.COMB) or bool(field.max_length and len(read) > field.max_length)

    def _text(self, target: Target, shown: str) -> Iterator[Assigned]:
        if isinstance(target, Place):
            if shown:
                yield Assigned(target, (shown,), self._paths)
        elif isinstance(target, Box):
            yield Assigned(self._field(target.field).name, (target.state,), self._paths)
        else:
            yield Assigned(self._field(target).name, (shown,), self._paths)

    def _codes(self) -> tuple[str, ...]:
        value = self.values.get(self.sources[0].answer)
        return () if value is None else codes(self.sources[0], value)

    def _value(self, source: Source) -> Value | None:
        value = self.values.get(source.answer)
        return None if value is None else part_value(source, value)

    def _field(self, name: str) -> PdfField:
        found = self.targets.by_name.get(written(name))
        if found is None:
            raise Unassignable("map-unknown-field", f"'{name}' is no field of this PDF")
        return found
