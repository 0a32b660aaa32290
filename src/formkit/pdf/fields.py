"""The reader of forms: fields with their values as the file states them, and what else one must know of it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from formkit.pdf.field_tree import Found, Tree
from formkit.pdf.field_values import Reading, Why, read_button, read_choice, read_nothing, read_text
from formkit.pdf.flags import Flags
from formkit.pdf.noticed import marks, revisions, scripts
from formkit.pdf.objects import Refused, dictionary, opened, shown_name


class Kind(enum.Enum):
    """What a field is for the one who fills it in (ISO 32000-2, table 226 and 12.7.5)."""

    TEXT = "text"
    CHECK = "check"
    RADIO = "radio"
    CHOICE = "choice"
    PUSH = "push"
    SIGNATURE = "signature"
    OTHER = "other"


_NONE = Flags(0)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field whose value may not be what was meant, and why."""

    field: str
    why: Why


@dataclass(frozen=True, slots=True)
class PdfField:
    """A field by its full name, with its value.

    `values` is empty where nothing is filled in. A text has one value, more only where its widgets contradict
    each other. A box or radio group has the export value of what is ticked: the text that /Opt gives for the
    on-state, else the on-state itself. A choice has the export values of what is chosen.

    `states` are the on-states of boxes and radio groups, without Off. `options` are pairs that begin with an
    export value: for a choice its label follows, for boxes with /Opt the on-state. `pages` count from 1.
    """

    name: str
    kind: Kind
    values: tuple[str, ...]
    states: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    flags: Flags = _NONE
    max_length: int | None = None
    tooltip: str = ""
    pages: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfForm:
    """The fields of a file, in the order of its field tree, and what one must know before trusting them.

    `marks` are our own, /Formkit<Name> of the Info dictionary by <Name>. `signatures` counts the signature
    fields that are signed. `xfa` says that a second form lies in the file, in XML; its values are not read.
    `scripts` says that the file holds JavaScript; it is never run. `revisions` counts how often the file was
    saved by adding to it. `repaired` says that its structure is damaged, so that fields may be missing.
    """

    fields: tuple[PdfField, ...]
    marks: Mapping[str, str] = field(default_factory=dict)
    pages: int = 0
    encrypted: bool = False
    signatures: int = 0
    xfa: bool = False
    scripts: bool = False
    revisions: int = 1
    repaired: bool = False
    doubts: tuple[Doubt, ...] = ()


def read_form(path: Path) -> PdfForm:
    """Read the form of a PDF file: its newest revision, without running anything in it.

    Opens encrypted files with the empty password. Raises UnreadablePdf where the file is damaged beyond
    reading, locked, beyond a limit, or a form in XFA alone; no message holds a value. A file from outside is
    better read by `isolated.read_form_apart`: a hostile one can take minutes and gigabytes.
    """
    with opened(path) as pdf:
        tree = Tree(pdf)
        acroform = dictionary(dictionary(pdf.trailer.get("/Root")).get("/AcroForm"))
        has_xfa = "/XFA" in acroform
        doubts: list[Doubt] = []
        fields = tuple([_field(found, doubts) for found in tree])
        if has_xfa and not fields:
            raise Refused(*_XFA_ALONE)
        return PdfForm(
            fields=fields,
            marks=marks(pdf),
            pages=tree.pages,
            encrypted=pdf.is_encrypted,
            signatures=sum(found.inherited.type == "Sig" and bool(found.values) for found in tree),
            xfa=has_xfa,
            scripts=tree.acting or scripts(pdf),
            revisions=revisions(pdf, path),
            repaired=bool(pdf.get_warnings()),
            doubts=tuple(doubts),
        )


_XFA_ALONE = (
    "is a form in XFA alone, which hardly any program but Adobe's reads",
    "Ask for it as an ordinary PDF form, or print it to a PDF and type the values over.",
)


def _field(found: Found, doubts: list[Doubt]) -> PdfField:
    name, type_name, bits, _, max_length, _, tooltip, *_ = found.inherited
    kind, flags, reads = _nature(type_name, bits)
    try:
        values, why, states, options = reads(found)
    except Refused as refused:
        raise Refused(f"field {shown_name(name)}: {refused.message}", refused.advice) from None
    if why is not None:
        doubts.append(Doubt(name, why))
    return PdfField(name, kind, values, states, options, flags, max_length, tooltip, found.pages)


# Few combinations occur, and making flags takes longer than reading a field.
@lru_cache(maxsize=1_000)
def _nature(type_name: str, bits: int) -> tuple[Kind, Flags, Callable[[Found], Reading]]:
    """Return what kind of field that is, its flags, and what reads its values."""
    flags = Flags(bits)
    match type_name:
        case "Tx":
            return Kind.TEXT, flags, read_text
        case "Ch":
            return Kind.CHOICE, flags, read_choice
        case "Sig":
            return Kind.SIGNATURE, flags, read_nothing
        case "Btn" if flags & Flags.PUSH:
            return Kind.PUSH, flags, read_nothing
        case "Btn":
            return Kind.RADIO if flags & Flags.RADIO else Kind.CHECK, flags, read_button
        case _:
            return Kind.OTHER, flags, read_text
