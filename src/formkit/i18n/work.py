"""The catalogues of a project as files: which there are, brought in step with the forms, begun, signed off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n.languages import Language
from formkit.i18n.old import read_old
from formkit.i18n.paths import catalog_path, languages_of
from formkit.i18n.po_text import read_bytes
from formkit.i18n.po_write import new_po
from formkit.i18n.templates import sources
from formkit.i18n.update import Merge, Updated
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
        merge = Merge(source.entries, source.header)
        for language in languages_of(project, source.name):
            if not tags or language.tag in tags:
                path = catalog_path(project.locales, language, source.name)
                shown = project.shown(path)
                yield Change(shown, language, update_file(path, shown, merge, language))


def update_file(path: Path, shown: str, merge: Merge, language: Language) -> Updated:
    """Bring one catalogue in step; the file is written only where something changes, with its line ends."""
    data = read_bytes(path, shown)
    updated = merge.into(read_old(data, shown), language)
    if updated.changed:
        windows = b"\r\n" in data
        write_atomically(path, updated.data.replace(b"\n", b"\r\n") if windows else updated.data)
    return updated


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
