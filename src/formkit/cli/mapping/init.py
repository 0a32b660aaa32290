"""`formkit map init`: a first mapping for a PDF, to be completed by hand."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.options import force_option, pdf_argument, project


@click.command()
@pdf_argument
@click.argument("form", metavar="FORM")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("-"),
    metavar="FILE",
    help="The file to write; else standard output.",
)
@force_option("Overwrite a file that is there.")
@click.pass_context
def init(ctx: click.Context, file: Path, form: str, output: Path, force: bool) -> None:
    """Propose a mapping: names and tooltips of fields are compared with the questions, states with the codes.

    What could not be guessed stands in the file as a remark, and so do fields that nothing goes to.

    Example: formkit map init official.pdf but-hauptantrag -o official.map.yaml
    """
    from formkit.cli.output import deliver
    from formkit.i18n import load
    from formkit.mapping import propose
    from formkit.pdf.isolated import read_form_apart

    made = propose(load.form(project(ctx), form), read_form_apart(file))
    deliver(output, made.text.encode(), force=force)
    click.echo(f"{made.mapped} of {made.asked} questions have a proposal; read every line before you use it", err=True)
