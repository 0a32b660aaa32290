"""`formkit translate preview`: the form in the browser while it is being translated."""

from __future__ import annotations

import contextlib
import threading
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.options import authority_of, authority_option, project

if TYPE_CHECKING:
    from formkit.preview.session import Session


@click.command()
@click.argument("form", metavar="FORM")
@click.option("--lang", required=True, metavar="TAG", help="The language that is being translated.")
@authority_option
@click.option("--highlight", default="", metavar="ID", help="Scroll to the text with this id.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; else any that is free.")
@click.option("--browser/--no-browser", default=True, help="Open the page in the browser.")
@click.option(
    "--pdf", type=click.Path(dir_okay=False, path_type=Path), default=None, help="Write a marked PDF instead."
)
@click.pass_context
def preview(
    ctx: click.Context,
    form: str,
    lang: str,
    authority: str | None,
    highlight: str,
    port: int,
    browser: bool,
    pdf: Path | None,
) -> None:
    """Show a form with its translation; what is missing, fuzzy or faulty is marked, and saving shows at once.

    Click a text to see its German, its ids, its remarks and what is wrong with it.

    Example: formkit translate preview but-hauptantrag --lang uk --highlight person.vorname
    """
    from formkit.i18n.languages import language
    from formkit.preview.session import Session, serve

    here = project(ctx)
    named = authority_of(here, authority)
    session = Session(here, form, language(lang), named, highlight)
    session.files()
    if pdf is not None:
        _write(session, pdf)
        return
    with serve(session, port) as address, contextlib.suppress(KeyboardInterrupt):
        click.echo(address)
        click.echo("Press Ctrl+C to end.", err=True)
        if browser:
            webbrowser.open(address)
        threading.Event().wait()


def _write(session: Session, path: Path) -> None:
    from formkit.files import write_atomically
    from formkit.render.pdf import print_pdf

    write_atomically(path, print_pdf(session.for_print(), {}).data)
    click.echo(str(path))
