"""The files of a batch → one archive, or one PDF to be printed; written whole or not at all."""

from __future__ import annotations

import os
import shutil
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from formkit import fonts
from formkit.files import UnwritableFile
from formkit.pdf.merging import merge

ARCHIVE, DOCUMENT = ".zip", ".pdf"
# The first day that a ZIP file can name: the same files give the same archive.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
Tick = Callable[[int], object]


def parts_of(output: Path) -> Path:
    """Return the folder in which the files are made that are put together in the end."""
    return output.with_name(f"{output.name}.parts")


def pack(output: Path, folder: Path, names: Iterable[str], tick: Tick = lambda count: None) -> None:
    """Put files of a folder together, in their order, and remove the folder.

    A .zip holds them as they are; a .pdf holds their pages as plain content, for printing, without fields,
    tags or claims. Raises UnwritableFile; then the folder is still there.
    """
    temporary = output.with_name(f".formkit-{output.name}.tmp")
    try:
        if output.suffix.lower() == ARCHIVE:
            _archive(temporary, folder, names, tick)
        else:
            merge(temporary, (folder / name for name in names), fonts.regular(), tick)
        temporary.chmod(0o600)
        temporary.replace(output)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UnwritableFile(
            f"{output}: cannot be written: {os.strerror(error.errno or 0)}",
            advice="Make room, then go on with --resume.",
        ) from error
    shutil.rmtree(folder)


def _archive(path: Path, folder: Path, names: Iterable[str], tick: Tick) -> None:
    # Stored: what takes room in a PDF is compressed already, and packing it again would halve the speed.
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, _NO_DAY), (folder / name).read_bytes())
            tick(1)
