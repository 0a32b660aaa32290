"""`formkit render`: forms as PDFs."""

from __future__ import annotations

import datetime
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.answers.files import passphrase_option
from formkit.cli.lazy import NamedChoice
from formkit.cli.options import (
    authority_of,
    authority_option,
    force_option,
    lang_option,
    large_option,
    layout_option,
    output_option,
    project,
)

if TYPE_CHECKING:
    from formkit.project import Project
    from formkit.render.jobs import Job
    from formkit.render.pool import Done

KINDS = ("print", "fillable")


@click.command()
@click.argument("form", metavar="FORM")
@lang_option
@layout_option
@click.option(
    "--kind",
    type=NamedChoice(KINDS),
    default="print",
    show_default=True,
    help="For paper, or with fields to be filled in a PDF viewer.",
)
@large_option
@click.option(
    "--answers", type=click.Path(path_type=Path), default=None, metavar="FILE", help="Print these answers in it."
)
@passphrase_option
@authority_option
@output_option("The folder to write to.")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="Processes at once; else one a core.")
@force_option("Render again, and overwrite whatever has that name.")
@click.pass_context
def render(
    ctx: click.Context,
    form: str,
    langs: tuple[str, ...],
    layout: str,
    kind: str,
    large: bool,
    answers: Path | None,
    passphrase_file: Path | None,
    authority: str | None,
    output: Path | None,
    workers: int | None,
    force: bool,
) -> None:
    """Print a form as bilingual or fillable PDFs, one for each language; without --lang, in those the project names.

    With --answers the pages hold the answers of a file; --layout source makes the German copy for the office.

    Example: formkit render but-hauptantrag --lang ar --lang uk -o build
    """
    from formkit.render.pool import run_all

    here = project(ctx)
    named = authority_of(here, authority)
    jobs = _jobs(here, form, langs, layout, large, named, kind)
    folder = output or here.output
    if authority:
        folder = folder / authority
    today = datetime.date.today()
    if answers is not None:
        _print_answers(here, jobs, answers, passphrase_file, folder, today, force=force)
        return
    with click.progressbar(length=len(jobs), label="Rendering", file=sys.stderr) as bar:
        done = run_all(here, jobs, folder, today, workers=workers, force=force, tick=bar.update)
    ctx.exit(_report(done))


def _print_answers(
    here: Project,
    jobs: tuple[Job, ...],
    answers: Path,
    passphrase_file: Path | None,
    folder: Path,
    today: datetime.date,
    *,
    force: bool,
) -> None:
    """Print the form with answers in it, one file for each language: plain pages without fields."""
    from formkit.cli.answers.files import kept, one_answers
    from formkit.copies import Style, filled_copy

    given = one_answers(here, jobs[0].form, answers, passphrase_file)
    for job in jobs:
        style = Style(job.language, job.authority, job.layout, job.large, flat=True)
        copy = filled_copy(here, given, style, today)
        path = folder / replace(job, kind="filled").name
        kept(path, copy.data, force=force, encrypt=False, passphrase_file=None)


def _jobs(
    here: Project, form: str, langs: tuple[str, ...], layout: str, large: bool, authority: str, kind: str
) -> tuple[Job, ...]:
    from formkit.i18n.languages import language
    from formkit.render.jobs import Job

    here.form_path(form)
    if authority:
        here.authority_path(authority)
    tags = ("de",) if layout == "source" else langs or _translated(here, form)
    if not tags:
        raise click.UsageError("Name a language with --lang, or `languages` in formkit.toml.")
    found = [language(tag) for tag in dict.fromkeys(tags)]
    return tuple(
        Job(form, each, authority, "source" if each.tag == "de" else layout, large, here.completeness, kind)
        for each in found
    )


def _translated(here: Project, form: str) -> tuple[str, ...]:
    """Return the project's languages in which the form has a catalogue; without any, those asked for."""
    from formkit.i18n import load

    there = {each.tag for each in load.languages(here, form)} | {"de"}
    return tuple(tag for tag in here.languages if tag in there) or here.languages


def _report(done: tuple[Done, ...]) -> int:
    """Print the files to stdout and a summary to stderr; return the exit code."""
    from formkit.cli import report
    from formkit.render import Outcome

    code = 0
    for each in done:
        if each.error is not None:
            report(each.error)
            code = max(code, each.error.exit_code)
        elif each.result is not None:
            click.echo(str(each.result.path))
            for problem in each.result.problems:
                click.echo(str(problem), err=True)
                code = max(code, 1)
    results = [each.result for each in done if each.result is not None]
    pages = sum(result.pages for result in results)
    fresh = sum(result.outcome is Outcome.WRITTEN for result in results)
    parts = [f"{fresh} written ({pages} pages)", f"{len(results) - fresh} up to date"]
    failed = len(done) - len(results)
    click.echo(", ".join(parts + ([f"{failed} failed"] if failed else [])), err=True)
    return code
