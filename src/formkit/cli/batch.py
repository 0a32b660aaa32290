"""`formkit batch`: a table of answers, a filled form for each row."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.options import authority_of, authority_option, large_option, layout_option, project

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from formkit.batch import Batch, Manifest

_PACKED = (".zip", ".pdf")


@click.command()
@click.argument("form", metavar="FORM")
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="The answers: a CSV table or JSON Lines, a person a row.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, metavar="PATH", help="A folder, or a .zip or .pdf file."
)
@click.option("--lang", default="de", show_default=True, metavar="TAG", help="The language of the forms.")
@click.option("--lang-column", default="", metavar="NAME", help="The column that holds the language of each row.")
@layout_option
@large_option
@authority_option
@click.option("--read-only", is_flag=True, help="Lock the fields, as in the copy that an office keeps.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes at once.")
@click.option("--scheduler", default="", metavar="URL", help="Work on a Dask cluster, such as tcp://host:8786.")
@click.option("--resume", "go_on", is_flag=True, help="Go on with a batch that was stopped.")
@click.option("--report", type=click.Path(path_type=Path), default=None, metavar="FILE", help="A .csv or .json file.")
@click.option("--force", is_flag=True, help="Overwrite files that are in the way.")
@click.pass_context
def batch(
    ctx: click.Context,
    form: str,
    answers: Path,
    out: Path,
    lang: str,
    lang_column: str,
    layout: str,
    large: bool,
    authority: str | None,
    read_only: bool,
    workers: int,
    scheduler: str,
    go_on: bool,
    report: Path | None,
    force: bool,
) -> None:
    """Fill a form for each row of a table. One bad row never stops the others; the report says why it failed.

    Example: formkit batch but-hauptantrag --answers rows.csv --out letters --lang uk
    """
    import datetime

    from formkit.batch import Batch, Task, opened
    from formkit.batch.packing import parts_of
    from formkit.batch.report import require_kind
    from formkit.copies import Style
    from formkit.i18n.languages import language

    here = project(ctx)
    if answers.suffix.lower() == ".jsonl" and lang_column not in ("", "language"):
        raise click.UsageError("In JSON Lines the language stands in `language`: --lang-column language.")
    packed = out.suffix.lower() in _PACKED
    folder = parts_of(out) if packed else out
    report = report or (out.with_name(f"{out.name}.report.csv") if packed else out / "report.csv")
    require_kind(report)
    _require_free(out if packed else None, report, force=force or go_on)
    named = authority_of(here, authority)
    style = Style(language(lang), named, layout, large, editable=not read_only)
    task = Task(here, form, style, lang_column, datetime.date.today(), folder.absolute(), answers.name)
    work, manifest = opened(Batch(task, answers, workers), go_on=go_on, force=force)
    with _executor(workers, scheduler) as executor:
        _run(work, manifest, executor)
    ctx.exit(_finish(manifest, report, out if packed else None))


def _require_free(out: Path | None, report: Path, *, force: bool) -> None:
    from formkit.errors import OutputExists

    taken = next((path for path in (out, report) if path is not None and path.exists()), None)
    if taken is not None and not force:
        raise OutputExists(f"{taken}: exists already", advice="Name another one, or overwrite with --force.")


@contextmanager
def _executor(workers: int, scheduler: str) -> Iterator[Executor]:
    """Give what does the work: this process, several, or a cluster."""
    from formkit.batch.executors import cluster, processes

    with cluster(scheduler) if scheduler else processes(workers) as found:
        yield found


def _run(work: Batch, manifest: Manifest, executor: Executor) -> None:
    from formkit.batch import run
    from formkit.batch.rows import count_lines, require_table

    require_table(work.table)
    begun, made, line = time.monotonic(), 0, 0

    def rate(_: object) -> str:
        return f"{made / max(time.monotonic() - begun, 0.001):,.0f} a second"

    length = count_lines(work.table)
    with click.progressbar(length=length, label="Filling", file=sys.stderr, item_show_func=rate) as bar:

        def tick(rows: int, reached: int) -> None:
            nonlocal made, line
            made += rows
            bar.update(max(reached - line, 0))
            line = max(line, reached)

        run(work, manifest, executor, tick)


def _finish(manifest: Manifest, report: Path, packed: Path | None) -> int:
    """Write the report, pack the files, print a summary; return the exit code."""
    from formkit.batch.packing import pack
    from formkit.batch.report import write_report

    counts = write_report(report, manifest.outcomes())
    if packed is not None:
        names = (each.file for each in manifest.outcomes() if each.file)
        with click.progressbar(length=counts["done"] + counts["warned"], label="Packing", file=sys.stderr) as bar:
            pack(packed, manifest.path.parent, names, bar.update)
    click.echo(str(report))
    click.echo(", ".join(f"{counts[status]} {status}" for status in ("done", "warned", "refused")), err=True)
    click.echo("Warning: the files hold personal data in the clear.", err=True)
    return 1 if counts["refused"] else 0
