"""`formkit translate import`: translations that come back in an exchange file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.options import project

if TYPE_CHECKING:
    from formkit.i18n.exchange.merge import Plan


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--form", default=None, metavar="FORM", help="The catalogue it belongs to; needed for CSV.")
@click.option("--lang", default=None, metavar="TAG", help="The language it belongs to; needed for CSV.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.pass_context
def import_(ctx: click.Context, file: Path, form: str | None, lang: str | None, dry_run: bool) -> None:
    """Merge the edited texts of a CSV, XLSX or XLIFF file that `translate export` wrote.

    Only texts that were edited change; a row without a translation changes nothing. Refused, and named with
    their places, are texts whose German changed since the export, those changed in the catalogue as well,
    unknown ones, and faulty ones. Exit code 1 where a text is refused; the others have been merged.

    Example: formkit translate import build/but-hauptantrag.uk.xlsx
    """
    from formkit.i18n import exchange
    from formkit.i18n.exchange.files import belonging, read_bytes
    from formkit.i18n.exchange.merge import apply, plan
    from formkit.i18n.exchange.rows import MAX_BYTES
    from formkit.i18n.named import open_catalog

    here = project(ctx)
    data = sys.stdin.buffer.read(MAX_BYTES + 1) if str(file) == "-" else read_bytes(file)
    sheet = exchange.read(data, file.name)
    catalog = open_catalog(here, *belonging(sheet, form, lang))
    planned = plan(sheet, catalog, file.name)
    shown = here.shown(catalog.path)
    if not dry_run:
        apply(planned, catalog.path, shown)
    _report(planned, file.name, shown, dry_run)
    ctx.exit(1 if planned.problems else 0)


def _report(planned: Plan, file: str, shown: str, dry_run: bool) -> None:
    """Print what changed to stdout, what was refused and the sum to stderr."""
    for change in planned.changes:
        mark = " (fuzzy)" if change.fuzzy else ""
        click.echo(f"{file}:{change.line}: {change.entry.msgid!r}: {change.entry.text!r} → {change.text!r}{mark}")
    for problem in planned.problems:
        click.echo(str(problem), err=True)
    done = "would change" if dry_run else "changed"
    counts = f"{len(planned.changes)} {done}, {planned.unchanged} unchanged, {planned.empty} left empty"
    click.echo(f"{shown}: {counts}, {len(planned.problems)} refused", err=True)
