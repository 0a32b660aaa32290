"""How far a translation is and who vouches for it: what a reader must be told on every page."""

from __future__ import annotations

from dataclasses import dataclass

from formkit.i18n.languages import GERMAN, format_date
from formkit.i18n.localize import SOURCE_TAG, Completeness, Localized
from formkit.i18n.reviews import Review
from formkit.problems import has_errors


@dataclass(frozen=True, slots=True)
class Status:
    """The state of one translation: completeness, the threshold asked for, and its review."""

    completeness: Completeness
    threshold: int
    review: Review | None
    source: bool
    faulty: bool = False
    signed: bool = False

    @property
    def reviewed_on(self) -> str:
        """Return the day a person signed the translation off, as German writes it; "" for a draft.

        A text that changed since has lost its mark, and the whole is a draft again until it is signed anew.
        """
        review = self.review
        return format_date(review.on, GERMAN) if self.signed and review and review.reviewed and review.on else ""

    @property
    def low_confidence(self) -> bool:
        """Tell whether even its author calls the translation unsure."""
        return self.review is not None and self.review.confidence == "low"

    @property
    def complete(self) -> bool:
        """Tell whether the translation is free of faults and reaches the completeness asked for."""
        return self.source or (not self.faulty and self.completeness.percent >= self.threshold)


def status(localized: Localized, threshold: int) -> Status:
    """Work out the state of a localized form.

    Of what form and authority ask for the more counts; `threshold` is the project's, for where neither asks.
    """
    authority = localized.authority
    asked = (localized.form.completeness, authority.completeness if authority else None)
    threshold = max((each for each in asked if each is not None), default=threshold)
    source = localized.language.tag == SOURCE_TAG
    return Status(
        localized.completeness(), threshold, localized.review, source, has_errors(localized.problems), localized.signed
    )
