"""Texts: the few marks they may carry, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from formkit.texts import Msg, Placeholder, Plain, balanced, plain, runs, tokens


def test_marks_and_placeholders_become_runs() -> None:
    assert runs("**Ab {jahr}** *Jahren*") == (
        Plain("Ab ", strong=True),
        Placeholder("jahr", strong=True),
        Plain(" "),
        Plain("Jahren", emphasis=True),
    )


def test_a_link_keeps_its_target_and_nothing_but_three_schemes_is_one() -> None:
    assert runs("[Amt](https://a.de)") == (Plain("Amt", target="https://a.de"),)
    for text in ("[a](javascript:x)", "[a](file:///etc/passwd)", "[a](//b.de)"):
        assert runs(text) == (Plain(text),)


def test_a_stray_mark_swallows_nothing() -> None:
    assert runs("2 * 3 = 6") == (Plain("2 * 3 = 6"),)
    assert not balanced("**offen")


def test_what_a_translation_must_keep_is_listed() -> None:
    assert tokens("**{a}** [x](tel:1) *b*") == ("(tel:1)", "*", "*", "**", "**", "{a}")


def test_jinja_and_format_syntax_are_plain_characters() -> None:
    for text in ("{{ 7*7 }}", "{% raw %}", "{a.__class__}", "{a:>9}", "{A}", "%(a)s", "<b>"):
        assert plain(text) == text.replace("*", "*")
        assert not [run for run in runs(text) if isinstance(run, Placeholder)]


def test_a_text_of_placeholders_and_signs_has_no_words() -> None:
    assert Msg("{a} – {b}").wordless
    assert not Msg("{a} km").wordless


def test_a_remark_for_translators_is_no_part_of_a_texts_identity() -> None:
    assert Msg("Ort", comment="x") == Msg("Ort")
    assert Msg("Ort", context="x") != Msg("Ort")


@given(st.text())
def test_no_character_is_lost(text: str) -> None:
    rebuilt = "".join(run.text if isinstance(run, Plain) else f"{{{run.name}}}" for run in runs(text))
    if not tokens(text):
        assert rebuilt == text
    assert plain(text) == rebuilt
