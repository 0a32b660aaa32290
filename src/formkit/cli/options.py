"""Options and arguments that several commands share, and how they find the project."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from formkit.project import Project

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

lang_option: Decorator = click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="TAG",
    help="A language, such as ar or de-simple; may be repeated.",
)
authority_option: Decorator = click.option(
    "--authority", default=None, metavar="ID", help="The authority in whose name the form is handed out."
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def project(ctx: click.Context) -> Project:
    """Return the project of this call."""
    from formkit.project import find_project

    return find_project(ctx.obj["start"])
