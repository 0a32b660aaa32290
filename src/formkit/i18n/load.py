"""A project's forms in a language: definition, authority, catalogues and reviews read together."""

from __future__ import annotations

import datetime

from formkit.definition import load_authority, load_form
from formkit.definition.authority import Authority
from formkit.definition.fitting import require_fit
from formkit.definition.model import Form
from formkit.definition.parameters import in_force
from formkit.definition.yaml import read_yaml
from formkit.errors import CatalogError, UnknownName
from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import Language
from formkit.i18n.localize import SOURCE_TAG, Localized
from formkit.i18n.paths import REVIEWS, catalog_path, catalogs, languages_of
from formkit.i18n.reviews import Review, reviews_from_mapping
from formkit.problems import Problem
from formkit.project import Project


def form(project: Project, form_id: str) -> Form:
    """Load a form of a project; raises UnknownName or DefinitionError."""
    path = project.form_path(form_id)
    return load_form(path, project.shown(path))


def authority(project: Project, authority_id: str) -> Authority | None:
    """Load an authority of a project, None for no name; raises UnknownName or DefinitionError."""
    if not authority_id:
        return None
    path = project.authority_path(authority_id)
    return load_authority(path, project.shown(path))


def localize(
    project: Project, form: Form, language: Language, authority: Authority | None, today: datetime.date
) -> Localized:
    """Return a form in a language with its parameters on a day; raises CatalogError, DefinitionError."""
    if authority:
        path = project.authority_path(authority.id)
        require_fit(form, authority, path, project.shown(path))
    paths = catalogs(project, form.id, language, authority.id if authority else "")
    there = {domain: path for domain, path in paths.items() if path.exists()}
    read = {domain: read_catalog(path, language, project.shown(path)) for domain, path in there.items()}
    review = reviews(project).get((form.id, language.tag))
    return Localized(form, language, authority, in_force(form, authority, today), read, today, review)


def languages(project: Project, form_id: str) -> tuple[Language, ...]:
    """Return the languages a form has a catalogue in, in the order of need."""
    return tuple(each for each in languages_of(project, form_id) if each.tag != SOURCE_TAG)


def require_catalog(project: Project, form_id: str, language: Language) -> None:
    """Raise UnknownName where a form has no catalogue in a language at all."""
    path = catalog_path(project.locales, language, form_id)
    if language.tag == SOURCE_TAG or path.exists():
        return
    there = ", ".join(each.tag for each in languages(project, form_id)) or "none"
    raise UnknownName(
        f"'{form_id}' has no catalogue in {language.english}: {project.shown(path)} is not there",
        advice=f"Languages with a catalogue: {there}.",
    )


def reviews(project: Project) -> dict[tuple[str, str], Review]:
    """Return who signed off what, by form and language tag; raises DefinitionError."""
    path = project.locales / REVIEWS
    if not path.exists():
        return {}
    document = read_yaml(path, project.shown(path))
    found, faults = reviews_from_mapping(document.data)
    if faults:
        problems = [Problem(document.where(fault.path), fault.text, "review") for fault in faults]
        raise CatalogError(f"{document.file}: {len(problems)} faults", problems=problems)
    return {(review.form, review.language): review for review in found}
