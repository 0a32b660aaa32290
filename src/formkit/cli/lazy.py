"""Groups whose commands are imported when they are called, so that --help is quick."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: where it lives ("module:function") and what the list of commands says of it."""

    home: str
    summary: str


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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by their summaries, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in self.table.items()])
