"""The quick reader of catalogues finds what the strict one finds, or leaves the file to it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.i18n.po_fast import fast_scan
from formkit.i18n.po_syntax import scan

ROOT = Path(__file__).parent.parent
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/*.po"))
LINES = [
    "# remark",
    "#",
    "#. id: a",
    "#: f.yaml#a",
    "#, fuzzy",
    '#| msgid "old"',
    'msgctxt "c"',
    'msgid "a"',
    'msgid ""',
    '"more\\n"',
    'msgstr "b"',
    'msgstr[0] "b"',
    'msgid_plural "as"',
    '#~ msgid "a"',
    '#~ msgstr "b"',
    "",
    " ",
    'msgid "unclosed',
    '  msgid "x"',
    "#!x",
    "#.x",
]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_our_own_catalogues_are_read_the_quick_way_and_alike(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    blocks, problems = scan(lines, "x.po")
    assert problems == ()
    assert fast_scan(lines) == blocks


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_lines_are_read_alike_or_left_to_the_strict_reader(lines: list[str]) -> None:
    found = fast_scan(lines)
    if found is not None:
        assert (found, ()) == scan(lines, "x.po")
