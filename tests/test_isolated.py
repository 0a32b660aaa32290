"""Reading files from outside: a file that hangs, crashes or fills the memory ends in one message, the next is read."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, String

from acroforms import Form, samples
from formkit.cli import main
from formkit.errors import UnreadablePdf
from formkit.pdf.fields import read_form
from formkit.pdf.isolated import Limits, Reader, read_form_apart
from projects import ROOT

CANARY = "Geheimwort-4711"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    form = Form()
    return form.save(
        tmp_path / "sound.pdf", [form.widget(T="feld", FT=Name.Tx, V="Ж"), form.box("ja", T="b", FT=Name.Btn)]
    )


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader(Limits(seconds=1)) as made:
        yield made


def process_of(reader: Reader) -> int:
    assert reader._process is not None
    return reader._process.pid


def test_a_form_read_apart_is_the_form_read_here(sound: Path) -> None:
    assert read_form_apart(sound) == read_form(sound)


def test_a_file_is_found_whatever_folder_one_goes_to(
    sound: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.read(sound)
    monkeypatch.chdir(sound.parent)
    assert reader.read(Path(sound.name)) == read_form(sound)


def test_an_error_is_the_same_as_here_and_the_process_stays(sound: Path, tmp_path: Path, reader: Reader) -> None:
    reader.read(sound)
    before = process_of(reader)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"nothing")
    with pytest.raises(UnreadablePdf) as here:
        read_form(broken)
    with pytest.raises(UnreadablePdf) as apart:
        reader.read(broken)
    assert (apart.value.message, apart.value.advice) == (here.value.message, here.value.advice)
    assert process_of(reader) == before


def test_a_process_that_hangs_ends_in_one_message_and_the_next_file_is_read(sound: Path, reader: Reader) -> None:
    reader.read(sound)
    before = process_of(reader)
    os.kill(before, signal.SIGSTOP)
    start = time.monotonic()
    with pytest.raises(UnreadablePdf, match=r"sound\.pdf: takes longer to read than the 1 seconds"):
        reader.read(sound)
    assert time.monotonic() - start < 5
    assert reader.read(sound) == read_form(sound)
    assert process_of(reader) != before


def test_a_process_that_dies_ends_in_one_message_and_the_next_file_is_read(sound: Path, reader: Reader) -> None:
    reader.read(sound)
    os.kill(process_of(reader), signal.SIGSTOP)
    threading.Timer(0.3, os.kill, (process_of(reader), signal.SIGSEGV)).start()
    threading.Timer(0.4, os.kill, (process_of(reader), signal.SIGCONT)).start()
    with pytest.raises(UnreadablePdf, match=r"sound\.pdf: ends the process that reads it"):
        reader.read(sound)
    assert reader.read(sound) == read_form(sound)


def test_a_process_found_dead_ends_in_one_message(sound: Path, reader: Reader) -> None:
    reader.read(sound)
    os.kill(process_of(reader), signal.SIGKILL)
    with pytest.raises(UnreadablePdf, match="ends the process that reads it"):
        reader.read(sound)
    assert reader.read(sound) == read_form(sound)


def test_too_much_computing_ends_the_process() -> None:
    """The limit on computing holds by itself, where the waiting would go on."""
    done = subprocess.run(
        [sys.executable, "-c", _COMPUTING],
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == -signal.SIGXCPU, done.stderr


# What the worker does before each file, then a loop in place of the file.
_COMPUTING = """
from formkit.pdf import worker
worker.limit_computing(1)
while True:
    pass
"""


def test_a_file_that_takes_much_memory_ends_in_one_message(sound: Path, tmp_path: Path) -> None:
    form = Form()
    # A small file with much to say: all fields share one text.
    tooltip = form.pdf.make_indirect(String("Ж" * 4_000))
    nodes = [form.node(T=f"f{number}", FT=Name.Tx, TU=tooltip) for number in range(3_000)]
    path = form.save(tmp_path / "large.pdf", nodes)
    with Reader() as reader:
        assert len(reader.read(path).fields) == 3_000
    with Reader(Limits(memory=100_000_000)) as reader:
        assert reader.read(sound) == read_form(sound)
        with pytest.raises(UnreadablePdf, match=r"large\.pdf: (takes more memory|ends the process)"):
            reader.read(path)
        assert reader.read(sound) == read_form(sound)


def test_threads_share_a_reader(sound: Path, reader: Reader) -> None:
    expected = read_form(sound)
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(reader.read, [sound] * 40)) == [expected] * 40


def test_no_process_stays_behind(sound: Path) -> None:
    with Reader() as reader:
        reader.read(sound)
        pid = process_of(reader)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


# --- The command line on hostile files -----------------------------------------------------------------------


@pytest.mark.parametrize("path", samples("hostile/*/*") + samples("acroforms/*.pdf"))
def test_a_hostile_file_ends_in_a_result_or_in_one_message(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = time.monotonic()
    with pytest.raises(SystemExit) as stop:
        main(["fields", str(path)])
    said = capsys.readouterr()
    assert time.monotonic() - start < 10
    assert "Traceback" not in said.out + said.err
    if stop.value.code == 0:
        assert f"{path}: " in said.err
    else:
        assert (stop.value.code, said.out) == (3, "")
        assert len([line for line in said.err.splitlines() if line.startswith("formkit: ")]) == 1
        assert len(said.err.splitlines()) <= 2


def test_a_value_in_a_broken_file_is_neither_printed_nor_logged(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    form = Form()
    path = form.save(
        tmp_path / "form.pdf",
        [form.widget(T="feld", FT=Name.Tx, V=CANARY)],
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    data = path.read_bytes()
    place = data.index(CANARY.encode())
    cuts = {
        "cut.pdf": data[: place + len(CANARY)],
        "open.pdf": data.replace(f"({CANARY})".encode(), f"({CANARY}".encode()),
    }
    cuts["word.pdf"] = data.replace(f"({CANARY})".encode(), CANARY.encode())
    cuts["key.pdf"] = data.replace(b"/FT /Tx", f"/FT {CANARY} >>".encode())
    with caplog.at_level(logging.DEBUG):
        for name, cut in cuts.items():
            (tmp_path / name).write_bytes(cut)
            with pytest.raises(SystemExit):
                main(["--debug", "fields", str(tmp_path / name)])
    assert CANARY not in capfd.readouterr().err
    assert CANARY not in caplog.text


def test_a_character_that_a_terminal_obeys_is_shown_as_an_escape(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = Form()
    hostile = "\x1b[2Jweg\u202e\nzweite Zeile\u200c"
    path = form.save(tmp_path / "form.pdf", [form.widget(T="feld\x07", FT=Name.Tx, V=hostile)])
    with pytest.raises(SystemExit):
        main(["fields", str(path)])
    said = capsys.readouterr()
    assert said.out == "feld\\x07  text  1  -  -  \\x1b[2Jweg\\u202e\\nzweite Zeile\u200c\n"
    assert said.err == f"{path}: 1 field, 1 filled in, 1 page\n"
