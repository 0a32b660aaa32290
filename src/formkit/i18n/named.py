"""Catalogues by name and language, as a project has them; a name may come from outside and is never a path."""

from __future__ import annotations

import difflib

from formkit.errors import UnknownName
from formkit.i18n.catalog import Catalog, read_catalog
from formkit.i18n.languages import Language
from formkit.i18n.paths import catalog_path
from formkit.project import Project


def catalog_names(project: Project, language: Language) -> tuple[str, ...]:
    """Return the names of all catalogues that a language has, sorted."""
    return tuple(sorted(path.stem for path in catalog_path(project.locales, language, "x").parent.glob("*.po")))


def open_catalog(project: Project, name: str, language: Language) -> Catalog:
    """Read a catalogue by its name; raises UnknownName, CatalogError."""
    known = catalog_names(project, language)
    if name not in known:
        close = difflib.get_close_matches(name[:80], known, n=1)
        meant = f"; did you mean '{close[0]}'?" if close else ""
        listed = ", ".join(known) or "none"
        raise UnknownName(f"no catalogue '{name[:80]}' in {language.english}{meant}", advice=f"There are: {listed}.")
    path = catalog_path(project.locales, language, name)
    return read_catalog(path, language, project.shown(path))
