"""Values → pages: what the frame around each page needs, and which template shows it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flask import render_template
from jinja2 import StrictUndefined
from markupsafe import Markup

from formkit import screen_words, words
from formkit.answers import needs
from formkit.definition import Form
from formkit.fields.attachment import AttachmentField
from formkit.fields.computed import ComputedField
from formkit.fields.notice import NoticeField
from formkit.i18n.languages import GERMAN, Language
from formkit.texts import Msg
from formkit.web import assets
from formkit.web.carrying import carries, own_answers
from formkit.web.loading import Changes
from formkit.web.offer import Offer
from formkit.web.pages import question_page
from formkit.web.review import review
from formkit.web.speech import Speech, html_tag
from formkit.web.state import REVIEW, START, State, encoded
from formkit.web.steps import Way, way
from formkit.web.visit import Turn

# Flask escapes only in files that end in .html; here everything is escaped.
JINJA = {"autoescape": True, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
# How long one question takes, with reading and looking for a letter; rounded up to five minutes.
_SECONDS_A_QUESTION, _ROUNDED = 9, 5


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language in the chooser: in its own script, and the addresses it leads to."""

    tag: str
    name: str
    direction: str
    address: str
    current: bool
    own: str


@dataclass(frozen=True)
class Frames:
    """Shows the pages of an offer."""

    offer: Offer
    _speeches: dict[tuple[str, str], Speech] = field(default_factory=dict, repr=False)

    def speech(self, form: Form, language: Language) -> Speech:
        """Return who says the texts of a form in a language; kept as long as the form reads the same."""
        prepared = self.offer.prepared(form, language)
        found = self._speeches.get((form.id, language.tag))
        if found is None or found.prepared is not prepared:
            found = self._speeches[form.id, language.tag] = Speech(prepared, self.offer.project.completeness)
        return found

    def start(self, language: Language) -> str:
        """Return the first page, where language and form are chosen."""
        speeches = [self.speech(form, language) for form in self.offer.forms]
        listed = [(each, _minutes(each.prepared.localized.form)) for each in speeches]
        return self._page("start.html.j2", speeches[0], title=screen_words.START_TITLE, listed=listed, tail="")

    def front(self, speech: Speech, state: State, *, begun: bool, fault: Msg | None = None) -> str:
        """Return the page before the questions; `fault` says why a file was not loaded."""
        form = speech.prepared.localized.form
        papers = [slot for slot in speech.prepared.placed.slots if isinstance(slot.field, AttachmentField)]
        return self._page(
            "front.html.j2",
            speech,
            title=form.title,
            state=state,
            begun=begun,
            fault=fault,
            papers=[(speech.html(slot.label), _hint(speech, slot.field.hint)) for slot in papers],
            minutes=_minutes(form),
        )

    def shown(self, speech: Speech, turn: Turn, *, loaded: bool = False, changes: Changes | None = None) -> str:
        """Return the page that a turn leads to."""
        state = turn.state
        if state.step == START:
            return self.front(speech, state, begun=True)
        found = way(speech.prepared, state.answers)
        step = found.step(state.step) if state.step != REVIEW else None
        common: dict[str, Any] = {"state": state, "changes": changes, "loaded": loaded}
        if step is None:
            return self._review(speech, found, common)
        page = question_page(speech, found, step, state, attempted=turn.attempted, more=turn.more)
        title = step.section.section.title
        return self._page(
            "questions.html.j2",
            speech,
            title=title,
            page=page,
            parts=_parts(speech, found, step.section.section.id),
            **common,
        )

    def _review(self, speech: Speech, found: Way, common: Mapping[str, Any]) -> str:
        form, state = speech.prepared.localized.form, common["state"]
        droppable = len(state.people) > 1 and not own_answers(form, state.answers)
        return self._page(
            "review.html.j2",
            speech,
            title=screen_words.REVIEW_TITLE,
            review=review(speech, found),
            parts=_parts(speech, found, REVIEW),
            carries=carries(form),
            droppable=droppable,
            **{**common, "state": _at_review(state)},
        )

    def papers(self, speech: Speech, state: State) -> str:
        """Return the list of papers, for print."""
        needed = needs(speech.prepared, state.answers)
        return self._page("papers.html.j2", speech, title=screen_words.CHECKLIST, needs=needed, state=state)

    def failure(self, speech: Speech, title: Msg) -> str:
        """Return the page about something that failed."""
        return self._page("failure.html.j2", speech, title=title, tail="")

    def _page(self, template: str, speech: Speech, *, title: Msg, tail: str | None = None, **values: Any) -> str:
        form = speech.prepared.localized.form
        end = f"{form.id}/" if tail is None else tail
        state = values.get("state")
        common = {
            "w": screen_words,
            "words": words,
            "speech": speech,
            "form": form,
            "authority": self.offer.authority,
            "title": speech.plain(title),
            "heading": speech.html(title),
            "base": f"/{speech.language.tag}/{form.id}",
            "home": f"/{speech.language.tag}/",
            "tongues": [self._tongue(each, speech, end) for each in self.offer.languages()],
            "style": f"/assets/{assets.digest()}/{assets.STYLE}",
            "icon": f"/assets/{assets.digest()}/{assets.ICON}",
            "packed": encoded(form, state) if state is not None else "",
            "html_tag": html_tag,
            "GERMAN": GERMAN,
        }
        return render_template(template, **{**common, **values})

    def _tongue(self, language: Language, speech: Speech, end: str) -> Tongue:
        # Choosers name languages as sentences begin, not as they stand inside one.
        name = language.autonym[:1].upper() + language.autonym[1:]
        current = language.tag == speech.language.tag
        return Tongue(html_tag(language), name, language.direction, f"/{language.tag}/{end}", current, language.tag)


def _at_review(state: State) -> State:
    return State(state.people, state.at, REVIEW, {}, state.removed)


def _hint(speech: Speech, hint: Msg | None) -> Markup | None:
    return speech.html(hint) if hint is not None else None


def _parts(speech: Speech, found: Way, current: str) -> Mapping[str, Any]:
    """Return the parts of the form that apply, with their place and the one at hand."""
    ids = [each.section.id for each in found.sections]
    names = [speech.html(each.section.title, each.section.translate) for each in found.sections]
    place = ids.index(current) if current in ids else len(ids)
    listed = [*names, speech.html(screen_words.REVIEW)]
    return MappingProxyType({"names": listed, "place": place, "count": len(listed)})


def _minutes(form: Form) -> int:
    """Return about how long a form takes."""
    return _ROUNDED * max(1, math.ceil(_asked(form) * _SECONDS_A_QUESTION / 60 / _ROUNDED))


def _asked(form: Form) -> int:
    items = [item for section in form.sections if section.role == "applicant" for item in section.questions]
    fields = [field for item in items for field in getattr(item, "fields", (item,))]
    return sum(not isinstance(field, ComputedField | NoticeField) for field in fields)
