"""Every human text of a form, in the order of the page, with its role, its parent and its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from formkit.definition.authority import Authority
from formkit.definition.model import Form
from formkit.definition.places import Part, Question, SectionPlace, places
from formkit.definition.yaml import DataPath
from formkit.texts import Msg


@dataclass(frozen=True, slots=True)
class Text:
    """A text at its place: `id` names it for translators, `parent` is the text it belongs to."""

    msg: Msg
    id: str
    role: str
    parent: str
    number: str
    translate: bool
    terms: tuple[str, ...]
    data: DataPath


def texts(form: Form) -> Iterator[Text]:
    """Yield every text of a form."""
    yield _top(form.title, "title", ("title",))
    if form.subtitle:
        yield _top(form.subtitle, "subtitle", ("subtitle",))
    for index, msg in enumerate(form.intro):
        yield _top(msg, "intro", ("intro", index), str(index + 1))
    for name, topic in form.offices.items():
        yield _top(topic.label, "office topic", ("offices", name, "label"), name)
    for section in places(form):
        yield from _section(section)
    for index, rule in enumerate(form.rules):
        yield Text(rule.message, f"rules.{rule.id}", "message", "", "", True, (), ("rules", index, "message"))
    for index, sheet in enumerate(form.information):
        data: DataPath = ("information", index)
        yield _top(sheet.title, "information title", (*data, "title"), str(index + 1))
        for number, msg in enumerate(sheet.text):
            yield _top(msg, "information", (*data, "text", number), f"{index + 1}.{number + 1}")


def authority_texts(authority: Authority) -> Iterator[Text]:
    """Yield every text of an authority's profile."""
    if authority.disclaimer:
        yield _top(authority.disclaimer, "disclaimer", ("disclaimer",))


def _top(msg: Msg, role: str, data: DataPath, name: str = "") -> Text:
    key = role.replace(" ", "-")
    return Text(msg, f"{key}.{name}" if name else key, role, "", "", True, (), data)


def _section(place: SectionPlace) -> Iterator[Text]:
    section = place.section
    title = section.title.text
    for role in ("title", "intro", "hint"):
        msg = getattr(section, role)
        if msg is not None:
            name = section.id if role == "title" else f"{section.id}:{role}"
            parent = "" if role == "title" else title
            data = (*place.data, role)
            yield Text(msg, name, f"section {role}", parent, place.number, section.translate, (), data)
    for question in place.questions:
        yield from _question(question, place)


def _question(question: Question, place: SectionPlace) -> Iterator[Text]:
    section = place.section
    single = len(question.parts) == 1 and question.parts[0].data == question.data
    for role in ("label", "help", "hint"):
        msg = getattr(question, role)
        if msg is None or single:
            continue
        name = f"{section.id}.{question.number}"
        suffix = "" if role == "label" else f":{role}"
        data = (*question.data, role)
        yield Text(msg, name + suffix, role, section.title.text, question.number, section.translate, (), data)
    for part in question.parts:
        yield from _part(part, question, place)


def _part(part: Part, question: Question, place: SectionPlace) -> Iterator[Text]:
    parent = question.label.text if question.label else place.section.title.text
    for role, msg in part.field.texts():
        kind, _, code = role.partition(":")
        above = parent if role == "label" else part.field.label.text
        suffix = "" if role == "label" else f":{kind.replace(' ', '-')}" if not code else f":{code}"
        suffix += f":{kind.split()[1]}" if code and " " in kind else ""
        data = (*part.data, *_keys(kind, code))
        yield Text(msg, part.path + suffix, kind, above, part.number, place.section.translate, part.field.terms, data)


def _keys(kind: str, code: str) -> DataPath:
    """Return where a text stands below its field."""
    if not code:
        return (kind,)
    group = "rows" if kind.startswith("row") else "options"
    part = kind.partition(" ")[2] or "label"
    return (group, code, part)
