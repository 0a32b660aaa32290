"""What the engines of viewers write into a form is what is read from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pikepdf import Array, Name, String

from acroforms import COMB, COMBO, MULTILINE, RADIO, Form
from engines import ENGINES, missing
from formkit.pdf.fields import read_form

ANSWERS = {
    "person.familienname": ("Müller-Öztürk",),
    "person.ort": ("Київ – 日本",),
    "begruendung": ("Erste Zeile\nzweite Zeile\n\nvierte",),
    "person.geburtsdatum": ("24112015",),
    "kind.mittagessen.ja": ("Ja wohl",),
    "kind.0.bestaetigt": ("ja",),
    "schulart": ("gym",),
    "sprache": ("ar",),
}
UNANSWERED = {"person.vorname", "kind.nachhilfe"}


@pytest.fixture
def blank(tmp_path: Path) -> Path:
    """A form with every kind of field, as official ones have them; a radio group stands on two pages."""
    form = Form(pages=2)
    person = form.node(
        form.widget(T="familienname"),
        form.widget(T="vorname"),
        form.widget(T="ort"),
        form.widget(T="geburtsdatum", Ff=COMB, MaxLen=8),
        T="person",
        FT=Name.Tx,
    )
    radio = form.node(
        form.box("gs"), form.box("gym", 2), form.box("weiter", 2), T="schulart", FT=Name.Btn, Ff=RADIO, V=Name.Off
    )
    options = Array([Array([String(code), String(label)]) for code, label in [("de", "Deutsch"), ("ar", "Arabisch")]])
    top = [
        person,
        form.widget(2, T="begruendung", FT=Name.Tx, Ff=MULTILINE),
        form.box("Ja wohl", T="kind.mittagessen.ja", FT=Name.Btn, V=Name.Off),
        form.box("ja", T="kind.nachhilfe", FT=Name.Btn, V=Name.Off),
        form.box("ja", 2, T="kind.0.bestaetigt", FT=Name.Btn, V=Name.Off),
        radio,
        form.widget(T="sprache", FT=Name.Ch, Ff=COMBO, Opt=options),
    ]
    return form.save(tmp_path / "blank.pdf", top)


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest) -> str:
    if reason := missing(request.param):
        pytest.skip(reason)
    return str(request.param)


def test_what_an_engine_writes_is_read(engine: str, blank: Path, tmp_path: Path) -> None:
    filled = tmp_path / "filled.pdf"
    ENGINES[engine](blank, filled, ANSWERS)
    found = {field.name: field.values for field in read_form(filled).fields}
    assert found == ANSWERS | dict.fromkeys(UNANSWERED, ())
    assert read_form(filled).doubts == ()


def test_what_an_engine_changes_is_read(engine: str, blank: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    ENGINES[engine](blank, first, ANSWERS)
    changes = {"person.familienname": ("Ж",), "schulart": ("gs",), "sprache": ("de",), "begruendung": ("neu",)}
    ENGINES[engine](first, second, changes)
    found = {field.name: field.values for field in read_form(second).fields}
    assert found == ANSWERS | changes | dict.fromkeys(UNANSWERED, ())


def test_one_engine_reads_on_where_another_stopped(blank: Path, tmp_path: Path) -> None:
    """A form goes through several hands: each engine changes one value of what the one before wrote."""
    ENGINES["pdfium"](blank, tmp_path / "0.pdf", ANSWERS)
    here = [name for name in ENGINES if not missing(name)]
    for number, name in enumerate(here):
        answer = {"person.vorname": (f"Hand {number}",)}
        ENGINES[name](tmp_path / f"{number}.pdf", tmp_path / f"{number + 1}.pdf", answer)
    found = {field.name: field.values for field in read_form(tmp_path / f"{len(here)}.pdf").fields}
    assert found == ANSWERS | {"person.vorname": (f"Hand {len(here) - 1}",), "kind.nachhilfe": ()}
