"""What in an authority's profile does not fit the forms that it hands out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic_core import PydanticCustomError

from formkit.definition.authority import Authority
from formkit.definition.messages import authority_texts
from formkit.definition.model import Form
from formkit.definition.yaml import DataPath, read_yaml
from formkit.errors import DefinitionError
from formkit.problems import Problem

Misfit = tuple[DataPath, str, str]
"""The place in the profile, a sentence, and the id of the check."""


def misfits(form: Form, authority: Authority) -> Iterator[Misfit]:
    """Yield values that are not of the parameter's type, and parameters in texts that the form does not have."""
    for name, value in authority.parameters.items():
        if name in form.parameters:
            try:
                form.parameters[name].read(value)
            except PydanticCustomError as error:
                yield ("parameters", name), error.message(), "parameter-value"
    for text in authority_texts(authority):
        for name in sorted(text.msg.placeholders - set(form.parameters)):
            yield text.data, f"'{{{name}}}' is no parameter of the form '{form.id}'", "unknown-parameter"


def require_fit(form: Form, authority: Authority, path: Path, shown: str) -> None:
    """Raise DefinitionError where a profile, read from `path` and called `shown`, does not fit a form."""
    if found := tuple(misfits(form, authority)):
        document = read_yaml(path, shown)
        problems = [Problem(document.where(place), text, check) for place, text, check in found]
        raise DefinitionError(f"{shown}: the profile does not fit the form '{form.id}'", problems=problems)
