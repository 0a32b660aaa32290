"""The interactive form of a PDF of ours: places laid out by name → fields, widgets and their appearances.

The page brings a widget annotation for each place, named by its key, with its rectangle and its element in
the structure tree; everything else of the form is written here. Names with dots become a hierarchy, because
a partial name may not hold one (ISO 32000-2, 12.7.4.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from formkit.errors import RenderFailed
from formkit.pdf.blank import Appearances
from formkit.pdf.controls import Choice, Control, Radio, Signature, Text, Tick
from formkit.pdf.embed import embed_characters
from formkit.pdf.flags import Flags

# ISO 32000-2, table 167: bit 3 of /F.
PRINT = 1 << 2

FONT = "FormkitField"
# 0 lets a viewer choose the size, and make it smaller where a text would not fit; cells keep theirs.
_AUTOMATIC, _CELLS = 0, 11
_RIGHT = 2


@dataclass(frozen=True, slots=True)
class BlankForm:
    """What the places of a page are to be, by the key that the page gave each.

    `font` is the TTF file, `characters` are the code points of it that viewers draw typed text with.
    """

    controls: Mapping[str, Control]
    font: Path
    characters: frozenset[int]


def write_form(pdf: Pdf, form: BlankForm) -> None:
    """Turn the places of a laid out PDF into an interactive form, in place.

    Raises RenderFailed where page and controls do not name the same.
    """
    placed = list(_placed(pdf))
    missing = [key for key in form.controls if key not in {key for key, _ in placed}]
    unknown = [key for key, _ in placed if key not in form.controls]
    if missing or unknown:
        raise RenderFailed(
            f"fields and boxes of the page do not match: {', '.join((missing + unknown)[:5])}",
            advice="This is a fault of formkit's templates; please report it.",
        )
    fields: dict[str, list[tuple[Control, Object]]] = {}
    appearances = Appearances(pdf)
    for key, widget in placed:
        control = form.controls[key]
        widget.Contents = String(control.tooltip)
        appearances.dress(widget, control)
        fields.setdefault(key.partition("#")[0], []).append((control, widget))
    tree = _Tree(pdf)
    for name, widgets in fields.items():
        tree.add(name, widgets[0][0], [widget for _, widget in widgets])
    embedded = embed_characters(pdf, form.font, map(chr, sorted(form.characters)))
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(
            Fields=Array(tree.roots),
            DR=Dictionary(Font=Dictionary({f"/{FONT}": embedded})),
            DA=String(_default_appearance(_AUTOMATIC)),
        )
    )


def _placed(pdf: Pdf) -> Iterator[tuple[str, Object]]:
    """Yield the widgets of all pages with their keys, in the order of the page, cleared of all but their place."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") == Name.Widget:
                key = str(annotation.T)
                x1, y1, x2, y2 = (float(number) for number in annotation.Rect)
                for name in set(annotation.keys()) - {"/Type", "/Subtype", "/P", "/StructParent"}:
                    del annotation[name]
                annotation.Rect = Array([round(n, 2) for n in (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))])
                annotation.F = PRINT
                yield key, annotation


@dataclass
class _Tree:
    """The hierarchy of fields made so far; `roots` are those at the top."""

    pdf: Pdf
    roots: list[Object] = field(default_factory=list)
    _nodes: dict[str, Object] = field(default_factory=dict)

    def add(self, name: str, control: Control, widgets: list[Object]) -> None:
        """Add the field of a name with its widgets; the two are one dictionary where there is one of each."""
        made = _field(control)
        alone = len(widgets) == 1 and not isinstance(control, Radio)
        node = widgets[0] if alone else self.pdf.make_indirect(Dictionary(Kids=Array(widgets)))
        for key, value in made.items():
            node[key] = value
        for widget in widgets:
            if not alone:
                widget.Parent = node
        self._hang(name, node)

    def _hang(self, name: str, node: Object) -> None:
        above, _, own = name.rpartition(".")
        node.T = String(own)
        if not above:
            self.roots.append(node)
            return
        if above not in self._nodes:
            self._nodes[above] = self.pdf.make_indirect(Dictionary(Kids=Array()))
            self._hang(above, self._nodes[above])
        node.Parent = self._nodes[above]
        self._nodes[above].Kids.append(node)


def _field(control: Control) -> Dictionary:
    """Return a field without its name and widgets."""
    flags = Flags.REQUIRED if control.required else 0
    match control:
        case Text():
            return _text(control, flags)
        case Tick():
            return Dictionary(FT=Name.Btn, Ff=int(flags), V=Name.Off, TU=String(control.tooltip))
        case Radio():
            return Dictionary(FT=Name.Btn, Ff=int(flags | Flags.RADIO), V=Name.Off, TU=String(control.question))
        case Choice():
            options = Array([Array([String(code), String(label)]) for code, label in control.options])
            look = String(_default_appearance(_AUTOMATIC))
            return Dictionary(FT=Name.Ch, Ff=int(flags | Flags.COMBO), Opt=options, DA=look, TU=String(control.tooltip))
        case Signature():
            return Dictionary(FT=Name.Sig, Ff=int(flags), TU=String(control.tooltip))


def _text(control: Text, flags: int) -> Dictionary:
    flags |= Flags.MULTILINE if control.multiline else Flags.NO_SPELL_CHECK
    flags |= Flags.COMB if control.comb else 0
    look = _default_appearance(_CELLS if control.comb else _AUTOMATIC)
    made = Dictionary(FT=Name.Tx, Ff=int(flags), DA=String(look), TU=String(control.tooltip))
    if control.max_length is not None:
        made.MaxLen = control.max_length
    if control.right:
        made.Q = _RIGHT
    return made


def _default_appearance(size: int) -> str:
    return f"/{FONT} {size} Tf 0 g"
