"""Checks of one translated string: numbers, dates, and what must be copied letter by letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from formkit.checks.law import ROMAN, without_law
from formkit.checks.registry import check
from formkit.checks.stems import WORD
from formkit.checks.values import Finding, String, unspoken
from formkit.problems import Severity

# Arabic, Persian and Devanagari digits.
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९", "0123456789" * 3)
_DATE = re.compile(
    r"(?<![\d.])(?:(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})|(?P<Y>\d{4})[-/.](?P<M>\d{1,2})[-/.](?P<D>\d{1,2}))(?!\d)"
)
_MONTH = re.compile(r"(?<![\d.])(?P<m>0?[1-9]|1[0-2])[./](?P<y>\d{4})(?!\d)")
# Behind a letter a figure is a part of a name or unit: B1, cm3.
_NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?:[.,٬'’ \u00a0\u202f]\d{3}(?!\d))*(?:[.,٫]\d+)?")
_SEPARATOR = re.compile(r"\D")
_ANY_DIGIT = re.compile(r"\d")
_DECIMAL = re.compile(r"(.*)[.,٫](\d{1,2})")
_NUMERAL = re.compile(r"(?<!\w)[IVX]{1,5}(?!\w)")
_REFERENCE = re.compile(
    r"\b(?:Abschnitte?s?|Teil|Frage|Nummer|Nr\.|Punkt|Zeile|Seite|Kapitel)\s(?P<number>\d+(?:\.\d+)*[a-z]?)(?!\w)"
    r"|\bAnlagen?\s(?P<letter>[A-Z]\d?|\d+)(?!\w)"
)
# A number up to this may be written as a word.
_SPELLED = 20
# German words that another language may write in digits, by the beginning of the word.
_WORDS = {
    "1": "ein erst",
    "2": "zwei beid doppel",
    "3": "drei dritt",
    "4": "vier",
    "5": "fünf",
    "6": "sechs halb",
    "7": "sieb",
    "8": "acht",
    "9": "neun",
    "10": "zehn",
    "11": "elf",
    "12": "zwölf jahr",
    "18": "volljährig minderjährig",
    "24": "tag",
    "100": "hundert prozent",
}

_CONTACTS = (
    ("e-mail address", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("address on the web", re.compile(r"(?:https?://|www\.)[^\s()<>»”“\"]*[^\s()<>»”“\".,;:!?]")),
    ("IBAN", re.compile(r"\b[A-Z]{2}\d{2}(?: ?[0-9A-Z]{4}){3,7}(?: ?[0-9A-Z]{1,3})?\b")),
    ("BIC", re.compile(r"\b[A-Z]{4}DE[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")),
    ("telephone number", re.compile(r"(?<![\w.,/-])(?:\+\d|0\d)[\d \u00a0/()-]{4,30}\d(?![\d.])")),
    ("postal line", re.compile(r"(?<!\d)\d{5} [A-ZÄÖÜ][a-zäöüß]+(?:[ -][A-ZÄÖÜ][a-zäöüß]+)*")),
)
_MAY_BE_CONTACT = re.compile(r"@|www\.|://|[A-Z]{4}DE|[A-Z]{2}\d\d|[+0]\d[\d \u00a0/()-]{4}|\d{5} ")


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a text, as often as they stand, in a spelling that all languages share.

    `known` are all numbers that a translation may show, `references` name places on paper and are kept as
    they are.
    """

    numbers: Mapping[str, int]
    references: tuple[str, ...]
    known: frozenset[str]


@check(Severity.WARNING, Severity.ERROR)
def numbers(string: String) -> Iterator[Finding]:
    """The numbers of the German text stand in the translation, and no others.

    Digits of other scripts, separators and the format of dates are free; small numbers may be spelled out,
    and an explanation may repeat one. What refers to a place on paper (Abschnitt 4.1, Zeile 2, Anlage L)
    must be kept: an error.

    Bad: bis 3 km → «8 km»
    Good: 4 Wochen → «чотири тижні», 01.01.2026 → «2026/1/1»
    """
    german, text = _german(string.german), string.text.translate(_DIGITS)
    if not german.known and not german.references and not _ANY_DIGIT.search(text):
        return
    lost = [each for each in german.references if not re.search(rf"(?<![\w.]){re.escape(each)}(?!\w|\.\d)", text)]
    for reference in lost:
        yield string.finding(f"'{reference}', which names a place on paper, is missing", Severity.ERROR)
    ours = _numbers(without_law(unspoken(text)))
    foreign = [number for number in ours if number not in german.known and not _worded(number, string.german)]
    missing = [number for number in german.numbers if ours[number] < german.numbers[number] and not _told(number, ours)]
    # A small number that is not there may be a word; with another number in its place it is a mistake.
    if not lost and (foreign or any(_large(number) for number in missing)):
        yield string.finding(_difference(missing, foreign))


