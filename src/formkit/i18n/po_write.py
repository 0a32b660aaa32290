"""Writing catalogues: entries → the text of a .pot or a fresh .po file, always the same for the same input.

Our own writer, because the layout must never change by itself: UTF-8, no wrapping but at line feeds, the
order of the form, one reference line without line numbers, no date of today. It is the layout of GNU
gettext's `--no-wrap`, so that other tools leave it alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from formkit.i18n.catalog import Catalog, Entry, Key
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import Language
from formkit.i18n.po_entry import escaped
from formkit.i18n.po_text import forbidden
from formkit.texts import tokens

# gettext's header wants dates; the true ones stand in the version history, and any here would make files
# differ that say the same.
_NO_DATE = "1970-01-01 00:00+0000"
# Notes of the merge itself, kept from one update to the next; what says why a text waits only while it does,
# in whatever program it was confirmed.
STALE, EDITED, SUGGESTED = "stale since:", "source-edit:", "suggested from:"
_OUR_FLAGS = ("placeholders:", "md-text", "max-length:", "max-size:", "fuzzy")
_DRAFT = "Entwurf (draft): not reviewed by a person"
_ENCODING = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What a file says about itself: the project id (`but-hauptantrag 1`) and a line on what it holds."""

    project: str
    about: str


def write_pot(entries: Sequence[Extracted], header: Header) -> str:
    """Write the template of a catalogue, in the order of the entries.

    Takes merged entries (see `extracted.merge`); raises ValueError for a character no catalogue may hold.
    """
    comments = (header.about, "Written by formkit; translations do not belong here.")
    return _file(comments, _fields(header), [untranslated(each) for each in entries])


def new_po(entries: Sequence[Extracted], language: Language, header: Header) -> str:
    """Write an empty catalogue of a language: all German texts, no translation yet."""
    return fill(entries, {}, language, header)


def fill(
    entries: Sequence[Extracted],
    translations: Mapping[Key, str],
    language: Language,
    header: Header,
    existing: Catalog | None = None,
) -> str:
    """Write a complete catalogue of a language from entries and translations by (context, German text).

    What stands in the `existing` catalogue wins over `translations` and keeps its fuzzy mark and comments;
    translated strings that no entry asks for any more are kept as obsolete ones at the end. Nothing is
    carried over to a changed German text, and plural forms are left out: that is the merge's business.
    Raises ValueError for a character no catalogue may hold.
    """
    known = {each.key: each for each in (*existing.obsolete, *existing.entries.values())} if existing else {}
    blocks = []
    for each in entries:
        key = (each.msg.context, each.msg.text)
        old = known.pop(key, Entry(*key, ""))
        if not old.text:
            old = replace(old, text=translations.get(key, ""), fuzzy=False)
        blocks.append(merged(each, old))
    blocks += [write_obsolete(old) for old in known.values() if old.text]
    return _file(*_head(language, header, existing), blocks)


def header_block(language: Language, header: Header) -> str:
    """Write the header of a catalogue that has none."""
    return _file(*_head(language, header, None), []).rstrip("\n")


def _head(language: Language, header: Header, existing: Catalog | None) -> tuple[Sequence[str], dict[str, str]]:
    """Return comments and fields of a header; what others wrote into it stays."""
    ours = {"Language": language.folder, "Plural-Forms": f"{language.plural};"} | _ENCODING
    theirs = existing.header if existing else {}
    fields = _fields(header) | {"Language-Team": language.english} | ours | dict(theirs) | ours
    comments = existing.header_comments if existing else ()
    return comments or (header.about, f"Language: {language.english}.", _DRAFT), fields


@functools.cache
def text_flags(text: str) -> tuple[str, ...]:
    """Return the flags that follow from a German text, in Weblate's spelling."""
    found = tokens(text)
    names = sorted({token for token in found if token.startswith("{")}, key=text.index)
    flags = (":".join(["placeholders", *(f'"{name}"' for name in names)]),) if names else ()
    return (*flags, "md-text") if any(not token.startswith("{") for token in found) else flags


def _facts(flags: Sequence[str]) -> Iterator[str]:
    """Say in words what flags say, because several tools delete flags they do not know."""
    for flag in flags:
        name, _, value = flag.partition(":")
        if name == "md-text":
            yield "marks: keep ** * and [text](target) as in the German text"
        elif name == "placeholders":
            yield "placeholders: keep " + value.replace('"', "").replace(":", " ")
        elif value:
            yield f"{name}: {value}"


def _fields(header: Header) -> dict[str, str]:
    return {
        "Project-Id-Version": header.project,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": _NO_DATE,
        "PO-Revision-Date": _NO_DATE,
        "Last-Translator": "",
        "Language-Team": "",
        "Language": "",
        **_ENCODING,
        "X-Generator": "formkit",
    }


def _file(comments: Sequence[str], fields: Mapping[str, str], blocks: Sequence[str]) -> str:
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    head = [*(f"# {line}".rstrip() for line in comments), 'msgid ""', *_string("msgstr", text)]
    written = "\n\n".join(["\n".join(head), *blocks]) + "\n"
    if wrong := forbidden(written):
        raise ValueError(f"the character U+{ord(wrong):04X} cannot stand in a catalogue")
    return written


