"""`formkit translate export`: a catalogue for people and tools that do not read PO."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.options import force_option, output_option, project


@click.command("export")
@click.argument("form", metavar="FORM")
@click.option("--lang", required=True, metavar="TAG", help="The language.")
@click.option(
    "--format", "kind", type=click.Choice(["csv", "xlsx", "xliff"]), required=True, help="What the other side reads."
)
@click.option("--todo", is_flag=True, help="Only what is missing or fuzzy.")
@click.option("--excel", is_flag=True, help="CSV as Excel in Germany wants it: byte order mark and semicolons.")
@output_option(
    "The file to write; - for standard output; else <form>.<lang>.<format> in the project's output folder.",
    folder=False,
)
@force_option("Overwrite a file that is there.")
@click.pass_context
def export(
    ctx: click.Context, form: str, lang: str, kind: str, todo: bool, excel: bool, output: Path | None, force: bool
) -> None:
    """Write a catalogue as CSV or XLSX for a spreadsheet, or as XLIFF 1.2 for an agency.

    FORM is a form's id, or the name of another catalogue such as formkit. Bring the catalogue in step with
    `translate update` before; `translate import` takes the file back.

    Example: formkit translate export but-hauptantrag --lang uk --format xlsx
    """
    from formkit.cli.output import deliver
    from formkit.i18n.exchange import FORMATS, csv
    from formkit.i18n.exchange.rows import Sheet, rows_of
    from formkit.i18n.languages import language
    from formkit.i18n.named import open_catalog

    here, reader = project(ctx), language(lang)
    if excel and kind != "csv":
        raise click.UsageError("--excel belongs to --format csv.")
    sheet = Sheet(form, reader.tag, rows_of(open_catalog(here, form, reader), todo=todo))
    data = csv.write(sheet, excel=True) if excel else FORMATS[kind].write(sheet)
    path = output or here.output / f"{form}.{reader.tag}{FORMATS[kind].suffix}"
    deliver(path, data, force=force)
    click.echo(f"{form} in {reader.english}: {len(sheet.rows)} texts", err=True)
