"""What a server offers: forms in languages, each made ready once a day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from formkit.answers import Prepared, prepare
from formkit.definition import Authority, Form
from formkit.errors import UnknownName
from formkit.i18n import load
from formkit.i18n.languages import GERMAN, LANGUAGES, Language
from formkit.project import Project

Today = Callable[[], datetime.date]
_DAYS_KEPT = 2


@dataclass(frozen=True)
class Offer:
    """The forms of a project as one authority hands them out.

    Forms are loaded once, texts in a language once a day, because parameters change with the day.
    """

    project: Project
    authority: Authority | None
    forms: tuple[Form, ...]
    today: Today = datetime.date.today
    _ready: dict[datetime.date, dict[tuple[str, str], Prepared]] = field(default_factory=dict, repr=False)

    def form(self, form_id: str) -> Form | None:
        """Return a form that is offered."""
        return next((form for form in self.forms if form.id == form_id), None)

    def languages(self) -> tuple[Language, ...]:
        """Return the languages that some form can be filled in in, German among them, in the order of need."""
        tags = {GERMAN.tag} | {each.tag for form in self.forms for each in load.languages(self.project, form.id)}
        return tuple(each for each in LANGUAGES.values() if each.tag in tags)

    def prepared(self, form: Form, language: Language) -> Prepared:
        """Return a form in a language as it reads today."""
        day = self.today()
        found = self._ready.setdefault(day, {})
        if (form.id, language.tag) not in found:
            localized = load.localize(self.project, form, language, self.authority, day)
            found[form.id, language.tag] = prepare(localized)
        # A page that was begun before midnight may still look at the day before.
        for past in sorted(self._ready)[:-_DAYS_KEPT]:
            self._ready.pop(past, None)
        return found[form.id, language.tag]


def offer(project: Project, form_ids: Sequence[str], authority_id: str, today: Today = datetime.date.today) -> Offer:
    """Return what a project offers: the forms named, else all; raises UnknownName, DefinitionError."""
    wanted = tuple(dict.fromkeys(form_ids)) or project.form_ids()
    if not wanted:
        raise UnknownName("there is no form in this project", advice="Run this in the folder of a project.")
    forms = tuple(load.form(project, each) for each in wanted)
    return Offer(project, load.authority(project, authority_id), forms, today)
