"""formkit's own catalogue: `formkit.pot` and every `formkit.po`, kept in step with `formkit.words`.

After a change of the words:

    python -c "from pathlib import Path; from formkit.i18n.own_words import refresh; refresh(Path('locales'))"
"""

from __future__ import annotations

from pathlib import Path

from formkit.files import write_atomically
from formkit.i18n.catalog import read_catalog
from formkit.i18n.extracted import extracted_words
from formkit.i18n.languages import by_folder
from formkit.i18n.po_write import Header, fill, write_pot
from formkit.i18n.room import rooms_of
from formkit.texts import FORMKIT_DOMAIN

HEADER = Header("formkit", "The words of formkit itself: hints, footers and error messages.")


def refresh(locales: Path) -> tuple[Path, ...]:
    """Write the template and complete the catalogues that exist, given the folder of catalogues.

    Translations stay, new words are added without one, dropped ones become obsolete. Returns the files
    that changed. Raises CatalogError for a damaged catalogue, then none has been written.
    """
    words = extracted_words(rooms_of(locales, FORMKIT_DOMAIN))
    wanted = {locales / f"{FORMKIT_DOMAIN}.pot": write_pot(words, HEADER)}
    for path in sorted(locales.glob(f"*/LC_MESSAGES/{FORMKIT_DOMAIN}.po")):
        language = by_folder(path.parent.parent.name)
        wanted[path] = fill(words, {}, language, HEADER, read_catalog(path, language))
    changed = [path for path, text in wanted.items() if not path.exists() or path.read_bytes() != text.encode()]
    for path in changed:
        write_atomically(path, wanted[path].encode())
    return tuple(changed)
