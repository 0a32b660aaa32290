"""Checks of official terms: the glossary, and German words that must be found again on paper."""

from __future__ import annotations

from collections.abc import Iterator

from formkit.checks.glossary import Term, german_words
from formkit.checks.registry import check
from formkit.checks.stems import occurs
from formkit.checks.values import Finding, String, Translation
from formkit.definition.messages import Text
from formkit.problems import Severity


@check(Severity.WARNING, Severity.ERROR)
def glossary(string: String) -> Iterator[Finding]:
    """An official term is rendered as the glossary of the language allows.

    Inflections match, by the beginnings of words. A rendering that the glossary forbids because it misleads
    is an error, unless an allowed one stands beside it.

    Bad: Bescheid → uk «лист»
    Good: Ihres Bescheids → uk «вашого рішення»
    """
    for term in string.glossary.within(string.german):
        # Where the German term itself is kept, the reader finds it; so does who reads the glossary.
        if any(occurs(rendering, string.text, string.language) for rendering in (*term.allowed, term.german)):
            continue
        wrong = [each for each in term.forbidden if occurs(each, string.text, string.language)]
        if wrong:
            yield string.finding(f"'{term.german}' must not be «{wrong[0]}»; {_advice(term)}", Severity.ERROR)
        else:
            yield string.finding(f"'{term.german}' is rendered otherwise than agreed; {_advice(term)}")


@check(Severity.WARNING)
def keep_german(translation: Translation) -> Iterator[Finding]:
    """Offices, forms and benefits carry their German word once in the section whose author asks for it.

    The words are the `terms` of the section's questions. Who fills in the form must find them again on
    letters and doors.

    Bad: Jobcenter → uk «центр зайнятості» throughout a section
    Good: Wohngeld → uk «житлова допомога (Wohngeld)»
    """
    sections: dict[str, list[tuple[Text, String]]] = {}
    for text, string in translation.placed():
        sections.setdefault(_part(text), []).append((text, string))
    for placed in sections.values():
        for term in sorted({term for text, _ in placed for term in text.terms}):
            pattern = german_words(term)
            concerned = [string for _, string in placed if pattern.search(string.german)]
            if concerned and not any(_carries(string, term) for string in concerned):
                found = f"the German word '{term}' stands nowhere in this section; add it in brackets once"
                yield concerned[0].finding(found)


def _part(text: Text) -> str:
    """Return the section a text belongs to; what stands in none has no terms."""
    return ".".join(str(step) for step in text.data[:2])


def _carries(string: String, term: str) -> bool:
    return term.casefold() in string.text.casefold()


def _advice(term: Term) -> str:
    return "write " + " or ".join(f"«{rendering}»" for rendering in term.allowed)
