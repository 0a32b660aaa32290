"""`python -m benchmarks`: print the figures, and end with 1 where a ratio misses its gate."""

from __future__ import annotations

import platform
import sys
from importlib.metadata import version

from benchmarks import answering, checking, commands, filling, merging, previewing, reading, rendering
from benchmarks.figure import Figure


def main() -> int:
    """Measure everything and print one line a figure; return the exit code."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("weasyprint", "pikepdf", "pydantic"))
    print(f"Python {platform.python_version()}, {libraries}, {platform.machine()}\n")
    figures: list[Figure] = []
    for measure in (
        merging.measure,
        answering.measure,
        checking.measure,
        previewing.measure,
        reading.measure,
        rendering.measure,
        filling.measure,
        commands.measure,
    ):
        for figure in measure():
            print(figure, flush=True)
            figures.append(figure)
    missed = [figure for figure in figures if figure.missed]
    print(f"\n{len(figures)} figures, {len(missed)} beyond their gate")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
