"""What was asked and what became of it: one JSON object a line, and counts for Prometheus.

Both stand in the way of every answer, so a request only adds to a few numbers and a text; the rest is done when somebody looks.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric

from endpoint.http import Asking
from endpoint.service import Service

_EVERY_S = 0.25
_HELD = 500  # lines
_QUERY_CHARACTERS = 2000
_BOUNDS_S = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
_quoted = json.encoder.encode_basestring


class Log:
    """Writes lines a few at a time. ``private``: a query's hash stands there, never its text, and no address's parameters."""

    def __init__(self, out: IO[str] | None = None, *, private: bool = False) -> None:
        self._out, self._private = out or sys.stderr, private
        self._lines: list[str] = []
        self._second, self._said = 0, ""
        self._waiting = False
        self._requests: Counter[tuple[str, int, str]] = Counter()
        self._took: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()
        self._bytes = self._rows = 0

    def write(self, asking: Asking, status: int, took_s: float, size: int, rows: int | None, outcome: str, version: str) -> None:
        """Take down one request."""
        path = asking.path
        page = path if path == "/sparql" else "/" + path.split("/", 2)[1] if status != 404 else "/other"
        self._requests[page, status, outcome] += 1
        buckets = self._took.get(page)
        if buckets is None:
            buckets = self._took[page] = [0] * (len(_BOUNDS_S) + 1)
        buckets[bisect_left(_BOUNDS_S, took_s)] += 1
        self._seconds[page] += took_s  # type: ignore[assignment]
        self._bytes += size
        self._rows += rows or 0
        query, more = asking.query, ""
        if query:
            more = f', "query_hash": "{hashlib.sha256(query.encode(errors="replace")).hexdigest()[:12]}"'
            if not self._private:
                more += f', "query": {_quoted(query[:_QUERY_CHARACTERS])}'
        elif asking.query_string and (page == "/sparql" or self._private):
            more = f', "parameters_hash": "{hashlib.sha256(asking.query_string).hexdigest()[:12]}"'
        elif asking.query_string:
            more = f', "parameters": {_quoted(asking.query_string[:_QUERY_CHARACTERS].decode("latin-1"))}'
        shown = "/sparql" if path == "/sparql" else path[:500]
        self._lines.append(
            f'{{"time": "{self._now()}", "client": "{asking.client}", "method": {_quoted(asking.method)}, "path": {_quoted(shown)}, '
            f'"status": {status}, "outcome": "{outcome}", "ms": {took_s * 1000:.2f}, "bytes": {size}, '
            f'"rows": {"null" if rows is None else rows}, "graph": "{version}"{more}}}'
        )
        if len(self._lines) >= _HELD:
            self.flush()
        elif not self._waiting:
            self._waiting = True
            asyncio.get_running_loop().call_later(_EVERY_S, self.flush)

    def fault(self, error: Exception) -> None:
        """Take down a fault of ours, with where it happened."""
        import traceback

        where = traceback.extract_tb(error.__traceback__)[-1]
        said = {"time": self._now(), "fault": f"{type(error).__name__}: {error}"[:500], "at": f"{where.name}:{where.lineno}"}
        self._lines.append(json.dumps(said, ensure_ascii=False))

    def say(self, **what: str) -> None:
        """Take down something that is no request."""
        self._lines.append(json.dumps({"time": self._now(), **what}, ensure_ascii=False))
        self.flush()

    def flush(self) -> None:
        """Write what is held back."""
        self._waiting = False
        if self._lines:
            text = "\n".join(self._lines) + "\n"
            self._lines.clear()
            with suppress(OSError):  # a full disk stops no answer
                self._out.write(text.encode(errors="replace").decode())
                self._out.flush()

    def metrics(self, service: Service) -> bytes:
        """Return the counts in Prometheus's text format."""
        registry = CollectorRegistry()
        registry.register(_Counts(self, service))
        return generate_latest(registry)

    def families(self, service: Service) -> Iterator[Metric]:
        """Yield what is counted."""
        requests = CounterMetricFamily("zhengmai_requests", "Requests by page, status and outcome.", labels=["page", "status", "outcome"])
        for (page, status, outcome), number in sorted(self._requests.items()):
            requests.add_metric([page, str(status), outcome], number)
        yield requests
        took = HistogramMetricFamily("zhengmai_request_seconds", "Time to the end of an answer.", labels=["page"])
        for page, buckets in sorted(self._took.items()):
            below, summed = [], 0
            for bound, number in zip((*map(str, _BOUNDS_S), "+Inf"), buckets, strict=True):
                summed += number
                below.append((bound, summed))
            took.add_metric([page], below, self._seconds[page])
        yield took
        yield CounterMetricFamily("zhengmai_sent_bytes", "Bytes of bodies sent.", value=self._bytes)
        yield CounterMetricFamily("zhengmai_sent_rows", "Rows sent, where the format shows them.", value=self._rows)
        workers = GaugeMetricFamily("zhengmai_workers", "Workers by what they do, and queries that wait for one.", labels=["state"])
        for state, number in service.lanes.numbers.items():
            workers.add_metric([state], number)
        yield workers
        graph = GaugeMetricFamily("zhengmai_graph", "The graph served now; 0: a newer one cannot be opened.", labels=["version"])
        graph.add_metric([service.lanes.version], int(not service.lanes.fault))
        yield graph

    def _now(self) -> str:
        second = int(time.time())
        if second != self._second:
            self._second, self._said = second, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
        return self._said


class _Counts:
    """A log as prometheus_client collects it."""

    def __init__(self, log: Log, service: Service) -> None:
        self._log, self._service = log, service

    def collect(self) -> Iterator[Metric]:
        return self._log.families(self._service)
