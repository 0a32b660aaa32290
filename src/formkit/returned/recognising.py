"""Which form a PDF is: what it says itself, else what its fields are called."""

from __future__ import annotations

from dataclasses import dataclass

from formkit.answers.record import Record
from formkit.answers.slots import outline
from formkit.errors import FormkitError
from formkit.i18n import load
from formkit.pdf.fields import PdfForm
from formkit.project import Project

# So many of its fields must be known to a form before a file that says nothing is taken for it.
_ENOUGH = 0.9


@dataclass(frozen=True, slots=True)
class Recognised:
    """Form, version (0: not known), language ("": not known), and the fingerprint of the fields it was made with.

    `marked` says that the file itself tells all this.
    """

    form: str
    version: int = 0
    language: str = ""
    fields: str = ""
    marked: bool = False


def recognised(project: Project, pdf: PdfForm, record: Record) -> Recognised | None:
    """Return which of the project's forms a PDF is, None where it is none of them; `record` is what it says itself."""
    if record.form in project.form_ids():
        return Recognised(record.form, record.version, record.language, pdf.marks.get("Fields", ""), marked=True)
    return _by_names(project, [each.name for each in pdf.fields])


def _by_names(project: Project, names: list[str]) -> Recognised | None:
    shares = [(_share(project, form_id, names), form_id) for form_id in project.form_ids()]
    share, form_id = max(shares, default=(0.0, ""))
    return Recognised(form_id) if share >= _ENOUGH else None


def _share(project: Project, form_id: str, names: list[str]) -> float:
    """Return which part of the names a form knows; a form that cannot be loaded knows none."""
    try:
        placed = outline(load.form(project, form_id))
    except FormkitError:
        return 0.0
    # Signatures have a field but no answer.
    return sum(placed.box(name) is not None for name in names) / len(names) if names else 0.0
