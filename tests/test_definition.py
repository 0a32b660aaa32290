"""Definitions: good ones load whole, bad ones are told exactly what is wrong and where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formkit.definition import check_form, load_authority, load_form
from formkit.definition.model import Form
from formkit.definition.places import parts, places
from formkit.definition.reading import validate
from formkit.definition.yaml import load_yaml
from formkit.errors import DefinitionError, FormkitError
from formkit.fields import FIELD_TYPES

HERE = Path(__file__).parent
ROOT = HERE.parent
GOOD = sorted((HERE / "forms" / "good").glob("*.yaml")) + sorted((ROOT / "forms").glob("*.yaml"))
BAD = sorted((HERE / "forms" / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_form_has_neither_errors_nor_warnings(path: Path) -> None:
    assert [str(problem) for problem in check_form(path)] == []


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_form_shows_every_fault_at_its_place(path: Path) -> None:
    expected = re.findall(r"^# expect: (\d+:\d+) (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    found = [(f"{p.where.line}:{p.where.column}", p.check) for p in check_form(path)]
    assert found == expected


def test_a_fault_reads_like_a_compilers_message() -> None:
    (problem,) = check_form(HERE / "forms" / "bad" / "unknown-type.yaml", "forms/x.yaml")
    assert str(problem) == "forms/x.yaml:11:26: error: unknown field type 'txet'; did you mean 'text'? [unknown-type]"


def test_the_sample_form_uses_every_field_type() -> None:
    form = load_form(HERE / "forms" / "good" / "alles.yaml")
    used = {type(part.field) for part in parts(form)}
    assert used == set(FIELD_TYPES)


def test_numbers_count_sections_and_questions_and_letter_their_parts() -> None:
    form = load_form(HERE / "forms" / "good" / "alles.yaml")
    numbers = {part.path: part.number for part in parts(form)}
    assert numbers["person.name"] == "1.1"
    assert (numbers["person.plz"], numbers["person.ort"]) == ("1.4a", "1.4b")
    assert numbers["person.hinweis"] == ""
    assert numbers["wahl.x.nummer"] == "2.1b"
    assert (numbers["fahrten.ziel"], numbers["kurse.liste.preis"]) == ("3.1a", "4.1b")
    assert numbers["amt.eingang"] == ""


def test_a_part_of_the_office_takes_no_section_number() -> None:
    form = load_form(HERE / "forms" / "good" / "alles.yaml")
    assert [place.number for place in places(form)] == ["1", "2", "3", "4", "5", "6", "7", ""]


def test_the_application_has_more_than_a_hundred_fields_with_a_number_each() -> None:
    form = load_form(ROOT / "forms" / "but-hauptantrag.yaml")
    asked = [part for part in parts(form) if part.field.asks]
    assert len(asked) >= 100
    assert len({part.number for part in asked}) == len(asked)


@pytest.mark.parametrize("path", sorted((ROOT / "forms" / "authorities").glob("*.yaml")), ids=lambda path: path.stem)
def test_authority_profiles_load(path: Path) -> None:
    assert load_authority(path).id == path.stem


def test_a_profile_under_another_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text("authority: some\nname: Amt\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_authority(path)
    assert caught.value.problems[0].check == "file-name"


def test_a_missing_file_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(FormkitError, match="cannot be read"):
        load_form(tmp_path / "nothing.yaml")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_any_data_gives_a_form_or_located_faults(data: object) -> None:
    import json

    caught = None
    try:
        validate(load_yaml(json.dumps(data, ensure_ascii=False), "x.yaml"), Form)
    except DefinitionError as error:
        caught = error
    assert caught is None or caught.problems
    assert caught is None or all(problem.where.file == "x.yaml" for problem in caught.problems)


@given(st.text())
def test_any_text_gives_data_or_located_faults(text: str) -> None:
    caught = None
    try:
        load_yaml(text, "x.yaml")
    except DefinitionError as error:
        caught = error
    assert caught is None or caught.problems
