"""A first mapping for a PDF: guesses with how sure they are, and as remarks what could not be guessed."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formkit.answers.slots import outline
from formkit.definition.model import Form
from formkit.mapping.guesses import FAINT, GOOD, Guess, guesses
from formkit.mapping.questions import Asked, asked, fields
from formkit.mapping.targets import FILLABLE, Targets, fingerprint, says
from formkit.pdf.fields import Kind, PdfField, PdfForm

_FLAT = "{page: 1, x: 0, y: 0, width: 60, height: 6}"
_LONGEST_REMARK = 100
_MOST_STATES = 6
_FORBIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The text of a mapping file, and how many questions it maps of how many."""

    text: str
    mapped: int
    asked: int


def propose(form: Form, pdf: PdfForm) -> Proposal:
    """Return a first mapping from a form to a PDF, as the text of a file to be completed by hand."""
    questions = tuple(asked(outline(form)))
    places = fields(Targets(pdf))
    chosen, faint = _chosen(guesses(questions, places))
    mapped = {each.slot.path for guess in chosen for each in guess.answers}
    lines = [*_head(form, pdf, empty=not chosen)]
    lines += _written(questions, chosen, faint, flat=not pdf.fields)
    used = {name for guess in chosen for name in guess.takes}
    lines += _unused(pdf, used)
    return Proposal("\n".join([*lines, ""]), len(mapped), len(questions))


def _chosen(found: Iterable[Guess]) -> tuple[list[Guess], dict[str, Guess]]:
    """Take the surest guesses whose fields and questions are free; for other questions return the best faint one."""
    ranked = sorted(found, key=lambda guess: (-round(guess.sure), _position(guess), guess.order))
    chosen: list[Guess] = []
    faint: dict[str, Guess] = {}
    fields_taken: set[str] = set()
    answered: set[str] = set()
    for guess in ranked:
        paths = {each.path for each in guess.answers}
        if guess.sure < FAINT:
            break
        if not guess.answers or paths & answered or guess.takes & fields_taken:
            continue
        if guess.sure >= GOOD:
            chosen.append(guess)
            fields_taken |= guess.takes
            answered |= paths
        elif len(paths) == 1:
            faint.setdefault(guess.answers[0].path, guess)
    return chosen, faint


def _position(guess: Guess) -> tuple[str, ...]:
    return tuple(each.slot.number.zfill(8) for each in guess.answers)


def _head(form: Form, pdf: PdfForm, *, empty: bool) -> Iterator[str]:
    yield f"# Proposed for {form.id}. Every line is a guess: read it, complete it, and prove it with"
    yield "# `formkit map check`. The number before a line says how sure the guess is."
    yield f"form: {form.id}"
    yield f"version: {form.version}"
    yield f"pdf: {{fields: {_scalar(fingerprint(pdf))}, pages: {max(pdf.pages, 1)}}}"
    yield "# Answers that this PDF does not ask for."
    yield "left_out: []"
    yield "fields: []  # take the brackets away when the first line is written below" if empty else "fields:"


def _written(
    questions: Sequence[Asked], chosen: Sequence[Guess], faint: Mapping[str, Guess], *, flat: bool
) -> Iterator[str]:
    first = {guess.answers[0].path: guess for guess in chosen}
    mapped = {each.path for guess in chosen for each in guess.answers}
    section = ""
    for question in questions:
        if question.slot.section.number != section:
            section = question.slot.section.number
            yield f"  # --- {_remark(section)} {_remark(question.slot.section.section.title.text)}"
        if question.path in first:
            guess = first[question.path]
            yield f"  # {guess.sure:.0f} %: {_remark(guess.why)}"
            yield f"  - {_flow(guess.line)}"
        elif question.path not in mapped:
            yield from _open(question, faint.get(question.path), flat=flat)


def _open(question: Asked, guess: Guess | None, *, flat: bool) -> Iterator[str]:
    """Yield the remark for a question that nothing sure was found for."""
    must = ", must be answered" if question.slot.field.required else ""
    yield f"  # not found: {_remark(question.label)}{must}"
    if guess is not None:
        yield f"  # perhaps ({guess.sure:.0f} %): - {_remark(_flow(guess.line))}"
    else:
        yield f"  # - {{from: {_scalar(question.path)}, to: {_FLAT if flat else '?'}}}"


def _unused(pdf: PdfForm, used: set[str]) -> Iterator[str]:
    names = Targets(pdf).by_name
    left = [(name, each) for name, each in names.items() if name not in used and each.kind in FILLABLE]
    if left:
        yield "  # --- Fields of the PDF that nothing goes to"
        for name, each in left:
            yield f"  # {_remark(_scalar(name))} {_remark(_described(each))}"
    lost = sum(each.kind in FILLABLE for each in pdf.fields) - sum(each.kind in FILLABLE for each in names.values())
    if lost:
        yield f"  # {lost} fields have no name, or share one that differs in blanks only; no mapping can name them."


def _described(each: PdfField) -> str:
    parts = [each.kind.value]
    if each.kind is not Kind.TEXT:
        known = says(each)
        parts.append("|".join(known[:_MOST_STATES]) + ("|…" if len(known) > _MOST_STATES else ""))
    if each.max_length:
        parts.append(f"max {each.max_length}")
    if each.tooltip:
        parts.append(each.tooltip)
    return ", ".join(parts)


def _remark(text: str) -> str:
    """Return a text in one line as a remark can hold it: without controls, and not too long."""
    shown = "".join(" " if unicodedata.category(each) in _FORBIDDEN else each for each in text)
    line = " ".join(shown.split())
    return line if len(line) <= _LONGEST_REMARK else f"{line[: _LONGEST_REMARK - 1]}…"


def _flow(value: object) -> str:
    """Return plain values as YAML on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_scalar(key)}: {_flow(each)}" for key, each in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(_flow(each) for each in value) + "]"
        case int():
            return str(value)
        case _:
            return _scalar(str(value))


def _scalar(text: str) -> str:
    """Return a text as YAML: bare where it can only be one, else in quotes."""
    bare = text.isascii() and text.replace("_", "").replace(".", "").isalnum() and not text[0].isdigit()
    words = ("true", "false", "null", "yes", "no", "on", "off")
    return text if bare and text.lower() not in words else json.dumps(text, ensure_ascii=False)
