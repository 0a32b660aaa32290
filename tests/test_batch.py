"""Serial letters: the right files and report whatever is wrong with some rows, and whenever the program is stopped."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pypdf
import pytest

from formkit.answers import record_of_pdf, understood
from formkit.batch import Batch, Task, opened, run
from formkit.batch.executors import Inline, cluster, processes
from formkit.batch.manifest import NAME
from formkit.batch.rows import chunks, read_rows
from formkit.copies import Style
from formkit.errors import AnswersError, FormkitError, OutputExists
from formkit.files import UnwritableFile
from formkit.i18n import load
from formkit.i18n.languages import language
from formkit.pdf.fields import read_form
from formkit.project import Project
from projects import AUTHORITY, HERE, ROOT, TODAY, call, sample_project

GOOD = ["Müller", "محمد", "Шевченко", "Weiß-Ångström", "ክፍለ", "क्षत्रिय"]
# By the number of the row: what stands in it, and why it is refused.
FAULTS = {
    7: ("𐎀", "person.name: missing-glyph"),
    12: (None, "columns"),
    40: (b"\xff\xfe", "encoding"),
    41: (b'"a"b', "csv-syntax"),
}
COUNT = 320


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with the shortest form, laid out once."""
    made = sample_project(tmp_path_factory.mktemp("batch") / "project", ["kurz"], ["ar", "uk"])
    folder = made.root / "warm"
    (folder).mkdir()
    table = folder / "rows.csv"
    table.write_text("_language,person.name\nde,a\nar,b\nuk,c\n", encoding="utf-8")
    batch(made, table, folder / "out")
    return made


def name_of(number: int) -> str:
    return f"{GOOD[number % len(GOOD)]} {number}"


def table(folder: Path, count: int = COUNT, *, faulty: bool = True) -> Path:
    lines = [b"_language,person.name"]
    for number in range(1, count + 1):
        fault = FAULTS.get(number, ("", ""))[0] if faulty else ""
        if fault is None:
            lines.append(b"de,a,b,c")
        elif isinstance(fault, bytes):
            lines.append(b"de," + fault)
        else:
            lines.append(f"{('de', 'ar', 'uk')[number % 3]},{fault or name_of(number)}".encode())
    path = folder / "rows.csv"
    path.write_bytes(b"\n".join(lines) + b"\n")
    return path


def batch(project: Project, rows: Path, out: Path, *, go_on: bool = False, size: int = 50) -> Batch:
    style = Style(language("de"), AUTHORITY, "interlinear")
    task = Task(project, "kurz", style, "_language", TODAY, out, rows.name)
    work, manifest = opened(Batch(task, rows, size=size), go_on=go_on, force=False)
    run(work, manifest, Inline())
    return work


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.pdf*"))}


