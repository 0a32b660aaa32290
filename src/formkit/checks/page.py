"""The page of the documentation on checks, made from their docstrings.

After a change of a check:

    python -m formkit.checks.page > docs/checks.md
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable

from formkit.checks.registry import CHECKS, Check
from formkit.checks.running import UNUSED
from formkit.problems import Severity

_INTRODUCTION = f"""\
# Checks of translations

`formkit translate check` looks at every translation that a page would show. An **error** keeps a language from being
released, a **warning** is shown, an **information** only with `--info`. This page is made from the program; the table
lists every check.

A finding names the line of the translation in its catalogue:
`locales/uk/LC_MESSAGES/x.po:12: error: …  [numbers]`

To ignore a check for one string, write a comment of the translator above its entry; for the file as a whole, in the
comment at its top. A comment that ignores nothing is reported as `{UNUSED}`.

```po
# formkit-ignore: brackets, numbers
msgid "…"
```

The **glossary** of a language is the catalogue `glossary.po` beside the others: the msgid is the German term, the
msgstr the renderings that are allowed, parted by ` | `; a comment `# forbidden: …` lists those that mislead. A term
without a rendering binds nobody.
"""


def page() -> str:
    """Return the page in Markdown."""
    rows = [f"| [`{check.id}`](#{check.id}) | {_severities(check)} | {check.summary} |" for check in _sorted()]
    table = ["| check | severity | what it wants |", "| --- | --- | --- |", *rows]
    families = [_family(name, checks) for name, checks in _families().items()]
    return "\n".join([_INTRODUCTION, *table, "", *families])


def _sorted() -> list[Check]:
    return sorted(CHECKS.values(), key=lambda check: check.id)


def _families() -> dict[str, list[Check]]:
    found: dict[str, list[Check]] = {}
    for check in CHECKS.values():
        found.setdefault(check.run.__module__, []).append(check)
    return found


def _family(module: str, checks: Iterable[Check]) -> str:
    title = (inspect.getdoc(sys.modules[module]) or "").partition("\n")[0].rstrip(".")
    return "\n".join([f"## {title}", "", *map(_section, checks)])


def _section(check: Check) -> str:
    lines = [f"### `{check.id}`", "", f"*{_severities(check)}.* {check.summary}", ""]
    if check.details:
        lines += [check.details, ""]
    return "\n".join([*lines, f"- wrong: {check.bad}", f"- right: {check.good}", ""])


def _severities(check: Check) -> str:
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "information"}
    return " or ".join(names[severity] for severity in check.severities)


if __name__ == "__main__":
    sys.stdout.write(page())
