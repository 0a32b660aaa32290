"""Who signed off which catalogue: the values of `locales/reviews.yaml`, read from plain data.

The hash in the catalogue decides per string (`Entry.reviewed`); this says who, when and how sure.

    but-hauptantrag:
      uk: {state: reviewed, by: N. N., on: "2026-11-20", confidence: normal, group: ""}
      ar: {state: draft}
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from formkit.i18n.languages import LANGUAGES

State = Literal["draft", "reviewed"]
Confidence = Literal["normal", "low"]
_KEYS = ("state", "by", "on", "confidence", "group")


@dataclass(frozen=True, slots=True)
class Review:
    """The review of one catalogue: `form` in the language with the tag `language`.

    `by` and `on` say who signed off and when, `confidence` "low" that even a reviewed text wants a second
    reader, `group` which review group read it ("Leichte Sprache" needs one).
    """

    form: str
    language: str
    state: State = "draft"
    by: str = ""
    on: datetime.date | None = None
    confidence: Confidence = "normal"
    group: str = ""

    @property
    def reviewed(self) -> bool:
        """Tell whether a person has signed off."""
        return self.state == "reviewed"


@dataclass(frozen=True, slots=True)
class ReviewFault:
    """What is wrong with the data: the path to the value, for whoever knows its line, and a sentence."""

    path: tuple[str, ...]
    text: str


def reviews_from_mapping(data: object) -> tuple[tuple[Review, ...], tuple[ReviewFault, ...]]:
    """Read all reviews of a project from plain data; returns them and every fault found.

    Takes forms, each with its languages by tag, as shown above. A review with a fault is left out.
    """
    reviews: list[Review] = []
    faults: list[ReviewFault] = []
    for form, languages in _mapping(data, (), faults).items():
        for tag, values in _mapping(languages, (form,), faults).items():
            before = len(faults)
            texts = _texts(values, (form, tag), faults)
            faults.extend(_wrong(texts, (form, tag)))
            if len(faults) == before:
                reviews.append(_review(form, tag, texts))
    return tuple(reviews), tuple(faults)


def _mapping(data: object, path: tuple[str, ...], faults: list[ReviewFault]) -> Mapping[str, object]:
    if isinstance(data, Mapping):
        return data
    faults.append(ReviewFault(path, "must be a list of names with values"))
    return {}


def _texts(data: object, path: tuple[str, ...], faults: list[ReviewFault]) -> Mapping[str, str]:
    values = _mapping(data, path, faults)
    for key, value in values.items():
        if key not in _KEYS:
            faults.append(ReviewFault((*path, key), f"'{key}' is not known; known are {', '.join(_KEYS)}"))
        elif not isinstance(value, str):
            faults.append(ReviewFault((*path, key), f"'{key}' must be a text; put it in quotes"))
    return {key: value for key, value in values.items() if isinstance(value, str)}


def _wrong(texts: Mapping[str, str], path: tuple[str, ...]) -> list[ReviewFault]:
    """Return what no review may say."""
    found = []
    if path[-1] not in LANGUAGES:
        found.append(ReviewFault(path, f"'{path[-1]}' is no language formkit knows"))
    for key, allowed in (("state", get_args(State)), ("confidence", get_args(Confidence))):
        if texts.get(key, allowed[0]) not in allowed:
            found.append(ReviewFault((*path, key), f"'{key}' is one of {', '.join(allowed)}"))
    if "on" in texts and _date(texts["on"]) is None:
        found.append(ReviewFault((*path, "on"), "'on' is no date; write it as \"2026-11-20\""))
    missing = [key for key in ("by", "on") if not texts.get(key)]
    if texts.get("state") == "reviewed" and missing:
        found.append(ReviewFault(path, f"a reviewed catalogue says {' and '.join(missing)}"))
    return found


def _review(form: str, tag: str, texts: Mapping[str, str]) -> Review:
    return Review(
        form=form,
        language=tag,
        state="reviewed" if texts.get("state") == "reviewed" else "draft",
        by=texts.get("by", ""),
        on=_date(texts.get("on", "")),
        confidence="low" if texts.get("confidence") == "low" else "normal",
        group=texts.get("group", ""),
    )


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
