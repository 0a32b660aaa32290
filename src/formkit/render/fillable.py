"""A localized form → the fields of its fillable PDF: what each box on the page is, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formkit import words
from formkit.definition.places import Part, Question, SectionPlace
from formkit.fonts import FONTS, coverage
from formkit.i18n.languages import GERMAN
from formkit.pdf.controls import Choice, Control, Radio, Signature, Text, Tick
from formkit.render.page import Page
from formkit.texts import Msg
from formkit.widgets import (
    CheckBox,
    CheckGroup,
    OfficeBox,
    RadioGroup,
    Select,
    SignatureBox,
    TextBox,
    Widget,
)

FAMILY = "fk-latin"
# Latin with the letters of DIN 91379 and Vietnamese, Greek, Cyrillic, and the signs of everyday writing: what
# viewers draw typed text with. Other scripts come out unshaped in most of them, so their glyphs would be no use.
_TYPED = ((0x20, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x203A), (0x20AC, 0x20AC))

AsCards = Callable[[Question], bool]


def typing_font() -> Path:
    """Return the TTF file that viewers draw typed text with."""
    return next(font.path for font in FONTS if font.family == FAMILY)


def typed_characters() -> frozenset[int]:
    """Return the code points that a fillable PDF lets viewers draw."""
    wanted = {point for first, last in _TYPED for point in range(first, last + 1)}
    return frozenset(wanted & coverage(FAMILY))


def controls(page: Page, as_cards: AsCards, rows: Mapping[str, int]) -> dict[str, Control]:
    """Return what every box of a page is, by the key that `Page.input` gave it, in the order of the page.

    `as_cards` tells whether the rows of a repeated question are printed as blocks of boxes; in a table there
    is no room for combs. `rows` says of which lists a continuation sheet holds more rows, and how many there
    are in all.
    """
    found: dict[str, Control] = {}
    for place in page.sections:
        said = page if place.section.translate else page.german_only
        for box in _boxes(place, as_cards, rows):
            found.update(_Said(said, box).controls())
    return found


@dataclass(frozen=True, slots=True)
class _Box:
    """A widget at its place: the field it belongs to, its row counted from 1, whether it has to be filled in."""

    widget: Widget
    part: Part
    row: int
    demanded: bool
    in_table: bool


def _boxes(place: SectionPlace, as_cards: AsCards, more: Mapping[str, int]) -> Iterator[_Box]:
    for question in place.questions:
        rows = more.get(question.repeat_path, question.repeat.rows) if question.repeat else 1
        conditional = bool(place.section.when or question.when or question.repeat)
        in_table = question.repeat is not None and not as_cards(question)
        for row in range(rows):
            for part in question.parts:
                here = part.in_row(question, row) if question.repeat else part
                bound = conditional or part.field.when is not None or part.field.beside is not None
                for widget in here.widgets:
                    yield _Box(
                        widget, here, row + 1 if question.repeat else 0, part.field.required and not bound, in_table
                    )


@dataclass(frozen=True, slots=True)
class _Said:
    """A box and the page whose texts tell of it."""

    page: Page
    box: _Box

    def controls(self) -> Iterator[tuple[str, Control]]:
        """Yield the controls of the box by their keys."""
        demanded = self.box.demanded
        match self.box.widget:
            case TextBox() as widget:
                yield widget.name, self._text(widget, self._also(widget))
            case CheckBox() as widget:
                yield widget.name, Tick(self.tooltip(self._also(widget)), widget.on, demanded)
            case CheckGroup() as widget:
                for option in widget.options:
                    yield widget.box(option.code), Tick(self.tooltip((option.label,)), option.code)
            case RadioGroup() as widget:
                row = (widget.label,) if widget.label else ()
                question = self.tooltip(row)
                for option in widget.options:
                    said = self.tooltip((*row, option.label))
                    yield widget.box(option.code), Radio(said, question, option.code, demanded)
            case Select() as widget:
                options = tuple((option.code, self._pair((option.label,))) for option in widget.options)
                nothing = ("", self._pair((words.PLEASE_CHOOSE,)))
                yield widget.name, Choice(self.tooltip(), (nothing, *options), demanded)
            case SignatureBox() as widget:
                yield widget.name, Signature(self.tooltip(), demanded)
            case OfficeBox():
                return
        yield from self._own_words()

    def _own_words(self) -> Iterator[tuple[str, Control]]:
        """Yield the boxes for answers in one's own words."""
        for option in getattr(self.box.widget, "options", ()):
            if option.text is not None:
                yield option.text.name, self._text(option.text, (option.label,))

    def _text(self, widget: TextBox, also: tuple[Msg, ...]) -> Text:
        cells = bool(widget.comb) and not self.box.in_table
        return Text(
            self.tooltip(also),
            self.box.demanded and widget is self.box.widget,
            widget.max_length if cells or not widget.comb else len(widget.grouped("0" * sum(widget.comb))),
            widget.lines > 1,
            cells,
            self.page.translate and self.page.language.direction == "rtl" and widget.lines > 1,
        )

    def _also(self, widget: TextBox | CheckBox) -> tuple[Msg, ...]:
        """Return what tells the two boxes of a line of the checklist apart."""
        if len(self.box.part.widgets) == 1:
            return ()
        return (words.LATER,) if isinstance(widget, TextBox) else (words.ENCLOSED,)

    def tooltip(self, also: tuple[Msg, ...] = ()) -> str:
        """Return what a field says of itself: number, German, whether it is required, translation."""
        part = self.box.part
        row = words.ROW.text.replace("{number}", str(self.box.row))
        number = f"{part.number}, {row}" if self.box.row else part.number
        texts = (part.field.question, *also)
        return " ".join(filter(None, (number, self._pair(texts, required=part.field.required))))

    def _pair(self, texts: tuple[Msg, ...], *, required: bool = False) -> str:
        """Return the texts in German, then in the reader's language where all of them are translated."""
        pairs = [self.page.text(msg) for msg in texts]
        german = ": ".join(self.page.filled(pair.source, GERMAN) for pair in pairs)
        if required:
            german += f" ({words.REQUIRED.text})"
        if all(pair.target is None for pair in pairs) or any(pair.missing for pair in pairs):
            return german
        target = ": ".join(self.page.filled(pair.target or pair.source, self.page.language) for pair in pairs)
        return f"{german} – {target}"
