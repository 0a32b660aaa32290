"""A field of a form → the question that a page shows: its widgets filled in, its findings beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from formkit import screen_words, widgets, words
from formkit.answers import Finding
from formkit.definition.places import Part, Question
from formkit.expressions import UNKNOWN
from formkit.fields.attachment import AttachmentField
from formkit.fields.confirm import ConfirmField
from formkit.fields.date import DateField
from formkit.fields.integer import IntegerField
from formkit.fields.longtext import LongTextField
from formkit.fields.matrix import MatrixField
from formkit.fields.notice import NoticeField
from formkit.fields.number import NumberField
from formkit.fields.signature import SignatureField
from formkit.fields.text import TextField
from formkit.problems import Severity
from formkit.texts import Msg
from formkit.web.autofill import autofill
from formkit.web.looks import Asked, Box, Choice, Group
from formkit.web.posted import boxes_of
from formkit.web.speech import Speech, shown_text
from formkit.web.steps import Step, Way
from formkit.web.typed import parted, raw_of
from formkit.widgets import CheckBox, CheckGroup, RadioGroup, Select, TextBox, Widget

_LABELS = {"tag": screen_words.DAY, "monat": screen_words.MONTH, "jahr": screen_words.YEAR}
_NUMERIC = frozenset({"postcode", "date", "month"})
_NARROW, _MIDDLE = 12, 30
Findings = Mapping[str, tuple[Finding, ...]]


def html_id(path: str) -> str:
    """Return the id of a question's element; it is made of the definition, never of an answer."""
    return "f-" + path.replace(".", "-")


@dataclass(frozen=True)
class Asker:
    """Makes questions of the fields of a page."""

    speech: Speech
    way: Way
    findings: Findings
    translate: bool = True

    def asked(self, step: Step, question: Question, parts: Iterable[Part], row: int | None) -> tuple[Asked, ...]:
        """Return the questions of some fields of one number, without those that stand beside an option."""
        found = []
        for part in parts:
            if part.field.beside is None and self.way.truth(part, question, step.section, row) is not False:
                found.append(self._one(step, question, part, row))
        return tuple(found)

    def _one(self, step: Step, question: Question, part: Part, row: int | None) -> Asked:
        field, path = part.field, part.path if row is None else part.in_row(question, row).path
        raw = self._raw(path)
        boxes, groups = self._drawn(step, question, part, path, row)
        found = [each for name in self._paths(part, path) for each in self.findings.get(name, ())]
        # What a whole question depends on is said once, above all its fields.
        unknown = field.when is not None and self.way.truth(part, question, step.section, row) is UNKNOWN
        label = self.speech.html(field.question, self.translate)
        return Asked(
            path=path,
            id=html_id(path),
            focus=_focus(html_id(path), boxes, groups),
            look=_look(part),
            number=part.number,
            label=label,
            german=self.speech.german(field.question),
            help=self._help(part),
            hint=self._hint(field.hint) if unknown and len(question.parts) > 1 else None,
            voluntary=self._voluntary(part),
            errors=_said(self.speech, found, Severity.ERROR),
            warnings=_said(self.speech, found, Severity.WARNING),
            boxes=boxes,
            groups=groups,
            checked=bool(raw.get("") or raw.get("liegt_bei")),
            width=field.span,
        )

    def _paths(self, part: Part, path: str) -> tuple[str, ...]:
        options = getattr(part.field, "options", {})
        return (path, *(f"{path}_{code}" for code, option in options.items() if option.text))

    def _help(self, part: Part) -> Markup | None:
        field = part.field
        lines = [self.speech.html(field.help, self.translate)] if field.help else []
        if field.example:
            lines.append(self._example(field.example))
        elif isinstance(field, DateField):
            lines.append(self._example("24 12 1990" if field.incomplete else "01 08 2026"))
        if isinstance(field, DateField) and field.incomplete:
            lines.append(self.speech.html(screen_words.DATE_PARTS))
        return Markup("<br>").join(lines) if lines else None

    def _example(self, example: str) -> Markup:
        return self.speech.html(screen_words.DATE_EXAMPLE, example=example)

    def _hint(self, hint: Msg | None) -> Markup | None:
        return self.speech.html(hint, self.translate) if hint is not None else None

    def _voluntary(self, part: Part) -> bool:
        field = part.field
        asks = not isinstance(field, NoticeField | SignatureField | AttachmentField)
        must = field.required or field.required_when is not None
        return asks and not must and words.VOLUNTARY.text not in field.label.text

    def _raw(self, path: str) -> Mapping[str, str]:
        return raw_of(self.way.prepared.placed.split(path)[0], path, self.way.answers) if self._known(path) else {}

    def _known(self, path: str) -> bool:
        try:
            return bool(self.way.prepared.placed.split(path))
        except KeyError:
            return False

    def _drawn(
        self, step: Step, question: Question, part: Part, path: str, row: int | None
    ) -> tuple[tuple[Box, ...], tuple[Group, ...]]:
        boxes: list[Box] = []
        groups: list[Group] = []
        raw = self._raw(path)
        for widget in part.field.widgets(path):
            match widget:
                case TextBox():
                    boxes += self._boxes(widget, part, raw.get(widget.name[len(path) + 1 :], ""))
                case CheckGroup() | RadioGroup() | Select():
                    groups.append(self._group(step, question, part, path, row, widget))
                case _:
                    pass
        return tuple(boxes), tuple(groups)

    def _boxes(self, widget: TextBox, part: Part, raw: str) -> tuple[Box, ...]:
        ends = boxes_of(widget)
        if not ends:
            return (self._box(widget, part, raw),)
        texts = parted(widget, raw)
        fill = autofill(part.path)
        return tuple(
            Box(
                f"{widget.name}.{end}",
                f"{html_id(widget.name)}-{end}",
                text,
                self.speech.html(_LABELS[end]),
                size="w4" if end == "jahr" else "w2",
                mode="numeric",
                autocomplete={"tag": "bday-day", "monat": "bday-month", "jahr": "bday-year"}[end] if fill else "",
            )
            for end, text in zip(ends, texts, strict=True)
        )

    def _box(self, widget: TextBox, part: Part, raw: str) -> Box:
        free = isinstance(part.field, TextField | LongTextField) and getattr(part.field, "letters", "any") == "any"
        limit = widget.max_length or 0
        size = "w5" if 0 < limit <= _NARROW else "w10" if 0 < limit <= _MIDDLE else ""
        return Box(
            widget.name,
            html_id(widget.name),
            shown_text(widget, raw),
            size="w5" if isinstance(part.field, NumberField) else size if widget.input != "iban" else "",
            mode=_mode(widget, part),
            type=widget.input if widget.input in ("email", "tel") else "text",
            direction="auto" if free else "ltr",
            autocomplete=autofill(part.path),
            lines=widget.lines,
            unit=widget.unit,
        )

    def _group(
        self,
        step: Step,
        question: Question,
        part: Part,
        path: str,
        row: int | None,
        widget: CheckGroup | RadioGroup | Select,
    ) -> Group:
        name = widget.name
        raw = self._raw(path)
        kind = {CheckGroup: "checkbox", RadioGroup: "radio", Select: "select"}[type(widget)]
        chosen = set(raw.values()) if kind == "checkbox" else {raw.get(name[len(path) + 1 :], "")}
        options = tuple(
            self._option(step, question, part, row, widget, option, option.code in chosen) for option in widget.options
        )
        legend = getattr(widget, "label", None)
        return Group(
            name,
            kind,
            options,
            self.speech.html(legend, self.translate) if legend else None,
            getattr(widget, "inline", False) or isinstance(part.field, MatrixField),
        )

    def _option(
        self,
        step: Step,
        question: Question,
        part: Part,
        row: int | None,
        widget: CheckGroup | RadioGroup | Select,
        option: widgets.Option,
        checked: bool,
    ) -> Choice:
        many = isinstance(widget, CheckGroup)
        more = [each for each in question.parts if each.field.beside == option.code]
        return Choice(
            option.code,
            f"{widget.name}.{option.code}" if many else widget.name,
            f"{html_id(widget.name)}--{option.code}",
            self.speech.html(option.label, self.translate),
            self.speech.german(option.label),
            checked,
            self.speech.html(option.help, self.translate) if option.help else None,
            self._closed(part, row, option),
            self._line(option, widget.name) if option.text else None,
            tuple(self._one(step, question, each, row) for each in more),
        )

    def _closed(self, part: Part, row: int | None, option: widgets.Option) -> Markup | None:
        slot = self.way.prepared.placed.by_path[part.path]
        defined = slot.options.get(option.code)
        if option.reason is None or defined is None or self.way.situation.open(defined, slot, row) is not False:
            return None
        return self.speech.html(words.NOT_POSSIBLE) + Markup(": ") + self.speech.html(option.reason, self.translate)

    def _line(self, option: widgets.Option, name: str) -> Box:
        assert option.text is not None
        raw = self._raw(option.text.name)
        label = Markup('<span class="vh">{}</span>').format(
            self.speech.html(screen_words.MORE_ABOUT, question=self.speech.plain(option.label))
        )
        return Box(option.text.name, html_id(option.text.name), raw.get("", ""), label, direction="auto")


