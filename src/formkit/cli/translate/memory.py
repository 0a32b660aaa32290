"""`formkit translate memory`: how a text has been translated before."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from formkit.cli.options import json_option, project


@click.command()
@click.argument("text", metavar="TEXT")
@click.option("--lang", required=True, metavar="TAG", help="The language.")
@json_option
@click.pass_context
def memory(ctx: click.Context, text: str, lang: str, as_json: bool) -> None:
    """Show how a German text, and texts like it, are translated in all catalogues of a language.

    Example: formkit translate memory "Familienname" --lang uk
    """
    from formkit.i18n.languages import language
    from formkit.i18n.memory import EXACT, matches
    from formkit.i18n.memory import memory as read_memory

    found = matches(read_memory(project(ctx), language(lang)), text)
    if as_json:
        rows = [{"score": match.score, **asdict(match.known)} for match in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for match in found:
            known = match.known
            context = f" ({known.context})" if known.context else ""
            click.echo(f"{match.score:3} %  {known.german}{context}  →  {known.text}  [{known.file}:{known.line}]")
    exact = sum(match.score == EXACT for match in found)
    click.echo(f"{exact} exact, {len(found) - exact} close", err=True)
