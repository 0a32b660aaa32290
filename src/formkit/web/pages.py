"""A page of questions: what stands on it for the answers given so far, and what is wrong there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from formkit import screen_words
from formkit.answers import Finding
from formkit.answers.summary import MISSING
from formkit.definition.places import Question
from formkit.expressions import UNKNOWN, Expression
from formkit.problems import Severity
from formkit.render.page import Layout, Page
from formkit.texts import Msg
from formkit.web import rows
from formkit.web.asking import Asker, Findings, html_id, shown_paths
from formkit.web.judging import judged
from formkit.web.looks import Asked, Block, Entry, Listed
from formkit.web.saying import said
from formkit.web.speech import Speech
from formkit.web.state import State
from formkit.web.steps import Step, Way
from formkit.web.typed import raw_of


@dataclass(frozen=True, slots=True)
class Link:
    """A line of the summary of errors: where it leads, and what it says."""

    target: str
    label: Markup
    text: Markup


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """Everything that the template of a page of questions shows."""

    step: Step
    title: Markup
    blocks: tuple[Block, ...]
    intro: Markup | None
    hint: Markup | None
    errors: tuple[Link, ...]
    can_skip: bool
    more: bool
    shown: str

    @property
    def sole(self) -> Asked | None:
        """Return the question that is the page's title, where the page holds only that one."""
        if len(self.blocks) != 1 or self.blocks[0].listed or not self.step.single:
            return None
        questions = self.blocks[0].questions
        return questions[0] if len(questions) == 1 and not self.blocks[0].title else None


def question_page(
    speech: Speech, found: Way, step: Step, state: State, *, attempted: bool, more: bool = False
) -> QuestionPage:
    """Return a page of questions; what is not answered yet counts only where going on was `attempted`."""
    everything = judged(speech.prepared, found.answers, attempted=attempted)
    asker = Asker(speech, found, _by_path(everything), step.section.section.translate)
    blocks = tuple(_block(asker, step, question, state) for question in step.questions)
    paths = tuple(path for block in blocks for path in _paths(block))
    asker = replace(asker, findings=_placed(everything, frozenset(paths)))
    blocks = tuple(_block(asker, step, question, state) for question in step.questions)
    section = step.section.section
    first = step is next(each for each in found.steps if each.section == step.section)
    unknown = section.when is not None and found.situation.holds(section.when) is UNKNOWN
    links = tuple(_links(speech, asker.findings, blocks))
    return QuestionPage(
        step,
        speech.html(section.title, section.translate),
        blocks,
        speech.html(section.intro, section.translate) if section.intro and first else None,
        hint(speech, section.when, section.hint) if unknown else None,
        links,
        bool(links) and not faulty(asker.findings),
        more,
        " ".join(paths),
    )


def faulty(findings: Findings) -> bool:
    """Tell whether something is wrong, not only missing: then nobody goes on."""
    return any(
        each.level is Severity.ERROR and each.key not in MISSING for listed in findings.values() for each in listed
    )


def hint(speech: Speech, when: Expression | None, text: Msg | None) -> Markup | None:
    """Return the sentence that says on paper for whom a question is meant."""
    if when is None:
        return None
    page = Page(speech.prepared.localized, Layout.TRANSLATION if speech.foreign else Layout.SOURCE)
    return page.hint(when, text)


