"""Filling: serial and alone, beside other libraries in the same run, with how many values each draws right."""

from __future__ import annotations

import io
import logging
import resource
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2

from benchmarks.county import FONT_FILES, form, records
from benchmarks.figure import Figure, median, seconds
from formkit.pdf.fill import Options, fill
from formkit.pdf.serial import Serial, prepared

CHUNK, ROUNDS = 500, 3
# Few fills are enough for what takes tens of milliseconds.
SLOW, QUICK = 20, 2_000
# What the fast way must keep, in fills of another library for one of ours; half of what a quiet machine shows.
GATES = {"pypdf": 50, "pikepdf.form": 4}
SIGNS = (
    "Müller", "Łukasz Żak", "Şahin Öztürk", "Nguyễn Trần", "Ștefan", "Шевченко", "محمد أحمد", "فاطمه پوری",
    "شارع 17 Haus",
    "ትግራይ", "北京", "क्षत्रिय", "Ein längerer Text " * 3, "12345",
)  # fmt: skip
Record = Mapping[str, str]


def measure() -> Iterator[Figure]:
    """Yield fills in a second of processor time, ratios, the times of lone fills, and memory."""
    rates: dict[str, float] = {}
    for name, mixed, unique, count in _SETS:
        rates[name] = median([_rate(mixed, unique, count, seed) for seed in range(ROUNDS)])
        yield Figure(f"serial, {name}: fills per CPU second, written", rates[name], "1/s")
    blank, (record,) = form(False), records(1, unique=False)
    for name, other in {"pypdf": _by_pypdf, "pikepdf.form": _by_pikepdf}.items():
        each = median([_cpu(lambda other=other: other(blank, record)) for _ in range(SLOW)])
        yield Figure(f"{name}: fills per CPU second", 1 / each, "1/s")
        share = 1 / each / rates["realistic, equal fields"]
        yield Figure(f"{name}, as a share of serial, equal fields (a {1 / share:.0f}th)", share, "", 1 / GATES[name])
    for name, other in {"formkit": _by_us, "pypdf": _by_pypdf, "pikepdf.form": _by_pikepdf}.items():
        yield Figure(f"{name}: of {len(SIGNS)} values so many are drawn right", float(_right(other)), "")
    yield from _alone(blank, record)
    yield from _processes()


_SETS = (
    ("realistic, equal fields", False, False, QUICK),
    ("realistic, mixed kinds", True, False, QUICK // 2),
    ("unique, equal fields", False, True, QUICK // 4),
)


def _rate(mixed: bool, unique: bool, count: int, seed: int) -> float:
    # Others each time: what was laid out before is known.
    given = records(count, unique=unique, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        _serial(form(mixed), given, Path(folder))
        return count / (time.process_time() - start)


def _serial(blank: bytes, given: list[dict[str, str]], folder: Path) -> None:
    serial = Serial(prepared(blank, Options()), FONT_FILES)
    for start in range(0, len(given), CHUNK):
        for place, copy in enumerate(serial.copies(given[start : start + CHUNK], start), start):
            assert isinstance(copy, bytes), [str(problem) for problem in copy.problems]
            (folder / f"{place}.pdf").write_bytes(copy)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _by_us(blank: bytes, record: Record) -> bytes:
    return fill(blank, record, FONT_FILES).data


def _by_pypdf(blank: bytes, record: Record) -> bytes:
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(blank))
    boxes = {name: f"/{value}" if name.startswith("c") else value for name, value in record.items()}
    for page in writer.pages:
        writer.update_page_form_field_values(page, boxes, auto_regenerate=False)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def _by_pikepdf(blank: bytes, record: Record) -> bytes:
    from pikepdf.form import DefaultAppearanceStreamGenerator, Form

    with pikepdf.open(io.BytesIO(blank)) as pdf:
        filling = Form(pdf, DefaultAppearanceStreamGenerator)
        for name, value in record.items():
            field = filling[name]
            if name.startswith("c"):
                field.checked = value != "Off"
            else:
                field.value = value
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def _right(library: Callable[[bytes, Record], bytes]) -> int:
    """Return how many values pdfium finds in a page again, after it has made the fields part of it."""
    return sum(_is_right(library, value) for value in SIGNS)


def _is_right(library: Callable[[bytes, Record], bytes], value: str) -> bool:
    try:
        data = library(form(False), {"t0": value})
    except Exception:
        # Any failure of a library counts as a value that is not drawn.
        return False
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    page.flatten()
    return _signs(page.get_textpage().get_text_range()) == _signs(value)


def _signs(text: str) -> list[str]:
    return sorted(each for each in unicodedata.normalize("NFKC", text) if each.isprintable() and not each.isspace())


def _alone(blank: bytes, record: Record) -> Iterator[Figure]:
    _by_us(blank, record)
    warm = median([seconds(lambda: _by_us(blank, record)) for _ in range(SLOW)])
    yield Figure("one fill of 60 fields, warm", 1000 * warm, "ms", 60)
    script = (
        "import sys; from pathlib import Path; from formkit.fonts import regular; from formkit.pdf.fill import fill;"
        "fill(Path(sys.argv[1]), eval(sys.stdin.read()), regular())"
    )
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(blank)
        command = [sys.executable, "-c", script, file.name]
        cold = [seconds(lambda: subprocess.run(command, input=repr(record).encode(), check=True)) for _ in range(5)]
    yield Figure("one fill of 60 fields, from a cold process", median(cold), "s", 1.5)


def _processes() -> Iterator[Figure]:
    """Yield how much two processes do more than one, and the memory of one for twice as many rows."""
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        list(pool.map(_some, [CHUNK, CHUNK]))
        one = seconds(lambda: pool.submit(_some, 2 * CHUNK).result())
        two = seconds(lambda: list(pool.map(_some, [2 * CHUNK, 2 * CHUNK])))
    yield Figure("two processes, in fills of one", 2 * one / two, "")
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        less, more = (pool.submit(_some, count).result() for count in (2 * CHUNK, 8 * CHUNK))
    yield Figure(f"memory of one process after {2 * CHUNK} rows", less, "MB", 150)
    yield Figure(f"memory of one process after {8 * CHUNK} rows more", more, "MB", 150)


def _some(count: int) -> float:
    """Fill so many records a chunk at a time, and return the most memory this process has had, in megabytes."""
    serial = Serial(prepared(form(False), Options()), FONT_FILES)
    for start in range(0, count, CHUNK):
        for _ in serial.copies(records(CHUNK, unique=False, seed=start), start):
            pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
