"""`formkit answers convert`: from one format of answers to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.answers.files import kept, opened, passphrase_option
from formkit.cli.options import project

if TYPE_CHECKING:
    from formkit.answers.record import Record


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FILE", help="What to write.")
@click.option("--form", default=None, metavar="ID", help="The form, where the file does not say it.")
@click.option("--excel", is_flag=True, help="CSV for spreadsheets: byte order mark, semicolons, formulas guarded.")
@click.option("--encrypt", is_flag=True, help="Encrypt what is written with a passphrase.")
@passphrase_option
@click.option("--force", is_flag=True, help="Overwrite a file of that name.")
@click.pass_context
def convert(
    ctx: click.Context,
    file: Path,
    output: Path,
    form: str | None,
    excel: bool,
    encrypt: bool,
    passphrase_file: Path | None,
    force: bool,
) -> None:
    """Turn a file of answers into another format: the end of its name says which.

    Answers that cannot be understood are carried over as they stand; the exit code is then 1.

    Example: formkit answers convert answers.xfdf -o answers.json
    """
    from formkit.answers.formats import all_understood, format_of, read_records, write_answers
    from formkit.i18n import load

    format_of(output.name)
    records = read_records(str(file), opened(file, passphrase_file))
    definition = load.form(project(ctx), form or form_of(records, file))
    found = all_understood(definition, records)
    data = write_answers(definition, str(output), found, excel=excel)
    kept(output, data, force=force, encrypt=encrypt, passphrase_file=passphrase_file)
    faults = sum(len(each.faults) for each in found)
    if faults:
        click.echo(f"{faults} answers cannot be understood; formkit validate says which.", err=True)
    ctx.exit(1 if faults else 0)


def form_of(records: tuple[Record, ...], file: Path) -> str:
    """Return the id of the form that records say they belong to; raises UnknownName where they do not."""
    from formkit.errors import UnknownName

    said = next((record.form for record in records if record.form), "")
    if not said:
        raise UnknownName(f"{file}: does not say which form it belongs to", advice="Name it with --form.")
    return said
