"""What is mended inside WeasyPrint 70: the one place that touches its private parts, tested to exist.

Each repair says what is missing and may go when WeasyPrint does it itself.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from formkit.fonts import available


def install() -> None:
    """Put all repairs in place; calling it again changes nothing."""
    from weasyprint import pdf
    from weasyprint.pdf import tags

    if not hasattr(tags._build_box_tree, "repairs"):
        tags._build_box_tree = _with_language(tags._build_box_tree)
    if not hasattr(pdf.build_fonts_dictionary, "repairs"):
        pdf.build_fonts_dictionary = _with_true_text(pdf.build_fonts_dictionary)


def _with_language(build: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    """Write /Lang and /ActualText of elements in another language than the document's.

    WeasyPrint writes the document's language only, and Arabic in visual order; assistive technology needs
    both (ISO 32000-2, 14.9.2 and 14.9.4). ActualText belongs on the structure element: within marked
    content it makes text extractors turn the words round.
    """
    import pydyf

    @functools.wraps(build)
    def build_with_language(box: Any, parent: Any, pdf: Any, *args: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        node = box.element
        for element in build(box, parent, pdf, *args):
            if node is not None and node.get("lang") and node.tag != "html":
                element["Lang"] = pydyf.String(node.get("lang"))
                if node.get("dir") == "rtl" and (text := said(box)):
                    element["ActualText"] = pydyf.String(text)
            yield element

    build_with_language.repairs = build  # type: ignore[attr-defined]
    return build_with_language


def _with_true_text(build: Callable[..., Any]) -> Callable[..., Any]:
    """Say what a glyph means by the font's own character map.

    WeasyPrint derives it from the first text a glyph was drawn for. Of two glyphs drawn for one letter with
    a mark in a right-to-left run, one gets the whole and the other nothing: an empty entry in ToUnicode,
    which PDF/A forbids (ISO 19005-3, 6.2.11.7.2).
    """

    @functools.wraps(build)
    def build_with_true_text(pdf: Any, fonts: Any, *args: Any) -> Any:
        for font in fonts.values():
            meanings = _meanings(font.family)
            for glyph, text in font.to_unicode.items():
                if len(text) != 1:
                    font.to_unicode[glyph] = meanings.get(glyph, text)
        return build(pdf, fonts, *args)

    build_with_true_text.repairs = build  # type: ignore[attr-defined]
    return build_with_true_text


@functools.cache
def _meanings(family: str) -> dict[int, str]:
    """Return what the glyphs of a packaged font stand for; presentation forms as the letters they show."""
    path = next((font.path for font in available() if font.family == family), None)
    if path is None:
        return {}
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        glyphs = {name: index for index, name in enumerate(font.getGlyphOrder())}
        characters: dict[int, str] = font.getBestCmap()
    return {glyphs[name]: unicodedata.normalize("NFKC", chr(point)) for point, name in sorted(characters.items())}


def said(box: Any) -> str:
    """Return the text of a box in reading order, without the isolates that only serve drawing.

    An inline element that goes on in the next line is two boxes, each an element of its own in the
    structure: each says its own part, or the whole would be read twice.
    """
    whole, part = (_bare("".join(each)) for each in (box.element.itertext(), _drawn(box)))
    return whole if "".join(whole.split()) == "".join(part.split()) else part


def _bare(text: str) -> str:
    return text.replace("\u2066", "").replace("\u2069", "")


def _drawn(box: Any) -> Iterator[str]:
    """Yield the texts that a box draws, its lines parted by a blank."""
    if hasattr(box, "text"):
        yield box.text
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        yield from _drawn(child)
        if type(child).__name__ == "LineBox":
            yield " "
