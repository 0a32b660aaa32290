"""What a template may say on a page: pairs of texts in the layout asked for, and what goes around them."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup

from formkit import words
from formkit.definition.places import Question, SectionPlace, parts
from formkit.expressions import Expression, simple_options
from formkit.fields import Field
from formkit.i18n.languages import GERMAN, Language, quoted
from formkit.i18n.localize import Localized
from formkit.render.glyphs import require
from formkit.render.inline import BLANK, ELSEWHERE, facts, inline, parameters
from formkit.render.visible import visible
from formkit.texts import Bilingual, Msg, plain
from formkit.widgets import Option

_NOTHING = Markup("")


class Layout(enum.Enum):
    """How two languages share a page."""

    INTERLINEAR = "interlinear"
    COLUMNS = "columns"
    TRANSLATION = "translation"
    SOURCE = "source"


@dataclass(frozen=True)
class Page:
    """The texts of one localized form in one layout; `translate` is off inside German-only parts.

    On a `fillable` page every box holds an element that becomes a field of the PDF.
    """

    localized: Localized
    layout: Layout
    translate: bool = True
    fillable: bool = False

    @property
    def language(self) -> Language:
        """Return the reader's language."""
        return self.localized.language

    @property
    def german_only(self) -> Page:
        """Return the page of a part that stays German."""
        return replace(self, translate=False)

    def text(self, msg: Msg) -> Bilingual:
        """Return the pair of a text as this layout needs it."""
        wanted = self.translate and self.layout is not Layout.SOURCE
        return self.localized.text(msg, translate=wanted)

    def source(self, msg: Msg) -> Markup:
        """Return the German HTML of a text."""
        require(msg.text, GERMAN)
        return inline(msg.text, GERMAN, parameters(self.localized, GERMAN))

    def target(self, msg: Msg) -> Markup | None:
        """Return the translated HTML of a text, the marker where it is missing, None where German stands alone."""
        pair = self.text(msg)
        if pair.target is None:
            return self._missing() if pair.missing else None
        require(pair.target, self.language)
        # Where two languages stand side by side, the office writes once: in the German line.
        blank = BLANK if self.layout is Layout.TRANSLATION else ELSEWHERE
        return inline(pair.target, self.language, parameters(self.localized, self.language, blank))

    def bookmark(self, msg: Msg, number: str = "") -> str:
        """Return what the document's outline says for a heading: number, German, translation."""
        pair = self.text(msg)
        target = self.filled(pair.target, self.language) if pair.target else ""
        german = "" if target and self.layout is Layout.TRANSLATION else self.filled(pair.source, GERMAN)
        return " ".join(part for part in (number, " – ".join(part for part in (german, target) if part)) if part)

    def _missing(self) -> Markup:
        pair = self.localized.text(words.MISSING_TRANSLATION)
        language = self.language if pair.target else GERMAN
        return Markup('<span class="missing">[{}]</span>').format(inline(pair.target or pair.source, language, _none))

    def pair(self, msg: Msg, note: int = 0) -> Markup:
        """Return both languages as two inline elements, German first, with the number of a note behind it."""
        target = self.target(msg)
        if target is not None and self.layout is Layout.TRANSLATION:
            target += _raised(note)
        return self._two(self.source(msg) + _raised(note), target, "span", " ")

    def note(self, msg: Msg, number: int) -> Markup:
        """Return a numbered note as two paragraphs side by side."""
        target = self.target(msg)
        numbered = None if target is None else _raised(number) + target
        return self._two(_raised(number) + self.source(msg), numbered, "p", "")

    def both(self, msg: Msg, extra: Markup = _NOTHING, before: Markup = _NOTHING) -> Markup:
        """Return both languages as two paragraphs side by side; `before` and `extra` stand around the German."""
        target = self.target(msg)
        if target is not None and self.layout is Layout.TRANSLATION:
            target = before + target
        return self._two(before + self.source(msg) + extra, target, "p", "")

    def input(self, name: str) -> Markup:
        """Return the element that becomes a field of a fillable PDF, nothing on paper; `name` joins the two."""
        return Markup('<input type="checkbox" name="{}">').format(name) if self.fillable else _NOTHING

    def say(self, msg: Msg, between: str = " ", **found: str) -> Markup:
        """Return a word of our own as a pair, its placeholders filled with the given texts."""
        pair = self.text(msg)
        source = inline(pair.source, GERMAN, facts(found, GERMAN))
        target = inline(pair.target, self.language, facts(found, self.language)) if pair.target else None
        return self._two(source, target, "span", between)

    def _two(self, source: Markup, target: Markup | None, tag: str, between: str) -> Markup:
        if target is not None and self.layout is Layout.TRANSLATION:
            if 'class="missing"' not in target:
                return Markup("<{0} {1}>{2}</{0}>").format(tag, self.marks("d"), target)
            target = None
        german = Markup('<{0} class="d"{2}>{1}</{0}>').format(tag, source, self.german)
        if target is None:
            return german
        return german + between + Markup("<{0} {1}>{2}</{0}>").format(tag, self.marks("t"), target)

    @property
    def german(self) -> Markup:
        """Return the attributes of a German element: in a reading copy German is the other language, and says so."""
        return Markup(' lang="de" dir="ltr"') if self.layout is Layout.TRANSLATION else _NOTHING

    def marks(self, name: str) -> Markup:
        """Return class, language and direction of an element in the reader's language."""
        return Markup('class="{}" lang="{}" dir="{}"').format(name, self.language.tag, self.language.direction)

    def hint(self, when: Expression, hint: Msg | None) -> Markup:
        """Return the sentence that stands for a condition on paper."""
        if hint is not None:
            return self.pair(hint)
        path, codes = simple_options(when) or ("", ())
        field = next(part.field for part in parts(self.localized.form) if part.path == path)
        pairs = [self.text(label) for label in option_labels(field, codes)]
        german = self._joined([pair.source for pair in pairs], GERMAN)
        source = inline(words.ONLY_FOR.text, GERMAN, facts({"options": german}, GERMAN))
        pattern = self.text(words.ONLY_FOR).target
        if pattern is None or any(pair.missing for pair in pairs):
            return self._two(source, self._missing() if self.text(words.ONLY_FOR).missing else None, "span", " ")
        options = self._joined([pair.target or pair.source for pair in pairs], self.language)
        target = inline(pattern, self.language, facts({"options": options}, self.language))
        return self._two(source, target, "span", " ")

    def _joined(self, labels: list[str], language: Language) -> str:
        pair = self.text(words.OR)
        pattern = (pair.target or pair.source) if language.tag != GERMAN.tag else pair.source
        labels = [quoted(self.filled(label, language), language) for label in labels]
        joined = labels[0]
        for label in labels[1:]:
            joined = pattern.replace("{first}", joined).replace("{second}", label)
        return joined

    def filled(self, label: str, language: Language) -> str:
        """Return a text of a language as plain text, its parameters filled in."""
        text = plain(label)
        for name in self.localized.parameters:
            if f"{{{name}}}" in text:
                text = text.replace(f"{{{name}}}", self.localized.value(name, language) or "…")
        return text

    def pages(self) -> Markup:
        """Return "Seite 1 von 5" in both languages; the style sheet counts."""
        return self._two(_counted(words.PAGE_OF.text, GERMAN), self._target_of(words.PAGE_OF), "span", " · ")

    def _target_of(self, msg: Msg) -> Markup | None:
        target = self.text(msg).target
        return _counted(target, self.language) if target else None

    def topics(self, ids: tuple[str, ...]) -> Markup:
        """Return for whom an office is responsible: the labels of the form's topics."""
        offices = self.localized.form.offices
        pairs = [self.pair(offices[name].label) for name in ids if name in offices]
        return Markup(", ").join(pairs)

    @cached_property
    def sections(self) -> tuple[SectionPlace, ...]:
        """Return the sections to print, with their numbers."""
        return visible(self.localized)


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that share one condition, or one question without."""

    when: Expression | None
    hint: Msg | None
    questions: tuple[Question, ...]


def blocks(section: SectionPlace) -> tuple[Block, ...]:
    """Group a section's questions: neighbours under the same condition share its hint."""
    found: list[Block] = []
    for question in section.questions:
        when, hint = question.when, question.hint
        last = found[-1] if found else None
        if last and when and last.when and last.when.source == when.source and last.hint == hint:
            found[-1] = Block(when, hint, (*last.questions, question))
        else:
            found.append(Block(when, hint, (question,)))
    return tuple(found)


def option_labels(field: Field, codes: tuple[str, ...]) -> list[Msg]:
    """Return the labels of a field's options; of yes/no fields ja and nein."""
    options = getattr(field, "options", None)
    if options is None:
        return [words.YES if code == "true" else words.NO for code in codes]
    return [options[code].label for code in codes]


def closing(options: tuple[Option, ...]) -> list[Msg]:
    """Return why options may be closed, each reason once: paper says it in numbered notes."""
    return list(dict.fromkeys(option.reason for option in options if option.reason))


def _raised(number: int) -> Markup:
    return Markup("<sup>{}</sup>").format(number) if number else _NOTHING


def _none(name: str) -> Markup:
    return Markup("")


def _counted(text: str, language: Language) -> Markup:
    counters = {"page": Markup('<span class="page"></span>'), "pages": Markup('<span class="total"></span>')}
    return inline(text, language, lambda name: counters[name])
