"""`formkit fields`: what the form fields of PDF files are called, what they take, and what is filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.options import json_option
from formkit.errors import FormkitError

if TYPE_CHECKING:
    from formkit.pdf.fields import PdfField, PdfForm

_WIDEST = 60
_MOST_OPTIONS = 6
_JOINERS = "\u200c\u200d"


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@json_option
@click.pass_context
def fields(ctx: click.Context, files: tuple[Path, ...], as_json: bool) -> None:
    """Show the form fields of PDF files: name, kind, page, flags, what they can take, and their values.

    Reads any PDF form, whoever made it. What one must know before trusting the values goes to standard error.

    Example: formkit fields antrag.pdf
    """
    from formkit.cli import report
    from formkit.pdf.isolated import read_form_apart

    read: dict[Path, PdfForm] = {}
    code = 0
    for path in files:
        try:
            read[path] = read_form_apart(path)
        except FormkitError as error:
            report(error)
            code = max(code, error.exit_code)
    for line in [_as_json(read)] if as_json else _tables(read):
        click.echo(line)
    for path, form in read.items():
        for line in _words(form):
            click.echo(f"{path}: {line}", err=True)
    ctx.exit(code)


def _as_json(read: dict[Path, PdfForm]) -> str:
    from formkit.pdf.plain import to_plain

    return json.dumps(
        [{"file": str(path), **to_plain(form)} for path, form in read.items()], ensure_ascii=False, indent=2
    )


def _tables(read: dict[Path, PdfForm]) -> Iterator[str]:
    """Yield the lines of all files, under their names where there are several."""
    for path, form in read.items():
        if len(read) > 1:
            yield f"{path}:"
        yield from _table(form)


def _table(form: PdfForm) -> Iterator[str]:
    """Yield a line for each field; the value comes last, as it may be long."""
    from formkit.pdf.plain import flag_names

    rows = [
        (
            shown(field.name),
            field.kind.value,
            ",".join(str(page) for page in field.pages) or "-",
            ",".join(flag_names(field.flags)) or "-",
            _choices(field) or "-",
            "; ".join(shown(value) for value in field.values),
        )
        for field in form.fields
    ]
    widths = [min(_WIDEST, max(len(row[column]) for row in rows)) for column in range(5)] if rows else []
    for row in rows:
        cells = [f"{cell:{width}}" for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*cells, row[-1]]).rstrip()


def _choices(field: PdfField) -> str:
    """Return what a field can take: on-states or export values, only their number where they are many."""
    from formkit.pdf.fields import Kind

    found = field.states if field.kind is not Kind.CHOICE else [export for export, _ in field.options]
    if len(found) > _MOST_OPTIONS:
        return f"{len(found)} options"
    return "|".join(shown(each) for each in found) or (f"max {field.max_length}" if field.max_length else "")


def shown(text: str) -> str:
    """Return a text in one line, with an escape for each character that a terminal would obey."""
    return "".join(each if each.isprintable() or each in _JOINERS else ascii(each)[1:-1] for each in text)


def _words(form: PdfForm) -> Iterator[str]:
    """Yield what one must know of a form, without its values, then a summary."""
    if form.repaired:
        yield "is damaged; what could be read was, fields may be missing"
    if form.xfa:
        yield "holds a second form, in XFA; its values are not read, Adobe's programs may show others"
    if form.scripts:
        yield "holds scripts; they are not run"
    if form.encrypted:
        yield "is encrypted, with an empty password"
    if form.signatures:
        yield f"is signed ({form.signatures}); signatures are not verified"
    if form.revisions > 1:
        yield f"was saved {form.revisions} times by adding to it; the newest values count, the file holds older ones"
    for doubt in form.doubts:
        yield f"field '{shown(doubt.field)}': the value is in doubt: {doubt.why.value}"
    filled = sum(bool(field.values) for field in form.fields)
    pages = "1 page" if form.pages == 1 else f"{form.pages} pages"
    yield f"{len(form.fields)} field{'s' if len(form.fields) != 1 else ''}, {filled} filled in, {pages}"
