"""`formkit flatten`: the fields of a PDF as plain content of its pages."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.options import force_option, pdf_argument, pdf_output_option, project


@click.command()
@pdf_argument
@pdf_output_option
@force_option("Overwrite a file that is there.")
@click.pass_context
def flatten(ctx: click.Context, file: Path, output: Path, force: bool) -> None:
    """Turn the fields of a PDF into plain content of its pages.

    Example: formkit flatten antrag.pdf -o plain.pdf
    """
    from formkit import fonts
    from formkit.cli.output import deliver_filled
    from formkit.pdf import flatten as flattening

    fonts.use(project(ctx).fonts)
    deliver_filled(output, flattening.flatten(file, fonts.regular()), "turned into content", force=force)
