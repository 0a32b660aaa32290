"""A form in a language: which text stands where, when German stands in for it, and how values are written."""

from __future__ import annotations

import datetime
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from formkit.definition.authority import Authority
from formkit.definition.messages import texts
from formkit.definition.parameters import holding
from formkit.errors import CatalogError, UnknownName
from formkit.i18n import load
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import Language, language
from formkit.i18n.localize import Localized
from formkit.i18n.paths import REVIEWS, catalog_path
from formkit.i18n.reviews import Review
from formkit.i18n.signing import sign
from formkit.project import Project
from formkit.render.page import Layout, Page
from formkit.render.status import status
from formkit.texts import FORMKIT_DOMAIN, Bilingual, Msg
from projects import SAMPLES, Translate, change, localized, pseudo, pseudo_entry, sample_project, write_catalogs

UK = language("uk")
NAME = Msg("Familienname")
ENTRY = 'msgid "Familienname"\nmsgstr "‹текст Familienname›"'


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return sample_project(tmp_path / "project", languages=["uk"])


def catalog(project: Project) -> Path:
    return catalog_path(project.locales, UK, "alles")


def uk(project: Project) -> Localized:
    return localized(project, "alles", "uk")


# --- Texts -------------------------------------------------------------------------------------------------


def test_a_translated_text_stands_beside_the_german_one(project: Project) -> None:
    assert uk(project).text(NAME) == Bilingual("Familienname", "‹текст Familienname›")


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "Familienname"\nmsgstr ""',
        f"#, fuzzy\n{ENTRY}",
        'msgid "Familienname"\nmsgstr "Прізвище {betrag}"',
        'msgid "Familienname"\nmsgstr "Пріз\u202eвище"',
        'msgid "Nachname"\nmsgstr "Прізвище"',
        'msgctxt "antrag"\nmsgid "Familienname"\nmsgstr "Прізвище"',
    ],
    ids=["untranslated", "fuzzy", "a placeholder too many", "turned round", "of another text", "of another context"],
)
def test_german_stands_in_for_a_text_without_a_usable_translation(project: Project, entry: str) -> None:
    change(catalog(project), ENTRY, entry)
    assert uk(project).text(NAME) == Bilingual("Familienname", missing=True)


def test_a_faulty_string_is_told_with_its_place(project: Project) -> None:
    change(catalog(project), ENTRY, 'msgid "Familienname"\nmsgstr "Прізвище {betrag}"')
    (problem,) = uk(project).problems
    line = catalog(project).read_text(encoding="utf-8").splitlines().index('msgstr "Прізвище {betrag}"') + 1
    assert str(problem) == (
        f"locales/uk/LC_MESSAGES/alles.po:{line}: error: {{betrag}} stands not in the German text, "
        "once in the translation; it must stand as often in both [placeholders]"
    )


def test_the_same_german_text_has_a_translation_for_each_context(project: Project) -> None:
    change(
        catalog(project),
        'msgctxt "address"\nmsgid "Ort"\nmsgstr "‹текст Ort›"',
        'msgctxt "address"\nmsgid "Ort"\nmsgstr "Місто"',
    )
    form = uk(project)
    assert form.text(Msg("Ort", "address")).target == "Місто"
    assert form.text(Msg("Ort", "signature")).target == "‹текст Ort›"


def test_texts_of_form_authority_and_program_come_from_their_own_catalogues(project: Project) -> None:
    form = uk(project)
    assert form.authority is not None
    assert form.authority.disclaimer is not None
    assert form.text(form.authority.disclaimer).target == "‹текст Gültig ist der deutsche Text.›"
    assert form.text(Msg("Ja", domain=FORMKIT_DOMAIN)).target == "‹текст Ja›"
    assert form.text(Msg("Ja")).missing


def test_a_part_that_stays_german_has_no_translation_and_misses_none(project: Project) -> None:
    assert uk(project).text(NAME, translate=False) == Bilingual("Familienname")
    assert Page(uk(project), Layout.INTERLINEAR).german_only.text(NAME) == Bilingual("Familienname")


def test_a_text_that_is_the_same_in_both_languages_stands_once(project: Project) -> None:
    change(catalog(project), 'msgid "IBAN"\nmsgstr "‹текст IBAN›"', 'msgid "IBAN"\nmsgstr "IBAN"')
    assert uk(project).text(Msg("IBAN")) == Bilingual("IBAN")


@pytest.mark.parametrize("text", ["{leistung}", "12 – 14", "**{leistung}**", "§ 28"])
def test_a_text_without_words_is_not_translated_and_not_missed(project: Project, text: str) -> None:
    assert uk(project).text(Msg(text)) == Bilingual(text)


def test_german_needs_no_catalogue(project: Project) -> None:
    form = localized(project, "alles", "de")
    assert form.catalogs == {}
    assert {form.text(text.msg) for text in texts(form.form)} == {Bilingual(text.msg.text) for text in texts(form.form)}
    assert form.completeness().percent == 100


