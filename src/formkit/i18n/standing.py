"""Where every translation stands: how much is done, what waits, since which version, and who signed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formkit.i18n import load
from formkit.i18n.catalog import Catalog, Entry, read_catalog
from formkit.i18n.languages import Language
from formkit.i18n.paths import catalog_path, languages_of
from formkit.i18n.po_write import STALE
from formkit.i18n.reviews import Review
from formkit.i18n.templates import Source, sources
from formkit.project import Project


@dataclass(frozen=True, slots=True)
class Standing:
    """One catalogue: its strings by state, the German words still to translate, faults, review."""

    name: str
    language: str
    translated: int
    fuzzy: int
    missing: int
    words: int
    problems: int
    reviewed: int
    review: str
    stale_since: str

    @property
    def total(self) -> int:
        """Return how many strings there are."""
        return self.translated + self.fuzzy + self.missing

    @property
    def percent(self) -> int:
        """Return whole per cent translated, rounded down."""
        return 100 * self.translated // self.total if self.total else 100


def standings(project: Project, names: Sequence[str] = ()) -> Iterator[Standing]:
    """Yield the standing of every catalogue, measured against the form as it is now."""
    reviews = load.reviews(project)
    for source in sources(project, names):
        for language in languages_of(project, source.name):
            path = catalog_path(project.locales, language, source.name)
            catalog = read_catalog(path, language, project.shown(path))
            review = reviews.get((source.name, language.tag))
            yield _standing(source, catalog, language, _said_of(review))


def _said_of(review: Review | None) -> str:
    """Return the state of a review, and whether the translators themselves are not sure."""
    if review is None:
        return "draft"
    if review.confidence == "normal":
        return review.state
    return f"{review.state}, unsure" if review.reviewed else "unsure"


def _standing(source: Source, catalog: Catalog, language: Language, review: str) -> Standing:
    entries = [catalog.entries.get((each.msg.context, each.msg.text)) for each in source.entries]
    usable = [catalog.usable(each.msg.context, each.msg.text) is not None for each in source.entries]
    fuzzy = sum(bool(entry and entry.fuzzy and entry.text) for entry in entries)
    undone = [each.msg.text for each, done in zip(source.entries, usable, strict=True) if not done]
    return Standing(
        name=source.name,
        language=language.tag,
        translated=sum(usable),
        fuzzy=fuzzy,
        missing=len(undone) - fuzzy,
        words=sum(len(text.split()) for text in undone),
        problems=len(catalog.problems),
        reviewed=sum(bool(entry and entry.reviewed) for entry in entries),
        review=review,
        stale_since=min((note for entry in entries if entry for note in _stale(entry)), default=""),
    )


def _stale(entry: Entry) -> Iterator[str]:
    for note in entry.extracted:
        if entry.fuzzy and note.startswith(STALE):
            yield note.removeprefix(STALE).strip()
