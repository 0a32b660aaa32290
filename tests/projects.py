"""Projects of the tests' own: the sample forms, their authority, and catalogues made by a rule."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from formkit.i18n import load, own_words
from formkit.i18n.extracted import Extracted, extracted_words
from formkit.i18n.languages import Language, language
from formkit.i18n.localize import Localized
from formkit.i18n.paths import catalog_path
from formkit.i18n.po_write import Header, fill
from formkit.i18n.templates import authority_entries, form_entries
from formkit.project import Project, find_project

HERE = Path(__file__).parent
ROOT = HERE.parent
SAMPLES = HERE / "forms" / "good"
TODAY = datetime.date(2026, 11, 24)
AUTHORITY = "amt"

Translate = Callable[[Extracted, Language], str]

# A word of the language itself, so that its own script and direction are on every page.
_WORD = {
    "ar": "نص", "fa": "متن", "uk": "текст", "tr": "yazı", "ti": "ጽሑፍ", "hi": "पाठ", "el": "κείμενο", "vi": "chữ",
}  # fmt: skip


def pseudo(text: str, reader: Language) -> str:
    """Return a translation that shows where it stands: all marks and placeholders kept, between ‹ and ›."""
    return f"‹{_WORD.get(reader.tag, 'x')} {text}›"


def pseudo_entry(entry: Extracted, reader: Language) -> str:
    """Return the pseudo-translation of a catalogue's entry."""
    return pseudo(entry.msg.text, reader)


def sample_project(
    folder: Path, forms: Iterable[str] = ("alles",), languages: Sequence[str] = (), translate: Translate = pseudo_entry
) -> Project:
    """Make a project of sample forms in a folder, with a complete catalogue for each of the languages."""
    (folder / "forms" / "authorities").mkdir(parents=True)
    shutil.copy(SAMPLES / "authorities" / f"{AUTHORITY}.yaml", folder / "forms" / "authorities")
    for form in forms:
        shutil.copy(SAMPLES / f"{form}.yaml", folder / "forms")
    tags = ", ".join(f'"{tag}"' for tag in languages)
    settings = f'authority = "{AUTHORITY}"\nlanguages = [{tags}]\n'
    (folder / "formkit.toml").write_text(settings, encoding="utf-8")
    project = find_project(folder)
    for tag in languages:
        write_catalogs(project, language(tag), translate)
    return project


def write_catalogs(project: Project, reader: Language, translate: Translate = pseudo_entry) -> None:
    """Write all catalogues of a language: forms, authorities and formkit's own words."""
    for form in project.form_ids():
        _write(project, form, reader, *form_entries(project, form), translate)
    for authority in project.authority_ids():
        _write(project, f"authority-{authority}", reader, *authority_entries(project, authority), translate)
    _write(project, "formkit", reader, extracted_words(), own_words.HEADER, translate)


def _write(
    project: Project,
    domain: str,
    reader: Language,
    entries: Sequence[Extracted],
    header: Header,
    translate: Translate,
) -> None:
    texts = {(entry.msg.context, entry.msg.text): translate(entry, reader) for entry in entries}
    path = catalog_path(project.locales, reader, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(fill(entries, texts, reader, header), encoding="utf-8")


def catalog_text(project: Project, tag: str, domain: str) -> str:
    """Return a catalogue of a project as it stands in the file."""
    return catalog_path(project.locales, language(tag), domain).read_text(encoding="utf-8")


def change(path: Path, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def localized(
    project: Project, form: str, tag: str, authority: str = AUTHORITY, today: datetime.date = TODAY
) -> Localized:
    """Return a form of a project in a language."""
    loaded = load.form(project, form)
    return load.localize(project, loaded, language(tag), load.authority(project, authority), today)


def call(*command: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python with arguments in a process of its own, with the given environment variables beside ours."""
    known = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(HERE)])} | environment
    return subprocess.run(
        [sys.executable, *command], cwd=cwd, env=known, capture_output=True, text=True, check=False, timeout=120
    )
