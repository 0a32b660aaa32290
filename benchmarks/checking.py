"""Checking twenty catalogues of six hundred strings, without and with the widths of the printed fonts."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.figure import Figure, median, seconds
from formkit.checks import check_translations
from formkit.checks.scripts import unified
from formkit.i18n.catalog import read_catalog
from formkit.i18n.languages import LANGUAGES, Language
from formkit.i18n.paths import catalog_path
from formkit.i18n.po_write import Header, fill
from formkit.i18n.templates import form_entries
from formkit.project import Project, find_project

STRINGS, LANGUAGES_CHECKED, ROUNDS = 600, 20, 5
# The application's own translation stands in for languages of the same script that it has none in.
_STAND_IN = {"Latn": "tr", "Cyrl": "uk", "Arab": "ar"}
_PER_SECTION = 50
# Letters that are Ukrainian only.
_LETTERS = str.maketrans("іїєґІЇЄҐ", "иаегИАЕГ")


def measure() -> Iterator[Figure]:
    """Yield the seconds of a check without and with widths, the form laid out before."""
    here = find_project(Path(__file__).parent)
    texts = _texts(here)
    with tempfile.TemporaryDirectory() as name:
        project = _project(Path(name), here, texts)
        plain = [seconds(lambda: check_translations(project, widths=False)) for _ in range(ROUNDS)]
        first = seconds(lambda: check_translations(project))
        wide = [seconds(lambda: check_translations(project)) for _ in range(ROUNDS)]
    what = f"checking {STRINGS} strings × {LANGUAGES_CHECKED} languages"
    yield Figure(f"{what}, without widths", median(plain), "s", 3.0)
    yield Figure(f"{what}, with widths", median(wide), "s", 10.0)
    yield Figure("the same with the form laid out anew", first, "s")


def _texts(here: Project) -> dict[str, dict[str, str]]:
    """Return six hundred German texts with their translations by language; the second half repeats the first."""
    catalogs = {
        tag: read_catalog(catalog_path(here.locales, LANGUAGES[tag], "but-hauptantrag"), LANGUAGES[tag]).entries
        for tag in here.languages
    }
    found: dict[str, dict[str, str]] = {}
    for entry in form_entries(here, "but-hauptantrag")[0]:
        key = (entry.msg.context, entry.msg.text)
        if "{" not in entry.msg.text and all(key in entries for entries in catalogs.values()):
            found.setdefault(entry.msg.text, {tag: entries[key].text for tag, entries in catalogs.items()})
    again = {f"{german} –": {tag: f"{text} –" for tag, text in each.items()} for german, each in found.items()}
    return dict(list((found | again).items())[:STRINGS])


def _project(folder: Path, here: Project, texts: Mapping[str, Mapping[str, str]]) -> Project:
    """Write a project with one form that asks all the texts, its catalogues and glossaries."""
    (folder / "forms").mkdir()
    (folder / "forms" / "bench.yaml").write_text(_form(list(texts)), encoding="utf-8")
    (folder / "formkit.toml").write_text("", encoding="utf-8")
    project = find_project(folder)
    chosen = [each for each in LANGUAGES.values() if each.tag != "de" and each.script in _STAND_IN]
    for language in chosen[:LANGUAGES_CHECKED]:
        _write(project, language, here, texts)
    return project


def _write(project: Project, language: Language, here: Project, texts: Mapping[str, Mapping[str, str]]) -> None:
    tag = language.tag if language.tag in here.languages else _STAND_IN[language.script]
    entries, header = form_entries(project, "bench")
    translations = {
        ("", german): unified(each[tag].translate(_LETTERS), language.tag) for german, each in texts.items()
    }
    path = catalog_path(project.locales, language, "bench")
    path.parent.mkdir(parents=True)
    path.write_text(fill(entries, translations, language, Header(header.project, header.about)), encoding="utf-8")
    glossary = catalog_path(here.locales, LANGUAGES[tag], "glossary").read_text(encoding="utf-8")
    path.with_stem("glossary").write_text(glossary, encoding="utf-8")


def _form(texts: list[str]) -> str:
    """Return a form whose questions are the texts. JSON strings are YAML strings as well."""
    lines = ["form: bench", "version: 1", 'valid: {from: "2026-01-01"}', "title: B", "sections:"]
    for number, text in enumerate(texts):
        if number % _PER_SECTION == 0:
            lines += [f"  - id: s{number}", f"    title: Teil {number}", "    questions:"]
        lines.append(f"      - {{id: f{number}, type: text, label: {json.dumps(text, ensure_ascii=False)}}}")
    return re.sub(r"[\u2066-\u2069]", "", "\n".join(lines)) + "\n"
