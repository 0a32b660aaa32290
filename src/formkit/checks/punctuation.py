"""Checks of one translated string: how it ends, what it opens and closes, what it says twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from formkit.checks.registry import check
from formkit.checks.stems import fold
from formkit.checks.values import Finding, String
from formkit.problems import Severity

# The marks of one class mean the same at the end of a text, whatever the script.
_CLASSES = {
    "question mark": "?؟;՞፧？",
    "colon": ":：՝፡",
    "full stop": ".。۔።।։",
    "exclamation mark": "!！՜",
    "ellipsis": "…",
}
_CLASS = {mark: name for name, marks in _CLASSES.items() for mark in marks}
# Greek asks with ';', Arabic script with '؟'.
_OWN_QUESTION = {"Arab": "؟", "Grek": ";"}
_LABEL_ROLES = frozenset({"label", "short", "option", "row", "section title"})
_BEHIND = " \t\n\u00a0*)]\"'»«›‹”“’‘」』"
_WORD_BEFORE_STOP = re.compile(r"(\w+)\.$")
_SHORT, _SENTENCE = 6, 4
_SHORTENED = "nr no str usw bzw ca tel ff abs art evtl ggf etc inkl zzgl тиж буд ін ст обл руб грн т д"
_ABBREVIATIONS = frozenset(_SHORTENED.split())
_QUOTES = re.compile('[„“”«»‟"]')
_BRACKET = re.compile(r"[()\[\]]")
# The ending of another gender or number, as in Vorname(n), is no matter of brackets.
_OPTIONAL_ENDING = re.compile(r"(?<=\w)\(\w{1,6}\)")
# a) b) 1. before an answer closes what nothing opened.
_ENUMERATOR = re.compile(r"(?:^|(?<=\s))\w{1,2}\)")
_TWICE = re.compile(r"(?<![\w’'-])([^\W\d_]{2,}) +\1(?![\w’'-])", re.IGNORECASE)
# Words that a language doubles on purpose; "*" where it may double any, as grammar.
_DOUBLED = {
    "ar": "شيئا يوما واحدا رويدا",
    "de-simple": "die das der sie ihnen",
    "en": "that had",
    "es": "poco",
    "fa": "کم یک تک دسته گروه بار",
    "fr": "vous nous",
    "it": "piano via mano",
    "prs": "کم یک تک دسته گروه بار",
    "tr": "yavaş sık tek bir ayrı adım zaman gün iki üç ara parça kat teker sıra başka hemen tane çeşit",
    **dict.fromkeys(("am", "ckb", "hi", "kmr", "ps", "so", "ti", "ur", "vi", "zh-Hans"), "*"),
}


@check(Severity.WARNING)
def end_punctuation(string: String) -> Iterator[Finding]:
    """A question stays a question: colon, question mark, full stop and ellipsis at the end are kept.

    Each language ends in its own way: ؟ in Arabic script, ; in Greek, ። in Tigrinya. Full stops of
    abbreviations do not count. Einfache Sprache may turn labels into questions.

    Bad: Wo? → أين
    Good: Wo? → أين؟
    """
    if string.language.tag == "de-simple":
        return
    german, ours = _ending(string.german), _ending(string.text)
    own = _OWN_QUESTION.get(string.language.script)
    if german == ours == "question mark" and own and own not in string.text:
        yield string.finding(f"the question ends with '?'; {string.language.english} writes '{own}'")
    elif ours == "colon" and string.places.roles & _LABEL_ROLES:
        return  # label-colon says so
    elif german != ours and not (_abbreviated(string.german) or _abbreviated(string.text)):
        here = f"a {ours}" if ours else "no mark"
        there = f"a {german}" if german else "no mark"
        yield string.finding(f"the text ends with {here}, the German text with {there}")


@check(Severity.WARNING)
def brackets(string: String) -> Iterator[Finding]:
    """Brackets and quotation marks close again, and none of the German text's are lost.

    A translation may have more, for the German term or an explanation; the style of quotation marks is
    free; "a)" opens nothing; the ending of another gender or number, Partner(in), is none. Einfache Sprache
    may say in a sentence what stands in brackets.

    Bad: (freiwillig) → fr «(facultatif»
    Good: (freiwillig) → fr «(facultatif)»
    """
    german, ours = _pairs(string.german), _pairs(string.text)
    if ours == german:
        return
    if ours is None:
        yield string.finding("a bracket or quotation mark is not closed, or closed without being open")
    elif german is None or string.language.tag == "de-simple":
        return
    elif ours[0] < german[0]:
        yield string.finding(f"{german[0]} pairs of brackets in the German text, {ours[0]} in the translation")
    elif ours[1] < german[1]:
        yield string.finding(f"{german[1]} quotations in the German text, {ours[1]} in the translation")


@check(Severity.WARNING)
def doubled_word(string: String) -> Iterator[Finding]:
    """No word stands twice in a row, unless the language doubles it on purpose.

    Bad: Name der Schule → en «Name of the the school»
    Good: langsam → tr «yavaş yavaş»
    """
    allowed = _DOUBLED.get(string.language.tag, "")
    if allowed == "*":
        return
    for match in _TWICE.finditer(string.spoken):
        if fold(match[1], string.language) not in fold(allowed, string.language).split():
            yield string.finding(f"'{match[1]}' stands twice in a row")


@check(Severity.WARNING)
def label_colon(string: String) -> Iterator[Finding]:
    """A label ends without a colon, in either language; the page adds what it needs.

    Bad: Vorname: → Ім’я:
    Good: Vorname → Ім’я
    """
    if string.places.roles & _LABEL_ROLES:
        for text, which in ((string.german, "German text"), (string.text, "translation")):
            if _ending(text) == "colon":
                yield string.finding(f"the {which} of this label ends with a colon; remove it")


@lru_cache(maxsize=20_000)
def _ending(text: str) -> str:
    """Return the class of the mark at the end, "" for none; brackets with nothing behind hide what is inside."""
    core = text.rstrip(" \t\n*\u00a0")
    if core.endswith("..."):
        return "ellipsis"
    if core[-1:] in ")]":
        return ""
    return _CLASS.get(core.rstrip(_BEHIND)[-1:], "")


def _abbreviated(text: str) -> bool:
    """Tell whether the full stop at the end is that of an abbreviation rather than of a sentence."""
    last = _WORD_BEFORE_STOP.search(text.rstrip(_BEHIND))
    if last is None:
        return False
    return last[1].casefold() in _ABBREVIATIONS or (len(last[1]) <= _SHORT and len(text.split()) < _SENTENCE)


@lru_cache(maxsize=20_000)
def _pairs(text: str) -> tuple[int, int] | None:
    """Count the pairs of brackets and of quotation marks, None where they do not pair up."""
    if not (_BRACKET.search(text) or _QUOTES.search(text)):
        return (0, 0)
    text = _OPTIONAL_ENDING.sub("", text)
    open_ones: list[str] = []
    count = 0
    for bracket in _BRACKET.findall(_ENUMERATOR.sub("", text) if _lone(text) else text):
        if bracket in "([":
            open_ones.append(bracket)
        elif not open_ones or open_ones.pop() != {")": "(", "]": "["}[bracket]:
            return None
        else:
            count += 1
    quotes = len(_QUOTES.findall(text))
    return None if open_ones or quotes % 2 else (count, quotes // 2)


def _lone(text: str) -> bool:
    return text.count(")") > text.count("(")
