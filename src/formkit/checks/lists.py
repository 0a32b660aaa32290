"""Checks of texts that stand together: the options of a question, neighbouring labels, homonyms."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from formkit.checks.registry import check
from formkit.checks.values import Finding, String, Translation
from formkit.definition.yaml import DataPath
from formkit.problems import Severity

_LISTED = frozenset({"option", "row"})
_ENUMERATOR = re.compile(r"^\s*(\(?\w{1,2}[.)])\s")
# German words with several meanings that other languages part.
HOMONYMS = frozenset(
    {"Grund", "Art", "Satz", "Stand", "Anlage", "Höhe", "Titel", "Bank", "Ort", "Name", "Betrag", "Leistung"}
)
# Roles in which a text is a heading or a name, a question or caption, or a sentence.
_KINDS = {
    "title": "name",
    "section title": "name",
    "option": "name",
    "row": "name",
    "office topic": "name",
    "label": "label",
    "short": "label",
}


@check(Severity.ERROR)
def options(translation: Translation) -> Iterator[Finding]:
    """The answers of a question can be told apart, and keep their a) b) 1.

    Two that differ only in case, punctuation or marks are as good as equal. Their count and order come from
    the form.

    Bad: Mutter, Mutter (allein) → «Мати», «мати.»
    Good: Mutter, Mutter (allein) → «Мати», «Мати (сама)»
    """
    for strings in _lists(translation):
        first_of: dict[str, String] = {}
        for string in strings:
            first = first_of.setdefault(_letters(string.text), string)
            if _folded(first.text) != _folded(string.text):
                text = f"this answer reads like «{first.text}» in line {first.entry.text_line}; say how they differ"
                yield string.finding(text)
        for string in strings:
            enumerator = _ENUMERATOR.match(string.german)
            if enumerator and not string.text.lstrip().startswith(enumerator[1]):
                yield string.finding(f"the answer begins with '{enumerator[1]}' in German; keep it")


@check(Severity.ERROR, Severity.INFO)
def same_target(translation: Translation) -> Iterator[Finding]:
    """Two German texts are not translated alike: an error between answers or neighbouring labels.

    Elsewhere in a form it is only an information, for the German may say one thing in two ways.

    Bad: Kaltmiete, Warmmiete → tr «kira», «kira»
    Good: Kaltmiete, Warmmiete → tr «net kira», «brüt kira»
    """
    close = set()
    for first, second in _close(translation):
        if _alike(first, second):
            close.add(second.entry.key)
            text = f"«{second.text}» also stands for '{first.german}', right beside it; say how they differ"
            yield second.finding(text)
    first_of: dict[str, String] = {}
    for string in translation.strings.values():
        first = first_of.setdefault(_folded(string.text), string)
        if first is not string and _alike(first, string) and string.entry.key not in close:
            yield string.finding(f"«{string.text}» also stands for '{first.german}'", Severity.INFO)


@check(Severity.INFO)
def homonym(translation: Translation) -> Iterator[Finding]:
    """A short German text with several meanings has a context, so that each can be translated for itself.

    For the author of the form: a text of one or two words that is a name here and a question there, or a
    word known for its meanings (Grund, Art, Satz …) in several places, wants `context:`.

    Bad: Art (of a school), Art (of an application) without context
    Good: Art with `context: school`, Art with `context: application`
    """
    for string in translation.strings.values():
        if string.entry.context or len(string.german.split()) > 2:
            continue
        kinds = {_KINDS.get(role, "sentence") for role in string.places.roles}
        if len(kinds) > 1:
            text = f"'{string.german}' stands as {_joined(string.places.roles)}; ask the form's author for `context:`"
            yield string.finding(text)
        elif string.german in HOMONYMS and len(string.places.texts) > 1:
            yield string.finding(f"'{string.german}' has several meanings; ask the form's author for `context:`")


def _lists(translation: Translation) -> Iterable[list[String]]:
    """Return the answers of each question, and the rows of each table, without texts used twice."""
    found: dict[DataPath, dict[int, String]] = {}
    for text, string in translation.placed():
        if text.role in _LISTED:
            found.setdefault(text.data[:-2], {})[id(string)] = string
    return [list(strings.values()) for strings in found.values()]


def _close(translation: Translation) -> Iterator[tuple[String, String]]:
    """Yield pairs that a reader sees side by side: answers of a question, a label and the next one."""
    for strings in _lists(translation):
        yield from itertools.combinations(strings, 2)
    labels = [(text.data[:2], string) for text, string in translation.placed() if text.role == "label"]
    for (section, first), (next_section, second) in itertools.pairwise(labels):
        if section == next_section:
            yield first, second


def _alike(first: String, second: String) -> bool:
    """Tell whether two German texts, which say different things, have one translation."""
    return _folded(first.text) == _folded(second.text) and _letters(first.german) != _letters(second.german)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _letters(text: str) -> str:
    """Return the letters and digits of a text in one case: what is left when it is read out quickly."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def _joined(roles: Iterable[str]) -> str:
    return " and as ".join(sorted(roles))
