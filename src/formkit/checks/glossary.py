"""The glossary of a language: German official terms, how they may be rendered, and how they must not be.

It is a catalogue as well, `locales/<folder>/LC_MESSAGES/glossary.po`: the msgid is the German term, the
msgstr lists the allowed renderings parted by " | ", a comment `# forbidden: …` those that mislead. A
rendering that is the German term itself says that the term stays German.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from formkit.i18n.catalog import Catalog

NAME = "glossary"
_BETWEEN = re.compile(r"\s*\|\s*")
_FORBIDDEN = re.compile(r"forbidden:\s*(.+)", re.I)
# What German inflection adds; umlauts of the plural are allowed for in `_pattern`.
_ENDINGS = "(?:innen|ern|nen|es|en|er|em|in|e|s|n)?"
_UMLAUTS = {"a": "[aä]", "o": "[oö]", "u": "[uü]"}


@dataclass(frozen=True, slots=True)
class Term:
    """A German term with its allowed and its forbidden renderings."""

    german: str
    allowed: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms of one language by their German words; `names` are these words, the longest first."""

    terms: Mapping[str, Term]
    names: tuple[str, ...]

    def within(self, german: str) -> tuple[Term, ...]:
        """Return the terms that stand in a German text, each once; of two at one place the longer."""
        return tuple(self.terms[name] for name in _found(self.names, german)) if self.names else ()

    def keeps(self, german: str) -> bool:
        """Tell whether a German term may stay as it is."""
        return german in self.terms and german in self.terms[german].allowed


def glossary(terms: Iterable[Term]) -> Glossary:
    """Return the glossary with the given terms."""
    by_name = {term.german: term for term in terms}
    return Glossary(by_name, tuple(sorted(by_name, key=lambda name: (-len(name), name))))


def read_glossary(catalog: Catalog) -> Glossary:
    """Read the terms of a glossary's catalogue; terms without a rendering, or fuzzy ones, bind nobody."""
    return glossary(
        Term(entry.msgid, _listed(entry.text), _forbidden(entry.comments))
        for entry in catalog.entries.values()
        if entry.text and not entry.fuzzy
    )


NO_GLOSSARY = glossary(())


@lru_cache(maxsize=1_000)
def german_words(*names: str) -> re.Pattern[str]:
    """Return the pattern that finds German words and phrases in their inflections, a group for each."""
    return re.compile("|".join(f"({_pattern(name)})" for name in names), re.IGNORECASE)


def _pattern(name: str) -> str:
    """Return a pattern for a term in its inflections: "Antrag" finds Antrags and Anträge, not Antragsteller."""
    *before, last = (re.escape(part) for part in name.split(" "))
    inflected = "".join(_UMLAUTS.get(letter, letter) for letter in last)
    return rf"(?<!\w)(?<!\w-){' '.join([*before, inflected])}{_ENDINGS}(?!-?\w)"


@lru_cache(maxsize=20_000)
def _found(names: tuple[str, ...], german: str) -> tuple[str, ...]:
    """Return which terms stand in a German text; languages with the same terms share the answer."""
    matches = german_words(*names).finditer(german)
    return tuple(dict.fromkeys(names[match.lastindex - 1] for match in matches if match.lastindex))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in _BETWEEN.split(text.strip()) if part)


def _forbidden(comments: Iterable[str]) -> tuple[str, ...]:
    matches = (_FORBIDDEN.fullmatch(comment.strip()) for comment in comments)
    return tuple(part for match in matches if match for part in _listed(match[1]))
