"""What is said about answers: errors for certainties, warnings for the rest, nothing for what is not known yet."""

from __future__ import annotations

import datetime
import re
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering import answers_to
from formkit.answers import Answers, Finding, Prepared, parse, prepare, validate
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.problems import Severity
from formkit.project import find_project
from formkit.values import Month, PartialDate, Value
from projects import ROOT, localized, sample_project

TODAY = datetime.date(2026, 11, 24)


@cache
def real(tag: str = "de", authority: str = "musterkreis") -> Prepared:
    project = find_project(ROOT)
    form = load.form(project, "but-hauptantrag")
    profile = load.authority(project, authority)
    return prepare(load.localize(project, form, language(tag), profile, TODAY))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    project = sample_project(tmp_path_factory.mktemp("sample"), languages=("ar",))
    return prepare(localized(project, "alles", "ar", today=TODAY))


def answers(prepared: Prepared, values: dict[str, Value], tag: str = "de") -> Answers:
    form = prepared.localized.form
    return Answers(form.id, form.version, tag, values)


def told(prepared: Prepared, values: dict[str, Value], *, submission: bool = False, tag: str = "de") -> set[str]:
    found = validate(prepared, answers(prepared, values, tag), submission=submission)
    return {f"{finding.level.value} {finding.path} {finding.key}" for finding in found}


def test_nothing_is_wrong_with_no_answers_before_submission(sample: Prepared) -> None:
    assert told(sample, {}) == set()
    assert told(real(), {}) == set()


def test_at_submission_only_questions_that_surely_apply_must_be_answered(sample: Prepared) -> None:
    assert told(sample, {}, submission=True) == {"error person.name required", "error erkl.wahr not-confirmed"}
    found = told(real(), {}, submission=True)
    assert "error antrag.art required" in found
    # Whether there is a notice of benefits depends on an answer that is not there.
    assert "error anlagen.bescheid attachment-missing" not in found
    assert "error antrag.aenderung required" not in found


def test_a_box_in_the_row_of_an_option_belongs_to_that_option() -> None:
    ticked = told(real(), {"bezug.art": ("sgb2",)}, submission=True)
    assert "error bezug.sgb2.bg_nummer required" in ticked
    assert "error bezug.wohngeld.nummer required" not in ticked
    left_over = told(real(), {"bezug.art": ("wohngeld",), "bezug.sgb2.bg_nummer": "12345BG0012345"})
    assert left_over == {"warning bezug.sgb2.bg_nummer not-applicable"}


def test_every_row_there_is_must_be_complete_and_a_list_has_its_least_rows() -> None:
    values: dict[str, Value] = {"leistung.auswahl": ("fahrt", "lernfoerderung"), "fahrten.0.ziel": "Ulm"}
    found = told(real(), values, submission=True)
    assert "error fahrten.0.von required" in found
    assert "error lern.faecher.0.fach required" in found
    assert not any("fahrten.1" in each or "faecher.1" in each for each in found)


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("wahl.konto", "DE88370400440532013000", "error wahl.konto bad-iban"),
        ("wahl.bic", "MARK", "error wahl.bic bad-bic"),
        ("person.geburt", "31.02.2020", "error person.geburt not-a-date"),
        ("person.art", "zzz", "error person.art unknown-option"),
        ("person.name", "Іван", "error person.name not-latin"),
        ("person.text", "x" * 501, "error person.text too-long"),
        ("person.nummer", "12345a", "warning person.nummer pattern"),
        ("person.plz", "00999", "warning person.plz bad-postcode"),
        ("person.mail", "a@b", "warning person.mail bad-email"),
        ("person.tel", "ruf an", "warning person.tel bad-phone"),
        ("person.ort", "Суми", "warning person.ort translation-needed"),
    ],
)
def test_certainties_are_errors_and_the_rest_are_warnings(
    sample: Prepared, path: str, text: str, expected: str
) -> None:
    found = validate(sample, parse(sample.localized.form, {path: text}).answers, submission=False)
    assert {f"{each.level.value} {each.path} {each.key}" for each in found} == {expected}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"wahl.leistungen": ("x", "keine")}, {"warning wahl.leistungen several-exclusive"}),
        (
            {"wahl.leistungen": ("y",), "person.geburt": PartialDate(1990)},
            {"warning wahl.leistungen closed-option"},
        ),
        ({"wahl.leistungen": ("y",), "person.geburt": PartialDate(2015, 1, 1)}, set()),
        ({"wahl.leistungen": ("y",)}, set()),
        ({"person.art": "andere"}, {"warning person.art_andere other-text"}),
        ({"person.art": "andere", "person.art_andere": "Umzug"}, set()),
        ({"person.art": "a", "person.art_andere": "Umzug"}, {"warning person.art_andere not-applicable"}),
        ({"person.allein": True, "person.partner": "Ay"}, {"warning person.partner not-applicable"}),
        ({"person.allein": False, "person.partner": "Ay"}, set()),
        ({"person.partner": "Ay"}, set()),
        ({"person.kosten": 20}, {"warning person.kosten rule:kosten"}),
        ({"person.kosten": 20, "fahrten.0.ziel": "Ulm"}, set()),
        (
            {"fahrten.0.von": PartialDate(2026, 5, 2), "fahrten.0.bis": PartialDate(2026, 5, 1)},
            {"error fahrten.0.von rule:ende"},
        ),
        ({"fahrten.0.von": PartialDate(2026, 5, 2), "fahrten.1.bis": PartialDate(2026, 5, 1)}, set()),
        (
            {"kurse.liste.0.preis": 400, "kurse.liste.1.preis": 200},
            {"warning kurse.liste.preis rule:summe"},
        ),
    ],
)
def test_what_the_form_says_of_its_answers(sample: Prepared, values: dict[str, Value], expected: set[str]) -> None:
    assert told(sample, values) == expected