@check(Severity.ERROR)
def contact_data(string: String) -> Iterator[Finding]:
    """Telephone numbers, IBAN, BIC and addresses of mail, web and post are copied letter by letter.

    Bad: 07151 501-0 → «07151 501 0»
    Good: name@beispiel.de → «name@beispiel.de»
    """
    german = contacts(unspoken(string.german))
    for kind, value in german:
        if value not in string.text:
            yield string.finding(f"the {kind} '{value}' is not copied letter by letter")
    kinds = {"postal line", *(kind for kind, _ in german)}
    for kind, value in contacts(string.spoken):
        if kind not in kinds:
            yield string.finding(f"the {kind} '{value}' does not stand in the German text")


@lru_cache(maxsize=20_000)
def contacts(text: str) -> tuple[tuple[str, str], ...]:
    """Return the contact data of a text, each with what it is."""
    if not _MAY_BE_CONTACT.search(text):
        return ()
    found = []
    text = _DATE.sub(" ", text)
    for kind, pattern in _CONTACTS:
        found += [(kind, match) for match in pattern.findall(text)]
        text = pattern.sub(" ", text)
    return tuple(found)


@lru_cache(maxsize=20_000)
def _german(text: str) -> Figures:
    """Return the numbers of a German text; those of legal references and contact data need not be repeated."""
    everything = unspoken(text)
    own = without_law(everything)
    for _, value in contacts(own):
        own = own.replace(value, " ")
    references = tuple(match["number"] or match["letter"] for match in _REFERENCE.finditer(own))
    found = _numbers(_REFERENCE.sub(" ", own))
    parts = {part for date in found for part in date.split("-")}
    known = {*_numbers(everything), *parts, *(part.lstrip("0") for part in parts), *_roman(everything)}
    return Figures(found, references, frozenset(known))


def _numbers(text: str) -> Counter[str]:
    """Count the numbers of a text: dates as JJJJ-MM-TT or JJJJ-MM, others without separators."""
    found: Counter[str] = Counter()
    if not _ANY_DIGIT.search(text):
        return found
    for pattern in (_DATE, _MONTH):
        for match in pattern.finditer(text):
            found["-".join(part.zfill(2) for part in _date_parts(match.groupdict()))] += 1
        text = pattern.sub(" ", text)
    found.update(map(_canonical, _NUMBER.findall(text)))
    return found


def _canonical(number: str) -> str:
    """Return the digits of a number without separators; 17,50 and 17.5 are one number."""
    decimal = _DECIMAL.fullmatch(number)
    whole, decimals = decimal.groups() if decimal else (number, "")
    return (_SEPARATOR.sub("", whole) + decimals.rstrip("0")).lstrip("0") or "0"


def _roman(text: str) -> set[str]:
    """Return the values of Roman numerals, which a translation may write in digits (SGB XI: part 11)."""
    return {str(ROMAN.index(numeral) + 1) for numeral in _NUMERAL.findall(text) if numeral in ROMAN}


def _date_parts(found: dict[str, str | None]) -> list[str]:
    names = (("y", "Y"), ("m", "M"), ("d", "D"))
    return [part for lower, upper in names if (part := found.get(lower) or found.get(upper))]


def _told(number: str, ours: Counter[str]) -> bool:
    """Tell whether a date stands in the translation with its month as a word."""
    year, _, rest = number.partition("-")
    day = rest.partition("-")[2].lstrip("0")
    return bool(rest) and ours[year] > 0 and (not day or ours[day] > 0)


def _worded(number: str, german: str) -> bool:
    """Tell whether a number is written as a word in the German text (drei, einmal, ein halbes Jahr)."""
    beginnings = tuple(_WORDS.get(number, "").split())
    return bool(beginnings) and any(word.casefold().startswith(beginnings) for word in WORD.findall(german))


def _large(number: str) -> bool:
    return not number.isdecimal() or len(number) > 2 or int(number) > _SPELLED


def _difference(missing: list[str], foreign: list[str]) -> str:
    told = []
    if missing:
        told.append(f"missing: {', '.join(missing)}")
    if foreign:
        told.append(f"not in the German text: {', '.join(foreign)}")
    return f"the numbers differ from the German text ({'; '.join(told)})"
