"""The catalogues of a project as files: which there are, brought in step with the forms, begun, signed off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n import own_words
from formkit.i18n.extracted import Extracted, extracted_words
from formkit.i18n.languages import LANGUAGES, Language
from formkit.i18n.old import read_old
from formkit.i18n.paths import catalog_path
from formkit.i18n.po_text import read_lines
from formkit.i18n.po_write import Header, new_po
from formkit.i18n.templates import authority_entries, form_entries
from formkit.i18n.update import Updated, update
from formkit.project import Project
from formkit.texts import FORMKIT_DOMAIN


@dataclass(frozen=True, slots=True)
class Source:
    """What a catalogue translates: a form, an authority's profile, or formkit's own words."""

    name: str
    entries: tuple[Extracted, ...]
    header: Header


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did to one file."""

    file: str
    language: Language
    updated: Updated


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
    yield Source(FORMKIT_DOMAIN, extracted_words(), own_words.HEADER)


def languages_of(project: Project, name: str) -> tuple[Language, ...]:
    """Return the languages that have a catalogue of that name, in the order of need."""
    return tuple(each for each in LANGUAGES.values() if catalog_path(project.locales, each, name).exists())


def update_all(project: Project, names: Sequence[str], tags: Sequence[str]) -> Iterator[Change]:
    """Bring catalogues in step with their sources and yield what changed in each; others are not touched.

    Raises CatalogError for a damaged file, before it is written; those before it are done.
    """
    for source in sources(project, names):
        for language in languages_of(project, source.name):
            if not tags or language.tag in tags:
                path = catalog_path(project.locales, language, source.name)
                yield Change(project.shown(path), language, update_file(project, path, source, language))


def update_file(project: Project, path: Path, source: Source, language: Language) -> Updated:
    """Bring one catalogue in step; the file is written only where something changes, with its line ends."""
    shown = project.shown(path)
    updated = update(read_old(read_lines(path, shown), shown), source.entries, language, source.header)
    if updated.changed:
        _write(path, updated.text)
    return updated


def _write(path: Path, text: str) -> None:
    """Replace a catalogue, in the line ends it had."""
    data = text.encode()
    if path.exists() and b"\r\n" in path.read_bytes():
        data = data.replace(b"\n", b"\r\n")
    write_atomically(path, data)


def add(project: Project, language: Language) -> tuple[str, ...]:
    """Begin every catalogue that a language does not have yet; returns the files written."""
    written = []
    for source in sources(project):
        path = catalog_path(project.locales, language, source.name)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(path, new_po(source.entries, language, source.header).encode())
            written.append(project.shown(path))
    return tuple(written)
