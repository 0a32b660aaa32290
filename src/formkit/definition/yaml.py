"""YAML with positions: text → plain values and the line and column of each of them.

A form is data, so only the plain part of YAML counts: no anchors, aliases, tags, merge keys or duplicate
keys; scalars are text, whole numbers or true/false. PyYAML's pure composer gives nodes with positions;
what is built from them is ours (the C loader can be brought down by deep nesting).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from formkit.errors import DefinitionError, FormkitError
from formkit.problems import Problem, Where

MAX_BYTES = 1_000_000
MAX_DEPTH = 32

Data = str | int | bool | tuple["Data", ...] | dict[str, "Data"]
DataPath = tuple[str | int, ...]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
# Control characters, bidi overrides and isolates, non-characters: never part of a form's text.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Document:
    """The plain values of one file, and where each of them stands."""

    file: str
    data: Data
    values: Mapping[DataPath, Where]
    keys: Mapping[DataPath, Where]
    contents: Mapping[DataPath, int]

    def where(self, path: DataPath, *, key: bool = False) -> Where:
        """Return the place of the value (or key) at a path, or of its nearest parent."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Where(self.file))

    def inside(self, path: DataPath, column: int) -> Where:
        """Return the place of the character `column` (from 1) of a text that stands on one line."""
        where = self.where(path)
        start = self.contents.get(path)
        return where if start is None else Where(where.file, where.line, start + column - 1)


class _Refused(Exception):
    """A part of YAML that a form does not use."""

    def __init__(self, mark: yaml.Mark | None, text: str, check: str) -> None:
        super().__init__(text)
        self.mark, self.text, self.check = mark, text, check


class _Composer(yaml.SafeLoader):
    """PyYAML's composer without anchors, aliases and tags, to a limited depth."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: object) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            text = "anchors (&) and aliases (*) are not used in forms; write the value out, or quote it if it is text"
            raise _Refused(event.start_mark, text, "yaml-alias")
        if getattr(event, "tag", None):
            raise _Refused(event.start_mark, "tags (!) are not used in forms; quote the value", "yaml-tag")
        if self.depth >= MAX_DEPTH:
            raise _Refused(event.start_mark, f"nested deeper than {MAX_DEPTH} levels", "yaml-depth")
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)  # type: ignore[arg-type]
        self.depth -= 1
        return node


def read_yaml(path: Path, shown: str) -> Document:
    """Read a YAML file; `shown` is its name in messages.

    Raises DefinitionError with located problems, FormkitError where the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FormkitError(
            f"{shown}: cannot be read: {error.strerror}", advice="Check the path and its rights."
        ) from error
    if len(raw) > MAX_BYTES:
        raise _fault(Where(shown), f"larger than {MAX_BYTES:,} bytes", "yaml-size")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise _fault(Where(shown, line), "not UTF-8; save the file as UTF-8", "yaml-encoding") from error
    return load_yaml(text, shown)


def load_yaml(text: str, file: str) -> Document:
    """Turn YAML text into plain values with positions; raises DefinitionError with all faults found."""
    try:
        node = _Composer(text).get_single_node()
    except _Refused as refused:
        raise _fault(_place(file, refused.mark), refused.text, refused.check) from refused
    except yaml.MarkedYAMLError as error:
        sentence = " ".join(part for part in (error.context, error.problem) if part)
        if "expected" in sentence or "not allowed" in sentence:
            sentence += "; put texts with ? : , # [ ] { } in quotes"
        raise _fault(_place(file, error.problem_mark or error.context_mark), sentence, "yaml-syntax") from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise _fault(Where(file, line), f"unusable character U+{error.character:04X}", "yaml-syntax") from error
    except Exception as error:  # PyYAML also raises AssertionError, TypeError … on bad input (yaml-test-suite)
        raise _fault(Where(file), f"not readable as YAML ({type(error).__name__})", "yaml-syntax") from error
    if node is None:
        raise _fault(Where(file), "the file is empty", "yaml-empty")
    build = _Builder(file, text.splitlines())
    data = build.value(node, ())
    if build.problems:
        raise DefinitionError(f"{file}: not a usable definition", problems=build.problems)
    return Document(file, data, build.values, build.keys, build.contents)


def _fault(where: Where, text: str, check: str) -> DefinitionError:
    problem = Problem(where, text, check)
    return DefinitionError(f"{where.file}: not a usable definition", problems=[problem])


def _place(file: str, mark: yaml.Mark | None) -> Where:
    return Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)


class _Builder:
    """Walk composed nodes once, collecting values, places and problems."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file, self.lines = file, lines
        self.values: dict[DataPath, Where] = {}
        self.keys: dict[DataPath, Where] = {}
        self.contents: dict[DataPath, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: yaml.Node, path: DataPath) -> Data:
        self.values[path] = _place(self.file, node.start_mark)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(item, (*path, index)) for index, item in enumerate(node.value))
        assert isinstance(node, yaml.ScalarNode)
        return self._scalar(node, path)

    def _mapping(self, node: yaml.MappingNode, path: DataPath) -> Data:
        found: dict[str, Data] = {}
        for key_node, value_node in node.value:
            where = _place(self.file, key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                self._report(where, "a key must be plain text", "yaml-key")
                continue
            key = str(key_node.value)
            if key in found:
                first = self.keys[(*path, key)]
                self._report(where, f"'{key}' stands twice, first in line {first.line}", "yaml-duplicate-key")
                continue
            self.keys[(*path, key)] = where
            found[key] = self.value(value_node, (*path, key))
        return found

    def _scalar(self, node: yaml.ScalarNode, path: DataPath) -> Data:
        text = str(node.value)
        if node.style is None:
            if text in ("true", "false"):
                return text == "true"
            if _INTEGER.fullmatch(text):
                return int(text)
            if text in ("", "~", "null"):
                self._report(self.values[path], "a value is missing here; write one or remove the key", "yaml-no-value")
        if match := _FORBIDDEN.search(text):
            self._report(self.values[path], f"invisible character U+{ord(match[0]):04X} in a text", "yaml-character")
        start = node.start_mark.column + (1 if node.style in ("'", '"') else 0)
        if self.lines[node.start_mark.line][start : start + len(text)] == text:
            self.contents[path] = start + 1
        return unicodedata.normalize("NFC", text.strip())

    def _report(self, where: Where, text: str, check: str) -> None:
        self.problems.append(Problem(where, text, check))
