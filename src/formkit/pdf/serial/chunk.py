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
from formkit.pdf.serial.drawing import Drawn, Values, drawn
from formkit.pdf.serial.template import Template
from formkit.pdf.serial.writing import IN_FILE, WIDTHS, index, object_bytes
from formkit.pdf.verify import Unlike, meanings
from formkit.problems import Problem, Where

Record = Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Laid:
    """A record laid out: what stands in each varying object, and the fonts it needs, a bit each."""

    parts: list[bytes]
    fonts: int


@dataclass(frozen=True, slots=True)
class _Ending:
    """What follows the fields in the files of records that need the same fonts.

    `data` are the fonts' objects, `lengths` those of them as an xref counts; `places` sorts the offsets of all
    objects by number; `head` begins the xref section, which is completed by two identifiers, `table` and its place.
    """

    data: bytes
    lengths: list[int]
    places: Callable[[list[int]], tuple[int, ...]]
    table: struct.Struct
    head: bytes


class Chunk:
    """Some records of one template: lay out them all, then embed, then have each put together."""

    def __init__(self, template: Template, fonts: tuple[Path, ...]) -> None:
        self._template = template
        self._resources = template.written.free
        self._book = ChunkBook(files=fonts)
        every = drawn(template.slots, self._book, template.options.smallest, self._resources)
        self._slots = [(slot.name, each, slot.unfilled) for slot, each in zip(template.slots, every, strict=True)]
        self._objects: dict[int, tuple[bytes, dict[int, bytes]]] = {}
        self._endings: dict[int, _Ending] = {}

    def lay_out(self, record: Record) -> Laid | Unfillable:
        """Draw the values of a record; what is wrong is told for all of its fields at once."""
        parts: list[bytes] = []
        fonts = count = 0
        try:
            for name, each, unfilled in self._slots:
                value = record.get(name)
                if value is None:
                    parts += unfilled
                    continue
                count += 1
                made = each.known.get(value)
                if made is None:
                    made = each.known[value] = each.make(value)
                parts += made[0]
                fonts |= made[1]
        except Refused:
            return self._refused(record)
        return Laid(parts, fonts) if count == len(record) else self._refused(record)

    def _refused(self, record: Record) -> Unfillable:
        makers = {name: each for name, each, _ in self._slots}
        problems = []
        for path, value in record.items():
            try:
                self._require(makers, path, value)
            except Refused as reason:
                problems.append(Problem(Where(path), str(reason), reason.check))
        return unfillable(problems)

    def _require(self, makers: Mapping[str, Drawn], path: str, value: Values) -> None:
        """Raise Refused for a value that cannot be filled in."""
        if path in makers:
            makers[path].make(value)
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
        if laid.fonts not in self._endings:
            self._endings[laid.fonts] = self._ending(laid.fonts)
        ending = self._endings[laid.fonts]
        before = template.written.data
        body = template.body % tuple(laid.parts)
        lengths = [length + (len(part) << 16) for length, part in zip(template.lengths, laid.parts, strict=True)]
        offsets = list(accumulate(lengths + ending.lengths, initial=IN_FILE | len(before) << 16))
        at = len(before) + len(body) + len(ending.data)
        table = ending.table.pack(*ending.places(offsets))
        digest = hashlib.blake2b(repr(record).encode("utf-8", "surrogatepass"), digest_size=16, key=template.digest)
        last = ending.head % (template.digest[:16].hex().encode(), digest.hexdigest().encode(), table, at)
        return b"".join((before, body, ending.data, last))

    def _ending(self, fonts: int) -> _Ending:
        needed = [self._objects[place] for place in range(len(self._book.files)) if fonts >> place & 1]
        resources = b"<<%s>>" % b"".join(entry for entry, _ in needed)
        objects = {self._resources: resources}
        for _, each in needed:
            objects |= each
        written = [b"%d 0 obj\n%s\nendobj\n" % pair for pair in objects.items()]
        template = self._template
        section = self._resources + 1
        numbers = [*template.numbers, *objects, section]
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        size = max(numbers) + 1
        table = struct.Struct(f">{len(numbers)}Q")
        entries = b"/Type/XRef/Size %d%s%s%s/Prev %d" % (
            size,
            WIDTHS,
            index(sorted(numbers)),
            template.written.trailer,
            template.written.start,
        )
        head = (
            b"%d 0 obj\n<<%s/ID[<%%s><%%s>]/Length %d>>\nstream\n%%s\nendstream\nendobj\nstartxref\n%%d\n%%%%%%%%EOF\n"
        )
        lengths = [len(each) << 16 for each in written]
        return _Ending(b"".join(written), lengths, itemgetter(*order), table, head % (section, entries, table.size))


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
