"""The reader of forms: every way in which programs write values, found in both trees, and hostile files."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from acroforms import COMB, COMBO, MULTI_SELECT, MULTILINE, PUSH, RADIO, READ_ONLY, REQUIRED, Form, increment, samples
from formkit.errors import UnreadablePdf
from formkit.pdf import field_tree, objects
from formkit.pdf.fields import Doubt, Kind, PdfField, PdfForm, Why, read_form
from formkit.pdf.flags import Flags
from formkit.pdf.plain import flag_names, from_plain, to_plain
from formkit.pdf.text_strings import decode_name, decode_text

CANARY = "Geheimwort-4711"


@pytest.fixture
def form() -> Form:
    return Form()


@pytest.fixture
def read(form: Form, tmp_path: Path) -> Callable[..., PdfForm]:
    """Save the form with these nodes in /Fields and read it."""
    return lambda *top: read_form(form.save(tmp_path / "form.pdf", top))


@pytest.fixture
def value(form: Form, read: Callable[..., PdfForm]) -> Callable[..., tuple[str, ...]]:
    """Read a field of one widget with these entries and return its values."""
    return lambda **entries: read(form.widget(**({"T": "feld", "FT": Name.Tx} | entries))).fields[0].values


# --- Texts ---------------------------------------------------------------------------------------------------

TEXTS = {
    "PDFDocEncoding": (b"M\xfcller \x93 \xa0", "Müller ﬁ €"),
    "PDFDocEncoding below the blank": (b"\x18\x1f", "˘˜"),
    "UTF-16BE": (b"\xfe\xff" + "Müller محمد".encode("utf-16-be"), "Müller محمد"),
    "astral": (b"\xfe\xff" + "𝄞😀".encode("utf-16-be"), "𝄞😀"),
    "UTF-16LE": (b"\xff\xfe" + "Київ".encode("utf-16-le"), "Київ"),
    "UTF-8 with its mark": (codecs.BOM_UTF8 + "ሰላም".encode(), "ሰላም"),
    "UTF-8 without its mark": ("Müller, Привіт – 你好".encode(), "Müller, Привіт – 你好"),
    "invalid UTF-8": (b"M\xfcller \xc3\xbc", "Müller Ã¼"),
    "capital and closing mark": (b"MEN\xdc\x8e", "MENÜ”"),
    "capital at the end in UTF-8": ("MENÜ".encode(), "MENÜ"),
    "CR": (b"a\rb", "a\nb"),
    "CR LF": (b"a\r\nb", "a\nb"),
    "LF": (b"a\nb", "a\nb"),
    "CR LF in UTF-16": (b"\xfe\xff" + "ж\r\nü\rz".encode("utf-16-be"), "ж\nü\nz"),
    "language escape": (b"\xfe\xff" + "\x1bde\x1bHallo \x1benGB\x1bhello".encode("utf-16-be"), "Hallo hello"),
    "language escape, packed": (b"\xfe\xff\x00\x1bdeDE\x00\x1b\x00H", "H"),
    "language escape in bytes": (b"\x1bde\x1bHallo", "Hallo"),
    "no language between escapes": (b"\xfe\xff" + "a\x1b中\x1bb".encode("utf-16-be"), "a\x1b中\x1bb"),
    "lone surrogate": (b"\xfe\xff\x00a\xd8\x3d\x00b", "a\ufffdb"),
    "half a character": (b"\xfe\xff\x00a\x00", "a\ufffd"),
    "invalid UTF-8 with its mark": (codecs.BOM_UTF8 + b"a\xffb", "a\ufffdb"),
    "nothing": (b"", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_read_whatever_its_encoding(name: str, value: Callable[..., tuple[str, ...]]) -> None:
    raw, expected = TEXTS[name]
    assert ((expected,) if expected else ()) == value(V=String(raw))


@pytest.mark.parametrize("name", ["lone surrogate", "half a character", "invalid UTF-8 with its mark"])
def test_a_text_with_bytes_that_mean_nothing_is_said_to_be_in_doubt(
    name: str, form: Form, read: Callable[..., PdfForm]
) -> None:
    found = read(form.widget(T="feld", FT=Name.Tx, V=String(TEXTS[name][0])))
    assert (Doubt("feld", Why.DAMAGED_TEXT),) == found.doubts


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x1b"), max_size=40))
def test_any_text_comes_back_from_utf16_and_utf8(text: str) -> None:
    assert text == decode_text(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))
    assert text == decode_text(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    assert text == decode_text(codecs.BOM_UTF8 + text.encode())


@given(
    st.text(
        st.sampled_from(
            [bytes([code]).decode("pdfdoc") for code in range(0x20, 0xFF) if code not in (0x7F, 0x9F, 0xAD)]
        )
    )
)
def test_a_text_in_pdfdocencoding_comes_back_unless_it_is_valid_utf8(text: str) -> None:
    raw = text.encode("pdfdoc")
    try:
        raw.decode()
        looks_like_utf8 = not raw.isascii()
    except UnicodeDecodeError:
        looks_like_utf8 = False
    marked = raw.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF8))
    if not looks_like_utf8 and not marked:
        assert text == decode_text(raw)


@given(st.binary(max_size=60))
def test_no_bytes_stop_the_reading_of_a_text_or_name(raw: bytes) -> None:
    decode_text(raw).encode()
    decode_name(raw).encode()


@pytest.mark.parametrize(
    ("given_value", "expected"),
    [
        (42, "42"),
        (Decimal("4.50"), "4.50"),
        (Name("/Foo Bar"), "Foo Bar"),
        (True, "true"),
    ],
    ids=["number", "decimal", "name", "truth"],
)
def test_a_number_a_name_or_a_truth_value_is_a_text(
    given_value: object, expected: str, value: Callable[..., tuple[str, ...]]
) -> None:
    assert (expected,) == value(V=given_value)


def test_a_stream_is_a_text(form: Form, value: Callable[..., tuple[str, ...]]) -> None:
    assert value(V=form.stream(b"\xfe\xff" + "Müller\r\nzwei".encode("utf-16-be"))) == ("Müller\nzwei",)


def test_an_array_is_several_texts(value: Callable[..., tuple[str, ...]]) -> None:
    assert value(V=Array([String("eins"), Name.zwei])) == ("eins", "zwei")


def test_a_value_that_is_no_text_is_said_to_be_in_doubt(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.widget(T="feld", FT=Name.Tx, V=Dictionary(Foo=1)))
    assert ((), (Doubt("feld", Why.NOT_TEXT),)) == (found.fields[0].values, found.doubts)


# --- The tree ------------------------------------------------------------------------------------------------


def test_everything_a_field_says_is_read(form: Form, read: Callable[..., PdfForm]) -> None:
    flags = READ_ONLY | REQUIRED | COMB
    found = read(form.widget(T="iban", FT=Name.Tx, V="DE02", Ff=flags, MaxLen=34, TU="2.1 IBAN (Pflicht) – رقم"))
    assert (
        PdfForm(
            (PdfField("iban", Kind.TEXT, ("DE02",), (), (), Flags(flags), 34, "2.1 IBAN (Pflicht) – رقم", (1,)),),
            pages=1,
        )
        == found
    )
    assert flag_names(found.fields[0].flags) == ["read_only", "required", "comb"]


def test_type_flags_length_and_value_are_inherited(form: Form, read: Callable[..., PdfForm]) -> None:
    above = form.node(
        form.widget(T="a"),
        form.widget(T="b", V="eigen", Ff=0),
        T="oben",
        FT=Name.Tx,
        V="geerbt",
        Ff=MULTILINE,
        MaxLen=9,
    )
    assert [
        PdfField("oben.a", Kind.TEXT, ("geerbt",), flags=Flags.MULTILINE, max_length=9, pages=(1,)),
        PdfField("oben.b", Kind.TEXT, ("eigen",), flags=Flags(0), max_length=9, pages=(1,)),
    ] == list(read(above).fields)


def test_a_name_is_joined_from_all_levels_and_may_hold_dots_itself(form: Form, read: Callable[..., PdfForm]) -> None:
    nested = form.node(form.node(form.widget(T="name", FT=Name.Tx), T="0"), T="kind")
    dotted = form.widget(T="kind.1.name", FT=Name.Tx)
    assert [field.name for field in read(nested, dotted).fields] == ["kind.0.name", "kind.1.name"]


def test_the_value_on_a_widget_alone_is_that_of_its_field(form: Form, read: Callable[..., PdfForm]) -> None:
    assert read(form.node(form.widget(V="unten"), form.widget(), T="feld", FT=Name.Tx)).fields[0].values == ("unten",)


def test_a_value_on_a_widget_that_differs_from_its_field_is_kept_and_in_doubt(
    form: Form, read: Callable[..., PdfForm]
) -> None:
    found = read(form.node(form.widget(V="alt"), form.widget(), T="feld", FT=Name.Tx, V="neu"))
    assert (found.fields[0].values, found.doubts) == (("neu", "alt"), (Doubt("feld", Why.CONTRADICTORY),))


def test_a_field_with_several_widgets_is_one_field_on_all_their_pages(tmp_path: Path) -> None:
    form = Form(pages=3)
    field = form.node(form.widget(3), form.widget(1), form.widget(1), T="feld", FT=Name.Tx, V="x")
    found = read_form(form.save(tmp_path / "form.pdf", [field]))
    assert ([(f.name, f.values, f.pages) for f in found.fields], found.pages) == ([("feld", ("x",), (1, 3))], 3)


def test_a_widget_outside_the_field_tree_is_found_on_its_page(form: Form, read: Callable[..., PdfForm]) -> None:
    form.node(form.widget(T="ort", V="Waiblingen"), T="wohnung", FT=Name.Tx)
    form.widget(T="allein", FT=Name.Tx, V="auch")
    assert [(f.name, f.values) for f in read().fields] == [("wohnung.ort", ("Waiblingen",)), ("allein", ("auch",))]


def test_the_two_trees_are_joined_by_full_name(form: Form, read: Callable[..., PdfForm]) -> None:
    leaf = form.node(T="feld", FT=Name.Tx, V="im Baum", TU="Frage")
    form.widget(T="feld", FT=Name.Tx)
    assert (PdfField("feld", Kind.TEXT, ("im Baum",), tooltip="Frage", pages=(1,)),) == read(leaf).fields


def test_a_leaf_without_a_widget_is_a_field_without_a_page(form: Form, read: Callable[..., PdfForm]) -> None:
    assert (PdfField("feld", Kind.TEXT, ("x",)),) == read(form.node(T="feld", FT=Name.Tx, V="x")).fields


def test_siblings_of_one_name_are_one_field(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.widget(T="feld", FT=Name.Tx, V="x"), form.widget(T="feld", FT=Name.Tx, V="x"))
    assert ([(f.name, f.values) for f in found.fields], found.doubts) == ([("feld", ("x",))], ())


def test_siblings_that_contradict_each_other_lose_nothing_and_are_in_doubt(
    form: Form, read: Callable[..., PdfForm]
) -> None:
    found = read(form.widget(T="feld", FT=Name.Tx, V="x"), form.widget(T="feld", FT=Name.Tx, V="y"))
    assert (("x", "y"), (Doubt("feld", Why.CONTRADICTORY),)) == (found.fields[0].values, found.doubts)


def test_fields_without_a_name_stay_apart(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.widget(FT=Name.Tx, V="x"), form.widget(FT=Name.Tx, V="y"))
    assert [(f.name, f.values) for f in found.fields] == [("", ("x",)), ("", ("y",))]


def test_a_circle_among_fields_is_walked_once(form: Form, read: Callable[..., PdfForm]) -> None:
    inner = form.widget(T="b", FT=Name.Tx, V="x")
    outer = form.node(inner, T="a")
    inner.Kids = Array([outer])
    assert [(f.name, f.values) for f in read(outer).fields] == [("a.b", ("x",))]


def test_fields_that_are_no_objects_of_their_own_are_read_with_those_below_them(
    form: Form, read: Callable[..., PdfForm]
) -> None:
    kids = [Dictionary(T=String(name), FT=Name.Tx, V=String(name)) for name in "ab"]
    found = read(Dictionary(T=String("x"), Kids=Array(kids)), Dictionary(T=String("y"), Kids=Array(kids[:1])))
    assert [each.name for each in found.fields] == ["x.a", "x.b", "y.a"]


def test_fields_nested_too_deep_are_refused(form: Form, read: Callable[..., PdfForm]) -> None:
    node = form.widget(T="x", FT=Name.Tx)
    for _ in range(objects.MAX_DEPTH + 1):
        node = form.node(node, T="x")
    with pytest.raises(UnreadablePdf, match="nested deeper than the 64 levels"):
        read(node)


# --- Boxes, radio groups, lists ------------------------------------------------------------------------------


def test_a_ticked_box_has_its_on_state_whatever_it_is_called(form: Form, read: Callable[..., PdfForm]) -> None:
    boxes = [
        form.box(state, T=f"b{number}", FT=Name.Btn, V=Name(f"/{state}"), AS=Name(f"/{state}"))
        for number, state in enumerate(["ja", "Ja wohl", "Weiß", "1"])
    ]
    boxes.append(form.box("ja", T="leer", FT=Name.Btn, V=Name.Off))
    expected = [
        (("ja",), ("ja",)),
        (("Ja wohl",), ("Ja wohl",)),
        (("Weiß",), ("Weiß",)),
        (("1",), ("1",)),
        ((), ("ja",)),
    ]
    assert expected == [(f.values, f.states) for f in read(*boxes).fields]
    assert {Kind.CHECK} == {f.kind for f in read(*boxes).fields}


def test_a_state_in_raw_latin1_is_read(form: Form, tmp_path: Path) -> None:
    path = form.save(tmp_path / "form.pdf", [form.box("WeiQ", T="b", FT=Name.Btn, V=Name.WeiQ, AS=Name.WeiQ)])
    path.write_bytes(path.read_bytes().replace(b"/WeiQ", b"/Wei\xdf"))
    found = read_form(path).fields[0]
    assert (found.values, found.states) == (("Weiß",), ("Weiß",))


def test_the_appearance_counts_where_a_box_has_no_value(form: Form, read: Callable[..., PdfForm]) -> None:
    ticked = form.box("ja", T="an", FT=Name.Btn, AS=Name.ja)
    off = form.box("ja", T="aus", FT=Name.Btn)
    assert [f.values for f in read(ticked, off).fields] == [("ja",), ()]


def test_the_value_of_a_box_counts_before_its_appearance_and_is_in_doubt(
    form: Form, read: Callable[..., PdfForm]
) -> None:
    found = read(form.box("ja", T="b", FT=Name.Btn, V=Name.Off, AS=Name.ja))
    assert (found.fields[0].values, found.doubts) == ((), (Doubt("b", Why.SHOWN_OTHERWISE),))


def test_a_box_without_appearances_has_the_state_it_is_in(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.widget(T="b", FT=Name.Btn, V=Name.x, AS=Name.x)).fields[0]
    assert (found.values, found.states) == (("x",), ("x",))


@pytest.mark.parametrize("written", [Name.b, String("b")], ids=["name", "string"])
def test_the_value_of_a_radio_group_is_a_name_or_a_string(
    written: pikepdf.Object, form: Form, read: Callable[..., PdfForm]
) -> None:
    group = form.node(
        form.box("a"), form.box("b", AS=Name.b), form.box("c"), T="wahl", FT=Name.Btn, Ff=RADIO, V=written
    )
    (found,) = read(group).fields
    assert (found.kind, found.values, found.states) == (Kind.RADIO, ("b",), ("a", "b", "c"))


def test_a_radio_group_may_have_its_value_on_the_widgets_alone(form: Form, read: Callable[..., PdfForm]) -> None:
    widgets = [form.box("a", V=Name.b), form.box("b", V=Name.b, AS=Name.b)]
    assert read(form.node(*widgets, T="wahl", FT=Name.Btn, Ff=RADIO)).fields[0].values == ("b",)


@pytest.mark.parametrize("written", [Name("/1"), String("grün")], ids=["state", "export value"])
def test_opt_gives_the_export_value_of_a_state(
    written: pikepdf.Object, form: Form, read: Callable[..., PdfForm]
) -> None:
    widgets = [form.box("0"), form.box("1", AS=Name("/1")), form.box("2")]
    exports = Array([String("rot"), String("grün"), String("blau")])
    form_read = read(form.node(*widgets, T="farbe", FT=Name.Btn, Ff=RADIO, Opt=exports, V=written))
    found = form_read.fields[0]
    assert form_read.doubts == ()
    assert (found.values, found.options) == (("grün",), (("rot", "0"), ("grün", "1"), ("blau", "2")))


def test_states_are_places_in_opt_where_a_button_is_missing(form: Form, read: Callable[..., PdfForm]) -> None:
    exports = Array([String("rot"), String("grün"), String("blau")])
    group = form.node(form.box("2"), form.box("0"), T="farbe", FT=Name.Btn, Ff=RADIO, Opt=exports, V=Name("/2"))
    assert read(group).fields[0].values == ("blau",)


def test_a_box_may_have_an_appearance_while_pressed_alone(form: Form, read: Callable[..., PdfForm]) -> None:
    pressed = Dictionary(D=form.appearances("/ja").N)
    assert read(form.widget(T="b", FT=Name.Btn, AP=pressed)).fields[0].states == ("ja",)


def test_a_state_that_no_box_has_is_kept_and_in_doubt(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.node(form.box("a"), T="wahl", FT=Name.Btn, Ff=RADIO, V=Name.z))
    assert (("z",), (Doubt("wahl", Why.UNKNOWN_STATE),)) == (found.fields[0].values, found.doubts)


def test_a_push_button_and_an_empty_signature_have_no_value(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.widget(T="drucken", FT=Name.Btn, Ff=PUSH), form.widget(T="sig", FT=Name.Sig))
    assert [(f.kind, f.values) for f in found.fields] == [(Kind.PUSH, ()), (Kind.SIGNATURE, ())]
    assert found.signatures == 0


PAIRS = Array(
    [Array([String("de"), String("Deutsch")]), Array([String("ar"), String("Arabisch – العربية")]), String("xx")]
)


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ({"V": String("ar")}, ("ar",)),
        ({"V": String("Deutsch")}, ("de",)),
        ({"V": Array([String("de"), String("xx")]), "Ff": MULTI_SELECT}, ("de", "xx")),
        ({"I": Array([1])}, ("ar",)),
        ({"V": String("ganz anders"), "Ff": COMBO}, ("ganz anders",)),
        ({"V": String("")}, ()),
        ({}, ()),
    ],
    ids=["export value", "label", "several", "place", "typed", "empty", "none"],
)
def test_a_choice_has_the_export_values_of_what_is_chosen(
    entries: dict[str, Any], expected: tuple[str, ...], form: Form, read: Callable[..., PdfForm]
) -> None:
    (found,) = read(form.widget(T="sprache", FT=Name.Ch, Opt=PAIRS, **entries)).fields
    options = (("de", "Deutsch"), ("ar", "Arabisch – العربية"), ("xx", "xx"))
    assert (Kind.CHOICE, expected, options) == (found.kind, found.values, found.options)


# --- What one must know of a file ----------------------------------------------------------------------------


def test_the_newest_revision_counts(form: Form, tmp_path: Path) -> None:
    path = form.save(tmp_path / "form.pdf", [form.widget(T="feld", FT=Name.Tx, V="alt")])
    with pikepdf.open(path) as pdf:
        widget = pdf.Root.AcroForm.Fields[0]
        widget.V = String("neu – Ж")
        body = widget.unparse(resolved=True)
        increment(path, (widget, body))
    found = read_form(path)
    assert (found.fields[0].values, found.revisions, found.repaired) == (("neu – Ж",), 2, False)


def test_a_linearised_file_is_one_revision(form: Form, tmp_path: Path) -> None:
    path = form.save(tmp_path / "form.pdf", [form.widget(T="feld", FT=Name.Tx, V="x")], linearize=True)
    assert (read_form(path).fields[0].values, read_form(path).revisions) == (("x",), 1)


def test_an_encrypted_file_with_an_empty_password_is_read(form: Form, tmp_path: Path) -> None:
    locked = pikepdf.Encryption(owner="amt", user="")
    found = read_form(form.save(tmp_path / "form.pdf", [form.widget(T="feld", FT=Name.Tx, V="Ж")], encryption=locked))
    assert (found.fields[0].values, found.encrypted) == (("Ж",), True)


def test_a_file_locked_by_a_password_is_one_message(form: Form, tmp_path: Path) -> None:
    locked = pikepdf.Encryption(owner="amt", user="geheim")
    path = form.save(tmp_path / "form.pdf", [form.widget(T="feld", FT=Name.Tx, V="Ж")], encryption=locked)
    with pytest.raises(UnreadablePdf, match="locked by a password") as stop:
        read_form(path)
    assert (stop.value.exit_code, "Open it with its password" in stop.value.advice) == (3, True)


@pytest.mark.parametrize("packets", [False, True], ids=["one stream", "array"])
def test_xfa_beside_fields_is_noticed_and_the_fields_are_read(
    packets: bool, form: Form, read: Callable[..., PdfForm]
) -> None:
    stream = form.stream(b"<xdp/>")
    form.pdf.Root.AcroForm.XFA = Array([String("template"), stream]) if packets else stream
    found = read(form.widget(T="feld", FT=Name.Tx, V="x"))
    assert (found.xfa, found.fields[0].values) == (True, ("x",))


def test_a_form_in_xfa_alone_is_one_message(form: Form, read: Callable[..., PdfForm]) -> None:
    form.pdf.Root.AcroForm.XFA = form.stream(b"<xdp/>")
    with pytest.raises(UnreadablePdf, match="a form in XFA alone"):
        read()


def test_a_signature_is_noticed(form: Form, read: Callable[..., PdfForm]) -> None:
    found = read(form.widget(T="sig", FT=Name.Sig, V=Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"))))
    assert (found.signatures, found.fields[0].values, found.doubts) == (1, (), ())


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


@pytest.mark.parametrize("place", ["opening", "document", "names", "page", "field", "above", "action"])
def test_scripts_are_noticed_wherever_they_stand(place: str, form: Form, read: Callable[..., PdfForm]) -> None:
    widget = form.widget(T="feld", FT=Name.Tx, V="x")
    above = form.node(widget, T="oben")
    root = form.pdf.Root
    match place:
        case "opening":
            root.OpenAction = SCRIPT
        case "document":
            root.AA = Dictionary(WC=SCRIPT)
        case "names":
            root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), SCRIPT])))
        case "page":
            form.pages[0].AA = Dictionary(O=SCRIPT)
        case "field":
            widget.AA = Dictionary(K=SCRIPT)
        case "above":
            above.AA = Dictionary(K=SCRIPT)
        case "action":
            widget.A = SCRIPT
    assert read(above).scripts


def test_a_form_without_scripts_is_not_said_to_have_any(form: Form, read: Callable[..., PdfForm]) -> None:
    form.pdf.Root.OpenAction = Array([form.pages[0], Name.Fit])
    assert not read(
        form.widget(T="feld", FT=Name.Tx, A=Dictionary(S=Name.URI, URI=String("https://example.org")))
    ).scripts


def test_our_marks_are_read(form: Form, read: Callable[..., PdfForm]) -> None:
    form.pdf.docinfo["/FormkitForm"] = String("but-hauptantrag")
    form.pdf.docinfo["/FormkitVersion"] = String("3")
    form.pdf.docinfo["/Title"] = String("Antrag")
    assert read().marks == {"Form": "but-hauptantrag", "Version": "3"}


def test_a_file_whose_table_is_damaged_is_read_and_said_to_be_damaged(form: Form, tmp_path: Path) -> None:
    path = form.save(tmp_path / "form.pdf", [form.widget(T="feld", FT=Name.Tx, V="x")])
    path.write_bytes(path.read_bytes().rpartition(b"startxref")[0])
    assert (read_form(path).fields[0].values, read_form(path).repaired) == (("x",), True)


# --- Limits and errors ---------------------------------------------------------------------------------------


def test_a_value_at_the_limit_is_read_and_one_beyond_it_is_refused(value: Callable[..., tuple[str, ...]]) -> None:
    longest = "Ж" * objects.MAX_TEXT
    assert (longest,) == value(V=longest)
    with pytest.raises(UnreadablePdf, match="field 'feld': a text in it is longer than the 5000 characters"):
        value(V=longest + "Ж")


@pytest.mark.parametrize("filters", [1, 2])
def test_a_bomb_of_a_stream_is_refused(filters: int, form: Form, value: Callable[..., tuple[str, ...]]) -> None:
    import zlib

    packed = b"a" * 20_000_000
    for _ in range(filters):
        packed = zlib.compress(packed, 9)
    stream = form.stream(b"")
    stream.write(packed, filter=Array([Name.FlateDecode] * filters))
    with pytest.raises(UnreadablePdf, match="longer than the 5000 characters"):
        value(V=stream)


def test_fields_at_the_limit_are_read_and_one_more_is_refused(form: Form, read: Callable[..., PdfForm]) -> None:
    nodes = [form.node(T=f"f{number}", FT=Name.Tx) for number in range(field_tree.MAX_FIELDS)]
    assert len(read(*nodes).fields) == field_tree.MAX_FIELDS
    with pytest.raises(UnreadablePdf, match="more than the 5000 fields"):
        read(*nodes, form.widget(T="mehr", FT=Name.Tx))


def test_a_file_beyond_the_limit_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "gross.pdf"
    with path.open("wb") as file:
        file.truncate(objects.MAX_BYTES + 1)
    with pytest.raises(UnreadablePdf, match=r"gross\.pdf: the file has 20\.0 MB, more than the 20 MB"):
        read_form(path)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.mkdir(), "is not a regular file"),
        (lambda path: os.mkfifo(path), "is not a regular file"),
        (lambda path: path.write_bytes(b""), "is damaged or no PDF file"),
        (lambda path: path.write_bytes(b"PK\x03\x04"), "is damaged or no PDF file"),
        (lambda path: pikepdf.new().save(path), "is damaged: it has no pages"),
    ],
    ids=["missing", "folder", "pipe", "empty", "zip", "no pages"],
)
def test_what_is_no_pdf_file_is_one_message(make: Callable[[Path], object], message: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    make(path)
    with pytest.raises(UnreadablePdf, match=rf"x\.pdf: .*{message}"):
        read_form(path)


def test_no_message_and_no_chained_error_holds_a_value(form: Form, tmp_path: Path) -> None:
    path = form.save(tmp_path / "form.pdf", [form.widget(T="feld", FT=Name.Tx, V=CANARY)])
    data = path.read_bytes()
    assert CANARY.encode() in data
    refused = [error for end in range(0, len(data), 40) if (error := refusal(path, data[:end]))]
    assert len(refused) > 5
    assert [error for error in refused if CANARY in f"{error.message}{error.advice}"] == []
    assert {(error.__cause__, error.__suppress_context__) for error in refused} == {(None, True)}


def refusal(path: Path, data: bytes) -> UnreadablePdf | None:
    """Return the error that reading these bytes ends in, if it does."""
    path.write_bytes(data)
    try:
        assert read_form(path).pages >= 1
    except UnreadablePdf as error:
        return error
    return None


@given(data=st.data())
def test_a_file_with_wrong_bytes_is_read_or_refused_and_nothing_else(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "wrong.pdf"
    raw = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    error = refusal(path, bytes(raw))
    assert error is None or CANARY not in error.message


def _sound() -> bytes:
    import io

    form = Form(pages=2)
    group = form.node(form.box("a"), form.box("b", 2, AS=Name.b), T="wahl", FT=Name.Btn, Ff=RADIO, V=Name.b)
    form.pdf.Root.AcroForm.Fields = Array([form.widget(T="feld", FT=Name.Tx, V=CANARY), group])
    target = io.BytesIO()
    form.pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return target.getvalue()


SOUND = _sound()


# --- Plain data ----------------------------------------------------------------------------------------------

names = st.text(max_size=8)
fields = st.builds(
    PdfField,
    names,
    st.sampled_from(Kind),
    st.lists(names, max_size=3).map(tuple),
    st.lists(names, max_size=3).map(tuple),
    st.lists(st.tuples(names, names), max_size=3).map(tuple),
    st.integers(0, 2**32 - 1).map(Flags),
    st.none() | st.integers(0, 100),
    names,
    st.lists(st.integers(1, 9), max_size=3).map(tuple),
)


@given(
    st.builds(
        PdfForm,
        st.lists(fields, max_size=3).map(tuple),
        st.dictionaries(names, names),
        doubts=st.lists(st.builds(Doubt, names, st.sampled_from(Why))).map(tuple),
    )
)
def test_a_form_comes_back_from_its_plain_data_through_json(form: PdfForm) -> None:
    assert form == from_plain(json.loads(json.dumps(to_plain(form))))


# --- A second reader -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", samples("acroforms/*.pdf"))
def test_pypdf_reads_the_same_values_from_a_sound_file(path: Path) -> None:
    try:
        ours = {field.name: field for field in read_form(path).fields}
    except UnreadablePdf:
        pytest.skip("the file cannot be read")
    try:
        theirs = PdfReader(path).get_fields() or {}
    except PyPdfError:
        pytest.skip("pypdf cannot read its fields")
    # pypdf lists nodes above fields too, and gives a field without a value no value at all.
    told = {name: field for name, field in theirs.items() if name in ours and isinstance(field.value, str)}
    told = {name: field for name, field in told.items() if field.value}
    assert {name: their_value(ours[name], str(field.value)) for name, field in told.items()} == {
        name: ours[name].values for name in told
    }


def their_value(field: PdfField, told: str) -> tuple[str, ...]:
    """Return what pypdf tells as we would: states without slash, nothing for Off, line ends as line feeds."""
    if field.kind in (Kind.CHECK, Kind.RADIO):
        exports = {state: export for export, state in field.options}
        state = told.removeprefix("/")
        return () if state in ("Off", "") else (exports.get(state, state),)
    return (told.replace("\r\n", "\n").replace("\r", "\n"),)


segments = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=6)
forms_by_name = st.recursive(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x1b"), max_size=20),
    lambda below: st.dictionaries(segments, below, min_size=1, max_size=4),
    max_leaves=12,
)


def flattened(tree: dict[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, below in tree.items():
        if isinstance(below, str):
            yield above + name, below
        else:
            yield from flattened(below, f"{above}{name}.")


def nodes(form: Form, tree: dict[str, Any]) -> list[pikepdf.Object]:
    """Make the nodes of a tree of names; texts become the values of leaves, in UTF-16: nothing to guess."""
    return [
        form.widget(T=utf16(name), FT=Name.Tx, V=utf16(below))
        if isinstance(below, str)
        else form.node(*nodes(form, below), T=utf16(name))
        for name, below in tree.items()
    ]


def utf16(text: str) -> String:
    return String(codecs.BOM_UTF16_BE + text.encode("utf-16-be"))


@given(tree=st.dictionaries(segments, forms_by_name, min_size=1, max_size=4))
def test_any_tree_of_fields_is_read_as_it_was_written(
    tree: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    form = Form()
    path = form.save(tmp_path_factory.getbasetemp() / "tree.pdf", nodes(form, tree))
    found = {field.name: field.values for field in read_form(path).fields}
    assert found == {name: (text,) if text else () for name, text in flattened(tree)}
