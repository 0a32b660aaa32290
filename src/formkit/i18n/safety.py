"""What keeps a single translation off every page: faults after which it could mislead or break a form.

HTML, Jinja and format syntax are no faults: a translation is only ever escaped text. Rules of style
(spaces, NFC, glossary …) are checks and no matter of safety.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from formkit.texts import tokens

# Overrides and embeddings can show a text in another order than it is written and are discouraged in
# favour of isolates (UAX #9, 2; Unicode 23.2); U+202C closes them.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_POP_ISOLATE = "\u2069"
_REPLACEMENT = "\ufffd"
# A page with a label as long as a book, or a word as long as a page, takes minutes to lay out and shows nothing.
# Scripts that are written without blanks break anywhere.
_LONG = 100
_LONG_WORD = re.compile(f"(?:(?![\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])[^\\W\\d_]){{{_LONG + 1},}}")
_SPARE, _TIMES = 300, 3


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a translation must not be shown: the id of the check and a sentence."""

    check: str
    text: str


def faults(msgid: str, msgstr: str) -> tuple[Fault, ...]:
    """Return what makes a translation unfit to be shown; nothing for most.

    Takes the German text and its translation. The ids are those of translation checks: `placeholders`,
    `markup`, `bidi`, `edges`, `length`.

    >>> [fault.check for fault in faults("{n} Kinder", "дітей")]
    ['placeholders']
    """
    kept, there = tokens(msgid), tokens(msgstr)
    # No sign of direction and no control is printable, so that most texts need no closer look.
    plain = msgstr.isprintable() and _REPLACEMENT not in msgstr
    if kept == there and plain and len(msgstr) <= _LONG:
        return ()
    signs = () if plain else (*_bidi(msgstr), *_controls(msgid, msgstr))
    return (*_tokens(Counter(kept), Counter(there)), *signs, *_length(msgid, msgstr))


def _tokens(wanted: Counter[str], found: Counter[str]) -> Iterator[Fault]:
    for token in sorted(wanted | found):
        if wanted[token] == found[token]:
            continue
        check = "placeholders" if token.startswith("{") else "markup"
        times = f"{_times(wanted[token])} in the German text, {_times(found[token])} in the translation"
        yield Fault(check, f"{_name(token)} stands {times}; it must stand as often in both")


def _name(token: str) -> str:
    return f"the link to {token[1:-1]}" if token.startswith("(") else token


def _times(count: int) -> str:
    return "once" if count == 1 else "not" if count == 0 else f"{count} times"


def _bidi(msgstr: str) -> Iterator[Fault]:
    if match := _OVERRIDES.search(msgstr):
        advice = "remove it, formkit sets the direction of every part by itself"
        yield Fault("bidi", f"{_described(match[0])} can turn the order of the text round; {advice}")
    if not all(_isolates_close(line) for line in msgstr.split("\n")):
        yield Fault("bidi", "an isolate (U+2066 … U+2068) is not closed by U+2069, or closed twice")


def _isolates_close(paragraph: str) -> bool:
    depth = 0
    for character in _ISOLATES.findall(paragraph):
        depth += -1 if character == _POP_ISOLATE else 1
        if depth < 0:
            return False
    return depth == 0


def _controls(msgid: str, msgstr: str) -> Iterator[Fault]:
    for character in sorted(set(msgstr)):
        if character == _REPLACEMENT:
            yield Fault("edges", "U+FFFD stands where a letter was lost in another program; write it again")
        elif unicodedata.category(character) == "Cc" and character not in msgid:
            yield Fault("edges", f"{_described(character)} does not stand in the German text; remove it")


def _length(msgid: str, msgstr: str) -> Iterator[Fault]:
    most = _TIMES * len(msgid) + _SPARE
    if len(msgstr) > most:
        yield Fault("length", f"{len(msgstr)} characters for a German text of {len(msgid)}; at most {most} are printed")
    elif len(msgstr) > _LONG and (word := _LONG_WORD.search(msgstr)) and word[0] not in msgid:
        yield Fault("length", f"a word of {len(word[0])} letters ('{word[0][:12]}…'); at most {_LONG} are printed")


def _described(character: str) -> str:
    return f"the character U+{ord(character):04X} ({unicodedata.name(character, 'a control character')})"
