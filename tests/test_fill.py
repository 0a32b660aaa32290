"""Filling: every script into every kind of field, read back by other libraries; what cannot be filled is an error."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String

from formkit.errors import FormkitError, Unfillable, UnreadablePdf
from formkit.pdf import verify
from formkit.pdf.choices import options
from formkit.pdf.faces import face
from formkit.pdf.field_tree import MAX_FIELDS
from formkit.pdf.fields import read_form
from formkit.pdf.fill import SMALLEST_FOREIGN, Options, fill
from formkit.pdf.flags import Flags
from formkit.pdf.tree import Node, find_fields, readable, states
from made_forms import FONT_FILES, VALUES, add, data_of, empty, mixed_form, text_form, widget

SAMPLES = os.environ.get("FORMKIT_SAMPLES")
NAMES = {f"{name}{kind}": value for name, value in VALUES.items() for kind in ("", "-block", "-comb")}
MIXED: Mapping[str, str | tuple[str, ...]] = {
    "wohl": "Ja wohl",
    "weiss": "Weiß",
    "latin1": "Weiß",
    "farbe": "grün",
    "zahl": "größer",
    "combo": "w",
    "frei": "Eigenes محمد",
    "liste": ("o1", "o3"),
    "kind.0.name": "Müller",
    "zweimal": "Жук",
    "fest": "fest",
    "gedreht": "Gedreht",
    "kurz": "kurz",
    "ohne": "Yes",
    "nurseite": "nur Seite",
}


def read(data: bytes) -> dict[str, object]:
    """Read values with a library that has no part in filling."""
    fields = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    return {path: field.get("/V") for path, field in fields.items()}


def problems(data: bytes, values: Mapping[str, str | tuple[str, ...]], **wanted: object) -> dict[str, str]:
    with pytest.raises(Unfillable) as caught:
        fill(data, values, FONT_FILES, Options(**wanted))  # type: ignore[arg-type]
    return {problem.where.file: problem.check for problem in caught.value.problems}


def one(**entries: object) -> bytes:
    """Make a form of one text field."""
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0), **entries)
    return data_of(pdf)


def test_every_script_is_filled_into_lines_blocks_and_combs_and_read_back() -> None:
    filled = fill(text_form(list(VALUES)), NAMES, FONT_FILES)
    assert read(filled.data) == NAMES
    assert (len(NAMES), ()) == (filled.fields, filled.notes)


def test_every_kind_of_field_has_its_value_as_other_libraries_expect_it() -> None:
    found = read(fill(mixed_form(), MIXED, FONT_FILES).data)
    names = {"wohl": "/Ja wohl", "weiss": "/Weiß", "farbe": "/grün", "zahl": "/2", "ohne": "/Yes"}
    assert names == {path: found[path] for path in names}
    assert found["liste"] == ["o1", "o3"]
    texts = [path for path in ("combo", "frei", "kind.0.name", "zweimal", "fest", "gedreht", "kurz")]
    assert {path: MIXED[path] for path in texts} == {path: found[path] for path in texts}


def test_states_are_names_and_radio_groups_keep_their_value_on_the_parent_only() -> None:
    with pikepdf.open(io.BytesIO(fill(mixed_form(), MIXED, FONT_FILES).data)) as pdf:
        fields = find_fields(pdf)
        for path, expected in {"farbe": ["Off", "Off", "grün"], "zahl": ["Off", "Off", "2"]}.items():
            node = fields[path]
            assert isinstance(node.dictionaries[0].V, Name)
            assert expected == [str(each.AS)[1:] for each in node.widgets]
            assert not any("/V" in each for each in node.widgets)
        latin1 = fields["latin1"]
        assert b"/Wei#df" == latin1.dictionaries[0].V.unparse() == latin1.widgets[0].AS.unparse()
        assert [int(each) for each in fields["liste"].dictionaries[0].I] == [1, 3]


def test_a_field_with_two_widgets_is_drawn_in_both() -> None:
    with pikepdf.open(io.BytesIO(fill(mixed_form(), {"zweimal": "Жук"}, FONT_FILES).data)) as pdf:
        for each in find_fields(pdf)["zweimal"].widgets:
            assert verify.drawn_texts(each, {}) == ("Жук",)


def test_a_list_draws_labels_and_keeps_export_values() -> None:
    with pikepdf.open(io.BytesIO(fill(mixed_form(), {"combo": "w"}, FONT_FILES).data)) as pdf:
        node = find_fields(pdf)["combo"]
        assert verify.drawn_texts(node.widgets[0], {}) == ("نز",)
        assert str(node.dictionaries[0].V) == "w"


def test_values_go_away_again() -> None:
    filled = fill(mixed_form(), MIXED, FONT_FILES).data
    emptied = read(fill(filled, dict.fromkeys(MIXED, ()), FONT_FILES).data)
    assert {None, "/Off"} == {emptied[path] for path in MIXED if path != "nurseite"}


def test_all_that_is_wrong_is_said_at_once_before_anything_is_written() -> None:
    wrong = {
        "x": "y",
        "wohl": "zz",
        "kurz": "zu lang",
        "zahl": "vier",
        "liste": ("o9",),
        "combo": ("m", "w"),
        "fest": "中",
        "gesperrt": "x",
        "knopf": "x",
        "gedreht": "lang " * 20,
        "kind.0.name": "\ud800",
    }
    assert problems(mixed_form(), wrong) == {
        "x": "unknown-field",
        "wohl": "unknown-value",
        "kurz": "too-long",
        "zahl": "unknown-value",
        "liste": "unknown-value",
        "combo": "too-many",
        "fest": "missing-glyph",
        "gesperrt": "read-only",
        "knopf": "no-value",
        "gedreht": "does-not-fit",
        "kind.0.name": "missing-glyph",
    }


def test_messages_name_fields_and_what_is_possible_but_no_value() -> None:
    with pytest.raises(Unfillable) as caught:
        fill(mixed_form(), {"farbe": "GEHEIM", "kurz": "GEHEIM", "fest": "GEHEIM中"}, FONT_FILES)
    said = "\n".join([caught.value.message, *map(str, caught.value.problems)])
    assert "GEHEIM" not in said
    assert "farbe: error: does not have that value; it has rot, blau, grün [unknown-value]" in said
    assert "fest: error: no font draws character 7 (U+4E2D CJK UNIFIED IDEOGRAPH-4E2D) [missing-glyph]" in said


def test_viewers_are_not_asked_to_draw_and_a_second_copy_of_the_values_goes() -> None:
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0))
    pdf.Root.AcroForm.XFA = pdf.make_stream(b"<xdp/>")
    filled = fill(data_of(pdf), {"a": "x"}, FONT_FILES)
    with pikepdf.open(io.BytesIO(filled.data)) as done:
        assert {"/NeedAppearances", "/XFA"}.isdisjoint(done.Root.AcroForm.keys())
    assert ["XFA" in note for note in filled.notes] == [True]


def test_official_copies_are_read_only() -> None:
    with pikepdf.open(io.BytesIO(fill(mixed_form(), MIXED, FONT_FILES, Options(read_only=True)).data)) as pdf:
        fields = find_fields(pdf)
        assert all(node.flags & Flags.READ_ONLY for node in fields.values())
        assert all(fields["farbe"].flags & flag for flag in (Flags.RADIO, 1 << 14))


def test_read_only_fields_can_be_filled_where_the_caller_says_so() -> None:
    done = fill(mixed_form(), {"gesperrt": "x"}, FONT_FILES, Options(into_read_only=True))
    assert read(done.data)["gesperrt"] == "x"


def test_texts_are_pdf_doc_encoded_where_that_has_their_letters_else_utf_16() -> None:
    pdf = empty()
    for place, path in enumerate("abc"):
        add(pdf, path, "Tx", widget(pdf, 0, place))
    with pikepdf.open(io.BytesIO(fill(data_of(pdf), {"a": "Größe €", "b": "Жук", "c": "þÿ"}, FONT_FILES).data)) as done:
        raw = {path: bytes(node.dictionaries[0].V) for path, node in find_fields(done).items()}
    assert {"a": b"Gr\xf6\xdfe \xa0", "b": b"\xfe\xff" + "Жук".encode("utf-16-be")} == {p: raw[p] for p in "ab"}
    assert b"\xfe\xff" + "þÿ".encode("utf-16-be") == raw["c"]


@pytest.mark.parametrize("text", ["Å£", "Ã¼", "Â¡ Hola"])
def test_a_text_that_looks_like_another_encoding_is_read_as_it_is(tmp_path: Path, text: str) -> None:
    (tmp_path / "filled.pdf").write_bytes(fill(text_form(["latin"]), {"latin": text}, FONT_FILES).data)
    values = {each.name: each.values for each in read_form(tmp_path / "filled.pdf").fields}
    assert values["latin"] == (text,)


def test_the_same_values_give_the_same_bytes() -> None:
    assert fill(mixed_form(), MIXED, FONT_FILES).data == fill(mixed_form(), MIXED, FONT_FILES).data


def test_old_values_do_not_stay_in_the_file() -> None:
    first = fill(one(), {"a": "Altername"}, FONT_FILES).data
    assert b"Altername" not in fill(first, {"a": "Neuername"}, FONT_FILES).data


def test_encrypted_forms_stay_encrypted() -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(one())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions()))
    filled = fill(target.getvalue(), {"a": "Müller"}, FONT_FILES)
    assert read(filled.data)["a"] == "Müller"
    with pikepdf.open(io.BytesIO(filled.data)) as pdf:
        assert pdf.is_encrypted


@pytest.mark.parametrize(
    ("encryption", "expected"),
    [
        (pikepdf.Encryption(owner="o", user="u"), "needs a password"),
        (pikepdf.Encryption(owner="o", user="", allow=pikepdf.Permissions(modify_form=False)), "locked"),
    ],
)
def test_locked_forms_are_one_clear_message(encryption: pikepdf.Encryption, expected: str) -> None:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(one())) as pdf:
        pdf.save(target, encryption=encryption)
    with pytest.raises(UnreadablePdf, match=expected):
        fill(target.getvalue(), {"a": "x"}, FONT_FILES)


@pytest.mark.parametrize("data", [b"", b"no PDF", one()[:300]], ids=["empty", "text", "cut off"])
def test_damaged_files_are_one_clear_message(data: bytes) -> None:
    with pytest.raises(UnreadablePdf, match="damaged"):
        fill(data, {"a": "x"}, FONT_FILES)


def test_a_file_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePdf, match=r"no\.pdf: cannot be read: No such file"):
        fill(tmp_path / "no.pdf", {}, FONT_FILES)


def test_fields_in_a_circle_end() -> None:
    pdf = empty()
    field = add(pdf, "a", "Tx", Kids=Array([]))
    child = pdf.make_indirect(Dictionary(T=String("b"), Parent=field, Kids=Array([field])))
    field.Kids.append(child)
    assert list(find_fields(pdf)) == ["a.b"]


def test_more_fields_than_any_form_has_are_refused() -> None:
    pdf = empty()
    many = [Dictionary(T=String(str(place)), FT=Name.Tx) for place in range(MAX_FIELDS + 1)]
    pdf.Root.AcroForm.Fields = Array(many)
    with pytest.raises(UnreadablePdf, match="more than the 5000 fields"):
        fill(data_of(pdf), {"0": "x"}, FONT_FILES)


# Signed files


def signed(**saving: object) -> bytes:
    """Make a form that carries a signature (of no worth: nothing here checks its digest)."""
    pdf = empty()
    add(pdf, "a", "Tx", widget(pdf, 0, 0))
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), Contents=b"\0" * 20))
    add(pdf, "s", "Sig", widget(pdf, 0, 1), V=signature)
    target = io.BytesIO()
    pdf.save(target, **saving)  # type: ignore[arg-type]
    return target.getvalue()


def test_signed_files_are_refused() -> None:
    with pytest.raises(Unfillable, match="signed"):
        fill(signed(), {"a": "x"}, FONT_FILES)


@pytest.mark.parametrize("mode", list(pikepdf.ObjectStreamMode), ids=lambda mode: mode.name)
def test_values_can_be_appended_to_signed_files_whatever_their_table_of_objects(
    mode: pikepdf.ObjectStreamMode, tmp_path: Path
) -> None:
    before = signed(object_stream_mode=mode)
    once = fill(before, {"a": "محمد"}, FONT_FILES, Options(increment=True)).data
    twice = fill(once, {"a": "Müller"}, FONT_FILES, Options(increment=True)).data
    assert once.startswith(before)
    assert twice.startswith(once)
    assert [read(data)["a"] for data in (once, twice)] == ["محمد", "Müller"]
    path = tmp_path / "a.pdf"
    path.write_bytes(twice)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def certified(permission: int, lock: Dictionary | None = None) -> bytes:
    """Make a signed form that says what may still be changed."""
    with pikepdf.open(io.BytesIO(signed())) as pdf:
        fields = find_fields(pdf)
        signature = fields["s"].dictionaries[0]
        parameters = Dictionary(Type=Name.TransformParams, P=permission)
        signature.V.Reference = Array([Dictionary(TransformMethod=Name.DocMDP, TransformParams=parameters)])
        pdf.Root.Perms = Dictionary(DocMDP=signature.V)
        if lock is not None:
            signature.Lock = lock
        return data_of(pdf)


def test_a_certificate_that_allows_filling_lets_values_be_appended_and_one_that_forbids_it_does_not() -> None:
    appending = Options(increment=True)
    assert read(fill(certified(2), {"a": "x"}, FONT_FILES, appending).data)["a"] == "x"
    with pytest.raises(Unfillable, match="certified against every change"):
        fill(certified(1), {"a": "x"}, FONT_FILES, appending)


@pytest.mark.parametrize(
    ("lock", "locked"),
    [
        (Dictionary(Action=Name.All), True),
        (Dictionary(Action=Name.Include, Fields=Array([String("a")])), True),
        (Dictionary(Action=Name.Include, Fields=Array([String("b")])), False),
        (Dictionary(Action=Name.Exclude, Fields=Array([String("a")])), False),
        (Dictionary(Action=Name.Exclude, Fields=Array([String("b")])), True),
    ],
    ids=["all", "this", "another", "all but this", "all but another"],
)
def test_fields_that_a_signature_locks_are_named(lock: Dictionary, locked: bool) -> None:
    data = certified(2, lock)
    if not locked:
        assert read(fill(data, {"a": "x"}, FONT_FILES, Options(increment=True)).data)["a"] == "x"
        return
    with pytest.raises(Unfillable, match="a signature locks a"):
        fill(data, {"a": "x"}, FONT_FILES, Options(increment=True))


def test_nothing_is_appended_to_a_file_whose_table_of_objects_is_lost() -> None:
    broken = re.sub(rb"startxref\s+\d+", b"startxref\n7", signed())
    with pytest.raises(UnreadablePdf, match="nothing can be appended"):
        fill(broken, {"a": "x"}, FONT_FILES, Options(increment=True))


# Comparing


def test_a_file_that_lost_a_value_or_a_letter_is_not_delivered(monkeypatch: pytest.MonkeyPatch) -> None:
    from formkit.pdf import fill as filling

    saved = filling.saved

    def forgetful(pdf: pikepdf.Pdf) -> bytes:
        del find_fields(pdf)["a"].dictionaries[0]["/V"]
        return saved(pdf)

    def garbled(pdf: pikepdf.Pdf) -> bytes:
        stream = find_fields(pdf)["a"].widgets[0].AP.N
        stream.write(re.sub(rb"<[0-9A-F]{4}", b"<0001", stream.read_bytes()))
        return saved(pdf)

    for spoilt in (forgetful, garbled):
        monkeypatch.setattr(filling, "saved", spoilt)
        with pytest.raises(verify.Unlike, match="reads differently in: a"):
            fill(one(), {"a": "Müller"}, FONT_FILES)


@settings(max_examples=60)
@given(
    st.text(
        st.sampled_from(sorted(chr(p) for p in face(FONT_FILES[0]).characters if chr(p).isprintable())), max_size=30
    )
)
def test_any_covered_text_is_drawn_and_read_as_it_is(text: str) -> None:
    filled = fill(one(Ff=1 << 12), {"a": text}, FONT_FILES, Options(smallest=1))
    assert text == (read(filled.data)["a"] or "")


# Real forms


def value_for(node: Node) -> str | None:
    if node.kind == "Tx" and not node.flags & (Flags.PASSWORD | Flags.FILE_SELECT):
        value = "Müller Ж محمد"
        return value[: node.integer("/MaxLen") or None]
    if node.kind == "Ch":
        return next((code for code, _ in options(node) if code), None)
    if node.kind == "Btn" and not node.flags & Flags.PUSH:
        return next((readable(each) for widget in node.widgets for each in states(widget)), None)
    return None


UNFILLABLE = {
    # A field as large as a thumbnail cannot show thirteen letters; Chinese labels need a font that a project adds.
    "direct-file__DF1099Ren.pdf": {"does-not-fit"},
    "qpdf__rotated-shared-annotations-1.pdf": {"does-not-fit"},
    "qpdf__shared-unnamed-field.pdf": {"does-not-fit"},
    "vita-min__f13614c-TY2024.pdf": {"does-not-fit"},
    "pdfcpu__chineseSimple-unlocked.pdf": {"missing-glyph"},
    "pdfcpu__chineseSimple.pdf": {"missing-glyph"},
}
REFUSED = {
    "pdf.js__poppler-395-0-fuzzed.pdf": "damaged",
    "vita-min__corrupted.pdf": "damaged",
    "pdfbox__PasswordSample-128bit.pdf": "password",
    "pdfbox__PasswordSample-256bit.pdf": "password",
    "pdfbox__PasswordSample-40bit.pdf": "password",
    "pdfminer.six__kampo.pdf": "locked",
    "qpdf__minimal-signed-restricted.pdf": "locked",
    "pdfminer.six__pr-00530-ml-lines.pdf": "signed",
}


def sample_names() -> list[str]:
    if SAMPLES is None:
        return []
    manifest = json.loads((Path(SAMPLES) / "acroforms" / "manifest.json").read_text(encoding="utf-8"))
    return [each["file"] for each in manifest["files"]]


@pytest.mark.skipif(SAMPLES is None, reason="FORMKIT_SAMPLES names no folder of sample forms")
@pytest.mark.parametrize("name", sample_names())
def test_real_forms_are_filled_and_read_back_or_refused_with_one_clear_message(name: str) -> None:
    path = Path(SAMPLES or "") / "acroforms" / name
    wanted = Options(smallest=SMALLEST_FOREIGN, into_read_only=True)
    if name in REFUSED:
        with pytest.raises(FormkitError, match=REFUSED[name]):
            fill(path, {}, FONT_FILES, wanted)
        return
    with pikepdf.open(path) as pdf:
        values = {key: value for key, node in find_fields(pdf).items() if (value := value_for(node)) is not None}
    if name in UNFILLABLE:
        with pytest.raises(Unfillable) as caught:
            fill(path, values, FONT_FILES, wanted)
        assert UNFILLABLE[name] == {each.check for each in caught.value.problems}
        wrong = {each.where.file for each in caught.value.problems}
        values = {key: value for key, value in values.items() if key not in wrong}
    filled = fill(path, values, FONT_FILES, wanted)
    assert len(values) == filled.fields
    with pikepdf.open(io.BytesIO(filled.data)) as pdf:
        found = find_fields(pdf)
        texts = {key: str(found[key].dictionaries[0].V) for key in values if found[key].kind == "Tx" and values[key]}
    assert {key: values[key] for key in texts} == texts
