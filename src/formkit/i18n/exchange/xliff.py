"""XLIFF 1.2 (strict): for translation agencies and their tools.

What must stay in a text is a `<ph>` each, so that tools protect it; the same piece has the same id in
source and target. Source: OASIS, XLIFF Version 1.2, 2008.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from formkit.i18n.exchange.plain import parsed
from formkit.i18n.exchange.rows import MAX_ROWS, MAX_TEXT, Row, Sheet, State, read_mark, refuse
from formkit.i18n.exchange.spelling import CONTROL, spelt, unspelt
from formkit.i18n.pieces import pieces
from formkit.problems import Problem, Where

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_CONTEXT = "x-gettext-msgctxt"
_GERMAN = "de"
_STATES = {
    State.MISSING: "needs-translation",
    State.FUZZY: "needs-review-translation",
    State.TRANSLATED: "translated",
    State.REVIEWED: "final",
}
_OURS = re.compile(r"[0-9a-f]{16}")
_CONTROL = re.compile(f"({CONTROL})")
# Elements that hold words, against those that hold what stays.
_WORDS = frozenset({"g", "mrk"})
_CODES = frozenset({"ph", "it", "bpt", "ept", "x", "bx", "ex"})


def unit_id(context: str, german: str) -> str:
    """Return the id of a text: the same in every export, another for every other text."""
    return hashlib.sha256(f"{context}\x04{german}".encode()).hexdigest()[:16]


def write(sheet: Sheet) -> bytes:
    """Write a sheet."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="1.2" xmlns="{_NAMESPACE}">',
        f'<file original={quoteattr(sheet.name)} source-language="{_GERMAN}"'
        f' target-language={quoteattr(sheet.language)} datatype="po" tool-id="formkit">',
        '<header><tool tool-id="formkit" tool-name="formkit"/></header>',
        "<body>",
        *(_unit(row) for row in sheet.rows),
        "</body>",
        "</file>",
        "</xliff>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _unit(row: Row) -> str:
    attributes = {"id": unit_id(*row.key), "xml:space": "preserve", "extradata": row.base}
    if row.ids:
        attributes["resname"] = row.ids[0]
    if row.limit:
        attributes |= {"maxwidth": str(row.limit), "size-unit": "char"}
    if row.state is State.REVIEWED:
        attributes["approved"] = "yes"
    lines = ["<trans-unit" + "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items()) + ">"]
    lines += [f"<source>{_inline(row.german, row.german)}</source>"]
    lines += [f'<target state="{_STATES[row.state or State.MISSING]}">{_inline(row.text, row.german)}</target>']
    if row.context:
        context = f'<context context-type="{_CONTEXT}">{escape(spelt(row.context))}</context>'
        lines += [f'<context-group purpose="match">{context}</context-group>']
    lines += [f"<note>{escape(spelt(note))}</note>" for note in row.comment.split("\n") if note]
    return "\n".join([*lines, "</trans-unit>"])


def _inline(text: str, german: str) -> str:
    """Return a text as content; a piece that stays has the number that it has in the German text."""
    numbers: dict[str, list[int]] = {}
    for number, code in enumerate(_codes(german), 1):
        numbers.setdefault(code, []).append(number)
    more = iter(range(len(_codes(german)) + 1, MAX_TEXT * 3))
    found = []
    for part, stays in _parts(text):
        if stays:
            number = numbers[part].pop(0) if numbers.get(part) else next(more)
            found.append(f'<ph id="{number}">{escape(part)}</ph>')
        else:
            found.append(escape(part))
    return "".join(found)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    for part, stays in pieces(text):
        # A control character spelt out is as little a word as a mark is.
        found = [spelt(part)] if stays else [each for each in _CONTROL.split(spelt(part)) if each]
        yield from ((each, stays or bool(_CONTROL.fullmatch(each))) for each in found)


def _codes(text: str) -> list[str]:
    return [part for part, stays in _parts(text) if stays]


def read(data: bytes, file: str) -> Sheet:
    """Read a sheet with its form and language; raises ExchangeError with the place of what is wrong."""
    root = parsed(data, file)
    _require_xliff(root, file)
    files = root.findall(_tag("file"))
    if len(files) != 1:
        text = f"the document holds {len(files)} <file> elements and must hold one; export each catalogue by itself"
        refuse(file, [Problem(Where(file, _line(root)), text, "xliff")])
    units = list(files[0].iter(_tag("trans-unit")))
    if len(units) > MAX_ROWS:
        refuse(file, [Problem(Where(file), f"the file has more than {MAX_ROWS} texts", "too-large")])
    found = [_read_unit(unit, file) for unit in units]
    rows = tuple(row for row in found if isinstance(row, Row))
    problems = tuple(each for each in found if isinstance(each, Problem))
    return Sheet(files[0].get("original", ""), files[0].get("target-language", ""), rows, problems)


def _require_xliff(root: _Element, file: str) -> None:
    version = root.get("version", "none")
    if root.tag != _tag("xliff") or version != "1.2":
        kind = f"XLIFF version {version}" if str(root.tag).endswith("}xliff") else f"<{_name(root)}>"
        refuse(file, [Problem(Where(file, _line(root)), f"this is {kind}, not XLIFF 1.2", "xliff")])


def _read_unit(unit: _Element, file: str) -> Row | Problem:
    where = Where(file, _line(unit))
    source, target = unit.find(_tag("source")), unit.find(_tag("target"))
    if source is None:
        return Problem(where, "the <trans-unit> has no <source>", "xliff")
    try:
        codes = dict(_numbered(source))
        german = _text(source, codes)
        text = "" if target is None else _text(target, codes)
    except _Unreadable as error:
        return Problem(where, str(error), "xliff")
    context = _context(unit)
    # A tool that corrected the German or lost the context would else have the text land at another entry.
    if _OURS.fullmatch(unit.get("id", "")) and unit.get("id") != unit_id(context, german):
        return Problem(where, "German text or context differ from what was exported under this id", "unknown-source")
    name = unit.get("resname", "")
    state = _state("" if target is None else target.get("state", ""))
    return Row(
        german,
        context,
        (name,) if name else (),
        text,
        state=state,
        base=read_mark(unit.get("extradata", "")),
        line=_line(unit),
    )


class _Unreadable(Exception):
    """The content of a text cannot be told."""


def _numbered(source: _Element) -> Iterator[tuple[str, str]]:
    for element in source.iter():
        if _name(element) in _CODES and element.text:
            yield element.get("id", ""), element.text


def _text(element: _Element, codes: Mapping[str, str]) -> str:
    text = unspelt("".join(_content(element, codes)))
    if len(text) > MAX_TEXT:
        raise _Unreadable(f"the text has more than {MAX_TEXT} characters")
    return text


def _content(element: _Element, codes: Mapping[str, str]) -> Iterator[str]:
    """Yield the text of an element; a code without content has that of the same id in the source."""
    yield element.text or ""
    for child in element:
        name, number = _name(child), child.get("id", "")
        if name in _WORDS:
            yield from _content(child, codes)
        elif name in _CODES and (len(child) == 0) and (child.text or number in codes):
            yield child.text or codes[number]
        else:
            raise _Unreadable(f"the element <{name}> in line {_line(child)} says nothing that can stand in a text")
        yield child.tail or ""


def _context(unit: _Element) -> str:
    for element in unit.findall(f"{_tag('context-group')}/{_tag('context')}"):
        if element.get("context-type") == _CONTEXT:
            return unspelt(element.text or "")
    return ""


def _state(name: str) -> State | None:
    ours = next((state for state, known in _STATES.items() if known == name), None)
    if ours or not name or name == "new":
        return ours
    if name == "signed-off":
        return State.REVIEWED
    return State.FUZZY if name.startswith("needs-") else None


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _line(element: _Element) -> int:
    # Types of lxml leave open what a line number is.
    number: object = element.sourceline
    return number if isinstance(number, int) else 0
