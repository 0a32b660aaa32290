"""Human text: what a person reads, the few marks it may carry, and the pair of two languages.

A text holds `{name}` placeholders and three marks, `**strong**`, `*emphasis*` and `[text](target)`;
everything else in it is plain. The same grammar is used for the German text and for a translation,
so both can be compared token by token and neither is ever compiled, formatted or interpreted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

FORM_DOMAIN = "form"
FORMKIT_DOMAIN = "formkit"
AUTHORITY_DOMAIN = "authority"


@dataclass(frozen=True, slots=True)
class Msg:
    """A German text to be translated: the msgid, its msgctxt, and the catalogue it belongs to.

    `domain` is "form" (the catalogue of the form at hand), "authority" or "formkit" (our own words);
    `comment` is a remark for translators and no part of the text's identity.
    """

    text: str
    context: str = ""
    domain: str = FORM_DOMAIN
    comment: str = field(default="", compare=False)

    @property
    def placeholders(self) -> frozenset[str]:
        """Return the names used as `{name}` in the text."""
        return frozenset(run.name for run in runs(self.text) if isinstance(run, Placeholder))

    @property
    def wordless(self) -> bool:
        """Tell whether there is nothing to translate: placeholders and signs only."""
        return not any(isinstance(run, Plain) and any(map(str.isalpha, run.text)) for run in runs(self.text))


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text for one reader: German, and the translation where there is a usable one.

    `target` is None where the text stays German by intent (the source itself, German-only parts);
    `missing` is true where a translation should stand but does not.
    """

    source: str
    target: str | None = None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Plain:
    """A run of plain characters."""

    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A `{name}` to be replaced by a value of the form."""

    name: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""


Run = Plain | Placeholder

_TOKEN = re.compile(
    r"(?P<strong>\*\*)|(?P<emphasis>\*)"
    r"|\[(?P<label>[^\[\]\n]+)\]\((?P<target>(?:https|mailto|tel):[^()\s]+)\)"
    r"|\{(?P<name>[a-z][a-z0-9_]*)\}"
)


def runs(text: str) -> tuple[Run, ...]:
    """Split a text into runs of plain characters and placeholders, each with its marks.

    Marks that do not pair up are plain characters: a stray asterisk never swallows a sentence.
    """
    return tuple(_runs(text, balanced(text)))


def _runs(text: str, marked: bool) -> Iterator[Run]:
    strong = emphasis = False
    position = 0
    for token in _TOKEN.finditer(text):
        kind = "link" if token["target"] else token.lastgroup
        if kind in ("strong", "emphasis") and not marked:
            continue
        if token.start() > position:
            yield Plain(text[position : token.start()], strong, emphasis)
        position = token.end()
        if kind == "strong":
            strong = not strong
        elif kind == "emphasis":
            emphasis = not emphasis
        elif kind == "name":
            yield Placeholder(token["name"], strong, emphasis)
        else:
            yield Plain(token["label"], strong, emphasis, token["target"])
    if position < len(text):
        yield Plain(text[position:], strong, emphasis)


def balanced(text: str) -> bool:
    """Tell whether the marks of a text pair up (an even number of each)."""
    kinds = [token.lastgroup for token in _TOKEN.finditer(text)]
    return kinds.count("strong") % 2 == 0 and kinds.count("emphasis") % 2 == 0


def tokens(text: str) -> tuple[str, ...]:
    """Return marks, link targets and placeholders of a text, sorted: what a translation must keep."""
    # Most texts have none; what each token begins with is found at once.
    if "*" not in text and "[" not in text and "{" not in text:
        return ()
    found = []
    for token in _TOKEN.finditer(text):
        if token["target"]:
            found.append(f"({token['target']})")
        elif token["name"]:
            found.append(f"{{{token['name']}}}")
        else:
            found.append(token[0])
    return tuple(sorted(found))


def plain(text: str) -> str:
    """Return the text without its marks, placeholders as written: for titles, tooltips and lists."""
    return "".join(run.text if isinstance(run, Plain) else f"{{{run.name}}}" for run in runs(text))
