"""Signing off a catalogue: the mark at every string, and who signed when in locales/reviews.yaml."""

from __future__ import annotations

import json
from dataclasses import dataclass

from formkit.errors import FormkitError
from formkit.files import write_atomically
from formkit.i18n import load
from formkit.i18n.catalog import read_catalog
from formkit.i18n.edits import sign_all
from formkit.i18n.languages import Language
from formkit.i18n.paths import REVIEWS, catalog_path
from formkit.i18n.reviews import Review
from formkit.project import Project

_ABOUT = "# Who signed off which translation. The mark at each string of the catalogue decides for that string.\n"


@dataclass(frozen=True, slots=True)
class Signed:
    """What a review did: strings signed now, and those it could not sign."""

    signed: int
    open: int


def sign(project: Project, review: Review, language: Language) -> Signed:
    """Sign every string of a catalogue that is ready and note the review; raises where there is no catalogue.

    "Leichte Sprache" may be claimed only with the group that read it (domain: § 11 BGG).
    """
    load.require_catalog(project, review.form, language)
    path = catalog_path(project.locales, language, review.form)
    shown = project.shown(path)
    count = sign_all(path, shown)
    catalog = read_catalog(path, language, shown)
    waiting = sum(not entry.reviewed for entry in catalog.entries.values())
    reviews = {**load.reviews(project), (review.form, language.tag): review}
    write_atomically(project.locales / REVIEWS, _text(reviews).encode())
    return Signed(count, waiting)


def _text(reviews: dict[tuple[str, str], Review]) -> str:
    """Write all reviews, forms and languages in order; values are JSON strings, which YAML reads alike."""
    lines = [_ABOUT]
    for form in sorted({form for form, _ in reviews}):
        lines.append(f"{form}:\n")
        for (of, tag), review in sorted(reviews.items()):
            if of == form:
                lines.append(f"  {tag}: {{{', '.join(_fields(review))}}}\n")
    return "".join(lines)


def _fields(review: Review) -> list[str]:
    values = {
        "state": review.state,
        "by": review.by,
        "on": review.on.isoformat() if review.on else "",
        "confidence": review.confidence if review.confidence != "normal" else "",
        "group": review.group,
    }
    return [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value]


def require_name(name: str) -> str:
    """Return the name of who signs; raises FormkitError for an empty one or one that breaks a line."""
    clean = " ".join(name.split())
    if not clean or not clean.isprintable():
        raise FormkitError("a review needs the name of who signs it", advice='Name it with --by "…".')
    return clean
