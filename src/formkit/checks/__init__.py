"""Checks of translations: what `formkit translate check` finds, and the registry it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from formkit import fonts
from formkit.checks import (  # noqa: F401 – each enters its checks into the registry
    antonyms,
    catalogs,
    figures,
    law,
    layout,
    lists,
    punctuation,
    scripts,
    strings,
    style,
    terms,
)
from formkit.checks.reading import catalogues, sources
from formkit.checks.registry import CHECKS, Check
from formkit.checks.running import run_checks
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.i18n.paths import languages_of
from formkit.problems import Problem, in_order
from formkit.project import Project

# The checks that need the fonts and one layout of the form.
WIDTHS = frozenset({"max-size", "layout"})

__all__ = ["CHECKS", "WIDTHS", "Check", "Report", "check_translations", "run_checks"]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, and in how much: the names of the catalogues, the tags of the languages, the strings."""

    problems: tuple[Problem, ...]
    names: tuple[str, ...]
    languages: tuple[str, ...]
    strings: int


def check_translations(
    project: Project,
    form_ids: Collection[str] = (),
    tags: Collection[str] = (),
    *,
    widths: bool = True,
    today: datetime.date | None = None,
) -> Report:
    """Check the catalogues of forms, without forms all catalogues of a project; in the named languages, or all.

    Raises UnknownName, DefinitionError, and with `widths` what rendering raises.
    """
    fonts.use(project.fonts)
    day = today or datetime.date.today()
    for form_id in form_ids:
        project.form_path(form_id)
    wanted = tuple(form_ids or project.form_ids())
    found = sources(project, widths=wanted if widths else (), today=day)
    names = tuple(source.name for source in found if not form_ids or source.name in form_ids)
    chosen = [language(tag) for tag in dict.fromkeys(tags)]
    for each in chosen:
        for form_id in form_ids:
            load.require_catalog(project, form_id, each)
    problems: list[Problem] = []
    count = 0
    checked = chosen or list(languages_of(project, *names))
    for each in checked:
        read, unreadable = catalogues(project, each, found, names, day)
        problems += [*unreadable, *run_checks(read, () if widths else WIDTHS)]
        count += sum(len(translation.strings) for translation in read.checked)
    return Report(in_order(problems), names, tuple(each.tag for each in checked), count)
