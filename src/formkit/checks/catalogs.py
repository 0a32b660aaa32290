"""Checks of whole catalogues: what is missing or stale, what differs from form to form, plural rules."""

from __future__ import annotations

import gettext
import re
from collections.abc import Callable, Iterator

from formkit.checks.registry import check
from formkit.checks.values import Catalogues, Finding, String, Translation
from formkit.i18n.catalog import Key
from formkit.problems import Severity

_PLURAL = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*(.+?)\s*;?\s*")
# As many as any rule needs to show all its forms.
_COUNTED = range(0, 230)
_VERSIONED = re.compile(r"\S+ \d+")
_SHOWN = 3


@check(Severity.INFO)
def untranslated(translation: Translation) -> Iterator[Finding]:
    """Every text has a translation that was made for the German as it is now.

    Bad: Vorname → nothing, or marked fuzzy
    Good: Vorname → «Ім’я»
    """
    for entry in translation.catalog.entries.values():
        if entry.fuzzy and entry.text:
            yield translation.at(entry, f"'{_short(entry.msgid)}' is fuzzy: check it against the German and confirm")
        elif not entry.text:
            yield translation.at(entry, f"'{_short(entry.msgid)}' has no translation")


@check(Severity.WARNING)
def inconsistent(catalogues: Catalogues) -> Iterator[Finding]:
    """One German text has one translation in all forms; where it needs two, it needs a context.

    Bad: Ort → «Місце» in one form, «Населений пункт» in another
    Good: Ort → «Місце» in both
    """
    found: dict[Key, list[tuple[String, bool]]] = {}
    for string, checked in catalogues.strings():
        found.setdefault(string.entry.key, []).append((string, checked))
    for strings in found.values():
        if len({string.text for string, _ in strings}) < 2:
            continue
        for string, checked in strings:
            other = next(each for each, _ in strings if each.text != string.text)
            if checked:
                yield string.finding(f"'{_short(string.german)}' is «{_short(other.text)}» in {other.where}")


@check(Severity.ERROR)
def plural_forms(translation: Translation) -> Iterator[Finding]:
    """The header has the plural rule of formkit's table of languages, and no plural form is empty.

    Bad: ar with nplurals=2
    Good: ar with six forms, all filled
    """
    wanted = translation.language.plural
    if (given := translation.catalog.header.get("Plural-Forms")) and not _same_rule(given, wanted):
        yield translation.finding(f"the header's Plural-Forms is not the language's; write: {wanted};")
    count = _rule(wanted)[0]
    for entry in translation.catalog.entries.values():
        filled = sum(bool(text) for text in entry.plural_texts)
        if entry.plural and 0 < filled != count:
            yield translation.at(entry, f"{filled} of {count} plural forms are filled")


@check(Severity.ERROR)
def stale_source(translation: Translation) -> Iterator[Finding]:
    """The catalogue was made for this version of the form and holds its texts.

    Bad: a catalogue of version 1 beside version 2 of the form
    Good: a catalogue after `formkit translate update`
    """
    named = translation.catalog.header.get("Project-Id-Version", "")
    # Editors put their own idea of a project there; only what looks like ours is compared.
    if _VERSIONED.fullmatch(named) and named.split()[0] == translation.name and named != translation.project:
        text = f"the catalogue is for '{named}', the form is '{translation.project}'; run formkit translate update"
        yield translation.finding(text)
    there = translation.catalog.entries.keys()
    missing = sorted(msgid for _, msgid in translation.wanted - there)
    too_many = sorted(msgid for _, msgid in there - translation.wanted)
    for texts, fault in ((missing, "missing here"), (too_many, "no longer in the form")):
        if texts:
            shown = ", ".join(f"'{_short(text)}'" for text in texts[:_SHOWN])
            more = f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
            yield translation.finding(f"{fault}: {shown}{more}; run formkit translate update")


def _same_rule(given: str, wanted: str) -> bool:
    """Tell whether two plural rules give every number the same form, however they are written."""
    if given.rstrip("; ") == wanted:
        return True
    try:
        count, ours = _rule(wanted)
        other_count, theirs = _rule(given)
        return count == other_count and all(ours(number) == theirs(number) for number in _COUNTED)
    except (ValueError, OverflowError):
        return False


def _rule(text: str) -> tuple[int, Callable[[int], int]]:
    """Read a plural rule; raises ValueError. gettext compiles nothing but arithmetic of n."""
    match = _PLURAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    rule: Callable[[int], int] = gettext.c2py(match[2])
    return int(match[1]), rule


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49]}…"
