"""What was asked and what became of it: one JSON object a line, and counts for Prometheus."""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from typing import IO

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from endpoint.http import Asking
from endpoint.service import Service

_EVERY_S = 0.25
_HELD = 500  # lines
_QUERY_CHARACTERS = 2000
_BOUNDS_S = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)


class Log:
    """Writes lines a few at a time. ``private``: a query's hash stands there, never its text, and no address's parameters."""

    def __init__(self, out: IO[str] | None = None, *, private: bool = False) -> None:
        self._out, self._private = out or sys.stderr, private
        self._lines: list[str] = []
        self._second, self._said = 0, ""
        self._waiting = False
        self._registry = CollectorRegistry()
        labels = ("page", "status", "outcome")
        self._requests = Counter("zhengmai_requests", "Requests by page, status and outcome.", labels, registry=self._registry)
        self._seconds = Histogram(
            "zhengmai_request_seconds", "Time to the end of an answer.", ("page",), buckets=_BOUNDS_S, registry=self._registry
        )
        self._bytes = Counter("zhengmai_sent_bytes", "Bytes of bodies sent.", registry=self._registry)
        self._rows = Counter("zhengmai_sent_rows", "Rows sent, where the format shows them.", registry=self._registry)

    def write(self, asking: Asking, status: int, took_s: float, size: int, rows: int | None, outcome: str, version: str) -> None:
        """Take down one request."""
        page = "/" + asking.path.split("/", 2)[1] if status != 404 else "/other"
        self._requests.labels(page, status, outcome).inc()
        self._seconds.labels(page).observe(took_s)
        self._bytes.inc(size)
        if rows:
            self._rows.inc(rows)
        query = asking.query
        line = {
            "time": self._now(),
            "client": asking.client,
            "method": asking.method,
            "path": asking.path[:500],
            "status": status,
            "outcome": outcome,
            "ms": round(took_s * 1000, 2),
            "bytes": size,
            "rows": rows,
            "graph": version,
        }
        if query:
            line["query_hash"] = hashlib.sha256(query.encode(errors="replace")).hexdigest()[:12]
            if not self._private:
                line["query"] = query[:_QUERY_CHARACTERS]
        elif outcome == "kept":
            line["query_hash"] = hashlib.sha256(asking.query_string).hexdigest()[:12]
        elif asking.query_string and not self._private and page != "/sparql":
            line["parameters"] = asking.query_string[:_QUERY_CHARACTERS].decode("latin-1")
        self._lines.append(json.dumps(line, ensure_ascii=False))
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
        self._waiting = False
        if self._lines:
            try:
                self._out.write("\n".join(self._lines) + "\n")
                self._out.flush()
            except OSError:
                pass  # a full disk stops no answer
            self._lines.clear()

    def close(self) -> None:
        self.flush()

    def metrics(self, service: Service) -> bytes:
        """Return the counts in Prometheus's text format."""
        lanes = service.lanes
        now = [
            "# HELP zhengmai_workers Worker processes by what they do, and queries that wait for one.",
            "# TYPE zhengmai_workers gauge",
            *(f'zhengmai_workers{{state="{state}"}} {number}' for state, number in lanes.numbers.items()),
            "# HELP zhengmai_graph The graph that is served now.",
            "# TYPE zhengmai_graph gauge",
            f'zhengmai_graph{{version="{lanes.version}"}} {int(not lanes.fault)}',
        ]
        return generate_latest(self._registry) + "\n".join(now).encode() + b"\n"

    def _now(self) -> str:
        second = int(time.time())
        if second != self._second:
            self._second, self._said = second, time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(second))
        return self._said
