"""The registry, the documentation it makes, what comes out of a check, and the real catalogues."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from formkit.checks import CHECKS, WIDTHS, check_translations
from formkit.checks.page import page
from formkit.checks.registry import check
from formkit.checks.values import Finding, String
from formkit.cli import cli
from formkit.errors import UnknownName
from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import LANGUAGES
from formkit.i18n.paths import catalog_path
from formkit.problems import Severity
from formkit.project import Project, find_project
from projects import catalog_text, change, sample_project

ROOT = Path(__file__).parent.parent
PLANTED = Path(__file__).parent / "checks"
# The table of the handbook for translators; three more come from what else can go wrong.
_NAMES = """
    placeholders markup edges untranslated unchanged inconsistent same-target end-punctuation brackets doubled-word
    plural-forms max-size glossary legal-reference numbers contact-data yes-no options keep-german label-colon layout
    bidi mixed-script wrong-script form-of-address plain-german stale-source
"""
HANDBOOK = frozenset(_NAMES.split())


def run(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--project", str(project), "translate", "check", "--no-widths", *arguments])


def test_every_check_of_the_handbook_is_there() -> None:
    assert {"homonym", "length", "missing-glyph"} == CHECKS.keys() - HANDBOOK
    assert set() == HANDBOOK - CHECKS.keys()


def test_a_second_check_of_the_same_name_is_refused() -> None:
    def brackets(string: String) -> Iterator[Finding]:
        """Say something.

        Bad: a
        Good: b
        """
        yield string.finding("never")

    with pytest.raises(ValueError, match="two checks 'brackets'"):
        check(Severity.ERROR)(brackets)


def test_a_check_without_examples_or_severity_is_refused() -> None:
    def bare(string: String) -> Iterator[Finding]:
        """Say nothing of Bad and Good."""
        yield string.finding("never")

    with pytest.raises(ValueError, match="'Bad:' and 'Good:'"):
        check(Severity.ERROR)(bare)
    with pytest.raises(ValueError, match="no severity"):
        check()(bare)
    assert "bare" not in CHECKS


def test_the_page_of_the_documentation_is_current() -> None:
    assert page() == (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")


def test_the_page_is_made_by_the_command_it_names() -> None:
    made = subprocess.run([sys.executable, "-m", "formkit.checks.page"], capture_output=True, check=True)
    assert page() == made.stdout.decode()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return this project, with an output folder of the tests."""
    return replace(find_project(ROOT), output=tmp_path_factory.mktemp("build"))


def test_the_real_catalogues_have_no_error_and_hardly_a_warning(real: Project) -> None:
    report = check_translations(real)
    assert [str(problem) for problem in report.problems if problem.severity is Severity.ERROR] == []
    warnings = [str(problem) for problem in report.problems if problem.severity is Severity.WARNING]
    assert set(report.languages) == set(real.languages)
    assert report.strings > 2000
    assert len(warnings) <= 0.02 * report.strings, "\n".join(warnings)


def test_the_glossary_has_its_terms_in_every_language_and_the_catalogues_use_them(real: Project) -> None:
    terms = {}
    for tag in real.languages:
        catalog = read_catalog(catalog_path(real.locales, LANGUAGES[tag], "glossary"), LANGUAGES[tag])
        terms[tag] = {entry.msgid for entry in catalog.entries.values() if entry.text}
        form = read_catalog(catalog_path(real.locales, LANGUAGES[tag], "but-hauptantrag"), LANGUAGES[tag])
        german = " ".join(msgid for _, msgid in form.entries).casefold()
        used = {term for term in terms[tag] if term.casefold().rstrip("e") in german}
        assert len(used) >= 40
    assert all(len(found) >= 40 for found in terms.values())


def test_a_form_a_language_or_a_catalogue_that_is_not_there_is_named(tmp_path: Path) -> None:
    project = sample_project(tmp_path, ["alles"], ["uk"])
    with pytest.raises(UnknownName, match="no form 'allez'; did you mean 'alles'"):
        check_translations(project, ["allez"], widths=False)
    with pytest.raises(UnknownName, match="'alles' has no catalogue in Arabic"):
        check_translations(project, ["alles"], ["ar"], widths=False)


