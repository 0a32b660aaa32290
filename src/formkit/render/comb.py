"""Combs: equal cells for one character each, drawn as one vector picture behind an empty box.

A picture is an artifact in the tag tree, stays sharp at any zoom, and costs a fifth of cells made of boxes.
All cells of a comb are equal; groups are set apart by full-height ticks, cells within by short ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from formkit.widgets import TextBox

CELL_MM, HEIGHT_MM = 5.0, 6.5
REM_PER_MM = 1 / 3.5278  # 1rem is 10pt in the normal form; the large form scales the same lengths
_SHORT = 0.4
# Strokes of the guide letters around the cell's middle, in millimetres: no font, nothing to read aloud.
_GUIDES = {
    "T": "m-.75 -1.1h1.5m-.75 0v2.2",
    "M": "m-.75 1.1v-2.2l.75 1.2.75 -1.2v2.2",
    "J": "m.45 -1.1v1.5q0 .7-.55 .7t-.55-.55",
}


@dataclass(frozen=True, slots=True)
class Comb:
    """The look of a comb: sizes of its groups, guide letters, and how many cells are marked."""

    groups: tuple[int, ...]
    guides: str = ""
    marked: int = 0

    @property
    def cells(self) -> int:
        """Return the number of cells."""
        return sum(self.groups)

    @property
    def name(self) -> str:
        """Return the CSS class of this look."""
        return "comb-" + "-".join(str(group) for group in self.groups) + (self.guides and f"-{self.guides.lower()}")


def comb(widget: TextBox) -> Comb:
    """Return the look of a box with cells."""
    return Comb(widget.comb, widget.guides, widget.marked)


def css(look: Comb) -> str:
    """Return the rules that draw a comb; a comb wider than its place shrinks all cells alike.

    On paper the guide letters fill the cells; behind typed digits they would be in the way, so there they are
    small and stand in the corner.
    """
    width = look.cells * CELL_MM * REM_PER_MM
    rule = (
        f".{look.name} {{ width: {width:.3f}rem; max-width: 100%; border: 0;"
        f" background: {_picture(look, _letters(look.guides))} no-repeat 0 0 / 100% 100% }}"
    )
    if not look.guides:
        return rule
    return f"{rule}\n.fillable .{look.name} {{ background-image: {_picture(look, _small_letters(look.guides))} }}"


def _picture(look: Comb, guides: str) -> str:
    return f'url("data:image/svg+xml,{quote(_svg(look, guides))}")'


def _svg(look: Comb, guides: str) -> str:
    width = look.cells * CELL_MM
    marked = look.marked or look.cells
    edge = marked * CELL_MM
    strokes = [f'<path d="M.1 .1H{edge - 0.1:g}V{HEIGHT_MM - 0.1:g}H.1z{_ticks(look, 0, marked)}"/>']
    if marked < look.cells:
        rest = f"M{edge:g} .1H{width - 0.1:g}V{HEIGHT_MM - 0.1:g}H{edge:g}{_ticks(look, marked, look.cells)}"
        strokes.append(f'<path stroke="#767676" stroke-dasharray=".6 .6" d="{rest}"/>')
    strokes.append(guides)
    head = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {HEIGHT_MM:g}' preserveAspectRatio='none'>"
    return f"{head}<g fill='none' stroke='#000' stroke-width='.18'>{''.join(strokes)}</g></svg>".replace('"', "'")


def _ticks(look: Comb, first: int, last: int) -> str:
    """Return the strokes between the cells first…last; a group's end reaches the full height."""
    ends = {sum(look.groups[: index + 1]) for index in range(len(look.groups))}
    strokes = []
    for cell in range(first + 1, last):
        top = 0.0 if cell in ends else HEIGHT_MM * (1 - _SHORT)
        strokes.append(f"M{cell * CELL_MM:g} {top:g}V{HEIGHT_MM:g}")
    return "".join(strokes)


def _letters(guides: str) -> str:
    middle = HEIGHT_MM / 2 - 0.2
    strokes = (f"M{index * CELL_MM + CELL_MM / 2:g} {middle:g}{_GUIDES[letter]}" for index, letter in enumerate(guides))
    return f'<path stroke="#8c8c8c" stroke-width=".14" d="{"".join(strokes)}"/>' if guides else ""


def _small_letters(guides: str) -> str:
    return "".join(
        f'<path transform="translate({index * CELL_MM + 0.75:g} 0.95) scale(.5)" stroke="#8c8c8c" stroke-width=".22"'
        f' d="M0 0{_GUIDES[letter]}"/>'
        for index, letter in enumerate(guides)
    )