def test_languages_of_a_form_are_those_with_a_catalogue_in_the_order_of_need(project: Project) -> None:
    for tag in ("en", "ar"):
        write_catalogs(project, language(tag))
    assert [each.tag for each in load.languages(project, "alles")] == ["uk", "ar", "en"]
    with pytest.raises(UnknownName, match=r"in Turkish: locales/tr/LC_MESSAGES/alles\.po") as caught:
        load.require_catalog(project, "alles", language("tr"))
    assert caught.value.advice == "Languages with a catalogue: uk, ar, en."


# --- How far a translation is --------------------------------------------------------------------------------


def all_but(count: int) -> Translate:
    """Return a translator that leaves the first `count` texts of a form untranslated."""
    left = []

    def translate(entry: Extracted, reader: Language) -> str:
        if entry.msg.domain == "form" and len(left) < count:
            left.append(entry)
            return ""
        return pseudo(entry.msg.text, reader)

    return translate


def test_completeness_counts_the_texts_of_form_and_authority_once_each(tmp_path: Path) -> None:
    wanted = {text.msg for text in texts(load.form(sample_project(tmp_path / "a"), "alles")) if text.translate}
    wordless = {msg for msg in wanted if msg.wordless}
    assert len(wordless) == 1
    total = len(wanted - wordless) + 1  # the authority's disclaimer
    for missing in (0, 1, total - 2):
        project = sample_project(tmp_path / str(missing), languages=["uk"], translate=all_but(missing))
        found = uk(project).completeness()
        assert (found.translated, found.total) == (total - missing, total)
        assert found.percent == 100 * (total - missing) // total


def test_one_missing_text_is_less_than_hundred_per_cent(tmp_path: Path) -> None:
    project = sample_project(tmp_path / "a", languages=["uk"], translate=all_but(1))
    assert uk(project).completeness().percent < 100


@pytest.mark.parametrize(
    ("authority", "form_asks", "project", "missing", "complete"),
    [
        (80, None, 100, 14, True),
        (80, None, 100, 16, False),
        (None, None, 80, 14, True),
        (None, None, 95, 14, False),
        (0, None, 100, 70, True),
        (None, 80, 100, 14, True),
        (None, 80, 0, 16, False),
        (80, 95, 0, 14, False),
        (95, 80, 0, 14, False),
    ],
)
def test_of_what_form_and_authority_ask_for_the_more_counts_and_the_project_only_where_neither_asks(
    tmp_path: Path, authority: int | None, form_asks: int | None, project: int, missing: int, complete: bool
) -> None:
    made = sample_project(tmp_path / "a", languages=["uk"], translate=all_but(missing))
    form = uk(made)
    assert form.authority is not None
    named = form.authority.model_copy(update={"completeness": authority})
    asking = form.form.model_copy(update={"completeness": form_asks})
    assert status(replace(form, form=asking, authority=named), project).complete is complete


def test_a_fault_makes_a_translation_incomplete_whatever_its_share(project: Project) -> None:
    assert status(uk(project), 1).complete
    change(catalog(project), ENTRY, 'msgid "Familienname"\nmsgstr "{betrag}"')
    assert uk(project).completeness().percent >= 98
    assert not status(uk(project), 1).complete


def test_a_review_holds_for_its_form_and_language(project: Project) -> None:
    assert status(uk(project), 95).reviewed_on == ""
    write_catalogs(project, language("ar"))
    sign(project, Review("alles", "ar", "reviewed", "N. N.", datetime.date(2026, 11, 20)), language("ar"))
    assert status(uk(project), 95).reviewed_on == ""
    assert status(localized(project, "alles", "ar"), 95).reviewed_on == "20.11.2026"


def test_a_text_that_changed_since_makes_the_translation_a_draft_again(project: Project) -> None:
    sign(project, Review("alles", "uk", "reviewed", "N. N.", datetime.date(2026, 11, 20)), UK)
    assert status(uk(project), 95).reviewed_on == "20.11.2026"
    change(catalog(project), 'msgstr "‹текст Familienname›"', 'msgstr "Прізвище"')
    assert status(uk(project), 95).reviewed_on == ""


def test_the_list_of_reviews_alone_signs_nothing(project: Project) -> None:
    listed = "alles: {uk: {state: reviewed, by: N. N., on: '2026-11-20', confidence: low}}"
    (project.locales / REVIEWS).write_text(listed, encoding="utf-8")
    assert status(uk(project), 95).reviewed_on == ""
    assert status(uk(project), 95).low_confidence


def test_faults_of_the_reviews_are_told_with_their_line(project: Project) -> None:
    (project.locales / REVIEWS).write_text("alles:\n  uk: {state: reviewed}\n  xx: {state: draft}\n", encoding="utf-8")
    with pytest.raises(CatalogError) as caught:
        uk(project)
    assert [str(problem.where) for problem in caught.value.problems] == [
        "locales/reviews.yaml:2:7",
        "locales/reviews.yaml:3:7",
    ]