def shown_paths(questions: Iterable[Asked]) -> list[str]:
    """Return the value paths of everything that questions hold boxes for."""
    paths: list[str] = []
    for each in questions:
        if each.look not in ("notice", "signature"):
            paths.append(each.path)
        for option in (option for group in each.groups for option in group.options):
            paths += [option.text.name] if option.text else []
            paths += shown_paths(option.more)
    return paths


def _mode(widget: TextBox, part: Part) -> str:
    if widget.input == "number":
        return "numeric" if isinstance(part.field, IntegerField) else "decimal"
    return "numeric" if widget.input in _NUMERIC else ""


def _look(part: Part) -> str:
    match part.field:
        case NoticeField():
            return "notice"
        case SignatureField():
            return "signature"
        case AttachmentField():
            return "attachment"
        case ConfirmField():
            return "confirm"
        case MatrixField():
            return "matrix"
    first: Widget = part.field.widgets("x")[0]
    match first:
        case TextBox():
            return "date" if boxes_of(first) else "lines" if first.lines > 1 else "text"
        case Select():
            return "select"
        case CheckBox():
            return "confirm"
    return "choice"


def _focus(name: str, boxes: tuple[Box, ...], groups: tuple[Group, ...]) -> str:
    """Return the id of the first element of a question."""
    if groups and groups[0].type == "select":
        return name
    open_ones = [option.id for group in groups for option in group.options if not option.disabled]
    return open_ones[0] if open_ones else boxes[0].id if boxes else name


def _said(speech: Speech, found: Iterable[Finding], level: Severity) -> tuple[Markup, ...]:
    return tuple(dict.fromkeys(escape(speech.own(each.text)) for each in found if each.level is level))
