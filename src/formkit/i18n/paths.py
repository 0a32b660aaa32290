"""Where catalogues lie: locales/<folder>/LC_MESSAGES/<domain>.po."""

from __future__ import annotations

from pathlib import Path

from formkit.i18n.languages import GERMAN, LANGUAGES, Language
from formkit.project import Project
from formkit.texts import AUTHORITY_DOMAIN, FORM_DOMAIN, FORMKIT_DOMAIN

REVIEWS = "reviews.yaml"


def catalog_path(locales: Path, language: Language, domain: str) -> Path:
    """Return where a catalogue lies below the folder of catalogues."""
    return locales / language.folder / "LC_MESSAGES" / f"{domain}.po"


def languages_of(project: Project, *names: str) -> tuple[Language, ...]:
    """Return the languages that have a catalogue of any of these names, in the order of need."""
    return tuple(
        each for each in LANGUAGES.values() if any(catalog_path(project.locales, each, name).exists() for name in names)
    )


def catalogs(project: Project, form_id: str, language: Language, authority_id: str) -> dict[str, Path]:
    """Return where the catalogues of a form in a language lie, by domain; German has none."""
    if language.tag == GERMAN.tag:
        return {}
    names = {FORM_DOMAIN: form_id, FORMKIT_DOMAIN: "formkit"}
    if authority_id:
        names[AUTHORITY_DOMAIN] = f"authority-{authority_id}"
    return {domain: catalog_path(project.locales, language, name) for domain, name in names.items()}
