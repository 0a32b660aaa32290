"""People go through a form on the web: what they answer is what they take home, whatever they do on the way."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answering import answers_to
from formkit.answers import Answers, outline, read_answers
from formkit.answers.tree import to_tree
from formkit.definition import Form, load_form
from formkit.project import find_project
from formkit.web.app import create_app
from formkit.web.offer import Offer, offer
from formkit.web.steps import way
from formkit.web.workers import Workers
from projects import AUTHORITY, SAMPLES, TODAY, sample_project
from visitors import Visitor, visitor

ALLES = load_form(SAMPLES / "alles.yaml")
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def offered(tmp_path_factory: pytest.TempPathFactory) -> Offer:
    project = sample_project(tmp_path_factory.mktemp("web"), ("alles", "kurz"), ("ar", "uk"))
    return offer(project, (), AUTHORITY, lambda: TODAY)


@pytest.fixture(scope="module")
def app(offered: Offer) -> Flask:
    return create_app(offered, Workers())


@pytest.fixture(scope="module")
def but() -> Flask:
    return create_app(offer(find_project(ROOT), (), "musterkreis", lambda: TODAY), Workers())


def filled_in(at: Visitor, form: Form, answers: Answers) -> set[str]:
    """Give answers on every page that asks for them, list by list; return the value paths that were asked for."""
    placed = outline(form)
    done: set[str] = set()
    for section in form.sections:
        for number in range(len(section.questions) + 1):
            at.press(f"go:{section.id}-{number}" if number else f"go:{section.id}")
            while True:
                todo = [path for path in at.shown if path in answers.values and path not in done]
                at.answer(((path, placed.split(path)[0]) for path in todo), answers)
                done |= set(todo)
                repeats = {placed.split(path)[0].repeat for path in at.shown} - {""}
                more = next(
                    (r for r in repeats if any(p.startswith(f"{r}.") and p not in done for p in answers.values)), ""
                )
                if not todo or not more:
                    break
                at.press(f"add:{more}")
    at.press("go:review")
    return done


@given(answers_to(ALLES))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_answer_that_was_asked_for_comes_out_in_the_file(app: Flask, answers: Answers) -> None:
    at = visitor(app, "/uk/alles/")
    done = filled_in(at, ALLES, answers)
    expected = {path: value for path, value in answers.values.items() if path in done}
    (found,) = read_answers(ALLES, "a.json", at.download("answers").data)
    assert (expected, ()) == (dict(found.values), found.faults)


@given(answers_to(ALLES))
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_saved_file_goes_through_every_page_unchanged(app: Flask, answers: Answers) -> None:
    data = json.dumps({"form": "alles", "version": 3, "language": "ar", "answers": to_tree(ALLES, answers)})
    at = visitor(app, "/ar/alles/")
    at._arrive(at.client.post("/ar/alles/load", data={"file": (io.BytesIO(data.encode()), "x.json")}))
    for step in (
        "person-1",
        "person-2",
        "person-3",
        "person",
        "wahl",
        "fahrten",
        "kurse",
        "anlagen",
        "erkl",
        "sign",
        "review",
    ):
        at.press(f"go:{step}", "/uk/alles/" if step == "wahl" else None)
    assert to_tree(ALLES, answers) == at.saved()["answers"]


def test_a_language_can_be_changed_on_every_page_and_nothing_typed_is_lost(app: Flask) -> None:
    at = visitor(app, "/ar/alles/")
    at.press()
    pages = 0
    while at.shown:
        at.type({f"{path}.tag": "31" for path in at.shown if f"{path}.tag" in at.sent})
        at.type({path: "Жук" for path in at.shown if at.sent.get(path) == ""})
        before = at.sent
        at.press("stay", "/uk/alles/")
        assert at.page.get("lang") == "uk"
        kept = {name: at.sent[name] for name in before if name != "state"}
        assert {name: text for name, text in before.items() if name != "state"} == kept
        at.press("stay", "/ar/alles/")
        ids = at.buttons()
        at.press("skip" if "skip" in ids else "go:" + _next_section(at))
        pages += 1
        if pages > 12:
            break
    assert pages >= 7


def _next_section(at: Visitor) -> str:
    ids = [section.id for section in ALLES.sections if section.role == "applicant"]
    here = ids.index(at.shown[0].partition(".")[0])
    return ids[here + 1] if here + 1 < len(ids) else "review"


def test_what_is_missing_is_said_once_and_can_be_left_out(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press()
    assert at.shown == ["antrag.art"]
    at.press()
    assert "Bitte prüfen Sie diese Antworten" in at.response.text
    assert at.page.xpath("//div[@class='sum']//a/@href") == ["#f-antrag-art--erst"]
    at.press("skip")
    assert at.shown == ["antrag.aenderung"]


def test_what_is_wrong_cannot_be_left_out_but_one_can_go_back(but: Flask) -> None:
    at = visitor(but, "/ar/but-hauptantrag/")
    at.press("go:person")
    at.type(
        {
            "person.familienname": "Мюллер",
            "person.geburtsdatum.tag": "31",
            "person.geburtsdatum.monat": "2",
            "person.geburtsdatum.jahr": "1990",
        }
    )
    at.press("skip")
    assert "person.familienname" in at.shown
    assert "skip" not in at.buttons()
    at.press("back")
    at.press("go:person")
    assert at.sent["person.familienname"] == "Мюллер"
    assert tuple(at.sent[f"person.geburtsdatum.{end}"] for end in ("tag", "monat", "jahr")) == ("31", "2", "1990")


def test_digits_of_other_scripts_and_a_pasted_date_are_understood(but: Flask) -> None:
    at = visitor(but, "/ar/but-hauptantrag/")
    at.press("go:person")
    at.type({"person.geburtsdatum.tag": "٠٥", "person.geburtsdatum.monat": "٢", "person.geburtsdatum.jahr": "١٩٩٠"})
    at.press("go:kind")
    at.type({"kind.geburtsdatum.tag": "01.05.2016"})
    at.press("go:review")
    answers = at.saved()["answers"]
    assert (answers["person"]["geburtsdatum"], answers["kind"]["geburtsdatum"]) == ("1990-02-05", "2016-05-01")


def test_an_answer_that_opens_more_questions_on_its_page_shows_them_before_one_goes_on(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:kind")
    at.type({"kind.anschrift_gleich": "ja"})
    at.press("stay")
    assert "kind.strasse" not in at.shown
    at.type({"kind.anschrift_gleich": "nein"})
    at.press("skip")
    assert "kind.strasse" in at.shown
    assert "gibt es noch Fragen auf dieser Seite" in at.response.text


def test_what_is_not_decided_yet_hides_nothing_and_what_is_ruled_out_is_not_asked(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:lern")
    assert "lern.zeitraum.von" in at.shown
    at.press("go:leistung")
    at.type({"leistung.auswahl.mittag": "mittag"})
    at.press("go:lern")
    assert "leistung.auswahl" in at.shown


def test_a_closed_option_stays_visible_and_says_why(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:kind")
    at.type({"kind.geburtsdatum.tag": "1", "kind.geburtsdatum.monat": "5", "kind.geburtsdatum.jahr": "2000"})
    at.press("go:leistung")
    (box,) = at.page.xpath("//input[@name='leistung.auswahl.teilhabe']")
    assert box.get("disabled") is not None
    hint = at.page.get_element_by_id(box.get("aria-describedby")).text_content()
    assert hint == "nicht möglich: nur für Kinder unter 18 Jahren"


def test_entries_of_a_list_are_added_copied_removed_and_brought_back(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:fahrten")
    at.type({"fahrten.0.ziel": "Zoo", "fahrten.0.kosten": "12,50"})
    at.press("add:fahrten")
    at.type({"fahrten.1.ziel": "Museum"})
    at.press("stay")
    at.press("add:fahrten")
    assert "fahrten.2.ziel" in at.shown
    at.press("go:fahrten")
    at.press("alike:fahrten")
    assert at.sent["fahrten.2.ziel"] == "Museum"
    at.type({"fahrten.2.ziel": "Theater"})
    at.press("remove:fahrten.0")
    assert [row["ziel"] for row in at.saved()["answers"]["fahrten"]] == ["Museum", "Theater"]
    at.press("undo")
    assert at.saved()["answers"]["fahrten"] == [
        {"ziel": "Zoo", "kosten": "12.50"},
        {"ziel": "Museum"},
        {"ziel": "Theater"},
    ]


def test_a_choice_that_need_not_be_made_can_be_taken_back(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:vertretung")
    at.type({"vertretung.art": "allein"})
    at.press("stay")
    assert at.sent["vertretung.art"] == "allein"
    at.press("clear:vertretung.art", **{"vertretung.art": "allein"})
    assert "vertretung.art" not in at.sent


def test_another_child_finds_what_is_the_same_and_changes_to_it_reach_both(but: Flask) -> None:
    at = visitor(but, "/uk/but-hauptantrag/")
    at.press("go:person")
    at.type({"person.familienname": "Çelik"})
    at.press("go:kind")
    at.type({"kind.vorname": "Ada"})
    at.press("go:review")
    at.press("another")
    at.press("go:kind")
    assert at.sent["kind.vorname"] == ""
    at.type({"kind.vorname": "Ben"})
    at.press("go:person")
    assert at.sent["person.familienname"] == "Çelik"
    at.type({"person.familienname": "Şahin"})
    at.press("go:review")
    lines = [json.loads(line)["answers"] for line in at.download("answers").text.splitlines()]
    assert [(x["person"]["familienname"], x["kind"]["vorname"]) for x in lines] == [("Şahin", "Ada"), ("Şahin", "Ben")]


def test_an_application_begun_by_mistake_can_be_given_up(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:kind")
    at.type({"kind.vorname": "Ada"})
    at.press("go:review")
    assert "drop" not in at.buttons()
    at.press("another")
    at.press("go:review")
    at.press("drop")
    assert at.saved()["answers"]["kind"]["vorname"] == "Ada"


def test_two_servers_that_know_nothing_of_each_other_serve_one_visit(but: Flask) -> None:
    other = create_app(offer(find_project(ROOT), (), "musterkreis", lambda: TODAY), Workers())
    at = visitor(but, "/ar/but-hauptantrag/")
    at.press("go:person")
    at.type({"person.familienname": "Çelik"})
    at.client = other.test_client()
    at.press("go:kind")
    at.client = but.test_client()
    at.press("go:review")
    assert at.saved()["answers"]["person"]["familienname"] == "Çelik"


def test_a_file_with_a_passphrase_opens_with_it_alone(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:kind")
    at.type({"kind.vorname": "Ada"})
    at.press("go:review")
    data = at.download("answers", passphrase="drei Wörter dazu").data
    assert b"Ada" not in data
    wrong = at.client.post("/de/but-hauptantrag/load", data={"file": (io.BytesIO(data), "a"), "passphrase": "falsch"})
    assert "Bitte prüfen Sie das Passwort." in wrong.text
    right = {"file": (io.BytesIO(data), "a"), "passphrase": "drei Wörter dazu"}
    at._arrive(at.client.post("/de/but-hauptantrag/load", data=right))
    assert at.saved()["answers"]["kind"]["vorname"] == "Ada"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Bitte wählen Sie eine Datei."),
        (b"%PDF-1.7", "Diese Datei kann nicht gelesen werden."),
        (b'{"form": "kurz", "version": 1, "answers": {}}', "Diese Datei gehört zu einem anderen Formular."),
    ],
)
def test_a_file_that_cannot_be_gone_on_with_says_what_to_do(app: Flask, data: bytes, said: str) -> None:
    answer = app.test_client().post("/de/alles/load", data={"file": (io.BytesIO(data), "x.json")})
    assert said in answer.text


def test_a_file_of_an_older_form_is_loaded_and_what_changed_is_listed(tmp_path: Path) -> None:
    project = sample_project(tmp_path, ("alles",))
    old = (project.forms / "alles.yaml").read_text(encoding="utf-8").replace("version: 3", "version: 2")
    old = old.replace(
        "      - {id: tel, type: phone, label: Telefon}\n", "      - {id: fax, type: phone, label: Telefax}\n"
    )
    (project.forms / "archive").mkdir()
    (project.forms / "archive" / "alles.2.yaml").write_text(old, encoding="utf-8")
    app = create_app(offer(project, (), AUTHORITY, lambda: TODAY), Workers())
    data = json.dumps({"form": "alles", "version": 2, "answers": {"person": {"name": "Çelik", "fax": "07151 1"}}})
    at = visitor(app, "/de/alles/")
    at._arrive(at.client.post("/de/alles/load", data={"file": (io.BytesIO(data.encode()), "x.json")}))
    note = " ".join(at.page.xpath("string(//section[@class='note'])").split())
    assert "Telefax: 07151 1" in note
    assert "Diese Fragen sind neu Telefon" in note
    assert at.saved()["answers"] == {"person": {"name": "Çelik"}}


def test_a_page_begun_before_the_form_changed_goes_on_and_says_what_has_no_place(tmp_path: Path) -> None:
    project = sample_project(tmp_path, ("alles",))
    at = visitor(create_app(offer(project, (), AUTHORITY, lambda: TODAY), Workers()), "/de/alles/")
    at.press("go:person-1")
    at.type({"person.name": "Çelik"})
    at.press("go:person")
    at.type({"person.tel": "07151 5010"})
    at.press("stay")
    path = project.forms / "alles.yaml"
    text = path.read_text(encoding="utf-8").replace("version: 3", "version: 4")
    path.write_text(text.replace("      - {id: tel, type: phone, label: Telefon}\n", ""), encoding="utf-8")
    at.client = create_app(offer(project, (), AUTHORITY, lambda: TODAY), Workers()).test_client()
    at.press("stay")
    assert "07151 5010" in at.page.xpath("string(//section[@class='note'])")
    assert at.saved()["answers"]["person"]["name"] == "Çelik"


def test_the_language_of_the_browser_is_proposed(but: Flask) -> None:
    def proposed(wanted: str) -> str:
        return visitor_lang(but.test_client().get("/", headers={"Accept-Language": wanted}).text)

    assert [proposed(w) for w in ("uk-UA,en;q=0.5", "xx,ar-SY;q=0.3", "zz", "de-AT")] == ["uk", "ar", "de", "de"]


def visitor_lang(text: str) -> str:
    return text.partition('<html lang="')[2].partition('"')[0]


@given(st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_pages_are_those_that_the_conditions_do_not_rule_out(offered: Offer, data: st.DataObject) -> None:
    answers = data.draw(answers_to(ALLES))
    prepared = offered.prepared(offered.forms[0], offered.languages()[0])
    found = way(prepared, answers)
    asked = {part.path for step in found.steps for q in step.questions for part in q.parts}
    situation = prepared.situation(answers)
    for slot in prepared.placed.slots:
        if not slot.repeat and not slot.other and slot.path not in asked:
            assert situation.applies(slot) is False
            assert slot.path not in answers.values


def test_what_a_person_wrote_is_text_on_every_page_and_never_markup(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:person")
    at.type({"person.strasse": '"><b id=x>Straße</b>', "person.familienname": "<b id=x>O'Connor</b>"})
    for do in ("stay", "go:review"):
        at.press(do)
        assert at.page.xpath("//*[@id='x']") == []
        assert "Straße" in at.response.text
    assert at.saved()["answers"]["person"]["strasse"] == '"><b id=x>Straße</b>'


def test_letters_that_no_font_can_print_are_said_at_their_question(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:person")
    at.type({"person.strasse": "Lindenweg 🏠"})
    at.press("skip")
    assert "Diese Zeichen können nicht gedruckt werden: 🏠" in at.response.text
    at.press("go:review")
    assert at.page.xpath("//button[contains(@formaction, 'official')]") == []
    assert "Erst dann können Sie den Antrag herunterladen." in at.download("official").text


def test_enter_at_the_review_stays_there(but: Flask) -> None:
    at = visitor(but, "/de/but-hauptantrag/")
    at.press("go:review")
    at.press("next")
    assert at.heading == "Prüfen Sie Ihre Antworten"
