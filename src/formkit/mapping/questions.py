"""What a proposal knows of both sides: the questions of a form and the fields of a PDF, with the words of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from formkit.answers.slots import Outline, Slot
from formkit.fields.attachment import AttachmentField
from formkit.fields.matrix import MatrixField
from formkit.mapping.matching import alike, folded, tokens
from formkit.mapping.sources import Source, known_codes
from formkit.mapping.targets import FILLABLE, Targets
from formkit.pdf.fields import Kind, PdfField
from formkit.texts import Msg, runs

Words = tuple[str, ...]
_DATE_WORDS = {
    **dict.fromkeys(("tag", "day", "tt"), "day"),
    **dict.fromkeys(("monat", "month", "mm"), "month"),
    **dict.fromkeys(("jahr", "year", "jjjj", "jj"), "year"),
}
_NUMBER = re.compile(r"[0-9]+(?![^0-9]*[0-9])")
_SECTION = 0.15


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its path with {i} in lists, its words, those of its section, and its codes with their words."""

    slot: Slot
    path: str
    label: str
    words: tuple[Words, ...]
    section: Words
    codes: Mapping[str, Words] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Return the type of the field."""
        return str(getattr(self.slot.field, "type", ""))


@dataclass(frozen=True, slots=True)
class Place:
    """A field of the PDF by the name a mapping can write, its words, and its place in the file."""

    name: str
    field: PdfField
    words: tuple[Words, ...]
    order: int

    @property
    def all_words(self) -> frozenset[str]:
        """Return all words of the name and the tooltip."""
        return frozenset(word for words in self.words for word in words)


def plain(msg: Msg) -> str:
    """Return a text without its marks and placeholders."""
    return "".join(getattr(run, "text", "") for run in runs(msg.text))


def asked(placed: Outline) -> Iterator[Asked]:
    """Yield the questions of a form that a proposal looks for, in the order of the page."""
    for slot in placed.slots:
        path = f"{slot.repeat}.{{i}}.{slot.column}" if slot.repeat else slot.path
        label, tail = plain(slot.label), slot.path.rpartition(".")[2]
        section = tokens(plain(slot.section.section.title))
        # A part of a question may be meant by the question's own words.
        question = tokens(plain(slot.question.label)) if slot.question.label is not None else ()
        words = tuple(
            dict.fromkeys(each for each in (tokens(label), tokens(tail), (*question, *tokens(label))) if each)
        )
        codes = {code: _code_words(slot, code) for code in known_codes(Source(slot.path, slot, None))}
        yield Asked(slot, path, label, words, section, codes)


def _code_words(slot: Slot, code: str) -> Words:
    if isinstance(slot.field, MatrixField | AttachmentField):
        return tokens(code)
    option = slot.options.get(code)
    return tokens(plain(option.label)) if option is not None else tokens(code)


def fields(targets: Targets) -> tuple[Place, ...]:
    """Return the fields that can be filled in, in the file's order."""
    found = enumerate(targets.by_name.items())
    return tuple(
        Place(name, each, _field_words(name, each.tooltip), order)
        for order, (name, each) in found
        if each.kind in FILLABLE and name.isprintable()
    )


def _field_words(name: str, tooltip: str) -> tuple[Words, ...]:
    parts = (tokens(name.rpartition(".")[2]), tokens(name), tokens(tooltip[:300]))
    without = tuple(tuple(word for word in words if not word.isdigit()) for words in parts)
    return tuple(dict.fromkeys(words for words in without if words))


def score(question: Asked, place: Place) -> float:
    """Return from 0 to 100 how probably a field asks a question, by its words alone."""
    own = max((alike(one, other) for one in question.words for other in place.words), default=0.0)
    wider = ((*question.section, *one) for one in question.words)
    around = max((alike(one, other) for one in wider for other in place.words), default=0.0)
    return min(100.0, own * (1 - _SECTION) + max(own, around) * _SECTION)


def takes(question: Asked, place: Place) -> bool:
    """Tell whether a field is of a kind that a question can go to."""
    if question.codes:
        return place.field.kind is not Kind.TEXT or question.kind == "choice"
    return place.field.kind is Kind.TEXT


def date_part(place: Place) -> tuple[Words, str] | None:
    """Return the words of a field without that which names a part of a date, and the part; None without one."""
    words = [folded(word) for word in re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", place.name))]
    parts = [word for word in words if word in _DATE_WORDS]
    if len(parts) != 1:
        return None
    return tuple(word for word in words if word not in _DATE_WORDS), _DATE_WORDS[parts[0]]


def family(name: str) -> tuple[tuple[str, str], int] | None:
    """Return what stands before and behind the last number of a name, and the number; None for a name without one.

    >>> family("Zeile 2 Ziel")
    (('Zeile ', ' Ziel'), 2)
    """
    match = _NUMBER.search(name)
    if match is None or len(match[0]) > 4 or match[0] != str(int(match[0])):
        return None
    return (name[: match.start()], name[match.end() :]), int(match[0])
