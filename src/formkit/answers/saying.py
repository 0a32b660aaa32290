"""Texts of a form said to a person: German and translation as plain text, with parameters and facts filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from formkit.i18n.languages import GERMAN, Language
from formkit.i18n.localize import Localized
from formkit.texts import Bilingual, Msg, Placeholder, runs
from formkit.words import ROW

Facts = Mapping[str, str | Msg]

_GAP = "…"
# First strong isolate and its end (UAX 9): a German name inside a text that runs the other way.
_ISOLATE, _END = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Voice:
    """Says the texts of a localized form."""

    localized: Localized

    def say(self, msg: Msg, facts: Facts | None = None, *, translate: bool = True) -> Bilingual:
        """Return a text in both languages; a fact that is a text of the form is said in the same language."""
        pair = self.localized.text(msg, translate=translate)
        source = self._filled(pair.source, GERMAN, facts or {}, translate)
        if pair.target is None:
            return Bilingual(source, None, pair.missing)
        return Bilingual(source, self._filled(pair.target, self.localized.language, facts or {}, translate))

    def german(self, msg: Msg, facts: Facts | None = None) -> str:
        """Return a text in German."""
        return self._filled(msg.text, GERMAN, facts or {}, False)

    def place(self, number: str, row: int | None) -> Bilingual:
        """Return the number of a question, with its row counted from 1: "5.2a, Zeile 3"."""
        if row is None:
            return Bilingual(number)
        said = self.say(ROW, {"number": str(row + 1)})
        prefix = f"{number}, " if number else ""
        return Bilingual(prefix + said.source, prefix + said.target if said.target else None, said.missing)

    def _filled(self, text: str, language: Language, facts: Facts, translate: bool) -> str:
        return "".join(
            self._value(run.name, language, facts, translate) if isinstance(run, Placeholder) else run.text
            for run in runs(text)
        )

    def _value(self, name: str, language: Language, facts: Facts, translate: bool) -> str:
        fact = facts.get(name)
        if isinstance(fact, Msg):
            pair = self.localized.text(fact, translate=translate and language is not GERMAN)
            return self._filled(pair.target or pair.source, language, {}, translate)
        if fact is not None:
            return fact
        if name not in self.localized.parameters:
            return f"{{{name}}}"
        value = self.localized.value(name, language) or _GAP
        turned = language.direction == "rtl" and self.localized.is_name(name)
        return f"{_ISOLATE}{value}{_END}" if turned else value
