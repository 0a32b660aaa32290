"""`formkit translate check`: what is wrong with translations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from formkit.cli.options import lang_option, project

if TYPE_CHECKING:
    from formkit.checks import Report


@click.command()
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@lang_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are written; json and sarif hold all of them.",
)
@click.option("--info", is_flag=True, help="Show in text also what only informs.")
@click.option("--widths/--no-widths", default=True, help="Measure texts with the printed fonts (default).")
@click.pass_context
def check(
    ctx: click.Context, forms: tuple[str, ...], langs: tuple[str, ...], format_: str, info: bool, widths: bool
) -> None:
    """Check the catalogues of forms; without a form, all catalogues of the project.

    Prints every finding with the line of its translation. Exit code 1 where there is an error.

    Example: formkit translate check but-hauptantrag --lang uk
    """
    from formkit.checks import check_translations
    from formkit.checks.output import FORMATS
    from formkit.problems import Severity, has_errors

    report = check_translations(project(ctx), forms, langs, widths=widths)
    hidden = format_ == "text" and not info
    shown = [problem for problem in report.problems if not (hidden and problem.severity is Severity.INFO)]
    if shown or format_ != "text":
        click.echo(FORMATS[format_](shown))
    more = len(shown) < len(report.problems)
    click.echo(_summary(report) + (" (--info shows them)" if more else ""), err=True)
    ctx.exit(1 if has_errors(report.problems) else 0)


def _summary(report: Report) -> str:
    from formkit.checks.output import counted, plural

    counts = (
        plural(len(report.names), "catalogue"),
        plural(len(report.languages), "language"),
        plural(report.strings, "string"),
    )
    return f"{', '.join(counts)}: {counted(report.problems)}"
