"""Bytes from outside → text or XML: UTF-8 and harmless, or refused with the place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from formkit.i18n.exchange.rows import refuse
from formkit.i18n.po_text import forbidden
from formkit.problems import Problem, Where

if TYPE_CHECKING:
    from lxml.etree import _Element

_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# "<?xm" in EBCDIC, which libxml2 would read.
_EBCDIC = b"Lo\xa7\x94"
_DECLARED = re.compile(r"""<\?xml[^>]*?\bencoding\s*=\s*["']([^"']*)""")


def decoded(data: bytes, file: str) -> str:
    """Return the text of a file, without a byte order mark; raises ExchangeError for any encoding but UTF-8."""
    if data.startswith(_UTF_16) or b"\0" in data[:100]:
        refuse(file, [Problem(Where(file), "the file is UTF-16 or no text at all; save it as UTF-8", "encoding")])
    try:
        return data.removeprefix(_BOM).decode()
    except UnicodeDecodeError as error:
        whole = error.object
        line = whole.count(b"\n", 0, error.start) + 1
        column = len(whole[whole.rfind(b"\n", 0, error.start) + 1 : error.start].decode()) + 1
        text = f"the byte 0x{whole[error.start]:02X} is not UTF-8; save the file as UTF-8"
        refuse(file, [Problem(Where(file, line, column), text, "encoding")])


def require_characters(text: str, file: str) -> None:
    """Raise ExchangeError for a character that no catalogue may hold; CR ends lines."""
    if wrong := forbidden(text.replace("\r", "")):
        place = text.index(wrong)
        where = Where(file, text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))
        found = f"the character U+{ord(wrong):04X} cannot stand in a catalogue; remove it"
        refuse(file, [Problem(where, found, "control-character")])


def require_plain_xml(data: bytes, file: str) -> None:
    """Raise ExchangeError for XML that is not UTF-8 or has a document type; anything but XML passes.

    A document type is refused by its letters, before any parser sees the entities that it declares.
    """
    start = data.removeprefix(_BOM).lstrip()[:4]
    utf_16 = data.startswith(_UTF_16) or (b"\0" in start and b"<" in start)
    if not (start.startswith(b"<") or utf_16 or start == _EBCDIC):
        return
    text = decoded(data, file)
    declared = _DECLARED.match(text.lstrip())
    if declared and declared[1].casefold() not in ("utf-8", "utf8", "us-ascii"):
        refuse(file, [Problem(Where(file, 1), f"the encoding is {declared[1]}; save the file as UTF-8", "encoding")])
    if (place := text.find("<!DOCTYPE")) >= 0:
        where = Where(file, text.count("\n", 0, place) + 1)
        refuse(file, [Problem(where, "a document type (DOCTYPE) is not accepted; remove it", "xml-unsafe")])


def parsed(data: bytes, file: str) -> _Element:
    """Parse XML from outside: no document type, no entities, nothing fetched; raises ExchangeError."""
    from lxml import etree

    require_plain_xml(data.lstrip(), file)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data.removeprefix(_BOM).lstrip(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        refuse(file, [Problem(Where(file, line or 1, max(column, 0)), f"this is no XML: {error.msg}", "xml-syntax")])
