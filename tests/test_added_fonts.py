"""Fonts that a project adds: scripts too large to come along are printed with a folder of the project's own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import page
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from formkit import fonts, render
from formkit.errors import FormkitError, MissingGlyph
from formkit.i18n.extracted import Extracted
from formkit.i18n.languages import Language, language
from formkit.project import Project, find_project
from formkit.render.jobs import Job
from projects import TODAY, sample_project

ROOT = Path(__file__).parent.parent
TEXT = "中文表格，请填写。"
CHINESE = language("zh-Hans")


def make_font(path: Path, style: str) -> None:
    """Build a font whose every letter is a box."""
    pen = TTGlyphPen(None)
    for x, y in ((100, 0), (100, 700), (900, 700), (900, 0)):
        (pen.moveTo if (x, y) == (100, 0) else pen.lineTo)((x, y))
    pen.closePath()
    box = pen.glyph()
    names = [f"u{ord(char):X}" for char in dict.fromkeys(TEXT)]
    builder = FontBuilder(1000, isTTF=True)
    glyphs = [".notdef", "space", *names]
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap({0x20: "space", **{int(name[1:], 16): name for name in names}})
    builder.setupGlyf({**dict.fromkeys(glyphs, box), "space": TTGlyphPen(None).glyph()})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (1000, 100)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Boxes", "styleName": style, "psName": f"Boxes-{style}", "version": "1;"})
    builder.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    for style in ("Regular", "Bold"):
        make_font(tmp_path / f"{style}.ttf", style)
    (tmp_path / "licence.txt").write_text("A licence", encoding="utf-8")
    made = sample_project(tmp_path / "project", ["kurz"], ["zh-Hans"], _translated)
    command = [sys.executable, ROOT / "scripts" / "build_fonts.py", "--add", made.root / "fonts", "--script", "Hans"]
    files = ["--licence", tmp_path / "licence.txt", tmp_path / "Regular.ttf", tmp_path / "Bold.ttf"]
    subprocess.run([*command, *files], check=True, capture_output=True)
    yield made
    fonts.use(None)


def _translated(entry: Extracted, reader: Language) -> str:
    """Return the same Chinese for every text, with its placeholders."""
    return " ".join([TEXT, *(f"{{{name}}}" for name in sorted(entry.msg.placeholders))])


def with_fonts(project: Project) -> Project:
    settings = project.root / "formkit.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'fonts = "fonts"\n', encoding="utf-8")
    return find_project(project.root)


def job() -> Job:
    return Job("kurz", CHINESE, "amt", "interlinear", False, 0)


def test_without_a_font_the_language_is_refused_and_the_way_out_named(project: Project) -> None:
    with pytest.raises(MissingGlyph, match="no packaged font draws Chinese") as caught:
        render.run(project, job(), project.output, TODAY)
    assert "build_fonts.py --add" in caught.value.advice


def test_with_an_added_font_the_language_is_printed_accessibly_and_read_again(project: Project) -> None:
    result = render.run(with_fonts(project), job(), project.output, TODAY)
    assert page.validate_pdf(str(result.path), profile="ua1").is_compliant
    text = pypdfium2.PdfDocument(result.path)[0].get_textpage().get_text_range()
    assert "中文表格" in text.replace("\r\n", "")


def test_another_font_makes_the_page_anew(project: Project) -> None:
    added = with_fonts(project)
    render.run(added, job(), project.output, TODAY)
    assert render.is_up_to_date(added, job(), project.output, TODAY)
    record = project.root / "fonts" / "PROVENANCE.json"
    record.write_text(record.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    fonts.use(None)
    assert not render.is_up_to_date(added, job(), project.output, TODAY)


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FormkitError, match="no folder of fonts") as caught:
        fonts.use(tmp_path)
    assert caught.value.exit_code == 3
