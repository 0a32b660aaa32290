"""`formkit answers new`: an empty file of answers."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.options import authority_of, authority_option, project


@click.command()
@click.argument("form", metavar="FORM")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("-"), metavar="FILE", help="Else stdout.")
@authority_option
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
@click.pass_context
def new(ctx: click.Context, form: str, output: Path, authority: str | None, force: bool) -> None:
    """Write an empty file of answers with a remark at every question.

    Example: formkit answers new but-hauptantrag -o answers.json
    """
    import datetime

    from formkit.answers.template import template
    from formkit.cli.output import deliver
    from formkit.i18n import load
    from formkit.i18n.languages import GERMAN

    found = project(ctx)
    profile = load.authority(found, authority_of(found, authority))
    localized = load.localize(found, load.form(found, form), GERMAN, profile, datetime.date.today())
    deliver(output, template(localized), force=force)
