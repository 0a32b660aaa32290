"""What a PDF says it is: form, version, language, and a fingerprint of its fields, found again when it comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formkit.i18n.localize import Localized


def identity(localized: Localized, keys: Iterable[str]) -> dict[str, str]:
    """Return the marks by which a form that comes back is recognised; `keys` are those of its fields, if any."""
    form = localized.form
    marks = {"Form": form.id, "Version": str(form.version), "Language": localized.language.tag}
    names = {key.partition("#")[0] for key in keys}
    return {**marks, "Fields": fingerprint(names)} if names else marks


def fingerprint(names: Iterable[str]) -> str:
    """Return a short hash of field names, whatever their order."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:16]
