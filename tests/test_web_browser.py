"""People at a real browser: with a phone, with a keyboard, in languages of both directions, with mistakes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import browsers
from formkit.pdf.fields import read_form
from formkit.project import find_project
from formkit.returned import read_returned
from formkit.values import Month, PartialDate
from formkit.web.offer import offer
from formkit.web.workers import Limits, Workers
from projects import TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.skipif(bool(browsers.missing()), reason=browsers.missing() or "a browser is there"),
    pytest.mark.xdist_group("browser"),
]
PROJECT = find_project(Path(__file__).parent.parent)
FORM = "but-hauptantrag"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    workers = Workers(Limits(seconds=120, processes=1))
    with browsers.served(offer(PROJECT, (FORM,), "musterkreis", lambda: TODAY), workers) as found:
        yield found
    workers.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browsers.browser() as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport=browsers.PHONE, locale="ar", accept_downloads=True)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    yield opened
    context.close()
    # Chromium's advice about password boxes is no fault of a page that has no accounts.
    assert [text for text in said if "Password forms should have" not in text] == []


def onward(page: Page) -> None:
    page.click("main .go.next")
    page.wait_for_load_state()


def skip(page: Page) -> None:
    """Go on, and again without what is missing where the page says so."""
    onward(page)
    if page.locator("button[value=skip]").count():
        page.click("button[value=skip]")
        page.wait_for_load_state()


def date(page: Page, name: str, day: str, month: str, year: str) -> None:
    for end, text in (("tag", day), ("monat", month), ("jahr", year)):
        page.fill(f"#f-{name}-{end}", text)


def in_language(page: Page, name: str) -> None:
    page.click(".tongues summary")
    page.click(f"ul.names >> text={name}")
    page.wait_for_load_state()


def to_review(page: Page) -> None:
    for _ in range(30):
        if page.locator(".files").count():
            return
        skip(page)
    raise AssertionError("the last page never came")


def begin(page: Page, address: str) -> None:
    """Answer the first, deciding questions in Arabic, with a mistake."""
    page.goto(address)
    page.click("a.form")
    onward(page)
    onward(page)
    assert page.locator(".sum a").count() == 1
    page.check("#f-antrag-art--erst")
    onward(page)
    page.fill("#f-antrag-ab-monat", "٠٨")
    page.fill("#f-antrag-ab-jahr", "٢٠٢٦")
    onward(page)
    assert page.locator("#f-bezug-wohngeld-nummer").is_hidden()
    page.check("#f-bezug-art--wohngeld")
    page.fill("#f-bezug-wohngeld-nummer", "W 17")
    onward(page)


def test_somebody_who_reads_arabic_applies_on_a_phone_with_mistakes_and_a_break(
    page: Page, chromium: Browser, address: str, tmp_path: Path
) -> None:
    begin(page, address)
    date(page, "bezug-bescheid-von", "1", "9", "2026")
    page.check("#f-bezug-rueckforderung--nein")
    onward(page)
    page.fill("#f-person-familienname", "أحمد")
    date(page, "person-geburtsdatum", "31", "2", "1990")
    onward(page)
    assert page.title().startswith("خطأ: ")
    assert page.evaluate("document.activeElement.className") == "sum"
    assert page.input_value("#f-person-familienname") == "أحمد"
    assert not page.locator("button[value=skip]").count()
    page.click(".sum a >> nth=0")
    assert page.evaluate("document.activeElement.id") == "f-person-familienname"
    page.fill("#f-person-familienname", "Ahmad")
    date(page, "person-geburtsdatum", "00", "00", "1990")
    page.fill("#f-person-vorname", "Łukasz")
    in_language(page, "Українська")
    assert (page.get_attribute("html", "lang"), page.get_attribute("html", "dir")) == ("uk", "ltr")
    assert page.input_value("#f-person-vorname") == "Łukasz"
    in_language(page, "العربية")
    assert page.get_attribute("html", "dir") == "rtl"
    with page.expect_download() as saved:
        page.click("button[formaction$='files/answers']")
    file = tmp_path / "answers.json"
    saved.value.save_as(file)
    assert json.loads(file.read_text(encoding="utf-8"))["answers"]["person"]["vorname"] == "Łukasz"
    _goes_on_in_a_new_browser(chromium, address, file, tmp_path)


def _goes_on_in_a_new_browser(chromium: Browser, address: str, file: Path, folder: Path) -> None:
    context = chromium.new_context(viewport=browsers.PHONE, accept_downloads=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/ar/{FORM}/")
    page.set_input_files("#file", file)
    page.click(".loader button")
    page.click("button[value='go:kind'] >> nth=0")
    page.fill("#f-kind-familienname", "Ahmad")
    date(page, "kind-geburtsdatum", "01", "05", "2016")
    to_review(page)
    for kind, language in (("official", "de"), ("bilingual", "ar")):
        with page.expect_download(timeout=120_000) as made:
            page.click(f"button[formaction$='files/{kind}']")
        path = folder / f"{language}.pdf"
        made.value.save_as(path)
        assert made.value.suggested_filename == f"{FORM}.{language}.filled.pdf"
        expected = {
            "antrag.art": "erst",
            "antrag.ab": Month(2026, 8),
            "bezug.art": ("wohngeld",),
            "bezug.wohngeld.nummer": "W 17",
            "bezug.bescheid.von": PartialDate(2026, 9, 1),
            "bezug.rueckforderung": False,
            "person.familienname": "Ahmad",
            "person.vorname": "Łukasz",
            "person.geburtsdatum": PartialDate(1990),
            "kind.familienname": "Ahmad",
            "kind.geburtsdatum": PartialDate(2016, 5, 1),
        }
        assert read_returned(PROJECT, read_form(path), path.name).answers.values == expected
    context.close()


def test_a_form_is_filled_in_with_the_keyboard_alone(page: Page, address: str) -> None:
    page.goto(f"{address}/de/{FORM}/")
    _tab_to(page, "value", "next")
    _enter(page)
    _tab_to(page, "id", "f-antrag-art--erst")
    page.keyboard.press("Space")
    # Enter in a box goes on: the first button of the page must not be that of a language.
    _enter(page)
    assert page.locator("#f-antrag-ab-monat").count() == 1
    _tab_to(page, "id", "f-antrag-ab-monat")
    page.keyboard.type("08")
    page.keyboard.press("Tab")
    page.keyboard.type("2026")
    _enter(page)
    assert page.get_attribute("html", "lang") == "de"
    assert page.locator("#f-bezug-art--sgb2").count() == 1


def _enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _tab_to(page: Page, attribute: str, value: str) -> None:
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("name => document.activeElement.getAttribute(name)", attribute) == value:
            ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert ring != "none"
            return
    raise AssertionError(f"nothing with {attribute}={value} can be reached by the keyboard")


NO_AXE = pytest.mark.skipif(browsers.axe() is None, reason="axe-core is not there; FORMKIT_AXE names its folder")


@NO_AXE
def test_axe_sees_what_is_wrong(page: Page) -> None:
    page.set_content("<html lang=de><title>x</title><main><h1>x</h1><input name=a></main>")
    assert [each.partition(":")[0] for each in browsers.violations(page)] == ["label"]


@NO_AXE
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("tag", ["de", "ar", "uk", "de-simple"])
def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_its_window(
    chromium: Browser, address: str, tag: str, scheme: str
) -> None:
    narrow = scheme == "light"
    size = browsers.NARROW if narrow else browsers.DESKTOP
    context = chromium.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    found: list[str] = []

    def judged(where: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found.extend(f"{where}: {each}" for each in browsers.violations(page))
        if browsers.scrolls_sideways(page):
            found.append(f"{where}: scrolls sideways")

    for path in ("/", f"/{tag}/", f"/{tag}/{FORM}/", f"/{tag}/nothing/"):
        page.goto(address + path)
        judged(path)
    page.goto(f"{address}/{tag}/{FORM}/")
    onward(page)
    for number in range(40):
        heading = page.locator("h1").inner_text()
        judged(f"{number} {heading}, empty")
        if page.locator(".files").count():
            break
        onward(page)
        if page.locator("button[value=skip]").count():
            judged(f"{number} {heading}, errors")
            page.click("button[value=skip]")
            page.wait_for_load_state()
    page.click("button[formaction$='files/papers']")
    judged("papers")
    context.close()
    assert found == []
    assert number > 10