def test_an_answer_that_cannot_be_accepted_is_wrong_and_not_missing_as_well(sample: Prepared) -> None:
    found = validate(sample, parse(sample.localized.form, {"person.name": "Іван", "erkl.wahr": "ja"}).answers)
    assert [(finding.path, finding.key) for finding in found] == [("person.name", "not-latin")]


def test_a_rule_about_questions_that_do_not_apply_is_silent() -> None:
    values: dict[str, Value] = {
        "leistung.auswahl": ("mittag",),
        "fahrten.0.von": PartialDate(2027, 5, 2),
        "fahrten.0.bis": PartialDate(2027, 5, 1),
    }
    dates = {"warning fahrten.0.von not-applicable", "warning fahrten.0.bis not-applicable"}
    assert told(real(), values) == dates
    assert "error fahrten.0.von rule:fahrten-ende" in told(real(), values | {"leistung.auswahl": ("fahrt",)})


# The rules of the application for education benefits


def child(born: PartialDate, *benefits: str, **more: Value) -> dict[str, Value]:
    return {"kind.geburtsdatum": born, "leistung.auswahl": benefits, "einr.art": "schule"} | more


NINETEEN, TWENTY_SIX, EIGHT = PartialDate(2007, 3, 1), PartialDate(2000, 3, 1), PartialDate(2018, 3, 1)


@pytest.mark.parametrize(
    ("values", "key", "there"),
    [
        (child(NINETEEN, "teilhabe"), "rule:r1-teilhabe-alter", True),
        (child(EIGHT, "teilhabe"), "rule:r1-teilhabe-alter", False),
        (child(PartialDate(2008), "teilhabe"), "rule:r1-teilhabe-alter", False),
        (child(TWENTY_SIX, "fahrt") | {"bezug.art": ("kiz",)}, "rule:r2-bildung-alter", True),
        (child(TWENTY_SIX, "fahrt"), "rule:r2-bildung-alter", False),
        (child(TWENTY_SIX, "fahrt") | {"bezug.art": ("sgb12",)}, "rule:r2-bildung-alter", False),
        (child(EIGHT, "schulbedarf") | {"bezug.art": ("sgb2",)}, "rule:r3-schulbedarf-ohne-antrag", True),
        (child(EIGHT, "schulbedarf") | {"bezug.art": ("kiz",)}, "rule:r3-schulbedarf-ohne-antrag", False),
        (child(EIGHT, "mittag") | {"einr.art": "keine"}, "rule:r6-nur-mit-besuch", True),
        ({"antrag.ab": Month(2025, 8)}, "rule:antrag-rueckwirkend", True),
        ({"antrag.ab": Month(2025, 12)}, "rule:antrag-rueckwirkend", False),
        ({"person.geburtsdatum": PartialDate(2030, 1, 1)}, "rule:person-geburtsdatum", True),
        ({"mittag.ort": "schule", "einr.art": "kita", "leistung.auswahl": ("mittag",)}, "rule:mittag-ort", True),
    ],
)
def test_the_rules_of_the_application(values: dict[str, Value], key: str, there: bool) -> None:
    found = {finding.key for finding in validate(real(), answers(real(), values), submission=False)}
    assert (key in found) == there


