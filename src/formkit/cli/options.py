"""Options and arguments that several commands share, and how they find the project."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from formkit.cli.lazy import NamedChoice

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
large_option: Decorator = click.option("--large", is_flag=True, help="Large print, for people with low vision.")
layout_option: Decorator = click.option(
    "--layout",
    type=NamedChoice(("interlinear", "columns", "translation", "source")),
    default="interlinear",
    show_default=True,
    help="How two languages share the page; source is German alone.",
)
json_option: Decorator = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

pdf_argument: Decorator = click.argument(
    "file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
pdf_output_option: Decorator = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; - for standard output.",
)


def output_option(help_: str, *, folder: bool = True) -> Decorator:
    """Return the option that names where a command writes to: a folder, or a file."""
    return click.option(
        "-o", "--output", type=click.Path(file_okay=not folder, path_type=Path), default=None, help=help_
    )


def force_option(help_: str) -> Decorator:
    """Return the option without which nothing is overwritten that is not ours."""
    return click.option("--force", is_flag=True, help=help_)


def authority_of(here: Project, given: str | None) -> str:
    """Return the id of the authority that a command works for: as given ("" for none), else the project's."""
    return here.authority if given is None else given


def project(ctx: click.Context) -> Project:
    """Return the project of this call."""
    from formkit.project import find_project

    return find_project(ctx.obj["start"])
