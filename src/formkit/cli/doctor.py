"""`formkit doctor`: print what this machine has and lacks."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from formkit.errors import FormkitError

if TYPE_CHECKING:
    from formkit.machine import Finding


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def doctor(as_json: bool) -> None:
    """Say what this machine has and lacks.

    Looks at Python, the libraries that lay out pages, Python packages, the packaged fonts and optional
    programs. Exit code 0 if all that is needed is here, else 3.

    Example: formkit doctor
    """
    from formkit import machine

    report(machine.examine(), as_json=as_json)


def report(findings: tuple[Finding, ...], *, as_json: bool) -> None:
    """Print the findings, then stop with what to do where something needed is absent."""
    from formkit import machine

    click.echo(_as_json(findings) if as_json else _as_table(findings))
    if lacking := machine.lacking(findings):
        names = ", ".join(finding.name for finding in lacking)
        raise FormkitError(f"formkit cannot render pages here, missing: {names}", advice=machine.remedy(lacking))


def _as_json(findings: tuple[Finding, ...]) -> str:
    return json.dumps([dataclasses.asdict(finding) for finding in findings], ensure_ascii=False, indent=2)


def _as_table(findings: tuple[Finding, ...]) -> str:
    wide = max(len(finding.name) for finding in findings)
    rows = [f"{_state(f):8} {f.name:{wide}}  {f.version if f.present else f.advice}".rstrip() for f in findings]
    return "\n".join([*rows, _summary(findings)])


def _state(finding: Finding) -> str:
    if finding.present:
        return "ok"
    return "MISSING" if finding.needed else "optional"


def _summary(findings: tuple[Finding, ...]) -> str:
    needed = [finding for finding in findings if finding.needed]
    here = sum(finding.present for finding in needed)
    extra = ", ".join(finding.name for finding in findings if not (finding.needed or finding.present))
    return f"{here} of {len(needed)} needed things are here" + (f"; optional and not here: {extra}" if extra else "")
