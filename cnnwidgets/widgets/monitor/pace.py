"""How fast a run is, over its last seconds."""

from __future__ import annotations

from collections import deque

WINDOW = 3.0  # seconds that count


class Pace:
    """Examples a second, from pairs (seconds, examples) that only rise."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, int]] = deque()

    def add(self, seconds: float, examples: int) -> None:
        """At this time so many examples had been seen."""
        self._seen.append((seconds, examples))
        while len(self._seen) > 2 and self._seen[1][0] <= seconds - WINDOW:
            self._seen.popleft()

    @property
    def rate(self) -> float | None:
        """Examples a second; None before there are two times to compare."""
        if len(self._seen) < 2:
            return None
        (since, before), (now, seen) = self._seen[0], self._seen[-1]
        return (seen - before) / (now - since) if now > since else None
