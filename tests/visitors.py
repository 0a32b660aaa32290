"""A visitor of the web pages without a browser: sees what a page holds, and sends what a browser would send."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from flask import Flask
from lxml import html
from werkzeug.test import Client, TestResponse

from formkit.answers import Answers, Slot
from formkit.web.posted import boxes_of
from formkit.widgets import CheckBox, CheckGroup, RadioGroup, Select, TextBox

Sent = dict[str, str]


@dataclass
class Visitor:
    """Somebody at a page of the server; `press` is a button, `fill` types into the boxes that are there."""

    client: Client
    address: str
    response: TestResponse = field(init=False)
    typed: Sent = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._arrive(self.client.get(self.address))

    def _arrive(self, response: TestResponse) -> None:
        self.response = response
        self.__dict__.pop("page", None)
        self.typed = {}

    @cached_property
    def page(self) -> html.HtmlElement:
        """The page as it stands."""
        return html.fromstring(self.response.get_data(as_text=True))

    @property
    def form(self) -> html.HtmlElement:
        return self.page.xpath("//form[@id='f']")[0]

    @property
    def sent(self) -> Sent:
        """What a browser sends with the page's form, without the button."""
        found = {name: str(value) for name, value in self.form.form_values()}
        return {**found, **self.typed}

    @property
    def heading(self) -> str:
        return str(self.page.xpath("string(//h1)")).strip()

    @property
    def state(self) -> str:
        return str(self.form.xpath(".//input[@name='state']/@value")[0])

    @property
    def shown(self) -> list[str]:
        """The value paths that the page asks for."""
        return " ".join(self.form.xpath(".//input[@name='_shown']/@value")).split()

    def buttons(self) -> list[str]:
        """What the buttons of the page do, by the values they send."""
        return [str(value) for value in self.page.xpath("//button[@name='do']/@value")]

    def press(self, do: str = "next", address: str | None = None, **extra: str) -> None:
        """Send the page with a button, to the page's own address or another one."""
        target = address or str(self.form.get("action"))
        self._arrive(self.client.post(target, data={**self.sent, **extra, "do": do}))

    def type(self, texts: Mapping[str, str]) -> None:
        """Type into boxes by their names, tick or choose by them."""
        self.typed |= texts

    def untick(self, name: str) -> None:
        """Take a tick away."""
        for box in self.form.xpath(f".//input[@name='{name}']"):
            box.attrib.pop("checked", None)
        self.typed.pop(name, None)

    def answer(self, slots: Iterable[tuple[str, Slot]], answers: Answers) -> None:
        """Give the answers of some value paths as a person types them."""
        for path, slot in slots:
            raw = slot.field.to_widgets(answers.values[path])
            for widget in slot.field.widgets(path):
                self.type(typed(path, widget, raw))

    def download(self, kind: str, **extra: str) -> TestResponse:
        """Ask for a file; the page stays."""
        return self.client.post(f"{self.form.get('action')}files/{kind}", data={**self.sent, **extra})

    def saved(self) -> dict[str, Any]:
        """Return the answers file of one application."""
        return cast(dict[str, Any], json.loads(self.download("answers").data))


def typed(path: str, widget: object, raw: Mapping[str, str]) -> Sent:
    """Return what is sent for a widget with raw texts in it."""
    match widget:
        case TextBox():
            text = raw.get(widget.name[len(path) + 1 :], "")
            ends = boxes_of(widget)
            if not ends:
                return {widget.name: text}
            sizes = widget.comb
            places = [sum(sizes[:place]) for place in range(len(sizes))]
            return {
                f"{widget.name}.{end}": text[start : start + size]
                for end, start, size in zip(ends, places, sizes, strict=True)
            }
        case CheckBox():
            return {widget.name: widget.on} if raw.get(widget.name[len(path) + 1 :]) else {}
        case CheckGroup():
            return {widget.box(code): code for code in raw}
        case RadioGroup() | Select():
            code = raw.get(widget.name[len(path) + 1 :], "")
            return {widget.name: code} if code else {}
    return {}


def visitor(app: Flask, address: str) -> Visitor:
    """Return somebody who opens an address."""
    return Visitor(app.test_client(), address)
