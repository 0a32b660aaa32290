"""Checks of one translated string: letters of the wrong script, language or keyboard, and directions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from formkit.checks.registry import check
from formkit.checks.stems import WORD
from formkit.checks.values import Finding, String, Translation, unspoken
from formkit.errors import MissingGlyph
from formkit.problems import Severity
from formkit.render.glyphs import drawable

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u052f"
_GREEK = "\u0370-\u03ff\u1f00-\u1fff"
_SCRIPTS = {
    "Latn": _LATIN,
    "Cyrl": _CYRILLIC,
    "Grek": _GREEK,
    "Arab": "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
    "Ethi": "\u1200-\u139f\u2d80-\u2ddf",
    "Deva": "\u0900-\u097f",
    "Hans": "\u3400-\u9fff",
}
_MIXED = re.compile(
    "|".join(
        f"[{one}][{other}]"
        for one in (_LATIN, _CYRILLIC, _GREEK)
        for other in (_LATIN, _CYRILLIC, _GREEK)
        if one != other
    )
)
_LETTER = {script: re.compile(f"[{letters}]") for script, letters in _SCRIPTS.items()}
# A letter of any other script.
_OTHER = {script: re.compile(rf"[^\W\d_{letters}]") for script, letters in _SCRIPTS.items()}
_ENOUGH = 0.6
# A German term in brackets is no text of the translation; nor is an abbreviation.
_BRACKETED = re.compile(r"\([^()]*\)")

# Letters that look right and are not the language's own, with those that are.
_KEYBOARD: dict[str, dict[str, str]] = {
    "fa": {"ي": "ی", "ى": "ی", "ك": "ک"},
    "prs": {"ي": "ی", "ى": "ی", "ك": "ک"},
    "ckb": {"ي": "ی", "ى": "ی", "ك": "ک"},
    "ur": {"ي": "ی", "ى": "ی", "ك": "ک"},
    "ro": {"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț"},
}
# Sorani writes its vowel e as U+06D5; U+0647 is its h and never ends a syllable.
_SORANI_E = re.compile("\u0647(?=\u200c|\\W|$)")
# Between two letters a kashida stretches the word; at its end it is customary (الـ 18, 1447 هـ).
_KASHIDA = re.compile("(?<=[\u0620-\u064a\u066e-\u06d3])\u0640+(?=[\u0620-\u063f\u0641-\u064a\u066e-\u06d3])")
_ENUMERATOR = re.compile(r"^\s*\(?\w{1,2}[).]\s")
# Letters that a language does not have, though its script does: they come from a neighbour's text.
_FOREIGN = {
    "ar": "پچژگ",
    "uk": "ыэёъ",
    "ru": "іїєґў",
    "bg": "ыэёіїєґ",
    "sr-Cyrl": "йыэёъьщюяіїєґ",
}
_STRONG = re.compile(f"[{_LATIN}{_CYRILLIC}{_GREEK}]|[{_SCRIPTS['Arab']}]")


@check(Severity.ERROR, Severity.WARNING)
def bidi(string: String) -> Iterator[Finding]:
    """Nothing turns the direction of the text round: no overrides, isolates closed; no right-to-left text begins Latin.

    The page isolates Latin words by itself, so these are no finding. A right-to-left text that begins with
    a Latin word may be taken for left-to-right by other programs: a warning.

    Bad: BIC (nur Ausland) → ar «BIC (للخارج فقط)»
    Good: BIC (nur Ausland) → ar «رمز BIC (للخارج فقط)»
    """
    for fault in string.faults:
        if fault.check == "bidi":
            yield string.finding(fault.text)
    if string.language.direction == "rtl":
        first = _STRONG.search(_ENUMERATOR.sub("", string.spoken))
        if first and first[0] not in _arabic(string) and _arabic(string):
            text = "the text begins with a Latin word; begin with a word of the language"
            yield string.finding(text, Severity.WARNING)


@check(Severity.WARNING)
def mixed_script(string: String) -> Iterator[Finding]:
    """A word is written in one script and with the letters of its language's keyboard.

    Latin, Cyrillic and Greek do not mix within a word (a hyphen parts words); Persian, Dari, Urdu and
    Sorani have their own yeh and kaf, Sorani its own e, Romanian its own s and t; no kashida.

    Bad: Name → uk «Прiзвище» (with a Latin i)
    Good: Name → uk «Прізвище», PDF → «PDF-файл»
    """
    text = string.text
    if text.isascii():
        return
    if match := _MIXED.search(text):
        word = next(word[0] for word in WORD.finditer(text) if word.start() <= match.start() < word.end())
        yield string.finding(
            f"'{word}' mixes scripts: '{match[0][0]}' is {_name(match[0][0])}, '{match[0][1]}' {_name(match[0][1])}"
        )
    for wrong, right in _KEYBOARD.get(string.language.tag, {}).items():
        if wrong in text:
            yield string.finding(
                f"'{wrong}' ({_name(wrong)}) is not a letter of this language; write '{right}' ({_name(right)})"
            )
    if string.language.tag == "ckb" and _SORANI_E.search(text):
        yield string.finding("U+0647 stands for the vowel e; write U+06D5 (ە)")
    if _KASHIDA.search(text):
        yield string.finding("a kashida (U+0640) stretches a word; remove it, the page justifies nothing")


@check(Severity.WARNING)
def wrong_script(string: String) -> Iterator[Finding]:
    """The translation is written in the script of its language, without letters that the language lacks.

    At least 60 % of the letters are of the expected script, apart from German words that are kept, German
    terms in brackets and abbreviations.

    Bad: Straße → uk «Vulytsia»
    Good: Wohngeld → ar «إعانة السكن (Wohngeld)»
    """
    text = string.text
    for letter in _FOREIGN.get(string.language.tag, ""):
        # Words that come with the German text bring their own letters.
        if letter in text and not _kept(letter, string):
            yield string.finding(f"'{letter}' is no letter of {string.language.english}")
    script = string.language.script
    if script not in _OTHER or not _OTHER[script].search(text):
        return
    pattern = _LETTER[script]
    left = " ".join(word for word in WORD.findall(_own(string)) if not _is_kept(word, string))
    letters = sum(map(str.isalpha, left))
    right = len(pattern.findall(left))
    if letters and right < _ENOUGH * letters:
        yield string.finding(
            f"only {100 * right // letters} % of the letters are in the script of {string.language.english}"
        )


@check(Severity.ERROR)
def missing_glyph(translation: Translation) -> Iterator[Finding]:
    """Every character can be printed: some font of the package draws it.

    Bad: Telefon → «☎ Telefon» (no font has the telephone)
    Good: Telefon → «Telefon»
    """
    try:
        known = _printable(drawable(translation.language))
    except MissingGlyph as error:
        yield translation.finding(f"{error.message}; {error.advice}")
        return
    for string in translation.strings.values():
        for character in sorted({*string.text} - known):
            text = f"no font of the package draws '{character}' ({_name(character)}); write it otherwise"
            yield string.finding(text)


def unified(text: str, tag: str) -> str:
    """Return a text with the letters of its language's keyboard and without kashida: what needs no thinking."""
    for wrong, right in _KEYBOARD.get(tag, {}).items():
        text = text.replace(wrong, right)
    if tag == "ckb":
        text = _SORANI_E.sub("\u06d5", text)
    return _KASHIDA.sub("", text)


@cache
def _printable(points: frozenset[int]) -> frozenset[str]:
    """Return the characters that some font draws, given its code points, or that need none."""
    drawn = frozenset(map(chr, points))
    needless = (char for char in map(chr, range(0x2100)) if char.isspace() or unicodedata.category(char) == "Cf")
    return drawn.union(needless)


def _arabic(string: String) -> set[str]:
    return {*_LETTER["Arab"].findall(string.spoken)}


def _own(string: String) -> str:
    """Return the translation without brackets that hold no letter of the language's script."""
    pattern = _LETTER[string.language.script]
    return _BRACKETED.sub(lambda match: match[0] if pattern.search(match[0]) else " ", string.spoken)


def _is_kept(word: str, string: String) -> bool:
    """Tell whether a word is an abbreviation, or stands in the German text, perhaps as a part of a word."""
    return word.isupper() or word.casefold() in string.german.casefold()


def _kept(letter: str, string: String) -> bool:
    """Tell whether a letter stands only in words of the German text."""
    return all(_is_kept(word, string) for word in WORD.findall(unspoken(string.text)) if letter in word)


def _name(character: str) -> str:
    return f"{unicodedata.name(character, 'a character without name').capitalize()}, U+{ord(character):04X}"
