"""The check of opposites that must never be exchanged, and the opposites of each language it knows."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from formkit.checks.registry import check
from formkit.checks.stems import WORD, fold
from formkit.checks.values import Catalogues, Finding, String
from formkit.problems import Severity

# German opposites; the translations of one are never those of the other.
PAIRS = (
    ("Ja", "Nein"),
    ("Pflichtfeld", "freiwillig"),
    ("Pflichtangabe", "freiwillig"),
    ("Mutter", "Vater"),
    ("männlich", "weiblich"),
    ("Einkommen", "Ausgaben"),
)

# Yes and no in each language: "Ja" never begins with a word of the right side, nor "Nein" with one of the left.
YES_NO = {
    "de-simple": ("ja", "nein"),
    "uk": ("так", "ні"),
    "ar": ("نعم", "لا كلا"),
    "tr": ("evet", "hayır"),
    "ro": ("da", "nu"),
    "ru": ("да", "нет"),
    "en": ("yes", "no"),
    "fa": ("بله آری", "نه خیر"),
    "prs": ("بلی بله", "نه نخیر"),
    "pl": ("tak", "nie"),
    "bg": ("да", "не"),
    "kmr": ("erê belê", "na"),
    "ckb": ("بەڵێ", "نەخێر"),
    "ti": ("እወ", "ኣይፋል አይፋል"),
    "ps": ("هو", "نه"),
    "so": ("haa", "maya"),  # codespell:ignore haa
    "fr": ("oui", "non"),
    "sq": ("po", "jo"),
    "sr-Latn": ("da", "ne"),
    "sr-Cyrl": ("да", "не"),
    "hr": ("da", "ne"),
    "bs": ("da", "ne"),
    "es": ("sí si", "no"),
    "it": ("sì si", "no"),
    "el": ("ναι", "όχι"),
    "pt": ("sim", "não"),
    "vi": ("có", "không"),
    "am": ("አዎ", "አይ"),
    "ur": ("ہاں", "نہیں"),
    "hi": ("हाँ हां", "नहीं"),
}
_GERMAN_ANSWER = re.compile(r"(Ja|Nein)(?=[,.!: ]|$)")


@check(Severity.ERROR)
def yes_no(catalogues: Catalogues) -> Iterator[Finding]:
    """Ja and Nein, mother and father, income and expenses are never exchanged, in any catalogue of a language.

    No translation of one is a translation of the other, and what begins with Ja does not begin with the
    language's word for no.

    Bad: Ja → tr «Hayır»
    Good: Ja → tr «Evet»
    """
    strings = list(catalogues.strings())
    meanings: dict[str, dict[str, String]] = {}
    for string, _ in strings:
        if any(string.german in pair for pair in PAIRS):
            meanings.setdefault(string.german, {}).setdefault(_folded(string), string)
    for string, checked in strings:
        if checked:
            yield from itertools.islice((*_exchanged(string, meanings), *_wrong_answer(string)), 1)


def _exchanged(string: String, meanings: dict[str, dict[str, String]]) -> Iterator[Finding]:
    for first, second in PAIRS:
        opposite = second if string.german == first else first if string.german == second else ""
        other = meanings.get(opposite, {}).get(_folded(string)) if opposite else None
        if other:
            text = (
                f"«{string.text}» stands for '{string.german}' here and for its opposite '{opposite}' in {other.where}"
            )
            yield string.finding(text)


def _wrong_answer(string: String) -> Iterator[Finding]:
    answer = _GERMAN_ANSWER.match(string.german)
    words = YES_NO.get(string.language.tag)
    if answer is None or words is None:
        return
    first = WORD.search(fold(string.text, string.language))
    wrong = words[1] if answer[1] == "Ja" else words[0]
    if first and first[0] in fold(wrong, string.language).split():
        yield string.finding(f"the German begins with '{answer[1]}', the translation with the opposite («{first[0]}»)")


def _folded(string: String) -> str:
    return fold(string.text, string.language)