def _by_path(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    found: dict[str, tuple[Finding, ...]] = {}
    for each in findings:
        found[each.path] = (*found.get(each.path, ()), each)
    return found


def _placed(findings: Iterable[Finding], paths: frozenset[str]) -> dict[str, tuple[Finding, ...]]:
    """Return findings by the question of this page at which they are shown: the first one they are about."""
    found: dict[str, tuple[Finding, ...]] = {}
    for each in findings:
        place = next((path for path in (each.path, *each.also) if path in paths), "")
        if place:
            found[place] = (*found.get(place, ()), each)
    return found


def _paths(block: Block) -> list[str]:
    if block.listed is None:
        return shown_paths(block.questions)
    return [path for entry in block.listed.entries for path in shown_paths(entry.questions)]


def _links(speech: Speech, findings: Findings, blocks: tuple[Block, ...]) -> Iterator[Link]:
    targets: dict[str, str] = {}
    for block in blocks:
        entries = block.listed.entries if block.listed else ()
        for asked in (*block.questions, *(each for entry in entries for each in entry.questions)):
            targets |= _targets(asked)
    for path, target in targets.items():
        for each in findings.get(path, ()):
            if each.level is Severity.ERROR:
                yield Link(target, speech.own(each.label), speech.own(each.text))


def _targets(asked: Asked) -> dict[str, str]:
    """Return by value path the element to go to, boxes behind options among them, in the order of the page."""
    found = {asked.path: asked.focus}
    for option in (option for group in asked.groups for option in group.options):
        if option.text is not None:
            found[option.text.name] = option.text.id
        for each in option.more:
            found |= _targets(each)
    return found


def _block(asker: Asker, step: Step, question: Question, state: State) -> Block:
    speech = asker.speech
    unknown = question.when is not None and asker.way.situation.holds(question.when) is UNKNOWN
    title = speech.html(question.label, asker.translate) if question.label else None
    if question.repeat:
        listed = _listed(asker, step, question, state)
        return Block(
            title,
            _opt(asker, question.help),
            _hint_of(speech, question, unknown),
            listed=listed,
            id=html_id(question.repeat_path),
        )
    questions = asker.asked(step, question, question.parts, None)
    return Block(title, _opt(asker, question.help), _hint_of(speech, question, unknown), questions)


def _opt(asker: Asker, msg: Msg | None) -> Markup | None:
    return asker.speech.html(msg, asker.translate) if msg is not None else None


def _hint_of(speech: Speech, question: Question, unknown: bool) -> Markup | None:
    return hint(speech, question.when, question.hint) if unknown else None


def _listed(asker: Asker, step: Step, question: Question, state: State) -> Listed:
    form, answers = asker.way.prepared.localized.form, asker.way.answers
    path = question.repeat_path
    count = rows.count(form, answers, path)
    most = asker.way.prepared.placed.most_rows(path)
    opened = min(state.open.get(path, -1 if count else 0), count)
    entries = [_entry(asker, step, question, row, opened) for row in range(count)]
    if opened == count < most:
        entries.append(_entry(asker, step, question, count, opened, new=True))
    return Listed(path, tuple(entries), len(entries) < most, 0 < count < most and opened != count)


def _entry(asker: Asker, step: Step, question: Question, row: int, opened: int, *, new: bool = False) -> Entry:
    speech = asker.speech
    prefix = f"{question.repeat_path}.{row}."
    wrong = any(
        each.level is Severity.ERROR
        for path, listed in asker.findings.items()
        if path.startswith(prefix)
        for each in listed
    )
    title = speech.html(screen_words.ENTRY, number=str(row + 1))
    if row == opened or wrong:
        questions = asker.asked(step, question, question.parts, row)
        return Entry(row, title, questions=questions, open=True, new=new)
    return Entry(row, title, tuple(_lines(asker, question, row)))


def _lines(asker: Asker, question: Question, row: int) -> Iterator[tuple[Markup, Markup]]:
    placed, answers = asker.way.prepared.placed, asker.way.answers
    for slot in placed.columns[question.repeat_path]:
        path = slot.at(row)
        label = asker.speech.html(slot.field.short or slot.label, asker.translate)
        if path in answers.values:
            yield label, said(asker.speech, slot, answers.values[path])
        elif path in asker.way.situation.faulty:
            raw: Mapping[str, str] = raw_of(slot, path, answers)
            yield label, Markup("<bdi>{}</bdi>").format(" ".join(raw.values()))
