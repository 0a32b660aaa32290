"""The merge: a changed German form meets a catalogue, and no translation is lost or left under a wrong text.

For each text of the form, in its order: the same text keeps its translation; a text that changed under
the same id takes it along, as translated where the change is trivial, else marked fuzzy with the old
German; an id that is new may take a very similar text that vanished, marked fuzzy; else it is empty.
What vanished is kept as obsolete. Entries that say the same are copied character by character.
"""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from formkit.i18n.catalog import Entry
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import Language
from formkit.i18n.old import OldCatalog, OldEntry, Spelling
from formkit.i18n.po_write import (
    EDITED,
    STALE,
    Header,
    facts,
    header_block,
    merged,
    source_facts,
    source_head,
    spelling,
    unescaped,
    write_obsolete,
)
from formkit.i18n.safety import faults
from formkit.i18n.trivial import is_trivial

SIMILAR = 80
_PROJECT = re.compile(r'("Project-Id-Version: )[^"\\]*(\\n")')


class Kept(enum.Enum):
    """What became of a text of the form."""

    SAME = "same"
    TRIVIAL = "kept"
    CHANGED = "to check"
    SIMILAR = "similar"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Updated:
    """A merged catalogue: its text, what became of the form's texts, how many vanished."""

    text: str
    counts: Mapping[Kept, int]
    vanished: int
    changed: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where one text of the form gets its translation from; an untouched entry is copied as it stands."""

    source: Extracted
    kept: Kept
    old: OldEntry | None
    untouched: bool = False


def update(old: OldCatalog, sources: Sequence[Extracted], language: Language, header: Header) -> Updated:
    """Merge a form's texts into a catalogue; `changed` is false where not a character is to be written."""
    plans = _plans(old, sources)
    used = {plan.old.spelling for plan in plans if plan.old}
    gone = [entry for key, entry in old.entries.items() if key not in used and entry.translated]
    meanings = old.meanings([*(plan.old for plan in plans if plan.old and not plan.untouched), *gone])
    plans = [_settled(plan, meanings) for plan in plans]
    blocks = [_head(old, language, header)]
    blocks += [_block(plan, meanings, header) for plan in plans]
    blocks += [write_obsolete(meanings[entry.spelling]) for entry in gone]
    blocks += [entry.block.raw for key, entry in old.obsolete.items() if key not in used]
    before = [entry.block.raw for entry in (old.header, *old.entries.values(), *old.obsolete.values()) if entry]
    text = "\n\n".join([*blocks, *(["\n".join(old.tail)] if old.tail else [])]) + "\n"
    return Updated(text, Counter(plan.kept for plan in plans), len(gone), blocks != before)


def _plans(old: OldCatalog, sources: Sequence[Extracted]) -> list[_Plan]:
    """Say for every text where its translation comes from."""
    ids = old.by_id()
    known = {name for entry in old.entries.values() for name in entry.ids}
    plans = []
    for source in sources:
        key = spelling(source.msg.context, source.msg.text)
        same = old.entries.get(key) or old.obsolete.get(key)
        if same is not None:
            plans.append(_Plan(source, Kept.SAME, same, _says_the_same(same, source)))
            continue
        carried = next((ids[name] for name in source.ids if name in ids), None)
        at_new_place = not any(name in known for name in source.ids)
        if carried is not None:
            plans.append(_Plan(source, Kept.TRIVIAL if _trivial(carried, source) else Kept.CHANGED, carried))
        else:
            plans.append(_Plan(source, Kept.SIMILAR if at_new_place else Kept.NEW, None))
    return list(_with_similar(old, plans))


def _says_the_same(old: OldEntry, source: Extracted) -> bool:
    """Tell whether the comments of an entry are those of its source already."""
    if old.block.obsolete:
        return False
    return old.block.raw.startswith(source_head(source)) or facts(old.block.lines) == source_facts(source)


def _trivial(old: OldEntry, source: Extracted) -> bool:
    context, text = old.spelling
    return context == spelling(source.msg.context, "")[0] and is_trivial(unescaped(text), source.msg.text)


def _with_similar(old: OldCatalog, plans: list[_Plan]) -> Iterator[_Plan]:
    """Give a text at a new place the most similar text that vanished, or nothing."""
    used = {plan.old.spelling for plan in plans if plan.old}
    vanished = {key: key[1] for key, entry in old.entries.items() if key not in used and entry.translated}
    for plan in plans:
        if plan.kept is not Kept.SIMILAR:
            yield plan
            continue
        text = spelling("", plan.source.msg.text)[1]
        best = process.extractOne(text, vanished, scorer=fuzz.ratio, score_cutoff=SIMILAR) if vanished else None
        if best is None:
            yield replace(plan, kept=Kept.NEW)
        else:
            del vanished[best[2]]
            yield replace(plan, old=old.entries[best[2]])


def _settled(plan: _Plan, meanings: Mapping[Spelling, Entry]) -> _Plan:
    """Have a trivial change checked all the same where its translation waits already or does not fit any more."""
    if plan.kept is not Kept.TRIVIAL or plan.old is None:
        return plan
    entry = meanings[plan.old.spelling]
    doubtful = entry.fuzzy or any(faults(plan.source.msg.text, entry.text))
    return replace(plan, kept=Kept.CHANGED) if doubtful else plan


def _block(plan: _Plan, meanings: Mapping[Spelling, Entry], header: Header) -> str:
    """Return the new text of one entry."""
    if plan.old is None:
        return merged(plan.source, Entry(plan.source.msg.context, plan.source.msg.text, ""))
    if plan.untouched:
        return plan.old.block.raw
    entry = meanings[plan.old.spelling]
    if plan.kept is not Kept.SAME:
        return merged(plan.source, _carried(plan, entry, header))
    text = merged(plan.source, entry)
    same = not plan.old.block.obsolete and facts(text.split("\n")) == facts(plan.old.block.lines)
    return plan.old.block.raw if same else text


def _carried(plan: _Plan, entry: Entry, header: Header) -> Entry:
    """Return an entry whose German changed, with its translation: to be checked unless the change is trivial."""
    notes = [note for note in entry.extracted if not note.startswith((STALE, EDITED))]
    if plan.kept is Kept.TRIVIAL:
        return replace(entry, extracted=(*notes, f"{EDITED} punctuation"))
    waiting = (note for note in entry.extracted if entry.fuzzy and note.startswith(STALE))
    since = next(waiting, f"{STALE} {header.project}")
    previous = entry.previous if entry.fuzzy and entry.previous else entry.key
    return replace(entry, fuzzy=True, previous=previous, extracted=(*notes, since))


def _head(old: OldCatalog, language: Language, header: Header) -> str:
    """Return the header as it stands, but for the version of the form it was made for."""
    if old.header is None:
        return header_block(language, header)
    return _PROJECT.sub(lambda match: f"{match[1]}{header.project}{match[2]}", old.header.block.raw, count=1)
