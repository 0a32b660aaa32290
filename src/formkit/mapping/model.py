"""The mapping file: which answer of a form goes where in an authority's own PDF, as an author writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, StringConstraints, Tag, model_validator
from pydantic import Field as Key
from pydantic_core import PydanticCustomError

from formkit.definition.model import FormId
from formkit.definition.reading import read_model
from formkit.definition.yaml import DataPath, Document
from formkit.fields.base import Condition, Model, Number

MAX_ENTRIES = 5_000
MAX_ROWS = 100
POINTS_A_MILLIMETRE = 72 / 25.4

Path_ = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_{}-]+(\.[A-Za-z0-9_{}-]+)*$", max_length=200)]
FieldName = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]


class Place(Model):
    """A box on a page, measured as with a ruler from the upper left corner of the page as it is shown."""

    page: int = Key(ge=1, le=10_000)
    x: Number
    y: Number
    width: Number
    height: Number
    unit: Literal["mm", "pt"] = "mm"
    size: Number | None = None
    multiline: bool = False
    comb: int | None = Key(default=None, ge=1, le=200)
    align: Literal["left", "center", "right"] | None = None
    step: Number | None = None

    def points(self, length: Number) -> float:
        """Return a length of this place in points."""
        return float(length) * (POINTS_A_MILLIMETRE if self.unit == "mm" else 1.0)

    def in_row(self, row: int) -> Place:
        """Return the same place in a row counted from 0: as many steps further down."""
        return self.model_copy(update={"y": self.y + (self.step or 0) * row})


class Box(Model):
    """A box or radio group of the PDF and the state that ticks it."""

    field: FieldName
    state: str

    def in_row(self, row: int) -> Box:
        """Return the box of a row counted from 0."""
        return self.model_copy(update={"field": _numbered(self.field, row)})


def _shape(value: object) -> str:
    if isinstance(value, str):
        return "name"
    # A model is asked as well where one is written again.
    given: Any = value if isinstance(value, dict) else getattr(value, "__dict__", {})
    return "box" if "field" in given or "state" in given else "place"


Target = Annotated[
    Annotated[FieldName, Tag("name")] | Annotated[Box, Tag("box")] | Annotated[Place, Tag("place")],
    Discriminator(_shape),
]
Piece = Literal["day", "month", "year"]


class Split(Model):
    """Where the pieces of one answer go: the parts of a date, so many characters each, or one in each box."""

    into: tuple[Target, ...] = Key(min_length=2, max_length=200)
    at: tuple[Piece | int, ...] = ()

    @model_validator(mode="after")
    def _as_many_pieces_as_boxes(self) -> Self:
        if self.at and len(self.at) != len(self.into):
            text = "`at` has {at} pieces and `into` {into} boxes"
            raise PydanticCustomError("map-split", text, {"at": len(self.at), "into": len(self.into)})
        if any(isinstance(each, int) and each < 1 for each in self.at):
            raise PydanticCustomError("map-split", "a piece has at least one character")
        if len({type(each) for each in self.at}) > 1:
            raise PydanticCustomError("map-split", "`at` names parts of a date or numbers of characters, not both")
        return self


class Entry(Model):
    """One line of a mapping: where something comes from, and where it goes to."""

    model_config = ConfigDict(populate_by_name=True)

    source: Path_ | None = Key(default=None, alias="from")
    join: tuple[Path_, ...] = ()
    separator: str = Key(default=" ", max_length=40)
    constant: str | None = None
    to: Target | None = None
    split: Split | None = None
    boxes: dict[str, Target] = {}
    codes: dict[str, str] = {}
    format: str = ""
    when: Condition | None = None
    rows: int | None = Key(default=None, ge=1, le=MAX_ROWS)

    @model_validator(mode="after")
    def _one_source_and_one_place(self) -> Self:
        if (self.source is not None) + bool(self.join) + (self.constant is not None) != 1:
            raise PydanticCustomError("map-entry", "needs one of `from`, `join` and `constant`")
        if (self.to is not None) + (self.split is not None) + bool(self.boxes) != 1:
            raise PydanticCustomError("map-entry", "needs one of `to`, `split` and `boxes`")
        return self

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the paths of the answers that this line takes."""
        return self.join or ((self.source,) if self.source is not None else ())

    @property
    def targets(self) -> tuple[tuple[DataPath, Target], ...]:
        """Return where this line writes to, each with its place within the line."""
        if self.to is not None:
            return ((("to",), self.to),)
        if self.split is not None:
            return tuple((("split", "into", place), each) for place, each in enumerate(self.split.into))
        return tuple((("boxes", code), each) for code, each in self.boxes.items())

    def in_row(self, row: int) -> Entry:
        """Return the line for a row counted from 0: {i} is that number, {n} the one after it."""
        update: dict[str, object] = {
            "source": None if self.source is None else _numbered(self.source, row),
            "join": tuple(_numbered(each, row) for each in self.join),
            "to": None if self.to is None else _in_row(self.to, row),
            "boxes": {code: _in_row(each, row) for code, each in self.boxes.items()},
        }
        if self.split is not None:
            into = tuple(_in_row(each, row) for each in self.split.into)
            update["split"] = self.split.model_copy(update={"into": into})
        return self.model_copy(update=update)


def _in_row(target: Target, row: int) -> Target:
    return _numbered(target, row) if isinstance(target, str) else target.in_row(row)


def _numbered(text: str, row: int) -> str:
    return text.replace("{i}", str(row)).replace("{n}", str(row + 1))


class PdfMark(Model):
    """Which PDF the mapping is for: what its fields are, as a short hash, and how many pages it has."""

    fields: str = ""
    pages: int = Key(ge=1)


class MappingFile(Model):
    """A whole mapping file; `left_out` are answers that the PDF does not ask for."""

    form: FormId
    version: int = Key(ge=1)
    pdf: PdfMark
    left_out: tuple[Path_, ...] = ()
    fields: tuple[Entry, ...] = Key(max_length=MAX_ENTRIES)


@dataclass(frozen=True, slots=True)
class Line:
    """One line in one row: its place in the file, and the row counted from 0, None for a line without rows."""

    data: DataPath
    entry: Entry
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """A mapping with the places of everything in its file."""

    file: MappingFile
    document: Document

    @property
    def lines(self) -> Iterator[Line]:
        """Yield every line, those with rows once for each row."""
        for index, entry in enumerate(self.file.fields):
            data: DataPath = ("fields", index)
            if entry.rows is None:
                yield Line(data, entry)
            else:
                yield from (Line(data, entry.in_row(row), row) for row in range(entry.rows))


def load_mapping(path: Path, shown: str | None = None) -> Mapped:
    """Read a mapping file; raises DefinitionError with every fault of its shape, FormkitError where unreadable."""
    return Mapped(*read_model(path, shown or str(path), MappingFile))
