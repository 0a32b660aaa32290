"""One template, many records: each copy is spliced from bytes that are ready, thousands a second.

The template is taken apart once. A record changes only /V, /AS and appearances of the fields it fills, in objects
whose numbers never change; so a copy is the unchanging bytes, the changed objects, the fonts of its chunk, and an
xref section. Values, checks and pixels are those of `pdf.fill`; the bytes of a copy depend on the chunk of records
it was made with, whose letters share subsets of fonts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formkit.errors import Unfillable
from formkit.pdf.choices import OFF, ticked
from formkit.pdf.serial.chunk import Chunk, Record
from formkit.pdf.serial.template import Template, Unsuitable, prepared
from formkit.pdf.tree import Node, readable
from formkit.pdf.verify import require_alike, reread

__all__ = ["Record", "Serial", "Template", "Unsuitable", "prepared"]

# Of this many records one is read again by a second library.
SAMPLE = 200


@dataclass(slots=True)
class Serial:
    """Fills one template again and again; keep it for all chunks."""

    template: Template
    fonts: tuple[Path, ...]
    _read: set[int] = field(default_factory=set)

    def copies(self, records: Sequence[Record], first: int = 0, *, last: bool = True) -> Iterator[bytes | Unfillable]:
        """Yield a finished file for each record of a chunk, or what is wrong with it.

        Takes values by full field name as `pdf.fill` does, and the place of the first record among all of the
        batch: of these the first, one in SAMPLE, one of each set of scripts and, with `last`, the last one are
        read again by a second library. Raises Unlike where a file would not say its values.
        """
        chunk = Chunk(self.template, self.fonts)
        laid = [chunk.lay_out(record) for record in records]
        chunk.embed()
        end = first + len(records) - 1 if last else -1
        for place, (record, each) in enumerate(zip(records, laid, strict=True), first):
            if isinstance(each, Unfillable):
                yield each
                continue
            data = chunk.assembled(each, record)
            if place % SAMPLE == 0 or place == end or each.fonts not in self._read:
                self._read.add(each.fonts)
                wanted = {name: _expected(self.template.fields[name], value) for name, value in record.items()}
                require_alike(reread(data, wanted)[0])
            yield data


def _expected(node: Node, value: tuple[str, ...] | str) -> tuple[str, tuple[str, ...]]:
    """Return the kind of a field and what is read from it again."""
    given = (value,) if isinstance(value, str) else value
    if node.kind == "Btn":
        state = ticked(node, given).value
        return node.kind, () if state == OFF else (readable(state),)
    return node.kind, tuple(each for each in given if each)
