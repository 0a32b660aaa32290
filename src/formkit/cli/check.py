"""`formkit check`: what is wrong with definitions and profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from formkit.cli.options import json_option, project

if TYPE_CHECKING:
    from formkit.problems import Problem


@click.command()
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@json_option
@click.pass_context
def check(ctx: click.Context, forms: tuple[str, ...], as_json: bool) -> None:
    """Check form definitions, and all authority profiles where no form is named.

    Prints every fault with file, line and column. Exit code 1 where there is an error.

    Example: formkit check but-hauptantrag
    """
    from formkit.definition.checking import check_project

    checked, problems = check_project(project(ctx), forms)
    if as_json:
        click.echo(_as_json(problems))
    else:
        for problem in problems:
            click.echo(str(problem))
    errors = sum(problem.severity.value == "error" for problem in problems)
    files = "1 file" if checked == 1 else f"{checked} files"
    click.echo(f"{files}: {errors} errors, {len(problems) - errors} warnings", err=True)
    ctx.exit(1 if errors else 0)


def _as_json(problems: tuple[Problem, ...]) -> str:
    import json

    return json.dumps([problem.as_row() for problem in problems], ensure_ascii=False, indent=2)