def merged(source: Extracted, old: Entry) -> str:
    """Write one entry: places and flags of the source; translation, remarks and foreign facts of the old entry."""
    return f"{merged_head(source, old)}\n{translation(old.text)}"


def merged_head(source: Extracted, old: Entry) -> str:
    """Write one entry up to its translation; of that counts only whether there is one."""
    foreign = [flag for flag in old.flags if not flag.startswith(_OUR_FLAGS)]
    places = [place for place in old.references if "#" not in place and place not in source.references]
    kept = (STALE, EDITED, SUGGESTED) if old.fuzzy else (EDITED,)
    notes = [note for note in old.extracted if note.startswith(kept)]
    lines = [f"# {line}".rstrip() for line in old.comments]
    lines += source_lines(source, old.fuzzy, foreign, places, notes if old.text else [])
    lines += _previous(old)
    return "\n".join([*lines, *_names(source.msg.context, source.msg.text)])


def translation(text: str) -> str:
    """Write the translation of an entry with its keyword."""
    return "\n".join(_string("msgstr", text))


@functools.cache
def untranslated(source: Extracted) -> str:
    """Write the entry of a text that has no translation yet; the same for every language."""
    return merged(source, Entry(source.msg.context, source.msg.text, ""))


def source_lines(
    source: Extracted,
    fuzzy: bool = False,
    foreign: Sequence[str] = (),
    places: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> list[str]:
    """Return the comment lines that tell of the source, with flags, places and notes that are not ours."""
    room = source.room
    flags = (*text_flags(source.msg.text), *source.flags, *(room.flags if room else ()))
    lines = [f"#. id: {each}" for each in source.ids]
    facts_in_words = (*([room.note] if room else []), *_facts(flags))
    lines += [f"#. {' '.join(note.split())}" for note in (*source.notes, *facts_in_words, *notes)]
    references = [*source.references, *places]
    lines += [f"#: {' '.join(references)}"] if references else []
    written = [*(["fuzzy"] if fuzzy else []), *flags, *foreign]
    return lines + ([f"#, {', '.join(written)}"] if written else [])


def rewritten(entry: Entry) -> str:
    """Write an entry of a file again, with all that stands in it."""
    lines = [f"# {line}".rstrip() for line in entry.comments]
    lines += [f"#. {note}".rstrip() for note in entry.extracted]
    lines += [f"#: {' '.join(entry.references)}"] if entry.references else []
    flags = [*(["fuzzy"] if entry.fuzzy else []), *entry.flags]
    lines += [f"#, {', '.join(flags)}"] if flags else []
    lines += _previous(entry)
    return "\n".join([*lines, *_names(*entry.key), *_string("msgstr", entry.text)])


@functools.cache
def source_facts(source: Extracted) -> tuple[object, ...]:
    """Return what the comments of an entry without anything of other tools say; the same for every language."""
    return facts(source_lines(source))


def source_head(source: Extracted) -> str:
    """Return how an entry without anything of other tools begins, up to its translation."""
    return "\n".join([*source_lines(source), *_names(source.msg.context, source.msg.text)])


def facts(lines: Sequence[str]) -> tuple[object, ...]:
    """Return what the comments of an entry say, however they are wrapped: to compare two spellings of one entry."""
    found: dict[str, list[str]] = {"#.": [], "#:": [], "#,": [], "#|": []}
    for line in lines:
        if line[:1] != "#":
            break
        if line[:2] in found:
            found[line[:2]].append(line)
    places = " ".join(line[2:].strip() for line in found["#:"]).split()
    flags = frozenset(flag.strip() for line in found["#,"] for flag in line[2:].split(","))
    return tuple(found["#."]), tuple(places), flags, "".join(found["#|"])


def _previous(old: Entry) -> list[str]:
    return [f"#| {line}" for line in _names(*old.previous)] if old.fuzzy and old.previous else []


def write_obsolete(old: Entry) -> str:
    """Write an entry that no form asks for any more."""
    return "\n#~ ".join([obsolete_head(old), *_string("msgstr", old.text)])


def obsolete_head(old: Entry) -> str:
    """Write an entry that no form asks for any more, up to its translation."""
    lines = [f"# {line}".rstrip() for line in old.comments]
    lines += ["#, fuzzy"] if old.fuzzy else []
    return "\n".join([*lines, *(f"#~ {line}" for line in _names(*old.key))])


def _names(context: str, msgid: str) -> list[str]:
    return [*(_string("msgctxt", context) if context else ()), *_string("msgid", msgid)]


def _string(keyword: str, text: str) -> list[str]:
    """Write a keyword and its string; a text of several lines as gettext does, one a line."""
    parts = text.split("\n")
    lines = [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])
    quoted = [f'"{escaped(line)}"' for line in lines or [""]]
    if len(quoted) == 1:
        return [f"{keyword} {quoted[0]}"]
    return [f'{keyword} ""', *quoted]
