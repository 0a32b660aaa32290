"""Answers → what stands in the boxes of a page again: as it was understood, or as it was typed."""

from __future__ import annotations

from collections.abc import Mapping

from formkit.answers import Answers, Slot
from formkit.widgets import TextBox


def raw_of(slot: Slot, path: str, answers: Answers) -> Mapping[str, str]:
    """Return the raw texts of an answer by part, of one that was not understood as they were typed."""
    if path in answers.values:
        return slot.field.to_widgets(answers.values[path])
    return next((fault.raw for fault in answers.faults if fault.path == path), {})


def parted(widget: TextBox, raw: str) -> list[str]:
    """Return what stands in each box of a date: of one that was not understood as it was typed."""
    sizes = widget.comb
    if raw.isascii() and raw.isdigit() and len(raw) == sum(sizes):
        ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
        return [raw[end - size : end] for end, size in zip(ends, sizes, strict=True)]
    parts = raw.split(".")
    return parts if len(parts) == len(sizes) else [raw, *([""] * (len(sizes) - 1))]
