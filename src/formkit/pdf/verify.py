"""Reading a filled file again: the values by another library, and what the appearances draw by their own codes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping

import pikepdf
import pypdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String
from pypdf.generic import ArrayObject, NameObject

from formkit.errors import FormkitError
from formkit.pdf.choices import OFF
from formkit.pdf.plans import Change, visible
from formkit.pdf.tree import Node, find_fields, readable

_UNREAD = "A second library could not read the filled file; the values were compared by the first alone."
_SHOWING = re.compile(rb"/(\w+) [\d.]+ Tf|\[(.*?)\] TJ|(1 0 0 1) [-\d.]+ [-\d.]+ Tm", re.DOTALL)
_CODES = re.compile(rb"<([0-9A-F]+)>")
_MEANING = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]*)>")

# What the codes of each font say, by the font's object number.
Known = dict[tuple[int, int], dict[bytes, str]]


class Unlike(FormkitError):
    """A filled file does not say what was filled in: a fault of formkit or of the form; it is not delivered."""


def verify(data: bytes, changes: Iterable[Change]) -> tuple[str, ...]:
    """Compare a filled file with the changes that were made; return notes.

    Raises Unlike naming the fields that differ, never their values.
    """
    wanted = {change.node.key: change for change in changes}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = find_fields(pdf)
        known: Known = {}
        unlike = [path for path, change in wanted.items() if not _alike(found.get(path), change, known)]
    expected = {path: (change.node.kind, _expected(change)) for path, change in wanted.items()}
    others, notes = reread(data, expected)
    require_alike((*unlike, *others))
    return notes


def require_alike(unlike: Iterable[str]) -> None:
    """Raise Unlike where there are names of fields that read differently."""
    names = ", ".join(dict.fromkeys("a field without a name" if path.startswith("\0") else path for path in unlike))
    if names:
        raise Unlike(f"the filled file reads differently in: {names}", advice="It was not written. Report this form.")


def reread(data: bytes, wanted: Mapping[str, tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read a filled file with another library; return the names of fields that differ, and notes.

    Takes by name the kind of each field and its values: texts, export values, or a readable state.
    """
    others, notes = _read_by_other(data)
    unlike = (
        path for path, (kind, values) in wanted.items() if path in others and _plain(others[path], kind) != values
    )
    return tuple(unlike), notes


def _read_by_other(data: bytes) -> tuple[Mapping[str, object], tuple[str, ...]]:
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        return {path: field.get("/V") for path, field in (reader.get_fields() or {}).items()}, ()
    except Exception:
        # Whatever pypdf trips over in a foreign file (hostile-input: eleven kinds of exception) is no fault of ours.
        return {}, (_UNREAD,)


def _expected(change: Change) -> tuple[str, ...]:
    if change.node.kind == "Btn":
        return tuple(readable(value) for value in change.values)
    return tuple(value for value in change.values if value)


def _plain(value: object, kind: str) -> tuple[str, ...]:
    """Return what pypdf reads, as the values that were filled in."""
    if kind == "Btn":
        state = readable(str(value)[1:]) if isinstance(value, NameObject) else f"no name: {value!r}"
        return () if state == OFF else (state,)
    if value is None:
        return ()
    return tuple(str(each) for each in value) if isinstance(value, ArrayObject) else (str(value),)


def _alike(node: Node | None, change: Change, known: Known) -> bool:
    """Compare a field that was read with pikepdf: value, states of its widgets, drawn text."""
    if node is None or not all(_value(each) == _expected(change) for each in node.dictionaries):
        return False
    if change.widget_states:
        shown = tuple(readable(_name(widget.get("/AS"))) for widget in node.widgets)
        if shown != tuple(readable(state) for state in change.widget_states):
            return False
    if change.node.kind != "Tx":
        return True
    pairs = zip(node.widgets, change.drawings, strict=False)
    whole = visible(change.text)
    return all(
        drawn_texts(widget, known) == drawing.texts and visible("".join(drawing.texts)) == whole
        for widget, drawing in pairs
    )


def _value(field: Dictionary) -> tuple[str, ...]:
    value = field.get("/V")
    if isinstance(value, Array):
        return tuple(str(each) for each in value)
    if isinstance(value, Name):
        state = readable(_name(value))
        return () if state == OFF else (state,)
    return (str(value),) if isinstance(value, String) else ()


def _name(given: Object | None) -> str:
    if not isinstance(given, Name):
        return OFF
    return bytes(given).removeprefix(b"/").decode("utf-8", "surrogateescape")


def drawn_texts(widget: Dictionary, known: Known) -> tuple[str, ...]:
    """Return the text of each line that a widget's appearance draws, from left to right, as its codes say it.

    `known` keeps what the codes of a font say from one call to the next; it starts empty.
    """
    appearance = widget.get("/AP")
    stream = appearance.get("/N") if isinstance(appearance, Dictionary) else None
    return texts_of(stream, known) if isinstance(stream, Stream) else ()


def texts_of(stream: Stream, known: Known) -> tuple[str, ...]:
    """Return the text of each line that a stream of ours draws, as `drawn_texts` does."""
    fonts = stream.get("/Resources", Dictionary()).get("/Font", Dictionary())
    for font in fonts.values():
        if font.objgen not in known:
            known[font.objgen] = meanings(font)
    return tuple(decoded(stream.read_bytes(), {key[1:]: known[font.objgen] for key, font in fonts.items()}))


def decoded(content: bytes, fonts: Mapping[str, Mapping[bytes, str]]) -> Iterator[str]:
    """Yield the lines that content draws; takes by the name of each font what its codes say."""
    line: list[str] = []
    current: Mapping[bytes, str] = {}
    for font, shown, move in _SHOWING.findall(content):
        if font:
            current = fonts[font.decode()]
        elif move and line:
            yield "".join(line)
            line = []
        for run in _CODES.findall(shown):
            line.extend(current.get(run[at : at + 4], "\ufffd") for at in range(0, len(run), 4))
    if line:
        yield "".join(line)


def meanings(font: Object) -> dict[bytes, str]:
    """Return what each code of a font says, by its /ToUnicode; codes as four hexadecimal digits."""
    stream = font.get("/ToUnicode")
    if not isinstance(stream, Stream):
        return {}
    pairs = _MEANING.findall(stream.read_bytes())
    return {code: bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}
