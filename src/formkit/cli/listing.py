"""`formkit list`: forms × languages with completeness and review state."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass

import click

from formkit.cli.options import authority_option, json_option, project


@dataclass(frozen=True, slots=True)
class _Row:
    form: str
    version: int
    language: str
    name: str
    complete: int
    review: str


@click.command("list")
@authority_option
@json_option
@click.pass_context
def list_forms(ctx: click.Context, authority: str | None, as_json: bool) -> None:
    """Show every form in every language, how much of it is translated, and whether a person reviewed it.

    Example: formkit list --json
    """
    rows = _rows(ctx, authority)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2))
        return
    wide = max((len(row.form) for row in rows), default=0)
    for row in rows:
        click.echo(
            f"{row.form:{wide}}  v{row.version:<3} {row.language:10} {row.complete:3} %  {row.review:9} {row.name}"
        )
    forms = len({row.form for row in rows})
    click.echo(f"{forms} form{'s' if forms != 1 else ''}, {len({row.language for row in rows})} languages", err=True)


def _rows(ctx: click.Context, authority_id: str | None) -> list[_Row]:
    from formkit.i18n import load

    here = project(ctx)
    authority = load.authority(here, here.authority if authority_id is None else authority_id)
    rows = []
    for form_id in here.form_ids():
        form = load.form(here, form_id)
        for language in load.languages(here, form_id):
            localized = load.localize(here, form, language, authority, datetime.date.today())
            review = localized.review.state if localized.review else "draft"
            percent = localized.completeness().percent
            rows.append(_Row(form_id, form.version, language.tag, language.german, percent, review))
    return rows
