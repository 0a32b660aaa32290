"""How much room each text has on paper: one layout of the form, kept in the output folder until an input changes.

The form is laid out once with a sign in place of every translation, because the width of a place hangs on
the style sheet alone and never on what stands there. The tree of boxes is private to WeasyPrint; it is read
here only.
"""

from __future__ import annotations

import datetime
import importlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from formkit.files import write_atomically
from formkit.fonts import available
from formkit.i18n import load
from formkit.i18n.catalog import Catalog, Entry
from formkit.i18n.languages import GERMAN, LANGUAGES, Language
from formkit.i18n.localize import Localized, translatable
from formkit.project import Project
from formkit.render.glyphs import families
from formkit.render.jobs import Job, fingerprint
from formkit.texts import Msg
from formkit.words import WORDS

# What `.t` of the style sheet does to the letters of a script, in ems of the text around it.
SCALE = {"Arab": 1.05, "Ethi": 1.0}
_POINTS_PER_PIXEL = 0.75
_SIGN = re.compile(r"tel:m(\d+)")
# Any language of the Latin script will do, German apart.
_READER = LANGUAGES["en"]

Room = Mapping[tuple[str, str, str], tuple["Size", ...]]
"""The places of each text on paper, by domain, context and German text."""


@dataclass(frozen=True, slots=True)
class Size:
    """One place of a text: its width and the size of its letters in points.

    `around` is the size of the text it stands in; `breaks` tells whether a word too long for the place is
    broken anywhere, `hyphens` whether it is hyphenated where the language is known.
    """

    width: float
    letters: float
    around: float
    bold: bool
    breaks: bool
    hyphens: bool

    def size(self, language: Language) -> float:
        """Return the size of the letters of a language."""
        scale = SCALE.get(language.script)
        return self.around * scale if scale else self.letters

    def fonts(self, language: Language) -> tuple[Path, ...]:
        """Return the fonts of a language here, in the order they are tried; raises MissingGlyph."""
        paths = {font.family: font.path for font in available()}
        return tuple(
            paths.get(f"{family}-bold", paths[family]) if self.bold else paths[family] for family in families(language)
        )


def hyphenated(language: Language) -> bool:
    """Tell whether the page hyphenates a language at all."""
    pyphen: Any = importlib.import_module("pyphen")
    return bool(pyphen.language_fallback(language.folder))


def measure(project: Project, form_id: str, today: datetime.date) -> Room:
    """Return the room of each text of a form, from the output folder where nothing has changed since.

    Raises what rendering raises.
    """
    path = project.output / "sizes" / f"{form_id}.json"
    job = Job(form_id, GERMAN, project.authority, "source", False, project.completeness)
    inputs = fingerprint(project, job)
    kept = _kept(path, inputs)
    if kept is not None:
        return kept
    room = _laid_out(project, form_id, today)
    rows = [{"text": key, "sizes": [asdict(size) for size in sizes]} for key, sizes in room.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, json.dumps({"inputs": inputs, "texts": rows}, ensure_ascii=False).encode())
    return room


def _kept(path: Path, inputs: str) -> Room | None:
    """Read what was measured before; None where that is another form, or no file of ours."""
    try:
        data = json.loads(path.read_bytes())
        if data["inputs"] != inputs:
            return None
        return {tuple(row["text"]): tuple(Size(**size) for size in row["sizes"]) for row in data["texts"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _laid_out(project: Project, form_id: str, today: datetime.date) -> Room:
    from formkit.render.html import Options, document
    from formkit.render.pdf.engine import engine
    from formkit.render.status import status

    form = load.form(project, form_id)
    localized = load.localize(project, form, GERMAN, load.authority(project, project.authority), today)
    messages = tuple(dict.fromkeys([*translatable(form, localized.authority), *(word.msg for word in WORDS)]))
    signed = Localized(
        form, _READER, localized.authority, localized.parameters, _signs(messages), today, localized.review
    )
    pages = engine().layout(document(signed, status(signed, 0), Options())).pages
    found: dict[tuple[str, str, str], dict[Size, None]] = {}
    for page in pages:
        for number, size in _places(page._page_box, ()):
            msg = messages[number]
            found.setdefault((msg.domain, msg.context, msg.text), {})[size] = None
    return {key: tuple(sizes) for key, sizes in found.items()}


def _signs(messages: tuple[Msg, ...]) -> dict[str, Catalog]:
    """Return catalogues in which every text is translated by a link that says its number."""
    entries: dict[str, dict[tuple[str, str], Entry]] = {}
    for number, msg in enumerate(messages):
        entry = Entry(msg.context, msg.text, f"[x](tel:m{number})")
        entries.setdefault(msg.domain, {})[entry.key] = entry
    return {domain: Catalog(_READER, Path(), found, {}) for domain, found in entries.items()}


def _places(box: Any, around: tuple[Any, ...]) -> Iterator[tuple[int, Size]]:
    """Yield the number of each sign in a tree of boxes, with its place."""
    element = box.element
    sign = _SIGN.fullmatch(element.get("href", "")) if element is not None and box.element_tag == "a" else None
    if sign:
        yield int(sign[1]), _size(box, around)
        return
    for child in getattr(box, "children", ()):
        yield from _places(child, (*around, box))


def _size(box: Any, around: tuple[Any, ...]) -> Size:
    place = next(each for each in reversed(around) if _has_width(each))
    outside = next(each for each in reversed(around) if _class(each) != "t")
    style = box.style
    return Size(
        round(place.width * _POINTS_PER_PIXEL, 2),
        round(style["font_size"] * _POINTS_PER_PIXEL, 2),
        round(outside.style["font_size"] * _POINTS_PER_PIXEL, 2),
        style["font_family"][0].endswith("-bold"),
        style["overflow_wrap"] != "normal",
        style["hyphens"] == "auto",
    )


def _has_width(box: Any) -> bool:
    """Tell whether a box is as wide as its place, not as its text: no line, no inline box, no float."""
    kind = type(box).__name__
    if kind in ("LineBox", "InlineBox"):
        return False
    shrinks = kind == "InlineBlockBox" or box.style["float"] != "none"
    return not (shrinks and box.style["width"] == "auto")


def _class(box: Any) -> str:
    return str(box.element.get("class", "")) if box.element is not None else ""
