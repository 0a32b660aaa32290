"""The project: the nearest formkit.toml upward, and the folders and defaults it names."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from formkit.errors import DefinitionError, FormkitError, UnknownName
from formkit.problems import Problem, Where

FILE = "formkit.toml"
_KEYS: Mapping[str, type] = {
    "forms": str,
    "locales": str,
    "output": str,
    "authority": str,
    "languages": list,
    "completeness": int,
    "fonts": str,
}


@dataclass(frozen=True, slots=True)
class Project:
    """Where forms, catalogues and output lie, and what holds where a command names nothing else."""

    root: Path
    forms: Path
    locales: Path
    output: Path
    authority: str = ""
    languages: tuple[str, ...] = ()
    completeness: int = 95
    fonts: Path | None = None

    def shown(self, path: Path) -> str:
        """Return a path as messages name it: relative to the project where it lies inside."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def form_ids(self) -> tuple[str, ...]:
        """Return the ids of all forms, sorted."""
        return tuple(sorted(path.stem for path in self.forms.glob("*.yaml")))

    def authority_ids(self) -> tuple[str, ...]:
        """Return the ids of all authority profiles, sorted."""
        return tuple(sorted(path.stem for path in (self.forms / "authorities").glob("*.yaml")))

    def form_path(self, form_id: str) -> Path:
        """Return the file of a form; raises UnknownName."""
        return _existing(self.forms, form_id, self.form_ids(), "form")

    def authority_path(self, authority_id: str) -> Path:
        """Return the file of an authority profile; raises UnknownName."""
        return _existing(self.forms / "authorities", authority_id, self.authority_ids(), "authority")


def _existing(folder: Path, name: str, known: tuple[str, ...], what: str) -> Path:
    if name in known:
        return folder / f"{name}.yaml"
    close = difflib.get_close_matches(name, known, n=1)
    meant = f"; did you mean '{close[0]}'?" if close else ""
    listed = ", ".join(known) or "none"
    raise UnknownName(f"no {what} '{name}'{meant}", advice=f"Known: {listed} (in {folder}).")


def find_project(start: Path) -> Project:
    """Find the project of a folder: the nearest formkit.toml upward, else the folder itself."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return read_project(folder / FILE)
    return _project(start, {})


def read_project(path: Path) -> Project:
    """Read a formkit.toml; raises DefinitionError with every fault."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FormkitError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem(Where(FILE), str(error), "toml-syntax")
        raise DefinitionError(f"{FILE}: not readable", problems=[problem]) from error
    problems = [_fault(key, value) for key, value in data.items() if not _fits(key, value)]
    if problems:
        raise DefinitionError(f"{FILE}: {len(problems)} faults", problems=problems)
    return _project(path.parent, data)


def _fits(key: str, value: object) -> bool:
    kind = _KEYS.get(key)
    if kind is list:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return kind is not None and isinstance(value, kind) and not isinstance(value, bool)


def _fault(key: str, value: object) -> Problem:
    if key in _KEYS:
        return Problem(Where(FILE), f"'{key}' must be a {_KEYS[key].__name__}", "wrong-type")
    close = difflib.get_close_matches(key, list(_KEYS), n=1)
    meant = f"; did you mean '{close[0]}'?" if close else ""
    return Problem(Where(FILE), f"unknown key '{key}'{meant}", "unknown-key")


def _project(root: Path, data: Mapping[str, object]) -> Project:
    def folder(key: str, default: str) -> Path:
        return root / str(data.get(key, default))

    languages = data.get("languages", [])
    return Project(
        root,
        folder("forms", "forms"),
        folder("locales", "locales"),
        folder("output", "build"),
        str(data.get("authority", "")),
        tuple(str(tag) for tag in languages) if isinstance(languages, list) else (),
        int(str(data.get("completeness", 95))),
        folder("fonts", "") if "fonts" in data else None,
    )
