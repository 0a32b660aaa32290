"""A text cut where words end and what must stay begins: placeholders, marks and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from formkit.texts import Placeholder, runs


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in order, and whether each must stay as it is; joined they are the text.

    >>> list(pieces("**Nur** {n}"))
    [('**', True), ('Nur', False), ('**', True), (' ', False), ('{n}', True)]
    """
    place = 0
    for run in runs(text):
        if isinstance(run, Placeholder):
            before, words, after = "", "", f"{{{run.name}}}"
        elif run.target:
            before, words, after = "[", run.text, f"]({run.target})"
        else:
            before, words, after = "", run.text, ""
        # Between two runs stand only asterisks, and no words of a run begin with one that is a mark.
        start = text.index(before + words + after, place)
        found = ((text[place:start] + before, True), (words, False), (after, True))
        yield from ((part, stays) for part, stays in found if part)
        place = start + len(before + words + after)
    if place < len(text):
        yield text[place:], True
