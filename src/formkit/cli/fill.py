"""`formkit fill`: a form of the project, or an authority's own PDF, filled in from a file of answers."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.answers.files import kept, one_answers, passphrase_option
from formkit.cli.options import authority_of, authority_option, large_option, layout_option, project


@click.command()
@click.argument("form", metavar="FORM")
@click.option(
    "--answers", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The answers, in any format."
)
@click.option("--map", "mapping", type=click.Path(path_type=Path), metavar="FILE", help="For a PDF: its mapping file.")
@click.option("--increment", is_flag=True, help="For a PDF: append, which alone keeps a signature.")
@click.option("--lang", default="de", show_default=True, metavar="TAG", help="The language of the form.")
@layout_option
@large_option
@authority_option
@click.option("--read-only", is_flag=True, help="Lock the fields, as in the copy that an office keeps.")
@click.option("--flatten", is_flag=True, help="Make plain pages, without fields.")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="What to write.")
@click.option("--encrypt", is_flag=True, help="Encrypt what is written with a passphrase.")
@passphrase_option
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
@click.pass_context
def fill(
    ctx: click.Context,
    form: str,
    answers: Path,
    mapping: Path | None,
    increment: bool,
    lang: str,
    layout: str,
    large: bool,
    authority: str | None,
    read_only: bool,
    flatten: bool,
    output: Path,
    encrypt: bool,
    passphrase_file: Path | None,
    force: bool,
) -> None:
    """Fill answers into a form. What does not fit into its box goes to a sheet behind the form.

    A name that ends in .pdf is an authority's own PDF: it is filled by its mapping, and nothing else of it changes.

    Example: formkit fill but-hauptantrag --answers answers.json --lang de -o antrag.pdf
    """
    if form.lower().endswith(".pdf"):
        from formkit.cli.mapping.fill import Wanted, fill_pdf

        wanted = Wanted(Path(form), answers, mapping, authority, increment, flatten, passphrase_file)
        data = fill_pdf(project(ctx), wanted, unused(ctx, "lang", "layout", "large", "read_only"))
        kept(output, data, force=force, encrypt=encrypt, passphrase_file=passphrase_file)
        return
    if mapping is not None or increment:
        raise click.UsageError("--map and --increment are for an authority's own PDF; a form of the project needs none")
    import datetime

    from formkit.copies import Style, filled_copy
    from formkit.i18n.languages import language

    here = project(ctx)
    given = one_answers(here, form, answers, passphrase_file)
    named = authority_of(here, authority)
    style = Style(language(lang), named, layout, large, editable=not read_only, flat=flatten)
    copy = filled_copy(here, given, style, datetime.date.today())
    kept(output, copy.data, force=force, encrypt=encrypt, passphrase_file=passphrase_file)
    if copy.continued:
        click.echo(f"{len(copy.continued)} answers are too long for their boxes and stand on a sheet.", err=True)


def unused(ctx: click.Context, *names: str) -> tuple[str, ...]:
    """Return those of some options that were given."""
    given = click.core.ParameterSource.COMMANDLINE
    return tuple(f"--{name.replace('_', '-')}" for name in names if ctx.get_parameter_source(name) is given)