# Languages, places and order


def test_a_finding_says_it_in_both_languages_with_parameters_and_options_filled_in() -> None:
    values = child(NINETEEN, "teilhabe")
    found = validate(real("uk"), answers(real("uk"), values), submission=False)
    closed = next(finding for finding in found if finding.key == "closed-option")
    assert (
        closed.text.source == "„Verein, Musik, Kurse, Freizeit“ ist hier nicht möglich: nur für Kinder unter 18 Jahren"
    )
    assert closed.text.target is not None
    assert "18" in closed.text.target
    assert "{" not in closed.text.target
    assert (closed.place.source, closed.label.source) == ("7.1", "Beantragte Leistungen")


def test_a_row_is_named_as_on_paper_in_both_languages() -> None:
    values: dict[str, Value] = {"leistung.auswahl": ("fahrt",), "fahrten.2.ziel": "Ulm"}
    found = validate(real("tr"), answers(real("tr"), values))
    place = next(finding.place for finding in found if finding.path == "fahrten.2.von")
    assert place.source == "8.1b, Zeile 3"
    assert place.target is not None
    assert place.target.startswith("8.1b, ")
    assert "Zeile" not in place.target


def test_german_names_stand_isolated_in_a_language_that_runs_the_other_way() -> None:
    found = validate(real("ar"), answers(real("ar"), {"bezug.art": ("sgb2", "wohngeld")}), submission=False)
    text = next(finding.text.target for finding in found if finding.key == "rule:bezug-zwei-stellen")
    assert text is not None
    assert "\u2068Bürgergeld\u2069" in text


def test_findings_stand_in_the_order_of_the_page() -> None:
    def place(finding: Finding) -> tuple[int, ...]:
        number, _, row = finding.place.source.partition(", Zeile ")
        section, _, rest = number.partition(".")
        digits = "".join(char for char in rest if char.isdigit())
        return (int(section), int(digits), int(row or 0))

    values = child(NINETEEN, "teilhabe", "fahrt") | {"fahrten.0.ziel": "Ulm", "fahrten.1.ziel": "Aalen"}
    places = [place(finding) for finding in validate(real(), answers(real(), values))]
    assert places == sorted(places)
    assert len(places) > 20


@pytest.mark.parametrize(
    ("text", "tag", "marked"),
    [
        ("Bu okul evimize daha yakın olduğu için", "tr", True),
        ("Die Schule ist näher an unserer Wohnung", "tr", False),
        ("Bu okul evimize daha yakın olduğu için", "de", False),
        ("Школа ближче до дому", "de", True),
        ("المدرسة قريبة", "ar", True),
        ("Tabor 3", "tr", False),
    ],
)
def test_words_in_another_language_are_marked_and_kept(text: str, tag: str, marked: bool) -> None:
    values: dict[str, Value] = {"bef.grund": text}
    assert ("warning bef.grund translation-needed" in told(real(), values, tag=tag)) == marked


# Whatever is answered


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_any_answers_can_be_judged_and_what_is_answered_is_never_missing(data: st.DataObject) -> None:
    prepared = real("ar")
    given_answers = data.draw(answers_to(prepared.localized.form))
    found = validate(prepared, given_answers)
    missing = {finding.path for finding in found if finding.key in ("required", "not-confirmed", "attachment-missing")}
    assert missing.isdisjoint(given_answers.values)
    assert [finding for finding in found if finding.level is Severity.INFO] == []
    assert [finding.key for finding in found if re.search(r"\{[a-z_0-9]+\}", finding.text.source)] == []


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_judging_a_second_time_says_the_same(data: st.DataObject) -> None:
    """What was worked out for others before must not show: every condition depends on these answers alone."""
    given_answers = data.draw(answers_to(real().localized.form))
    fresh = prepare(real().localized)
    assert validate(real(), given_answers) == validate(fresh, given_answers)
