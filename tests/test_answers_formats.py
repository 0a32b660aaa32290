"""Answers in files: every format says the same, and what does not belong is refused at its place."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from answering import answers_to, value_of
from formkit.answers import (
    FORMATS,
    Answers,
    parse,
    raw_from_pdf,
    read_answers,
    record_of_pdf,
    to_raw,
    understood,
    write_answers,
)
from formkit.answers.slots import outline
from formkit.definition import load_form
from formkit.errors import AnswersError
from formkit.fields import InvalidAnswer
from formkit.values import Month, PartialDate

ROOT = Path(__file__).parent.parent
GOOD = Path(__file__).parent / "forms" / "good"
SAMPLE, TEXTS = load_form(GOOD / "alles.yaml"), load_form(GOOD / "texte.yaml")
REAL = load_form(ROOT / "forms" / "but-hauptantrag.yaml")
FORMS = {form.id: form for form in (SAMPLE, TEXTS, REAL)}

large = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@large
@given(st.data())
def test_every_value_survives_its_boxes_its_json_and_its_cell(data: st.DataObject) -> None:
    slots = [slot for form in FORMS.values() for slot in outline(form).slots]
    field = data.draw(st.sampled_from(slots)).field
    value = data.draw(value_of(field))
    assert field.parse(field.to_widgets(value)) == value
    assert field.parse(field.from_json(field.to_json(value))) == value
    assert field.parse(field.from_cell(field.to_cell(value))) == value


@large
@given(st.data())
def test_answers_are_the_same_in_every_format(data: st.DataObject) -> None:
    form = FORMS[data.draw(st.sampled_from(sorted(FORMS)))]
    answers = data.draw(answers_to(form))
    for suffix in FORMATS:
        assert read_answers(form, f"a{suffix}", write_answers(form, f"a{suffix}", [answers])) == (answers,)
    assert read_answers(form, "a.csv", write_answers(form, "a.csv", [answers], excel=True)) == (answers,)
    assert parse(form, to_raw(form, answers), answers.language).answers == answers


@large
@given(st.data())
def test_many_answers_are_the_same_in_the_formats_that_hold_many(data: st.DataObject) -> None:
    several = data.draw(st.lists(answers_to(SAMPLE), min_size=2, max_size=4))
    for name in ("a.jsonl", "a.csv"):
        assert read_answers(SAMPLE, name, write_answers(SAMPLE, name, several)) == tuple(several)


def tree(**sections: Any) -> bytes:
    return json.dumps({"form": "alles", "version": 3, "answers": sections}).encode()


def answered(data: bytes, name: str = "a.json") -> Answers:
    (answers,) = read_answers(SAMPLE, name, data)
    return answers


def problems(data: bytes, name: str = "a.json") -> list[str]:
    with pytest.raises(AnswersError) as caught:
        read_answers(SAMPLE, name, data)
    return [f"{p.where.line}:{p.where.column} {p.check}" for p in caught.value.problems]


def test_json_holds_each_kind_of_answer_as_documented() -> None:
    values: dict[str, Any] = {
        "person.name": "Çelik",
        "person.art": "andere",
        "person.art_andere": "Umzug",
        "person.seit": Month(2026, 8),
        "person.geburt": PartialDate(1990),
        "person.allein": False,
        "wahl.leistungen": ("x", "y"),
        "wahl.an": ("x:mich",),
        "fahrten.0.ziel": "Ulm",
        "anlagen.bescheid": ("bis", "2026-12-01"),
        "erkl.wahr": True,
    }
    answers = Answers("alles", 3, "tr", values)
    assert json.loads(write_answers(SAMPLE, "a.json", [answers])) == {
        "form": "alles",
        "version": 3,
        "language": "tr",
        "answers": {
            "person": {
                "name": "Çelik",
                "art": "andere",
                "art_andere": "Umzug",
                "seit": "2026-08",
                "geburt": "1990-00-00",
                "allein": False,
            },
            "wahl": {"leistungen": ["x", "y"], "an": {"x": "mich"}},
            "fahrten": [{"ziel": "Ulm"}],
            "anlagen": {"bescheid": {"bis": "2026-12-01"}},
            "erkl": {"wahr": True},
        },
    }


def test_a_point_in_json_is_a_decimal_point_and_in_a_box_groups_thousands() -> None:
    assert (
        answered(tree(person={"weg": "1.2"})).values["person.weg"]
        == parse(SAMPLE, {"person.weg": "1,2"}).values["person.weg"]
    )
    assert str(answered(tree(person={"kosten": "1234.5"})).values["person.kosten"]) == "1234.5"
    assert parse(SAMPLE, {"person.kosten": "1.234"}).values["person.kosten"] == 1234


def test_empty_rows_are_dropped_and_the_others_keep_their_order() -> None:
    found = answered(tree(fahrten=[{}, {"ziel": "Ulm"}, {"ziel": None}, {"ziel": "Aalen"}]))
    assert dict(found.values) == {"fahrten.0.ziel": "Ulm", "fahrten.1.ziel": "Aalen"}


def test_a_row_of_which_nothing_can_be_understood_is_kept() -> None:
    found = answered(tree(fahrten=[{}, {"von": "31.02.2026"}]))
    assert [(fault.path, fault.key, fault.raw) for fault in found.faults] == [
        ("fahrten.0.von", "not-a-date", {"": "31.02.2026"})
    ]


@pytest.mark.parametrize("suffix", FORMATS)
def test_what_cannot_be_understood_is_carried_through_every_format(suffix: str) -> None:
    raw = {
        "person.geburt": "31.02.2020",
        "wahl.konto": "DE00",
        "fahrten.0.von": "morgen",
        "anlagen.bescheid.bis": "bald",
    }
    answers = parse(SAMPLE, raw | {"person.name": "Ay"}).answers
    assert len(answers.faults) == 4
    again = read_answers(SAMPLE, f"a{suffix}", write_answers(SAMPLE, f"a{suffix}", [answers]))
    assert again == (answers,)


def test_a_code_the_form_does_not_have_stays_in_json_and_is_refused_by_formats_that_have_no_box_for_it() -> None:
    answers = answered(tree(wahl={"leistungen": ["x", "zzz"]}))
    assert [fault.key for fault in answers.faults] == ["unknown-option"]
    assert answered(write_answers(SAMPLE, "a.json", [answers])) == answers
    with pytest.raises(AnswersError, match=r"wahl\.leistungen"):
        write_answers(SAMPLE, "a.xfdf", [answers])


def test_remarks_are_passed_over() -> None:
    assert answered(tree(**{"//": "Hinweis", "person": {"// name": "1.1", "name": "Ay"}})).values == {
        "person.name": "Ay"
    }


# What JSON must not say, with the place of the first fault


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"form": "alles", "version": 3, "answers": {"persn": {}}}', ["1:45 unknown-path"]),
        ('{"form": "alles", "version": 3, "answers": {"person": {"nam": "x"}}}', ["1:56 unknown-path"]),
        ('{"form": "alles", "version": 3, "answers": {"person":\n {"name": 3, "kinder": "3"}}}', ["2:3 type"]),
        ('{"form": "alles", "version": 3, "answers": {"person": {"kosten": 1.5}}}', ["1:56 type"]),
        ('{"form": "alles", "version": 3, "answers": {"person": {"kinder": NaN}}}', ["1:56 type"]),
        ('{"form": "alles", "version": 3, "answers": {"person": {"kinder": 1%s}}}' % ("0" * 5000), ["1:56 type"]),
        ('{"form": "alles", "version": 3, "answers": {"person": []}}', ["1:45 type"]),
        ('{"form": "alles", "version": 3, "answers": {"person.name": "x"}}', ["1:45 unknown-path"]),
        ('{"form": "alles", "version": 3, "answers": {"fahrten": {}}}', ["1:45 type"]),
        ('{"form": "alles", "version": 3, "answers": {"fahrten": [{},{},{},{},{},{}]}}', ["1:72 rows"]),
        ('{"form": "alles", "version": 3, "answers": {"fahrten": [{"zil": "x"}]}}', ["1:58 unknown-path"]),
        ('{"form": "alles", "version": 3, "answers": {"anlagen": {"bescheid": {"x": true}}}}', ["1:57 type"]),
        ('{"form": "alles", "version": 3,\n"answers": {"person": {"name": "a", "name": "b"}}}', ["2:37 duplicate-key"]),
        ('{"form": "kurz", "version": 1, "answers": {}}', ["1:2 wrong-form"]),
        ('{"form": "alles", "version": 2, "answers": {}}', ["1:19 wrong-version"]),
        ('{"form": "alles", "version": 3, "language": "xx", "answers": {}}', ["1:33 unknown-language"]),
        ('{"form": "alles", "version": true, "answers": {}}', ["1:19 type"]),
        ('{"form": "alles", "version": 3, "answer": {}}', ["1:1 missing-key", "1:33 unknown-key"]),
        ("[]", ["1:1 type"]),
        ("", ["1:1 json-syntax"]),
        ('{"form": "alles",}', ["1:18 json-syntax"]),
        ('{"form": "alles", "version": 3, "answers": {"person": {"name": "\\ud800"}}}', ["1:0 json-syntax"]),
        ("[" * 100_000, ["1:0 depth"]),
        ('{"form":' + '{"a":' * 40 + "1" + "}" * 41, ["1:0 depth"]),
    ],
)
def test_json_that_is_not_an_answer_to_the_form_is_refused_at_its_place(text: str, expected: list[str]) -> None:
    assert problems(text.encode()) == expected


def test_all_faults_of_a_file_are_told_at_once_and_none_tells_what_a_person_wrote() -> None:
    with pytest.raises(AnswersError) as caught:
        read_answers(SAMPLE, "a.json", tree(person={"nam": "Geheim", "kosten": 7.25, "kinder": ["Geheim"]}))
    said = " ".join([caught.value.message, *map(str, caught.value.problems)])
    assert len(caught.value.problems) == 3
    assert "Geheim" not in said
    assert "7.25" not in said
    assert "did you mean 'person.name'?" in said


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.xfdf", "a.csv"])
@pytest.mark.parametrize("encoding", ["utf-16", "latin-1", "utf-32"])
def test_other_encodings_than_utf_8_are_refused(name: str, encoding: str) -> None:
    data = write_answers(SAMPLE, name, [Answers("alles", 3, "de", {"person.name": "Çelik"})])
    (problem,) = problems(data.decode().encode(encoding), name)
    assert problem.endswith(" encoding")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.xfdf", "a.csv"])
def test_a_byte_order_mark_does_no_harm(name: str) -> None:
    answers = Answers("alles", 3, "de", {"person.name": "Çelik"})
    assert answered(b"\xef\xbb\xbf" + write_answers(SAMPLE, name, [answers]), name) == answers


@pytest.mark.parametrize("name", ["a.json", "a.xfdf", "a.fdf"])
def test_a_file_that_is_too_large_for_one_set_of_answers_is_not_looked_into(name: str) -> None:
    assert problems(b" " * 2_000_001, name) == ["0:0 too-large"]


# XFDF

FIELDS = '<?xml version="1.0" encoding="UTF-8"?><xfdf xmlns="http://ns.adobe.com/xfdf/"><fields>%s</fields></xfdf>'


def xfdf(fields: str) -> bytes:
    return (FIELDS % fields).encode()


@pytest.mark.parametrize(
    "fields",
    [
        '<field name="fahrten"><field name="0"><field name="ziel"><value>Bad Ürach</value></field></field></field>',
        '<field name="fahrten.0.ziel"><value>Bad Ürach</value></field>',
        '<field name="fahrten.0"><field name="ziel"><value>Bad Ürach</value></field></field>',
        '<field name="fahrten.0.ziel"><value><![CDATA[Bad Ürach]]></value></field>',
        '<field name="fahrten.0.ziel"><value-richtext><body xmlns="http://www.w3.org/1999/xhtml"><p>Bad '
        "<b>Ürach</b></p></body></value-richtext></field>",
    ],
)
def test_xfdf_is_read_however_it_is_nested(fields: str) -> None:
    assert answered(xfdf(fields), "a.xfdf").values == {"fahrten.0.ziel": "Bad Ürach"}


def test_xfdf_without_marks_belongs_to_the_form_that_asks_and_boxes_that_are_off_say_nothing() -> None:
    fields = (
        '<field name="person.art"><value>Off</value></field><field name="wahl.leistungen.x"><value>x</value></field>'
    )
    assert answered(xfdf(fields), "a.xfdf") == Answers("alles", 3, "de", {"wahl.leistungen": ("x",)})


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (FIELDS.replace("?>", "?>" + BOMB).encode() % b"", ["1:0 xml-unsafe"]),
        (b'<!DOCTYPE xfdf SYSTEM "file:///etc/passwd"><xfdf/>', ["1:0 xml-unsafe"]),
        (xfdf("&a;"), ["1:87 xml-syntax"]),
        (xfdf('<field name="person.nam"><value>x</value></field>'), ["1:87 unknown-path"]),
        (xfdf('<field name="person.name"><value>x</value></field>' * 2), ["1:137 duplicate-field"]),
        (xfdf('<field name="_form"><value>kurz</value></field>'), ["1:87 wrong-form"]),
        (xfdf('<field name="_version"><value>drei</value></field>'), ["1:87 version"]),
        (xfdf("<field>" * 40), ["1:297 depth"]),
        (b"<html/>", ["1:1 xfdf"]),
        (b"%FDF-1.2", ["1:1 xml-syntax"]),
        (b'<?xml version="1.0" encoding="UTF-7"?><xfdf/>', ["1:0 encoding"]),
    ],
)
def test_xfdf_that_is_not_an_answer_to_the_form_is_refused(data: bytes, expected: list[str]) -> None:
    assert problems(data, "a.xfdf") == expected


def test_a_character_that_xml_cannot_hold_is_not_written_silently() -> None:
    answers = parse(SAMPLE, {"person.text": "a\x07b"}).answers
    assert [fault.key for fault in answers.faults] == ["bad-character"]
    for name in ("a.xfdf", "a.fdf"):
        with pytest.raises(AnswersError, match=r"person\.text"):
            write_answers(SAMPLE, name, [answers])


# FDF


def fdf(fields: bytes) -> bytes:
    return b"%FDF-1.2\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</FDF<</Fields[" + fields + b"]>>>>\nendobj\ntrailer<</Root 1 0 R>>"


@pytest.mark.parametrize(
    "fields",
    [
        b"<</T(person.ort)/V(M\\374ller \\(x\\))>>",
        b"<</T(person.ort)/V(M\xfcller (x))>>",
        b"<</T(person)/Kids[<</T(ort)/V<4dFC6C6C6572 2028 7829>>>]>>",
        b"<</T(person.ort)/V<FEFF004D00FC006C006C006500720020002800780029>>>",
        b"<</T<feff0070006500720073006f006e002e006f00720074>/V(M\xfcl\\\nler \\050x\\51)>>",
        b"<</T(person.ort)/V(\xfe\xff\0\x1b\0d\0e\0\x1b\0M\0\xfc\0l\0l\0e\0r\0 \0\\(\0x\0\\))>>",
        b"<</V/M#C3#BCller#20#28x#29/T(person.ort)>>",
        b"<</T(person.ort)/RV(<body><p>M\xfcller (x)</p></body>)>>",
        b"% a remark\n<</T(person.ort)/V[(M\xfcller (x))]/Ff 2>>",
    ],
)
def test_fdf_is_read_in_every_spelling_of_its_strings(fields: bytes) -> None:
    assert answered(fdf(fields), "a.fdf").values == {"person.ort": "Müller (x)"}


def test_fdf_finds_fields_behind_references_and_the_newest_object_holds() -> None:
    data = (
        b"%FDF-1.4\n2 0 obj [3 0 R] endobj 3 0 obj <</T(person)/Kids[4 0 R]>> endobj "
        b"4 0 obj <</T(name)/V(Alt)>> endobj 1 0 obj <</FDF<</Fields 2 0 R>>>> endobj "
        b"4 0 obj <</T(name)/V(Neu)>> endobj"
    )
    assert answered(data, "a.fdf").values == {"person.name": "Neu"}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<xfdf/>", ["0:0 fdf-syntax"]),
        (b"%FDF-1.2\n", ["1:0 fdf-syntax"]),
        (fdf(b"<</T(person.name)/V(offen>>"), ["4:0 fdf-syntax"]),
        (fdf(b"<</T(person.name)/V("), ["4:0 fdf-syntax"]),
        (fdf(b"<<" * 50), ["4:0 fdf-syntax"]),
        (fdf(b"<</T(person.name)/V(a)>><</T(person.name)/V(b)>>"), ["0:0 duplicate-field"]),
        (fdf(b"<</T(person.nam)/V(a)>>"), ["0:0 unknown-path"]),
        (b"%FDF-1.2 1 0 obj<</FDF<</Fields[2 0 R]>>>>endobj 2 0 obj<</T(a)/Kids[2 0 R]>>endobj", ["1:0 fdf-syntax"]),
    ],
)
def test_fdf_that_is_not_an_answer_to_the_form_is_refused(data: bytes, expected: list[str]) -> None:
    assert problems(data, "a.fdf") == expected


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_any_bytes_are_answers_or_refused(data: bytes) -> None:
    for name, head in (("a.json", b""), ("a.xfdf", b""), ("a.fdf", b"%FDF-1.2 1 0 obj"), ("a.csv", b"_form,x.y\n")):
        with contextlib.suppress(AnswersError):
            read_answers(SAMPLE, name, head + data)


# CSV


def test_csv_has_a_column_for_each_path_and_a_row_for_each_record() -> None:
    one = Answers("alles", 3, "de", {"person.geburt": PartialDate(1990, 2, 1), "wahl.leistungen": ("x", "y")})
    two = Answers("alles", 3, "ar", {"wahl.an": ("x:mich",), "fahrten.0.ziel": "Ulm; Aalen"})
    assert write_answers(SAMPLE, "a.csv", [one, two]).decode() == (
        '"_form","_version","_language","person.geburt","wahl.leistungen","wahl.an","fahrten.0.ziel"\n'
        '"alles","3","de","01.02.1990","x y","",""\n'
        '"alles","3","ar","","","x:mich","Ulm; Aalen"\n'
    )


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_of_a_table_is_found(separator: str) -> None:
    data = f"person.name{separator}person.geburt\r\nAy{separator}01.02.1990\r\n".encode()
    assert answered(data, "a.csv").values == {"person.name": "Ay", "person.geburt": PartialDate(1990, 2, 1)}


def test_cells_for_spreadsheets_are_no_formulas_and_come_back_as_they_were() -> None:
    answers = Answers("alles", 3, "de", {"person.text": "=1+1", "person.tel": "+49 7151 1", "fahrten.0.ziel": "'=x"})
    data = write_answers(SAMPLE, "a.csv", [answers], excel=True)
    cells = data.decode("utf-8-sig").replace("\r\n", ";").split(";")
    assert [cell for cell in cells if cell[1:2] in ("=", "+", "-", "@")] == []
    assert answered(data, "a.csv") == answers


def test_a_table_without_the_guard_keeps_apostrophes() -> None:
    assert answered(b"fahrten.0.ziel\n'=x\n", "a.csv").values == {"fahrten.0.ziel": "'=x"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:0 columns"]),
        ("Name,Datum\na,b\n", ["1:0 columns"]),
        ("person.name,person.name\na,b\n", ["1:0 columns"]),
        ("person.name,_x\na,b\n", ["1:0 columns"]),
        ("person.name,person.art\na,b,c\n", ["2:0 columns"]),
        ("person.nam\na\n", ["2:1 unknown-path"]),
        ("person.name,fahrten.9.ziel\na,b\n", ["2:2 unknown-path"]),
        ('person.name\n"a\n', ["2:0 csv-syntax"]),
        ("wahl.an,wahl.an.x\nx:mich,schule\n", ["2:2 duplicate-field"]),
        ("_form,person.name\nkurz,a\nkurz,b\n", ["2:1 wrong-form", "3:1 wrong-form"]),
    ],
)
def test_a_table_that_holds_no_answers_to_the_form_is_refused(text: str, expected: list[str]) -> None:
    assert problems(text.encode(), "a.csv") == expected


# PDF and names


def test_the_fields_of_a_pdf_are_raw_texts() -> None:
    fields = [("person.name", ("Ay",)), ("person.art", ()), ("person.text", ("a\nb",)), ("wahl.leistungen.x", ("x",))]
    parsed = parse(SAMPLE, raw_from_pdf([*fields, ("knopf", ("Drucken",))]), "uk")
    assert dict(parsed.values) == {"person.name": "Ay", "person.text": "a\nb", "wahl.leistungen": ("x",)}
    assert (parsed.answers.language, parsed.unknown) == ("uk", ("knopf",))


def test_a_pdf_says_which_form_version_and_language_it_belongs_to() -> None:
    marks = {"Form": "alles", "Version": "3", "Language": "uk", "Fields": "abc"}
    fields = [("person.geburt", ("01021990",)), ("person.art", ("b",)), ("anlagen.bescheid.liegt_bei", ("ja",))]
    assert understood(SAMPLE, record_of_pdf(fields, marks, "a.pdf")) == Answers(
        "alles",
        3,
        "uk",
        {"person.art": "b", "person.geburt": PartialDate(1990, 2, 1), "anlagen.bescheid": ("liegt_bei",)},
    )
    with pytest.raises(AnswersError) as caught:
        understood(SAMPLE, record_of_pdf(fields, marks | {"Version": "2"}, "a.pdf"))
    assert [str(problem) for problem in caught.value.problems] == [
        "a.pdf: error: these are answers to version 2; the form at hand is version 3 [wrong-version]"
    ]


@pytest.mark.parametrize(
    "name", ["fahrten.5.ziel", "fahrten.00.ziel", "fahrten.ziel", "fahrten.²", "x", "", "amt.eingang"]
)
def test_a_name_the_form_does_not_have_is_no_box(name: str) -> None:
    assert outline(SAMPLE).box(name) is None


def test_several_sets_of_answers_do_not_fit_into_a_file_for_one() -> None:
    with pytest.raises(AnswersError, match="one set"):
        write_answers(SAMPLE, "a.xfdf", [Answers("alles", 3), Answers("alles", 3)])


def test_answers_never_show_what_a_person_wrote_when_printed() -> None:
    answers = parse(SAMPLE, {"person.name": "Geheim", "person.geburt": "geheim"}).answers
    assert "geheim" not in repr(replace(answers, language="ar")).casefold()


# What is made to take for ever, or all memory


def doubling(levels: int) -> bytes:
    """Return FDF in which each field has the next one twice as its kid."""
    below = b"".join(b"%d 0 obj<</T(a)/Kids[%d 0 R %d 0 R]>>endobj " % (n, n + 1, n + 1) for n in range(2, levels))
    return b"%FDF-1.2 1 0 obj<</FDF<</Fields[2 0 R]>>>>endobj " + below + b"%d 0 obj<</T(a)/V(x)>>endobj" % levels


@pytest.mark.parametrize(
    ("name", "data", "check"),
    [
        ("a.fdf", doubling(28), "fdf-syntax"),
        (
            "a.fdf",
            b"%FDF-1.2 2 0 obj(" + b"x" * 100_000 + b")endobj 1 0 obj<</FDF<</Fields["
            + b"".join(b"<</T(f%d)/V 2 0 R>>" % n for n in range(100)) + b"]>>>>endobj",
            "too-large",
        ),
        ("a.fdf", b"%FDF-1.2 1 0 obj " + b" % x\n" * 200_000, "fdf-syntax"),
        ("a.json", tree(**{f"x{n}": 1 for n in range(50_000)}), "unknown-path"),
        ("a.xfdf", xfdf("".join(f'<field name="x{n}"><value>1</value></field>' for n in range(9_000))), "unknown-path"),
    ],
    ids=["kids", "text", "remarks", "keys", "fields"],
)  # fmt: skip
def test_a_file_made_to_take_for_ever_is_refused_at_once(name: str, data: bytes, check: str) -> None:
    start = time.process_time()
    assert {problem.rpartition(" ")[2] for problem in problems(data, name)} == {check}
    assert time.process_time() - start < 10


def test_references_that_lead_back_to_themselves_end() -> None:
    itself = b"%FDF-1.2 1 0 obj<</FDF<</Fields[<</T(person.ort)/V 2 0 R>>]>>>>endobj 2 0 obj[2 0 R(x)]endobj"
    assert answered(itself, "a.fdf").values == {"person.ort": "x"}
    circle = b"%FDF-1.2 1 0 obj<</FDF 2 0 R>>endobj 2 0 obj 3 0 R endobj 3 0 obj 2 0 R endobj"
    assert answered(circle, "a.fdf").values == {}


@pytest.mark.parametrize("text", [" " * 200_000, "\n" * 200_000, f"a{' ' * 200_000}a", "<a" * 100_000, "1" * 200_000])
def test_a_long_text_in_any_box_is_read_at_once(text: str) -> None:
    start = time.process_time()
    for slot in outline(SAMPLE).slots:
        with contextlib.suppress(InvalidAnswer):
            slot.field.parse({"": text})
    assert time.process_time() - start < 10


# Other readers of what we write


def flat(fields: Any, above: str = "") -> dict[str, str]:
    """Return names and values of FDF fields as pikepdf reads them."""
    found: dict[str, str] = {}
    for field in fields:
        name = f"{above}.{field.T}" if above else str(field.T)
        if "/V" in field:
            found[name] = str(field.V)
        found |= flat(field.get("/Kids", []), name)
    return found


@large
@given(answers_to(SAMPLE))
def test_others_read_what_we_write(answers: Answers) -> None:
    expected = to_raw(SAMPLE, answers) | {"_form": "alles", "_version": "3", "_language": answers.language}
    fdf_file = write_answers(SAMPLE, "a.fdf", [answers])
    body = fdf_file.partition(b"obj\n")[2].partition(b"\nendobj")[0]
    assert flat(pikepdf.Object.parse(body).FDF.Fields) == expected
    root = etree.fromstring(write_answers(SAMPLE, "a.xfdf", [answers]))
    named = {
        ".".join([*(parent.get("name") for parent in reversed(list(value.iterancestors("{*}field"))))]): value.text
        for value in root.iter("{*}value")
    }
    assert named == expected
