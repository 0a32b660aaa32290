"""Bringing twenty catalogues of six hundred strings in step with a changed form, beside GNU msgmerge."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.figure import Figure, median, seconds
from formkit.i18n import po_fast, trivial
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import LANGUAGES, Language
from formkit.i18n.old import read_old
from formkit.i18n.po_entry import spelling
from formkit.i18n.po_text import read_bytes
from formkit.i18n.po_write import Header, fill, source_facts, text_flags, untranslated, write_pot
from formkit.i18n.templates import form_entries
from formkit.i18n.update import Kept, Merge, update
from formkit.project import find_project
from formkit.texts import Msg

STRINGS, FILES, ROUNDS = 600, 20, 9
HEADER = Header("bench 1", "A form of six hundred strings")
NEW = 25
FASTER = 8


def measure() -> Iterator[Figure]:
    """Yield the seconds of a merge, its ratio to msgmerge, and how many new strings got a wrong text."""
    before = _form()
    after = _changed(before, random.Random(2))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = _catalogues(folder, before)
        pristine = {path: path.read_bytes() for path in paths}
        false = _false_fuzzies(paths, after)
        own, other = [], []
        for _ in range(ROUNDS):
            own.append(seconds(lambda: _merge(paths, after)))
            _restore(pristine)
            if shutil.which("msgmerge"):
                other.append(seconds(lambda: _msgmerge(folder, paths, after)))
                _restore(pristine)
    yield Figure(f"merging {STRINGS} strings × {FILES} languages", median(own), "s", 0.4)
    yield Figure("new strings given a text of another (fuzzy)", false, "strings", 0)
    if other:
        yield Figure("merging, msgmerge = 1", median(own) / median(other), "×", 1 / FASTER)


def _form() -> list[Extracted]:
    """Return six hundred German texts: those of the application, and some again for a second child."""
    project = find_project(Path(__file__).parent)
    texts = list(dict.fromkeys(each.msg.text for each in form_entries(project, "but-hauptantrag")[0]))
    texts += [f"Zweites Kind: {text}" for text in texts]
    return [_entry(f"s{number // 20}.f{number}", text) for number, text in enumerate(texts[:STRINGS])]


def _entry(name: str, german: str) -> Extracted:
    return Extracted(Msg(german), (name,), (f"forms/bench.yaml#{name}",), ("role: label", "in: Abschnitt"))


def _changed(entries: list[Extracted], chance: random.Random) -> list[Extracted]:
    """Return the form after a year: punctuation, typing slips, rewrites, removals, additions, moves."""
    order = list(range(len(entries)))
    chance.shuffle(order)
    texts = {number: entries[number].msg.text for number in range(len(entries))}
    for number in order[:40]:
        texts[number] += "."
    for number in order[40:60]:
        texts[number] = texts[number].replace("e", "ee", 1)
    for number in order[60:80]:
        texts[number] = f"Ganz anders gefragt: was ist mit {number}?"
    removed = set(order[80:95])
    kept = [_entry(entries[n].ids[0], texts[n]) for n in range(len(entries)) if n not in removed]
    for number in range(NEW):
        kept.insert(
            chance.randrange(len(kept)), _entry(f"neu.n{number}", f"Neue Angabe zur Sache mit Zeichen {number}")
        )
    moved = [kept.pop(chance.randrange(len(kept))) for _ in range(40)]
    for entry in moved:
        kept.insert(chance.randrange(len(kept)), entry)
    return kept


def _catalogues(folder: Path, entries: Sequence[Extracted]) -> dict[Path, Language]:
    paths = {}
    for language in [each for each in LANGUAGES.values() if each.tag != "de"][:FILES]:
        path = folder / f"{language.folder}.po"
        translations = {("", entry.msg.text): f"⟦{language.folder} {entry.msg.text}⟧" for entry in entries}
        path.write_text(fill(entries, translations, language, HEADER), encoding="utf-8")
        paths[path] = language
    return paths


def _merge(paths: dict[Path, Language], entries: Sequence[Extracted]) -> None:
    """Merge as `translate update` does, which begins with nothing remembered; like msgmerge's, no write is awaited."""
    for remembering in (po_fast.head, untranslated, source_facts, text_flags, spelling, trivial._core, trivial._tells):
        remembering.cache_clear()
    merge = Merge(entries, HEADER)
    for path, language in paths.items():
        updated = merge.into(read_old(read_bytes(path, path.name), path.name), language)
        path.write_bytes(updated.data)


def _false_fuzzies(paths: dict[Path, Language], entries: Sequence[Extracted]) -> int:
    path, language = next(iter(paths.items()))
    updated = update(read_old(read_bytes(path, path.name), path.name), entries, language, HEADER)
    return updated.counts.get(Kept.SIMILAR, 0)


def _msgmerge(folder: Path, paths: dict[Path, Language], entries: Sequence[Extracted]) -> None:
    template = folder / "bench.pot"
    template.write_text(write_pot(entries, HEADER), encoding="utf-8")
    for path in paths:
        command = ["msgmerge", "--previous", "--no-wrap", "--quiet", "--update", "--backup=off", path, template]
        subprocess.run(command, check=True, capture_output=True)


def _restore(pristine: dict[Path, bytes]) -> None:
    for path, data in pristine.items():
        path.write_bytes(data)
