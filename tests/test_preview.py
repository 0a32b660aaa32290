"""The preview: what waits is marked, a save shows at once, and nobody else gets at it."""

from __future__ import annotations

import http.client
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import page
import pytest

from formkit.i18n.languages import language
from formkit.preview.session import Session, serve
from formkit.project import find_project
from formkit.render.pdf import print_pdf

ROOT = Path(__file__).parent.parent
FORM = "but-hauptantrag"


@pytest.fixture
def session(tmp_path: Path) -> Session:
    for name in ("forms", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "formkit.toml", tmp_path)
    return Session(find_project(tmp_path), FORM, language("uk"), "rems-murr-kreis", "person.familienname")


def catalogue(session: Session) -> Path:
    return session.project.locales / "uk" / "LC_MESSAGES" / f"{FORM}.po"


def edit(session: Session, old: str, new: str) -> None:
    path = catalogue(session)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def facts(html: str) -> dict[str, dict[str, object]]:
    match = re.search(r"const facts = (.*);\n", html)
    assert match
    return {fact["msgid"]: fact for fact in json.loads(match[1])}


def test_every_text_on_the_page_tells_where_it_comes_from(session: Session) -> None:
    known = facts(session.page())
    assert known["Familienname"]["state"] == "done"
    assert "person.familienname" in known["Familienname"]["ids"]  # type: ignore[operator]
    assert str(known["Familienname"]["place"]).startswith(f"{FORM}.po:")
    assert known["Ja"]["ids"] == ["formkit.yes"]


def test_a_screen_counts_no_pages(session: Session) -> None:
    rules = re.findall(r"^\.page::after.*?\{ content: (.*?) \}", session.page(), re.MULTILINE)
    assert rules == ["counter(page)", '"…"']


def test_missing_fuzzy_and_faulty_texts_are_told_apart(session: Session) -> None:
    edit(session, 'msgid "Straße"\nmsgstr "Вулиця"', 'msgid "Straße"\nmsgstr ""')
    edit(session, 'msgid "Haus-Nr."', '#, fuzzy\nmsgid "Haus-Nr."')
    edit(session, 'msgid "Postleitzahl"\nmsgstr "', 'msgid "Postleitzahl"\nmsgstr "{x} ')
    known = facts(session.page())
    states = {name: known[name]["state"] for name in ("Straße", "Haus-Nr.", "Postleitzahl")}
    assert states == {"Straße": "none", "Haus-Nr.": "fuzzy", "Postleitzahl": "faulty"}
    assert "placeholders" in str(known["Postleitzahl"]["problems"])


def test_a_damaged_catalogue_is_explained_instead_of_shown(session: Session) -> None:
    catalogue(session).write_text('msgid "offen', encoding="utf-8")
    assert "closing quote" in session.page()


def test_a_translation_cannot_leave_the_script(session: Session) -> None:
    edit(session, 'msgstr "Прізвище"', 'msgstr "</script><script>alert(1)</script>"')
    html = session.page()
    assert html.count("<script>") == 1
    assert "alert(1)</script>" not in html


def test_the_marked_form_prints_accessibly(session: Session) -> None:
    edit(session, 'msgid "Straße"\nmsgstr "Вулиця"', 'msgid "Straße"\nmsgstr ""')
    printed = print_pdf(session.for_print(), {})
    assert page.validate_pdf_bytes(printed.data, profile="ua1").is_compliant


@pytest.fixture
def served(session: Session) -> Iterator[str]:
    with serve(session, 0) as address:
        yield address.removeprefix("http://").rstrip("/")


def get(host: str, path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(host, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_a_save_reaches_the_open_page(session: Session, served: str) -> None:
    connection = http.client.HTTPConnection(served, timeout=20)
    connection.request("GET", "/events")
    events = connection.getresponse()
    time.sleep(0.3)  # the watch must have begun
    edit(session, 'msgstr "Прізвище"', 'msgstr "Прізвище (нове)"')
    assert events.fp.readline() == b"data: saved\n"
    assert "Прізвище (нове)".encode() in get(served, "/")[1]


def test_only_the_page_and_the_fonts_are_served_and_only_under_its_own_name(served: str) -> None:
    assert get(served, "/")[0] == 200
    assert get(served, "/fonts/fk-latin.ttf")[0] == 200
    assert get(served, "/fonts/../../formkit.toml")[0] == 404
    assert get(served, "/../../../etc/passwd")[0] == 404
    assert get(served, "/", Host="example.org")[0] == 403
