"""`formkit repair`: the fields of a PDF drawn anew from their values."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.options import force_option, pdf_argument, pdf_output_option, project


@click.command()
@pdf_argument
@pdf_output_option
@force_option("Overwrite a file that is there.")
@click.pass_context
def repair(ctx: click.Context, file: Path, output: Path, force: bool) -> None:
    """Draw the fields of a PDF anew, so that every viewer shows their values.

    Example: formkit repair antrag.pdf -o repaired.pdf
    """
    from formkit import fonts
    from formkit.cli.output import deliver_filled
    from formkit.pdf import repair as repairing

    fonts.use(project(ctx).fonts)
    deliver_filled(output, repairing.repair(file, fonts.regular()), "drawn anew", force=force)
