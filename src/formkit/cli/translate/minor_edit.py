"""`formkit translate minor-edit`: declare that a changed German text still says the same."""

from __future__ import annotations

import click

from formkit.cli.options import lang_option, project


@click.command("minor-edit")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@lang_option
@click.pass_context
def minor_edit(ctx: click.Context, ids: tuple[str, ...], langs: tuple[str, ...]) -> None:
    """Keep the translations of texts whose German changed without changing what it says.

    ID is the text's id in the catalogue (`#. id: person.vorname`). Run `formkit translate update` first.

    Example: formkit translate minor-edit person.vorname
    """
    from formkit.errors import UnknownName
    from formkit.i18n.edits import settle_ids
    from formkit.i18n.languages import language
    from formkit.i18n.paths import catalog_path, languages_of
    from formkit.i18n.templates import sources

    here = project(ctx)
    tags = {language(tag).tag for tag in langs}
    found = [source for source in sources(here) if any(set(ids) & set(entry.ids) for entry in source.entries)]
    unknown = set(ids) - {name for source in found for entry in source.entries for name in entry.ids}
    if unknown:
        raise UnknownName(f"no text has the id '{min(unknown)}'", advice="The ids stand in locales/*.pot.")
    total = 0
    for source in found:
        for each in languages_of(here, source.name):
            if not tags or each.tag in tags:
                path = catalog_path(here.locales, each, source.name)
                count = settle_ids(path, here.shown(path), frozenset(ids))
                total += count
                if count:
                    click.echo(f"{here.shown(path)}: {count}")
    click.echo(f"{total} translations kept", err=True)
