"""Updates and Graph Store writes, where they are on: who may, one after another, kept before they are seen, written down.

A write is made in a worker of its own under the limits of a query (endpoint/changing.py); what it comes to is saved (endpoint/shelf.py),
then the served graph is changed. Each is whole or does not happen.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import Callable
from contextlib import nullcontext, suppress
from datetime import UTC, datetime
from typing import Any

from endpoint import changing
from endpoint.admission import admit
from endpoint.ask import Result, Stopped
from endpoint.changing import MEDIA_TYPES, NoSuchGraph, NotWritable, Outcome, Payload
from endpoint.http import UPLOAD_BYTES, Asking, Refusal, Reply
from endpoint.lanes import Lanes
from endpoint.others import NotAllowed, Others, Unanswered
from endpoint.precheck import Refused
from endpoint.protocol import Asked
from endpoint.replies import refusal_before, refusal_of
from endpoint.shelf import Shelf
from endpoint.source import Source
from endpoint.updates import BadUpdate, operations

_RDF = ", ".join((*MEDIA_TYPES, "*/*;q=0.1"))


class LocalWriter:
    """Writes the graphs that users keep beside the built one.

    :param source: gives what is served, with what is on the shelf now.
    """

    def __init__(self, lanes: Lanes, shelf: Shelf, token: str, source: Callable[[], Source], *, union: bool, others: Others) -> None:
        self._lanes, self._shelf, self._token, self._source = lanes, shelf, token, source
        self._union, self._others = union, others
        self._turn = asyncio.Lock()

    def admit(self, asking: Asking) -> None:
        """Let only those in who know the token. Raises Refusal: 401."""
        admit(asking, self._token)

    async def update(self, asking: Asking, asked: Asked) -> Reply:
        """Make an update."""
        text = asking.query = asked.update or ""
        base = f"{asking.origin}/sparql"
        loaded = await self._load(text, base) if "load" in text.casefold() else {}
        outcome = await self._write(asking, changing.update, text, base, asked.default_graphs, asked.named_graphs, loaded, self._union)
        return Reply(status=204, version=self._lanes.version, rows=outcome.added + outcome.removed)

    async def write(self, asking: Asking, name: str | None) -> Reply:
        """Put, add to or delete one graph: ``name``, or the default graph."""
        if asking.method == "DELETE":
            await self._write(asking, changing.remove, name)
            return Reply(status=204, version=self._lanes.version)
        payloads = await payloads_of(asking)
        base = name or f"{asking.origin}/graphs"
        outcome = await self._write(asking, changing.replace, name, payloads, base, asking.method == "POST")
        status = 201 if outcome.created else 204
        return Reply(status=status, version=self._lanes.version, rows=outcome.added + outcome.removed)

    async def create(self, asking: Asking) -> Reply:
        """Put triples into a graph with a new name, and say the name."""
        payloads = await payloads_of(asking)
        path = f"/graphs/{uuid.uuid4()}"
        outcome = await self._write(asking, changing.replace, f"{asking.origin}{path}", payloads, f"{asking.origin}{path}", False)
        return Reply(status=201, headers={"Location": path}, version=self._lanes.version, rows=outcome.added)

    async def _write(self, asking: Asking, function: Callable[..., Outcome], *args: Any) -> Outcome:
        async with self._turn:
            try:
                outcome: Outcome = await self._lanes.call_alone(function, *args)
            except Stopped as stopped:
                raise refusal_of(Result(stopped.kind, message=str(stopped), limit=stopped.limit)) from stopped
            except BadUpdate as error:
                raise Refusal(400, f"更新有误 · the update cannot be made: {error}", kind="bad-update") from error
            except Refused as refused:
                raise refusal_before(refused) from refused
            except NotWritable as error:
                raise not_writable(str(error)) from error
            except NoSuchGraph as error:
                raise Refusal(404, f"没有这个图 · found no graph {str(error)[:200]!r}.") from error
            await asyncio.shield(self._keep(asking, outcome))  # once begun, it goes to its end, whoever waits
        return outcome

    async def _keep(self, asking: Asking, outcome: Outcome) -> None:
        if not outcome.graphs:
            return
        try:
            await asyncio.to_thread(self._shelf.save, outcome.content)
        except OSError as error:
            raise Refusal(503, f"无法保存 · the change cannot be saved: {error.strerror}.", {"Retry-After": "60"}) from error
        await self._lanes.apply(outcome.change, self._source())
        self._shelf.say(
            time=datetime.now(UTC).isoformat(timespec="seconds"),
            client=asking.client,
            method=asking.method,
            path=asking.path,
            graphs=list(outcome.graphs),
            added=outcome.added,
            removed=outcome.removed,
            version=self._lanes.version,
            update_hash=hashlib.sha256(asking.query.encode(errors="replace")).hexdigest()[:12] if asking.query else "",
        )

    async def _load(self, text: str, base: str) -> dict[str, Payload]:
        """Fetch what LOAD asks for."""
        found: dict[str, Payload] = {}
        try:
            wanted = [operation for operation in operations(text, base) if operation.kind == "load"]
        except BadUpdate as error:
            raise Refusal(400, f"更新有误 · the update cannot be made: {error}", kind="bad-update") from error
        for operation in wanted:
            with suppress(Refusal) if operation.silent else nullcontext():  # LOAD SILENT that fails does nothing
                found[operation.source] = await self._fetch(operation.source)
        return found

    async def _fetch(self, address: str) -> Payload:
        try:
            fetched = await self._others.fetch(address, accept=_RDF)
        except NotAllowed as error:
            raise Refusal(403, f"不允许 LOAD · LOAD is refused: {error}.", kind="service") from error
        except (Unanswered, TimeoutError) as error:
            raise Refusal(502, f"无法读取 · LOAD: {error or 'no answer in time'}.", kind="unanswered") from error
        if fetched.media_type not in MEDIA_TYPES:
            raise Refusal(502, f"无法读取 · LOAD: found {fetched.media_type[:100]!r}, expected RDF.", kind="unanswered")
        return fetched.body, fetched.media_type


async def payloads_of(asking: Asking) -> list[Payload]:
    """Return the triples that were sent, as they were sent. Raises Refusal: 413, 415."""
    content_type = asking.header(b"content-type")
    media_type = content_type.partition(";")[0].strip().lower()
    if asking.header(b"content-encoding", "identity").lower() != "identity":
        raise Refusal(415, "内容编码不支持 · found a Content-Encoding, expected the body as it is.")
    if media_type == "multipart/form-data" and asking.method == "POST":
        return _parts(content_type, await asking.body(UPLOAD_BYTES))
    if media_type not in MEDIA_TYPES:
        expected = ", ".join(MEDIA_TYPES)
        raise Refusal(415, f"内容类型不对 · found Content-Type {content_type[:200]!r}, expected one of {expected}.", {"Accept": expected})
    return [(await asking.body(UPLOAD_BYTES), media_type)]


def _parts(content_type: str, body: bytes) -> list[Payload]:
    """Return the files of a form."""
    from email import message_from_bytes
    from email.policy import HTTP

    form = message_from_bytes(b"Content-Type: " + content_type.encode("latin-1") + b"\r\n\r\n" + body, policy=HTTP)
    found = []
    for part in form.iter_parts() if form.is_multipart() else []:
        media_type = part.get_content_type()
        if media_type not in MEDIA_TYPES:
            raise Refusal(415, f"内容类型不对 · found {media_type[:100]!r} in the form, expected one of {', '.join(MEDIA_TYPES)}.")
        found.append((bytes(part.get_payload(decode=True) or b""), media_type))
    if not found:
        raise Refusal(400, "没有内容 · found no file in the form, expected one or more.")
    return found


def not_writable(graph: str) -> Refusal:
    """Return what is said of a graph that is no user's."""
    what = {"?": "a graph of the build", "default": "the default graph, which holds what is served"}.get(
        graph, f"the graph {graph[:200]!r}"
    )
    said = f"构建的图不可写 · {what} is not written here: users' graphs have names of their own, such as …/graph/user/NAME."
    return Refusal(403, said, kind="not-writable")
