"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from pathlib import Path

from formkit.errors import FormkitError

_ADVICE = {
    errno.ENOSPC: "The disk is full: make room and try again.",
    errno.EDQUOT: "Your share of the disk is used up: make room and try again.",
    errno.EFBIG: "The file would be larger than this system allows.",
    errno.EACCES: "You may not write there: choose another folder or ask for the right to write.",
    errno.EPERM: "You may not write there: choose another folder or ask for the right to write.",
    errno.EROFS: "That disk can only be read: choose another folder.",
    errno.ENOENT: "The folder does not exist: make it, or check the spelling.",
    errno.ENOTDIR: "A part of the path is a file, not a folder: check the spelling.",
}
# File systems that cannot fsync a folder say so with one of these; the file itself is safe by then.
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


class UnwritableFile(FormkitError):
    """A file could not be written; what stood there before is unharmed."""


def read_at_most(path: Path, most: int, advice: str) -> bytes:
    """Read a file from outside, or of one larger than `most` bytes a byte more: enough to see that it is too large.

    Raises FormkitError, with the advice where the path names no regular file.
    """
    try:
        # A pipe or a device could block for ever or never end.
        if path.exists() and not path.is_file():
            raise FormkitError(f"{path}: is not a regular file", advice=advice)
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise FormkitError(f"{path}: cannot be read: {error.strerror}") from error


def write_atomically(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write a file whole or not at all: a temporary file beside it takes its place when it is complete.

    Takes the path of a regular file that exists or not, in a folder that exists, and its new content.
    An existing file keeps its mode, a new `private` one nobody else may read; a link, a folder or a device is
    refused rather than replaced.
    Raises UnwritableFile; then the old file stands as it was and no temporary file is left.
    Order of the steps: fsync(2) and rename(2), without which a power cut can leave an empty file.
    """
    try:
        mode = _mode(path)
        if mode is None and private:
            mode = 0o600
        temporary = path.parent / f".formkit-{secrets.token_hex(8)}.tmp"
        try:
            _write(temporary, data, mode)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        _sync_folder(path.parent)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        advice = _ADVICE.get(error.errno or 0, "")
        raise UnwritableFile(f"{path}: cannot be written: {reason}", advice=advice) from error


def _mode(path: Path) -> int | None:
    """Return the mode of the file at a path, None where there is none; raises UnwritableFile."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        kind = "a symbolic link" if stat.S_ISLNK(found.st_mode) else "not a regular file"
        raise UnwritableFile(f"{path}: is {kind}", advice="Remove it or choose another name.")
    return stat.S_IMODE(found.st_mode)


def _write(temporary: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with open(os.open(temporary, flags, 0o666), "wb") as file:  # noqa: PTH123 – a descriptor, not a path
        if mode is not None:
            os.fchmod(file.fileno(), mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut (fsync(2): the folder needs its own)."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(descriptor)
