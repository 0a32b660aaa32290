"""`formkit translate pseudo`: a pseudo-language, to see what a layout bears and what escapes translation."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.options import authority_of, authority_option, force_option, output_option, project

if TYPE_CHECKING:
    from formkit.i18n.localize import Localized


@click.command()
@click.argument("form", metavar="FORM")
@click.option("--rtl", is_flag=True, help="In Arabic letters, from right to left.")
@authority_option
@output_option("The folder to write to; else the project's output folder.")
@force_option("Overwrite files of that name that formkit did not make.")
@click.pass_context
def pseudo(ctx: click.Context, form: str, rtl: bool, authority: str | None, output: Path | None, force: bool) -> None:
    """Translate a form into a pseudo-language, longer and with accents, and print it.

    A text on the page without its brackets has escaped translation. Nothing is written into locales.

    Example: formkit translate pseudo but-hauptantrag --rtl -o proof
    """
    from formkit.i18n.pseudo import ACCENTED, RIGHT_TO_LEFT, pseudo_localized, pseudo_po
    from formkit.i18n.templates import form_entries

    here = project(ctx)
    language = RIGHT_TO_LEFT if rtl else ACCENTED
    named = authority_of(here, authority)
    localized = pseudo_localized(here, form, named, datetime.date.today(), language)
    entries, header = form_entries(here, form)
    name = (output or here.output) / f"{form}.{language.tag}"
    data, pages = _printed(localized)
    _write(name.with_name(f"{name.name}.po"), pseudo_po(entries, header, language).encode(), force)
    _write(name.with_name(f"{name.name}.print.pdf"), data, force)
    click.echo(f"{len(entries)} texts, {pages} pages", err=True)


def _printed(localized: Localized) -> tuple[bytes, int]:
    """Print a pseudo-translation; returns the PDF and its number of pages."""
    from formkit.render.html import Options, document
    from formkit.render.jobs import Stamp
    from formkit.render.pdf import print_pdf
    from formkit.render.status import status

    page = document(localized, status(localized, threshold=0), Options())
    # No day and no input makes it up to date: it is made anew each time.
    printed = print_pdf(page, Stamp("pseudo", localized.today, localized.today).marks())
    return printed.data, printed.pages


def _write(path: Path, data: bytes, force: bool) -> None:
    """Write a file over an older one of the same command, and over no other."""
    from formkit.cli.output import deliver
    from formkit.pdf.marks import read_marks
    from formkit.render.jobs import read_stamp

    ours = read_stamp(read_marks(path)) is not None if path.suffix == ".pdf" else _is_pseudo(path)
    deliver(path, data, force=force or ours)


def _is_pseudo(path: Path) -> bool:
    """Tell whether a catalogue is one in a pseudo-language, which nobody edits."""
    from formkit.i18n.pseudo import ACCENTED, RIGHT_TO_LEFT

    found = path.read_bytes()[:2_000] if path.is_file() else b""
    return any(f"Language: {each.folder}\\n".encode() in found for each in (ACCENTED, RIGHT_TO_LEFT))
