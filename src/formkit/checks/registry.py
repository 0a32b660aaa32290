"""The registry of checks: one decorated function a check, found by its id, documented by its docstring."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from formkit.checks.values import Finding
from formkit.problems import Severity

Function = TypeVar("Function", bound=Callable[[Any], Iterator[Finding]])


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its id, what it may find, and the function that looks.

    `over` is the type of value it is given: a String, a Translation or Catalogues. The first of the
    `severities` counts where a finding names none. `summary`, `details`, `bad` and `good` are its docstring.
    """

    id: str
    over: type
    severities: tuple[Severity, ...]
    run: Callable[[Any], Iterator[Finding]]
    summary: str
    details: str
    bad: str
    good: str
    family: str


CHECKS: dict[str, Check] = {}


def check(*severities: Severity) -> Callable[[Function], Function]:
    """Enter a function into the registry as a check with its possible severities, the usual one first.

    The id is the function's name in kebab-case, what it is run over is the type of its parameter. Raises
    ValueError for a second check of the same id, or a docstring without `Bad:` and `Good:`.
    """

    def register(function: Function) -> Function:
        name = function.__name__.replace("_", "-")
        if name in CHECKS:
            raise ValueError(f"there are two checks '{name}'")
        if not severities:
            raise ValueError(f"the check '{name}' has no severity")
        CHECKS[name] = _described(name, severities, function)
        return function

    return register


def _described(name: str, severities: tuple[Severity, ...], function: Callable[[Any], Iterator[Finding]]) -> Check:
    text = inspect.cleandoc(function.__doc__ or "")
    parts = re.fullmatch(
        r"(?P<summary>.+?)(?:\n\n(?P<details>.*?))?\n\nBad: (?P<bad>.+?)\nGood: (?P<good>.+)", text, re.S
    )
    if parts is None:
        raise ValueError(f"the docstring of the check '{name}' needs a first line, then 'Bad:' and 'Good:'")
    hints = typing.get_type_hints(function)
    over = next(kind for parameter, kind in hints.items() if parameter != "return")
    details = parts["details"] or ""
    family = function.__module__.rpartition(".")[2]
    return Check(name, over, severities, function, parts["summary"], details, parts["bad"], parts["good"], family)
