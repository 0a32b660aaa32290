"""How commands make a form ready to judge answers: for the authority they work for, as it holds today."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from formkit.cli.options import authority_of

if TYPE_CHECKING:
    from formkit.answers import Prepared
    from formkit.definition.model import Form
    from formkit.i18n.languages import Language
    from formkit.project import Project


def prepared(here: Project, form: Form, reader: Language, authority: str | None) -> Prepared:
    """Return a form in a reader's language ready to judge answers; raises what loading and localizing raise."""
    from formkit.answers import prepare
    from formkit.i18n import load

    profile = load.authority(here, authority_of(here, authority))
    return prepare(load.localize(here, form, reader, profile, datetime.date.today()))
