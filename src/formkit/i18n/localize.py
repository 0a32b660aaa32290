"""A form in a language: every text with its translation, and parameters as that language writes them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from formkit.definition.authority import Authority
from formkit.definition.messages import authority_texts, texts
from formkit.definition.model import Form
from formkit.definition.parameters import InForce
from formkit.i18n.catalog import Catalog
from formkit.i18n.languages import Language, format_amount, format_date, format_number
from formkit.i18n.reviews import Review
from formkit.problems import Problem
from formkit.texts import FORM_DOMAIN, Bilingual, Msg

SOURCE_TAG = "de"


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of a form's texts have a usable translation."""

    translated: int
    total: int

    @property
    def percent(self) -> int:
        """Return whole per cent, rounded down: 100 means every text."""
        return 100 * self.translated // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class Localized:
    """A form × a language × an authority: what renderers are given.

    `catalogs` are keyed by domain; German itself has none.
    """

    form: Form
    language: Language
    authority: Authority | None
    parameters: Mapping[str, InForce]
    catalogs: Mapping[str, Catalog]
    today: datetime.date
    review: Review | None = None

    def text(self, msg: Msg, *, translate: bool = True) -> Bilingual:
        """Return German and translation of a text; German alone where it is to stay German."""
        if not translate or self.language.tag == SOURCE_TAG or msg.wordless:
            return Bilingual(msg.text)
        catalog = self.catalogs.get(msg.domain)
        target = catalog.usable(msg.context, msg.text) if catalog else None
        # What is the same in both languages (IBAN; "Ja" in Einfache Sprache) stands there once.
        return Bilingual(msg.text, None if target == msg.text else target, missing=target is None)

    def value(self, name: str, language: Language) -> str | None:
        """Return a parameter as `language` writes it, None where the office fills it in by hand."""
        parameter = self.parameters[name]
        match parameter.value:
            case None:
                return None
            case datetime.date() as day:
                return format_date(day, language)
            case Decimal() as amount if parameter.type == "money":
                return format_amount(amount, language)
            case Decimal() | int() as number:
                return format_number(number, language)
            case text:
                return str(text)

    def is_name(self, name: str) -> bool:
        """Tell whether a parameter is a German name that stays German in every language."""
        return self.parameters[name].type == "text"

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the faults of single strings; each keeps its string off the page."""
        return tuple(problem for catalog in self.catalogs.values() for problem in catalog.problems)

    @property
    def signed(self) -> bool:
        """Tell whether a person signed off every text of the form, and none has changed since."""
        catalog = self.catalogs.get(FORM_DOMAIN)
        wanted = {(msg.context, msg.text) for msg in translatable(self.form, None)}
        entries = catalog.entries if catalog else {}
        return all(key in entries and entries[key].reviewed for key in wanted)

    def completeness(self) -> Completeness:
        """Count the texts of form and authority that have a usable translation."""
        wanted = set(translatable(self.form, self.authority))
        return Completeness(sum(not self.text(msg).missing for msg in wanted), len(wanted))


def translatable(form: Form, authority: Authority | None) -> Iterable[Msg]:
    """Yield every text of a form, and of an authority's profile, that is to be translated."""
    yield from (text.msg for text in texts(form) if text.translate and not text.msg.wordless)
    if authority:
        yield from (text.msg for text in authority_texts(authority))
