"""Planted mistakes: every catalogue under tests/checks says in `# expect:` what the checks must find there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from formkit.checks import CHECKS, check_translations
from formkit.checks.running import UNUSED
from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import by_folder
from formkit.problems import Severity
from formkit.project import Project, find_project

PROJECT = find_project(Path(__file__).parent / "checks")
# Only this form is laid out.
NARROW = "narrow"
CATALOGUES = sorted(path for path in PROJECT.locales.rglob("*.po") if path.stem != "glossary")

Place = tuple[str, int, str]


def expected(path: Path) -> Counter[Place]:
    """Return what a catalogue says of itself: the line of the translation (0 for the file) and the check."""
    catalog = read_catalog(path, by_folder(path.parent.parent.name))
    found: Counter[Place] = Counter()
    comments = [(0, catalog.header_comments), *((e.text_line, e.comments) for e in catalog.entries.values())]
    for line, remarks in comments:
        for remark in remarks:
            if match := re.fullmatch("expect: (.*)", remark):
                found.update((PROJECT.shown(path), line, check) for check in match[1].split(", "))
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project of the planted catalogues, with an output folder of the tests."""
    return replace(PROJECT, output=tmp_path_factory.mktemp("build"))


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.stem}.{path.parent.parent.name}")
def test_the_checks_find_what_is_planted_and_nothing_else(path: Path, project: Project) -> None:
    tag = by_folder(path.parent.parent.name).tag
    report = check_translations(project, [path.stem], [tag], widths=path.stem == NARROW)
    found = Counter((problem.where.file, problem.where.line, problem.check) for problem in report.problems)
    assert expected(path) == found


def test_every_check_has_a_planted_mistake() -> None:
    planted = {check for path in CATALOGUES for _, _, check in expected(path)}
    assert CHECKS.keys() | {UNUSED} == planted


def test_every_severity_of_a_check_is_planted(project: Project) -> None:
    reports = (check_translations(project, widths=False), check_translations(project, [NARROW]))
    found = {(problem.check, problem.severity) for report in reports for problem in report.problems}
    wanted: set[tuple[str, Severity]] = {(check.id, each) for check in CHECKS.values() for each in check.severities}
    assert set() == wanted - found
