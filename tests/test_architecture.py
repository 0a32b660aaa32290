"""How the program is built: imports point down, modules and functions stay small, nothing is left to do."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from formkit.fields import FIELD_TYPES
from projects import ROOT

SOURCES = sorted((ROOT / "src").rglob("*.py"))
SCRIPTS = sorted((ROOT / "scripts").glob("*.py")) + sorted((ROOT / "benchmarks").glob("*.py"))
MODULE, FUNCTION, NESTING = 300, 45, 4


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_keep_their_contracts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    said = capsys.readouterr().out
    assert code == 0, said
    assert re.search(r"Contracts: \d+ kept, 0 broken", said)


@pytest.mark.parametrize("path", SOURCES + SCRIPTS, ids=shown)
def test_a_module_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a function's body, without its decorators, arguments and docstring."""
    body = node.body[1:] if ast.get_docstring(node) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def depth(node: ast.AST) -> int:
    """Count how many blocks stand inside one another; `elif` is no block inside its `if`."""
    below = 0
    for name, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        chained = isinstance(node, ast.If) and name == "orelse" and len(children) == 1
        for child in children:
            if isinstance(child, ast.AST) and not isinstance(child, ast.FunctionDef):
                below = max(below, depth(child) - (chained and isinstance(child, ast.If)))
    return isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try) + below


@pytest.mark.parametrize("path", SOURCES, ids=shown)
def test_functions_are_short_and_shallow(path: Path) -> None:
    long = {node.name: length(node) for node in functions(path) if length(node) > FUNCTION}
    deep = {node.name: depth(node) for node in functions(path) if depth(node) > NESTING}
    assert (long, deep) == ({}, {})


def test_most_functions_are_much_shorter() -> None:
    lengths = sorted(length(node) for path in SOURCES for node in functions(path))
    assert lengths[len(lengths) // 2] <= 10
    assert lengths[len(lengths) * 95 // 100] <= 30


def tracked() -> list[Path]:
    """Return the text files of the project, those of git where this is a checkout."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        return [*SOURCES, *SCRIPTS]
    named = [ROOT / name for name in done.stdout.split("\0") if name]
    return [path for path in named if path.suffix in (".py", ".j2", ".css", ".md", ".sh", ".yaml", ".toml")]


def test_nothing_is_left_to_do() -> None:
    marks = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    found = [shown(path) for path in tracked() if path.exists() and marks.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [shown(path) for path in SOURCES if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert [path for path in silent if not path.endswith("__main__.py")] == []


def test_a_field_type_is_one_module_and_one_name_in_the_list() -> None:
    modules = [kind.__module__ for kind in FIELD_TYPES]
    assert len(set(modules)) == len(modules)
    for kind in FIELD_TYPES:
        users = {
            path.stem
            for path in (ROOT / "src/formkit/fields").glob("*.py")
            if re.search(rf"\b{kind.__name__}\b", path.read_text(encoding="utf-8"))
        }
        assert users - {"__init__"} == {kind.__module__.rpartition(".")[2]}


def test_every_template_of_a_widget_belongs_to_one() -> None:
    from typing import get_args

    from formkit.render.html import FOLDER
    from formkit.widgets import Widget

    names = {re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower() for kind in get_args(Widget)}
    assert {path.name.partition(".")[0] for path in (FOLDER / "widgets").iterdir()} == names
