"""Values of boxes, radio groups and lists: which state or option a value names (ISO 32000-2, 12.7.5.2 and 12.7.5.4)."""

from __future__ import annotations

from dataclasses import dataclass

from pikepdf import Array, String

from formkit.pdf.flags import Flags
from formkit.pdf.tree import Node, readable, states

OFF = "Off"
# The on-state that a box without any gets.
DEFAULT_STATE = "Yes"
_SHOWN = 10


class Refused(Exception):
    """A value cannot be filled in; `check` names the kind of fault, the message says why, without the value."""

    def __init__(self, check: str, message: str) -> None:
        super().__init__(message)
        self.check = check


@dataclass(frozen=True, slots=True)
class Ticked:
    """The state of a box or radio group: the name for /V, and that of each widget for /AS."""

    value: str
    widgets: tuple[str, ...]


def ticked(node: Node, values: tuple[str, ...]) -> Ticked:
    """Find the state that a value names: an export value of /Opt, else a state; none or "Off" is off.

    Raises Refused for a value that no widget has.
    """
    own = [states(widget) or _invented(node) for widget in node.widgets]
    if len(values) > 1:
        raise Refused("too-many", "takes one value")
    if not values or values[0] in ("", OFF):
        return Ticked(OFF, (OFF,) * len(own))
    wanted = values[0]
    exported = _exported(node)
    if wanted in exported:
        chosen = {place for place, value in enumerate(exported) if value == wanted}
        found = [set(each) & {str(place) for place in chosen} for each in own]
        if not any(found):
            found = [set(each) if place in chosen else set() for place, each in enumerate(own)]
    else:
        found = [{state for state in each if readable(state) == wanted} for each in own]
    names = tuple(min(each, default=OFF) for each in found)
    value = next((each for each in names if each != OFF), None)
    if value is None:
        raise Refused("unknown-value", _unknown(exported or [readable(state) for each in own for state in each]))
    return Ticked(value, names)


def _invented(node: Node) -> list[str]:
    return [] if node.flags & Flags.RADIO else [DEFAULT_STATE]


def _exported(node: Node) -> list[str]:
    given = node.inherited.get("/Opt")
    return [str(each) for each in given if isinstance(each, String)] if isinstance(given, Array) else []


def options(node: Node) -> tuple[tuple[str, str], ...]:
    """Return the options of a choice field: export value and label."""
    given = node.inherited.get("/Opt")
    found = []
    for each in given if isinstance(given, Array) else ():
        if isinstance(each, String):
            found.append((str(each), str(each)))
        elif isinstance(each, Array) and len(each) > 1:
            found.append((str(each[0]), str(each[1])))
    return tuple(found)


def chosen(node: Node, values: tuple[str, ...]) -> tuple[int, ...]:
    """Return the places of the chosen options; () with a value means a text typed into an editable combo box.

    Raises Refused for an unknown option, or several where one may be chosen.
    """
    known = options(node)
    codes = [code for code, _ in known]
    if len(values) > 1 and not node.flags & Flags.MULTI_SELECT:
        raise Refused("too-many", "takes one value")
    if values and node.flags & Flags.COMBO and node.flags & Flags.EDITABLE and values[0] not in codes:
        return ()
    if any(value not in codes for value in values):
        raise Refused("unknown-value", _unknown(codes))
    return tuple(sorted({codes.index(value) for value in values}))


def _unknown(known: list[str]) -> str:
    names = list(dict.fromkeys(known))
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"does not have that value; it has {', '.join(names[:_SHOWN]) or 'none'}{more}"
