"""What the templates of widgets are given: boxes, options and whole questions, their texts already said."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Box:
    """One element to type into.

    `size` is the class of a width, `mode` the keyboard of a phone, `direction` of what is typed.
    """

    name: str
    id: str
    value: str
    label: Markup | None = None
    size: str = ""
    mode: str = ""
    type: str = "text"
    direction: str = "ltr"
    autocomplete: str = ""
    lines: int = 1
    unit: str = ""
    max_length: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to choose; a `closed` one says why it cannot be chosen, `more` is asked where it is chosen."""

    code: str
    name: str
    id: str
    label: Markup
    german: Markup
    checked: bool
    help: Markup | None = None
    closed: Markup | None = None
    text: Box | None = None
    more: tuple[Asked, ...] = ()

    @property
    def disabled(self) -> bool:
        """Tell whether it cannot be chosen; what was chosen before stays so until somebody takes it back."""
        return self.closed is not None and not self.checked


@dataclass(frozen=True, slots=True)
class Group:
    """Answers to choose from, under a name of their own where they are one row of several."""

    name: str
    type: str
    options: tuple[Choice, ...]
    legend: Markup | None = None
    inline: bool = False

    @property
    def chosen(self) -> bool:
        """Tell whether one of them is chosen."""
        return any(option.checked for option in self.options)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a page shows it; `look` names the template of its widget, `focus` the element to go to."""

    path: str
    id: str
    focus: str
    look: str
    number: str
    label: Markup
    german: Markup
    help: Markup | None = None
    hint: Markup | None = None
    voluntary: bool = False
    errors: tuple[Markup, ...] = ()
    warnings: tuple[Markup, ...] = ()
    boxes: tuple[Box, ...] = ()
    groups: tuple[Group, ...] = ()
    checked: bool = False
    single: bool = False
    width: int = 12

    @property
    def grouped(self) -> bool:
        """Tell whether it needs a fieldset: several elements under one question."""
        return self.look in ("date", "choice", "matrix", "attachment")

    @property
    def described(self) -> str:
        """Return the ids of what describes the question: errors, remarks, help."""
        ids = [
            f"{self.id}-{end}"
            for end, there in (("e", self.errors), ("w", self.warnings), ("n", self.hint), ("h", self.help))
            if there
        ]
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: closed, with what was answered, or open, with its questions."""

    row: int
    title: Markup
    lines: tuple[tuple[Markup, Markup], ...] = ()
    questions: tuple[Asked, ...] = ()
    open: bool = False
    new: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of entries: what can be done with it, and the paths of the questions that stand on the page."""

    path: str
    entries: tuple[Entry, ...]
    can_add: bool
    can_copy: bool


@dataclass(frozen=True, slots=True)
class Block:
    """What stands under one number: questions, or a list; several questions have a title of their own."""

    title: Markup | None
    help: Markup | None
    hint: Markup | None
    questions: tuple[Asked, ...] = ()
    listed: Listed | None = None
    errors: tuple[Markup, ...] = ()
    warnings: tuple[Markup, ...] = ()
    id: str = ""
