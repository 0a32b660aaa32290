"""The printed file: accessible, archivable, readable by others, safe, and always the same."""

from __future__ import annotations

import hashlib
import importlib.metadata
import inspect
import json
import re
import shutil
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import page
import pikepdf
import pytest

from conftest import Golden
from formkit import fonts
from formkit.errors import RenderFailed
from formkit.fonts import FONTS
from formkit.i18n.languages import language
from formkit.i18n.localize import Localized
from formkit.render import comb
from formkit.render.comb import Comb
from formkit.render.html import Document, Options, document
from formkit.render.jobs import library_versions
from formkit.render.page import Layout
from formkit.render.pdf import print_pdf, repair
from formkit.render.pdf.engine import engine
from formkit.render.status import status
from formkit.render.visible import visible
from printed import (
    AUTHORITY,
    FORM,
    LANGUAGES,
    Printed,
    body_text,
    elements,
    heads,
    keys,
    opened,
    outline,
    pdfium,
    poppler,
    share_of_strings,
    share_of_words,
    spoken,
    squeezed,
    texts,
    without_foot,
)
from printed import places as places_of
from projects import HERE, ROOT, TODAY, call, find_project, localized, sample_project

Print = Callable[[str], Printed]
EVERY = pytest.mark.parametrize("tag", [*LANGUAGES, "de"])
TRANSLATED = pytest.mark.parametrize("tag", LANGUAGES)
EXTRACTORS = {"poppler": poppler, "pdfium": pdfium}


@cache
def real(tag: str) -> Localized:
    return localized(find_project(ROOT), FORM, tag, AUTHORITY)


@EVERY
@pytest.mark.parametrize("profile", ["ua1", "pdfa-3a"])
def test_no_rule_of_accessibility_and_archiving_is_broken(printed: Print, tag: str, profile: str) -> None:
    report = page.validate_pdf_bytes(printed(tag).data, profile=profile)
    assert [failure.rule_id for failure in report.failures] == []
    assert report.is_compliant


@EVERY
def test_the_form_has_at_most_nine_pages_and_then_its_information_sheet(printed: Print, tag: str) -> None:
    tops = printed(tag).tops
    sheet = tops.index("section information new")
    assert 1 <= sheet <= 9
    assert len(tops) == sheet + 1


@EVERY
def test_no_question_and_no_row_is_parted_by_the_end_of_a_page(printed: Print, tag: str) -> None:
    boxes = printed(tag).boxes
    assert min(len(boxes["q"]), len(boxes["declare"]), len(boxes["sign"]), len(boxes["tr"])) > 0
    assert {kind: [pages for pages in each if len(pages) != 1] for kind, each in boxes.items()} == {
        kind: [] for kind in boxes
    }


LONG = """\
form: lang
version: 1
valid: {from: "2026-01-01"}
title: Lang
sections:
  - {id: fragen, title: Fragen, why: Prüfung, questions: [QUESTIONS]}
  - {id: erkl, title: Erklärungen, layout: declarations, why: Prüfung, questions: [DECLARATIONS]}
"""


def test_even_where_every_question_could_straddle_the_end_of_a_page_none_does(tmp_path: Path) -> None:
    fields = ", ".join(f"{{id: xI{letter}, type: text, label: Feld {letter}}}" for letter in "abcdefghijklmn")
    question = f"{{label: Frage, help: Hilfe, when: erkl.e0, hint: immer, fields: [{fields}]}}"
    declaration = "{id: eI, type: confirm, label: " + "Das erkläre ich hier. " * 40 + "}"
    project = sample_project(tmp_path / "a")
    questions, declarations = (
        ", ".join(text.replace("I", str(n)) for n in range(7)) for text in (question, declaration)
    )
    text = LONG.replace("QUESTIONS", questions).replace("DECLARATIONS", declarations)
    (project.forms / "lang.yaml").write_text(text, encoding="utf-8")
    found = localized(project, "lang", "de")
    laid_out = engine().layout(document(found, status(found, 95), Options(Layout.SOURCE)))
    assert len(laid_out.pages) > 2
    boxes = places_of(laid_out)
    assert (len(boxes["q"]), len(boxes["declare"])) == (7, 7)
    assert {len(pages) for kind in ("q", "declare", "keep") for pages in boxes[kind]} == {1}


