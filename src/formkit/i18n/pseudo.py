"""A pseudo-translation: every text stands out, is longer and wears accents, or letters from right to left.

A page laid out with it shows what a real translation would break, and any text without its brackets has
escaped extraction. The language tags are CLDR's for this purpose.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from formkit.definition.parameters import in_force
from formkit.i18n import load
from formkit.i18n.catalog import Catalog, Entry, Key
from formkit.i18n.extracted import Extracted, extracted_words
from formkit.i18n.languages import LANGUAGES, Language
from formkit.i18n.localize import Localized
from formkit.i18n.pieces import pieces
from formkit.i18n.po_write import Header, fill
from formkit.i18n.templates import authority_entries, form_entries
from formkit.project import Project
from formkit.texts import AUTHORITY_DOMAIN, FORM_DOMAIN, FORMKIT_DOMAIN

# Brackets that no translation uses and our fonts draw (U+27E6 they do not).
BEGIN, END = "\u2045", "\u2046"
_TERMS = "terms: "
_WORD = re.compile(r"\S+")
# What says something by its very characters: numbers, §, addresses.
_LITERAL = re.compile(r"[\d@§]|://")
_VOWEL = re.compile(r"[aeiouyäöü]", re.IGNORECASE)
_ACCENTS = str.maketrans("aeiouyäöüAEIOUYÄÖÜcnszCNSZ", "áéíóúýǟȫǖÁÉÍÓÚÝǞȪǕçñšžÇÑŠŽ")
_ARABIC = str.maketrans("abcdefghijklmnopqrstuvwxyzäöüß", "ابصدهفغحيجكلمنوبقرستوفوشيزآؤئص")


def _language(tag: str, name: str, like: str) -> Language:
    """Return a pseudo-language that writes numbers and dates, and is laid out, like a real one."""
    model = LANGUAGES[like]
    return Language(
        tag, tag.replace("-", "_"), name, name, name, model.script, model.direction, model.plural, model.cldr, 99
    )


ACCENTED = _language("en-XA", "Pseudo-language (accents)", "en")
RIGHT_TO_LEFT = _language("ar-XB", "Pseudo-language (right to left)", "ar")


def pseudo(text: str, language: Language = ACCENTED, terms: Iterable[str] = ()) -> str:
    """Return the pseudo-translation of a German text.

    Vowels are doubled, which makes German texts about 1.4 times as long. Placeholders, marks, addresses,
    words with digits and the given terms stay.

    >>> pseudo("**Nur** {n} Kinder")
    '⁅**Ñúúr** {n} Kííñdéér⁆'
    """
    parts = (part if stays else _disguised(part, language, tuple(terms)) for part, stays in pieces(text))
    return f"{BEGIN}{''.join(parts)}{END}"


def pseudo_entry(entry: Extracted, language: Language = ACCENTED) -> str:
    """Return the pseudo-translation of a catalogue's entry, which knows its terms."""
    terms = [term for note in entry.notes if note.startswith(_TERMS) for term in note.removeprefix(_TERMS).split(", ")]
    return pseudo(entry.msg.text, language, terms)


def pseudo_catalog(entries: Iterable[Extracted], language: Language = ACCENTED) -> Catalog:
    """Return a catalogue with the pseudo-translation of every entry; there is no file of it."""
    return Catalog(
        language, Path(f"{language.tag}.po"), {key: Entry(*key, text) for key, text in _texts(entries, language)}, {}
    )


def pseudo_po(entries: Sequence[Extracted], header: Header, language: Language = ACCENTED) -> str:
    """Return the same as the text of a PO file."""
    return fill(entries, dict(_texts(entries, language)), language, header)


def pseudo_localized(
    project: Project, form_id: str, authority_id: str, today: datetime.date, language: Language = ACCENTED
) -> Localized:
    """Return a form in a pseudo-language, ready to be laid out; raises UnknownName, DefinitionError."""
    form, authority = load.form(project, form_id), load.authority(project, authority_id)
    catalogs = {
        FORM_DOMAIN: pseudo_catalog(form_entries(project, form_id)[0], language),
        FORMKIT_DOMAIN: pseudo_catalog(extracted_words(), language),
    }
    if authority:
        catalogs[AUTHORITY_DOMAIN] = pseudo_catalog(authority_entries(project, authority_id)[0], language)
    return Localized(form, language, authority, in_force(form, authority, today), catalogs, today)


def _texts(entries: Iterable[Extracted], language: Language) -> Iterable[tuple[Key, str]]:
    return (((entry.msg.context, entry.msg.text), pseudo_entry(entry, language)) for entry in entries)


def _disguised(text: str, language: Language, terms: tuple[str, ...]) -> str:
    if terms:
        kept = "|".join(re.escape(term) for term in sorted(terms, key=len, reverse=True))
        parts = re.split(f"({kept})", text)
        return "".join(part if number % 2 else _disguised(part, language, ()) for number, part in enumerate(parts))
    return _WORD.sub(lambda match: _other_letters(match[0], language), text)


def _other_letters(word: str, language: Language) -> str:
    if _LITERAL.search(word):
        return word
    longer = _VOWEL.sub(lambda match: match[0] + match[0].lower(), word)
    return longer.lower().translate(_ARABIC) if language.direction == "rtl" else longer.translate(_ACCENTS)
