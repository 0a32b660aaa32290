"""Checks of one translated string: what must be kept of the German text, and its edges."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from formkit.checks.law import without_law
from formkit.checks.registry import check
from formkit.checks.stems import WORD, fold
from formkit.checks.values import Finding, String, unspoken
from formkit.i18n.languages import GERMAN
from formkit.problems import Severity

_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[a-z]+|#x?[0-9a-f]+);", re.I)
# Soft hyphen, zero-width space, word joiner, byte order mark: invisible, and no two programs treat them alike.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_DOUBLE_SPACE = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_FIXED_SPACE = re.compile("[\u00a0\u202f]")
# A fixed space keeps a figure with its unit, a number with its sign (№ 3, § 28), a blank with its euro sign.
_BEFORE_UNIT = re.compile("(?<=[0-9}§№])[\u00a0\u202f]|[\u00a0\u202f](?=[0-9{€%°])")
# Words that languages have taken over, or names: the same letters are right in most of them.
_TAKEN_OVER = """
    agentur app auto bank bus cafe chef code computer dari e-mail email euro farsi fax film foto handy hotel
    information instrument internet job kilometer klasse kultur kurs link mail mathematik minute mobil museum musik
    name note oma online opa park pass pdf person physik plus post problem radio restaurant service sms
    somali sorani sport student system taxi team telefon test text theater ticket tigrinya tourist version video
    visum website zentrum zoo
"""
LOANS = frozenset(_TAKEN_OVER.split())


@check(Severity.ERROR)
def placeholders(string: String) -> Iterator[Finding]:
    """Every {placeholder} of the German text stands in the translation, as often; their order is free.

    Bad: {n} Kinder → дітей
    Good: {n} Kinder → {n} дітей
    """
    yield from _unsafe(string, "placeholders")


@check(Severity.ERROR)
def markup(string: String) -> Iterator[Finding]:
    """The marks ** and * and the links of the German text stand in the translation, and there is no HTML.

    Bad: **Nur Kopien** → **Лише копії
    Good: **Nur Kopien** → **Лише копії**
    """
    yield from _unsafe(string, "markup")
    tag = _HTML.search(string.text) if "<" in string.text or "&" in string.text else None
    if tag and tag[0] not in string.german:
        yield string.finding(f"'{tag[0]}' is HTML and would be printed as it stands; use ** or * for emphasis")


@check(Severity.ERROR)
def edges(string: String) -> Iterator[Finding]:
    """White space stands where the German text has it, once, and no invisible character hides in the text.

    Leading and trailing space are those of the German text; there is no double space; letters with marks
    are composed (NFC); no soft hyphen or zero-width space; a no-break space only before a unit, or in French.

    Bad: Ort → «Ort » (a blank at the end)
    Good: Ort → «Ort»
    """
    yield from _unsafe(string, "edges")
    text, german = string.text, string.german
    if text[:1].isspace() is not german[:1].isspace() or text[-1:].isspace() is not german[-1:].isspace():
        yield string.finding("white space at the beginning or end differs from the German text")
    if "  " in text and _DOUBLE_SPACE.search(text) and not _DOUBLE_SPACE.search(german):
        yield string.finding("two blanks in a row; keep one")
    if text.isascii():
        return
    if not unicodedata.is_normalized("NFC", text):
        yield string.finding("letters and their marks are stored apart; save the text in NFC")
    if (hidden := _INVISIBLE.search(text)) and hidden[0] not in german:
        yield string.finding(f"an invisible {_name(hidden[0])} stands in the text; remove it")
    if string.language.tag != "fr" and (fixed := _FIXED_SPACE.search(_BEFORE_UNIT.sub("", text))):
        yield string.finding(f"a {_name(fixed[0])} stands where no unit follows; write a plain blank")


@check(Severity.ERROR)
def length(string: String) -> Iterator[Finding]:
    """The translation is not many times as long as the German text, and no word is longer than a line.

    Such a text is a slip or an attack; a page with it would take minutes to lay out.

    Bad: Ort → «Місце проживання …» and three hundred characters more
    Good: Ort → «Місце проживання»
    """
    yield from _unsafe(string, "length")


@check(Severity.WARNING)
def unchanged(string: String) -> Iterator[Finding]:
    """The translation is not simply the German text.

    Abbreviations, names, words that many languages share (Telefon, Online), terms that stay German and
    Einfache Sprache are no findings.

    Bad: Familienname → pl «Familienname»
    Good: Familienname → pl «Nazwisko»
    """
    if string.language.tag == "de-simple" or string.text.casefold() != string.german.casefold():
        return
    kept = {word for term in string.places.terms for word in _words(term)}
    left = sorted(_words(without_law(string.german)) - kept - LOANS)
    if left and not string.glossary.keeps(string.german):
        yield string.finding(f"the translation is the German text ('{left[0]}'); translate it")


def tidied(text: str, german: str) -> str:
    """Return a translation as `edges` wants it, where that needs no thinking: NFC, single blanks, edges."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    core = text.strip() if _DOUBLE_SPACE.search(german) else _DOUBLE_SPACE.sub(" ", text).strip()
    before = german[: len(german) - len(german.lstrip())]
    behind = german[len(german.rstrip()) :]
    return before + core + behind


def _unsafe(string: String, check_id: str) -> Iterator[Finding]:
    for fault in string.faults:
        if fault.check == check_id:
            yield string.finding(fault.text)


def _words(text: str) -> set[str]:
    """Return the folded words of a text that are neither abbreviations (WoFG) nor very short."""
    found = (word for word in WORD.findall(unspoken(text)) if len(word) > 2 and word[1:].islower())
    return {fold(word, GERMAN) for word in found}


def _name(character: str) -> str:
    return f"{unicodedata.name(character).lower()} (U+{ord(character):04X})"
