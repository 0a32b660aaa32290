"""A measured figure with the gate it must keep, and how times are taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, the value in its unit, and the most it may be (None: reported only)."""

    name: str
    value: float
    unit: str
    gate: float | None = None

    @property
    def missed(self) -> bool:
        """Tell whether the value is beyond its gate."""
        return self.gate is not None and self.value > self.gate

    def __str__(self) -> str:
        gate = f"  (at most {self.gate:g}: {'MISSED' if self.missed else 'kept'})" if self.gate is not None else ""
        return f"{self.name:64} {self.value:7.3f} {self.unit}{gate}"


def seconds(work: Callable[[], object]) -> float:
    """Return the wall-clock seconds a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(first: Callable[[], object], second: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Time two pieces of work in turn, so that a machine that slows down slows both."""
    pairs = [(seconds(first), seconds(second)) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def median(values: list[float]) -> float:
    """Return the median."""
    return statistics.median(values)
