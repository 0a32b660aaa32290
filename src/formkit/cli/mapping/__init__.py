"""`formkit map`: mappings from a form to an authority's own PDF."""

from __future__ import annotations

import click

from formkit.cli.lazy import Entry, LazyGroup


class _Map(LazyGroup):
    table = {
        "init": Entry("formkit.cli.mapping.init:init", "Propose a mapping for a PDF."),
        "check": Entry("formkit.cli.mapping.check:check", "Prove that a mapping is complete and fits its PDF."),
    }


@click.group(cls=_Map)
def mapping() -> None:
    """Map an authority's own PDF to a form; docs/mapping.md explains the file."""
