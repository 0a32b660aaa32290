"""The quick reader of catalogues finds what the strict one finds, or leaves the file to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.errors import CatalogError
from formkit.i18n.old import read_old
from formkit.i18n.po_entry import OldEntry, entry_of
from formkit.i18n.po_fast import fast_scan
from formkit.i18n.po_syntax import scan
from formkit.i18n.po_text import lines_of

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
    "# blank behind ",
    "#. blank behind\t",
    "#. \tblank before",
]


def shown(entries: Iterable[OldEntry]) -> list[tuple[object, ...]]:
    """Return all that is known of entries: heads are equal to themselves only."""
    return [(astuple(entry.head), *entry[1:]) for entry in entries]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_our_own_catalogues_are_read_the_quick_way_and_alike(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    blocks, problems = scan(text.split("\n"), "x.po")
    assert problems == ()
    assert shown(fast_scan(text.encode()) or []) == shown(map(entry_of, blocks))


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_any_lines_are_read_alike_or_left_to_the_strict_reader(lines: list[str]) -> None:
    read_alike("\n".join(lines).encode())


SLIPS = [b'"', b"\\", b"\n", b"\n\n", b"#", b"#~ ", b"#| ", b" ", b"\t", b"\xff", b"\0", b"<<<<<<< a\n", b"msgstr "]
SLIPS += [sign.encode() for sign in ("\x85", "\u2028", "\ufdd0", "\u200c", "\u00a0", "\U0001fffe", "ї")]
# Short, so that slips hit what matters, with an entry of each kind.
SAMPLE = b"""# h
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

# r
#. id: a
#: f#a
#, fuzzy
#| msgid "o"
#| "p"
msgctxt "c"
msgid "a"
msgstr "b"

msgid "x"
msgstr ""
"y"
"z"

#~ msgid "g"
#~ msgstr "h"
"""


@given(st.lists(st.tuples(st.integers(0, len(SAMPLE)), st.integers(0, 9), st.sampled_from(SLIPS)), max_size=3))
def test_a_damaged_catalogue_is_read_alike_or_left_to_the_strict_reader(slips: list[tuple[int, int, bytes]]) -> None:
    data = SAMPLE
    for place, deleted, slip in slips:
        data = data[:place] + slip + data[place + deleted :]
    read_alike(data)


@pytest.mark.parametrize("piece", [b'msgid "\xc3\n\xa4"\nmsgstr ""', b'msgid "a"\nmsgstr "\xc3"\n"\xa4"'])
def test_a_letter_cut_in_two_by_the_end_of_a_line_is_no_letter(piece: bytes) -> None:
    assert fast_scan(b'msgid ""\nmsgstr ""\n\n' + piece) is None
    with pytest.raises(CatalogError, match="cannot be used"):
        read_old(piece, "x.po")


def test_what_is_unusual_but_whole_is_read_strictly_and_the_rest_the_quick_way() -> None:
    data = b'msgid "a"\nmsgstr "b"\n\n#~ msgid "c"\n#~ msgstr ""\n#~ "d"\n\nmsgid "e"\nmsgstr ""\n'
    assert [(entry.obsolete, entry.translation) for entry in fast_scan(data) or []] == [
        (False, "b"),
        (True, "d"),
        (False, ""),
    ]
    read_alike(data)


def read_alike(data: bytes) -> None:
    """Fail where the quick reader takes a file for another than the strict one does, or for a sound one."""
    found = fast_scan(data)
    if found is not None:
        blocks, problems = scan(lines_of(data, "x.po"), "x.po")
        assert problems == ()
        assert shown(found) == shown(map(entry_of, blocks))