def report(path: Path) -> dict[int, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return {int(row["row"]): row for row in csv.DictReader(stream)}


def command(project: Project, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    given = ("-m", "formkit", "--project", str(project.root), "batch", "kurz", *map(str, arguments))
    return call(*given, **environment)


def test_a_batch_with_planted_faults_ends_with_the_right_files_and_report(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path)
    done = command(project, "--answers", rows, "--out", tmp_path / "out", "--lang-column", "_language")
    assert (1, f"{tmp_path / 'out' / 'report.csv'}\n") == (done.returncode, done.stdout), done.stderr
    # Names in other letters than Latin ones are warned of.
    assert f"105 done, {COUNT - len(FAULTS) - 105} warned, {len(FAULTS)} refused" in done.stderr
    found = report(tmp_path / "out" / "report.csv")
    assert list(range(1, COUNT + 1)) == list(found)
    refused = {number: row["reasons"] for number, row in found.items() if row["status"] == "refused"}
    assert FAULTS.keys() == refused.keys()
    for number, (_, reason) in FAULTS.items():
        assert reason in refused[number]
    made = sorted((tmp_path / "out").glob("*.pdf"))
    assert [f"{number:06}.pdf" for number in found if number not in FAULTS] == [path.name for path in made]
    for path in made[::20]:
        number = int(path.stem)
        field = (pypdf.PdfReader(path).get_fields() or {})["person.name"]
        assert name_of(number) == field["/V"]
        marks = read_form(path).marks
        assert ("de", "ar", "uk")[number % 3] == marks["Language"]


def test_no_value_is_in_the_report_or_the_account(project: Project, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("person.name\nKanarienvogel\nKanarienvogel𐎀\n", encoding="utf-8")
    done = command(project, "--answers", rows, "--out", tmp_path / "out")
    assert done.returncode == 1
    written = [path.read_text(encoding="utf-8") for path in (tmp_path / "out" / "report.csv", tmp_path / "out" / NAME)]
    assert "Kanarienvogel" not in "".join([*written, done.stdout, done.stderr])


def test_what_is_too_long_for_its_box_stands_on_a_sheet_and_is_warned_of(project: Project, tmp_path: Path) -> None:
    rows = tmp_path / "rows.jsonl"
    answers = {"form": "kurz", "version": 1, "language": "de", "answers": {"person": {"name": "W" * 120}}}
    rows.write_text(json.dumps(answers) + "\n", encoding="utf-8")
    done = command(project, "--answers", rows, "--out", tmp_path / "out", "--report", tmp_path / "report.json")
    assert done.returncode == 0, done.stderr
    (row,) = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert row["status"] == "warned"
    assert {"path": "person.name", "key": "continued"} in row["reasons"]


def test_the_copies_say_what_their_rows_say(project: Project, tmp_path: Path) -> None:
    batch(project, table(tmp_path, 30, faulty=False), tmp_path / "out")
    form = load.form(project, "kurz")
    for number in range(1, 31):
        read = read_form(tmp_path / "out" / f"{number:06}.pdf")
        record = record_of_pdf(((each.name, each.values) for each in read.fields), read.marks, "x")
        assert {"person.name": name_of(number)} == dict(understood(form, record).values)


def test_copies_are_sound_files(project: Project, tmp_path: Path) -> None:
    import page

    batch(project, table(tmp_path, 4, faulty=False), tmp_path / "out")
    for path in sorted((tmp_path / "out").glob("*.pdf")):
        checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert (checked.returncode, checked.stderr) == (0, "")
        faults = [
            failure.rule_id
            for profile in ("ua1", "pdfa-3a")
            for failure in page.validate_pdf_bytes(path.read_bytes(), profile=profile).failures
        ]
        assert faults == []


@pytest.mark.parametrize("after", [0.1, 0.6, 1.2])
def test_a_batch_that_is_killed_goes_on_to_the_same_files(project: Project, tmp_path: Path, after: float) -> None:
    rows = table(tmp_path, 2_000)
    expected = tmp_path / "expected"
    batch(project, rows, expected, size=100)
    script = (
        "import sys\nfrom pathlib import Path\nfrom test_batch import batch\nfrom projects import find_project\n"
        "print('ready', flush=True)\nproject, rows, out = map(Path, sys.argv[1:])\n"
        "batch(find_project(project), rows, out, size=100)"
    )
    known = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(HERE)])}
    arguments = [sys.executable, "-c", script, str(project.root), str(rows), str(tmp_path / "out")]
    with subprocess.Popen(arguments, env=known, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        while not (tmp_path / "out" / NAME).exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
    for path in (tmp_path / "out").glob("*.pdf"):
        with pikepdf.open(path) as pdf:
            assert pdf.pages
    batch(project, rows, tmp_path / "out", go_on=True)
    assert files(expected) == files(tmp_path / "out")


def test_an_account_that_ends_in_half_a_line_is_still_one(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path, 120)
    batch(project, rows, tmp_path / "out")
    before = files(tmp_path / "out")
    path = tmp_path / "out" / NAME
    path.write_bytes(path.read_bytes()[:-20])
    (tmp_path / "out" / "000110.pdf").unlink()
    batch(project, rows, tmp_path / "out", go_on=True)
    assert before == files(tmp_path / "out")


def test_another_batch_or_another_table_is_not_gone_on_with(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path, 60)
    batch(project, rows, tmp_path / "out")
    rows.write_bytes(rows.read_bytes().replace(b"de,", b"uk,"))
    with pytest.raises(FormkitError, match="not those that were done"):
        batch(project, rows, tmp_path / "out", go_on=True)
    with pytest.raises(FormkitError, match="no batch was begun"):
        batch(project, rows, tmp_path / "other", go_on=True)


def test_files_of_others_are_never_overwritten(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path, 3)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "000002.pdf").write_bytes(b"mine")
    with pytest.raises(OutputExists):
        batch(project, rows, tmp_path / "out")
    assert (tmp_path / "out" / "000002.pdf").read_bytes() == b"mine"


