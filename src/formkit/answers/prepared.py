"""A form made ready to judge many sets of answers: what does not change from one to the next is done once."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from formkit.answers.model import Answers
from formkit.answers.saying import Facts, Voice
from formkit.answers.situation import Outcomes, Situation
from formkit.answers.slots import Outline, outline
from formkit.definition.conditions import rule_row, scopes
from formkit.definition.model import Rule
from formkit.definition.places import places
from formkit.i18n.localize import Localized
from formkit.texts import Bilingual, Msg


@dataclass(frozen=True)
class Prepared:
    """A form in a language, ready to judge many answers: what does not change from one to the next is done."""

    localized: Localized
    placed: Outline
    rules: tuple[tuple[Rule, str], ...]

    @functools.cached_property
    def voice(self) -> Voice:
        """Return what says texts."""
        return Voice(self.localized)

    @functools.cached_property
    def _outcomes(self) -> Outcomes:
        return Outcomes(self.placed, self.localized.today)

    @functools.cached_property
    def _places(self) -> dict[tuple[str, int | None], Bilingual]:
        return {}

    @functools.cached_property
    def _said(self) -> dict[int, tuple[Msg, Bilingual]]:
        return {}

    def say(self, msg: Msg, facts: Facts | None = None) -> Bilingual:
        """Return a sentence; one without facts is kept."""
        if facts:
            return self.voice.say(msg, facts)
        # By the object, which is quicker than by its text; it is kept with the sentence and so stays the same.
        found = self._said.get(id(msg))
        if found is None:
            found = self._said[id(msg)] = (msg, self.voice.say(msg))
        return found[1]

    def place(self, number: str, row: int | None) -> Bilingual:
        """Return the number of a question with its row."""
        if (number, row) not in self._places:
            self._places[number, row] = self.voice.place(number, row)
        return self._places[number, row]

    def situation(self, answers: Answers) -> Situation:
        """Return what answers make true."""
        return Situation(self.placed, self.localized.parameters, answers, self._outcomes)


def prepare(localized: Localized) -> Prepared:
    """Make a form in a language ready to judge answers, on the day for which it was localized."""
    form = localized.form
    placed = places(form)
    scope = scopes(form, placed)
    rules = tuple((rule, rule_row(rule, placed, scope)) for rule in form.rules)
    return Prepared(localized, outline(form), rules)
