"""Fillable PDFs: the same page as on paper, a field in every box, accessible, and nothing left to the viewer."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Golden
from formkit.errors import RenderFailed
from formkit.fonts import FONTS
from formkit.i18n.localize import Localized
from formkit.pdf.acroform import BlankForm, write_form
from formkit.pdf.controls import Control, Radio, Text, Tick
from formkit.pdf.saving import saved
from formkit.pdf.streams import packed
from formkit.render.html import Options, document
from formkit.render.identity import fingerprint
from formkit.render.jobs import FILLABLE, PRINT
from formkit.render.page import Layout
from formkit.render.pdf import print_pdf
from formkit.render.pdf.engine import engine
from formkit.render.status import status
from formkit.widgets import CheckGroup, OfficeBox, RadioGroup, Select, Widget
from printed import AUTHORITY, FORM, LANGUAGES, Printed, opened
from projects import ROOT, find_project, localized, sample_project

Print = Callable[..., Printed]
EVERY = pytest.mark.parametrize("tag", [*LANGUAGES, "de"])


def fillable(found: Localized, layout: Layout = Layout.INTERLINEAR, large: bool = False) -> bytes:
    """Return the fillable PDF of a localized form."""
    german = found.language.tag == "de"
    options = Options(Layout.SOURCE if german else layout, large, fillable=True)
    return print_pdf(document(found, status(found, 95), options), {}).data


def leaves(fields: Any, prefix: str = "", inherited: Any = None) -> Iterator[tuple[str, Any, list[Any]]]:
    """Yield full name, field dictionary and widgets of every terminal field."""
    for node in fields:
        name = f"{prefix}{node.T}"
        kids = [*node.get("/Kids", ())]
        if kids and "/T" in kids[0]:
            yield from leaves(kids, f"{name}.", node)
        else:
            yield name, node, kids or [node]


def projection(pdf: pikepdf.Pdf) -> list[dict[str, object]]:
    """Return what counts about every field: name, kind, flags, page, place in whole points, and what is said of it."""
    pages = {each.objgen: number for number, each in enumerate(pdf.pages, 1)}
    rows = []
    for name, node, widgets in leaves(pdf.Root.AcroForm.Fields):
        row: dict[str, object] = {"name": name, "kind": str(node.FT)[1:], "flags": int(node.Ff), "says": str(node.TU)}
        row["places"] = [[pages[each.P.objgen], *(round(float(n)) for n in each.Rect)] for each in widgets]
        if "/MaxLen" in node:
            row["length"] = int(node.MaxLen)
        if "/Q" in node:
            row["align"] = int(node.Q)
        if "/Opt" in node:
            row["options"] = [[str(code), str(label)] for code, label in node.Opt]
        if pikepdf.Name.Btn == node.FT:
            states = [next(key for key, _ in each.AP.N.items() if key != "/Off") for each in widgets]
            row["states"] = [state[1:] for state in states]
        rows.append(row)
    return rows


@pytest.mark.parametrize("tag", ["ar", "uk", "de"])
def test_the_fields_are_what_they_were(tmp_path: Path, golden: Golden, tag: str) -> None:
    project = sample_project(tmp_path / "a", languages=[] if tag == "de" else [tag])
    with opened(fillable(localized(project, "alles", tag))) as pdf:
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in projection(pdf))
    golden(f"alles.{tag}/acroform.json", f"[\n{lines}\n]\n")


# --- Accessible and archivable ------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("profile", ["ua1", "pdfa-3a"])
def test_no_rule_of_accessibility_and_archiving_is_broken(printed: Print, tag: str, profile: str) -> None:
    report = page.validate_pdf_bytes(printed(tag, FILLABLE).data, profile=profile)
    assert [failure.rule_id for failure in report.failures] == []


@pytest.mark.parametrize(
    ("form", "tag", "layout", "large"),
    [
        ("alles", "ar", Layout.INTERLINEAR, False),
        ("alles", "ar", Layout.TRANSLATION, False),
        ("alles", "fa", Layout.COLUMNS, True),
        ("texte", "uk", Layout.INTERLINEAR, False),
        ("kurz", "ti", Layout.INTERLINEAR, False),
    ],
)
def test_every_form_can_be_filled_in_in_every_script_and_layout(
    tmp_path: Path, form: str, tag: str, layout: Layout, large: bool
) -> None:
    project = sample_project(tmp_path / "a", [form], [tag])
    data = fillable(localized(project, form, tag), layout, large)
    for profile in ("ua1", "pdfa-3a"):
        assert [failure.rule_id for failure in page.validate_pdf_bytes(data, profile=profile).failures] == []


@EVERY
def test_every_field_says_its_number_and_stands_in_the_structure(printed: Print, tag: str) -> None:
    with opened(printed(tag, FILLABLE).data) as pdf:
        assert all(str(node.TU)[0].isdigit() for _, node, _ in leaves(pdf.Root.AcroForm.Fields))
        placed = [each for sheet in pdf.pages for each in sheet.obj.get("/Annots", ()) if each.Subtype == "/Widget"]
        assert {each.objgen for each in placed} == {
            each.objgen for _, _, widgets in leaves(pdf.Root.AcroForm.Fields) for each in widgets
        }
        parents = dict(zip(*[iter(pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        elements = [parents[each.StructParent] for each in placed]
        assert {str(element.S) for element in elements} == {"/Form"}
        assert [element.K[0].Obj.objgen for element in elements] == [each.objgen for each in placed]
        assert {str(sheet.obj.Tabs) for sheet in pdf.pages} == {"/S"}


@EVERY
def test_nothing_is_left_to_the_viewer(printed: Print, tag: str) -> None:
    with opened(printed(tag, FILLABLE).data) as pdf:
        form = pdf.Root.AcroForm
        assert "/NeedAppearances" not in form
        assert "/XFA" not in form
        (name, font), *more = form.DR.Font.items()
        assert more == []
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
        for _, node, widgets in leaves(form.Fields):
            if node.FT in ("/Tx", "/Ch"):
                assert str(node.DA).startswith(f"{name} ")
            for each in widgets:
                drawn = each.AP.N
                states = [drawn] if isinstance(drawn, pikepdf.Stream) else list(drawn.values())
                x1, y1, x2, y2 = (float(n) for n in each.Rect)
                assert all(isinstance(state, pikepdf.Stream) for state in states)
                sizes = [
                    size for state in states for size in zip(list(state.BBox)[2:], (x2 - x1, y2 - y1), strict=True)
                ]
                assert all(abs(float(drawn) - wide) < 0.02 for drawn, wide in sizes)


# --- The same page -----------------------------------------------------------------------------------------


def words_by_page(data: bytes) -> list[Counter[str]]:
    """Return for each page how often each word stands on it."""
    pdf = pypdfium2.PdfDocument(data)
    return [Counter(sheet.get_textpage().get_text_range().split()) for sheet in pdf]


@EVERY
def test_a_field_lies_on_the_page_where_paper_has_its_box(printed: Print, tag: str) -> None:
    paper, screen = (words_by_page(printed(tag, kind).data) for kind in (PRINT, FILLABLE))
    assert len(screen) == len(paper)
    for on_screen, on_paper in zip(screen, paper, strict=True):
        # Beside a list that ends in "another one" stands its name, which on paper is one of what may be written.
        assert on_paper - on_screen == Counter()
        assert set(on_screen - on_paper) <= {word for word in on_screen if word}
        assert sum((on_screen - on_paper).values()) <= 12


@EVERY
def test_every_box_of_the_form_has_one_field_and_those_of_the_office_none(printed: Print, tag: str) -> None:
    found = localized(find_project(ROOT), FORM, tag, AUTHORITY)
    with opened(printed(tag, FILLABLE).data) as pdf:
        rows = projection(pdf)
    from formkit.render.visible import visible

    wanted = Counter[str]()
    for place in visible(found):
        for question in place.questions:
            for row in range(question.repeat.rows if question.repeat else 1):
                for part in question.parts:
                    here = part.in_row(question, row) if question.repeat else part
                    for widget in here.widgets:
                        wanted.update(names(widget))
    assert wanted == Counter({str(row["name"]): len(row["places"]) for row in rows})  # type: ignore[arg-type]


def names(widget: Widget) -> Counter[str]:
    """Return the names of a widget's fields, and how many places each has."""
    own: Counter[str]
    match widget:
        case OfficeBox():
            own = Counter()
        case CheckGroup():
            own = Counter(f"{widget.name}.{option.code}" for option in widget.options)
        case RadioGroup():
            own = Counter({widget.name: len(widget.options)})
        case _:
            own = Counter({widget.name: 1})
    if isinstance(widget, CheckGroup | RadioGroup | Select):
        own.update(option.text.name for option in widget.options if option.text)
    return own


