"""Signatures: which files carry one, and what it still lets somebody change (ISO 32000-2, 12.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pikepdf import Array, Dictionary, Name, Pdf

from formkit.errors import Unfillable
from formkit.pdf.tree import Node

# DocMDP permissions (table 257): 1 forbids every change, 2 and 3 let fields be filled in; 2 where none is stated.
_NO_CHANGE, _FILLING = 1, 2


def require_unsigned(pdf: Pdf, fields: Mapping[str, Node]) -> None:
    """Raise Unfillable where a file carries a signature that writing it anew would break."""
    if _certificate(pdf) is not None or any(_signed(node) for node in fields.values()):
        raise Unfillable(
            "the file is signed, and changing it would break the signature",
            advice="Take an unsigned copy, or have values appended, which keeps the signature.",
        )


def require_open(pdf: Pdf, fields: Mapping[str, Node], wanted: Iterable[str]) -> None:
    """Raise Unfillable where a signature forbids to fill in some fields, even by appending."""
    certificate = _certificate(pdf)
    if certificate is not None and _permission(certificate) == _NO_CHANGE:
        raise Unfillable(
            "the file is certified against every change", advice="Ask its author for a form that may be filled in."
        )
    locks = [
        each["/Lock"] for node in fields.values() if _signed(node) for each in node.dictionaries if "/Lock" in each
    ]
    locked = [path for path in wanted if any(isinstance(each, Dictionary) and _locks(each, path) for each in locks)]
    if locked:
        raise Unfillable(
            f"a signature locks {', '.join(locked)}", advice="Take a copy from before that signature was made."
        )


def _signed(node: Node) -> bool:
    holders = (*node.dictionaries, *node.widgets)
    return node.kind == "Sig" and any(isinstance(each.get("/V"), Dictionary) for each in holders)


def _certificate(pdf: Pdf) -> Dictionary | None:
    rights = pdf.Root.get("/Perms")
    found = rights.get("/DocMDP") if isinstance(rights, Dictionary) else None
    return found if isinstance(found, Dictionary) else None


def _permission(certificate: Dictionary) -> int:
    references = certificate.get("/Reference")
    for each in references if isinstance(references, Array) else ():
        parameters = each.get("/TransformParams") if isinstance(each, Dictionary) else None
        if isinstance(parameters, Dictionary) and each.get("/TransformMethod") == Name.DocMDP:
            return int(parameters.get("/P", _FILLING))
    return _FILLING


def _locks(lock: Dictionary, path: str) -> bool:
    """Tell whether a signature's /Lock covers a field, itself or by a parent (table 236)."""
    named = lock.get("/Fields")
    names = [str(each) for each in named] if isinstance(named, Array) else []
    covered = any(path == each or path.startswith(f"{each}.") for each in names)
    return {"/All": True, "/Include": covered, "/Exclude": not covered}.get(str(lock.get("/Action")), False)
