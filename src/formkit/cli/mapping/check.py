"""`formkit map check`: a mapping proved against its form and its PDF."""

from __future__ import annotations

import json
from pathlib import Path

import click

from formkit.cli.options import json_option, project


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("pdf", metavar="PDF", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@click.pass_context
def check(ctx: click.Context, file: Path, pdf: Path, as_json: bool) -> None:
    """Prove a mapping: fields are there and of the right kind, codes have states, what must be answered has a place.

    Exit code 1 where there is an error; warnings alone give 0.

    Example: formkit map check official.map.yaml official.pdf
    """
    from formkit.cli.mapping.reading import checked
    from formkit.mapping import load_mapping
    from formkit.problems import Severity, has_errors

    problems = checked(project(ctx), load_mapping(file), pdf)
    if as_json:
        click.echo(json.dumps([problem.as_row() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    click.echo(f"{file}: {errors} errors, {len(problems) - errors} warnings", err=True)
    ctx.exit(int(has_errors(problems)))