def test_fields_do_not_cross_each_other(printed: Print) -> None:
    with opened(printed("ar", FILLABLE).data) as pdf:
        for sheet in pdf.pages:
            places = [[float(n) for n in each.Rect] for each in sheet.obj.get("/Annots", ()) if "/FT" in each]
            for index, (left, bottom, right, top) in enumerate(places):
                for other in places[index + 1 :]:
                    apart = other[0] >= right or other[2] <= left or other[1] >= top or other[3] <= bottom
                    assert apart


def test_the_file_says_which_form_it_is(printed: Print) -> None:
    with opened(printed("uk", FILLABLE).data) as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items() if name.startswith("/Formkit")}
        found = {name for name, _, _ in leaves(pdf.Root.AcroForm.Fields)}
    assert info["/FormkitForm"] == FORM
    assert (info["/FormkitVersion"], info["/FormkitLanguage"]) == ("1", "uk")
    assert info["/FormkitFields"] == fingerprint(found)


# --- The writer by itself ----------------------------------------------------------------------------------

LATIN = next(font.path for font in FONTS if font.family == "fk-latin")


def blank(controls: dict[str, Control], body: str) -> pikepdf.Pdf:
    """Lay out a page of inputs and make a form of it."""
    from formkit.render.html import Document

    html = f'<!DOCTYPE html><html lang="de"><head><title>Probe</title></head><body>{body}</body></html>'
    look = "appearance: auto; display: block; width: 3cm; height: 5mm"
    css = f"@page {{ size: A6 }} input {{ {look} }} .n {{ break-before: page }}"
    raw = engine().layout(Document(html, css)).write_pdf(pdf_variant="pdf/a-3a")
    pdf = pikepdf.open(io.BytesIO(raw))
    write_form(pdf, BlankForm(controls, LATIN, frozenset(range(65, 91))))
    return pdf


