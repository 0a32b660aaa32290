"""A localized form → one HTML page for print; everything visible goes through the templates here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from formkit import widgets, words
from formkit.definition.places import Question
from formkit.fonts import REGULAR, FontFile, available
from formkit.i18n.languages import GERMAN, Language
from formkit.i18n.localize import Localized
from formkit.pdf.controls import Control
from formkit.render import comb
from formkit.render.continuation import Continuation
from formkit.render.fillable import controls
from formkit.render.glyphs import families
from formkit.render.page import Layout, Page, blocks, closing
from formkit.render.status import Status

FOLDER = Path(__file__).parent / "templates"
TEMPLATE = "form.html.j2"
STYLE = "print.css"
# More columns than this do not fit in large print: each row of the table becomes a block of boxes.
WIDE_TABLE = 4


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is to look."""

    layout: Layout = Layout.INTERLINEAR
    large: bool = False
    fillable: bool = False
    continuation: Continuation | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page ready for printing: its HTML, its style sheet, and what its boxes are where they can be filled in."""

    html: str
    css: str
    controls: Mapping[str, Control] = field(default_factory=dict)


def document(
    localized: Localized,
    status: Status,
    options: Options,
    make_page: Callable[[Localized, Layout], Page] = Page,
) -> Document:
    """Return the HTML and CSS of a form in a language; `make_page` may mark texts on their way. Raises MissingGlyph."""
    page = replace(make_page(localized, options.layout), fillable=options.fillable)
    looks = sorted({comb.comb(box) for box in _boxes(page) if box.comb}, key=lambda look: look.name)
    html = (
        _environment()
        .get_template(TEMPLATE)
        .render(
            page=page,
            form=localized.form,
            authority=localized.authority,
            status=status,
            options=options,
            language=localized.language,
            as_cards=lambda question: _as_cards(question, options),
        )
    )
    # White space between inline-blocks would be drawn; a single blank outside them joins words in extraction.
    tight = re.sub(r">\s*\n\s*<", "><", html)
    style = _style(localized.language, tuple(looks), available()) + _watermark(page, status)
    fields = _controls(page, options) if options.fillable else {}
    return Document(tight, style, fields)


def _controls(page: Page, options: Options) -> dict[str, Control]:
    more = options.continuation.rows if options.continuation else None
    return controls(page, partial(_as_cards, options=options), more or {})


def _as_cards(question: Question, options: Options) -> bool:
    """Tell whether the rows of a repeat are printed as blocks of boxes rather than as a table."""
    wide = options.large and len(question.parts) > WIDE_TABLE
    return question.cards or (question.repeat is not None and wide)


def _boxes(page: Page) -> list[widgets.TextBox]:
    found = [
        comb_widget
        for section in page.sections
        for question in section.questions
        for part in question.parts
        for comb_widget in part.field.widgets(part.path)
    ]
    return [widget for widget in found if isinstance(widget, widgets.TextBox)]


@cache
def _style(language: Language, looks: tuple[comb.Comb, ...], fonts: tuple[FontFile, ...]) -> str:
    faces = [f"@font-face {{ font-family: {font.family}; src: url({font.path.as_uri()}) }}" for font in fonts]
    every = f":root {{ --every: {', '.join(font.family for font in fonts if font.weight == REGULAR)} }}"
    voices = [every, _voice(":lang(de)", families(GERMAN)), _voice(f":lang({language.tag})", families(language))]
    rules = [comb.css(look) for look in looks]
    return "\n".join([*faces, *voices, (FOLDER / STYLE).read_text(encoding="utf-8"), *rules])


def _watermark(page: Page, status: Status) -> str:
    """Return the rule that writes "unvollständig" pale across every page of an incomplete translation.

    A margin box, because what stands in one is an artifact: it is no part of the text that is read aloud.
    """
    if status.complete:
        return ""
    pair = page.localized.text(words.INCOMPLETE)
    text = " · ".join(part for part in (pair.source, pair.target) if part)
    escaped = "".join(f"\\{ord(char):06x}" for char in text)
    return (
        f'\n@page {{ @top-center {{ content: "{escaped}"; font: 46pt {", ".join(families(page.language))}; ' + _ACROSS
    )


_ACROSS = "color: rgba(0, 0, 0, .08); white-space: nowrap; transform: translateY(130mm) rotate(-52deg) } }"


def _voice(selector: str, regular: tuple[str, ...]) -> str:
    """Return the rule that gives an element of a language its families, regular and bold."""
    bold = ", ".join(f"{family}-bold" for family in regular)
    return f"{selector} {{ --regular: {', '.join(regular)}; --bold: {bold} }}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(words=words, blocks=blocks, closing=closing, comb=_comb_name, Markup=Markup)
    environment.filters.update(kind=_kind, cells=_cells)
    return environment


def _kind(widget: widgets.Widget) -> str:
    """Return the name of a widget's template: TextBox → text_box."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(widget).__name__).lower()


def _cells(widget: widgets.TextBox) -> int:
    """Return how many cells a box has."""
    return sum(widget.comb)


def _comb_name(widget: widgets.TextBox) -> str:
    return comb.comb(widget).name
