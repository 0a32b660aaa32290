"""Who signed off which catalogue, read from plain data."""

from __future__ import annotations

import datetime

import pytest

from formkit.i18n.reviews import Review, ReviewFault, reviews_from_mapping


def test_reviews_are_read_with_their_defaults() -> None:
    reviews, faults = reviews_from_mapping(
        {
            "but-hauptantrag": {
                "uk": {"state": "reviewed", "by": "N. N.", "on": "2026-11-20", "confidence": "low"},
                "de-simple": {"group": "Prüfgruppe A"},
            },
            "formkit": {"ar": {"state": "draft"}},
        }
    )
    assert faults == ()
    assert reviews == (
        Review("but-hauptantrag", "uk", "reviewed", "N. N.", datetime.date(2026, 11, 20), "low"),
        Review("but-hauptantrag", "de-simple", group="Prüfgruppe A"),
        Review("formkit", "ar"),
    )
    assert [review.reviewed for review in reviews] == [True, False, False]


@pytest.mark.parametrize(
    ("data", "path", "text"),
    [
        ("uk", (), "must be a list of names with values"),
        ({"but": ("uk",)}, ("but",), "must be a list of names with values"),
        ({"but": {"uk": "reviewed"}}, ("but", "uk"), "must be a list of names with values"),
        ({"but": {"ukr": {}}}, ("but", "ukr"), "'ukr' is no language formkit knows"),
        (
            {"but": {"uk": {"who": "A"}}},
            ("but", "uk", "who"),
            "'who' is not known; known are state, by, on, confidence, group",
        ),
        ({"but": {"uk": {"by": 3}}}, ("but", "uk", "by"), "'by' must be a text; put it in quotes"),
        ({"but": {"uk": {"state": "ok"}}}, ("but", "uk", "state"), "'state' is one of draft, reviewed"),
        ({"but": {"uk": {"confidence": "high"}}}, ("but", "uk", "confidence"), "'confidence' is one of normal, low"),
        ({"but": {"uk": {"on": "20.11.2026"}}}, ("but", "uk", "on"), "'on' is no date; write it as \"2026-11-20\""),
        ({"but": {"uk": {"on": "2026-02-30"}}}, ("but", "uk", "on"), "'on' is no date; write it as \"2026-11-20\""),
        ({"but": {"uk": {"state": "reviewed"}}}, ("but", "uk"), "a reviewed catalogue says by and on"),
    ],
)  # fmt: skip
def test_a_fault_names_the_path_to_its_value(data: object, path: tuple[str, ...], text: str) -> None:
    assert reviews_from_mapping(data) == ((), (ReviewFault(path, text),))


def test_all_faults_are_found_at_once_and_good_reviews_stay() -> None:
    reviews, faults = reviews_from_mapping(
        {"a": {"uk": {"state": "x", "confidence": "y", "z": "z"}, "ar": {}}, "b": {"xx": {"on": ""}}}
    )
    assert reviews == (Review("a", "ar"),)
    assert [fault.path for fault in faults] == [
        ("a", "uk", "z"), ("a", "uk", "state"), ("a", "uk", "confidence"), ("b", "xx"), ("b", "xx", "on")
    ]  # fmt: skip
