"""How commands hand over a file: to standard output for -, else whole, and never over somebody else's."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.errors import OutputExists
from formkit.files import UnwritableFile, write_atomically

if TYPE_CHECKING:
    from formkit.pdf.fill import Filled


def deliver(path: Path, data: bytes, *, force: bool, private: bool = False) -> None:
    """Write a file and print its name, or write to standard output; raises OutputExists, UnwritableFile.

    Nobody else may read a `private` file.
    """
    if str(path) == "-":
        sys.stdout.buffer.write(data)
        return
    if path.exists() and not force:
        raise OutputExists(
            f"{path}: is there already", advice="Name another file with -o, or overwrite it with --force."
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UnwritableFile(f"{path.parent}: cannot be made: {error.strerror}") from error
    write_atomically(path, data, private=private)
    click.echo(str(path))


def deliver_filled(path: Path, filled: Filled, done: str, *, force: bool) -> None:
    """Write a PDF whose fields were worked on, and say on standard error what one must know and what was done."""
    for note in filled.notes:
        click.echo(note, err=True)
    deliver(path, filled.data, force=force)
    click.echo(f"{filled.fields} fields {done}", err=True)
