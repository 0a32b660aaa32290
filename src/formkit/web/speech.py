"""Texts as a page says them: in the reader's language with German beside it, each run marked with its language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup, escape

from formkit import words
from formkit.answers.prepared import Prepared
from formkit.i18n.languages import GERMAN, Language, format_date
from formkit.render.inline import ELSEWHERE, facts, inline, parameters
from formkit.render.status import Status, status
from formkit.texts import Bilingual, Msg
from formkit.widgets import TextBox

# BCP 47 has no registered subtag for plain German; a screen reader must still choose its German voice.
_HTML = {"de-simple": "de"}


def html_tag(language: Language) -> str:
    """Return the tag of a language as the attribute `lang` holds it."""
    return _HTML.get(language.tag, language.tag)


@dataclass(frozen=True)
class Speech:
    """Says the texts of a form in a language as HTML; `threshold` is the completeness a project asks for."""

    prepared: Prepared
    threshold: int

    @property
    def language(self) -> Language:
        """Return the reader's language."""
        return self.prepared.localized.language

    @property
    def tag(self) -> str:
        """Return what `lang` says."""
        return html_tag(self.language)

    @property
    def foreign(self) -> bool:
        """Tell whether the reader's language is not German itself."""
        return self.language.tag != GERMAN.tag

    @cached_property
    def status(self) -> Status:
        """Return how far the translation is."""
        return status(self.prepared.localized, self.threshold)

    @cached_property
    def _said(self) -> dict[tuple[Msg, bool, str], Markup]:
        return {}

    def html(self, msg: Msg, translate: bool = True, **found: str) -> Markup:
        """Return a text in the reader's language; German and marked as missing where there is no translation."""
        return self._html(msg, translate, found) if found else self._kept(msg, translate, "reader")

    def _kept(self, msg: Msg, translate: bool, reader: str) -> Markup:
        """Return a text of the form, which every page says alike; what a person wrote is never among them."""
        key = (msg, translate, reader)
        if key not in self._said:
            self._said[key] = self._german(msg, {}) if reader == GERMAN.tag else self._html(msg, translate, {})
        return self._said[key]

    def _html(self, msg: Msg, translate: bool, found: dict[str, str]) -> Markup:
        localized = self.prepared.localized
        pair = localized.text(msg, translate=translate)
        if pair.target is None:
            return self._german_for_reader(pair, found)
        values = facts(found, self.language) if found else parameters(localized, self.language, ELSEWHERE)
        return inline(pair.target, self.language, values)

    def _german_for_reader(self, pair: Bilingual, found: dict[str, str]) -> Markup:
        localized = self.prepared.localized
        values = facts(found, GERMAN) if found else parameters(localized, GERMAN, ELSEWHERE)
        text = inline(pair.source, GERMAN, values)
        if not self.foreign:
            return text
        german = Markup('<bdi lang="de">{}</bdi>').format(text)
        if not pair.missing:
            return german if any(map(str.isalpha, pair.source)) else text
        said = localized.text(words.MISSING_TRANSLATION)
        return german + Markup(' <small class="missing">[{}]</small>').format(said.target or said.source)

    def german(self, msg: Msg, **found: str) -> Markup:
        """Return the German of a text."""
        return self._german(msg, found) if found else self._kept(msg, False, GERMAN.tag)

    def _german(self, msg: Msg, found: dict[str, str]) -> Markup:
        values = facts(found, GERMAN) if found else parameters(self.prepared.localized, GERMAN, ELSEWHERE)
        return inline(msg.text, GERMAN, values)

    def plain(self, msg: Msg, **found: str) -> str:
        """Return a text in the reader's language without marks, for titles and attributes."""
        pair = self.prepared.say(msg, found or None)
        return pair.target or pair.source

    def own(self, pair: Bilingual) -> Markup:
        """Return a pair that has been said already, in the reader's language."""
        if pair.target is not None or not self.foreign:
            return escape(pair.target or pair.source)
        return Markup('<bdi lang="de">{}</bdi>').format(pair.source)

    def footer(self) -> str:
        """Return the line that stands at the foot of each page on paper too: form, version, languages, review."""
        form = self.prepared.localized.form
        pair = f"de+{self.language.tag}" if self.foreign else "de"
        parts = [form.id, words.VERSION.text.replace("{version}", str(form.version)), pair]
        if self.foreign:
            on = self.status.reviewed_on
            parts.append(words.REVIEWED_ON.text.replace("{date}", on) if on else words.DRAFT.text)
            if not self.status.complete:
                parts.append(words.INCOMPLETE.text)
        return " · ".join(parts)

    def today(self) -> str:
        """Return the day as German writes it."""
        return format_date(self.prepared.localized.today, GERMAN)


def shown_text(widget: TextBox, raw: str) -> str:
    """Return the raw text of a box as one writes it: an IBAN in groups."""
    return widget.grouped("".join(raw.split())) if widget.input == "iban" else raw