# --- Languages and structure ---------------------------------------------------------------------------


@EVERY
def test_the_document_says_its_language_and_title(printed: Print, tag: str) -> None:
    with opened(printed(tag).data) as pdf:
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        title = real("de").form.title.text
        assert str(pdf.docinfo.Title) == (title if tag == "de" else f"{title} ({language(tag).german})")


@TRANSLATED
def test_every_translated_text_says_its_language(printed: Print, tag: str) -> None:
    wanted = len(texts(printed(tag).html, "t"))
    with opened(printed(tag).data) as pdf:
        found = [str(element.Lang) for element in elements(pdf) if "/Lang" in element]
    assert set(found) <= {tag, "de"}
    assert found.count(tag) >= wanted > 100


def test_arabic_stands_in_the_structure_in_the_order_of_reading(printed: Print) -> None:
    wanted = [re.sub("[\u2066\u2069]", "", text) for text in texts(without_foot(printed("ar").html), "t")]
    with opened(printed("ar").data) as pdf:
        said = [str(element.ActualText) for element in elements(pdf) if "/ActualText" in element]
        assert all("/ActualText" in element for element in elements(pdf) if str(element.get("/Lang")) == "ar")
    assert not [text for text in said if re.search("[\u2066\u2069\ufb50-\ufdff\ufe70-\ufeff]", text)]
    assert {squeezed(text) for text in wanted} <= {squeezed(text) for text in said}


@EVERY
def test_every_section_has_a_bookmark_in_order(printed: Print, tag: str) -> None:
    shown = [place for place in visible(real(tag))]
    wanted = [f"{place.number} {place.section.title.text}".strip() for place in shown]
    with opened(printed(tag).data) as pdf:
        titles = outline(pdf)
    at = [next(i for i, title in enumerate(titles) if title.startswith(each)) for each in wanted]
    assert at == sorted(set(at))


@EVERY
def test_every_cell_of_a_table_names_its_headings(printed: Print, tag: str) -> None:
    with opened(printed(tag).data) as pdf:
        found = list(elements(pdf))
        heads = {str(element.ID) for element in found if element.S == "/TH"}
        cells = [element for element in found if element.S == "/TD"]
        assert len(heads) > 0
        for cell in cells:
            named = {str(name) for name in cell.A.Headers}
            assert named
            assert named <= heads


# --- What must not be in it ------------------------------------------------------------------------------


@EVERY
def test_nothing_is_embedded_run_or_filled_in_and_links_lead_to_known_places(printed: Print, tag: str) -> None:
    with opened(printed(tag).data) as pdf:
        found = keys(pdf)
        forbidden = {"/EmbeddedFiles", "/EF", "/AF", "/JavaScript", "/JS", "/OpenAction", "/AA", "/AcroForm", "/Launch"}
        assert found & forbidden == set()
        targets = [str(item.URI) for item in pdf.objects if hasattr(item, "keys") and item.get("/URI")]
    assert [target for target in targets if not re.match("https://|mailto:|tel:", target)] == []


@EVERY
def test_every_font_is_one_of_ours_and_embedded_and_every_glyph_has_a_meaning(printed: Print, tag: str) -> None:
    ours = {font.family for font in FONTS}
    with opened(printed(tag).data) as pdf:
        fonts = [item for item in pdf.objects if hasattr(item, "keys") and item.get("/Type") == "/Font"]
        descriptors = [font.FontDescriptor for font in fonts if "/FontDescriptor" in font]
        assert len(descriptors) > 0
        for descriptor in descriptors:
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            assert re.sub("^[A-Z]{6}[+]|-(Semi-)?Bold$", "", str(descriptor.FontName)[1:]) in ours
        tables = [font.ToUnicode.read_bytes().decode("ascii") for font in fonts if "/ToUnicode" in font]
    assert len(tables) > 0
    for table in tables:
        meanings = re.findall(r"^<[0-9a-fA-F]+> <([0-9a-fA-F]*)>", table, re.MULTILINE)
        assert meanings
        assert not [meaning for meaning in meanings if meaning in ("", "0000", "FEFF", "feff")]


