"""Plain values with positions → a validated model, or every fault with its line and column."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from formkit.definition.yaml import Data, DataPath, Document, read_yaml
from formkit.errors import DefinitionError
from formkit.problems import Problem, Where, in_order

M = TypeVar("M", bound=BaseModel)

# So many findings say enough about a file.
MAX_PROBLEMS = 100

# Sentences of our own where pydantic's speak of Python rather than of the author's file.
_SENTENCES = {
    "missing": ("'{key}' is missing", "missing-key"),
    "string_type": ("must be text", "wrong-type"),
    "bool_type": ("must be true or false", "wrong-type"),
    "int_type": ("must be a whole number", "wrong-type"),
    "tuple_type": ("must be a list", "wrong-type"),
    "dict_type": ("must be a mapping (key: value)", "wrong-type"),
    "model_type": ("must be a mapping (key: value)", "wrong-type"),
    "model_attributes_type": ("must be a mapping (key: value)", "wrong-type"),
    "string_pattern_mismatch": ("'{input}' is not allowed here; the pattern is {pattern}", "bad-name"),
    "string_too_long": ("longer than {max_length} characters", "too-long"),
    "too_short": ("needs at least {min_length} entries", "too-short"),
    "too_long": ("has more than {max_length} entries", "too-long"),
    "greater_than_equal": ("must be {ge} or more", "out-of-range"),
    "less_than_equal": ("must be {le} or less", "out-of-range"),
    "union_tag_not_found": ("'type' is missing", "missing-key"),
}


def read_model(path: Path, shown: str, model: type[M]) -> tuple[M, Document]:
    """Read and validate a YAML file; raises DefinitionError with every structural fault."""
    document = read_yaml(path, shown)
    return validate(document, model), document


def validate(document: Document, model: type[M]) -> M:
    """Validate plain values; raises DefinitionError with every structural fault."""
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        keys = _keys(model)
        faults = (fault for fault in error.errors(include_url=False) if not _echo(fault, document))
        found = _alternatives(_problem(fault, document, keys) for fault in itertools.islice(faults, MAX_PROBLEMS))
        count = "1 fault" if len(found) == 1 else f"{len(found)} faults"
        if error.error_count() > MAX_PROBLEMS:
            count = f"more than {MAX_PROBLEMS} faults"
        raise DefinitionError(f"{document.file}: {count}", problems=in_order(found)) from error


class _Keys:
    """The keys each kind of mapping knows, to propose the one that was meant."""

    def __init__(self, model: type[BaseModel]) -> None:
        self._root = model.model_json_schema()
        self._definitions = self._root.get("$defs", {})

    def near(self, given: Mapping[str, Any], key: str) -> str:
        """Return the known key most like `key` for the mapping that has most of the given keys."""
        schemas = [self._root, *self._definitions.values()]
        schemas = [schema for schema in schemas if "properties" in schema]
        kind = given.get("type")
        typed = [s for s in schemas if s["properties"].get("type", {}).get("const") == kind and kind]
        best = max(typed or schemas, key=lambda schema: sum(name in given for name in schema["properties"]))
        return _near(key, list(best["properties"]))


@cache
def _keys(model: type[BaseModel]) -> _Keys:
    return _Keys(model)


def _near(word: str, words: Sequence[str]) -> str:
    close = difflib.get_close_matches(word, words, n=1, cutoff=0.6)
    return f"; did you mean '{close[0]}'?" if close else ""


def _alternatives(problems: Iterable[Problem]) -> list[Problem]:
    """Say once what a value may be where it could be one of several things and is none."""
    found: dict[tuple[Where, str], list[str]] = {}
    for problem in problems:
        found.setdefault((problem.where, problem.check), []).append(problem.text)
    joined = []
    for (where, check), sentences in found.items():
        if check == "wrong-type":
            first, *others = dict.fromkeys(sentences)
            sentences = [" or ".join([first, *(other.removeprefix("must be ") for other in others)])]
        joined += [Problem(where, sentence, check) for sentence in sentences]
    return joined


def _echo(fault: ErrorDetails, document: Document) -> bool:
    """Tell whether a list is only called too short because entries of it have faults of their own."""
    _, node = _locate(fault["loc"], document.data)
    return fault["type"] == "too_short" and isinstance(node, tuple) and len(node) >= fault["ctx"]["min_length"]


def _problem(fault: ErrorDetails, document: Document, keys: _Keys) -> Problem:
    path, _ = _locate(fault["loc"], document.data)
    kind, facts = fault["type"], dict(fault.get("ctx", {}))
    if kind == "extra_forbidden":
        _, parent = _locate(fault["loc"][:-1], document.data)
        key = str(fault["loc"][-1])
        text = f"unknown key '{key}'{keys.near(parent if isinstance(parent, dict) else {}, key)}"
        return Problem(document.where(path, key=True), text, "unknown-key")
    if kind == "union_tag_invalid":
        known = [tag.strip(" '") for tag in str(facts["expected_tags"]).split(",")]
        text = f"unknown field type '{facts['tag']}'{_near(str(facts['tag']), known)}"
        return Problem(document.where((*path, "type")), text, "unknown-type")
    if kind == "literal_error":
        text = f"'{fault['input']}' is not one of {facts['expected']}"
        return Problem(document.where(path), text, "unknown-value")
    if kind in _SENTENCES:
        sentence, check = _SENTENCES[kind]
        text = sentence.format(key=fault["loc"][-1] if fault["loc"] else "", input=str(fault["input"])[:60], **facts)
        return Problem(document.where(path), text, check)
    if "column" in facts:
        return Problem(document.inside(path, int(facts["column"])), fault["msg"], kind)
    return Problem(document.where(path), fault["msg"], kind.replace("_", "-"))


def _locate(loc: Sequence[str | int], data: Data) -> tuple[DataPath, Data]:
    """Follow pydantic's location through the values; tags of unions stand in it but not in the file."""
    path: DataPath = ()
    node = data
    for step in loc:
        inside_mapping = isinstance(node, dict) and isinstance(step, str) and step in node
        inside_list = isinstance(node, tuple) and isinstance(step, int) and step < len(node)
        if inside_mapping or inside_list:
            node = node[step]  # type: ignore[index]
            path = (*path, step)
    return path, node
