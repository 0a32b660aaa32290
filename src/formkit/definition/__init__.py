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
    if form.id != path.stem:
        problems.append(_misnamed(document, ("form",), form.id, path))
    return form, in_order(problems)


def load_authority(path: Path, shown: str | None = None) -> Authority:
    """Load an authority's profile; raises DefinitionError with every error found."""
    authority, document = read_model(path, shown or str(path), Authority)
    if authority.id != path.stem:
        problem = _misnamed(document, ("authority",), authority.id, path)
        raise DefinitionError(f"{shown or path}: the profile has faults", problems=[problem])
    return authority


def _misnamed(document: Document, key: tuple[str], name: str, path: Path) -> Problem:
    where: Where = document.where(key)
    return Problem(where, f"'{name}' stands in a file named '{path.name}'; id and file name agree", "file-name")