# --- What others read out of it --------------------------------------------------------------------------


def extracted(data: bytes, name: str) -> str:
    if name == "poppler" and shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (Debian: poppler-utils) is not here")
    return EXTRACTORS[name](data)


@pytest.mark.parametrize("extractor", EXTRACTORS)
@EVERY
def test_every_german_text_is_found_again(printed: Print, tag: str, extractor: str) -> None:
    file = printed(tag)
    wanted, text = texts(file.html, "d"), extracted(file.data, extractor)
    assert share_of_words(wanted, text) >= 0.99
    # pdfium turns round whole lines that begin with Arabic, German words included: there words must do.
    if (tag, extractor) != ("ar", "pdfium"):
        assert share_of_strings(wanted, text) >= 0.99


@pytest.mark.parametrize("extractor", EXTRACTORS)
@TRANSLATED
def test_every_translated_text_is_found_again(printed: Print, tag: str, extractor: str) -> None:
    file = printed(tag)
    wanted, text = texts(file.html, "t"), extracted(file.data, extractor)
    if tag == "ar":
        assert share_of_words(wanted, text) >= 0.95
    else:
        assert share_of_strings(wanted, text) >= 0.99


@EVERY
def test_a_screen_reader_goes_through_the_page_in_its_order(printed: Print, tag: str) -> None:
    file = printed(tag)
    with opened(file.data) as pdf:
        said = spoken(pdf)
    page = without_foot(file.html)
    assert squeezed(body_text(page)) == _once(squeezed("".join(said)), [squeezed(head) for head in heads(page)])
    numbers = [question.number for place in visible(real(tag)) for question in place.questions if question.number]
    assert (numbers[0], numbers[-1]) == ("1.1", "17.2")
    assert numbers == [text for text in said if text in set(numbers)]


def _once(said: str, heads: list[str]) -> str:
    """Leave out the heads of tables that are said again because the table goes on to the next page."""
    for head in heads:
        first, _, rest = said.partition(head)
        said = first + head + rest.replace(head, "")
    return said


# --- Every form, script and layout ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "tag", "layout", "large"),
    [
        ("alles", "ar", Layout.INTERLINEAR, False),
        ("alles", "fa", Layout.COLUMNS, False),
        ("alles", "ar", Layout.TRANSLATION, False),
        ("alles", "uk", Layout.TRANSLATION, True),
        ("alles", "de", Layout.SOURCE, True),
        ("texte", "ar", Layout.TRANSLATION, True),
        ("texte", "uk", Layout.COLUMNS, True),
        ("kurz", "el", Layout.INTERLINEAR, True),
        ("kurz", "ti", Layout.INTERLINEAR, False),
        ("kurz", "hi", Layout.INTERLINEAR, False),
        ("kurz", "vi", Layout.COLUMNS, False),
    ],
)
def test_every_form_prints_in_every_script_and_layout(
    tmp_path: Path, form: str, tag: str, layout: Layout, large: bool
) -> None:
    project = sample_project(tmp_path / "a", [form], [] if tag == "de" else [tag])
    found = localized(project, form, tag)
    made = document(found, status(found, 95), Options(layout, large))
    data = print_pdf(made, {}).data
    for profile in ("ua1", "pdfa-3a"):
        assert [failure.rule_id for failure in page.validate_pdf_bytes(data, profile=profile).failures] == []
    with opened(data) as pdf:
        assert str(pdf.Root.Lang) == (tag if layout is Layout.TRANSLATION else "de")
        said = squeezed("".join(spoken(pdf)))
    body = without_foot(made.html)
    assert squeezed(body_text(body)) == _once(said, [squeezed(head) for head in heads(body)])


# --- What the engine must do, and always the same ----------------------------------------------------------

