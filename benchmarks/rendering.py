"""A warm rendering of the application against WeasyPrint alone on the same HTML and CSS."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path

import weasyprint
from weasyprint import pdf as weasy_pdf
from weasyprint.pdf import tags

from benchmarks.figure import Figure, in_turn, median
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.i18n.localize import Localized
from formkit.project import find_project
from formkit.render.html import Document, Options, document
from formkit.render.pdf import VARIANT, print_pdf
from formkit.render.pdf.engine import engine
from formkit.render.status import status

FORM = "but-hauptantrag"
LANGUAGES = ("ar", "uk")
ROUNDS = 5
# Above WeasyPrint alone come our templates, the languages of elements, and PDF/UA-1 beside PDF/A-3a.
GATE = 1.15
# A field in every box: its place in the layout, its object, its appearance.
FILLABLE_GATE = 1.6


def measure() -> Iterator[Figure]:
    """Yield the ratio to WeasyPrint alone and the seconds a page, for each language."""
    project = find_project(Path(__file__).parent)
    form = load.form(project, FORM)
    authority = load.authority(project, project.authority)
    for tag in LANGUAGES:
        localized = load.localize(project, form, language(tag), authority, datetime.date.today())
        yield from _language(tag, localized, project.completeness)


def _language(tag: str, localized: Localized, threshold: int) -> Iterator[Figure]:
    state = status(localized, threshold)

    def page() -> Document:
        return document(localized, state, Options())

    def ours() -> int:
        return print_pdf(page(), {}).pages

    def fillable() -> int:
        return print_pdf(document(localized, state, Options(fillable=True)), {}).pages

    pages = ours()
    alone = _weasyprint_alone(page())
    alone()
    own_times, alone_times = in_turn(ours, alone, ROUNDS)
    ratios = [own / other for own, other in zip(own_times, alone_times, strict=True)]
    yield Figure(f"{tag}: warm rendering, WeasyPrint alone = 1", median(ratios), "×", GATE)
    fillable()
    with_fields, without = in_turn(fillable, ours, ROUNDS)
    ratios = [field / flat for field, flat in zip(with_fields, without, strict=True)]
    yield Figure(f"{tag}: with a field in every box, flat = 1", median(ratios), "×", FILLABLE_GATE)
    yield Figure(f"{tag}: warm rendering, {pages} pages", median(own_times), "s")
    yield Figure(f"{tag}: a dense A4 page", median(own_times) / pages, "s")


def _weasyprint_alone(page: Document) -> Callable[[], bytes]:
    """Return a rendering by WeasyPrint as it comes: same HTML, CSS, fonts and variant, without our repairs."""
    fonts = engine()
    sheet = fonts.sheet(page.css)
    repaired = (tags._build_box_tree, weasy_pdf.build_fonts_dictionary)

    def alone() -> bytes:
        tags._build_box_tree, weasy_pdf.build_fonts_dictionary = (repair.repairs for repair in repaired)
        try:
            html = weasyprint.HTML(string=page.html, url_fetcher=fonts.page_fetcher)
            data: bytes = html.write_pdf(stylesheets=[sheet], font_config=fonts.fonts, pdf_variant=VARIANT)
            return data
        finally:
            tags._build_box_tree, weasy_pdf.build_fonts_dictionary = repaired

    return alone