def test_a_full_disk_stops_the_batch_with_what_is_done(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path, 20, faulty=False)
    script = (
        "import resource, sys\nfrom formkit.cli import main\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))\nmain(sys.argv[1:])"
    )
    given = ["--project", str(project.root), "batch", "kurz", "--answers", str(rows), "--out", str(tmp_path / "out")]
    done = call("-c", script, *given, "--lang-column", "_language")
    assert done.returncode == 3, done.stderr
    assert "cannot be written" in done.stderr
    assert files(tmp_path / "out") == {}
    go_on = command(project, "--answers", rows, "--out", tmp_path / "out", "--lang-column", "_language", "--resume")
    assert (go_on.returncode, len(files(tmp_path / "out"))) == (0, 20), go_on.stderr


def test_a_folder_that_cannot_be_written_to_is_said(project: Project, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    with pytest.raises(UnwritableFile):
        batch(project, table(tmp_path, 3), blocked / "out")


def test_all_rows_go_into_one_archive_or_one_document(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path, 5, faulty=False)
    for name in ("all.zip", "all.pdf"):
        done = command(project, "--answers", rows, "--out", tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert not (tmp_path / f"{name}.parts").exists()
        assert len(report(tmp_path / f"{name}.report.csv")) == 5
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert [f"{number:06}.pdf" for number in range(1, 6)] == archive.namelist()
    merged = pypdf.PdfReader(tmp_path / "all.pdf")
    assert not merged.get_fields()
    assert "Шевченко 2" in "".join(each.extract_text() for each in merged.pages)


def test_two_processes_make_the_files_of_one(project: Project, tmp_path: Path) -> None:
    rows = table(tmp_path, 120)
    batch(project, rows, tmp_path / "one")
    style = Style(language("de"), AUTHORITY, "interlinear")
    task = Task(project, "kurz", style, "_language", TODAY, tmp_path / "two", rows.name)
    work, manifest = opened(Batch(task, rows, 2, 50), go_on=False, force=False)
    with processes(2) as pool:
        run(work, manifest, pool)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_cluster_makes_the_files_of_one_process(project: Project, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="Dask is not installed")
    rows = table(tmp_path, 120)
    batch(project, rows, tmp_path / "one")
    style = Style(language("de"), AUTHORITY, "interlinear")
    task = Task(project, "kurz", style, "_language", TODAY, tmp_path / "two", rows.name)
    work, manifest = opened(Batch(task, rows, 2, 50), go_on=False, force=False)
    with (
        distributed.LocalCluster(n_workers=2, processes=True, threads_per_worker=1, dashboard_address=None) as local,
        cluster(local.scheduler_address) as executor,
    ):
        run(work, manifest, executor)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_rows_are_read_one_after_another_and_chunks_follow_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text("{}\n\n{}\n{}\n", encoding="utf-8")
    found = list(chunks(read_rows(path), 2))
    assert [[(row.number, row.line) for row in each.rows] for each in found] == [[(1, 1), (2, 3)], [(3, 4)]]
    assert [each.last for each in found] == [False, True]


def test_a_table_without_a_heading_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("Müller,Anna\n", encoding="utf-8")
    with pytest.raises(AnswersError):
        list(read_rows(path))
