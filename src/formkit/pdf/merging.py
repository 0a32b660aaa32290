"""Many filled files → one to be printed: pages as plain content, one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
from pikepdf import ObjectStreamMode, Pdf

from formkit.pdf.flatten import flatten

# So many files are flattened and joined at a time; only their pages are copied further.
_AT_ONCE = 200


def merge(
    target: Path,
    files: Iterable[Path],
    fonts: tuple[Path, ...],
    tick: Callable[[int], object] = lambda count: None,
) -> None:
    """Write one file with the pages of several filled ones, without fields or tags.

    Takes TTF files for values that have no appearance; `tick` is told of each file. Raises what `flatten`
    raises, and OSError.
    """
    waiting = iter(files)
    with TemporaryDirectory(dir=target.parent, prefix=".formkit-") as folder:
        parts: list[Path] = []
        while chosen := list(islice(waiting, _AT_ONCE)):
            parts.append(Path(folder) / f"{len(parts)}.pdf")
            _join(parts[-1], (flatten(each, fonts).data for each in _counted(chosen, tick)))
        _join(target, parts)


def _counted(files: list[Path], tick: Callable[[int], object]) -> Iterable[Path]:
    for each in files:
        yield each
        tick(1)


def _untag(page: pikepdf.Page) -> None:
    """Take away what ties a page to the structure tree of its file, which does not come along."""
    for key in ("/StructParents", "/Tabs"):
        if key in page.obj:
            del page.obj[key]


def _join(target: Path, sources: Iterable[bytes | Path]) -> None:
    import io

    with pikepdf.new() as joined:
        opened: list[Pdf] = []
        for source in sources:
            each = pikepdf.open(io.BytesIO(source) if isinstance(source, bytes) else source)
            opened.append(each)
            for page in each.pages:
                _untag(page)
                joined.pages.append(page)
        joined.save(target, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        for each in opened:
            each.close()
