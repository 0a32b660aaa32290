"""Appearances of fields that nobody has filled in yet: empty boxes, and the cross that a ticked one shows.

Without an appearance of its own a widget is neither PDF/A nor PDF/UA, and viewers draw it as they like.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from formkit.pdf.controls import Control, Radio, Signature, Text, Tick
from formkit.pdf.frame import cross

_EMPTY, _EMPTY_TEXT = b"", b"/Tx BMC\nEMC"
# As far and as thick as people tick with a pen, in parts of the box.
_REACH, _STROKE = 0.32, 0.11


@dataclass
class Appearances:
    """The appearance streams of a file: boxes of one size share theirs."""

    pdf: Pdf
    _made: dict[tuple[float, float, bytes], Object] = field(default_factory=dict)

    def dress(self, widget: Object, control: Control) -> None:
        """Give a widget the appearance of its control with nothing filled in."""
        x1, y1, x2, y2 = (float(number) for number in widget.Rect)
        width, height = round(x2 - x1, 2), round(y2 - y1, 2)
        match control:
            case Tick(state=state) | Radio(state=state):
                states = {
                    f"/{state}": self._stream(width, height, cross(width, height, part=_REACH, thickness=_STROKE))
                }
                widget.AP = Dictionary(N=Dictionary({**states, "/Off": self._stream(width, height, _EMPTY)}))
                widget.AS = Name.Off
            case Signature():
                widget.AP = Dictionary(N=self._stream(width, height, _EMPTY))
            case Text() | _:
                widget.AP = Dictionary(N=self._stream(width, height, _EMPTY_TEXT))

    def _stream(self, width: float, height: float, content: bytes) -> Object:
        key = (width, height, content)
        if key not in self._made:
            made = Stream(self.pdf, content)
            made.Type, made.Subtype = Name.XObject, Name.Form
            made.BBox, made.Resources = Array([0, 0, width, height]), Dictionary()
            self._made[key] = self.pdf.make_indirect(made)
        return self._made[key]