# --- Parameters ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", ("15,50\xa0€", "21", "3,5", "01.08.2026", "Wohngeld")),
        ("uk", ("15,50\xa0€", "21", "3,5", "1 серпня 2026\u202fр.", "Wohngeld")),
        ("ar", ("15.50\xa0€", "21", "3.5", "01/08/2026", "Wohngeld")),
        ("tr", ("€15,50", "21", "3,5", "1 Ağustos 2026", "Wohngeld")),
        ("en", ("€15.50", "21", "3.5", "1 August 2026", "Wohngeld")),
        ("de-simple", ("15,50\xa0€", "21", "3,5", "1. August 2026", "Wohngeld")),
    ],
)
def test_values_are_written_as_the_readers_language_does_and_names_stay_german(
    project: Project, tag: str, expected: tuple[str, ...]
) -> None:
    form, reader = uk(project), language(tag)
    names = ("betrag", "grenze", "weg", "stichtag", "leistung")
    assert tuple(form.value(name, reader) for name in names) == expected
    assert [name for name in names if form.is_name(name)] == ["leistung"]


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        ("2019-12-31", None),
        ("2020-01-01", "10,00\xa0€"),
        ("2026-07-31", "10,00\xa0€"),
        ("2026-08-01", "15,50\xa0€"),
        ("2099-12-31", "15,50\xa0€"),
    ],
)
def test_of_dated_values_the_newest_that_has_begun_holds(project: Project, day: str, amount: str | None) -> None:
    form = localized(project, "alles", "uk", today=datetime.date.fromisoformat(day))
    assert form.value("betrag", language("de")) == amount


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2019-12-31", "0001-01-01", "2019-12-31"),
        ("2020-01-01", "2020-01-01", "2026-07-31"),
        ("2026-07-31", "2020-01-01", "2026-07-31"),
        ("2026-08-01", "2026-08-01", "9999-12-31"),
    ],
)
def test_a_form_reads_the_same_until_the_next_value_begins(day: str, first: str, last: str) -> None:
    form = load.load_form(SAMPLES / "alles.yaml")
    found = holding(form, datetime.date.fromisoformat(day))
    assert tuple(each.isoformat() for each in found) == (first, last)


@pytest.mark.parametrize(
    ("when", "for_the_day"),
    [
        ("today() > person.tag", True),
        ("stichtag < today ( )", True),
        ("age(stichtag) >= 3", True),
        ("months_between(stichtag, today()) > 3", True),
        ("age(person.tag) >= 3", False),
        ("person.tag > stichtag", False),
    ],
)
def test_a_form_whose_pages_change_with_the_day_holds_for_the_day(tmp_path: Path, when: str, for_the_day: bool) -> None:
    path = tmp_path / "kurz.yaml"
    shutil.copy(SAMPLES / "kurz.yaml", path)
    change(path, "parameters:", 'parameters:\n  stichtag: {type: date, value: "2020-01-01"}')
    change(path, "{id: name, type: text, label: Familienname}", "{id: tag, type: date, label: Tag}")
    change(path, '{betrag}."}', f'{{betrag}}.", when: "{when}", hint: Immer}}')
    day = datetime.date(2026, 11, 24)
    period = (datetime.date(2026, 8, 1), datetime.date.max)
    assert holding(load.load_form(path), day) == ((day, day) if for_the_day else period)


def test_the_authority_overrides_values_of_the_form(project: Project) -> None:
    assert uk(project).value("grenze", UK) == "21"
    assert localized(project, "alles", "uk", authority="").value("grenze", UK) == "18"


def test_an_unknown_value_is_a_blank_to_write_on_in_german_and_left_out_in_the_translation(project: Project) -> None:
    form = uk(project)
    assert form.value("offen", language("de")) is None
    msg = Msg("Zuständig: {offen}")
    page = Page(form, Layout.INTERLINEAR)
    assert page.source(msg) == 'Zuständig: <span class="blank"></span>'
    assert page.target(msg) == "‹текст Zuständig: …›"
    # A reading copy has no German line to write on.
    assert Page(form, Layout.TRANSLATION).target(msg) == '‹текст Zuständig: <span class="blank"></span>›'


def test_a_german_name_says_its_language_inside_a_translation(project: Project) -> None:
    write_catalogs(project, language("ar"), pseudo_entry)
    msg = Msg("Zweites mit {leistung}")
    page = Page(localized(project, "alles", "ar"), Layout.INTERLINEAR)
    assert page.source(msg) == "Zweites mit Wohngeld"
    assert page.target(msg) == ('‹نص \u2066Zweites mit\u2069 <span lang="de" dir="ltr">\u2066Wohngeld\u2069</span>›')
    assert isinstance(page.localized.authority, Authority)
