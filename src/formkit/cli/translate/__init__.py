"""`formkit translate`: work on catalogues."""

from __future__ import annotations

import click

from formkit.cli.lazy import Entry, LazyGroup


class _Commands(LazyGroup):
    table = {
        "extract": Entry("formkit.cli.translate.extract:extract", "Write the texts of forms as templates (.pot)."),
    }


@click.group(cls=_Commands)
def translate() -> None:
    """Work on catalogues: what translators get, and what comes back from them."""
