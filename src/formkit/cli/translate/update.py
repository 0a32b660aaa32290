"""`formkit translate update`: bring catalogues in step with changed forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from formkit.cli.options import lang_option, project

if TYPE_CHECKING:
    from formkit.i18n.work import Change
    from formkit.project import Project


@click.command()
@click.argument("forms", nargs=-1, metavar="[FORM]...")
@lang_option
@click.option("--suggest", is_flag=True, help="Fill empty texts from other catalogues of the language, as fuzzy.")
@click.pass_context
def update(ctx: click.Context, forms: tuple[str, ...], langs: tuple[str, ...], suggest: bool) -> None:
    """Bring catalogues in step with their forms; without a form, all catalogues of the project.

    A text that changed keeps its translation, marked fuzzy until somebody has checked it; a change of
    punctuation or emphasis only keeps it as it is. Nothing is lost; a file in step is not touched.

    Example: formkit translate update but-hauptantrag --lang uk
    """
    from formkit.i18n.languages import language
    from formkit.i18n.work import update_all

    tags = [language(tag).tag for tag in langs]
    changes = []
    for change in update_all(project(ctx), forms, tags):
        changes.append(change)
        click.echo(_line(change))
    written = sum(change.updated.changed for change in changes)
    click.echo(f"{len(changes)} catalogues, {written} changed", err=True)
    if suggest:
        _suggest(project(ctx), forms, tags)


def _suggest(here: Project, forms: tuple[str, ...], tags: list[str]) -> None:
    """Fill empty texts from the memory and say what was filled."""
    from formkit.i18n.memory import suggest

    total = 0
    for each in suggest(here, forms, tags):
        total += each.exact + each.close
        click.echo(f"{each.file}: {each.exact} from the same text, {each.close} from a similar one")
    click.echo(f"{total} suggestions, marked fuzzy until somebody has checked them", err=True)


def _line(change: Change) -> str:
    if not change.updated.changed:
        return f"{change.file}: in step"
    counts = [f"{count} {kept.value}" for kept, count in change.updated.counts.items() if count]
    gone = [f"{change.updated.vanished} vanished"] if change.updated.vanished else []
    return f"{change.file}: {', '.join(counts + gone)}"
