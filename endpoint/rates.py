"""How often one client may ask: a bucket that holds some requests and fills again at a steady rate."""

from __future__ import annotations

import math
import time

_CLIENTS = 10_000  # remembered at a time


class Rates:
    """``per_second`` 0: as often as they like. ``burst`` requests may come at once."""

    def __init__(self, per_second: float = 0, burst: float | None = None) -> None:
        self._rate, self._burst = per_second, burst if burst is not None else max(10 * per_second, 1)
        self._buckets: dict[str, tuple[float, float]] = {}

    @property
    def said(self) -> str:
        return f"{self._rate:g} requests a second"

    def wait_s(self, client: str, now: float | None = None) -> int:
        """Take one request of a client's; return 0 when it may be answered, else after how many seconds to try again."""
        if not self._rate:
            return 0
        now = time.monotonic() if now is None else now
        left, since = self._buckets.pop(client, (self._burst, now))
        left = min(self._burst, left + (now - since) * self._rate)
        wait = 0 if left >= 1 else math.ceil((1 - left) / self._rate)
        self._buckets[client] = (left - 1 if not wait else left, now)
        if len(self._buckets) > _CLIENTS:
            del self._buckets[next(iter(self._buckets))]
        return wait
