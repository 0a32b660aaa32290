"""The page before it is printed: its markup per language and layout, and what a reader is told on it."""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from pathlib import Path

import lxml.html
import pytest

from conftest import Golden
from formkit.definition.places import parts
from formkit.errors import MissingGlyph
from formkit.i18n.languages import language
from formkit.i18n.paths import catalog_path
from formkit.i18n.reviews import Review
from formkit.i18n.signing import sign
from formkit.project import Project
from formkit.render.html import Document, Options, document
from formkit.render.page import Layout
from formkit.render.status import status
from formkit.widgets import CheckGroup, RadioGroup, Select, TextBox, Widget
from projects import change, localized, sample_project

READERS = ("ar", "uk", "de")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return sample_project(tmp_path / "project", languages=["ar", "uk"])


def page(project: Project, tag: str, layout: Layout = Layout.INTERLINEAR, *, large: bool = False) -> Document:
    found = localized(project, "alles", tag)
    return document(found, status(found, 95), Options(Layout.SOURCE if tag == "de" else layout, large))


def find(html: str, path: str) -> list[str]:
    """Return the texts of all elements at an XPath, white space made one blank."""
    return [" ".join("".join(each.itertext()).split()) for each in lxml.html.fromstring(html).xpath(path)]


def of_class(name: str) -> str:
    return f"//*[contains(concat(' ', @class, ' '), ' {name} ')]"


# --- Golden pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", READERS)
def test_the_page_is_what_it_was(project: Project, golden: Golden, tag: str) -> None:
    lines = page(project, tag).html.replace("><", ">\n<")
    golden(f"alles.{tag}/page.html", re.sub(r" +$", "", lines, flags=re.MULTILINE).rstrip() + "\n")


@pytest.mark.parametrize("tag", READERS)
def test_the_widgets_are_what_they_were_and_the_same_in_every_language(
    project: Project, golden: Golden, tag: str
) -> None:
    form = localized(project, "alles", tag).form
    rows = [plain(widget) for part in parts(form) for widget in part.field.widgets(part.path)]
    golden(f"alles.{tag}/widgets.json", json.dumps(rows, ensure_ascii=False, indent=1) + "\n")


def plain(widget: Widget) -> dict[str, object]:
    """Return what counts about a widget: name, kind, options, comb."""
    row: dict[str, object] = {"name": widget.name, "kind": type(widget).__name__}
    match widget:
        case CheckGroup() | RadioGroup() | Select():
            row["options"] = [option.code for option in widget.options]
            row |= {"lines": lines} if (lines := [o.text.name for o in widget.options if o.text]) else {}
        case TextBox():
            row |= {
                key: value for key in ("comb", "lines", "unit") if (value := getattr(widget, key)) not in ((), 1, "")
            }
        case _:
            pass
    return row


# --- The same in every language ---------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [Layout.INTERLINEAR, Layout.COLUMNS, Layout.TRANSLATION])
def test_numbers_letters_and_boxes_stand_in_the_same_order_in_every_language(project: Project, layout: Layout) -> None:
    kinds = ("span[@class='n']", "span[@class='l']", "div[starts-with(@class, 'box')]", "th[@scope='row'][not(*)]")
    wanted = "|".join(f"//{kind}" for kind in kinds)
    german = find_all(page(project, "de").html, wanted)
    assert len(german) > 60
    for tag in ("ar", "uk"):
        assert find_all(page(project, tag, layout).html, wanted) == german


def find_all(html: str, path: str) -> list[str]:
    return [f"{each.get('class')} {each.text or ''}" for each in lxml.html.fromstring(html).xpath(path)]


def test_the_page_says_its_languages_and_directions(project: Project) -> None:
    for layout, tag, root in [
        (Layout.INTERLINEAR, "ar", "de"),
        (Layout.COLUMNS, "ar", "de"),
        (Layout.TRANSLATION, "ar", "ar"),
        (Layout.SOURCE, "de", "de"),
    ]:
        tree = lxml.html.fromstring(page(project, tag, layout).html)
        assert tree.get("lang") == root
        assert {(each.get("lang"), each.get("dir")) for each in tree.find("body").iter() if each.get("lang")} <= {
            ("ar", "rtl"),
            ("de", "ltr"),
        }
        assert ("mirrored" in tree.get("class").split()) == (layout is Layout.TRANSLATION)
        assert layout.value in tree.get("class").split()


