"""`formkit validate`: what is wrong with answers, and what is doubtful."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.answers.files import opened, passphrase_option
from formkit.cli.answers.preparing import prepared
from formkit.cli.options import authority_option, json_option, project

if TYPE_CHECKING:
    from collections.abc import Iterator

    from formkit.answers.prepared import Prepared
    from formkit.answers.record import Record
    from formkit.answers.validate import Finding


@click.command()
@click.argument("form", metavar="FORM")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--lang", default="de", metavar="TAG", help="Also say it in this language, such as ar.")
@authority_option
@click.option("--draft", is_flag=True, help="Do not mind questions without an answer.")
@passphrase_option
@json_option
@click.pass_context
def validate(
    ctx: click.Context,
    form: str,
    files: tuple[Path, ...],
    lang: str,
    authority: str | None,
    draft: bool,
    passphrase_file: Path | None,
    as_json: bool,
) -> None:
    """Say what is wrong with answers to a form, in the order of the page.

    Errors are certain; warnings ask a person to look. Exit code 1 where there is an error.

    Example: formkit validate but-hauptantrag answers.json --lang uk
    """
    ready = _prepared(ctx, form, lang, authority)
    found = list(_findings(ready, files, passphrase_file, submission=not draft))
    if as_json:
        click.echo(_as_json(found))
    else:
        for record, findings in found:
            for finding in findings:
                click.echo(_line(record, finding))
    levels = [finding.level.value for _, findings in found for finding in findings]
    errors = levels.count("error")
    records = "1 set of answers" if len(found) == 1 else f"{len(found)} sets of answers"
    click.echo(f"{records}: {errors} errors, {len(levels) - errors} warnings", err=True)
    ctx.exit(1 if errors else 0)


def _prepared(ctx: click.Context, form: str, lang: str, authority: str | None) -> Prepared:
    from formkit.i18n import load
    from formkit.i18n.languages import language

    found = project(ctx)
    definition, reader = load.form(found, form), language(lang)
    load.require_catalog(found, form, reader)
    return prepared(found, definition, reader, authority)


def _findings(
    prepared: Prepared, files: tuple[Path, ...], passphrase_file: Path | None, *, submission: bool
) -> Iterator[tuple[Record, tuple[Finding, ...]]]:
    from formkit.answers.formats import all_understood, read_records
    from formkit.answers.validate import validate as judged

    for file in files:
        records = read_records(str(file), opened(file, passphrase_file))
        for record, answers in zip(records, all_understood(prepared.localized.form, records), strict=True):
            yield record, judged(prepared, answers, submission=submission)


def _line(record: Record, finding: Finding) -> str:
    said = [finding.text.source, *([finding.text.target] if finding.text.target else [])]
    place = f"{finding.place.source} {finding.path}".strip()
    return f"{record.where}: {finding.level.value}: {place}: {' / '.join(said)} [{finding.key}]"


def _as_json(found: list[tuple[Record, tuple[Finding, ...]]]) -> str:
    import json

    rows = [
        {"file": record.where.file, "line": record.where.line, "findings": [finding.as_row() for finding in findings]}
        for record, findings in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)
