"""What a value will do to a field: its new /V, the states of its boxes, the content of its appearances.

Everything that can be wrong is found here, before anything is written.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pikepdf import Dictionary

from formkit.errors import DoesNotFit, MissingGlyph
from formkit.pdf.appearance import Row, list_content, marked, text_content
from formkit.pdf.choices import OFF, Refused, chosen, options, ticked
from formkit.pdf.embed import FontBook
from formkit.pdf.flags import Flags
from formkit.pdf.frame import cross, draw_frame
from formkit.pdf.graphemes import graphemes
from formkit.pdf.layout import LINE_ENDS, Laid, lay_out
from formkit.pdf.looks import Look, look_of
from formkit.pdf.shaping import is_seen
from formkit.pdf.tree import Node, states

_BLANK = frozenset({"Zs", "Zl", "Zp", "Cc"})


@dataclass(frozen=True, slots=True)
class Drawing:
    """A new appearance of a widget; `texts` is what its codes must say, line by line, in the order of drawing."""

    widget: Dictionary
    look: Look
    content: bytes
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to a field.

    `values` are its new values: a text, export values, or the name of a state. `indices` are the places of the
    chosen options of a list, `widget_states` the /AS of each widget, `drawings` its new appearances; `shown` is
    drawn in place of the text, where that stands elsewhere.
    """

    node: Node
    values: tuple[str, ...]
    indices: tuple[int, ...] = ()
    widget_states: tuple[str, ...] = ()
    drawings: tuple[Drawing, ...] = ()
    shown: str | None = None

    @property
    def text(self) -> str:
        """Return the text that is drawn."""
        return "".join(self.values) if self.shown is None else self.shown


@dataclass(frozen=True, slots=True)
class _Means:
    """What every value is drawn with, as `plan` takes it."""

    files: tuple[Path, ...]
    fonts: FontBook
    smallest: float
    shown: str | None


def plan(
    node: Node,
    values: tuple[str, ...],
    files: tuple[Path, ...],
    fonts: FontBook,
    smallest: float,
    shown: str | None = None,
) -> Change:
    """Return the change that fills a field with values, () or "" for nothing.

    Takes the fonts in the order they are tried and the least size in points; `shown` is drawn in place of a
    text that stands elsewhere in full. Raises Refused that says what is wrong, never the value.
    """
    require_plain(values)
    means = _Means(files, fonts, smallest, shown)
    try:
        match node.kind:
            case "Tx":
                return _text(node, values, means)
            case "Ch":
                return _choice(node, values, means)
            case "Btn" if not node.flags & Flags.PUSH:
                return _button(node, values, smallest)
    except MissingGlyph as error:
        raise Refused("missing-glyph", error.message) from error
    except DoesNotFit as error:
        raise Refused("does-not-fit", error.message) from error
    kinds = {"Btn": "a push button", "Sig": "a signature field"}
    raise Refused("no-value", f"is {kinds.get(node.kind, 'of no known kind')} and takes no value")


def require_plain(values: tuple[str, ...]) -> None:
    """Raise Refused for half a character."""
    if any(unicodedata.category(each) == "Cs" for value in values for each in value):
        raise Refused("missing-glyph", "has half a character, which is no text")


def _text(node: Node, values: tuple[str, ...], means: _Means) -> Change:
    if len(values) > 1:
        raise Refused("too-many", "takes one value")
    if node.flags & (Flags.PASSWORD | Flags.FILE_SELECT):
        raise Refused("no-value", "holds a password or a file, which no PDF keeps")
    text = values[0] if values else ""
    require_length(node.integer("/MaxLen"), bool(node.flags & Flags.COMB), text)
    change = Change(node, (text,), shown=means.shown)
    drawings = []
    for widget in node.widgets:
        look = look_of(node, widget, means.smallest)
        drawings.append(_drawn(widget, look, lay_out(change.text, look.text, means.files), means.fonts))
    return replace(change, drawings=tuple(drawings))


def require_length(most: int, comb: bool, text: str) -> None:
    """Raise Refused for a text longer than /MaxLen, 0 for no limit; a comb counts graphemes."""
    counted = len(list(graphemes(text))) if comb else len(text)
    if 0 < most < counted:
        raise Refused("too-long", f"takes at most {most} characters, and the text has {counted}")


def _drawn(widget: Dictionary, look: Look, laid: Laid, fonts: FontBook) -> Drawing:
    frame = draw_frame(look.text.width, look.text.height, look.frame)
    content = text_content(laid, look.text.width, look.text.height, fonts, look.colour)
    return Drawing(widget, look, frame + content, tuple(_codes(laid)))


def _codes(laid: Laid) -> Iterator[str]:
    for placed in laid.lines:
        if placed.line.clusters:
            yield "".join(glyph.text for cluster in placed.line.clusters for glyph in cluster.glyphs)


@lru_cache(maxsize=20_000)
def visible(text: str) -> str:
    """Return what of a text is seen, sorted: without blanks and controls, and brackets as one sign.

    Right-to-left text shows the other bracket of a pair.
    """
    signs = ("(" if unicodedata.mirrored(each) else each for each in text if is_seen(each))
    return "".join(sorted(each for each in signs if unicodedata.category(each) not in _BLANK))


def _choice(node: Node, values: tuple[str, ...], means: _Means) -> Change:
    given = tuple(value for value in values if value)
    places = chosen(node, given)
    known = options(node)
    codes = tuple(known[place][0] for place in places) or given
    labels = tuple(known[place][1] for place in places) or given
    drawings = []
    for widget in node.widgets:
        look = look_of(node, widget, means.smallest)
        if node.flags & Flags.COMBO:
            laid = lay_out(
                LINE_ENDS.sub(" ", "".join(labels)) if means.shown is None else means.shown, look.text, means.files
            )
            drawings.append(_drawn(widget, look, laid, means.fonts))
        else:
            rows = tuple(Row(label, place in places) for place, (_, label) in enumerate(known))
            frame = draw_frame(look.text.width, look.text.height, look.frame)
            drawings.append(Drawing(widget, look, frame + list_content(rows, look.text, means.files, means.fonts)))
    return Change(node, codes, places, drawings=tuple(drawings))


def _button(node: Node, values: tuple[str, ...], smallest: float) -> Change:
    found = ticked(node, values)
    drawings = []
    for widget in node.widgets:
        if not states(widget) and not node.flags & Flags.RADIO:
            look = look_of(node, widget, smallest)
            frame = draw_frame(look.text.width, look.text.height, look.frame)
            drawings.append(Drawing(widget, look, frame + cross(look.text.width, look.text.height)))
    return Change(node, () if found.value == OFF else (found.value,), (), found.widgets, tuple(drawings))


def nothing(node: Node, smallest: float) -> tuple[Drawing, ...]:
    """Return the appearances of a field without a value: its frames alone."""
    looks = [(widget, look_of(node, widget, smallest)) for widget in node.widgets]
    return tuple(
        Drawing(widget, look, draw_frame(look.text.width, look.text.height, look.frame) + marked(b""))
        for widget, look in looks
    )
