"""An empty file of answers to start from: every question with a remark that says what is asked.

JSON has no comments, and readers that are not ours should read the file too; so remarks are keys that begin
with //, which our reader passes over. Every answer is null, which is no answer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from formkit.answers.saying import Voice
from formkit.answers.slots import Outline, Slot, outline
from formkit.answers.tree import REMARK
from formkit.fields import Field
from formkit.fields.attachment import AttachmentField
from formkit.fields.choice import ChoiceField
from formkit.fields.choices import ChoicesField
from formkit.fields.confirm import ConfirmField
from formkit.fields.date import DateField
from formkit.fields.integer import IntegerField
from formkit.fields.matrix import MatrixField
from formkit.fields.month import MonthField
from formkit.fields.number import NumberField
from formkit.fields.yesno import YesNoField
from formkit.i18n.localize import Localized


def template(localized: Localized) -> bytes:
    """Return a JSON file that asks every question of a form and answers none."""
    placed, voice = outline(localized.form), Voice(localized)
    tree: dict[str, Any] = {}
    for slot in placed.slots:
        folder = _folder(tree, slot, placed)
        *above, last = slot.column.split(".")
        for segment in above:
            folder = folder.setdefault(segment, {})
        folder[f"{REMARK} {last}"] = _remark(slot, voice)
        folder[last] = None
    head = {
        REMARK: "Eine Antwort steht statt null. Zeilen, die mit // beginnen, sind Hinweise und werden nicht gelesen.",
        "form": localized.form.id,
        "version": localized.form.version,
        "language": localized.language.tag,
        "answers": tree,
    }
    return (json.dumps(head, ensure_ascii=False, indent=2) + "\n").encode()


def _folder(tree: dict[str, Any], slot: Slot, placed: Outline) -> dict[str, Any]:
    """Return the object in which an answer stands: of a list the first row."""
    if not slot.repeat:
        return tree
    *above, last = slot.repeat.split(".")
    for segment in above:
        tree = tree.setdefault(segment, {})
    most = placed.most_rows(slot.repeat)
    tree.setdefault(f"{REMARK} {last}", f"Liste: höchstens {most} Zeilen, jede zwischen {{ und }}")
    rows: list[dict[str, Any]] = tree.setdefault(last, [{}])
    return rows[0]


def _remark(slot: Slot, voice: Voice) -> str:
    label = f"{slot.number} {voice.german(slot.label)}".strip()
    must = "Pflicht; " if slot.field.required else ""
    return f"{label} ({must}{_kind(slot.field)}{_codes(slot, voice)})"


def _kind(field: Field) -> str:
    match field:
        case DateField():
            return '"JJJJ-MM-TT", unbekannter Tag oder Monat 00' if field.incomplete else '"JJJJ-MM-TT"'
        case MonthField():
            return '"JJJJ-MM"'
        case IntegerField():
            return "ganze Zahl"
        case NumberField():
            return 'Zahl als Text, "12.50"'
        case YesNoField() | ConfirmField():
            return "true oder false"
        case ChoiceField():
            return "ein Code: "
        case ChoicesField():
            return "Liste von Codes: "
        case MatrixField():
            return "je Zeile ein Code: "
        case AttachmentField():
            return '{"liegt_bei": true} oder {"bis": "JJJJ-MM-TT"}'
        case _:
            return "Text"


def _codes(slot: Slot, voice: Voice) -> str:
    def listed(options: Mapping[str, Any]) -> str:
        return ", ".join(f"{code} = {voice.german(option.label)}" for code, option in options.items())

    rows = f"{listed(slot.rows)}; Codes: " if slot.rows else ""
    return rows + listed(slot.options)
