"""A text → safe HTML: escaped, its marks and placeholders rebuilt, runs of the other direction isolated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from markupsafe import Markup, escape

from formkit.i18n.languages import GERMAN, Language
from formkit.i18n.localize import Localized
from formkit.texts import Placeholder, Run, runs

# LRI and PDI (UAX #9): WeasyPrint hands one run of text to Pango, which reorders it; an isolate keeps
# "§ 28 SGB II" or "12,50 €" in their own order inside a right-to-left sentence.
_LRI, _PDI = "\u2066", "\u2069"
_WORD = r"A-Za-z0-9\u00c0-\u024f\u0400-\u04ff"
# No run is longer than a line: looking through a long one again behind each of its brackets would take for ever.
_LATIN_RUN = re.compile(rf"(?:§+[ \u00a0]?)?[+]?[{_WORD}](?:[-{_WORD}.,:/@+–%€§&()'’ \u00a0]{{0,200}}[{_WORD}%€])?\)?")
# What must not part at a line's end: "§ 28", "Art. 13", "§ 66 SGB I", "3 km".
_TOGETHER = re.compile(
    r"(?<=§) (?=\d)|(?<=\bArt\.) (?=\d)|(?<=\bAbs\.) (?=\d)|(?<=\bNr\.) (?=\d)|(?<=\bBuchst\.) (?=\w)"
    r"|(?<=SGB) (?=[IVX])|(?<=[\da-z.]) (?=(?:SGB|BKGG|AsylbLG|DSGVO|WoGG)\b)|(?<=\d) (?=(?:km|€|ff\.)(?:\W|$))"
)
BLANK = Markup('<span class="blank"></span>')
ELSEWHERE = Markup("…")

Values = Callable[[str], Markup]


def isolate(text: str) -> str:
    """Wrap every Latin run of a right-to-left text in an isolate; brackets that do not close stay outside.

    >>> isolate("القرار (Bescheid)") == "القرار (\\u2066Bescheid\\u2069)"
    True
    """
    parts: list[str] = []
    place = 0
    while match := _LATIN_RUN.search(text, place):
        run = _whole(match[0])
        parts += [text[place : match.start()], _LRI, run, _PDI]
        place = match.start() + len(run)
    return "".join([*parts, text[place:]])


def _whole(run: str) -> str:
    """Return the part of a run that can be set apart without parting brackets."""
    # The bracket of "Vorname(n)" is part of the word; one behind a space is a remark of the sentence's own.
    remark = run.endswith(")") and run[: run.rfind("(")].endswith((" ", "\u00a0"))
    run = run[:-1] if remark else run
    return run[: _closed(run)].rstrip()


def _closed(run: str) -> int:
    """Return how far every bracket of a run is closed inside it, in the right order."""
    depth = end = 0
    for place, character in enumerate(run, 1):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            break
        end = place if depth == 0 else end
    return end


def inline(text: str, language: Language, values: Values) -> Markup:
    """Return the HTML of a text in its language; `values` gives the HTML of a placeholder."""
    return Markup("").join(_run(run, language, values) for run in runs(text))


def _run(run: Run, language: Language, values: Values) -> Markup:
    if isinstance(run, Placeholder):
        content = values(run.name)
    else:
        kept = _TOGETHER.sub("\u00a0", run.text)
        shown = isolate(kept) if language.direction == "rtl" else kept
        content = escape(shown)
        if run.target:
            content = Markup('<a href="{}">{}</a>').format(run.target, content)
    if run.emphasis:
        content = Markup("<em>{}</em>").format(content)
    if run.strong:
        content = Markup("<strong>{}</strong>").format(content)
    return content


def parameters(localized: Localized, language: Language, blank: Markup = BLANK) -> Values:
    """Return how the form's parameters look in a language: German names marked, unknown ones `blank`."""

    def value(name: str) -> Markup:
        text = localized.value(name, language)
        if text is None:
            return blank
        if localized.is_name(name) and language.tag != GERMAN.tag:
            return Markup('<span lang="de" dir="ltr">{}</span>').format(_embedded(text, language))
        return escape(_embedded(text, language))

    return value


def _embedded(text: str, language: Language) -> str:
    return f"{_LRI}{text}{_PDI}" if language.direction == "rtl" else text


def facts(found: Mapping[str, str], language: Language) -> Values:
    """Return given texts as the values of placeholders: a page number, the labels of options."""

    def value(name: str) -> Markup:
        text = found.get(name, "")
        return escape(isolate(text) if language.direction == "rtl" else text)

    return value
