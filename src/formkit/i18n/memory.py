"""The translation memory: what all catalogues of a language know already, built when it is asked.

It holds only translations that a page may show. A glossary is no part of it: its entries list several
renderings of a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rapidfuzz import fuzz, process

from formkit.i18n.catalog import Catalog, Entry, Key
from formkit.i18n.edits import Edit, edit_entries, retranslate
from formkit.i18n.languages import Language
from formkit.i18n.named import catalog_names, open_catalog
from formkit.i18n.paths import languages_of
from formkit.i18n.po_write import SUGGESTED
from formkit.i18n.safety import faults
from formkit.i18n.templates import sources
from formkit.project import Project

EXACT = 100
CLOSE = 75
# A suggestion lands in a catalogue, so it must be closer than what a person only looks at.
SUGGEST = 85
_GLOSSARY = "glossary"
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Known:
    """A translation that stands in a catalogue."""

    german: str
    context: str
    text: str
    catalog: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Match:
    """A known translation and how like its German is, in per cent; 100 is the same text."""

    score: int
    known: Known


@dataclass(frozen=True, slots=True)
class Suggested:
    """What suggestions did to one file: entries filled from the same German text, and from a similar one."""

    file: str
    exact: int
    close: int


Memory = Sequence[Known]


def memory(project: Project, language: Language) -> Memory:
    """Read the memory of a language from all of its catalogues; raises CatalogError for a damaged one."""
    names = [name for name in catalog_names(project, language) if name != _GLOSSARY]
    return [known for name in names for known in _known(project, name, open_catalog(project, name, language))]


def _known(project: Project, name: str, catalog: Catalog) -> Iterator[Known]:
    file = project.shown(catalog.path)
    for entry in catalog.entries.values():
        text = catalog.usable(*entry.key)
        if text is not None:
            yield Known(entry.msgid, entry.context, text, name, file, entry.line)


def matches(memory: Memory, german: str, *, context: str = "", cutoff: int = CLOSE, limit: int = 10) -> list[Match]:
    """Return what is known of a German text, the likest first; of the same text that in the same context first.

    Takes the least likeness in per cent.
    """
    choices = dict(enumerate(known.german for known in memory))
    found = process.extract(german, choices, scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
    # Rounded down: only the very same text has 100.
    scored = [Match(int(score), memory[place]) for _, score, place in found]
    return sorted(scored, key=lambda match: (-match.score, match.known.context != context))[:limit]


def suggest(project: Project, names: Sequence[str], tags: Sequence[str]) -> Iterator[Suggested]:
    """Fill what is empty in catalogues from other catalogues of the language, marked fuzzy with the source named.

    Nothing that stands there is touched. Yields each catalogue that was changed.
    """
    memories: dict[str, Memory] = {}
    for source in sources(project, names):
        for language in languages_of(project, source.name):
            if tags and language.tag not in tags:
                continue
            if language.tag not in memories:
                memories[language.tag] = memory(project, language)
            others = [known for known in memories[language.tag] if known.catalog != source.name]
            yield from _filled(project, open_catalog(project, source.name, language), others)


def _filled(project: Project, catalog: Catalog, memory: Memory) -> Iterator[Suggested]:
    found: dict[Key, Match] = {}
    for entry in catalog.entries.values():
        if not entry.text and not entry.plural and (match := _best(entry, memory)):
            found[entry.key] = match
    file = project.shown(catalog.path)
    if found:
        edit_entries(catalog.path, file, _edits(found))
        exact = sum(match.score == EXACT for match in found.values())
        yield Suggested(file, exact, len(found) - exact)


def _best(entry: Entry, memory: Memory) -> Match | None:
    """Return the best match that can be suggested: with the same numbers, and fit to be shown."""
    for match in matches(memory, entry.msgid, context=entry.context, cutoff=SUGGEST):
        same_numbers = _NUMBER.findall(match.known.german) == _NUMBER.findall(entry.msgid)
        if same_numbers and not faults(entry.msgid, match.known.text):
            return match
    return None


def _edits(found: Mapping[Key, Match]) -> dict[Key, Edit]:
    return {key: partial(_suggested, known=match.known) for key, match in found.items()}


def _suggested(entry: Entry, known: Known) -> Entry:
    """Return an entry with a suggestion; where it was made for another text, that one is named."""
    other = (known.context, known.german) != entry.key
    return replace(
        retranslate(entry, known.text, fuzzy=True),
        previous=(known.context, known.german) if other else None,
        extracted=(*entry.extracted, f"{SUGGESTED} {known.catalog}"),
    )
