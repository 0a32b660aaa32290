"""The part of `formkit fill` that fills an authority's own PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.answers.files import answers_in
from formkit.cli.answers.preparing import prepared
from formkit.cli.mapping.reading import checked
from formkit.errors import AnswersError, DefinitionError, FormkitError

if TYPE_CHECKING:
    from formkit.mapping import Mapped
    from formkit.project import Project

SUFFIX = ".map.yaml"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    pdf: Path
    answers: Path
    mapping: Path | None
    authority: str | None
    increment: bool
    flatten: bool
    passphrase_file: Path | None


def fill_pdf(here: Project, wanted: Wanted, unused: tuple[str, ...]) -> bytes:
    """Return an authority's PDF with answers filled in, and say on standard error what one must know.

    Takes the options that mean nothing here. Raises UsageError for these, FormkitError.
    """
    from formkit import fonts
    from formkit.i18n.languages import GERMAN
    from formkit.mapping import Foreign, Way, fill_foreign, load_mapping
    from formkit.pdf.isolated import read_form_apart

    if unused:
        raise click.UsageError(f"{', '.join(unused)} cannot be used with an authority's own PDF")
    if wanted.increment and wanted.flatten:
        raise click.UsageError("--increment appends and --flatten writes anew; choose one")
    mapped = load_mapping(_mapping(wanted))
    _require_sound(here, mapped, wanted.pdf)
    returned = list(answers_in(here, wanted.answers, wanted.passphrase_file))
    if len(returned) != 1:
        raise AnswersError(f"{wanted.answers}: holds {len(returned)} sets of answers", advice="One is needed.")
    form, answers = returned[0].form, returned[0].answers
    if (form.id, form.version) != (mapped.file.form, mapped.file.version):
        said = (
            f"version {form.version} of '{form.id}', the mapping is for {mapped.file.version} of '{mapped.file.form}'"
        )
        raise AnswersError(f"{wanted.answers}: holds answers to {said}")
    fonts.use(here.fonts)
    foreign = Foreign(wanted.pdf, read_form_apart(wanted.pdf), mapped)
    ready = prepared(here, form, GERMAN, wanted.authority)
    done = fill_foreign(foreign, ready, answers, fonts.regular(), Way(wanted.increment, wanted.flatten))
    for note in done.notes:
        click.echo(note, err=True)
    click.echo(f"{done.fields} fields and places filled in", err=True)
    return done.data


def _mapping(wanted: Wanted) -> Path:
    if wanted.mapping is not None:
        return wanted.mapping
    beside = wanted.pdf.with_suffix(SUFFIX)
    if not beside.exists():
        raise FormkitError(
            f"{wanted.pdf}: there is no mapping for it beside it ({beside.name})",
            advice="Name one with --map, or begin one: formkit map init PDF FORM",
        )
    return beside


def _require_sound(here: Project, mapped: Mapped, pdf: Path) -> None:
    from formkit.problems import has_errors

    problems = checked(here, mapped, pdf)
    if has_errors(problems):
        raise DefinitionError(f"{mapped.document.file}: the mapping has faults", problems=problems)
