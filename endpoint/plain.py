"""Plain questions: ``GET /sparql?query=…`` with nothing unusual about it, answered whole and without a refusal.

Nearly all that tools ask is plain, and most of the processor time of a small answer went into handing it about. So such a question goes a
short way (endpoint/short_way.py): from the bytes of its request to a worker, from there to the bytes of its answer. Whatever is not plain,
or turns out not to be, goes the ordinary way (endpoint/front.py), which alone knows how to refuse.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from endpoint.answers import whole_answer
from endpoint.frames import WHOLE
from endpoint.headers import Headers, headers_of, is_host, is_ours, limits_header, with_common
from endpoint.http import Asking, Refusal
from endpoint.kept import Answer
from endpoint.protocol import asked_by_get
from endpoint.services import names_others
from endpoint.sparql import reply_of, request_of

if TYPE_CHECKING:
    from endpoint.ask import Result
    from endpoint.jobs import Job
    from endpoint.kept import Kept, Key
    from endpoint.log import Log
    from endpoint.rates import Rates
    from endpoint.service import Service

# With one of these a request is not plain.
_UNUSUAL = frozenset(
    {
        b"authorization", b"content-length", b"if-none-match", b"origin", b"transfer-encoding", b"upgrade", b"x-forwarded-for",
        b"x-forwarded-proto",
    }
)  # fmt: skip


class Begun(NamedTuple):
    """A question that a worker has."""

    asking: Asking
    job: Job
    start: float
    key: Key
    internal: bool


class Told(NamedTuple):
    """An answer: the lines of its head but the first and its length, and its body."""

    head: bytes
    body: bytes


class Plain:
    """Begins and ends plain questions."""

    def __init__(self, service: Service, log: Log, rates: Rates, kept: Kept) -> None:
        self._service, self._log, self._rates, self._kept = service, log, rates, kept
        self._limits = limits_header(service.lanes.limits)
        self._heads: dict[tuple[object, ...], tuple[Headers, bytes]] = {}

    def begin(self, asking: Asking) -> Told | Begun | None:
        """Return the answer when it is known, or the question as it was begun; None when it must go the ordinary way."""
        start = time.perf_counter()
        service = self._service
        internal = service.internal
        if internal is None or not service.lasting or asking.has_any(_UNUSUAL) or not is_host(asking):
            return None
        if internal and (service.beyond or not is_ours(asking)):
            return None
        version = service.lanes.version
        key = self._kept.key(asking, version)
        if key is None:
            return None
        known = self._kept.get(key)
        if known is not None:
            if self._rates.wait_s(asking.client):
                return None
            self._log.write(asking, 200, time.perf_counter() - start, len(known.body), known.rows, "kept", version)
            return Told(known.head or wire(with_common(asking, known.headers, self._limits, internal=internal)), known.body)
        try:
            asked = asked_by_get(asking.query_string)
            if asked.query is None or names_others(asked.query, service.others):
                return None
            request = request_of(service, asking, asked)
        except Refusal:
            return None
        if self._rates.wait_s(asking.client):
            return None
        job = service.lanes.begin(request)
        if job is None:
            return None
        asking.query = asked.query
        return Begun(asking, job, start, key, internal)

    def end(self, begun: Begun) -> Told | None:
        """Return the answer, None when it is not there whole: then the job goes the ordinary way."""
        kind, payload = begun.job.done.result()
        if kind != WHOLE:
            return None
        found = whole_answer(payload, begun.job.version)
        headers, head = self._head(begun, found)
        rows, body = found.rows, found.body
        if found.fixed:
            self._kept.put(begun.key, Answer(headers, body, rows, head), found.version)
        self._log.write(begun.asking, 200, time.perf_counter() - begun.start, len(body), rows, "ok", found.version)
        return Told(head, body)

    def leave(self, begun: Begun) -> None:
        """Stop a question whose asker has gone."""
        self._service.lanes.leave(begun.job)
        self._log.write(begun.asking, 499, time.perf_counter() - begun.start, 0, None, "left", begun.job.version)

    def _head(self, begun: Begun, result: Result) -> tuple[Headers, bytes]:
        """Return the same head for all answers of one graph in one format."""
        key = (result.version, result.media_type, result.fixed, result.compressed, begun.internal)
        found = self._heads.get(key)
        if found is None:
            if len(self._heads) > 100:
                self._heads.clear()
            headers = headers_of(reply_of(result), lasting=True)
            found = self._heads[key] = headers, wire(with_common(begun.asking, headers, self._limits, internal=begun.internal))
        return found


def wire(headers: Headers) -> bytes:
    """Return headers as they are sent."""
    return b"".join([b"%s: %s\r\n" % header for header in headers])
