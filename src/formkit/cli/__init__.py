"""The command line: commands loaded when they are called, one place where errors become words and exit codes."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from formkit.cli.lazy import Entry, LazyGroup
from formkit.errors import FormkitError


class _Commands(LazyGroup):
    table = {
        "list": Entry("formkit.cli.listing:list_forms", "Show forms and languages with completeness and review state."),
        "check": Entry("formkit.cli.check:check", "Check form definitions and authority profiles."),
        "render": Entry("formkit.cli.render:render", "Print forms as bilingual PDFs."),
        "answers": Entry("formkit.cli.answers:answers", "Work with files of answers."),
        "validate": Entry("formkit.cli.validate:validate", "Say what is wrong with answers to a form."),
        "fill": Entry("formkit.cli.fill:fill", "Fill answers into a form."),
        "batch": Entry("formkit.cli.batch:batch", "Fill a form for each row of a table."),
        "read": Entry("formkit.cli.read:read", "Read the answers out of filled forms."),
        "repair": Entry("formkit.cli.repair:repair", "Draw the fields of a PDF anew, for every viewer to show."),
        "flatten": Entry("formkit.cli.flatten:flatten", "Turn a PDF's fields into plain content of its pages."),
        "map": Entry("formkit.cli.mapping:mapping", "Map an authority's own PDF to a form."),
        "translate": Entry("formkit.cli.translate:translate", "Work on catalogues."),
        "fields": Entry("formkit.cli.fields:fields", "Show the form fields of PDF files and what is filled in."),
        "serve": Entry("formkit.cli.serve:serve", "Let people fill in forms in a browser."),
        "schema": Entry("formkit.cli.schema:schema", "Print the JSON Schema of a form definition for editors."),
        "doctor": Entry("formkit.cli.doctor:doctor", "Say what this machine has and lacks."),
    }


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="formkit")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=None,
    help="The project's folder; else the nearest one upward with a formkit.toml.",
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
@click.pass_context
def cli(ctx: click.Context, project: Path | None, debug: bool) -> None:
    """Keep application forms in many languages: YAML and gettext in, bilingual PDFs out."""
    ctx.ensure_object(dict)
    ctx.obj["start"] = project or Path.cwd()


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit: 0 fine, 1 faults in the content, 2 wrong usage, 3 cannot do it."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        # Outside its standalone mode click returns the code of ctx.exit() and lets errors through.
        code = cli.main(given, prog_name="formkit", standalone_mode=False) or 0
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except click.Abort:
        click.echo("Stopped.", err=True)
        code = 130
    except FormkitError as error:
        report(error)
        code = error.exit_code
        if "--debug" in given:
            traceback.print_exc()
    except SystemExit:
        # So click ends where the reader of a pipe has gone (formkit list | head), and only then: nothing is wrong.
        code = 0
    sys.exit(code)


def report(error: FormkitError) -> None:
    """Say on stderr what stops us: every problem with its place, then what to do."""
    for problem in error.problems:
        click.echo(str(problem), err=True)
    click.echo(f"formkit: {error.message}", err=True)
    if error.advice:
        click.echo(f"  {error.advice}", err=True)
