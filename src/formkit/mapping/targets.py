"""The fields of a foreign PDF as targets: found by name, and by what state or option a code is said."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from formkit.pdf.fields import Kind, PdfField, PdfForm

TICKABLE = frozenset({Kind.CHECK, Kind.RADIO})
FILLABLE = frozenset({Kind.TEXT, Kind.CHECK, Kind.RADIO, Kind.CHOICE})
OFF = "Off"
_YES, _NO = ("ja", "yes", "j", "y", "true", "on", "1"), ("nein", "no", "n", "false", "0", "2")


@dataclass(frozen=True)
class Targets:
    """The fields of a PDF by the names that a mapping can write: those of a YAML file are trimmed and composed."""

    form: PdfForm

    @cached_property
    def by_name(self) -> Mapping[str, PdfField]:
        """Return the fields that have a name of their own, those of one trimmed name left out."""
        found: dict[str, list[PdfField]] = {}
        for each in self.form.fields:
            found.setdefault(written(each.name), []).append(each)
        return {name: fields[0] for name, fields in found.items() if len(fields) == 1 and name}


def written(name: str) -> str:
    """Return a field's name as YAML gives it back."""
    return unicodedata.normalize("NFC", name.strip())


def fingerprint(form: PdfForm) -> str:
    """Return a short hash of what the fields of a PDF are: names, kinds, states and options; "" without fields."""
    if not form.fields:
        return ""
    lines = sorted(repr((each.name, each.kind.value, each.states, each.options)) for each in form.fields)
    return hashlib.sha256("\n".join(lines).encode(errors="surrogatepass")).hexdigest()[:16]


def says(field: PdfField) -> tuple[str, ...]:
    """Return what can be filled into a box, a radio group or a list: states or export values, without Off."""
    if field.kind is Kind.CHOICE:
        return tuple(export for export, _ in field.options)
    exported = {state: export for export, state in field.options}
    return tuple(dict.fromkeys(exported.get(state, state) for state in field.states)) or ("Yes",)


def said(field: PdfField, code: str, table: Mapping[str, str]) -> str | None:
    """Return what a code is called in a field, None where nothing says it.

    A table of the mapping counts first, "Off" in it for nothing; then the code itself, and for a single box
    its only state where the code is a plain yes.
    """
    known = says(field)
    if code in table:
        return table[code] if table[code] in (*known, OFF) else None
    if code in known:
        return code
    if field.kind is Kind.CHECK and len(known) == 1:
        return known[0] if code == "ja" else OFF if code == "nein" else None
    return None


def guessed(field: PdfField, codes: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what each code is probably called in a field, by itself, by its words, or as yes and no."""
    known = {_plain(each): each for each in says(field)}
    labels = {_plain(label): export for export, label in field.options} if field.kind is Kind.CHOICE else {}
    found: dict[str, str] = {}
    for code, words in codes.items():
        ways = [code, *words, *({"ja": _YES, "nein": _NO}.get(code, ()))]
        match = next((each for way in ways for group in (known, labels) if (each := group.get(_plain(way)))), None)
        if match is None:
            begun = {name: each for name, each in known.items() if any(name.startswith(_plain(way)) for way in words)}
            begun |= {name: each for name, each in known.items() if code == "ja" and name.startswith("ja")}
            begun |= {name: each for name, each in known.items() if code == "nein" and name.startswith("nein")}
            match = next(iter(begun.values())) if len(begun) == 1 else None
        if match is not None and match not in found.values():
            found[code] = match
    left, open_states = [each for each in codes if each not in found], set(says(field)) - set(found.values())
    if len(left) == len(open_states) == 1:
        found[left[0]] = open_states.pop()
    return found


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return "".join(each for each in folded if each.isalnum())
