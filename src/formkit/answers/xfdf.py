"""XFDF: the values of an AcroForm as XML (ISO 19444-1), nested by the segments of names.

Read with expat, of which nothing but elements and characters is asked; a document type is refused before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from formkit.answers.model import Answers
from formkit.answers.raw import to_raw
from formkit.answers.record import Record, marked, marks, refuse
from formkit.answers.text import decoded, require_plain_xml
from formkit.answers.tree import Place
from formkit.definition.model import Form
from formkit.errors import AnswersError
from formkit.expressions.error import shortened
from formkit.problems import Problem, Where

NAMESPACE = "http://ns.adobe.com/xfdf/"
MAX_DEPTH = 16
MAX_FIELDS = 20_000
_BREAK = frozenset({"p", "br", "div"})


def read(data: bytes, file: str) -> tuple[Record, ...]:
    """Read the fields of an XFDF file, nested or with dots; raises AnswersError with the line of what is wrong."""
    require_plain_xml(data, file)
    text = decoded(data, file).lstrip()
    reader = _Reader(file)
    try:
        reader.parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        where = Where(file, error.lineno, error.offset + 1)
        refuse(file, [Problem(where, f"this is no XML: {expat.ErrorString(error.code)}", "xml-syntax")])
    if reader.problems:
        refuse(file, reader.problems)
    places = reader.places

    def locate(place: Place) -> Where:
        return places.get(str(place[0]), Where(file))

    return (marked(reader.values, Where(file), locate),)


@dataclass(slots=True)
class _Open:
    """A `field` element that is being read."""

    name: str
    where: Where
    values: list[str] = field(default_factory=list)
    rich: list[str] = field(default_factory=list)


class _Reader:
    """Collects names and values while expat walks through the file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.values: dict[str, str] = {}
        self.places: dict[str, Where] = {}
        self.problems: list[Problem] = []
        self._path: list[str] = []
        self._fields: list[_Open] = []
        self._text: list[str] | None = None
        # The namespace stands before a name, with a space between. Our own check of the encoding has been made.
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _where(self) -> Where:
        return Where(self.file, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1)

    def _doctype(self, *_: Any) -> None:
        self._stop("a document type (DOCTYPE) is not accepted; remove it", "xml-unsafe")

    def _stop(self, text: str, check: str) -> None:
        refuse(self.file, [Problem(self._where(), text, check)])

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self._path and tag != "xfdf":
            self._stop(f"'{shortened(tag)}' is not the beginning of XFDF", "xfdf")
        self._path.append(tag)
        if len(self._path) > 2 * MAX_DEPTH:
            self._stop("too many elements inside one another", "depth")
        match tag:
            case "field":
                self._fields.append(_Open(attributes.get("name", ""), self._where()))
                if len(self.values) + len(self._fields) > MAX_FIELDS:
                    self._stop(f"more than {MAX_FIELDS:,} fields", "too-large")
            case "value" | "value-richtext" if self._fields:
                self._text = []
            case _ if tag in _BREAK and self._text:
                self._text.append("\n")

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        tag = self._path.pop()
        if tag == "field":
            self._close()
        elif tag in ("value", "value-richtext") and self._text is not None:
            found = self._fields[-1]
            (found.values if tag == "value" else found.rich).append("".join(self._text))
            self._text = None

    def _close(self) -> None:
        name = ".".join(each.name for each in self._fields)
        found = self._fields.pop()
        # Acrobat writes formatted text beside or instead of the plain one.
        values = found.values or [text.strip() for text in found.rich]
        if not values:
            return
        if name in self.values:
            self.problems.append(Problem(found.where, f"the field '{shortened(name)}' stands twice", "duplicate-field"))
        self.values[name] = "\n".join(values).replace("\r\n", "\n").replace("\r", "\n")
        self.places[name] = found.where


def write(form: Form, answers: Sequence[Answers]) -> bytes:
    """Return one set of answers as XFDF; raises AnswersError for characters that XML cannot hold."""
    (one,) = answers
    tree = nested(form, one)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<xfdf xmlns="{NAMESPACE}" xml:space="preserve"><fields>']
    lines += _elements(tree)
    return ("\n".join([*lines, "</fields></xfdf>"]) + "\n").encode()


def nested(form: Form, answers: Answers) -> dict[str, Any]:
    """Return the raw texts of all boxes as fields within fields, each text under ""; raises AnswersError."""
    tree: dict[str, Any] = {}
    for name, text in (marks(answers) | to_raw(form, answers)).items():
        require_characters(name, text)
        folder = tree
        for segment in name.split("."):
            folder = folder.setdefault(segment, {})
        folder[""] = text
    return tree


def require_characters(name: str, text: str) -> None:
    """Raise AnswersError for a character that neither XML nor a PDF's text can hold; the message names the path."""
    if any((char < " " and char not in "\t\n\r") or char in "\ufffe\uffff" for char in text):
        raise AnswersError(
            f"'{name}' holds a control character, which this format cannot hold",
            advice="Correct the answer, or write JSON.",
        )


def _elements(tree: Mapping[str, Any]) -> list[str]:
    found = []
    for name, node in tree.items():
        if name == "":
            continue
        own = f"<value>{escape(node[''], {chr(13): '&#13;'})}</value>" if "" in node else ""
        found.append(f"<field name={quoteattr(name)}>{own}{''.join(_elements(node))}</field>")
    return found
