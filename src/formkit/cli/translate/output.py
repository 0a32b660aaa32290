"""How commands hand over a file: to standard output for -, else whole, and never over somebody else's."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from formkit.errors import OutputExists
from formkit.files import UnwritableFile, write_atomically


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
