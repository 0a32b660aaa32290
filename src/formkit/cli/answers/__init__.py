"""`formkit answers`: files of answers."""

from __future__ import annotations

import click

from formkit.cli.lazy import Entry, LazyGroup


class _Answers(LazyGroup):
    table = {
        "new": Entry("formkit.cli.answers.new:new", "Write an empty file of answers to start from."),
        "convert": Entry("formkit.cli.answers.convert:convert", "Turn a file of answers into another format."),
    }


@click.group(cls=_Answers)
def answers() -> None:
    """Work with files of answers; docs/answers.md explains the formats."""
