"""How commands read and write files of answers: encrypted ones with a passphrase, plain ones with a warning."""

from __future__ import annotations

import os
from pathlib import Path

import click

from formkit.cli.options import Decorator
from formkit.cli.translate.output import deliver
from formkit.errors import FormkitError

VARIABLE = "FORMKIT_PASSPHRASE"

passphrase_option: Decorator = click.option(
    "--passphrase-file",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help=f"The first line is the passphrase; else the variable {VARIABLE}, else you are asked.",
)


def opened(path: Path, passphrase_file: Path | None) -> bytes:
    """Return the bytes of a file of answers, decrypted where it is encrypted; raises FormkitError."""
    from formkit.answers.encryption import decrypted, is_encrypted
    from formkit.answers.formats import read_bytes

    data = read_bytes(path)
    if not is_encrypted(data):
        return data
    return decrypted(data, _passphrase(passphrase_file, confirm=False), str(path))


def kept(path: Path, data: bytes, *, force: bool, encrypt: bool, passphrase_file: Path | None) -> None:
    """Write a file of answers, encrypted or with a warning; raises OutputExists, UnwritableFile, FormkitError."""
    if encrypt:
        from formkit.answers.encryption import encrypted

        data = encrypted(data, _passphrase(passphrase_file, confirm=True))
    deliver(path, data, force=force)
    if not encrypt:
        click.echo(f"Warning: {path} holds personal data in the clear; --encrypt protects it.", err=True)


def _passphrase(file: Path | None, *, confirm: bool) -> str:
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").split("\n")[0].rstrip("\r")
        except (OSError, UnicodeDecodeError) as error:
            raise FormkitError(f"{file}: the passphrase cannot be read") from error
    if VARIABLE in os.environ:
        return os.environ[VARIABLE]
    found: str = click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True)
    return found
