"""What answers call for, and their summary for somebody who reads German only."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering import answers_to
from conftest import Golden
from formkit.answers import Answers, as_text, needs, parse, summarize, to_raw
from formkit.answers.summary import NEEDS_TRANSLATION, WRONG
from formkit.values import Month, PartialDate, Value
from test_answers_validate import real

VALUES: dict[str, Value] = {
    "antrag.art": "erst",
    "antrag.ab": Month(2026, 9),
    "bezug.art": ("sgb2",),
    "kind.geburtsdatum": PartialDate(2007, 3, 1),
    "einr.art": "schule",
    "leistung.auswahl": ("fahrt", "teilhabe"),
    "fahrten.0.ziel": "Берлін",
    "fahrten.0.bezahlt": True,
    "fahrten.0.kosten": 12,
    "zahlung.an": ("fahrt:mich",),
    "anlagen.bescheid": ("bis", "2026-12-01"),
    "anlagen.ausflug_schreiben": ("liegt_bei",),
}


def answers(values: dict[str, Value], tag: str = "uk") -> Answers:
    return Answers("but-hauptantrag", 1, tag, values)


def test_the_papers_that_answers_call_for_come_with_their_reasons_and_state() -> None:
    found = {each.path: each for each in needs(real("uk"), answers(VALUES)).attachments}
    assert {path: (each.required, each.attached, each.missing) for path, each in found.items()} == {
        "anlagen.bescheid": (True, False, False),
        "anlagen.schulbescheinigung": (False, False, True),
        "anlagen.ausflug_schreiben": (True, True, False),
        "anlagen.quittung": (True, False, True),
        "anlagen.teilhabe_nachweis": (True, False, True),
    }
    assert found["anlagen.bescheid"].until == PartialDate(2026, 12, 1)
    receipt = found["anlagen.quittung"]
    assert receipt.reason is not None
    assert receipt.reason.source == "bei Ausflügen und Fahrten, die schon bezahlt sind"
    assert receipt.label.target is not None


def test_one_office_is_named_and_several_or_none_come_with_advice() -> None:
    def offices(*benefits: str) -> tuple[list[str], str | None]:
        found = needs(real(), answers({"bezug.art": benefits} if benefits else {}))
        return [office.id for office in found.offices], found.advice.source if found.advice else None

    assert offices("sgb2") == (["jobcenter"], None)
    assert offices("wohngeld", "kiz") == (["sozialamt"], None)
    several, advice = offices("sgb2", "wohngeld")
    assert several == ["jobcenter", "sozialamt"]
    assert advice is not None
    none, advice = offices()
    assert none == []
    assert advice is not None


def test_what_is_closed_to_a_child_is_said_with_its_reason_in_both_languages() -> None:
    found = {each.code: each for each in needs(real("uk"), answers(VALUES)).closed if each.path == "leistung.auswahl"}
    assert set(found) == {"teilhabe", "schulbedarf"}
    assert found["teilhabe"].chosen
    assert not found["schulbedarf"].chosen
    assert found["teilhabe"].reason.source == "nur für Kinder unter 18 Jahren"
    assert found["teilhabe"].reason.target is not None


def test_nothing_is_closed_while_the_answers_that_decide_are_missing() -> None:
    assert needs(real(), answers({})).closed == ()


def test_the_summary_is_german_whatever_the_form_was_filled_in_in() -> None:
    german, foreign = summarize(real(), answers(VALUES)), summarize(real("ar"), answers(VALUES))
    assert as_text(german) == as_text(foreign)
    lines = {line.path: line for part in german.parts for line in part.lines}
    assert lines["leistung.auswahl"].value == "Mehrtägige Fahrt; Verein, Musik, Kurse, Freizeit"
    assert lines["bezug.art"].value == "Bürgergeld (vom Jobcenter)"
    assert lines["zahlung.an"].value == "Mehrtägige Fahrt: An mich, ich habe schon bezahlt"
    assert lines["fahrten.0.kosten"].value == "12,00 €"
    assert lines["fahrten.0.ziel"].number == "8.1a, Zeile 1"
    assert lines["fahrten.0.ziel"].marks == (NEEDS_TRANSLATION,)
    assert "anlagen.bescheid" not in lines


def test_what_is_missing_wrong_and_doubtful_stands_apart() -> None:
    form = real().localized.form
    raw = {"bezug.art.sgb2": "sgb2", "bezug.art.keine": "keine", "person.vorname": "أحمد", "person.plz": "1"}
    found = summarize(real(), parse(form, raw, "ar").answers)
    assert "person.familienname" in {each.path for each in found.missing}
    assert [each.path for each in found.errors] == ["person.vorname"]
    assert [each.key for each in found.warnings] == ["several-exclusive", "bad-postcode"]
    (line,) = [line for part in found.parts for line in part.lines if line.path == "person.vorname"]
    assert (line.value, line.marks) == ("أحمد", (WRONG,))


def test_the_text_fits_a_terminal_and_names_question_office_and_papers() -> None:
    text = as_text(summarize(real(), answers(VALUES)))
    assert max(map(len, text.splitlines())) <= 100
    for expected in (
        "but-hauptantrag, Version 1, ausgefüllt auf Ukrainisch (uk)",
        "  1.3             Beginn der Leistungen                   09.2026",
        "  Jobcenter Musterkreis, Musterplatz 2, 00000 Musterstadt",
        "Übersetzung nötig (Ukrainisch): 1",
    ):
        assert expected in text.splitlines()
    assert "folgt bis 01.12.2026" in text


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_every_answer_stands_in_the_summary_or_among_the_papers(data: st.DataObject) -> None:
    given_answers = data.draw(answers_to(real().localized.form))
    found = summarize(real(), given_answers)
    shown = {line.path for part in found.parts for line in part.lines}
    assert set(given_answers.values) <= shown | {paper.path for paper in found.needs.attachments}
    json.dumps(found.as_data())
    assert as_text(found).endswith("\n")


def test_the_whole_summary_reads_as_it_should(golden: Golden) -> None:
    form = real().localized.form
    raw = to_raw(form, VALUES) | {
        "person.familienname": "Мустер",
        "person.geburtsdatum": "00001990",
        "person.plz": "7133",
        "person.verhaeltnis": "andere",
        "zahlung.iban": "DE88370400440532013000",
        "fahrten.1.ziel": "Ulm",
        "fahrten.1.von": "02.03.2027",
        "fahrten.1.bis": "01.03.2027",
        "bef.grund": "Bu okul evimize daha yakın",
    }
    golden("but-hauptantrag.uk/summary.txt", as_text(summarize(real("uk"), parse(form, raw, "uk").answers)))
