"""Forms that were read as plain data, for JSON and between processes, and back."""

from __future__ import annotations

from typing import Any

from formkit.pdf.field_values import Why
from formkit.pdf.fields import Doubt, Kind, PdfField, PdfForm
from formkit.pdf.flags import Flags

Plain = dict[str, Any]


def to_plain(form: PdfForm) -> Plain:
    """Return a form as dictionaries, lists, texts, numbers and truth values."""
    return {
        "pages": form.pages,
        "encrypted": form.encrypted,
        "signatures": form.signatures,
        "xfa": form.xfa,
        "scripts": form.scripts,
        "revisions": form.revisions,
        "repaired": form.repaired,
        "marks": dict(form.marks),
        "doubts": [{"field": doubt.field, "why": doubt.why.value} for doubt in form.doubts],
        "fields": [_field_to_plain(field) for field in form.fields],
    }


def from_plain(plain: Plain) -> PdfForm:
    """Return the form that was made plain; raises KeyError, TypeError or ValueError for anything else."""
    return PdfForm(
        fields=tuple(_field_from_plain(each) for each in plain["fields"]),
        marks={str(name): str(value) for name, value in plain["marks"].items()},
        pages=int(plain["pages"]),
        encrypted=bool(plain["encrypted"]),
        signatures=int(plain["signatures"]),
        xfa=bool(plain["xfa"]),
        scripts=bool(plain["scripts"]),
        revisions=int(plain["revisions"]),
        repaired=bool(plain["repaired"]),
        doubts=tuple(Doubt(str(each["field"]), Why(each["why"])) for each in plain["doubts"]),
    )


def flag_names(flags: Flags) -> list[str]:
    """Return the names of the flags that are set, without those that only tell the kind of a field."""
    kinds = Flags.RADIO | Flags.PUSH
    return [str(flag.name).lower() for flag in flags & ~kinds if flag.name]


def _field_to_plain(field: PdfField) -> Plain:
    return {
        "name": field.name,
        "kind": field.kind.value,
        "values": list(field.values),
        "states": list(field.states),
        "options": [list(pair) for pair in field.options],
        "flags": flag_names(field.flags),
        "flag_bits": int(field.flags),
        "max_length": field.max_length,
        "tooltip": field.tooltip,
        "pages": list(field.pages),
    }


def _field_from_plain(plain: Plain) -> PdfField:
    longest = plain["max_length"]
    return PdfField(
        name=str(plain["name"]),
        kind=Kind(plain["kind"]),
        values=tuple(str(each) for each in plain["values"]),
        states=tuple(str(each) for each in plain["states"]),
        options=tuple((str(export), str(other)) for export, other in plain["options"]),
        flags=Flags(int(plain["flag_bits"])),
        max_length=None if longest is None else int(longest),
        tooltip=str(plain["tooltip"]),
        pages=tuple(int(each) for each in plain["pages"]),
    )
