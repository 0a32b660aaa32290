"""Exchange files from outside: what may be read at all, and which catalogue it belongs to."""

from __future__ import annotations

from pathlib import Path

from formkit.errors import UnknownName
from formkit.files import read_at_most
from formkit.i18n.exchange.rows import MAX_BYTES, Sheet
from formkit.i18n.languages import LANGUAGES, Language, language


def read_bytes(path: Path) -> bytes:
    """Read a file that came back, or of a too large one as much as shows it; raises FormkitError."""
    return read_at_most(path, MAX_BYTES, "Name a file, or - for standard input.")


def belonging(sheet: Sheet, name: str | None, tag: str | None) -> tuple[str, Language]:
    """Return which catalogue a sheet belongs to: as the caller says, else as the file does; raises UnknownName.

    A file that clearly belongs to another form or language is refused. Tools may have changed its tag
    ("uk-UA"); such a one says nothing against the caller.
    """
    if not (name or sheet.name) or not (tag or sheet.language):
        raise UnknownName(
            "the file does not say which form and language it belongs to", advice="Name them with --form and --lang."
        )
    ours = language(tag or sheet.language)
    if name and sheet.name and name != sheet.name:
        raise UnknownName(f"the file belongs to '{sheet.name[:80]}', not to '{name}'")
    if sheet.language in LANGUAGES and sheet.language != ours.tag:
        raise UnknownName(f"the file is in {language(sheet.language).english}, not in {ours.english}")
    return name or sheet.name, ours
