"""`formkit translate add`: begin a language."""

from __future__ import annotations

import click

from formkit.cli.options import project


@click.command()
@click.argument("lang", metavar="LANG")
@click.pass_context
def add(ctx: click.Context, lang: str) -> None:
    """Begin the catalogues of a language: all German texts, no translation yet. What is there stays.

    Example: formkit translate add es
    """
    from formkit.i18n import work
    from formkit.i18n.languages import language

    written = work.add(project(ctx), language(lang))
    for file in written:
        click.echo(file)
    click.echo(f"{len(written)} catalogues begun", err=True)
