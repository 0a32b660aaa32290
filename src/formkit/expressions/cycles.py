"""Circles among things that depend on each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def find_cycle(graph: Mapping[str, frozenset[str]]) -> tuple[str, ...] | None:
    """Find one circle in a graph.

    Takes for each name the names it depends on (names without an entry depend on nothing); returns a circle
    in order, each name depending on the next and the last on the first, or None. The same graph always
    gives the same circle.
    """
    finished: set[str] = set()
    for start in sorted(graph):
        if start not in finished and (cycle := _cycle_from(start, graph, finished)):
            return cycle
    return None


def _cycle_from(start: str, graph: Mapping[str, frozenset[str]], finished: set[str]) -> tuple[str, ...] | None:
    # A trail of our own instead of recursion: a long chain of fields must not exhaust Python's stack.
    trail: dict[str, Iterator[str]] = {start: iter(sorted(graph[start]))}
    while trail:
        current = next(reversed(trail))
        following = next(trail[current], None)
        if following is None:
            finished.add(current)
            del trail[current]
        elif following in trail:
            walked = tuple(trail)
            return walked[walked.index(following) :]
        elif following not in finished:
            trail[following] = iter(sorted(graph.get(following, ())))
    return None
