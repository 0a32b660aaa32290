"""Checks of style: how the reader is addressed, and the rules of Einfache Sprache."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formkit.checks.law import without_law
from formkit.checks.registry import check
from formkit.checks.stems import WORD
from formkit.checks.values import Finding, String
from formkit.problems import Severity

# Words by which a language says du; forms are polite in all of them.
FAMILIAR = {
    "de-simple": "du dich dir dein deine deinen deinem deiner deines",  # codespell:ignore deine,deines
    "uk": "ти тебе тобі тобою твій твоя твоє твої твого твоєї твоїх твоєму",
    "ru": "ты тебя тебе тобой твой твоя твоё твое твои твоего твоей твоих твоему",
    "bg": "ти тебе твой твоя твое твои твоят твоята",
    "pl": "ty ciebie tobie tobą twój twoja twoje twoi twojego twojej twoim",
    "tr": "sen seni sana senin sende senden seninle",
    "fr": "tu toi ton tes",  # codespell:ignore toi
    "es": "tú ti contigo tuyo tuya",
    "it": "tu tuo tua tuoi tue",
    "ro": "tu tine ție tău ta tăi tale",
    "pt": "tu teu tua teus tuas",
    "sq": "ti ty yti jote",
    "sr-Latn": "tebe tebi tobom tvoj tvoja tvoje",
    "sr-Cyrl": "тебе теби тобом твој твоја твоје",
    "hr": "tebe tebi tobom tvoj tvoja tvoje",
    "bs": "tebe tebi tobom tvoj tvoja tvoje",
    "el": "εσύ εσένα δικός",
    "fa": "تو",
    "prs": "تو",
    "ur": "تم تو تمہارا تمہاری",
    "hi": "तुम तू तुम्हारा तुम्हारी",
    "kmr": "tu te",  # codespell:ignore te
    "ckb": "تۆ",
    "so": "adiga",
}

_FAMILIAR = {
    tag: re.compile(rf"(?<!\w)(?:{words.replace(' ', '|')})(?!\w)", re.IGNORECASE) for tag, words in FAMILIAR.items()
}

MAX_WORDS, MAX_LETTERS = 15, 15
# Where a full stop ends no sentence: the day of a date, and these abbreviations.
_NO_END = re.compile(r"(?<=\d)\.(?=\s)|\b(?:z|B|d|h|u|a|Nr|Art|Abs|Buchst|ff|Str|ca|bzw|usw|Tel|Haus-Nr)\.")
_SENTENCE_END = re.compile(r"[.!?:;…]+(?:\s|$)|\n")
_GENITIVE = re.compile(
    r"\b(?:des|eines|meines|[iI]hres|seines|dieses|jedes|keines|unseres) (?:\w+e[nrs] )?[A-ZÄÖÜ][\w-]*n?e?s\b"
)
_SUBJUNCTIVE = re.compile(r"\b(?:wär|würd|hätt|könnt|müsst|dürft|möcht)e(?:n|st|t)?\b", re.I)
_APART = re.compile(r"\([^()]*\)|„[^“]*“|\{\w+\}")


@check(Severity.INFO)
def form_of_address(string: String) -> Iterator[Finding]:
    """The reader is addressed politely throughout, as Sie, ви or вы.

    Bad: Ihr Name → uk «Твоє ім’я»
    Good: Ihr Name → uk «Ваше ім’я»
    """
    familiar = _FAMILIAR.get(string.language.tag)
    found = familiar.search(string.spoken) if familiar else None
    if found:
        yield string.finding(f"'{found[0]}' is the familiar form; address the reader politely")


@check(Severity.INFO)
def plain_german(string: String) -> Iterator[Finding]:
    """Einfache Sprache has short sentences and words, no genitive, no Konjunktiv, and § only in brackets.

    At most 15 words a sentence; words of more than 15 letters are hyphenated, unless they are official terms
    of the glossary or stand in brackets.

    Bad: Der Abgabetermin des Einkommensteuerbescheides wäre …
    Good: Wann geben Sie den Einkommens-Nachweis ab?
    """
    if string.language.tag != "de-simple":
        return
    text = _APART.sub(" ", string.text)
    if long := [sentence for sentence in _sentences(text) if len(sentence.split()) > MAX_WORDS]:
        yield string.finding(
            f"a sentence of {len(long[0].split())} words; write at most {MAX_WORDS}: '{long[0][:40]}…'"
        )
    if genitive := _GENITIVE.search(text):
        yield string.finding(f"'{genitive[0]}' is a genitive; write 'von' or turn the sentence round")
    if subjunctive := _SUBJUNCTIVE.search(text):
        yield string.finding(f"'{subjunctive[0]}' is a Konjunktiv; say it as it is")
    if "§" in text and any(map(str.isalpha, without_law(text))):
        yield string.finding("§ stands outside brackets; put the law in brackets behind what it says")
    for word in _long_words(text):
        if not _official(word, string):
            yield string.finding(f"'{word}' is long; part it with a hyphen or use a shorter word")


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(_NO_END.sub(" ", text)) if part]


def _long_words(text: str) -> list[str]:
    return list(dict.fromkeys(word for word in WORD.findall(text) if len(word) > MAX_LETTERS))


def _official(word: str, string: String) -> bool:
    terms = (*string.glossary.terms, *string.places.terms)
    return any(part and word.startswith(part) for term in terms for part in term.split())
