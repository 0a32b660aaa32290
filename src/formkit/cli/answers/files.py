"""How commands read and write files of answers: encrypted ones with a passphrase, plain ones with a warning."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from formkit.cli.options import Decorator
from formkit.cli.output import deliver
from formkit.errors import FormkitError

if TYPE_CHECKING:
    from formkit.answers.model import Answers
    from formkit.project import Project
    from formkit.returned import Returned

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
    """Write answers or a filled PDF, encrypted or with a warning; raises OutputExists, UnwritableFile, FormkitError."""
    if encrypt:
        data = _encrypted(data, _passphrase(passphrase_file, confirm=True))
    deliver(path, data, force=force, private=True)
    if not encrypt:
        click.echo(f"Warning: {path} holds personal data in the clear; --encrypt protects it.", err=True)


def _encrypted(data: bytes, passphrase: str) -> bytes:
    """Encrypt a PDF so that viewers ask for the passphrase, other files so that formkit does."""
    if data.startswith(b"%PDF-"):
        from formkit.pdf.encrypting import encrypted as locked

        return locked(data, passphrase)
    from formkit.answers.encryption import encrypted

    return encrypted(data, passphrase)


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


def answers_in(here: Project, file: Path, passphrase_file: Path | None) -> Iterator[Returned]:
    """Yield every set of answers in a filled PDF or an answer file; raises FormkitError."""
    from formkit.returned import Returned, definition, read_returned

    if file.suffix.lower() == ".pdf":
        from formkit.pdf.isolated import read_form_apart

        yield read_returned(here, read_form_apart(file), str(file))
        return
    from formkit.answers.formats import all_understood, read_records

    for record in read_records(str(file), opened(file, passphrase_file)):
        form = definition(here, record.form, record.version, str(file))
        (answers,) = all_understood(form, [record])
        yield Returned(form, answers)


def one_answers(here: Project, form: str, file: Path, passphrase_file: Path | None) -> Answers:
    """Return the one set of answers in a file; raises AnswersError where it holds more or belongs to another form."""
    from formkit.errors import AnswersError

    found = list(answers_in(here, file, passphrase_file))
    if len(found) != 1:
        raise AnswersError(f"{file}: holds {len(found)} sets of answers", advice="Choose one; a file of one is needed.")
    if found[0].form.id != form:
        raise AnswersError(f"{file}: holds answers to '{found[0].form.id}', not to '{form}'")
    return found[0].answers
