"""The values of a field, whatever object they are written as: texts, ticked boxes, chosen options."""

from __future__ import annotations

import enum
from collections.abc import Collection
from typing import NamedTuple

import pikepdf

from formkit.pdf.field_tree import Found
from formkit.pdf.objects import Refused, dictionary, items, number, states, text

MAX_OPTIONS = 5_000
_LOST = "\ufffd"

Options = tuple[tuple[str, str], ...]


class Why(enum.Enum):
    """Why a value may not be what was meant."""

    CONTRADICTORY = "contradictory"
    DAMAGED_TEXT = "damaged text"
    NOT_TEXT = "not a text"
    UNKNOWN_STATE = "unknown state"
    SHOWN_OTHERWISE = "shown otherwise"


class Reading(NamedTuple):
    """What a field says: its values, why to doubt them, its on-states, its options as pairs."""

    values: tuple[str, ...]
    why: Why | None = None
    states: tuple[str, ...] = ()
    options: Options = ()


def read_nothing(found: Found) -> Reading:
    """Return nothing: buttons to push have no value, and that of a signature is no text."""
    return _NOTHING


def read_text(found: Found) -> Reading:
    """Return the text of a field; two different ones are both returned, with a doubt."""
    if not found.values:
        return _NOTHING
    if len(found.values) == 1 and isinstance(found.values[0], pikepdf.String):
        # Nearly every field; the rest is for the others.
        only = text(found.values[0]) or ""
        return Reading((only,) if only else (), Why.DAMAGED_TEXT if _LOST in only else None)
    texts: list[str] = []
    why: Why | None = None
    for value in found.values:
        each = _texts(value)
        if each is None:
            why = Why.NOT_TEXT
        else:
            texts += [one for one in each if one and one not in texts]
    return Reading(tuple(texts), why or _doubt(texts, single=not _is_list(found.values)))


_NOTHING = Reading(())


def _is_list(values: list[object]) -> bool:
    return isinstance(values[0], pikepdf.Array)


def _texts(value: object) -> list[str] | None:
    """Return the texts of a value, one or an array of them; None for what is no text."""
    if not isinstance(value, pikepdf.Array):
        one = text(value)
        return None if one is None else [one]
    texts = [text(part) for part in items(value)]
    return None if None in texts else [each for each in texts if each is not None]


def _doubt(texts: Collection[str], *, single: bool) -> Why | None:
    if single and len(texts) > 1:
        return Why.CONTRADICTORY
    for each in texts:
        if _LOST in each:
            return Why.DAMAGED_TEXT
    return None


def read_button(found: Found) -> Reading:
    """Return the ticked export values of a box or radio group, its on-states, its /Opt as pairs of both."""
    by_widget = [_widget_states(widget) for widget in found.widgets]
    known = list(dict.fromkeys([state for each in by_widget for state in each]))
    options = _button_options(found.inherited.options, by_widget)
    stated = _stated(found, known, options)
    shown = [text(widget.get("/AS")) or "" for widget in found.widgets if "/AS" in widget]
    ticked, seen = _on(shown if stated is None else stated), _on(shown)
    why: Why | None = None
    if known and any([state not in known for state in ticked]):
        why = Why.UNKNOWN_STATE
    elif len(ticked) > 1:
        why = Why.CONTRADICTORY
    elif shown and ticked != seen:
        why = Why.SHOWN_OTHERWISE
    if options:
        exports = {state: export for export, state in reversed(options)}
        ticked = [exports.get(state, state) for state in ticked]
    return Reading(tuple(ticked), why, tuple(known), options)


def _on(states: list[str]) -> list[str]:
    return [state for state in dict.fromkeys(states) if state not in ("", "Off")]


def _widget_states(widget: pikepdf.Object) -> list[str]:
    """Return the on-states of a widget: the names of its normal appearances, else of those while pressed."""
    appearances = dictionary(widget.get("/AP")) if "/AP" in widget else None
    for kind in ("/N", "/D"):
        if appearances is not None and kind in appearances and (found := states(appearances.get(kind))):
            return found
    own = text(widget.get("/AS")) if "/AS" in widget else None
    return [own] if own and own != "Off" else []


def _button_options(value: object, by_widget: list[list[str]]) -> Options:
    """Pair the export values of /Opt, one for each widget in order, with the widgets' states (12.7.5.2.3)."""
    if not isinstance(value, pikepdf.Array):
        return ()
    exports = [text(each) or "" for each in items(value)[: MAX_OPTIONS + 1]]
    if len(exports) == len(by_widget):
        pairs = [(export, each[0]) for export, each in zip(exports, by_widget, strict=True) if each]
    else:
        # Widgets are missing or doubled: then the states are the places in /Opt, as programs write them.
        pairs = [(export, str(place)) for place, export in enumerate(exports)]
    return tuple(dict.fromkeys(pairs))


def _stated(found: Found, known: list[str], options: Options) -> list[str] | None:
    """Return the on-states that the values of a field name, None where it states none.

    A value is a name of a state; some programs write a string, or the export value instead.
    """
    if not found.values:
        return None
    by_export = {export: state for export, state in reversed(options)}
    named = [each for value in found.values for each in _texts(value) or []]
    return [each if each in known else by_export.get(each, each) for each in named]


def read_choice(found: Found) -> Reading:
    """Return the export values that are chosen in a list, and its options."""
    options = _choice_options(found.inherited.options)
    exports = {export for export, _ in options}
    labels = {label: export for export, label in reversed(options)}
    if found.values:
        named = [each for value in found.values for each in _texts(value) or []]
    else:
        named = _by_place(found, options)
    # A program may write the label where the export value belongs.
    chosen = dict.fromkeys(each if each in exports else labels.get(each, each) for each in named if each)
    why = Why.NOT_TEXT if any(_texts(value) is None for value in found.values) else None
    return Reading(tuple(chosen), why or _doubt(chosen, single=len(found.values) > 1), options=options)


def _by_place(found: Found, options: Options) -> list[str]:
    """Return what /I of a widget chooses, for programs that write no /V (ISO 32000-2, table 234)."""
    places = [number(each) for widget in found.widgets for each in items(widget.get("/I"))]
    return [options[place][0] for place in places if place is not None and 0 <= place < len(options)]


def _choice_options(value: object) -> Options:
    """Return pairs of export value and label; an option that is one text is both."""
    if not isinstance(value, pikepdf.Array):
        return ()
    if len(value) > MAX_OPTIONS:
        raise Refused(f"a list in it has more than the {MAX_OPTIONS} options that are read", "")
    pairs = []
    for option in items(value):
        texts = [text(each) or "" for each in items(option)] or [text(option) or ""]
        pairs.append((texts[0], texts[-1]))
    return tuple(pairs)
