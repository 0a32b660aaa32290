"""`formkit translate status`: where every translation stands."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from formkit.cli.options import json_option, project

if TYPE_CHECKING:
    from formkit.i18n.standing import Standing

_HEAD = ("catalogue", "language", "done", "fuzzy", "open", "words", "faults", "signed", "state", "stale since")


@click.command()
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@json_option
@click.pass_context
def status(ctx: click.Context, forms: tuple[str, ...], as_json: bool) -> None:
    """Show for every form and language what is translated, what waits, and whether a person reviewed it.

    `words` counts the German words still to translate; `stale since` names the version whose German changed.

    Example: formkit translate status but-hauptantrag
    """
    from formkit.i18n.standing import standings

    found = list(standings(project(ctx), forms))
    if as_json:
        rows = [{**asdict(each), "percent": each.percent} for each in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        click.echo(_table([_HEAD, *(_row(each) for each in found)]))
    behind = sum(each.translated < each.total for each in found)
    click.echo(f"{len(found)} catalogues, {behind} incomplete", err=True)


def _row(each: Standing) -> tuple[str, ...]:
    counts = (each.fuzzy, each.missing, each.words, each.problems, each.reviewed)
    stale = f"version {each.stale_since.rpartition(' ')[2]}" if each.stale_since else "–"
    return (each.name, each.language, f"{each.percent} %", *map(str, counts), each.review, stale)


def _table(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    numbers = range(2, 8)
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
