"""Words as a dictionary would file them: folded, without endings and proclitics, so that inflections match.

No language is analysed here. A rendering is found where every word of it begins a word of the text, after a
few letters of ending are cut off, as many as inflection changes in that language. Too tolerant is right: a
check that asks "does the official term stand here?" must not stumble over a case or a possessive.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from formkit.i18n.languages import Language

# Letters with the marks that belong to them; an apostrophe parts a word from its suffix (Kita’ya).
WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f\u0962\u0963\u200c\u200d])+")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d]")
_ARABIC_FORMS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ي": "ي", "ی": "ي", "ک": "ك"}
)
# What is written onto the front of a word, one after the other: و and, ف so; ب by, ل for, ك as; the article,
# which melts with ل.
_PROCLITICS = (re.compile("^[وف]"), re.compile("^[بكل]"), re.compile("^(?:ال|ل)"))
_ARTICLE = re.compile("^ال")
_GERMAN = str.maketrans("äöüÄÖÜ", "aouAOU")
_TURKISH = str.maketrans({"İ": "i", "I": "ı"})
_APOSTROPHES = str.maketrans(dict.fromkeys("ʼ'`´‘", "’"))

# How many letters at the end of a word inflection may change, for words of up to 4, 5, 8 and more letters;
# languages that add endings and leave the word alone need none.
_CUT = {
    "en": (0, 0, 1, 1),
    "tr": (0, 1, 1, 1),
    "ar": (0, 0, 1, 1),
    "fa": (0, 0, 0, 0),
    "prs": (0, 0, 0, 0),
    "ur": (0, 1, 1, 1),
    "de": (0, 0, 1, 1),
    "de-simple": (0, 0, 1, 1),
}
_SLAVIC_CUT = (1, 1, 2, 4)
_INFLECTING = frozenset({"uk", "ru", "pl", "bg", "sr-Latn", "sr-Cyrl", "hr", "bs", "ro", "sq", "el"})


def fold(text: str, language: Language) -> str:
    """Return a text without differences that are no difference of words: case, vowel signs, umlauts of plurals.

    >>> from formkit.i18n.languages import LANGUAGES
    >>> fold("KISI", LANGUAGES["tr"])
    'kısı'
    """
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    if language.tag == "tr":
        text = text.translate(_TURKISH)
    elif language.tag in ("de", "de-simple"):
        text = text.translate(_GERMAN)
    if language.script == "Arab":
        text = _ARABIC_MARKS.sub("", text).translate(_ARABIC_FORMS)
    return text.casefold()


@lru_cache(maxsize=50_000)
def words(text: str, language: Language) -> frozenset[str]:
    """Return the folded words of a text; Arabic ones with and without what is written onto their front."""
    found = set(WORD.findall(fold(text, language)))
    if language.script == "Arab":
        for proclitic in _PROCLITICS:
            found |= {proclitic.sub("", word) for word in found if len(word) > 3}
    return frozenset(found)


def occurs(rendering: str, text: str, language: Language) -> bool:
    """Tell whether a rendering stands in a text, in whatever inflection.

    >>> from formkit.i18n.languages import LANGUAGES
    >>> occurs("допомога", "З допомогою держави", LANGUAGES["uk"])
    True
    """
    there = words(text, language)
    return all(any(word.startswith(stem) for word in there) for stem in stems(rendering, language))


@lru_cache(maxsize=5_000)
def stems(rendering: str, language: Language) -> tuple[str, ...]:
    """Return what every inflection of the words of a rendering begins with."""
    return tuple(_stem(word, language) for word in WORD.findall(fold(rendering, language)))


def _stem(word: str, language: Language) -> str:
    if language.script == "Arab" and len(word) > 3:
        word = _ARTICLE.sub("", word)
        return word.removesuffix("ه") if language.tag == "ar" else word
    cuts = _CUT.get(language.tag, _SLAVIC_CUT if language.tag in _INFLECTING else (0, 0, 1, 2))
    size = len(word)
    cut = cuts[0] if size <= 4 else cuts[1] if size == 5 else cuts[2] if size <= 8 else cuts[3]
    # What is not written in the language's own script, such as Jobcenter, is not inflected.
    if language.script != "Latn" and word.isascii():
        return word
    return word[: size - cut] if size - cut >= 2 else word
