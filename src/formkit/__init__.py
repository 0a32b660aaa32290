"""formkit keeps a public office's application forms in many languages.

The public verbs: load a form, see it in a language, print it.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formkit.definition import check_form, load_authority, load_form
    from formkit.errors import FormkitError
    from formkit.i18n.load import localize
    from formkit.project import Project, find_project

__all__ = ["FormkitError", "Project", "check_form", "find_project", "load_authority", "load_form", "localize"]

# Where each name lives; it is imported when it is asked for, so that `formkit --help` stays quick.
_HOMES = {
    "check_form": ("formkit.definition", "check_form"),
    "load_form": ("formkit.definition", "load_form"),
    "load_authority": ("formkit.definition", "load_authority"),
    "FormkitError": ("formkit.errors", "FormkitError"),
    "localize": ("formkit.i18n.load", "localize"),
    "Project": ("formkit.project", "Project"),
    "find_project": ("formkit.project", "find_project"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'formkit' has no attribute '{name}'")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)
