"""How alike a question of a form and a field of a foreign PDF are, by their words: German forms' words are known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

# Words of German forms that mean the same; on the right the one that stands for them.
_SAME: Mapping[str, str] = {
    word: one
    for one, words in {
        "familienname": "name nachname zuname nachn nn surname lastname familyname famname",
        "vorname": "vornamen rufname vorn vn firstname givenname",
        "geburtsdatum": "geb gebdat gebdatum geburtstag dob birthdate geburt",
        "geburtsort": "gebort",
        "postleitzahl": "plz zip postcode",
        "ort": "wohnort stadt city town gemeinde",
        "strasse": "str street anschrift",
        "hausnummer": "hausnr hnr",
        "telefon": "tel telefonnummer phone fon handy mobil",
        "email": "mail emailadresse",
        "iban": "kontonummer konto",
        "bic": "swift",
        "nummer": "nr no num number",
        "aktenzeichen": "az geschaeftszeichen gz",
        "datum": "date dat",
        "kind": "kindes kinder child",
        "antragsteller": "antragstellerin antragstellers ast applicant person",
        "schule": "schulname school",
        "klasse": "schulklasse",
        "grund": "begruendung warum weshalb",
    }.items()
    for word in words.split()
}
_EMPTY = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "ein",
        "eine",
        "einer",
        "eines",
        "und",
        "oder",
        "von",
        "vom",
        "zu",
        "zum",
        "zur",
        "im",
        "in",
        "am",
        "an",
        "auf",
        "bei",
        "fur",
        "fuer",
        "mit",
        "ist",
        "sie",
        "ihr",
        "ihre",
        "ihren",
        "ihnen",
        "bitte",
        "feld",
        "field",
        "text",
        "txt",
        "textfeld",
        "form",
        "topmostsubform",
        "page",
        "seite",
        "undefined",
        "the",
        "of",
        "welche",
        "welcher",
        "welches",
        "wie",
        "was",
    ]
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")
_WORDS = re.compile(r"[^\W_]+")
_PREFIX = 4


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a text that mean something: folded, abbreviations written out, in order.

    >>> tokens("txtGebDatum_1 (Straße)")
    ('geburtsdatum', 'datum', '1', 'strasse')
    """
    found = (folded(word) for word in _WORDS.findall(_CAMEL.sub(" ", text)))
    return tuple(_SAME.get(word, word) for word in found if word not in _EMPTY)


def folded(word: str) -> str:
    """Return a word in small letters of the plain alphabet; umlauts as two letters."""
    spelt = word.casefold().replace("ß", "ss").replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
    return "".join(each for each in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(each))


def keys(words: Iterable[str]) -> frozenset[str]:
    """Return by what words are looked up: two that have none of these in common are not compared."""
    return frozenset(word[:_PREFIX] for word in words if not word.isdigit())


def alike(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Return from 0 to 100 how alike two lists of words are; more words on one side weigh a little against it."""
    if not first or not second:
        return 0.0
    one, other = " ".join(first), " ".join(second)
    if one == other:
        return 100.0
    return 0.6 * fuzz.token_set_ratio(one, other) + 0.4 * fuzz.token_sort_ratio(one, other)
