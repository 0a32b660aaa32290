"""`formkit translate review`: a person signs off a translation."""

from __future__ import annotations

import datetime
from dataclasses import replace

import click

from formkit.cli.options import project


@click.command()
@click.argument("form", metavar="FORM")
@click.option("--lang", required=True, metavar="TAG", help="The language that was reviewed.")
@click.option("--by", required=True, metavar="NAME", help="Who read it and signs for it.")
@click.option("--on", default=None, metavar="JJJJ-MM-TT", help="The day of the review; else today.")
@click.option("--group", default="", help="The group that read it, for easy language.")
@click.option("--low-confidence", is_flag=True, help="A second reader is still wanted.")
@click.pass_context
def review(ctx: click.Context, form: str, lang: str, by: str, on: str | None, group: str, low_confidence: bool) -> None:
    """Sign off the translation of a form: every string that is translated and not marked for checking.

    A string whose German or translation changes later loses its mark by itself.

    Example: formkit translate review but-hauptantrag --lang uk --by "N. N."
    """
    from formkit.i18n.languages import language
    from formkit.i18n.reviews import Review
    from formkit.i18n.signing import require_name, sign

    each = language(lang)
    signed = Review(form, each.tag, "reviewed", require_name(by), _day(on), "normal", group)
    done = sign(project(ctx), replace(signed, confidence="low") if low_confidence else signed, each)
    rest = f"; {done.open} are missing, fuzzy or faulty and stay unsigned" if done.open else ""
    click.echo(f"{form} in {each.english}: {done.signed} strings signed{rest}", err=True)


def _day(text: str | None) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text) if text else datetime.date.today()
    except ValueError:
        raise click.BadParameter(f"'{text}' is no date; write JJJJ-MM-TT") from None
