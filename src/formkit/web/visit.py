"""One turn of a visit: the state that came with a page, what was sent and which button → the page to show next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from formkit.definition import Form
from formkit.web import rows
from formkit.web.carrying import carries, next_application, own_answers
from formkit.web.pages import question_page
from formkit.web.posted import SHOWN, merged
from formkit.web.speech import Speech
from formkit.web.state import MAX_PEOPLE, REVIEW, START, State
from formkit.web.steps import Step, Way, way

DO = "do"
NEXT, SKIP, BACK, STAY = "next", "skip", "back", "stay"


@dataclass(frozen=True, slots=True)
class Turn:
    """What is shown next: the state, whether going on was tried in vain, and whether more questions appeared."""

    state: State
    attempted: bool = False
    more: bool = False


@dataclass(frozen=True)
class Visit:
    """A form in a language, the state before this turn and what was sent."""

    speech: Speech
    form: Form
    before: State
    sent: Mapping[str, str]

    def turn(self) -> Turn:
        """Return what comes of this turn; a button that no page has does nothing."""
        tag = self.speech.language.tag
        answers = merged(self.form, self.before.answers, self.sent, tag)
        state = replace(self.before.with_answers(self.form, answers), removed=None)
        verb, _, rest = self.sent.get(DO, STAY).partition(":")
        act = _ACTS.get(verb)
        return act(self, state, rest) if act else Turn(state)

    def way(self, state: State) -> Way:
        """Return the pages for a state."""
        return way(self.speech.prepared, state.answers)

    def onward(self, state: State, rest: str) -> Turn:
        """Go on, unless something on the page is wrong or missing, or more is to be asked there."""
        return self._forward(state, skip=False)

    def skip(self, state: State, rest: str) -> Turn:
        """Go on although something is missing."""
        return self._forward(state, skip=True)

    def _forward(self, state: State, *, skip: bool) -> Turn:
        found = self.way(state)
        if state.step == START:
            return self._at(state, found.steps[0] if found.steps else None)
        step = found.step(state.step)
        if state.step == REVIEW:
            return Turn(state)
        if step is None:
            return self._at(state, self._following(found))
        page = question_page(self.speech, found, step, state, attempted=True)
        if page.errors and not (skip and page.can_skip):
            return Turn(state, attempted=True)
        if found.asked(step) - frozenset(self.sent.get(SHOWN, "").split()):
            return Turn(state, more=True)
        return self._at(state, found.after(step))

    def _following(self, found: Way) -> Step | None:
        """Return the page behind one that the answers have taken away."""
        former = self.way(self.before)
        ids = [step.id for step in former.steps]
        place = ids.index(self.before.step) if self.before.step in ids else -1
        return next((step for each in ids[place + 1 :] if (step := found.step(each))), None)

    def _at(self, state: State, step: Step | None) -> Turn:
        return Turn(replace(state, step=step.id if step else REVIEW, open={}))

    def back(self, state: State, rest: str) -> Turn:
        """Go to the page before; nothing is judged."""
        found = self.way(state)
        if state.step == REVIEW:
            return self._at(state, found.steps[-1] if found.steps else None)
        step = found.step(state.step)
        before = found.before(step) if step else None
        return Turn(replace(state, step=before.id if before else START, open={}))

    def go(self, state: State, rest: str) -> Turn:
        """Go to a page by its id; what is missing there is shown at once, because somebody looks for it."""
        if rest in (REVIEW, START):
            return Turn(replace(state, step=rest, open={}))
        step = self.way(state).step(rest)
        return Turn(replace(state, step=step.id, open={}), attempted=True) if step else Turn(state)

    def add(self, state: State, rest: str) -> Turn:
        """Begin an entry of a list."""
        return self._opened(state, rest, rows.count(self.form, state.answers, rest))

    def alike(self, state: State, rest: str) -> Turn:
        """Begin an entry with the answers of the last one."""
        if rest not in self.speech.prepared.placed.repeats:
            return Turn(state)
        row = rows.count(self.form, state.answers, rest)
        answers = rows.alike(self.form, state.answers, rest)
        return self._opened(state.with_answers(self.form, answers), rest, row)

    def edit(self, state: State, rest: str) -> Turn:
        """Open an entry of a list."""
        repeat, row = _entry(rest)
        return self._opened(state, repeat, row)

    def _opened(self, state: State, repeat: str, row: int) -> Turn:
        known = repeat in self.speech.prepared.placed.repeats and row >= 0
        return Turn(replace(state, open={**state.open, repeat: row}) if known else state)

    def remove(self, state: State, rest: str) -> Turn:
        """Take an entry out of a list; it can be brought back on the next page."""
        repeat, row = _entry(rest)
        if repeat not in self.speech.prepared.placed.repeats:
            return Turn(state)
        answers, entry = rows.removed(self.form, state.answers, repeat, row)
        opened = {path: at for path, at in state.open.items() if path != repeat}
        state = replace(state.with_answers(self.form, answers), open=opened)
        return Turn(replace(state, removed=entry) if entry.tree else state)

    def undo(self, state: State, rest: str) -> Turn:
        """Bring back what was removed last."""
        entry = self.before.removed
        return Turn(state.with_answers(self.form, rows.restored(self.form, state.answers, entry)) if entry else state)

    def clear(self, state: State, rest: str) -> Turn:
        """Take an answer back: a choice of one cannot be undone by hand."""
        answers = state.answers
        values = {path: value for path, value in answers.values.items() if path != rest}
        faults = tuple(fault for fault in answers.faults if fault.path != rest)
        return Turn(state.with_answers(self.form, replace(answers, values=values, faults=faults)))

    def another(self, state: State, rest: str) -> Turn:
        """Begin another application that holds what is the same."""
        if len(state.people) >= MAX_PEOPLE or not carries(self.form):
            return Turn(state)
        people = (*state.people, next_application(self.form, state.answers))
        state = replace(state, people=people, at=len(people) - 1)
        steps = self.way(state).steps
        return self._at(state, steps[0] if steps else None)

    def person(self, state: State, rest: str) -> Turn:
        """Go to another application."""
        at = int(rest) if rest.isascii() and rest.isdigit() and len(rest) < 4 else -1
        return Turn(replace(state, at=at, step=REVIEW, open={})) if 0 <= at < len(state.people) else Turn(state)

    def drop(self, state: State, rest: str) -> Turn:
        """Give up the application at hand, where nothing was answered in it that is not in the others too."""
        if len(state.people) < 2 or own_answers(self.form, state.answers):
            return Turn(state)
        people = (*state.people[: state.at], *state.people[state.at + 1 :])
        return Turn(replace(state, people=people, at=max(0, state.at - 1), step=REVIEW))


def _entry(text: str) -> tuple[str, int]:
    """Return list and row of a text such as fahrten.2; row -1 where it is none."""
    repeat, _, row = text.rpartition(".")
    return repeat, int(row) if row.isascii() and row.isdigit() and len(row) < 4 else -1


_ACTS: Mapping[str, Callable[[Visit, State, str], Turn]] = {
    NEXT: Visit.onward,
    SKIP: Visit.skip,
    BACK: Visit.back,
    "go": Visit.go,
    "add": Visit.add,
    "alike": Visit.alike,
    "edit": Visit.edit,
    "remove": Visit.remove,
    "undo": Visit.undo,
    "clear": Visit.clear,
    "another": Visit.another,
    "person": Visit.person,
    "drop": Visit.drop,
}
