"""Running checks over the catalogues of a language, with the translators' `formkit-ignore` comments honoured."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterator, Sequence

from formkit.checks.registry import CHECKS, Check
from formkit.checks.values import Catalogues, Finding, String, Translation
from formkit.problems import Problem, Severity, Where

_IGNORE = re.compile(r"formkit-ignore:\s*(.*)", re.IGNORECASE)
UNUSED = "unused-ignore"


def run_checks(catalogues: Catalogues, without: Collection[str] = ()) -> Iterator[Problem]:
    """Yield what the checks find in the catalogues of a language, apart from what translators ignore.

    Takes the ids of checks to leave out. A comment that ignores nothing is an information itself.
    """
    ignored = _Ignored(catalogues, without)
    for check in CHECKS.values():
        if check.id in without:
            continue
        for finding in _findings(check, catalogues):
            if not ignored.covers(finding, check.id):
                yield _problem(finding, check)
    yield from ignored.unused()


def _findings(check: Check, catalogues: Catalogues) -> Iterator[Finding]:
    if check.over is Catalogues:
        yield from check.run(catalogues)
        return
    for translation in catalogues.checked:
        values: Sequence[String | Translation] = (
            (translation,) if check.over is Translation else tuple(translation.strings.values())
        )
        for value in values:
            yield from check.run(value)


def _problem(finding: Finding, check: Check) -> Problem:
    severity = finding.severity or check.severities[0]
    if severity not in check.severities:
        raise ValueError(f"the check '{check.id}' may not find a problem of severity {severity.value}")
    return Problem(finding.where, finding.text, check.id, severity)


class _Ignored:
    """What translators want ignored, and which of these comments did so."""

    def __init__(self, catalogues: Catalogues, without: Collection[str]) -> None:
        self._left_out = without
        self._wanted: dict[tuple[str, int], set[str]] = {}
        self._used: set[tuple[str, int, str]] = set()
        for translation in catalogues.checked:
            self._read(translation.file, 0, translation.catalog.header_comments)
            for entry in translation.catalog.entries.values():
                if entry.comments:
                    self._read(translation.file, entry.text_line, entry.comments)

    def _read(self, file: str, line: int, comments: Sequence[str]) -> None:
        ids = {name for match in map(_IGNORE.match, comments) if match for name in re.findall(r"[^,\s]+", match[1])}
        if ids:
            self._wanted[file, line] = ids

    def covers(self, finding: Finding, check_id: str) -> bool:
        """Tell whether a finding is ignored; one about the file as a whole by a comment of its header."""
        where = (finding.where.file, finding.where.line if finding.entry else 0)
        if check_id not in self._wanted.get(where, ()):
            return False
        self._used.add((*where, check_id))
        return True

    def unused(self) -> Iterator[Problem]:
        """Yield the comments that ignore nothing, apart from those for checks that did not run."""
        for (file, line), ids in self._wanted.items():
            for name in sorted(ids):
                if (file, line, name) not in self._used and name not in self._left_out:
                    yield Problem(Where(file, line), _useless(name), UNUSED, Severity.INFO)


def _useless(name: str) -> str:
    if name in CHECKS:
        return f"nothing of '{name}' is found here any more; remove the comment formkit-ignore"
    close = difflib.get_close_matches(name, CHECKS, n=1)
    meant = f"; did you mean '{close[0]}'?" if close else ""
    return f"there is no check '{name}' to ignore{meant}"
