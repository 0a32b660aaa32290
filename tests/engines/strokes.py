"""What a person does at which widget to give an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from formkit.pdf.fields import Kind, PdfField, read_form

Answers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One answer at one widget: `text` is typed, or the option of that export value at that `place` is chosen.

    `page` counts from 0; `x` and `y` are the middle of the widget in points from below left.
    """

    name: str
    kind: str
    page: int
    x: float
    y: float
    text: str
    place: int = 0


@dataclass(frozen=True, slots=True)
class _Widget:
    page: int
    x: float
    y: float
    states: frozenset[str]


def strokes(path: Path, answers: Answers) -> list[Stroke]:
    """Return what is to be done, page by page; each answer must have a widget to be given at."""
    fields = {field.name: field for field in read_form(path).fields}
    widgets = _widgets(path)
    found = [_stroke(fields[name], widgets[name], value) for name, values in answers.items() for value in values]
    return sorted(found, key=lambda stroke: stroke.page)


def _stroke(field: PdfField, widgets: list[_Widget], value: str) -> Stroke:
    boxes = field.kind in (Kind.CHECK, Kind.RADIO)
    widget = next(each for each in widgets if not boxes or value in each.states)
    exports = [export for export, _ in field.options]
    place = exports.index(value) if field.kind is Kind.CHOICE else 0
    return Stroke(field.name, field.kind.value, widget.page, widget.x, widget.y, value, place)


def _widgets(path: Path) -> dict[str, list[_Widget]]:
    found: dict[str, list[_Widget]] = {}
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages):
            for annotation in page.obj.get("/Annots", []):
                if annotation.get("/Subtype") == pikepdf.Name.Widget:
                    left, bottom, right, top = (float(each) for each in annotation.Rect)
                    states = frozenset(_states(annotation))
                    widget = _Widget(number, (left + right) / 2, (bottom + top) / 2, states)
                    found.setdefault(_name(annotation), []).append(widget)
    return found


def _states(annotation: pikepdf.Object) -> set[str]:
    normal = annotation.get("/AP", pikepdf.Dictionary()).get("/N")
    if not isinstance(normal, pikepdf.Dictionary):
        return set()
    return {key.removeprefix("/") for key in normal.keys()} - {"Off"}  # noqa: SIM118 – a PDF dictionary yields no keys


def _name(node: pikepdf.Object) -> str:
    own = [str(node.T)] if "/T" in node else []
    above = [_name(node.Parent)] if "/Parent" in node else []
    return ".".join([*filter(None, above), *own])
