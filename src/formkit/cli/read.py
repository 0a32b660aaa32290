"""`formkit read`: answers out of filled PDFs and answer files, as data or summed up in German."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.answers.files import answers_in, passphrase_option
from formkit.cli.lazy import NamedChoice
from formkit.cli.options import authority_of, authority_option, project
from formkit.errors import FormkitError

if TYPE_CHECKING:
    from formkit.project import Project
    from formkit.returned import Returned

FORMATS = ("json", "jsonl", "csv", "xfdf", "fdf")
SUMMARY = "de"
_ONE_RECORD = ("json", "xfdf", "fdf")


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option(
    "--format", "form", type=NamedChoice(FORMATS), default="json", show_default=True, help="How to write them."
)
@click.option(
    "--summary", is_flag=True, help="Sum up in German, by the number of the question, what a caseworker needs."
)
@click.option(
    "--lang",
    type=NamedChoice((SUMMARY,)),
    default=SUMMARY,
    help="The language of the summary: caseworkers read German.",
)
@authority_option
@passphrase_option
@click.pass_context
def read(
    ctx: click.Context,
    files: tuple[Path, ...],
    form: str,
    summary: bool,
    lang: str,
    authority: str | None,
    passphrase_file: Path | None,
) -> None:
    """Read what was filled in, whatever language and viewer it was filled in with.

    Reads PDFs made by formkit, and answer files. Exit code 1 where an answer cannot be understood or, in
    summaries, is missing or wrong; 3 where a file cannot be read.

    Example: formkit read antrag.pdf --summary
    """
    here = project(ctx)
    found, code = _all(here, files, passphrase_file)
    if summary:
        named = authority_of(here, authority)
        ctx.exit(max(code, _summaries(here, found, named)))
    _write(found, form)
    ctx.exit(max(code, int(any(each.answers.faults for _, each in found))))


def _all(
    here: Project, files: tuple[Path, ...], passphrase_file: Path | None
) -> tuple[list[tuple[Path, Returned]], int]:
    """Read all files; one that cannot be read is told of and leaves the others alone."""
    from formkit.cli import report

    found, code = [], 0
    for file in files:
        try:
            for each in answers_in(here, file, passphrase_file):
                found.append((file, each))
                for note in each.notes:
                    click.echo(f"{file}: {note}", err=True)
        except FormkitError as error:
            report(error)
            code = max(code, error.exit_code)
    return found, code


def _write(found: list[tuple[Path, Returned]], form: str) -> None:
    from formkit.answers.formats import FORMATS as TABLE
    from formkit.errors import UnknownName

    if not found:
        return
    forms = {each.form.id for _, each in found}
    if len(found) > 1 and form in _ONE_RECORD:
        raise UnknownName(f"{form} holds one set of answers", advice="Choose jsonl or csv, or read one file at a time.")
    if len(forms) > 1 and form == "csv":
        raise UnknownName("CSV holds answers to one form", advice="Choose jsonl, or read the forms apart.")
    for form_id in sorted(forms):
        chosen = [each for _, each in found if each.form.id == form_id]
        data = TABLE[f".{form}"].write(chosen[0].form, [each.answers for each in chosen])
        sys.stdout.buffer.write(data)


def _summaries(here: Project, found: list[tuple[Path, Returned]], authority: str) -> int:
    import datetime

    from formkit.answers import prepare
    from formkit.answers.summary import summarize
    from formkit.answers.summary_text import as_text
    from formkit.i18n import load
    from formkit.i18n.languages import GERMAN

    code = 0
    profile = load.authority(here, authority)
    for file, each in found:
        prepared = prepare(load.localize(here, each.form, GERMAN, profile, datetime.date.today()))
        summed = summarize(prepared, each.answers)
        if len(found) > 1:
            click.echo(f"{file}:")
        click.echo(as_text(summed))
        code = max(code, int(bool(summed.missing or summed.errors)))
    return code
