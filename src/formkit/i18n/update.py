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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rapidfuzz import fuzz, process

from formkit.i18n import po_fast
from formkit.i18n.catalog import Entry, entries_of
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import Language
from formkit.i18n.old import OldCatalog
from formkit.i18n.po_entry import Head, OldEntry, Spelling, spelling, spelt, unescaped
from formkit.i18n.po_write import (
    EDITED,
    STALE,
    Header,
    facts,
    header_block,
    merged_head,
    obsolete_head,
    source_facts,
    source_head,
    translation,
    untranslated,
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
    """A merged catalogue in UTF-8, what became of the form's texts, how many vanished."""

    data: bytes
    counts: Mapping[Kept, int]
    vanished: int
    changed: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Wanted:
    """A text of the form, and how its entry is found in a file.

    `heads` keeps how an old entry is written anew for this text, up to its translation, `trivial` whether
    the text differs from that of an old entry only trivially.
    """

    source: Extracted
    spelling: Spelling
    heads: dict[tuple[Head, Kept, bool], bytes] = field(default_factory=dict)
    trivial: dict[Head, bool] = field(default_factory=dict)


class _Plan(NamedTuple):
    """Where a text of the form gets its translation from whose entry cannot be copied as it stands."""

    wanted: _Wanted
    kept: Kept
    old: OldEntry | None


def update(old: OldCatalog, sources: Sequence[Extracted], language: Language, header: Header) -> Updated:
    """Merge a form's texts into a catalogue; `changed` is false where not a character is to be written."""
    return Merge(sources, header).into(old, language)


class Merge:
    """A form's texts on their way into its catalogues.

    What stands before a translation is nearly always the same in all languages, so what it means and how it
    is written anew is worked out once and kept for the next catalogue.
    """

    def __init__(self, sources: Sequence[Extracted], header: Header) -> None:
        self._header = header
        # How the entry of each begins where nobody left a mark: most do, and need no second look.
        self._unmarked = [po_fast.head(source_head(source).encode()) for source in sources]
        self._wanted = [
            _Wanted(source, head.spelling if head else spelling(source.msg.context, source.msg.text))
            for source, head in zip(sources, self._unmarked, strict=True)
        ]
        self._keys = frozenset(wanted.spelling for wanted in self._wanted)
        self._meanings: dict[Head, Entry] = {}
        self._obsolete_heads: dict[Head, bytes] = {}

    def into(self, old: OldCatalog, language: Language) -> Updated:
        """Merge the texts into one catalogue; `changed` is false where not a character is to be written."""
        written, plans = self._plans(old)
        left = self._left(old.entries, plans)
        plans = dict(_with_similar(plans, {key: entry for key, entry in left.items() if entry.translated}))
        left = {key: entry for key, entry in self._left(left, plans).items() if entry.translated}
        self._read([*(plan.old for plan in plans.values() if plan.old), *left.values()], old.file)
        plans = {number: self._settled(plan) for number, plan in plans.items()}
        for number, plan in plans.items():
            written[number] = self._block(plan)
        blocks = [_head(old, language, self._header), *written]
        blocks += [self._obsolete(entry) for entry in left.values()]
        blocks += [entry.raw for entry in self._left(old.obsolete, plans).values()]
        before = [entry.raw for entry in (old.header, *old.entries.values(), *old.obsolete.values()) if entry]
        blocks_and_tail = [*blocks, "\n".join(old.tail).encode()] if old.tail else blocks
        counts = Counter(plan.kept for plan in plans.values())
        counts[Kept.SAME] += len(written) - len(plans)
        return Updated(b"\n\n".join(blocks_and_tail) + b"\n", counts, len(left), blocks != before)

    def _plans(self, old: OldCatalog) -> tuple[list[bytes], dict[int, _Plan]]:
        """Return the entries that are copied, each at its place, and plans for the places that stay empty."""
        entries = {entry.head: entry for entry in old.entries.values()}
        unmarked = [entries.get(head) if head else None for head in self._unmarked]
        written, plans = [entry.raw if entry else b"" for entry in unmarked], {}
        rest = [(number, self._wanted[number]) for number, entry in enumerate(unmarked) if entry is None]
        places = old.places({name for _, wanted in rest for name in wanted.source.ids}) if rest else {}
        for number, wanted in rest:
            same = old.entries.get(wanted.spelling) or old.obsolete.get(wanted.spelling)
            if same is None:
                plans[number] = _changed(wanted, places)
            elif _says_the_same(same, wanted.source):
                written[number] = same.raw
            else:
                plans[number] = _Plan(wanted, Kept.SAME, same)
        return written, plans

    def _left(self, entries: Mapping[Spelling, OldEntry], plans: Mapping[int, _Plan]) -> dict[Spelling, OldEntry]:
        """Return the entries that are not of these texts, and whose translation none of them takes."""
        carried = {plan.old.head.spelling for plan in plans.values() if plan.old}
        others = [key for key in entries if key not in self._keys]
        return {key: entries[key] for key in others if key not in carried}

    def _read(self, entries: Iterable[OldEntry], file: str) -> None:
        """Have polib read what stands before the translations of entries, where no other catalogue had the same."""
        new = list(dict.fromkeys(entry.head for entry in entries if entry.head not in self._meanings))
        if not new:
            return
        lines = [(*head.lines, f'{head.keyword}""') for head in new]
        self._meanings.update(zip(new, entries_of(lines, [head.comments for head in new], file), strict=True))

    def _meaning(self, entry: OldEntry) -> Entry:
        """Return what an entry means."""
        return replace(self._meanings[entry.head], text=entry.translation)

    def _settled(self, plan: _Plan) -> _Plan:
        """Have a trivial change checked all the same where its translation waits already or does not fit any more."""
        if plan.old is None or plan.kept is not Kept.TRIVIAL:
            return plan
        waits = self._meanings[plan.old.head].fuzzy
        doubtful = waits or any(faults(plan.wanted.source.msg.text, plan.old.translation))
        return plan._replace(kept=Kept.CHANGED) if doubtful else plan

    def _block(self, plan: _Plan) -> bytes:
        """Return the new text of one entry."""
        if plan.old is None:
            return untranslated(plan.wanted.source).encode()
        heads, key = plan.wanted.heads, (plan.old.head, plan.kept, plan.old.translated)
        head = heads.get(key)
        if head is None:
            text = merged_head(plan.wanted.source, self._carried(plan, self._meaning(plan.old)))
            same = plan.kept is Kept.SAME and not plan.old.obsolete
            # Empty: the old head says the same, in the layout of another tool.
            unchanged = same and facts(text.split("\n")) == facts(plan.old.head.lines)
            head = heads[key] = b"" if unchanged else text.encode()
        return b"\n".join([head, _translation(plan.old)]) if head else plan.old.raw

    def _obsolete(self, old: OldEntry) -> bytes:
        """Return the text of an entry that no form asks for any more."""
        head = self._obsolete_heads.get(old.head)
        if head is None:
            head = self._obsolete_heads[old.head] = obsolete_head(self._meanings[old.head]).encode()
        return b"\n#~ ".join([head, *_translation(old).split(b"\n")])

    def _carried(self, plan: _Plan, entry: Entry) -> Entry:
        """Return an old entry for its text: where the German changed it waits to be checked, if not trivially."""
        if plan.kept is Kept.SAME:
            return entry
        notes = [note for note in entry.extracted if not note.startswith((STALE, EDITED))]
        if plan.kept is Kept.TRIVIAL:
            return replace(entry, extracted=(*notes, f"{EDITED} punctuation"))
        waiting = (note for note in entry.extracted if entry.fuzzy and note.startswith(STALE))
        since = next(waiting, f"{STALE} {self._header.project}")
        previous = entry.previous if entry.fuzzy and entry.previous else entry.key
        return replace(entry, fuzzy=True, previous=previous, extracted=(*notes, since))


def _translation(old: OldEntry) -> bytes:
    """Return a translation with its keyword: as it stands where we would write it so, else brought to our layout."""
    if old.head.keyword == "msgstr " and not any(sign in old.text for sign in b"\n\\\t"):
        return b"msgstr " + old.text
    return translation(old.translation).encode()


def _says_the_same(old: OldEntry, source: Extracted) -> bool:
    """Tell whether the comments of an entry are those of its source already."""
    return not old.obsolete and facts(old.head.lines) == source_facts(source)


def _trivial(old: OldEntry, source: Extracted) -> bool:
    context, text = (unescaped(part) for part in spelt(old.spelling))
    return context == source.msg.context and is_trivial(text, source.msg.text)


def _changed(wanted: _Wanted, places: Mapping[str, Sequence[OldEntry]]) -> _Plan:
    """Say where a text that is not in the file gets its translation from, given the entries of each id."""
    source = wanted.source
    there = [entries for name in source.ids if (entries := places.get(name))]
    carried = next((entry for entries in there for entry in entries if entry.translated), None)
    if carried is None:
        return _Plan(wanted, Kept.NEW if there else Kept.SIMILAR, None)
    trivial = wanted.trivial.get(carried.head)
    if trivial is None:
        trivial = wanted.trivial[carried.head] = _trivial(carried, source)
    return _Plan(wanted, Kept.TRIVIAL if trivial else Kept.CHANGED, carried)


def _with_similar(plans: Mapping[int, _Plan], left: Mapping[Spelling, OldEntry]) -> Iterator[tuple[int, _Plan]]:
    """Give a text at a new place the most similar text that is left and no other has taken, or nothing."""
    texts = {key: spelt(key)[1] for key in left}
    for number, plan in plans.items():
        if plan.kept is not Kept.SIMILAR:
            yield number, plan
            continue
        text = spelt(plan.wanted.spelling)[1]
        best = process.extractOne(text, texts, scorer=fuzz.ratio, score_cutoff=SIMILAR) if texts else None
        if best is None:
            yield number, plan._replace(kept=Kept.NEW)
        else:
            del texts[best[2]]
            yield number, plan._replace(old=left[best[2]])


def _head(old: OldCatalog, language: Language, header: Header) -> bytes:
    """Return the header as it stands, but for the version of the form it was made for."""
    if old.header is None:
        return header_block(language, header).encode()
    text = old.header.raw.decode()
    return _PROJECT.sub(lambda match: f"{match[1]}{header.project}{match[2]}", text, count=1).encode()
