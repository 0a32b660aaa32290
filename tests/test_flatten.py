"""Flattening and repair: what fields show stays, for eyes, for readers of text and for assistive technology."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import page
import pikepdf
import pypdf
import pypdfium2
import pytest
import weasyprint
from pikepdf import Array, Dictionary, Name, Object, String
from PIL import Image, ImageChops

from formkit.errors import FormkitError, Unfillable
from formkit.pdf.embed import embed_characters
from formkit.pdf.fill import Options, fill
from formkit.pdf.flatten import flatten
from formkit.pdf.repair import repair, value_of
from formkit.pdf.tree import find_fields
from formkit.pdf.verify import drawn_texts
from made_forms import FONT_FILES, MULTILINE, VALUES, add, data_of, empty, mixed_form, stream, text_form, widget
from test_fill import MIXED, NAMES

SAMPLES = os.environ.get("FORMKIT_SAMPLES")
# Where both directions stand in one line, readers of text are known to give its pieces in another order.
POPPLER_TURNS = {"mixed", "brackets"}
PDFIUM_TURNS = {"mixed", "brackets"}


def picture(data: bytes, folder: Path, number: int = 1) -> Image.Image:
    path = folder / "picture.pdf"
    path.write_bytes(data)
    done = subprocess.run(
        ["pdftoppm", "-r", "60", "-gray", "-f", str(number), "-l", str(number), path], capture_output=True, check=True
    )
    return Image.open(io.BytesIO(done.stdout))


def unlike(one: Image.Image, other: Image.Image) -> int:
    """Count the pixels that differ by more than the rounding of edges."""
    difference = ImageChops.difference(one, other).point(lambda value: 255 if value > 60 else 0)
    return difference.histogram()[255]


def plain(text: str) -> str:
    """Return a text as it is compared: compatibility forms resolved, without blanks and controls."""
    return "".join(each for each in unicodedata.normalize("NFKC", text) if unicodedata.category(each)[0] not in "CZ")


def line_form(value: str) -> bytes:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0))
    return fill(data_of(pdf), {"a": value}, FONT_FILES).data


def test_flattened_pages_look_as_the_filled_form_did(tmp_path: Path) -> None:
    for filled in (
        fill(text_form(list(VALUES)), NAMES, FONT_FILES).data,
        fill(mixed_form(), MIXED, FONT_FILES).data,
    ):
        flat = flatten(filled, FONT_FILES).data
        assert unlike(picture(filled, tmp_path), picture(flat, tmp_path)) == 0


def test_no_form_and_no_widget_is_left() -> None:
    with pikepdf.open(io.BytesIO(flatten(fill(mixed_form(), MIXED, FONT_FILES).data, FONT_FILES).data)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0].obj


@pytest.mark.parametrize("name", VALUES)
def test_flattened_text_is_found_again_by_readers_of_text(name: str, tmp_path: Path) -> None:
    flat = flatten(line_form(VALUES[name]), FONT_FILES).data
    path = tmp_path / "a.pdf"
    path.write_bytes(flat)
    poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    pdfium = pypdfium2.PdfDocument(flat)[0].get_textpage().get_text_range()
    wanted = plain(VALUES[name])
    assert sorted(wanted) == sorted(plain(poppler)) == sorted(plain(pdfium))
    assert (name not in POPPLER_TURNS) == (wanted == plain(poppler))
    assert (name not in PDFIUM_TURNS) == (wanted == plain(pdfium))


def test_hidden_fields_are_left_out_and_others_annotations_stay() -> None:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0, F=2))
    link = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9])))
    pdf.pages[0].obj.Annots.append(link)
    flat = flatten(fill(data_of(pdf), {"a": "GEHEIM"}, FONT_FILES).data, FONT_FILES).data
    assert pypdf.PdfReader(io.BytesIO(flat)).pages[0].extract_text().strip() == ""
    with pikepdf.open(io.BytesIO(flat)) as done:
        assert [str(each.Subtype) for each in done.pages[0].obj.Annots] == ["/Link"]


def test_values_without_an_appearance_are_drawn_before_they_become_content() -> None:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0), V=String("Жук"))
    flat = flatten(data_of(pdf), FONT_FILES).data
    assert pypdf.PdfReader(io.BytesIO(flat)).pages[0].extract_text().strip() == "Жук"


def test_old_appearances_are_not_trusted_where_the_form_asks_viewers_to_draw() -> None:
    pdf = empty()
    field = add(pdf, "a", "Tx", widget(pdf, 0, 0), V=String("neu"))
    field.AP = Dictionary(N=stream(pdf, b"0 0 5 5 re f"))
    flat = flatten(data_of(pdf), FONT_FILES).data
    assert pypdf.PdfReader(io.BytesIO(flat)).pages[0].extract_text().strip() == "neu"


def test_a_value_that_cannot_be_drawn_stops_flattening() -> None:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0), V=String("中"))
    with pytest.raises(Unfillable) as caught:
        flatten(data_of(pdf), FONT_FILES)
    assert [str(each) for each in caught.value.problems] == [
        "a: error: no font draws character 1 (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D) [missing-glyph]"
    ]


def test_content_that_leaves_its_coordinates_moved_does_not_move_the_fields(tmp_path: Path) -> None:
    filled = line_form("Müller")
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        pdf.pages[0].obj.Contents = pdf.make_stream(b"0.1 0 0 0.1 300 300 cm")
        moved = data_of(pdf)
    assert unlike(picture(moved, tmp_path), picture(flatten(moved, FONT_FILES).data, tmp_path)) == 0


# Accessible forms


def accessible_form(variant: str = "pdf/ua-1") -> bytes:
    """Make a form that conforms to PDF/UA-1, by WeasyPrint and what it leaves out."""
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    css = f"@font-face {{ font-family: own; src: url({FONT_FILES[0].as_uri()}) }} * {{ font-family: own }}"
    html = """<html lang="de"><head><title>Antrag</title></head><body><h1>Antrag</h1>
      <p>Name: <input name="name"></p><p>Text: <textarea name="text"></textarea></p>
      <p><input type="checkbox" name="kreuz"> ja</p></body></html>"""
    data = weasyprint.HTML(string=html).write_pdf(
        pdf_variant=variant,
        pdf_forms=True,
        font_config=fonts,
        stylesheets=[weasyprint.CSS(string=css, font_config=fonts)],
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].obj.Tabs = Name.S
        for each in pdf.pages[0].obj.Annots:
            each.F, each.TU = 4, String(f"Feld {each.T}")
            if Name.Tx == each.FT:
                each.DA = String("/Own 0 Tf 0 g")
        own = embed_characters(pdf, FONT_FILES[0], "abcdefg")
        pdf.Root.AcroForm.DR = Dictionary(Font=Dictionary(Own=own))
        return data_of(pdf)


def failures(data: bytes, profile: str) -> list[str]:
    return [each.rule_id for each in page.validate_pdf_bytes(data, profile=profile).failures]


def elements(root: Object) -> list[Dictionary]:
    kids = root.get("/K", Array([]))
    found = [each for each in (kids if isinstance(kids, Array) else [kids]) if isinstance(each, Dictionary)]
    return [part for each in found for part in (each, *elements(each))]


@pytest.mark.parametrize(("variant", "profile"), [("pdf/ua-1", "ua1"), ("pdf/a-3a", "pdfa-3a")])
def test_forms_stay_accessible_and_archivable_filled_repaired_and_flattened(variant: str, profile: str) -> None:
    values = {"name": "محمد (Ali)", "text": "नेपाली हिन्दी\nZwei"}
    filled = fill(accessible_form(variant), values, FONT_FILES, Options(read_only=True)).data
    flat = flatten(filled, FONT_FILES).data
    assert [failures(each, profile) for each in (filled, repair(filled, FONT_FILES).data, flat)] == [[], [], []]


def test_the_form_of_these_tests_is_accessible_while_it_is_empty() -> None:
    assert failures(accessible_form(), "ua1") == []


def test_fields_become_content_in_their_place_in_the_structure() -> None:
    filled = fill(accessible_form(), {"name": "محمد Ali", "text": "Zwei"}, FONT_FILES).data
    with pikepdf.open(io.BytesIO(flatten(filled, FONT_FILES).data)) as pdf:
        forms = [each for each in elements(pdf.Root.StructTreeRoot) if each.get("/S") == Name.Form]
        assert [str(each.A.Role) for each in forms] == ["/tv", "/tv", "/cb"]
        assert [str(each.A.Desc) for each in forms] == ["Feld name", "Feld text", "Feld kreuz"]
        assert str(forms[2].A["/checked"]) == "/off"
        assert [str(t) if (t := each.get("/ActualText")) else None for each in forms] == ["محمد Ali", None, None]
        parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        marks = parents[int(pdf.pages[0].obj.StructParents)]
        for each in forms:
            (mark,) = each.K
            assert marks[int(mark)].objgen == each.objgen


# Repair


def test_repair_draws_what_a_viewer_lost_and_keeps_the_values() -> None:
    filled = fill(mixed_form(), MIXED, FONT_FILES).data
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        for node in find_fields(pdf).values():
            for each in node.widgets:
                if node.kind in ("Tx", "Ch") and "/AP" in each:
                    del each["/AP"]
        pdf.Root.AcroForm.NeedAppearances = True
        broken = data_of(pdf)
    with pikepdf.open(io.BytesIO(repair(broken, FONT_FILES).data)) as pdf:
        fields = find_fields(pdf)
        assert "/NeedAppearances" not in pdf.Root.AcroForm
        texts = {"kind.0.name": "Müller", "zweimal": "Жук", "combo": "نز", "nurseite": "nur Seite"}
        assert texts == {path: "".join(drawn_texts(fields[path].widgets[0], {})) for path in texts}
        given = {path: (value,) if isinstance(value, str) else value for path, value in MIXED.items()}
        shown = {path: value_of(fields[path]) for path in MIXED}
        assert {**given, "zahl": ("2",)} == shown


def test_repair_reads_what_the_reader_of_forms_reads_and_keeps_fields_without_a_name_apart() -> None:
    pdf = empty()
    utf8 = add(pdf, "a", "Tx", widget(pdf, 0, 0))
    utf8.V = Object.parse(b"<%s>" % "Šárka".encode().hex().encode())
    for place, text in enumerate(("eins", "zwei"), 1):
        nameless = add(pdf, "", "Tx", widget(pdf, 0, place), V=String(text))
        del nameless["/T"]
    with pikepdf.open(io.BytesIO(repair(data_of(pdf), FONT_FILES).data)) as repaired:
        drawn = ["".join(drawn_texts(node.widgets[0], {})) for node in find_fields(repaired).values()]
        assert drawn == ["Šárka", "eins", "zwei"]


def test_repaired_and_filled_forms_look_alike(tmp_path: Path) -> None:
    values = {**MIXED, "gesperrt": "auch"}
    filled = fill(mixed_form(), values, FONT_FILES, Options(smallest=4, into_read_only=True)).data
    assert unlike(picture(filled, tmp_path), picture(repair(filled, FONT_FILES).data, tmp_path)) == 0


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (String("text"), ("text",)),
        (42, ("42",)),
        (Name("/Name"), ("Name",)),
        (Array([String("a"), String("b")]), ("a", "b")),
        (String(""), ()),
    ],
    ids=["text", "number", "name", "array", "empty"],
)
def test_values_are_read_whatever_their_type(value: object, expected: tuple[str, ...]) -> None:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0), V=value)
    assert expected == value_of(find_fields(pdf)["a"])


def test_a_label_where_the_export_value_belongs_is_understood() -> None:
    with pikepdf.open(io.BytesIO(mixed_form())) as pdf:
        find_fields(pdf)["combo"].dictionaries[0].V = String("Männlich")
        data = data_of(pdf)
    with pikepdf.open(io.BytesIO(repair(data, FONT_FILES).data)) as pdf:
        assert value_of(find_fields(pdf)["combo"]) == ("m",)


def test_a_text_longer_than_the_field_would_take_is_drawn_all_the_same() -> None:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0), V=String("lang"), MaxLen=2)
    with pikepdf.open(io.BytesIO(repair(data_of(pdf), FONT_FILES).data)) as done:
        assert drawn_texts(find_fields(done)["a"].widgets[0], {}) == ("lang",)


# Real forms, and the command line


@pytest.mark.skipif(SAMPLES is None, reason="FORMKIT_SAMPLES names no folder of sample forms")
def test_real_forms_are_repaired_and_flattened_or_refused() -> None:
    done, refused = [], {}
    for path in sorted((Path(SAMPLES or "") / "acroforms").glob("*.pdf")):
        try:
            repaired = repair(path, FONT_FILES)
            done.append((path.name, flatten(repaired.data, FONT_FILES).fields))
        except FormkitError as error:
            refused[path.name] = error.message
    assert len(done) >= 30
    assert all(message for message in refused.values())


@pytest.fixture
def filled_file(tmp_path: Path) -> Path:
    path = tmp_path / "antrag.pdf"
    path.write_bytes(fill(mixed_form(), MIXED, FONT_FILES).data)
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "formkit", *arguments], capture_output=True, text=True)


@pytest.mark.parametrize("command", ["repair", "flatten"])
def test_the_commands_write_a_file_and_never_over_another(command: str, filled_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    first = run(command, filled_file, "-o", out)
    assert (0, f"{out}\n") == (first.returncode, first.stdout)
    assert "fields" in first.stderr
    written = out.read_bytes()
    again = run(command, filled_file, "-o", out)
    assert again.returncode == 3
    assert "is there already" in again.stderr
    assert run(command, filled_file, "-o", out, "--force").returncode == 0
    assert written == out.read_bytes()


@pytest.mark.parametrize("command", ["repair", "flatten"])
def test_the_commands_name_what_cannot_be_drawn_and_write_nothing(command: str, tmp_path: Path) -> None:
    pdf = empty()
    add(pdf, "a.b", "Tx", widget(pdf, 0, 0), V=String("中"), Ff=MULTILINE)
    path, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    path.write_bytes(data_of(pdf))
    done = run(command, path, "-o", out)
    assert done.returncode == 1
    assert "a.b: error: no font draws character 1 (U+4E2D" in done.stderr
    assert not out.exists()


def test_a_damaged_file_ends_the_command_with_3(tmp_path: Path) -> None:
    path = tmp_path / "in.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    done = run("repair", path, "-o", tmp_path / "out.pdf")
    assert done.returncode == 3
    assert "in.pdf: the file is damaged" in done.stderr
