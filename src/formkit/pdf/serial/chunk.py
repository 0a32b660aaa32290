"""Records that share their fonts: laid out first, then, when the fonts are known, put together."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Object

from formkit.errors import Unfillable
from formkit.pdf.choices import Refused
from formkit.pdf.embed import embed
from formkit.pdf.fill import READ_ONLY, known, unfillable
from formkit.pdf.plans import plan
from formkit.pdf.serial.book import ChunkBook
from formkit.pdf.serial.drawing import Values, drawn
from formkit.pdf.serial.template import Template
from formkit.pdf.serial.writing import IN_FILE, WIDTHS, index, object_bytes
from formkit.pdf.verify import Unlike, meanings
from formkit.problems import Problem, Where

Record = Mapping[str, Values]
# Each holds the fonts; records mostly fill the same fields.
_MOST_FRAMES = 100


@dataclass(frozen=True, slots=True)
class Laid:
    """A record laid out: what stands in each varying object, and the fonts it needs, a bit each."""

    parts: list[bytes]
    fonts: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """What records have in common that fill the same fields and need the same fonts.

    `body` are the objects with `%s` for what varies, the fonts behind them; `lengths` and `fonts` how long these
    are, as an xref counts; `places` sorts the offsets of all objects by number, `table` packs them; `end` is the
    xref section, which lacks two identifiers, the table and its place.
    """

    body: bytes
    lengths: list[int]
    fonts: list[int]
    places: Callable[[list[int]], tuple[int, ...]]
    table: struct.Struct
    end: bytes


class Chunk:
    """Some records of one template: lay out them all, then embed, then have each put together."""

    def __init__(self, template: Template, fonts: tuple[Path, ...]) -> None:
        self._template = template
        self._resources = template.written.free
        self._book = ChunkBook(files=fonts)
        every = drawn(template.slots, self._book, template.options.smallest, self._resources)
        self._drawn = {slot.name: each for slot, each in zip(template.slots, every, strict=True)}
        self._slots = {slot.name: slot for slot in template.slots}
        self._objects: dict[int, tuple[bytes, dict[int, bytes]]] = {}
        self._frames: dict[tuple[int, tuple[str, ...]], _Frame] = {}

    def lay_out(self, record: Record) -> Laid | Unfillable:
        """Draw the values of a record; what is wrong is told for all of its fields at once."""
        drawers = self._drawn
        parts: list[bytes] = []
        fonts = 0
        try:
            for name, value in record.items():
                each = drawers[name]
                made = each.known.get(value)
                if made is None:
                    made = each.known[value] = each.make(value)
                parts += made[0]
                fonts |= made[1]
        except (Refused, KeyError):
            return self._refused(record)
        return Laid(parts, fonts)

    def _refused(self, record: Record) -> Unfillable:
        problems = []
        for path, value in record.items():
            try:
                self._require(path, value)
            except Refused as reason:
                problems.append(Problem(Where(path), str(reason), reason.check))
        return unfillable(problems)

    def _require(self, path: str, value: Values) -> None:
        """Raise Refused for a value that cannot be filled in."""
        if path in self._drawn:
            self._drawn[path].make(value)
        elif path in self._template.closed:
            raise Refused("read-only", READ_ONLY)
        else:
            node = known(self._template.fields, path)
            plan(node, (value,) if isinstance(value, str) else value, self._book.files, self._book, 0.0)

    def embed(self) -> None:
        """Make the fonts of all that was laid out; raises Unlike where their codes would say something else."""
        with pikepdf.new() as pdf:
            # So the objects of the fonts have numbers behind those of the template from the start.
            while pdf.make_indirect(Dictionary()).objgen[0] < self._resources + 1:
                pass
            for path, codes in self._book.codes.items():
                font, name = embed(pdf, codes), self._book.name(path)
                if not self._book.said[name].items() <= meanings(font).items():
                    raise Unlike("a font would say other characters than were drawn", advice="Report this form.")
                entry = f"/{name} {font.objgen[0]} 0 R".encode()
                objects = {each.objgen[0]: object_bytes(each) for each in _font_objects(font)}
                self._objects[self._book.files.index(path)] = (entry, objects)

    def assembled(self, laid: Laid, record: Record) -> bytes:
        """Return the finished file of a record that was laid out."""
        template = self._template
        key = (laid.fonts, tuple(record))
        frame = self._frames.get(key)
        if frame is None:
            if len(self._frames) >= _MOST_FRAMES:
                self._frames.clear()
            frame = self._frames[key] = self._frame(*key)
        before = template.written.data
        body = frame.body % tuple(laid.parts)
        lengths = [length + (len(part) << 16) for length, part in zip(frame.lengths, laid.parts, strict=True)]
        offsets = list(accumulate(lengths + frame.fonts, initial=IN_FILE | len(before) << 16))
        digest = hashlib.blake2b(repr(record).encode("utf-8", "surrogatepass"), digest_size=16, key=template.digest)
        table = frame.table.pack(*frame.places(offsets))
        identifier = template.digest[:16].hex().encode(), digest.hexdigest().encode()
        end = frame.end % (*identifier, table, len(before) + len(body))
        return b"".join((before, body, end))

    def _frame(self, fonts: int, names: tuple[str, ...]) -> _Frame:
        needed = [self._objects[place] for place in range(len(self._book.files)) if fonts >> place & 1]
        objects = {self._resources: b"<<%s>>" % b"".join(entry for entry, _ in needed)}
        for _, each in needed:
            objects |= each
        written = [b"%d 0 obj\n%s\nendobj\n" % pair for pair in objects.items()]
        slots = [self._slots[name] for name in names]
        numbers = [*(number for slot in slots for number in slot.numbers), *objects, self._resources + 1]
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        table = struct.Struct(f">{len(numbers)}Q")
        known = self._template.written
        listed = (max(numbers) + 1, WIDTHS, index(sorted(numbers)), known.trailer, known.start)
        entries = b"/Type/XRef/Size %d%s%s%s/Prev %d" % listed
        end = (
            b"%d 0 obj\n<<%s/ID[<%%s><%%s>]/Length %d>>\nstream\n%%s\nendstream\nendobj\nstartxref\n%%d\n%%%%%%%%EOF\n"
        )
        return _Frame(
            b"".join(slot.body for slot in slots) + b"".join(written).replace(b"%", b"%%"),
            [length for slot in slots for length in slot.lengths],
            [len(each) << 16 for each in written],
            itemgetter(*order),
            table,
            end % (self._resources + 1, entries, table.size),
        )


def _font_objects(font: Object) -> list[Object]:
    """Return the indirect objects of a font, itself first."""
    found: dict[int, Object] = {}
    waiting = [font]
    while waiting:
        each = waiting.pop(0)
        if each.is_indirect:
            found[each.objgen[0]] = each
        parts = each if isinstance(each, Array) else [each[key] for key in each.keys()]  # noqa: SIM118
        waiting += [
            part for part in parts if isinstance(part, Object) and (part.is_indirect or isinstance(part, Array))
        ]
    return list(found.values())
