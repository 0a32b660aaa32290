"""YAML → Form: the definition of a form, checked as a whole when it is loaded."""

from __future__ import annotations

from pathlib import Path

from formkit.definition import meaning
from formkit.definition.authority import Authority
from formkit.definition.model import Form
from formkit.definition.reading import read_model
from formkit.definition.yaml import Document
from formkit.errors import DefinitionError
from formkit.problems import Problem, Where, has_errors, in_order

MAX_LOGO = 300_000

__all__ = ["Authority", "Form", "check_form", "load_authority", "load_form"]


def load_form(path: Path, shown: str | None = None) -> Form:
    """Load a form definition.

    `shown` is the file's name in messages. Raises DefinitionError with every error found; warnings
    are left to check_form.
    """
    form, problems = _read(path, shown or str(path))
    if has_errors(problems):
        raise DefinitionError(f"{shown or path}: the form has faults", problems=problems)
    return form


def check_form(path: Path, shown: str | None = None) -> tuple[Problem, ...]:
    """Return everything that is wrong with a form definition, warnings included."""
    try:
        return _read(path, shown or str(path))[1]
    except DefinitionError as error:
        return error.problems


def _read(path: Path, shown: str) -> tuple[Form, tuple[Problem, ...]]:
    form, document = read_model(path, shown, Form)
    problems = meaning.faults(form, document)
    if path.stem not in (form.id, f"{form.id}.{form.version}"):
        problems.append(_misnamed(document, ("form",), form.id, path))
    return form, in_order(problems)


def load_authority(path: Path, shown: str | None = None) -> Authority:
    """Load an authority's profile; raises DefinitionError with every error found."""
    authority, document = read_model(path, shown or str(path), Authority)
    if authority.id != path.stem:
        raise _faulty(_misnamed(document, ("authority",), authority.id, path))
    return _with_logo(authority, document, path)


def _with_logo(authority: Authority, document: Document, path: Path) -> Authority:
    """Read the logo that a profile names: a file beside it whose name begins with the authority's id."""
    if not authority.logo:
        return authority
    where = document.where(("logo",))
    try:
        with path.with_name(authority.logo).open("rb") as file:
            data = file.read(MAX_LOGO + 1)
    except OSError as error:
        raise _faulty(Problem(where, f"the logo cannot be read: {error.strerror}", "logo")) from error
    if len(data) > MAX_LOGO or not authority.logo.startswith(authority.id):
        text = f"a logo is named {authority.id}….svg or .png and has at most {MAX_LOGO:,} bytes"
        raise _faulty(Problem(where, text, "logo"))
    return authority.with_logo(data)


def _faulty(problem: Problem) -> DefinitionError:
    return DefinitionError(f"{problem.where.file}: the profile has faults", problems=[problem])


def _misnamed(document: Document, key: tuple[str], name: str, path: Path) -> Problem:
    where: Where = document.where(key)
    return Problem(where, f"'{name}' stands in a file named '{path.name}'; id and file name agree", "file-name")
