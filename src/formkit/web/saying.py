"""An answer as a page says it: to the reader in their language, and in German as the office gets it."""

from __future__ import annotations

from markupsafe import Markup, escape

from formkit import words
from formkit.answers.slots import Slot
from formkit.answers.summary import shown
from formkit.fields.attachment import ATTACHED, AttachmentField
from formkit.fields.confirm import ConfirmField
from formkit.fields.yesno import YesNoField
from formkit.values import PartialDate, Value
from formkit.web.speech import Speech

_LATIN = Markup('<bdi class="lat" dir="ltr">{}</bdi>')


def said(speech: Speech, slot: Slot, value: Value) -> Markup:
    """Return an answer in the reader's language; a person's own words stay as they are."""
    if slot.options:
        labels = [speech.html(option.label) for _, option in slot.chosen(value)]
        if slot.rows:
            pairs = zip(labels[::2], labels[1::2], strict=True)
            labels = [Markup("{}: {}").format(row, option) for row, option in pairs]
        return Markup("; ").join(labels)
    match slot.field:
        case YesNoField() | ConfirmField():
            return speech.html(words.YES if value else words.NO)
        case AttachmentField():
            return _paper(speech, value)
    if isinstance(value, str):
        return Markup('<bdi class="own">{}</bdi>').format(value)
    return _LATIN.format(shown(speech.prepared, slot, value))


def german(speech: Speech, slot: Slot, value: Value) -> Markup:
    """Return an answer as the office reads it."""
    if isinstance(slot.field, ConfirmField):
        return escape(words.YES.text)
    if isinstance(value, str) and not slot.options:
        return Markup('<bdi class="own">{}</bdi>').format(shown(speech.prepared, slot, value))
    return escape(shown(speech.prepared, slot, value))


def _paper(speech: Speech, value: Value) -> Markup:
    if not isinstance(value, tuple) or value[0] == ATTACHED:
        return speech.html(words.ENCLOSED)
    return speech.html(words.LATER) + Markup(" ") + _LATIN.format(str(PartialDate.parse(value[1])))
