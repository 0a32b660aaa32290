"""What checks are given: a translated string at its places, a catalogue with its form, all of a language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from formkit.checks.glossary import NO_GLOSSARY, Glossary
from formkit.definition.messages import Text
from formkit.i18n.catalog import Catalog, Entry, Key
from formkit.i18n.languages import Language
from formkit.problems import Problem, Severity, Where
from formkit.render.measure import Size

_UNSPOKEN = re.compile(r"\{[a-z][a-z0-9_]*\}|(?<=\])\((?:https|mailto|tel):[^()\s]+\)")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a sentence, the entry it is about (None: the whole file), and how much it weighs.

    Without a severity the first of the check's counts.
    """

    text: str
    where: Where
    entry: Entry | None = None
    severity: Severity | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Places:
    """Where a German text stands in its form: its places, its roles there, the terms to keep German."""

    texts: tuple[Text, ...] = ()
    roles: frozenset[str] = frozenset()
    terms: tuple[str, ...] = ()


NOWHERE = Places()


def places(texts: Iterable[Text]) -> Places:
    """Return the places of one German text."""
    found = tuple(texts)
    terms = tuple(dict.fromkeys(term for text in found for term in text.terms))
    return Places(found, frozenset(text.role for text in found), terms)


@dataclass(frozen=True, eq=False, slots=True)
class String:
    """A German text with its translation in one catalogue.

    `faults` keep the translation off every page; `places` are where the text stands in the form, none for
    formkit's own words; `sizes` are the places on paper with their widths, none where they were not
    measured; `values` are the form's parameters as the language writes them.
    """

    entry: Entry
    language: Language
    file: str
    faults: tuple[Problem, ...] = ()
    places: Places = NOWHERE
    glossary: Glossary = NO_GLOSSARY
    sizes: tuple[Size, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def german(self) -> str:
        """Return the German text."""
        return self.entry.msgid

    @property
    def text(self) -> str:
        """Return the translation."""
        return self.entry.text

    @property
    def where(self) -> Where:
        """Return where the translation stands."""
        return Where(self.file, self.entry.text_line)

    @property
    def spoken(self) -> str:
        """Return the translation without placeholders and the targets of links."""
        return unspoken(self.text)

    def finding(self, text: str, severity: Severity | None = None) -> Finding:
        """Return a finding about this string."""
        return Finding(text, self.where, self.entry, severity)


def unspoken(text: str) -> str:
    """Leave out the names of placeholders and the targets of links, which nobody reads."""
    return _UNSPOKEN.sub(" … ", text) if "{" in text or "](" in text else text


@dataclass(frozen=True, eq=False, slots=True)
class Translation:
    """One catalogue beside the German texts it is for.

    `name` is its file's stem, `project` what the header should call it, `texts` are those of the form in the
    order of the page, `wanted` names every German text that belongs into it.
    """

    name: str
    catalog: Catalog
    file: str
    project: str
    texts: tuple[Text, ...] = ()
    wanted: frozenset[Key] = frozenset()
    strings: Mapping[Key, String] = field(default_factory=dict)

    @property
    def language(self) -> Language:
        """Return the language of the catalogue."""
        return self.catalog.language

    def finding(self, text: str, severity: Severity | None = None) -> Finding:
        """Return a finding about the catalogue as a whole."""
        return Finding(text, Where(self.file), None, severity)

    def at(self, entry: Entry, text: str) -> Finding:
        """Return a finding about an entry that has no translation to show."""
        return Finding(text, Where(self.file, entry.text_line), entry)

    def placed(self) -> Iterator[tuple[Text, String]]:
        """Yield the translated texts of the form with their places, in the order of the page."""
        for text in self.texts:
            string = self.strings.get((text.msg.context, text.msg.text))
            if string is not None and text.translate:
                yield text, string


@dataclass(frozen=True, eq=False, slots=True)
class Catalogues:
    """All catalogues of one language: those to be checked, and those that only stand beside them."""

    language: Language
    checked: tuple[Translation, ...]
    beside: tuple[Translation, ...] = ()

    def strings(self) -> Iterator[tuple[String, bool]]:
        """Yield every translated string, and whether it is to be checked."""
        for translation in self.checked:
            yield from ((string, True) for string in translation.strings.values())
        for translation in self.beside:
            yield from ((string, False) for string in translation.strings.values())
