"""The check of legal references, and what a legal reference looks like in German."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from formkit.checks.registry import check
from formkit.checks.values import Finding, String, unspoken
from formkit.problems import Severity

# Acts by their abbreviation; a German text may name others after a paragraph.
ACTS = frozenset(
    {"AsylbLG", "AsylG", "AufenthG", "BAföG", "BEEG", "BGB", "BGG", "BITV", "BKGG", "BVG", "DSGVO", "EStG", "GG"}
    | {"IfSG", "L-BGG", "LDSG", "OWiG", "PStG", "RBEG", "StAG", "StGB", "UhVorschG", "UVG", "VwGO", "VwVfG"}
    | {"WoGG", "ZPO"}
)
_SOCIAL_CODE = r"SGB[ \u00a0]+(?:XIV|XIII|XII|XI|IX|IV|V?I{1,3}|V|X)"
_ACT = rf"(?:{_SOCIAL_CODE}|{'|'.join(sorted(ACTS, key=len, reverse=True))})(?![A-Za-z])"
# How German writes an act out: "Zweites Buch Sozialgesetzbuch" is SGB II, others end in …gesetz.
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")
_ORDINALS = "Erst Zweit Dritt Viert Fünft Sechst Siebt Acht Neunt Zehnt Elft Zwölft Dreizehnt Vierzehnt"
_BOOKS = dict(zip(_ORDINALS.split(), ROMAN, strict=True))
_BOOK = re.compile(rf"\b({'|'.join(_BOOKS)})e[snr]? Buch(?:es|s)?\b")
_WRITTEN_OUT = re.compile(r"\w(?:gesetz|gesetzbuch|verordnung|vertrag|Verordnung)(?:es|s|e)?\b")
_NAMED = re.compile(rf"(?<![A-Za-z-])(?:{_ACT})")
# In German text also whatever looks like an act: "§ 3 XyzG".
_NUMBER = r"\d+[a-z]?(?![\w.])(?:[ \u00a0]ff?\.)?|\d+[a-z]?(?=\.(?:\s|$))"
_WORD = r"(?<!§)§{1,2}(?!§)|Art(?:ikeln?|\.)|Abs(?:atz|ätze|\.)|Nr\.|Nummern?|S(?:atz|ätze)|Buchst(?:aben?|\.)"
_JOINED = r"(?:[ \u00a0]*(?:,|und|oder|bis|sowie|–|-|/|i\.[ ]?V\.[ ]?m\.)[ \u00a0]*|[ \u00a0]+)"
_LETTER = r"[a-z](?!\w|\.\w)"
_PART = rf"(?:(?:{_WORD})[ \u00a0]*(?:{_NUMBER}|{_LETTER}))(?:{_JOINED}(?:{_NUMBER}|{_LETTER}))*"
_REFERENCE = re.compile(
    rf"(?:{_PART})(?:{_JOINED}(?:{_PART}))*(?:[ \u00a0]+(?:des |der )?(?P<act>{_ACT}|[A-ZÄÖÜ][\wÄÖÜäöü]*G(?!\w)))?"
)
_HINT = re.compile(r"§|Art|Abs|SGB|[A-Z]G(?!\w)|DSGVO|BGB")
# In other scripts a number may touch the word before or behind it.
_FIGURE = re.compile(r"(?<![\d.A-Za-z])(\d+[a-z]?)(?![\dA-Za-z])|(?<![\w’'])([a-z])(?![\w’'.])")


@dataclass(frozen=True, slots=True)
class Reference:
    """What must be kept of one reference: the act ("" for none), and its numbers and letters."""

    act: str
    figures: tuple[str, ...]


@check(Severity.ERROR)
def legal_reference(string: String) -> Iterator[Finding]:
    """Legal references keep their numbers, their letters and the act, each number with its act.

    § and the words for Artikel, Absatz, Satz are free, and so is the order; digits are Latin, the act keeps its
    German abbreviation and its Roman numeral.

    Bad: § 28 SGB II → «§ 82 SGB II»
    Good: Art. 13 DSGVO → ar «المادة 13 من DSGVO»
    """
    wanted = references(string.german)
    if _HINT.search(string.text):
        for act in sorted(_acts(string.text) - _named_in_german(string.german)):
            yield string.finding(f"the translation names {act}, the German text does not")
    if not wanted:
        return
    named = {reference.act for reference in wanted if reference.act}
    lost = sorted(act for act in named if not re.search(rf"(?<![A-Za-z-]){_loose(act)}(?![A-Za-z])", string.text))
    for act in lost:
        yield string.finding(f"{act} is missing; an act keeps its German abbreviation")
    if not lost:
        yield from _misplaced(string, wanted, sorted(named))


@lru_cache(maxsize=20_000)
def references(german: str) -> tuple[Reference, ...]:
    """Return the legal references of a German text.

    >>> references("Das steht in § 28 SGB II und § 6b BKGG.")
    (Reference(act='SGB II', figures=('28',)), Reference(act='BKGG', figures=('6b',)))
    """
    if not _HINT.search(german):
        return ()
    found = []
    for match in _REFERENCE.finditer(german):
        act = match["act"] or ""
        before = match[0].removesuffix(act)
        found.append(Reference(_spaced(act), _figures(before)))
    return tuple(found)


def without_law(german: str) -> str:
    """Return a German text without its legal references, whose numbers have a check of their own."""
    return _REFERENCE.sub(" ", german) if _HINT.search(german) else german


def _misplaced(string: String, wanted: tuple[Reference, ...], acts: list[str]) -> Iterator[Finding]:
    """Yield the references whose numbers do not stand with their act, whether it comes before or behind them."""
    readings = [_by_act(unspoken(string.text), acts, behind) for behind in (True, False)]
    missing = [[reference for reference in wanted if not _within(reference, reading)] for reading in readings]
    for reference in min(missing, key=len):
        figures = " ".join(reference.figures)
        with_act = f" with {reference.act}" if reference.act else ""
        yield string.finding(f"the reference {figures}{with_act} is not in the translation as in the German text")


def _within(reference: Reference, reading: dict[str, Counter[str]]) -> bool:
    there = reading.get(reference.act) if reference.act else sum(reading.values(), Counter())
    return not Counter(reference.figures) - (there or Counter())


def _by_act(text: str, acts: list[str], behind: bool) -> dict[str, Counter[str]]:
    """Return the figures of a text by the act they belong to, which stands behind or before them."""
    if not acts:
        return {"": Counter(_figures(text))}
    parts = re.split(rf"(?<![A-Za-z-])({'|'.join(map(_loose, sorted(acts, key=len, reverse=True)))})(?![A-Za-z])", text)
    found: dict[str, Counter[str]] = {}
    names = [_spaced(part) for part in parts[1::2]]
    texts = parts[:-1:2] if behind else parts[2::2]
    for name, part in zip(names, texts, strict=True):
        found.setdefault(name, Counter()).update(_figures(part))
    found[""] = Counter(_figures(parts[-1] if behind else parts[0]))
    return found


def _figures(text: str) -> tuple[str, ...]:
    return tuple(number or letter for number, letter in _FIGURE.findall(text))


def _named_in_german(german: str) -> set[str]:
    """Return the acts that a translation may name: all, where the German writes one out."""
    if _WRITTEN_OUT.search(german):
        return {*ACTS, *(f"SGB {numeral}" for numeral in ROMAN)}
    return _acts(german) | {f"SGB {_BOOKS[book]}" for book in _BOOK.findall(german)}


def _acts(text: str) -> set[str]:
    return {_spaced(act) for act in _NAMED.findall(text)}


def _spaced(act: str) -> str:
    return " ".join(act.split())


def _loose(act: str) -> str:
    """Return a pattern for an act, whatever blank parts it."""
    return r"[ \u00a0]+".join(map(re.escape, act.split()))
