"""What translators get: every text of a form, in the order of the page, with its place; and nothing escapes them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import lxml.html
import pytest
from pydantic import BaseModel

from conftest import Golden
from formkit.definition import load_authority, load_form
from formkit.definition.messages import texts
from formkit.definition.places import parts
from formkit.i18n.extract import extract, extract_authority
from formkit.i18n.languages import language
from formkit.i18n.po_write import write_pot
from formkit.i18n.templates import form_entries
from formkit.project import Project, find_project
from formkit.render.html import Options, document
from formkit.render.page import Layout
from formkit.render.status import status
from formkit.texts import Msg
from projects import ROOT, SAMPLES, localized, pseudo, sample_project, write_catalogs

FORM = load_form(SAMPLES / "alles.yaml")
REAL = ROOT / "forms" / "but-hauptantrag.yaml"


def test_the_template_of_the_sample_form_is_what_translators_should_get(tmp_path: Path, golden: Golden) -> None:
    golden("alles.pot", write_pot(*form_entries(sample_project(tmp_path / "a"), "alles")))


def test_texts_come_in_the_order_of_the_page() -> None:
    ids = [entry.ids[0] for entry in extract(FORM, "forms/alles.yaml")]
    sections = [each for each in ids if each in {section.id for section in FORM.sections}]
    assert sections == [section.id for section in FORM.sections if section.translate]
    labels = [each for each in ids if each in {part.path for part in parts(FORM)}]
    assert labels == [part.path for part in parts(FORM) if part.path in labels]
    assert (ids[0], ids[1], ids[2], ids[-1]) == ("title", "subtitle", "intro.1", "information.1.2")


@pytest.mark.parametrize(
    ("id_", "notes"),
    [
        ("title", ("role: title",)),
        ("person.art", ("role: label", "number on paper: 1.3", "in: Person", "Kurz")),
        ("person.art:b:help", ("role: option help", "number on paper: 1.3", "in: Art")),
        ("person.plz", ("role: label", "number on paper: 1.4a", "in: Wo wohnen Sie?")),
        ("person.ort:short", ("role: short", "number on paper: 1.4b", "in: Ort")),
        ("wahl.leistungen:y:reason", ("role: option reason", "number on paper: 2.1a", "in: Welche Leistungen?")),
        ("wahl.an:x", ("role: row", "number on paper: 2.2", "in: Wohin?")),
        ("rules.ende", ("role: message",)),
    ],
)
def test_a_text_says_its_role_its_number_and_what_it_belongs_to(id_: str, notes: tuple[str, ...]) -> None:
    (entry,) = (entry for entry in extract(FORM, "forms/alles.yaml") if id_ in entry.ids)
    assert entry.notes[: len(notes)] == notes
    assert f"forms/alles.yaml#{id_.partition(':')[0]}" in entry.references


def test_parts_that_stay_german_and_texts_without_words_are_not_for_translators() -> None:
    found = {entry.msg.text for entry in extract(FORM, "x")}
    stays = {text.msg.text for text in texts(FORM) if not text.translate or text.msg.wordless}
    assert stays >= {"Von der Behörde auszufüllen", "Eingang", "{leistung}"}
    assert stays & found == set()


def test_one_text_in_two_contexts_is_two_entries_and_one_in_two_places_is_one() -> None:
    entries = extract(FORM, "x")
    assert [entry.msg.context for entry in entries if entry.msg.text == "Ort"] == ["address", "signature"]
    assert len({entry.msg for entry in entries}) == len(entries)
    assert [entry.ids for entry in entries if entry.msg.text == "Unterschrift"] == [("sign", "sign.antrag")]


def messages(value: object) -> Iterator[Msg]:
    """Yield every human text below a model, wherever its author put it."""
    if isinstance(value, Msg):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from messages(getattr(value, name))
    elif isinstance(value, dict | tuple):
        for item in value.values() if isinstance(value, dict) else value:
            yield from messages(item)


@pytest.mark.parametrize("path", [SAMPLES / "alles.yaml", SAMPLES / "texte.yaml", REAL], ids=lambda path: path.stem)
def test_no_text_of_a_definition_is_forgotten(path: Path) -> None:
    form = load_form(path)
    assert {msg.text for msg in messages(form)} == {text.msg.text for text in texts(form)}


# Not on paper: shorter labels, what is said of an answer, and the list behind a line to write on.
NOT_PRINTED = {"short", "message", "pattern_message", "office topic"}


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("layout", [Layout.INTERLINEAR, Layout.COLUMNS, Layout.SOURCE])
def test_every_text_of_a_definition_is_on_the_page(tmp_path: Path, layout: Layout, large: bool) -> None:
    found = localized(sample_project(tmp_path / "a", ["texte"], ["uk"]), "texte", "uk", "")
    html = document(found, status(found, 95), Options(layout, large)).html
    shown = {"".join(each.itertext()) for each in lxml.html.fromstring(html).xpath("//*[@class='d']")}
    said = shown | {text.strip("0123456789") for text in shown}
    lists = {part.path for part in parts(found.form) if getattr(part.field, "display", "") == "list"}
    wanted = [text for text in texts(found.form) if text.role not in NOT_PRINTED]
    assert [text.id for text in wanted if text.msg.text not in said and text.id.partition(":")[0] not in lists] == []
    assert len(wanted) > 120


def test_no_text_of_a_profile_is_forgotten() -> None:
    authority = load_authority(SAMPLES / "authorities" / "amt.yaml")
    assert set(messages(authority)) == {entry.msg for entry in extract_authority(authority, "x")}


# --- Pseudo-translation: whatever a page says must have gone through translators ------------------------------


@cache
def pseudo_project(folder: Path) -> Project:
    """Make a project with sample and real form, everything translated by rule."""
    sample_project(folder, ["alles", "texte"])
    shutil.copy(REAL, folder / "forms")
    project = find_project(folder)
    for tag in ("uk", "ar"):
        write_catalogs(project, language(tag))
    return project


# What is no sentence of anybody: numbers, letters of parts, units, row numbers.
SIGNS = {"n", "l", "sn", "u", "sample"}
# What stays German: names and addresses, the law, the stamp that the office looks for, the office's footer.
NAMES = {"office", "basis", "stamp", "takes", "what"}


def spoken(html: str) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    """Yield every piece of text with letters in it, with the element it stands in."""
    for element in lxml.html.fromstring(html).find("body").iter():
        for owner, text in ((element, element.text), (element.getparent(), element.tail)):
            if text and any(map(str.isalpha, text)):
                yield text, owner


def around(owner: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return [owner, *owner.iterancestors()]


def classes(owner: lxml.html.HtmlElement) -> set[str]:
    return {name for element in around(owner) for name in (element.get("class") or "").split()}


def stays_german(owner: lxml.html.HtmlElement) -> bool:
    """Tell whether an element lies in the part of the office, which is not translated."""
    return any(element.tag == "section" and "office" in element.get("class") for element in around(owner))


def is_pseudo(element: lxml.html.HtmlElement) -> bool:
    """Tell whether all letters of an element stand between ‹ and ›."""
    text = "".join(element.itertext())
    while "‹" in text:
        text, before = re.sub("‹[^‹›]*›", "", text), text
        if text == before:
            return False
    return "›" not in text and not any(map(str.isalpha, text))


@pytest.fixture(scope="module")
def everything(shared: Path, worker_id: str) -> Project:
    return pseudo_project(shared / f"pseudo-{worker_id}")


PAGES = pytest.mark.parametrize(("form", "authority"), [("alles", "amt"), ("texte", ""), ("but-hauptantrag", "")])
READERS = pytest.mark.parametrize("tag", ["uk", "ar"])


def page_of(project: Project, form: str, authority: str, tag: str, layout: Layout) -> str:
    found = localized(project, form, tag, authority)
    return document(found, status(found, 100), Options(layout)).html


@PAGES
@READERS
@pytest.mark.parametrize("layout", [Layout.INTERLINEAR, Layout.COLUMNS])
def test_beside_every_german_text_stands_its_translation(
    everything: Project, form: str, authority: str, tag: str, layout: Layout
) -> None:
    html = page_of(everything, form, authority, tag, layout)
    pairs = 0
    for element in lxml.html.fromstring(html).xpath("//*[@class='d']"):
        text = "".join(element.itertext())
        if stays_german(element) or not any(map(str.isalpha, text)) or text == "Wohngeld":
            continue
        partner = element.getnext()
        assert partner is not None, text
        assert (partner.get("class"), partner.get("lang")) == ("t", tag)
        assert is_pseudo(partner), text
        pairs += 1
    assert pairs > 60
    loose = [text for text, owner in spoken(html) if not classes(owner) & (SIGNS | NAMES | {"d", "t"})]
    assert loose == []


@PAGES
@READERS
def test_a_reading_copy_holds_no_german_but_names_and_says_where_it_does(
    everything: Project, form: str, authority: str, tag: str
) -> None:
    html = page_of(everything, form, authority, tag, Layout.TRANSLATION)
    for text, owner in spoken(html):
        spoken_in = next(element.get("lang") for element in around(owner) if element.get("lang"))
        if stays_german(owner) or text.strip(" ·") == form:
            continue
        if classes(owner) & SIGNS:
            assert re.fullmatch(r"[a-z]|[\d.]+[a-z]?|km|×", text.strip())
        elif spoken_in == "de":
            assert classes(owner) & (NAMES - {"stamp"}) or "d" in classes(owner)
            assert not re.search("[‹›]", text)
        else:
            outermost = [element for element in around(owner) if element.get("lang") == tag][-2]
            assert is_pseudo(outermost) or outermost.get("class") == "in", text


@PAGES
def test_the_german_form_says_nothing_in_another_language(everything: Project, form: str, authority: str) -> None:
    html = page_of(everything, form, authority, "de", Layout.SOURCE)
    assert set(lxml.html.fromstring(html).xpath("//@lang")) == {"de"}
    assert "‹" not in html
    assert 'class="t"' not in html


def test_a_pseudo_translation_keeps_all_tokens() -> None:
    assert pseudo("**{a}** [x](https://example.org)", language("uk")) == "‹текст **{a}** [x](https://example.org)›"