def test_a_damaged_catalogue_is_reported_and_the_others_are_checked(tmp_path: Path) -> None:
    project = sample_project(tmp_path, ["alles"], ["uk", "tr"])
    path = catalog_path(project.locales, LANGUAGES["uk"], "alles")
    path.write_text(path.read_text(encoding="utf-8") + '\nmsgid "Ort\n', encoding="utf-8")
    report = check_translations(project, ["alles"], widths=False)
    assert [(problem.check, problem.severity) for problem in report.problems if "/uk/" in problem.where.file] == [
        ("po-syntax", Severity.ERROR)
    ]
    assert report.languages == ("uk", "tr")


def test_an_ignored_finding_is_gone_and_its_comment_is_needed_no_longer_when_it_is_mended(tmp_path: Path) -> None:
    project = sample_project(tmp_path, ["kurz"], ["uk"])
    path = catalog_path(project.locales, LANGUAGES["uk"], "kurz")
    entry = next(iter(read_catalog(path, LANGUAGES["uk"]).entries.values()))
    change(path, f'msgstr "{entry.text}"', f'msgstr "{entry.text} "')
    before = check_translations(project, ["kurz"], widths=False).problems
    assert [problem.check for problem in before if problem.severity is Severity.ERROR] == ["edges"]
    lines = catalog_text(project, "uk", "kurz").split("\n")
    lines.insert(entry.line - 1, "# formkit-ignore: edges")
    path.write_text("\n".join(lines), encoding="utf-8")
    assert [p.check for p in check_translations(project, ["kurz"], widths=False).problems if p.check == "edges"] == []
    change(path, f'msgstr "{entry.text} "', f'msgstr "{entry.text}"')
    after = check_translations(project, ["kurz"], widths=False).problems
    assert "unused-ignore" in {problem.check for problem in after}


def test_findings_are_printed_as_compilers_do_and_errors_set_the_exit_code() -> None:
    result = run(PLANTED, "lists", "--lang", "tr")
    assert result.exit_code == 1
    *lines, summary = result.output.splitlines()
    assert lines[0].startswith("locales/tr/LC_MESSAGES/lists.po:")
    assert all(" info: " not in line for line in lines)
    assert summary == ("1 catalogue, 1 language, 22 strings: 6 errors, 1 warning, 2 infos (--info shows them)")
    shown = run(PLANTED, "lists", "--lang", "tr", "--info").output
    assert len(shown.splitlines()) == len(lines) + 3
    assert shown.splitlines()[-1].endswith("2 infos")


def test_warnings_alone_are_no_fault() -> None:
    result = run(PLANTED, "rtl", "--lang", "ro")
    assert (result.exit_code, "0 errors, 1 warning," in result.output) == (0, True)


def test_json_is_the_list_of_findings() -> None:
    result = run(PLANTED, "lists", "--lang", "tr", "--format", "json")
    rows = json.loads(result.stdout)
    report = check_translations(find_project(PLANTED), ["lists"], ["tr"], widths=False)
    assert [problem.text for problem in report.problems] == [row["text"] for row in rows]
    assert set(rows[0]) == {"file", "line", "column", "severity", "text", "check"}


def test_sarif_names_a_rule_with_help_and_a_place_for_every_result() -> None:
    log = json.loads(run(PLANTED, "--format", "sarif").stdout)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run_ = log["runs"][0]
    rules = run_["tool"]["driver"]["rules"]
    assert CHECKS.keys() <= {rule["id"] for rule in rules}
    assert len({rule["id"] for rule in rules}) == len(rules)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert run_["results"]
    for result in run_["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert (PLANTED / place["artifactLocation"]["uri"]).is_file()
        assert "region" not in place or place["region"]["startLine"] >= 1


def test_checks_of_widths_can_be_left_out() -> None:
    report = check_translations(find_project(PLANTED), widths=False)
    assert set() == {problem.check for problem in report.problems} & WIDTHS
