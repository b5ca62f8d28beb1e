"""Writes to a server of the user's behind this endpoint: the same door and rules, its own transactions.

Which graphs an update writes is read from its words, so one that leaves that open (GRAPH ?g in a template, CLEAR ALL) is refused, as is
one that names a graph kept for the build. LOAD and SERVICE would have that server call others, and are refused too.
"""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
import uuid
from http.client import HTTPException
from urllib.parse import urlencode, urlsplit, urlunsplit

from endpoint.about import holds
from endpoint.admission import admit
from endpoint.changing import NotWritable, Payload, is_reserved, read_triples
from endpoint.http import Asking, Refusal, Reply
from endpoint.lanes import Lanes
from endpoint.precheck import Refused
from endpoint.protocol import Asked
from endpoint.replies import refusal_before
from endpoint.update_check import looked_at
from endpoint.updates import ALL, DEFAULT, NAMED, UNKNOWN, BadUpdate, operations, without_loads
from endpoint.writing import not_writable, payloads_of

_FORM = "application/x-www-form-urlencoded"


class RemoteWriter:
    """Writes to ``address``, with the user and password that stand in it (Basic or Digest)."""

    def __init__(self, lanes: Lanes, address: str, token: str, *, seconds: float) -> None:
        self._lanes, self._address, self._token, self._seconds = lanes, address, token, seconds

    def admit(self, asking: Asking) -> None:
        """Let only those in who know the token. Raises Refusal: 401."""
        admit(asking, self._token)

    async def update(self, asking: Asking, asked: Asked) -> Reply:
        """Make an update."""
        text = asking.query = asked.update or ""
        try:
            sent = await asyncio.to_thread(_looked_at, text, f"{asking.origin}/sparql")
        except Refused as refused:
            raise refusal_before(refused) from refused
        except BadUpdate as error:
            raise Refusal(400, f"更新有误 · the update cannot be made: {error}", kind="bad-update") from error
        except NotWritable as error:
            raise not_writable(str(error)) from error
        fields = [("update", sent)]
        fields += [("using-graph-uri", iri) for iri in asked.default_graphs]
        fields += [("using-named-graph-uri", iri) for iri in asked.named_graphs]
        await self._send(fields)
        return Reply(status=204, version=self._lanes.version)

    async def write(self, asking: Asking, name: str | None) -> Reply:
        """Put, add to or delete one graph: ``name``, or the default graph."""
        if name is not None and is_reserved(name):
            raise not_writable(name)
        payloads = await payloads_of(asking) if asking.method != "DELETE" else []
        graph = "DEFAULT" if name is None else f"GRAPH <{name}>"
        there = name is None or await self._lanes.call(holds, name)
        if asking.method == "DELETE":
            if not there:
                raise Refusal(404, f"没有这个图 · found no graph {(name or '')[:200]!r}.")
            await self._send([("update", f"DROP SILENT {graph}")])
            return Reply(status=204, version=self._lanes.version)
        triples = await self._triples(payloads, name or f"{asking.origin}/graphs")
        data = f"INSERT DATA {{ {triples} }}" if name is None else f"INSERT DATA {{ GRAPH <{name}> {{ {triples} }} }}"
        await self._send([("update", data if asking.method == "POST" else f"DROP SILENT {graph} ; {data}")])
        return Reply(status=204 if there else 201, version=self._lanes.version)

    async def create(self, asking: Asking) -> Reply:
        """Put triples into a graph with a new name, and say the name."""
        path = f"/graphs/{uuid.uuid4()}"
        name = f"{asking.origin}{path}"
        triples = await self._triples(await payloads_of(asking), name)
        await self._send([("update", f"INSERT DATA {{ GRAPH <{name}> {{ {triples} }} }}")])
        return Reply(status=201, headers={"Location": path}, version=self._lanes.version)

    async def _triples(self, payloads: list[Payload], base: str) -> str:
        try:
            return await asyncio.to_thread(read_triples, payloads, base)
        except BadUpdate as error:
            raise Refusal(400, f"内容有误 · the triples cannot be read: {error}", kind="bad-update") from error

    async def _send(self, fields: list[tuple[str, str]]) -> None:
        try:
            sending = asyncio.to_thread(_post, self._address, urlencode(fields).encode(), self._seconds)
            await asyncio.wait_for(sending, self._seconds)
        except TimeoutError as error:
            said = f"超时 · the store behind took longer than {self._seconds:g} s; whether it made the change is not known."
            raise Refusal(504, said, limit="time") from error
        except urllib.error.HTTPError as error:
            said = " ".join(error.read(2000).decode(errors="replace").split())[:500]
            status = 400 if error.code in (400, 422) else 502
            raise Refusal(status, f"所接的图数据库拒绝 · the store behind says {error.code}: {said}", kind="unanswered") from error
        except (OSError, HTTPException) as error:
            raise Refusal(502, f"所接的图数据库没有答复 · the store behind does not answer: {error}", kind="unanswered") from error
        self._lanes.forget()


def _looked_at(text: str, base: str) -> str:
    """Return what is sent of an update: without LOAD SILENT, which fails here, and nobody need hear of it."""
    text = looked_at(text)
    found = operations(text, base)
    for operation in found:
        if operation.kind == "load" and not operation.silent:
            raise Refused("service", "不允许 LOAD · LOAD is refused: the server behind would call another. Put the triples by /graphs.")
        for target in operation.targets:
            if target in (UNKNOWN, NAMED, ALL) or (target != DEFAULT and is_reserved(target)):
                raise NotWritable("?" if target in (UNKNOWN, NAMED, ALL) else target)
    return without_loads(text, found)


def _post(address: str, form: bytes, seconds: float) -> None:
    parts = urlsplit(address)
    host = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname or ""
    plain = urlunsplit((parts.scheme, host, parts.path, parts.query, ""))
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({})]
    if parts.username is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, plain, parts.username, parts.password or "")
        handlers += [urllib.request.HTTPDigestAuthHandler(known), urllib.request.HTTPBasicAuthHandler(known)]
    opener = urllib.request.build_opener(*handlers)
    opener.open(urllib.request.Request(plain, form, {"Content-Type": _FORM}), timeout=seconds).close()
