"""The catalogues of a project as files: which there are, brought in step with the forms, begun, signed off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n.languages import Language
from formkit.i18n.old import read_old
from formkit.i18n.paths import catalog_path, languages_of
from formkit.i18n.po_text import read_lines
from formkit.i18n.po_write import new_po
from formkit.i18n.templates import Source, sources
from formkit.i18n.update import Updated, update
from formkit.project import Project


@dataclass(frozen=True, slots=True)
class Change:
    """What an update did to one file."""

    file: str
    language: Language
    updated: Updated


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
