"""`formkit translate compile`: catalogues as .mo files."""

from __future__ import annotations

from pathlib import Path

import click

from formkit.cli.options import lang_option, output_option, project


@click.command("compile")
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@lang_option
@output_option("The folder to write to; else `locales` in the project's output folder.")
@click.pass_context
def compile_(ctx: click.Context, forms: tuple[str, ...], langs: tuple[str, ...], output: Path | None) -> None:
    """Write catalogues as .mo files, for programs that read GNU gettext; formkit itself needs none.

    Only what a page would show is in them: no fuzzy and no faulty text.

    Example: formkit translate compile but-hauptantrag --lang uk
    """
    from formkit.i18n.languages import language
    from formkit.i18n.mo import compiled
    from formkit.i18n.named import open_catalog
    from formkit.i18n.paths import catalog_path, languages_of
    from formkit.i18n.templates import sources

    here = project(ctx)
    tags = {language(tag).tag for tag in langs}
    folder = output or here.output / "locales"
    count = 0
    for source in sources(here, forms):
        for each in languages_of(here, source.name):
            if not tags or each.tag in tags:
                path = catalog_path(folder, each, source.name).with_suffix(".mo")
                _write(path, compiled(open_catalog(here, source.name, each)))
                count += 1
    click.echo(f"{count} catalogues compiled", err=True)


def _write(path: Path, data: bytes) -> None:
    """Write a .mo file; what is in the way and is none is left."""
    from formkit.cli.output import deliver
    from formkit.i18n.mo import is_compiled

    ours = path.is_file() and is_compiled(path.read_bytes()[:4])
    deliver(path, data, force=ours)