def test_a_group_over_two_pages_is_one_field() -> None:
    controls: dict[str, Control] = {
        "a.wahl#x": Radio("1 Wahl: X", "1 Wahl", "x"),
        "a.wahl#y": Radio("1 Wahl: Y", "1 Wahl", "y"),
    }
    inputs = '<input type="checkbox" name="a.wahl#x"><input class="n" type="checkbox" name="a.wahl#y">'
    with blank(controls, inputs) as pdf:
        ((name, node, widgets),) = leaves(pdf.Root.AcroForm.Fields)
        assert (name, len(pdf.pages)) == ("a.wahl", 2)
        assert [each.P.objgen for each in widgets] == [sheet.obj.objgen for sheet in pdf.pages]
        assert [sorted(each.AP.N.keys()) for each in widgets] == [["/Off", "/x"], ["/Off", "/y"]]
        assert (str(node.TU), str(node.V)) == ("1 Wahl", "/Off")
        assert int(node.Ff) & (1 << 15)


def test_one_value_in_several_places_is_one_field() -> None:
    body = '<input type="checkbox" name="name"><p>Und noch einmal:</p><input type="checkbox" name="name">'
    with blank({"name": Text("1 Name")}, body) as pdf:
        ((name, node, widgets),) = leaves(pdf.Root.AcroForm.Fields)
        assert (name, len(widgets)) == ("name", 2)
        assert all(each.Parent.objgen == node.objgen for each in widgets)


@pytest.mark.parametrize(
    ("controls", "body", "named"),
    [
        ({"name": Text("1 Name"), "ort": Text("2 Ort")}, '<input type="checkbox" name="name">', "ort"),
        ({}, '<input type="checkbox" name="name">', "name"),
    ],
)
def test_a_box_without_a_field_and_a_field_without_a_box_stop_us(
    controls: dict[str, Control], body: str, named: str
) -> None:
    with pytest.raises(RenderFailed, match=named):
        blank(controls, body)


def test_the_cross_of_a_ticked_box_is_drawn_without_a_font() -> None:
    with blank({"ja": Tick("1 Ja", "ja")}, '<input type="checkbox" name="ja">') as pdf:
        ((_, node, _),) = leaves(pdf.Root.AcroForm.Fields)
        assert sorted(node.AP.N.ja.Resources.keys()) == []
        assert b" l S" in node.AP.N.ja.read_bytes()
        assert node.AP.N.Off.read_bytes() == b""


# --- Streams -----------------------------------------------------------------------------------------------


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=40))
def test_no_stream_ends_in_a_carriage_return_and_each_says_what_was_put_in(contents: list[bytes]) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.Kept = pikepdf.Array([pdf.make_indirect(packed(pdf, content)) for content in contents])
    pdf.Root.Plain = pikepdf.Array([pdf.make_indirect(pikepdf.Stream(pdf, content)) for content in contents])
    data = saved(pdf)
    assert b"\r\nendstream" not in data
    with pikepdf.open(io.BytesIO(data)) as again:
        assert [stream.read_bytes() for stream in again.Root.Kept] == contents
        assert [stream.read_bytes() for stream in again.Root.Plain] == contents