STYLE = "\n".join(
    [
        *(f"@font-face {{ font-family: {font.family}; src: url({font.path.as_uri()}) }}" for font in FONTS),
        "@page { size: A5 } body { font: 10pt fk-latin } b { font: 10pt fk-latin-bold }",
        "p[dir] { font: 10pt fk-arabic }",
        comb.css(Comb((2, 2, 4), "TTMMJJJJ")),
    ]
)
SHEET = """<!DOCTYPE html><html lang="de"><head><title>Probe</title></head><body><h1><b>Größe</b></h1>
<p lang="uk">Перевірка</p><p lang="ar" dir="rtl">المربّع \u2066(§ 28 SGB II)\u2069</p>
<div class="comb-2-2-4-ttmmjjjj">&nbsp;</div><table><tr><th scope="col">Nr.</th></tr>
<tr><td><a href="https://example.org">eins</a></td></tr></table></body></html>"""


def versions() -> dict[str, str]:
    """Return the versions of all that decides the bytes of a page beside our own code."""
    packages = ("weasyprint", "pydyf", "pikepdf", "fonttools", "tinycss2", "tinyhtml5", "cssselect2")
    return {
        **{name: importlib.metadata.version(name) for name in packages},
        "qpdf": pikepdf.__libqpdf_version__,
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        "shared": library_versions(),
        "fonts": fonts.fingerprint(),
    }


def test_a_page_has_the_bytes_it_had_when_it_was_recorded(golden: Golden) -> None:
    recorded = json.loads((HERE / "golden" / "bytes.json").read_text(encoding="utf-8"))
    changed = [name for name, version in versions().items() if recorded["versions"].get(name) != version]
    if changed and not golden.regen:
        pytest.skip(f"recorded with other versions of: {', '.join(changed)}")
    data = print_pdf(Document(SHEET, STYLE), {"Inputs": "none"}).data
    found = {"versions": versions(), "sha256": hashlib.sha256(data).hexdigest()}
    golden("bytes.json", json.dumps(found, indent=2) + "\n")


AGAIN = f"""
import datetime, sys
from pathlib import Path
from formkit import render
from formkit.i18n.languages import language
from formkit.project import find_project
from formkit.render.jobs import Job
root, out = map(Path, sys.argv[1:])
job = Job({FORM!r}, language("ar"), {AUTHORITY!r}, "interlinear", False, 95)
render.run(find_project(root), job, out, {TODAY!r})
"""


def test_the_same_input_gives_the_same_bytes_in_another_folder_time_zone_and_locale(
    printed: Print, tmp_path: Path
) -> None:
    root = tmp_path / "ganz woanders" / "ü"
    for name in ("forms", "locales", "src"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "formkit.toml", root)
    elsewhere = {"TZ": "Pacific/Kiritimati", "LANG": "tr_TR.UTF-8", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    folders = {"TMPDIR": str(tmp_path), "PYTHONPATH": str(root / "src")}
    done = call("-c", AGAIN, str(root), str(tmp_path / "out"), cwd=tmp_path, **elsewhere, **folders)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    file = printed("ar").path
    assert (tmp_path / "out" / file.name).read_bytes() == file.read_bytes()


def test_the_private_places_of_weasyprint_that_are_repaired_exist() -> None:
    engine()
    import weasyprint
    from weasyprint import pdf
    from weasyprint.pdf import tags

    assert weasyprint.__version__ == "70.0"
    tree, dictionary = tags._build_box_tree, pdf.build_fonts_dictionary
    assert list(inspect.signature(tree.repairs).parameters)[:3] == ["box", "parent", "pdf"]
    assert list(inspect.signature(dictionary.repairs).parameters)[:2] == ["pdf", "fonts"]
    repair.install()
    assert (tags._build_box_tree, pdf.build_fonts_dictionary) == (tree, dictionary)


@pytest.mark.parametrize(
    ("html", "css"),
    [
        ("<p>x", "p { colour: red }"),
        ("<p>x", "@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }"),
        ("<p>\u4e2d", ""),
        ("<img src=missing.png>", ""),
        ("<a href='#nowhere'>x</a>", ""),
    ],
)
def test_a_page_that_weasyprint_warns_of_is_not_delivered(html: str, css: str) -> None:
    with pytest.raises(RenderFailed, match="the page cannot be printed as it is") as caught:
        print_pdf(Document(f"<html lang=de><title>x</title><body>{html}", STYLE + css), {})
    assert caught.value.exit_code == 3
    assert caught.value.advice
