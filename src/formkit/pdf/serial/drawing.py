"""Values → the parts of a copy that vary: strings, states, appearances; each checked where it is made.

A text is drawn once in a chunk of records, for all fields that look alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from formkit.errors import DoesNotFit, MissingGlyph
from formkit.pdf.appearance import text_content
from formkit.pdf.choices import OFF, Refused
from formkit.pdf.faces import face
from formkit.pdf.flags import Flags
from formkit.pdf.frame import draw_frame, filled, number
from formkit.pdf.layout import fit_line, lay_out, start_of
from formkit.pdf.looks import Look
from formkit.pdf.plans import Change, plan, require_length, require_plain, visible
from formkit.pdf.serial.book import ChunkBook
from formkit.pdf.serial.pairs import pairs, script
from formkit.pdf.serial.template import Slot
from formkit.pdf.serial.writing import stream
from formkit.pdf.text_strings import decode_text, encode_text
from formkit.pdf.tree import Node
from formkit.pdf.tree import name as pdf_name
from formkit.pdf.verify import Unlike, decoded

_SHIFTS = re.compile(r">-?\d+<")
_SPECIAL = re.compile(rb"[\\()\r\n]")
_ESCAPES = {b"\\": b"\\\\", b"(": b"\\(", b")": b"\\)", b"\r": b"\\r", b"\n": b"\\n"}
_LINE_ENDS = re.compile("\r\n?")
_TURNED = {90: "0 1 -1 0 {height} 0", 180: "-1 0 0 -1 {width} {height}", 270: "0 -1 1 0 0 {width}"}

# What stands in the objects of a field, and the fonts it needs, a bit each.
Part = tuple[tuple[bytes, ...], int]
Values = tuple[str, ...] | str


@dataclass(frozen=True, slots=True)
class TextKind:
    """What texts of fields that look alike have in common; `resources` is the number of their fonts' dictionary."""

    look: Look
    most: int
    comb: bool
    resources: int

    def head(self, *, fonts: bool) -> bytes:
        """Return the entries of an appearance's dictionary."""
        width, height = number(self.look.text.width), number(self.look.text.height)
        turned = _TURNED.get(self.look.rotation, "").format(width=width, height=height)
        matrix = f"/Matrix[{turned}]" if turned else ""
        named = f"/Font {self.resources} 0 R" if fonts else ""
        return f"/Type/XObject/Subtype/Form/BBox[0 0 {width} {height}]{matrix}/Resources<<{named}>>".encode()


@dataclass(slots=True)
class Drawn:
    """The parts that were made in one chunk, by value; `make` makes one and raises Refused or Unlike."""

    make: Callable[[Values], Part]
    known: dict[Values, Part] = field(default_factory=dict)


def drawn(slots: tuple[Slot, ...], book: ChunkBook, smallest: float, resources: int) -> Iterator[Drawn]:
    """Yield for each field what draws its values; text fields that look alike share it."""
    kinds: dict[TextKind, Drawn] = {}
    for slot in slots:
        node = slot.node
        if node.kind == "Tx" and len(slot.looks) == len(node.dictionaries) == 1 and not _secret(node):
            kind = TextKind(slot.looks[0], node.integer("/MaxLen"), bool(node.flags & Flags.COMB), resources)
            if kind not in kinds:
                kinds[kind] = Drawn(_text_maker(kind, book))
            yield kinds[kind]
        else:
            yield Drawn(_any_maker(slot, book, smallest, resources))


def _secret(node: Node) -> bool:
    return bool(node.flags & (Flags.PASSWORD | Flags.FILE_SELECT))


def _text_maker(kind: TextKind, book: ChunkBook) -> Callable[[Values], Part]:
    look = kind.look
    plain, fonts = kind.head(fonts=False), kind.head(fonts=True)
    frame = draw_frame(look.text.width, look.text.height, look.frame)
    one_line = not (look.text.comb or look.text.multiline)
    simple = line_maker(look, book) if one_line else None

    def make(values: Values) -> Part:
        text = _single(values)
        if not text.isascii():
            require_plain((text,))
        if kind.most:
            require_length(kind.most, kind.comb, text)
        book.used = 0
        content = simple(text) if simple is not None else None
        if content is None:
            content = _shaped(text, look, book)
        shown = stream(fonts if book.used else plain, frame + content)
        return (value_entry(text), shown), book.used

    return make


def _single(values: Values) -> str:
    if isinstance(values, str):
        return values
    if len(values) > 1:
        raise Refused("too-many", "takes one value")
    return values[0] if values else ""


def _shaped(text: str, look: Look, book: ChunkBook) -> bytes:
    """Draw a text with HarfBuzz."""
    try:
        laid = lay_out(text, look.text, book.files)
    except MissingGlyph as error:
        raise Refused("missing-glyph", error.message) from error
    except DoesNotFit as error:
        raise Refused("does-not-fit", error.message) from error
    content = text_content(laid, look.text.width, look.text.height, book, look.colour)
    lines = (placed.line for placed in laid.lines if placed.line.clusters)
    wanted = ["".join(glyph.text for each in line.clusters for glyph in each.glyphs) for line in lines]
    said = list(decoded(content, book.said))
    if said != wanted or visible("".join(said)) != visible(text):
        raise Unlike("a text would be drawn with other characters", advice="It was not written. Report this form.")
    return content


