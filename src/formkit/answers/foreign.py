"""Whether a person's own words need a translation into German before an office can read them.

Letters of another script tell for certain. A text in Latin letters is judged only where the form was filled in
in another language: it counts as German if it holds some of the commonest German words, which no other
language of the table shares (§ 19 Abs. 2 SGB X; the office decides).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The commonest words of German; those that other languages write alike (die, in, an, war) are left out.
_COMMON = (
    "der das und ist nicht ich wir mit für auf dem den ein eine einen einem einer sich es auch bei nach wird werden "
    "hat haben zum zur wenn weil dass aber oder unser unsere mein meine sein seine ihr ihre kein keine muss kann "
    "wegen sehr schule kind sohn tochter hier mehr noch seit dort jetzt nächste näher"
)
_GERMAN = frozenset(_COMMON.split())
_WORD = re.compile(r"[^\W\d_]+")
_GERMAN_TAGS = frozenset({"de", "de-simple"})
_FEW = 3


def other_script(text: str) -> bool:
    """Tell whether a text holds letters that are not Latin.

    >>> other_script("Straße 3"), other_script("Улица 3")
    (False, True)
    """
    return not text.isascii() and any(_foreign(char) for char in text)


@lru_cache(maxsize=4096)
def _foreign(char: str) -> bool:
    return char.isalpha() and not unicodedata.name(char, "").startswith(("LATIN ", "FEMININE ", "MASCULINE ", "MICRO "))


def needs_translation(text: str, language: str, *, prose: bool) -> bool:
    """Tell whether a text is in another language than German.

    Takes the text, the tag of the language the form was filled in, and whether it is `prose`, whole sentences;
    names, streets and numbers in Latin letters are never judged.
    """
    if other_script(text):
        return True
    if language in _GERMAN_TAGS or not prose:
        return False
    words = [word.casefold() for word in _WORD.findall(text)]
    return len(words) >= _FEW and not any(word in _GERMAN for word in words)
