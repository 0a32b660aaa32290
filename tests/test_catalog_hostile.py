"""Damaged and hostile catalogues: each is refused with its place, or harmless; nothing is lost or run."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formkit.errors import CatalogError
from formkit.i18n.catalog import Catalog, read_catalog
from formkit.i18n.languages import language

UK = language("uk")
GOOD = 'msgid "Ort"\nmsgstr "Місце"\n'


def read(data: bytes | str) -> Catalog:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.po"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read_catalog(path, UK)


def attempt(data: bytes | str) -> Catalog | CatalogError:
    """Read a file whatever it is; no other exception is allowed to pass."""
    try:
        return read(data)
    except CatalogError as error:
        return error


def faults(data: bytes | str) -> list[str]:
    """Return the problems for which a file is refused, as `line:column text [check]`."""
    with pytest.raises(CatalogError) as caught:
        read(data)
    assert caught.value.exit_code == 1
    assert caught.value.advice
    return [
        f"{problem.where.line}:{problem.where.column} {problem.text} [{problem.check}]"
        for problem in caught.value.problems
    ]


def assert_faults(data: bytes | str, expected: Sequence[str]) -> None:
    found = faults(data)
    assert len(found) == len(expected), found
    for text, wanted in zip(found, expected, strict=True):
        assert wanted in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('msgid "Ort"\nmsgstr "Місце', ["2:14 the closing quote of the string is missing"]),
        ('msgid "Ort"\nmsgstr "Місце\\"', ["2:16 the closing quote"]),
        ('msgid "Ort"\nmsgstr ""\n"Місце\n' + GOOD, ["3:7 the closing quote"]),
        ('msgid "Ort"\nmsgstr "Мі"сце"\n', ["2:12 text behind the closing quote; a quote inside a string"]),
        ('msgid "Ort"\nmsgstr "Мі" "сце"\n', ["2:12 text behind the closing quote"]),
        ('  msgid "Ort"\n\tmsgstr Місце\n', ["2:9 a string in double quotes is missing"]),
        ('msgid "Ort"\nmsgstr\n', ["2:7 a string in double quotes is missing"]),
        ('msgid "Ort"\nmsgstr "\\x41"\n', ["2:9 '\\x' is no escape"]),
        ('msgid "Ort"\nmsgstr "\\u202e"\n', ["2:9 '\\u' is no escape"]),
        ('msgid "Ort"\nmsgstr "a\\101"\n', ["2:10 '\\1' is no escape"]),
        ('msgid "Ort"\nmsgstr "a\\a"\n', ["2:10 '\\a' is no escape"]),
        ('msgid "Ort"\nMsgstr "Місце"\n', ["2:1 'Msgstr \"Місце\"' is neither a comment nor a keyword"]),
        ('domain "x"\n' + GOOD, ["1:1 'domain \"x\"' is neither"]),
        ('msgid "Ort"\nmsgstr[0] "Місце"\n', ["2:1 'msgstr[0]' cannot stand here, but msgid_plural or msgstr"]),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"\n', ["3:1 'msgstr[1]' cannot stand here, but msgstr[0]"]),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', ["3:1 'msgstr' cannot stand here, but msgstr[0]"]),
        ('msgstr "Місце"\n', ["1:1 'msgstr' cannot stand here, but msgctxt or msgid"]),
        ('"Місце"\n', ["1:1 a string stands without msgid or msgstr"]),
        (GOOD + 'msgstr "Місто"\n', ["3:1 'msgstr' cannot stand here, but the next entry"]),
        ('msgid "Ort"\n' + GOOD, ["1:0 this entry has no msgstr"]),
        (GOOD + 'msgid "Datum"\n', ["3:0 this entry has no msgstr"]),
        ('msgid "Ort"\n# remark\nmsgstr "Місце"\n', ["2:1 a comment stands inside an entry"]),
        ('#~ msgid "Ort"\nmsgstr "Місце"\n', ["2:1 an entry has #~ before all of its lines or before none"]),
        ('msgid "Ort"\n#~ msgstr "Місце"\n', ["2:4 an entry has #~"]),
        ('#~ msgid "Ort"\n  #~   msgstr "Місце\n', ["2:21 the closing quote"]),
        ('#| "Ort"\n' + GOOD, ["1:4 '\"Ort\"' is no previous msgid"]),
        ('#~| msgid "a"\n#| "Ort"\n' + GOOD, ["2:4 '\"Ort\"' is no previous msgid"]),
        ('#| msgstr "Ort"\n' + GOOD, ["1:4 'msgstr \"Ort\"' is no previous msgid"]),
        ('#| msgid "Ort\n' + GOOD, ["1:14 the closing quote"]),
        ('msgctxt "a"\nmsgid ""\nmsgstr "b"\n', ["1:0 the msgid is empty"]),
    ],
)  # fmt: skip
def test_what_is_no_po_syntax_is_named_with_line_and_column(text: str, expected: list[str]) -> None:
    assert_faults(text, expected)


def test_all_mistakes_of_a_file_are_named_and_one_slip_is_one_finding() -> None:
    text = 'msgid Ort\nmsgstr "a"\n"b"\n\nmsgid "x"\nmsgstr "y"\n\nfoo\nbar\n\n' + GOOD + "#| foo\n"
    assert_faults(text, ["1:7 a string in double", "8:1 'foo' is neither", "13:4 'foo' is no previous"])


def test_a_last_string_without_end_is_not_lost_silently() -> None:
    assert_faults(GOOD + '\nmsgid "Datum"\nmsgstr "Да', ["5:11 the closing quote"])


def test_a_text_translated_twice_is_named_with_both_lines() -> None:
    other = 'msgctxt "a"\n' + GOOD
    assert_faults(GOOD + other + "# x\n" + GOOD + other, [
        "7:0 this msgid stands in line 1 already", "9:0 this msgid stands in line 3 already"
    ])  # fmt: skip
    assert len(read(GOOD + other + "#~ " + GOOD.replace("\n", "\n#~ ", 1)).entries) == 2


def test_an_empty_context_is_no_context() -> None:
    assert_faults(GOOD + 'msgctxt ""\n' + GOOD, ["3:0 this msgid stands in line 1 already"])


def test_a_conflict_that_git_left_is_explained() -> None:
    text = '<<<<<<< HEAD\nmsgid "Ort"\nmsgstr "A"\n=======\nmsgid "Ort"\nmsgstr "B"\n>>>>>>> branch\n'
    assert_faults(text, ["1:1 '<<<<<<<' is git's mark", "4:1 '======='", "7:1 '>>>>>>>' is git's mark"])


def test_lines_of_equal_signs_in_comments_are_no_conflict() -> None:
    assert read("# =======\n" + GOOD).usable("", "Ort") == "Місце"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('msgid "Ort"\nmsgstr "M\u00fcll"\n'.encode("latin-1"), "2:10 the byte 0xFC is not UTF-8"),
        ('msgid "Ort"\nmsgstr "Місце"\n'.encode("cp1251"), "2:10 the byte 0xF1 is not UTF-8"),
        (GOOD.encode("utf-16"), "0:0 the file is UTF-16; save it as UTF-8"),
        (b'msgid "a"\nmsgstr "\xed\xa0\x80"\n', "2:9 the byte 0xED is not UTF-8"),
        (b'msgid "a"\nmsgstr "\xc0\x80"\n', "2:9 the byte 0xC0 is not UTF-8"),
    ],
)
def test_another_encoding_than_utf8_is_refused(data: bytes, expected: str) -> None:
    assert_faults(data, [expected])


@pytest.mark.parametrize("charset", ["utf-7", "rot13", "ISO-8859-1", "CHARSET", "windows-1251", ""])
def test_a_header_that_claims_another_encoding_is_refused(charset: str) -> None:
    header = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n\n'
    assert_faults(header + 'msgid "a"\nmsgstr "+ADw-script+AD4-"\n', [f"2:0 the header says charset={charset}; save"])


@pytest.mark.parametrize("charset", ["UTF-8", "utf-8", "utf8"])
def test_utf8_may_be_written_in_several_ways(charset: str) -> None:
    assert read(f'msgid ""\nmsgstr "Content-Type: text/plain; charset={charset}\\n"\n' + GOOD).usable("", "Ort")


@pytest.mark.parametrize(
    "character", ["\0", "\x01", "\x07", "\x0b", "\x0c", "\x1b", "\x1c", "\x7f", "\x85", "\u2028", "\u2029",
                  "\ufffe", "\uffff", "\ufdd0", "\U0001ffff", "\r"],
)  # fmt: skip
def test_control_and_non_characters_are_refused_wherever_they_stand(character: str) -> None:
    name = f"the character U+{ord(character):04X} cannot stand in a catalogue"
    assert_faults(f'# a{character}b\nmsgid "Ort"\nmsgstr "Мі{character}сце"\n', [f"1:4 {name}", f"3:11 {name}"])


def test_escaped_control_characters_keep_a_text_off_the_page() -> None:
    for escape in ("\\r", "\\b", "\\v", "\\f", "\\n", "\\t"):
        catalog = read(f'msgid "Ort"\nmsgstr "Мі{escape}сце"\n')
        assert [problem.check for problem in catalog.problems] == ["edges"]
        assert catalog.usable("", "Ort") is None


def test_text_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.po").write_text(GOOD, encoding="utf-8")
    Path("a.po").write_text("b.po", encoding="utf-8")
    with pytest.raises(CatalogError):
        read_catalog(Path("a.po"), UK)
    Path('# b"').write_text(GOOD, encoding="utf-8")
    Path("a.po").write_text('# b"', encoding="utf-8")
    assert read_catalog(Path("a.po"), UK).entries == {}


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.po")
    for name, reason in (("gone.po", "No such file or directory"), (".", "regular file"), ("pipe.po", "regular file")):
        with pytest.raises(CatalogError) as caught:
            read_catalog(tmp_path / name, UK)
        assert reason in caught.value.problems[0].text
        assert caught.value.problems[0].where.file == str(tmp_path / name)


def entries(count: int, text: str = "") -> str:
    return "".join(f'msgid "{number}"\nmsgstr "{text}"\n\n' for number in range(count))


def test_limits_of_size_are_kept() -> None:
    assert len(read(entries(5_000)).entries) == 5_000
    assert_faults(entries(5_001), ["0:0 the file has more than 5000 entries [too-large]"])
    assert len(read('msgid "a"\nmsgstr "' + "b" * 19_900 + '"\n').entries) == 1
    assert_faults('msgid "a"\nmsgstr "' + "b" * 20_000 + '"\n', ["1:0 the entry is longer than 20000 bytes"])
    assert_faults("#" + "x" * 2_000_000, ["0:0 the file has more than 2000000 bytes"])
    assert_faults("\n" * 100_001, ["0:0 more than 100000 lines are not accepted"])


@pytest.mark.parametrize(
    "data",
    [
        entries(5_000, "x " * 150),
        'msgid ""\n' + '""\n' * 99_000 + 'msgstr "a"\n',
        "".join(f'msgid "{n}"\nmsgstr ""\n' + '""\n' * 6_000 + "\n" for n in range(16)),
        "foo\n\n" * 49_000,
        'msgid "a"\n\n' * 40_000,
        b"\xff\n" * 900_000,
        "\x01" * 1_999_999,
        "<<<<<<<\n" * 99_000,
        'msgid "a"\nmsgstr "' + "\\\\" * 900_000,
        'msgid "a"\nmsgstr "' + "\u202e" * 6_000 + '"\n',
        'msgid "a"\nmsgstr "' + "{x}" * 6_500 + '"\n',
        "".join(f'msgid "{n}"\nmsgstr "' + "[*" * 9_000 + '"\n' for n in range(100)),
        "".join(f'msgid "{n}"\nmsgstr "' + "[" + "a" * 19_000 + '"\n' for n in range(100)),
        "".join(f'msgid "{n}"\nmsgstr "' + "[a](https:" * 1_800 + '"\n' for n in range(100)),
        "# " + "a" * 1_900_000 + "\n" + GOOD,
        "#, " + "a," * 9_000 + "\n" + GOOD,
        "#: " + "a:1 " * 4_500 + "\n" + GOOD,
    ],
    ids=lambda data: ascii(data[:24]),
)
def test_nothing_takes_long(data: bytes | str) -> None:
    start = time.process_time()
    result = attempt(data)
    assert time.process_time() - start < 5
    assert len(result.problems) <= 200


LINES = st.sampled_from(
    ["", "# a", "#. a", "#: a:1", "#, fuzzy", "#", "##", "#~", '#| msgid "o"', '#| "p"', '#~| msgid "o"', "#| x",
     'msgctxt "c"', 'msgid "a"', 'msgid ""', 'msgid_plural "p"', 'msgstr "t"', 'msgstr[0] "t"', 'msgstr[1] "u"',
     '"more"', '"', '#~ msgid "a"', '#~ msgstr "t"', '#~ "more"', "msgid", 'msgstr "\\q"',
     '"Content-Type: charset=x\\n"', "<<<<<<< x", "=======", "\u00a0", "\u2028", "\x0c", 'msgid\u00a0"x"', "\ufeff"]
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=8), max_size=25).map("\n".join))
@example('msgid ""\nmsgstr ""\nmsgid "a"\nmsgstr "t"')
@settings(deadline=None, max_examples=300)
def test_any_lines_give_a_catalogue_or_a_catalogue_error(text: str) -> None:
    result = attempt(text.encode(errors="surrogatepass"))
    if isinstance(result, CatalogError):
        assert result.problems
        assert all(1 <= problem.where.line <= text.count("\n") + 1 for problem in result.problems)
        return
    # Nothing is lost: each msgstr of the file is an entry, an obsolete one, a plural form or the header.
    strings = sum(max(1, len(each.plural_texts)) for each in (*result.entries.values(), *result.obsolete))
    written = sum(line.lstrip("#~ \t").startswith("msgstr") for line in text.split("\n"))
    assert written - strings in ((0, 1) if 'msgid ""' in text else (0,))


@given(st.binary(max_size=400))
@example(b"\xef\xbb\xbf")
@example(b"\xff\xfe")
@example(b"msgid")
@settings(deadline=None)
def test_any_bytes_give_a_catalogue_or_a_catalogue_error(data: bytes) -> None:
    result = attempt(data)
    assert isinstance(result, Catalog) or result.problems
