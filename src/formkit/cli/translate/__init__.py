"""`formkit translate`: work on catalogues."""

from __future__ import annotations

import click

from formkit.cli.lazy import Entry, LazyGroup


class _Commands(LazyGroup):
    table = {
        "extract": Entry("formkit.cli.translate.extract:extract", "Write the texts of forms as templates (.pot)."),
        "update": Entry("formkit.cli.translate.update:update", "Bring catalogues in step with changed forms."),
        "minor-edit": Entry("formkit.cli.translate.minor_edit:minor_edit", "Declare a changed text to say the same."),
        "add": Entry("formkit.cli.translate.add:add", "Begin a language."),
        "status": Entry("formkit.cli.translate.status:status", "Show where every translation stands."),
        "preview": Entry("formkit.cli.translate.preview:preview", "Show the form in the browser while translating."),
        "check": Entry("formkit.cli.translate.check:check", "Check what translators wrote."),
        "review": Entry("formkit.cli.translate.review:review", "Sign off a translation."),
        "export": Entry("formkit.cli.translate.export:export", "Write a catalogue for a spreadsheet or an agency."),
        "import": Entry("formkit.cli.translate.import_:import_", "Merge texts that come back from there."),
        "memory": Entry("formkit.cli.translate.memory:memory", "Show how a text has been translated before."),
        "pseudo": Entry("formkit.cli.translate.pseudo:pseudo", "Print a form in a pseudo-language."),
        "compile": Entry("formkit.cli.translate.compile:compile_", "Write catalogues as .mo files."),
    }


@click.group(cls=_Commands)
def translate() -> None:
    """Work on catalogues: what translators get, and what comes back from them."""
