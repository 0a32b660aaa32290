"""The .pot files of a project: one a form, one an authority, and formkit's own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n import load, own_words
from formkit.i18n.extract import extract, extract_authority
from formkit.i18n.extracted import Extracted, extracted_words
from formkit.i18n.po_write import Header, write_pot
from formkit.i18n.room import rooms_of
from formkit.project import Project
from formkit.texts import FORMKIT_DOMAIN

Written = tuple[str, int, bool]


@dataclass(frozen=True, slots=True)
class Source:
    """What a catalogue translates: a form, an authority's profile, or formkit's own words."""

    name: str
    entries: tuple[Extracted, ...]
    header: Header


def write_templates(project: Project, form_ids: tuple[str, ...]) -> list[Written]:
    """Write the templates of forms, without ids of everything; returns file, number of texts, changed or not.

    A template that says the same is not touched. Raises UnknownName, DefinitionError.
    """
    return [_write(project, source) for source in sources(project, form_ids)]


def sources(project: Project, names: Sequence[str] = ()) -> Iterator[Source]:
    """Yield the sources of a project's catalogues: the forms named, or everything; raises UnknownName."""
    for form_id in names or project.form_ids():
        yield Source(form_id, *form_entries(project, form_id))
    if names:
        return
    for authority_id in project.authority_ids():
        entries, header = authority_entries(project, authority_id)
        if entries:
            yield Source(f"authority-{authority_id}", entries, header)
    yield Source(FORMKIT_DOMAIN, extracted_words(rooms_of(project.locales, FORMKIT_DOMAIN)), own_words.HEADER)


def form_entries(project: Project, form_id: str) -> tuple[tuple[Extracted, ...], Header]:
    """Return the texts of a form and the header of its catalogues."""
    form = load.form(project, form_id)
    file = project.shown(project.form_path(form_id))
    entries = extract(form, file, rooms_of(project.locales, form_id))
    return entries, Header(f"{form.id} {form.version}", f"{form.title.text} ({form.id})")


def authority_entries(project: Project, authority_id: str) -> tuple[tuple[Extracted, ...], Header]:
    """Return the texts of an authority's profile and the header of its catalogues."""
    authority = load.authority(project, authority_id)
    file = project.shown(project.authority_path(authority_id))
    name = f"authority-{authority_id}"
    entries = extract_authority(authority, file, rooms_of(project.locales, name)) if authority else ()
    return entries, Header(name, f"Texts of the authority {authority_id}")


def _write(project: Project, source: Source) -> Written:
    path: Path = project.locales / f"{source.name}.pot"
    data = write_pot(source.entries, source.header).encode()
    changed = not path.exists() or path.read_bytes() != data
    if changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    return project.shown(path), len(source.entries), changed
