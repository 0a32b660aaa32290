"""The .pot files of a project: one a form, one an authority, and formkit's own words."""

from __future__ import annotations

from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n import load, own_words
from formkit.i18n.extract import extract, extract_authority
from formkit.i18n.extracted import Extracted, extracted_words
from formkit.i18n.po_write import Header, write_pot
from formkit.project import Project

Written = tuple[str, int, bool]


def write_templates(project: Project, form_ids: tuple[str, ...]) -> list[Written]:
    """Write the templates of forms, without ids of everything; returns file, number of texts, changed or not.

    A template that says the same is not touched. Raises UnknownName, DefinitionError.
    """
    written = []
    for form_id in form_ids or project.form_ids():
        entries, header = form_entries(project, form_id)
        written.append(_write(project, form_id, entries, header))
    if form_ids:
        return written
    for authority_id in project.authority_ids():
        entries, header = authority_entries(project, authority_id)
        if entries:
            written.append(_write(project, f"authority-{authority_id}", entries, header))
    written.append(_write(project, "formkit", extracted_words(), own_words.HEADER))
    return written


def form_entries(project: Project, form_id: str) -> tuple[tuple[Extracted, ...], Header]:
    """Return the texts of a form and the header of its catalogues."""
    form = load.form(project, form_id)
    file = project.shown(project.form_path(form_id))
    return extract(form, file), Header(f"{form.id} {form.version}", f"{form.title.text} ({form.id})")


def authority_entries(project: Project, authority_id: str) -> tuple[tuple[Extracted, ...], Header]:
    """Return the texts of an authority's profile and the header of its catalogues."""
    authority = load.authority(project, authority_id)
    file = project.shown(project.authority_path(authority_id))
    entries = extract_authority(authority, file) if authority else ()
    return entries, Header(f"authority-{authority_id}", f"Texts of the authority {authority_id}")


def _write(project: Project, name: str, entries: tuple[Extracted, ...], header: Header) -> Written:
    path: Path = project.locales / f"{name}.pot"
    data = write_pot(entries, header).encode()
    changed = not path.exists() or path.read_bytes() != data
    if changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    return project.shown(path), len(entries), changed
