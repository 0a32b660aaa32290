"""Every definition and profile of a project, checked one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from formkit.definition import check_form, load_authority, load_form
from formkit.definition.authority import Authority
from formkit.definition.fitting import Misfit, misfits
from formkit.definition.model import Form
from formkit.definition.yaml import read_yaml
from formkit.errors import DefinitionError
from formkit.expressions.error import suggestion
from formkit.problems import Problem, has_errors, in_order
from formkit.project import Project


def check_project(project: Project, form_ids: tuple[str, ...]) -> tuple[int, tuple[Problem, ...]]:
    """Return how many files were checked and what is wrong in them; raises UnknownName.

    Without ids, all forms and all authority profiles are checked.
    """
    found: list[Problem] = []
    ids = form_ids or project.form_ids()
    for form_id in ids:
        path = project.form_path(form_id)
        problems = check_form(path, project.shown(path))
        found += problems
        found += () if has_errors(problems) else _annexes(project, path)
    if form_ids:
        return len(ids), tuple(found)
    for authority_id in project.authority_ids():
        found += _authority(project, authority_id)
    return len(ids) + len(project.authority_ids()), tuple(found)


def _annexes(project: Project, path: Path) -> Iterator[Problem]:
    """Yield the annexes of a sound form that are no forms of the project."""
    shown = project.shown(path)
    form, document = load_form(path, shown), read_yaml(path, shown)
    for name in form.annexes:
        where = document.where(("annexes", name), key=True)
        if name == form.id:
            yield Problem(where, "a form is no annex of itself", "unknown-annex")
        elif name not in project.form_ids():
            yield Problem(
                where, f"no form '{name}' in this project{suggestion(name, project.form_ids())}", "unknown-annex"
            )


def _authority(project: Project, authority_id: str) -> tuple[Problem, ...]:
    path = project.authority_path(authority_id)
    shown = project.shown(path)
    try:
        authority = load_authority(path, shown)
        forms = [load_form(project.form_path(form_id)) for form_id in project.form_ids()]
    except DefinitionError as error:
        # A form's own faults have been told with the form.
        return tuple(problem for problem in error.problems if problem.where.file == shown)
    document = read_yaml(path, shown)
    found = [(place, text, check, False) for form in forms for place, text, check in misfits(form, authority)]
    found += [(*unknown, True) for unknown in _unknown(authority, forms)]
    return in_order([Problem(document.where(place, key=key), text, check) for place, text, check, key in found])


def _unknown(authority: Authority, forms: list[Form]) -> Iterator[Misfit]:
    """Yield the parameters and topics of a profile that stand in no form."""
    parameters = {name for form in forms for name in form.parameters}
    topics = {topic for form in forms for topic in form.offices}
    for name in authority.parameters:
        if name not in parameters:
            yield ("parameters", name), f"'{name}' is no parameter of any form", "unknown-parameter"
    for index, office in enumerate(authority.offices):
        for number, topic in enumerate(office.takes):
            if topic not in topics:
                text = f"office '{office.id}' takes '{topic}', which is no topic of any form"
                yield ("offices", index, "takes", number), text, "unknown-topic"
