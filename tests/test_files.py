"""Files are written whole or not at all."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from formkit.files import UnwritableFile, write_atomically

LIMITED = """
import resource, sys
from pathlib import Path
from formkit.files import UnwritableFile, write_atomically
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write_atomically(Path(sys.argv[1]), b"new" * 20_000)
except UnwritableFile as error:
    print(error.message, "|", error.advice)
"""


def test_a_new_file_is_written_with_the_usual_mode(tmp_path: Path) -> None:
    path, plain = tmp_path / "a.po", tmp_path / "b.po"
    plain.touch()
    write_atomically(path, b"text")
    assert path.read_bytes() == b"text"
    assert path.stat().st_mode == plain.stat().st_mode
    assert sorted(tmp_path.iterdir()) == [path, plain]


def test_an_existing_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_an_empty_file_can_be_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / "a.po", b"")
    assert (tmp_path / "a.po").read_bytes() == b""


def test_a_reader_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        write_atomically(path, b"new")
        assert reader.read() == b"old"


def test_where_the_new_file_is_too_large_the_old_one_stays_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(path)],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    assert done.stdout == (
        f"{path}: cannot be written: File too large | The file would be larger than this system allows.\n"
    )
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_the_old_file_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_descriptor: int) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "a.po"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnwritableFile, match=r"missing/a\.po: cannot be written: No such file") as caught:
        write_atomically(tmp_path / "missing" / "a.po", b"text")
    assert caught.value.advice == "The folder does not exist: make it, or check the spelling."
    assert caught.value.exit_code == 3


def test_a_link_is_not_replaced_and_its_target_not_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target.po", tmp_path / "link.po"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with pytest.raises(UnwritableFile, match="is a symbolic link"):
        write_atomically(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"old"


def test_a_folder_or_a_pipe_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(UnwritableFile, match="is not a regular file"):
            write_atomically(path, b"new")
