"""What is the same in every application of a family, and goes from one to the next.

The author of a form says so: sections and groups that are `carried`.
"""

from __future__ import annotations

from dataclasses import replace

from formkit.answers import Answers, outline
from formkit.answers.model import tidied
from formkit.answers.slots import Slot
from formkit.definition import Form
from formkit.definition.model import Group


def is_carried(slot: Slot) -> bool:
    """Tell whether an answer is the same in every application."""
    section = slot.section.section
    index = slot.question.data[-1] if slot.section.section.repeat is None else None
    item = section.questions[index] if isinstance(index, int) else None
    return section.carried or (isinstance(item, Group) and item.carried)


def carries(form: Form) -> bool:
    """Tell whether anything of a form is the same in every application."""
    return any(is_carried(slot) for slot in outline(form).slots)


def spread(form: Form, source: Answers, target: Answers) -> Answers:
    """Return other answers with what is the same for all taken from the source."""
    placed = outline(form)

    def common(path: str) -> bool:
        return is_carried(placed.split(path)[0])

    values = {path: value for path, value in target.values.items() if not common(path)}
    faults = [fault for fault in target.faults if not common(fault.path)]
    values |= {path: value for path, value in source.values.items() if common(path)}
    faults += [fault for fault in source.faults if common(fault.path)]
    return tidied(form, replace(target, values=values, faults=tuple(faults)))


def next_application(form: Form, source: Answers) -> Answers:
    """Return the answers with which another application of the same family begins."""
    return spread(form, source, replace(source, values={}, faults=()))


def own_answers(form: Form, answers: Answers) -> int:
    """Count the answers that belong to this application alone."""
    placed = outline(form)
    paths = (*answers.values, *(fault.path for fault in answers.faults))
    return sum(not is_carried(placed.split(path)[0]) for path in paths)
