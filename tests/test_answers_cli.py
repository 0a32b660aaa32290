"""`formkit answers` and `formkit validate` as people call them."""

from __future__ import annotations

import itertools
import json
import stat
import subprocess
from pathlib import Path

import pytest

from formkit.answers import read_answers
from formkit.answers.encryption import MAGIC, NotOpened, decrypted, encrypted, is_encrypted
from formkit.definition import load_form
from formkit.errors import AnswersError, FormkitError
from projects import ROOT, call

REAL = load_form(ROOT / "forms" / "but-hauptantrag.yaml")
ANSWERS = {
    "form": "but-hauptantrag",
    "version": 1,
    "language": "uk",
    "answers": {"person": {"familienname": "Geheimnis", "plz": "1"}, "fahrten": [{"kosten": "1.50"}]},
}


def run(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return call("-m", "formkit", "--project", str(ROOT), *arguments, cwd=folder, **environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.json").write_text(json.dumps(ANSWERS), encoding="utf-8")
    return tmp_path


def test_an_empty_file_to_start_from_is_read_as_no_answers(folder: Path) -> None:
    done = run(folder, "answers", "new", "but-hauptantrag")
    assert (done.returncode, done.stderr) == (0, "")
    assert '"// familienname": "3.1a Familienname (Pflicht; Text)"' in done.stdout
    (answers,) = read_answers(REAL, "new.json", done.stdout.encode())
    assert answers.values == {}
    assert done.stdout.count(": null") > 100


def test_answers_go_through_all_formats_and_come_back(folder: Path) -> None:
    before = read_answers(REAL, "a.json", (folder / "a.json").read_bytes())
    steps = ["a.json", "b.xfdf", "c.csv", "d.fdf", "e.jsonl", "f.json"]
    for source, target in itertools.pairwise(steps):
        done = run(folder, "answers", "convert", source, "-o", target, *(["--excel"] if target == "c.csv" else []))
        assert (done.returncode, done.stdout) == (0, f"{target}\n")
        assert "personal data in the clear" in done.stderr
    assert read_answers(REAL, "f.json", (folder / "f.json").read_bytes()) == before


def test_nobody_else_may_read_a_file_of_answers(folder: Path) -> None:
    run(folder, "answers", "convert", "a.json", "-o", "b.xfdf")
    assert stat.S_IMODE((folder / "b.xfdf").stat().st_mode) == 0o600


def test_a_file_is_not_overwritten_unasked(folder: Path) -> None:
    (folder / "b.xfdf").write_text("mine", encoding="utf-8")
    done = run(folder, "answers", "convert", "a.json", "-o", "b.xfdf")
    assert (done.returncode, (folder / "b.xfdf").read_text(encoding="utf-8")) == (3, "mine")
    assert run(folder, "answers", "convert", "a.json", "-o", "b.xfdf", "--force").returncode == 0


def test_what_cannot_be_understood_is_carried_over_and_told(folder: Path) -> None:
    (folder / "x.csv").write_text("_form,person.geburtsdatum\nbut-hauptantrag,31.02.1990\n", encoding="utf-8")
    done = run(folder, "answers", "convert", "x.csv", "-o", "x.json")
    assert done.returncode == 1
    assert "31.02.1990" in (folder / "x.json").read_text(encoding="utf-8")
    assert "31.02.1990" not in done.stdout + done.stderr


def test_findings_name_file_number_path_and_key_in_both_languages(folder: Path) -> None:
    done = run(folder, "validate", "but-hauptantrag", "a.json", "--lang", "uk")
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    (vorname,) = [line for line in lines if " person.vorname: " in line]
    assert vorname.startswith("a.json:1: error: 3.1b person.vorname: Bitte beantworten Sie diese Frage. / ")
    assert vorname.endswith(" [required]")
    assert any(line.startswith("a.json:1: error: 8.1b, Zeile 1 fahrten.0.von: ") for line in lines) is False
    assert done.stderr.startswith("1 set of answers: ")


def test_a_draft_may_have_gaps_and_warnings_alone_are_fine(folder: Path) -> None:
    done = run(folder, "validate", "but-hauptantrag", "a.json", "--draft", "--json")
    assert (done.returncode, done.stderr) == (0, "1 set of answers: 0 errors, 1 warnings\n")
    (record,) = json.loads(done.stdout)
    assert [(each["path"], each["level"], each["key"]) for each in record["findings"]] == [
        ("person.plz", "warning", "bad-postcode")
    ]


@pytest.mark.parametrize(
    ("name", "text", "code", "said"),
    [
        (
            "x.json",
            '{"form": "kurz", "version": 1, "answers": {}}',
            1,
            "x.json:1:2: error: these are answers to 'k",
        ),
        ("x.json", "{", 1, "x.json:1:2: error: this is no JSON"),
        ("x.txt", "", 2, "x.txt: answers are not kept in such files"),
        ("x.xfdf", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 1, "x.xfdf:1: error: a document type"),
    ],
)
def test_a_file_that_holds_no_answers_gives_one_clear_message(
    folder: Path, name: str, text: str, code: int, said: str
) -> None:
    (folder / name).write_text(text, encoding="utf-8")
    done = run(folder, "validate", "but-hauptantrag", name)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_said_so(folder: Path) -> None:
    done = run(folder, "validate", "but-hauptantrag", "none.json")
    assert (done.returncode, done.stderr) == (3, "formkit: none.json: cannot be read: No such file or directory\n")


def test_a_file_without_marks_needs_the_form_named(folder: Path) -> None:
    (folder / "x.csv").write_text("person.familienname\nAy\n", encoding="utf-8")
    assert run(folder, "answers", "convert", "x.csv", "-o", "x.json").returncode == 2
    assert run(folder, "answers", "convert", "x.csv", "-o", "x.json", "--form", "but-hauptantrag").returncode == 0


def test_an_encrypted_file_is_opened_by_its_passphrase_only(folder: Path) -> None:
    (folder / "key").write_text("Birnbaum im Hof\n", encoding="utf-8")
    done = run(folder, "answers", "convert", "a.json", "-o", "a.json.enc", "--encrypt", "--passphrase-file", "key")
    assert (done.returncode, done.stderr) == (0, "")
    assert b"Geheimnis" not in (folder / "a.json.enc").read_bytes()
    check = ("validate", "but-hauptantrag", "a.json.enc", "--draft")
    assert run(folder, *check, FORMKIT_PASSPHRASE="Birnbaum im Hof").returncode == 0
    wrong = run(folder, *check, FORMKIT_PASSPHRASE="Apfelbaum")
    assert wrong.returncode == 3
    assert "The passphrase is wrong" in wrong.stderr


def test_one_changed_bit_anywhere_and_nothing_is_read() -> None:
    data = encrypted(b"geheim", "wort")
    assert is_encrypted(data)
    assert decrypted(data, "wort", "x") == b"geheim"
    for place in (len(MAGIC), len(MAGIC) + 5, len(MAGIC) + 20, len(data) - 1):
        changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        with pytest.raises((NotOpened, AnswersError)):
            decrypted(changed, "wort", "x")


def test_a_forged_head_cannot_ask_for_all_memory() -> None:
    data = bytearray(encrypted(b"geheim", "wort"))
    data[len(MAGIC)] = 30
    with pytest.raises(AnswersError, match="damaged"):
        decrypted(bytes(data), "wort", "x")
    with pytest.raises(AnswersError, match="cut off"):
        decrypted(MAGIC + b"x", "wort", "x")


def test_two_encrypted_files_of_the_same_answers_have_nothing_in_common() -> None:
    first, second = encrypted(b"geheim" * 20, "wort"), encrypted(b"geheim" * 20, "wort")
    assert first[len(MAGIC) + 3 :] != second[len(MAGIC) + 3 :]


def test_an_empty_passphrase_protects_nothing_and_is_refused() -> None:
    with pytest.raises(FormkitError, match="empty"):
        encrypted(b"geheim", "")
