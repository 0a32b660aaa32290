"""What the commands of mappings read: the form that a mapping names, and the PDF in a process apart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formkit.mapping import Mapped
    from formkit.problems import Problem
    from formkit.project import Project


def checked(here: Project, mapped: Mapped, pdf: Path) -> tuple[Problem, ...]:
    """Return everything that is wrong or doubtful with a mapping; raises FormkitError."""
    from formkit.i18n import load
    from formkit.mapping import check_mapping
    from formkit.pdf.isolated import read_form_apart
    from formkit.pdf.placing import page_sizes

    form = load.form(here, mapped.file.form)
    return check_mapping(mapped, form, read_form_apart(pdf), page_sizes(pdf))
