"""A page for the screen: the printed form's HTML with every text marked by its entry and state."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from formkit.fonts import available
from formkit.i18n.catalog import Entry
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import GERMAN
from formkit.i18n.localize import Localized
from formkit.render.html import Document, Options, document
from formkit.render.inline import ELSEWHERE, inline, parameters
from formkit.render.page import Layout, Page
from formkit.render.status import status
from formkit.texts import Msg

FOLDER = Path(__file__).parent / "templates"
DONE, FUZZY, FAULTY, MISSING, GERMAN_ONLY = "done", "fuzzy", "faulty", "none", "german"


@dataclass(frozen=True)
class MarkedPage(Page):
    """A page that wraps every text in its number; `seen` collects the texts in the order they were met."""

    seen: dict[Msg, int] = field(default_factory=dict)

    def source(self, msg: Msg) -> Markup:
        """Return the German of a text, marked."""
        return self._marked(msg, super().source(msg))

    def target(self, msg: Msg) -> Markup | None:
        """Return what the catalogue has, also where it still waits for a check, marked."""
        entry = entry_of(self.localized, msg)
        if entry and entry.text and self.text(msg).missing and state_of(self.localized, msg) == FUZZY:
            values = parameters(self.localized, self.language, ELSEWHERE)
            return self._marked(msg, inline(entry.text, self.language, values))
        found = super().target(msg)
        return None if found is None else self._marked(msg, found)

    def _marked(self, msg: Msg, content: Markup) -> Markup:
        number = self.seen.setdefault(msg, len(self.seen))
        state = state_of(self.localized, msg) if self.translate else GERMAN_ONLY
        return Markup('<span class="entry is-{}" data-entry="{}">{}</span>').format(state, number, content)


def entry_of(localized: Localized, msg: Msg) -> Entry | None:
    """Return a text's entry in the catalogue."""
    catalog = localized.catalogs.get(msg.domain)
    return catalog.entries.get((msg.context, msg.text)) if catalog else None


def state_of(localized: Localized, msg: Msg) -> str:
    """Return how far the translation of a text is."""
    entry = entry_of(localized, msg)
    if msg.wordless or localized.language.tag == GERMAN.tag:
        return GERMAN_ONLY
    if entry is None or not entry.text:
        return MISSING
    if (entry.context, entry.msgid) in localized.catalogs[msg.domain].faulty:
        return FAULTY
    return FUZZY if entry.fuzzy else DONE


def marked_document(localized: Localized, threshold: int, sources: tuple[Extracted, ...]) -> tuple[Document, str]:
    """Return the marked page and, as JSON, what is known of each of its texts."""
    pages: list[MarkedPage] = []

    def page(of: Localized, layout: Layout) -> Page:
        pages.append(MarkedPage(of, layout))
        return pages[-1]

    found = document(localized, status(localized, threshold), Options(), page)
    ids = {(each.msg.context, each.msg.text): each.ids for each in sources}
    facts = [_facts(localized, msg, ids) for msg in pages[0].seen]
    return found, json.dumps(facts, ensure_ascii=False)


def _facts(localized: Localized, msg: Msg, ids: dict[tuple[str, str], tuple[str, ...]]) -> dict[str, object]:
    entry = entry_of(localized, msg)
    catalog = localized.catalogs.get(msg.domain)
    problems = (
        [str(problem) for problem in catalog.problems if entry and problem.where.line == entry.text_line]
        if catalog
        else []
    )
    return {
        "state": state_of(localized, msg),
        "msgid": msg.text,
        "context": msg.context,
        "msgstr": entry.text if entry else "",
        "previous": entry.previous[1] if entry and entry.previous else "",
        "ids": ids.get((msg.context, msg.text), ()),
        "place": f"{catalog.path.name}:{entry.line}" if catalog and entry else "",
        "remarks": (*entry.comments, *entry.extracted) if entry else (),
        "problems": problems,
    }


def screen(found: Document, facts: str, highlight: str) -> str:
    """Return the whole page for the browser: the form, its style for the screen, and the panel of a string."""
    css = found.css
    for font in available():
        css = css.replace(font.path.as_uri(), f"/fonts/{font.path.name}")
    head, _, body = found.html.partition("</head>")
    frame = _environment().get_template("screen.html.j2")
    tools = frame.render(facts=Markup(facts.replace("<", "\\u003c")), highlight=highlight)
    style = "\n".join((FOLDER / name).read_text(encoding="utf-8") for name in ("screen.css", "marks.css"))
    return f"{head}<style>{css}\n{style}</style></head>{body.replace('</body>', tools + '</body>')}"


def printed(found: Document) -> Document:
    """Return the marked page for print, its waiting texts tinted and framed."""
    style = (FOLDER / "marks.css").read_text(encoding="utf-8")
    return Document(found.html, f"{found.css}\n{style}")


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
