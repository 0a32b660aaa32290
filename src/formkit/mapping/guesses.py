"""Guesses of where a question goes in a foreign PDF, each with how sure it is and the fields it would take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from formkit.mapping.matching import alike, keys, tokens
from formkit.mapping.questions import Asked, Place, Words, date_part, family, score, takes
from formkit.mapping.targets import guessed
from formkit.pdf.fields import Kind

# A guess below the first is not written at all, one below the second only as a remark.
FAINT, GOOD = 45.0, 65.0
_PENALTY = 0.85
_IBAN = range(22, 35)
_LEAST_ROWS = 2

# What stands before and behind the number in some fields' names, and the fields by their number.
Family = tuple[tuple[str, str], dict[int, Place]]


@dataclass(frozen=True, slots=True)
class Guess:
    """A line of a mapping that is proposed: its keys, the fields and questions it takes, and why."""

    sure: float
    line: Mapping[str, object]
    takes: frozenset[str]
    answers: tuple[Asked, ...]
    why: str
    order: int


def guesses(questions: Sequence[Asked], places: Sequence[Place]) -> Iterator[Guess]:
    """Yield everything that may be meant, in any order."""
    by_key: dict[str, list[Place]] = {}
    for place in places:
        for key in keys(place.all_words):
            by_key.setdefault(key, []).append(place)
    triples = tuple(_triples(places))
    rows = tuple(_rows(places))
    for question in questions:
        if question.slot.repeat:
            yield from _in_rows(question, rows)
            continue
        wanted = keys(word for words in question.words for word in words)
        near = {place.order: place for key in wanted for place in by_key.get(key, ())}
        yield from (_single(question, place) for place in near.values() if takes(question, place))
        if question.kind == "date":
            yield from (_dated(question, triple) for triple in triples)
        elif question.kind == "iban":
            yield from (_grouped(question, found) for found in rows)
        elif question.codes:
            yield from _boxes(question, places)
    yield from _joined(questions, places)


def _single(question: Asked, place: Place) -> Guess:
    sure = score(question, place)
    line: dict[str, object] = {"from": question.path, "to": place.name}
    if question.codes and place.field.kind is not Kind.TEXT:
        said = guessed(place.field, question.codes)
        table = {code: state for code, state in said.items() if code != state}
        if len(said) < len(question.codes):
            sure *= _PENALTY if said or (place.field.kind is Kind.CHECK and len(question.codes) <= 2) else 0.5
        if table:
            line["codes"] = table
    if question.codes and place.field.kind is Kind.TEXT:
        sure *= _PENALTY
    return Guess(sure, line, frozenset([place.name]), (question,), _why(question, place), place.order)


def _why(question: Asked, place: Place) -> str:
    said = f" ({place.field.tooltip})" if place.field.tooltip else ""
    return f"{question.label} = {place.name}{said}"


def _triples(places: Sequence[Place]) -> Iterator[dict[str, Place]]:
    """Yield day, month and year that have all other words of their names in common."""
    found: dict[Words, dict[str, Place]] = {}
    for place in places:
        part = date_part(place) if place.field.kind is Kind.TEXT else None
        if part is not None:
            found.setdefault(part[0], {}).setdefault(part[1], place)
    return (each for each in found.values() if len(each) == 3)


def _dated(question: Asked, triple: Mapping[str, Place]) -> Guess:
    day = triple["day"]
    names = [triple[part].name for part in ("day", "month", "year")]
    line = {"from": question.path, "split": {"into": names, "at": ["day", "month", "year"]}}
    # The word for the part is no word of the question.
    bare = [tuple(word for word in words if word not in ("tag", "day", "tt")) for words in day.words]
    sure = max((alike(one, other) for one in question.words for other in bare if other), default=0.0)
    return Guess(sure, line, frozenset(names), (question,), _why(question, day), day.order)


def _rows(places: Sequence[Place]) -> Iterator[Family]:
    """Yield fields that differ in a number alone, from 0 or 1 without gaps."""
    found: dict[tuple[str, str], dict[int, Place]] = {}
    for place in places:
        part = family(place.name)
        if part is not None and "{" not in place.name:
            found.setdefault(part[0], {})[part[1]] = place
    for around, each in found.items():
        first = min(each)
        alike_kinds = len({place.field.kind for place in each.values()}) == 1
        if len(each) >= _LEAST_ROWS and first in (0, 1) and max(each) == first + len(each) - 1 and alike_kinds:
            yield around, each


def _in_rows(question: Asked, rows: Sequence[Family]) -> Iterator[Guess]:
    most = question.slot.question.repeat.max if question.slot.question.repeat else 0
    for (before, behind), each in rows:
        first = min(each)
        place = each[first]
        if not takes(question, place) or len(each) > most:
            continue
        name = f"{before}{'{n}' if first else '{i}'}{behind}"
        made = _single(question, place)
        line = {**made.line, "to": name, "rows": len(each)}
        taken = frozenset(other.name for other in each.values())
        yield Guess(made.sure, line, taken, (question,), made.why, place.order)


def _grouped(question: Asked, found: Family) -> Guess:
    """Guess that an IBAN goes into several boxes, by what they hold together."""
    places = [place for _, place in sorted(found[1].items())]
    sizes = [place.field.max_length or 0 for place in places]
    line = {"from": question.path, "split": {"into": [place.name for place in places], "at": sizes}}
    fits = all(sizes) and sum(sizes) in _IBAN and places[0].field.kind is Kind.TEXT
    sure = score(question, places[0]) if fits else 0.0
    names = frozenset(place.name for place in places)
    return Guess(sure, line, names, (question,), _why(question, places[0]), places[0].order)


def _boxes(question: Asked, places: Sequence[Place]) -> Iterator[Guess]:
    """Guess a box for each code, by the words of its option, with those of the question or without."""
    boxes = [place for place in places if place.field.kind is Kind.CHECK and len(place.field.states) <= 1]
    if len(question.codes) < 2 or not boxes:
        return
    chosen: dict[str, Place] = {}
    scores = []
    ranked = sorted(
        ((_box_score(question, code, place), -place.order, code, place) for code in question.codes for place in boxes),
        key=lambda each: each[:2],
        reverse=True,
    )
    for sure, _, code, place in ranked:
        if sure < GOOD:
            break
        if code not in chosen and place not in chosen.values():
            chosen[code] = place
            scores.append(sure)
    if 2 * len(chosen) < len(question.codes) or not chosen:
        return
    sure = sum(scores) / len(chosen) * (1 if len(chosen) == len(question.codes) else _PENALTY)
    first = min(chosen.values(), key=lambda place: place.order)
    line = {"from": question.path, "boxes": {code: chosen[code].name for code in question.codes if code in chosen}}
    taken = frozenset(place.name for place in chosen.values())
    yield Guess(sure, line, taken, (question,), _why(question, first), first.order)


def _box_score(question: Asked, code: str, place: Place) -> float:
    """Return how probably a box is that of a code: a bare yes needs the words of its question as well."""
    own, bare = question.codes[code], code in ("ja", "nein")
    ways = [(*words, *own) for words in question.words] + ([] if bare else [own, tokens(code)])
    return max((alike(way, other) for way in ways for other in place.words), default=0.0)


def _joined(questions: Sequence[Asked], places: Sequence[Place]) -> Iterator[Guess]:
    """Guess that a field takes several answers of one section: "Name, Vorname", "PLZ Ort"."""
    short: dict[tuple[str, str], Asked] = {}
    for question in questions:
        if not question.codes and not question.slot.repeat:
            for words in question.words:
                if len(words) == 1:
                    short.setdefault((question.slot.section.section.id, words[0]), question)
    sections = dict.fromkeys(section for section, _ in short)
    for place in places:
        if place.field.kind is Kind.TEXT:
            for words in place.words:
                yield from (_join(section, words, short, place) for section in sections if len(words) > 1)


def _join(section: str, words: Words, short: Mapping[tuple[str, str], Asked], place: Place) -> Guess:
    found = list(dict.fromkeys(short[section, word].path for word in words if (section, word) in short))
    answers = tuple(next(each for each in short.values() if each.path == path) for path in found)
    named = sum((section, word) in short for word in words)
    separator = ", " if "," in place.field.tooltip or "," in place.name else " "
    line = {"join": found, "separator": separator, "to": place.name}
    sure = 100.0 * named / len(words) - 2 if len(found) > 1 else 0.0
    return Guess(sure, line, frozenset([place.name]), answers, f"{' + '.join(found)} = {place.name}", place.order)
