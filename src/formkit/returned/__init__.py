"""A filled PDF that comes back → answers: which form it is, in which version and language, and what was filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from formkit.answers.model import Answers
from formkit.answers.raw import parse
from formkit.answers.record import record_of_pdf
from formkit.definition import load_form
from formkit.definition.model import Form
from formkit.errors import AnswersError
from formkit.i18n import load
from formkit.i18n.languages import LANGUAGES
from formkit.i18n.localize import SOURCE_TAG
from formkit.pdf.fields import Kind, PdfForm
from formkit.project import Project
from formkit.render.identity import fingerprint
from formkit.returned.recognising import recognised

_WITHOUT_VALUE = frozenset({Kind.PUSH, Kind.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file says: its form as it was then, the answers, and what one must know before trusting them."""

    form: Form
    answers: Answers = field(repr=False)
    notes: tuple[str, ...] = ()


def read_returned(project: Project, pdf: PdfForm, file: str) -> Returned:
    """Return the answers in the fields of a PDF.

    Takes what `pdf.isolated` read from a file and its name for messages. Raises AnswersError where it is none of
    the project's forms, or of a version whose definition is not at hand. Nothing is lost: what cannot be
    understood is a fault among the answers, and fields that the form does not have are named in a note.
    """
    notes = []
    record = record_of_pdf(_values(pdf), pdf.marks, file)
    found = recognised(project, pdf, record)
    if found is None:
        raise AnswersError(
            f"{file}: is not recognised as one of the project's forms",
            advice="`formkit fields` shows what stands in any PDF form.",
        )
    form = definition(project, found.form, found.version, file)
    language = found.language if found.language in LANGUAGES else SOURCE_TAG
    if not found.marked:
        notes.append(f"The file does not say which form it is; by its fields it is '{form.id}'.")
    elif not found.language:
        notes.append("The file does not say in which language it was filled in.")
    names = [each.name for each in pdf.fields]
    if found.fields and found.fields != fingerprint(names):
        notes.append("Fields were added to the file or taken away since it was made.")
    parsed = parse(form, record.raw, language)
    if parsed.unknown:
        listed = ", ".join(parsed.unknown[:5])
        notes.append(f"{len(parsed.unknown)} filled fields do not belong to the form: {listed}")
    return Returned(form, parsed.answers, (*notes, *_doubts(pdf)))


def _values(pdf: PdfForm) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.name, each.values) for each in pdf.fields if each.kind not in _WITHOUT_VALUE]


def _doubts(pdf: PdfForm) -> list[str]:
    notes = [f"Field {doubt.field}: {doubt.why.value}" for doubt in pdf.doubts]
    if pdf.repaired:
        notes.append("The file is damaged and was mended to read it; answers may be missing.")
    if pdf.scripts:
        notes.append("The file holds scripts. They were not run; no form of ours has any.")
    return notes


def definition(project: Project, form_id: str, version: int, file: str) -> Form:
    """Return a form in a version: the one at hand, or one kept in forms/archive/<id>.<version>.yaml.

    Raises AnswersError where that version is not there.
    """
    form = load.form(project, form_id)
    if version in (0, form.version):
        return form
    path: Path = project.forms / "archive" / f"{form_id}.{version}.yaml"
    if not path.exists():
        raise AnswersError(
            f"{file}: is version {version} of '{form_id}', and at hand is version {form.version}",
            advice=f"Put the definition of that version into {project.shown(path)}.",
        )
    return load_form(path, project.shown(path))
