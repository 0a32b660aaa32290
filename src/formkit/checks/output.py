"""What checks found, written for people (text), programs (json) and code review tools (SARIF 2.1.0)."""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import quote

from formkit.checks.registry import CHECKS, Check
from formkit.problems import Problem, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_COUNTED = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"}


def as_text(problems: Sequence[Problem]) -> str:
    """Write one line a problem, as compilers do."""
    return "\n".join(map(str, problems))


def as_json(problems: Sequence[Problem]) -> str:
    """Write a list of problems with file, line, column, severity, text and check."""
    return json.dumps([problem.as_row() for problem in problems], ensure_ascii=False, indent=2)


def as_sarif(problems: Sequence[Problem]) -> str:
    """Write a SARIF log (OASIS, Static Analysis Results Interchange Format 2.1.0) with a rule for each check."""
    ids = [*CHECKS, *sorted({problem.check for problem in problems} - CHECKS.keys())]
    driver = {
        "name": "formkit",
        "version": importlib.metadata.version("formkit"),
        "rules": [_rule(name, CHECKS.get(name)) for name in ids],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, ids.index(problem.check)) for problem in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": as_text, "json": as_json, "sarif": as_sarif}


def counted(problems: Iterable[Problem]) -> str:
    """Return how many of each severity there are.

    >>> counted([])
    '0 errors, 0 warnings, 0 infos'
    """
    found = [problem.severity for problem in problems]
    return ", ".join(plural(found.count(severity), name) for severity, name in _COUNTED.items())


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _rule(name: str, check: Check | None) -> dict[str, object]:
    if check is None:
        # What reading a catalogue finds has no check behind it.
        return {"id": name, "shortDescription": {"text": name}, "help": {"text": "The file cannot be used as it is."}}
    example = f"Bad: {check.bad}\nGood: {check.good}"
    return {
        "id": name,
        "shortDescription": {"text": check.summary},
        "fullDescription": {"text": check.details or check.summary},
        "help": {"text": f"{check.details or check.summary}\n\n{example}"},
        "defaultConfiguration": {"level": _LEVELS[check.severities[0]]},
    }


def _result(problem: Problem, rule: int) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(problem.where.file)}}
    if problem.where.line:
        column = {"startColumn": problem.where.column} if problem.where.column else {}
        place["region"] = {"startLine": problem.where.line, **column}
    return {
        "ruleId": problem.check,
        "ruleIndex": rule,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.text},
        "locations": [{"physicalLocation": place}],
    }