def line_maker(look: Look, book: ChunkBook) -> Callable[[str], bytes | None]:
    """Return what draws one line of simple text by pairs of letters, or returns None for any other text."""
    first = book.files[0]
    used = face(first)
    reach, box = (used.descent, used.ascent), look.text
    before = f"/Tx BMC\nq\n0 0 {number(box.width)} {number(box.height)} re W n\nBT\n{filled(look.colour)}\n1 0 0 1 "
    lows, highs = _Inks(first, 0), _Inks(first, 1)
    name, bit = book.name(first), 1

    def draw(text: str) -> bytes | None:
        known = script(text, first)
        if known is None or not text or text[-1] == " " or not book.takes(text):
            return None
        found = [*map(pairs(first, known).__getitem__, zip(text, (*text[1:], ""), strict=True))]
        if None in found:
            return None
        pieces, advances = zip(*found, strict=True)
        width = sum(advances)
        try:
            black = min(map(lows.__getitem__, text)), max(map(highs.__getitem__, text))
            size, y = fit_line(width, black, reach, box)
        except DoesNotFit as error:
            raise Refused("does-not-fit", error.message) from error
        x = start_of(width, False, box, size)
        shown = "".join(pieces)
        if bytes.fromhex(_SHIFTS.sub("", shown)).decode("utf-16-be").translate(book.simple) != text:
            raise Unlike("a text would be drawn with other characters", advice="It was not written. Report this form.")
        book.used = bit
        return f"{before}{number(x)} {number(y)} Tm\n/{name} {number(size)} Tf\n[<{shown}>] TJ\nET\nQ\nEMC\n".encode()

    return draw


class _Inks(dict[str, float]):
    """How far each letter of a font reaches below or above the baseline, in thousandths of an em."""

    def __init__(self, font: object, side: int) -> None:
        super().__init__()
        self._face = face(font)
        self._side = side

    def __missing__(self, letter: str) -> float:
        glyph = self._face.font.get_nominal_glyph(ord(letter))
        found = self[letter] = self._face.ink(glyph)[self._side]
        return found


def value_entry(text: str) -> bytes:
    """Return /V of a text, b"" for none; raises Unlike where it would be read as another."""
    if not text:
        return b""
    raw = encode_text(text)
    if not raw.isascii() and decode_text(raw) != _LINE_ENDS.sub("\n", text):
        raise Unlike("a value would be read as another", advice="It was not written. Report this form.")
    return b"/V " + literal(raw)


def literal(raw: bytes) -> bytes:
    """Return a string as it stands in a file (ISO 32000-2, 7.3.4)."""
    if raw.startswith(b"\xfe\xff"):
        return b"<%s>" % raw.hex().encode()
    if _SPECIAL.search(raw):
        raw = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], raw)
    return b"(%s)" % raw


def _any_maker(slot: Slot, book: ChunkBook, smallest: float, resources: int) -> Callable[[Values], Part]:
    """Return what fills boxes, lists, and texts with several widgets by the plan of the plain way."""

    def make(values: Values) -> Part:
        book.used = 0
        given = (values,) if isinstance(values, str) else values
        change = plan(slot.node, given, book.files, book, smallest)
        parts = _box_parts(slot, change) if slot.node.kind == "Btn" else _drawn_parts(slot, change, book, resources)
        return parts, book.used

    return make


def _box_parts(slot: Slot, change: Change) -> tuple[bytes, ...]:
    """Return /V of a box or group, and /AS of each of its widgets, merged where one object is both."""
    parts = dict.fromkeys(slot.numbers, b"")
    for each in slot.node.dictionaries:
        parts[each.objgen[0]] += b"/V " + pdf_name(change.values[0] if change.values else OFF).unparse()
    for widget, state in zip(slot.node.widgets, change.widget_states, strict=True):
        parts[widget.objgen[0]] += b"/AS " + pdf_name(state).unparse()
    return tuple(parts.values())


def _drawn_parts(slot: Slot, change: Change, book: ChunkBook, resources: int) -> tuple[bytes, ...]:
    entry = _entry(change)
    shown = []
    for drawing in change.drawings:
        if change.node.kind == "Tx" and visible("".join(decoded(drawing.content, book.said))) != visible(change.text):
            raise Unlike("a text would be drawn with other characters", advice="It was not written. Report this form.")
        head = TextKind(drawing.look, 0, False, resources).head(fonts=bool(book.used))
        shown.append(stream(head, drawing.content))
    return (*[entry] * len(slot.node.dictionaries), *shown)


def _entry(change: Change) -> bytes:
    """Return /V, several values as an array, and /I of a list."""
    if len(change.values) > 1:
        entry = b"/V [%s]" % b"".join(value_entry(value).removeprefix(b"/V ") for value in change.values)
    else:
        entry = value_entry("".join(change.values))
    if change.node.kind == "Ch" and not change.node.flags & Flags.COMBO and change.indices:
        entry += b"/I [%s]" % b" ".join(b"%d" % place for place in change.indices)
    return entry
