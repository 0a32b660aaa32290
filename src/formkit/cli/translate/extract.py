"""`formkit translate extract`: the texts of forms as templates."""

from __future__ import annotations

import datetime

import click

from formkit.cli.options import project


@click.command()
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@click.pass_context
def extract(ctx: click.Context, forms: tuple[str, ...]) -> None:
    """Write locales/<form>.pot from definitions; without a form, for all forms, authorities and formkit itself.

    Where a form changed, the room of its texts on paper is measured first, into locales/<form>.room.json.

    Example: formkit translate extract but-hauptantrag
    """
    from formkit.checks.room import measure_rooms
    from formkit.i18n.templates import write_templates

    here = project(ctx)
    for said in measure_rooms(here, forms, datetime.date.today()):
        click.echo(said, err=True)
    written = write_templates(here, forms)
    for path, count, changed in written:
        click.echo(f"{path}: {count} texts{'' if changed else ', unchanged'}")
    click.echo(f"{len(written)} templates, {sum(changed for _, _, changed in written)} changed", err=True)
