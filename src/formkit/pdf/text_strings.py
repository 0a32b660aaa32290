"""Bytes of PDF strings and names ↔ text, whatever program wrote them (ISO 32000-2, 7.9.2 and 7.3.5).

A byte that stands for nothing becomes U+FFFD, and whoever reads the text must say so; nothing is left out.
"""

from __future__ import annotations

import codecs
import re
from string import ascii_letters

# What PDFDocEncoding has where it differs from Latin-1 (ISO 32000-2, table D.2). Codes it leaves open keep
# their number: 7F, 9F and AD.
_PDFDOC = dict(enumerate("˘ˇˆ˙˝˛˚˜", start=0x18)) | dict(enumerate("•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž\x9f€", start=0x80))
# A language, and a country perhaps, between two escape characters (ISO 32000-2, 7.9.2.2). Some writers put each
# letter into a UTF-16 unit of its own, some pack the two letters of a code into one.
_PACKED = "".join(chr(ord(first) << 8 | ord(second)) for first in ascii_letters for second in ascii_letters)
_LANGUAGE = re.compile(f"\x1b(?:[A-Za-z]{{2}}(?:-?[A-Za-z]{{2}})?|[{_PACKED}]{{1,2}})\x1b")
_CODES = {ord(character): code for code, character in _PDFDOC.items() if not character.isspace() and code != 0x9F}
_HAS_CODES = re.compile(f"[\t\n\r\x20-\x7e\xa1-\xac\xae-\xff{''.join(map(chr, _CODES))}]*")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# A capital letter and the sign that closes a word, as in CAFÉ”: valid UTF-8 by chance.
_CAPITAL_THEN_SIGN = re.compile(rb"[\xc8-\xca\xd3\xd6\xdc][\x83-\x85\x89\x8e\x90\xbb](?![A-Za-z\x80-\xff])")


def decode_text(raw: bytes) -> str:
    """Return the text of a PDF text string, its line ends as line feeds, without marks of language.

    By its first bytes it is UTF-16 of either order or UTF-8, else PDFDocEncoding. Many programs write UTF-8
    without the mark: so it is taken where all of it is valid UTF-8 with a character above ASCII. The
    exception is a text whose only such pairs are a capital and a closing sign at the end of a word.
    """
    if raw.isascii():
        text = raw.decode("ascii")
        return text if text.isprintable() else _tidy(_pdfdoc(raw))
    text = _utf16(raw[2:], "utf-16-be") if raw[:2] == codecs.BOM_UTF16_BE else _decode(raw)
    return text if text.isprintable() else _tidy(text)


def encode_text(text: str) -> bytes:
    """Return the bytes of a PDF text string: PDFDocEncoding where that cannot be misread, else UTF-16.

    A text such as `Ã¼`, whose bytes are valid UTF-8 by chance, is none of the first: many readers would take it
    for `ü`.
    """
    if text.isascii() and text.isprintable():
        return text.encode()
    if _HAS_CODES.fullmatch(text):
        raw = text.translate(_CODES).encode("latin-1")
        if decode_text(raw) == text:
            return raw
    return codecs.BOM_UTF16_BE + text.encode("utf-16-be", "surrogatepass")


def decode_name(raw: bytes) -> str:
    """Return the text of a PDF name, without its slash: UTF-8 where it is valid, else Latin-1."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _decode(raw: bytes) -> str:
    if raw.startswith(codecs.BOM_UTF16_LE):
        return _utf16(raw[2:], "utf-16-le")
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode(errors="replace")
    return _without_mark(raw)


def _without_mark(raw: bytes) -> str:
    if not _CAPITAL_THEN_SIGN.sub(b"", raw).isascii():
        try:
            return raw.decode()
        except UnicodeDecodeError:
            pass
    return _pdfdoc(raw)


def _pdfdoc(raw: bytes) -> str:
    text = raw.decode("latin-1")
    # Escapes have no code in PDFDocEncoding, where theirs is an accent; a language between two of them is one.
    return _LANGUAGE.sub("", text).translate(_PDFDOC)


def _utf16(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        whole = len(raw) & ~1
    text = raw[:whole].decode(encoding, "surrogatepass")
    return _LONE_SURROGATE.sub("\ufffd", text) + "\ufffd" * (len(raw) - whole)


def _tidy(text: str) -> str:
    return _LANGUAGE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
