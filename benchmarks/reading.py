"""Reading the values of a filled form of sixty fields, beside other readers of PDF forms in Python."""

from __future__ import annotations

import importlib
import importlib.util
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pikepdf.form import Form, TextField
from pypdf import PdfReader

from benchmarks.figure import Figure, in_turn, median, seconds
from formkit.pdf.fields import read_form
from formkit.pdf.isolated import Reader

PAGES, TEXTS, BOXES, ROUNDS, FILES = 3, 48, 12, 15, 40
# pikepdf.form takes names and values out of qpdf, in C++, and is faster than ours. That is reported, not gated.
GATES = {"pypdf": 1.0, "PyMuPDF": 1.0}
VALUES = ("Müller", "Київ", "محمد", "ሰላም", "Straße 5, 71332 Waiblingen", "24112015")


def measure() -> Iterator[Figure]:
    """Yield milliseconds a file, and the ratio to each other reader that is installed."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "filled.pdf"
        _write(path)
        assert [len(_ours(path)), *(len(read(path)) for read in _others().values())] == [TEXTS + BOXES] * (
            1 + len(_others())
        )
        yield Figure(f"reading {TEXTS + BOXES} values", 1000 * median(_times(lambda: _ours(path))) / FILES, "ms")
        for other, read in _others().items():
            yield Figure(f"reading {TEXTS + BOXES} values, {other} = 1", _ratio(path, read), "×", GATES.get(other))
        facts = _ratio(path, _pikepdf_facts)
        yield Figure("the same with flags, tooltips and states, pikepdf.form = 1", facts, "×")
        with Reader() as reader:
            reader.read(path)
            apart = median(_times(lambda: reader.read(path))) / FILES
        yield Figure("the same in a process apart, warm", 1000 * apart, "ms")


def _times(work: Callable[[], object]) -> list[float]:
    return [seconds(lambda: [work() for _ in range(FILES)]) for _ in range(ROUNDS)]


def _ratio(path: Path, read: Callable[[Path], object]) -> float:
    own, other = in_turn(lambda: [_ours(path) for _ in range(FILES)], lambda: [read(path) for _ in range(FILES)], 5)
    return median(own) / median(other)


def _ours(path: Path) -> dict[str, str]:
    return {field.name: "".join(field.values) for field in read_form(path).fields}


def _pikepdf(path: Path) -> dict[str, str]:
    with pikepdf.open(path) as pdf:
        return {name: str(getattr(field, "value", None) or field.state) for name, field in Form(pdf).items()}  # type: ignore[union-attr]


def _pikepdf_facts(path: Path) -> dict[str, tuple[object, ...]]:
    """Read with pikepdf.form what ours reads, but for the pages."""
    with pikepdf.open(path) as pdf:
        return {name: _facts(field) for name, field in Form(pdf).items()}


def _facts(field: Any) -> tuple[object, ...]:
    common = (type(field), field.is_required, field.is_read_only, field.alternate_name)
    if isinstance(field, TextField):
        return (*common, field.value, field.is_multiline, field.is_combed, field.max_length)
    return (*common, field.checked, field.on_value)


def _pypdf(path: Path) -> dict[str, str]:
    return {name: str(field.value) for name, field in (PdfReader(path).get_fields() or {}).items()}


def _pymupdf(path: Path) -> dict[str, str]:
    # Under the AGPL, so no dependency of ours: compared where somebody has it.
    with importlib.import_module("pymupdf").open(path) as document:
        return {widget.field_name: str(widget.field_value) for page in document for widget in page.widgets()}


def _others() -> dict[str, Callable[[Path], dict[str, str]]]:
    others = {"pikepdf.form": _pikepdf, "pypdf": _pypdf}
    return others | ({"PyMuPDF": _pymupdf} if importlib.util.find_spec("pymupdf") else {})


def _write(path: Path) -> None:
    """Write a filled form as ours are: names and tooltips, values in several scripts, an appearance for each."""
    pdf = pikepdf.new()
    pages = [pdf.add_blank_page(page_size=(595, 842)).obj for _ in range(PAGES)]
    fields = Array()
    for number in range(TEXTS + BOXES):
        widget = pdf.make_indirect(_widget(number, pages[number % PAGES]))
        _fill(pdf, widget, number)
        fields.append(widget)
    for number, page in enumerate(pages):
        page.Annots = Array(list(fields)[number::PAGES])
    pdf.Root.AcroForm = Dictionary(Fields=fields, DA=String("/Helv 0 Tf 0 g"))
    pdf.save(path)


def _widget(number: int, page: pikepdf.Object) -> pikepdf.Object:
    place = Array([50, 800 - 12 * number, 300, 810 - 12 * number])
    name, tooltip = f"teil{number % 7}.feld{number}", f"{number % 7}.{number} Frage (Pflicht) – سؤال"
    common = Dictionary(Type=Name.Annot, Subtype=Name.Widget, F=4, P=page, Rect=place)
    common.T, common.TU = String(name), String(tooltip)
    return common


def _fill(pdf: pikepdf.Pdf, widget: pikepdf.Object, number: int) -> None:
    box = Array([0, 0, 250, 10])
    drawn = pdf.make_stream(b"/Tx BMC q Q EMC", Type=Name.XObject, Subtype=Name.Form, BBox=box)
    if number < TEXTS:
        widget.FT, widget.Ff, widget.DA = Name.Tx, 2, String("/Helv 0 Tf 0 g")
        widget.V = String(VALUES[number % len(VALUES)])
        widget.AP = Dictionary(N=drawn)
    else:
        widget.FT, widget.V, widget.AS = Name.Btn, Name.ja, Name.ja
        widget.AP = Dictionary(N=Dictionary(ja=drawn, Off=pdf.make_stream(b"", Subtype=Name.Form, BBox=box)))
