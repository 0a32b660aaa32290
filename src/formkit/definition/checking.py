"""Every definition and profile of a project, checked one after the other."""

from __future__ import annotations

from formkit.definition import check_form, load_authority, load_form
from formkit.errors import DefinitionError
from formkit.problems import Problem, Where
from formkit.project import Project


def check_project(project: Project, form_ids: tuple[str, ...]) -> tuple[int, tuple[Problem, ...]]:
    """Return how many files were checked and what is wrong in them; raises UnknownName.

    Without ids, all forms and all authority profiles are checked.
    """
    found: list[Problem] = []
    ids = form_ids or project.form_ids()
    for form_id in ids:
        path = project.form_path(form_id)
        found += check_form(path, project.shown(path))
    if form_ids:
        return len(ids), tuple(found)
    for authority_id in project.authority_ids():
        found += _authority(project, authority_id)
    return len(ids) + len(project.authority_ids()), tuple(found)


def _authority(project: Project, authority_id: str) -> tuple[Problem, ...]:
    path = project.authority_path(authority_id)
    try:
        authority = load_authority(path, project.shown(path))
    except DefinitionError as error:
        return error.problems
    known: set[str] = set()
    topics: set[str] = set()
    for form_id in project.form_ids():
        try:
            form = load_form(project.form_path(form_id))
        except DefinitionError:
            return ()
        known |= set(form.parameters)
        topics |= set(form.offices)
    where = Where(project.shown(path))
    problems = [
        Problem(where, f"'{name}' is no parameter of any form", "unknown-parameter")
        for name in authority.parameters
        if name not in known
    ]
    problems += [
        Problem(where, f"office '{office.id}' takes '{topic}', which is no topic of any form", "unknown-topic")
        for office in authority.offices
        for topic in office.takes
        if topic not in topics
    ]
    return tuple(problems)
