"""Groups whose commands are imported when they are called, so that --help is quick."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where it lives ("module:function") and what the list of commands says of it."""

    home: str
    summary: str


def meant(name: str, known: Iterable[str]) -> str:
    """Return a question after the known name that is closest to a wrong one, "" where none is close."""
    import difflib

    close = difflib.get_close_matches(name, list(known), n=1)
    return f" Did you mean '{close[0]}'?" if close else ""


class NamedChoice(click.Choice[str]):
    """A choice that asks for what was meant."""

    def get_invalid_choice_message(self, value: str, ctx: click.Context | None) -> str:
        """Say what is possible, and what was probably meant."""
        return super().get_invalid_choice_message(value, ctx) + meant(value, self.choices)


class LazyGroup(click.Group):
    """A group of commands named in a table; a command's imports are paid for by those who call it."""

    table: Mapping[str, Entry] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command and return it, None for an unknown name."""
        if cmd_name not in self.table:
            return None
        module, _, function = self.table[cmd_name].home.partition(":")
        command: object = getattr(importlib.import_module(module), function)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called; raises UsageError that asks for what was meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(error.message + meant(args[0], self.table), ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their summaries, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.table.items()])
