"""What a browser may fill in by itself: the applicant's own data (WCAG 2.2, 1.3.5), never those of others.

By convention a form asks for the person who fills it in in a section named `person`.
"""

from __future__ import annotations

from collections.abc import Mapping

OWN = "person"
# HTML Standard, 4.10.18.7 (autofill field names).
_TOKENS: Mapping[str, str] = {
    "familienname": "family-name",
    "vorname": "given-name",
    "geburtsdatum": "bday",
    "telefon": "tel",
    "email": "email",
    "strasse": "address-line1",
    "zusatz": "address-line2",
    "plz": "postal-code",
    "ort": "address-level2",
}


def autofill(path: str) -> str:
    """Return the autocomplete token of a definition path, "" where a browser must not guess."""
    section, _, name = path.partition(".")
    return _TOKENS.get(name, "") if section == OWN else ""