def test_no_id_stands_twice_and_nothing_is_fetched(project: Project) -> None:
    for tag in READERS:
        html = page(project, tag).html
        ids = re.findall(r'\sid="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        assert re.findall(r"<(?:script|link|iframe|object|style|img|form|input)\b", html) == []
        assert re.findall(r'\s(?:on\w+|style)="(?!height:[\d.]+mm"|width:[\d.]+%")[^"]*"', html) == []
        assert {target.partition(":")[0] for target in re.findall(r'(?:href|src)="([^"]*)"', html)} == {"https"}


# --- What is said where -------------------------------------------------------------------------------------------


def test_a_condition_is_made_into_a_sentence_from_the_labels_of_its_options(project: Project) -> None:
    hints = find(page(project, "uk").html, of_class("hint"))
    assert (
        "Nur ausfüllen bei „Zweites mit Wohngeld“ "
        "‹текст Nur ausfüllen bei «‹текст Zweites mit Wohngeld›»›"
    ) in hints  # fmt: skip
    assert (
        "Nur ausfüllen bei „Wohngeld“ oder „Ypsilon“ "
        "‹текст Nur ausfüllen bei ‹текст «Wohngeld» oder «‹текст Ypsilon›»››"
    ) in hints  # fmt: skip
    assert "Nur ausfüllen bei „Nein“ ‹текст Nur ausfüllen bei «‹текст Nein›»›" in hints
    assert "Nur ausfüllen, wenn Geld an Sie geht ‹текст Nur ausfüllen, wenn Geld an Sie geht›" in hints


def test_a_closed_option_stays_and_its_reason_stands_in_a_numbered_note(project: Project) -> None:
    html = page(project, "uk").html
    assert "Ypsilon1 ‹текст Ypsilon›" in find(html, of_class("o"))
    assert find(html, of_class("notes")) == ["1nur unter 21 Jahren1‹текст nur unter 21 Jahren›"]


def test_a_box_beside_an_option_stands_in_its_row(project: Project) -> None:
    rows = find(page(project, "de").html, of_class("withbox"))
    assert rows == ["Wohngeldb Aktenzeichen", "Ypsilon1", "Keine"]


def test_the_part_of_the_office_stays_german(project: Project) -> None:
    for layout in (Layout.INTERLINEAR, Layout.COLUMNS, Layout.TRANSLATION):
        found = find(page(project, "ar", layout).html, "//section[contains(@class, 'office')]")
        assert found == ["Von der Behörde auszufüllenEingang"]


def test_a_repeat_offers_its_rows_and_numbers_them(project: Project) -> None:
    html = page(project, "de").html
    assert find(html, "//table[@class='rows']//th[@scope='row']") == ["1", "2"]
    assert find(html, "//table[@class='rows']//thead") == ["Nr.a Zielb Datum vonc Datum bisd Schon bezahlt?"]
    assert find(html, of_class("nr")) == ["Zeile 1", "Zeile 2"]


def test_large_print_keeps_narrow_tables_and_turns_wide_ones_into_blocks(project: Project) -> None:
    narrow = page(project, "uk", large=True).html
    assert "large" in lxml.html.fromstring(narrow).get("class").split()
    assert len(find(narrow, "//table[@class='rows']")) == 1
    change(
        project.forms / "alles.yaml",
        "      - {id: ziel, type: text, label: Ziel, column: 40}",
        "      - {id: ziel, type: text, label: Ziel}\n      - {id: tag, type: text, label: Tag, column: 20}",
    )
    wide = page(project, "uk", large=True).html
    assert len(find(wide, "//table[@class='rows']")) == 0
    assert len(find(wide, of_class("nr"))) == 4
    assert len(find(page(project, "uk").html, "//table[@class='rows']")) == 1


def test_the_authority_and_its_offices_stand_at_the_top(project: Project) -> None:
    html = page(project, "uk").html
    assert find(html, of_class("office"))[:2] == [
        "Amt Musterstadt · Bildung",
        "Musterweg 1, 00000 Musterstadt · 00000 000-0 · amt@musterstadt.example",
    ]
    assert find(html, of_class("takes")) == [
        "Alle Anträge ‹текст Alle Anträge›Annahmestelle, Musterweg 2, 00000 Musterstadt"
    ]
    nobody = localized(project, "alles", "uk", authority="")
    assert "Musterstadt" not in document(nobody, status(nobody, 95), Options()).html


# --- How sure a reader may be ---------------------------------------------------------------------------------------


def test_where_a_translation_is_missing_german_stands_once_and_a_word_says_so(project: Project) -> None:
    path = catalog_path(project.locales, language("uk"), "alles")
    change(path, 'msgid "Familienname"\nmsgstr "‹текст Familienname›"', 'msgid "Familienname"\nmsgstr ""')
    shown = 'Familienname</span> <span class="t" lang="uk" dir="ltr"><span class="missing">[‹текст Übersetzung fehlt›]'
    html = page(project, "uk").html
    assert shown in html
    assert html.count("Familienname") == 1
    reading = page(project, "uk", Layout.TRANSLATION).html
    assert '<span class="d" lang="de" dir="ltr">Familienname</span>' in reading


def test_a_language_without_our_own_words_still_says_that_something_is_missing(project: Project) -> None:
    catalog_path(project.locales, language("uk"), "formkit").unlink()
    assert "[Übersetzung fehlt]" in find(page(project, "uk").html, of_class("missing"))


def test_every_page_says_draft_until_a_person_signed(project: Project) -> None:
    assert find(page(project, "uk").html, of_class("state")) == [
        "Entwurf, noch nicht geprüft · ‹текст Entwurf, noch nicht geprüft›"
    ]
    assert find(page(project, "de").html, of_class("state")) == []
    review = Review("alles", "uk", "reviewed", "N. N.", datetime.date(2026, 11, 20))
    sign(project, review, language("uk"))
    reviewed = "geprüft am 20.11.2026 · ‹текст geprüft am 20.11.2026›"
    assert find(page(project, "uk").html, of_class("state")) == [reviewed]
    assert find(page(project, "uk").html, of_class("what")) == ["alles · Version 3 · Deutsch–Ukrainisch"]


def test_an_incomplete_translation_says_so_across_every_page(project: Project) -> None:
    found = localized(project, "alles", "uk")
    state = dataclasses.replace(status(found, 95), threshold=101)
    made = document(found, state, Options())
    written = "".join(chr(int(code, 16)) for code in re.findall(r"\\([0-9a-f]{6})", made.css))
    assert written == "unvollständig · ‹текст unvollständig›"
    assert find(made.html, of_class("state"))[0].startswith("unvollständig · ‹текст unvollständig› (100 %) · Entwurf")
    assert "@top-center" not in page(project, "uk").css


def test_a_character_that_no_font_draws_is_named_with_its_text_and_language(project: Project) -> None:
    path = catalog_path(project.locales, language("uk"), "alles")
    change(path, 'msgstr "‹текст Familienname›"', 'msgstr "Прізвище 中"')
    with pytest.raises(MissingGlyph) as caught:
        page(project, "uk")
    assert caught.value.message == (
        "no packaged font draws '中' (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D) in the Ukrainian text: Прізвище 中"
    )
    assert caught.value.exit_code == 1


def test_only_packaged_fonts_are_named(project: Project) -> None:
    for tag in READERS:
        css = page(project, tag).css
        named = set(re.findall(r"font-family: (fk-[a-z-]+)", css)) | set(
            re.findall(r"--(?:regular|bold): ([^;}]*)", css)
        )
        families = {family.strip() for each in named for family in each.split(",")}
        assert {family for family in families if not family.startswith("fk-")} == set()
        assert not re.findall(r"url\((?!file:///[^)]*/formkit/fonts/fk-|\"data:image/svg)", css)
