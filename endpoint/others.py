"""Other servers, as far as they are on the list: what SERVICE and LOAD may reach, and no address of this machine or its network.

A name is looked up here and the connection made to the address that was looked at, so that a name cannot point elsewhere the second
time; the same holds for every redirect. The engine itself never connects (endpoint/confine.py).
"""

from __future__ import annotations

import asyncio
import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

MOST_BYTES = 20_000_000
_REDIRECTS = 3
_MOVED = (301, 302, 303, 307, 308)
_AGENT = "zhengmai"
Lookup = Callable[[str, int], list[str]]


class NotAllowed(Exception):
    """The list of servers, or where a server's name leads, forbids it."""


class Unanswered(Exception):
    """The other server cannot be reached, or its answer cannot be used."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What another server sent; ``address`` is where it came from at last."""

    body: bytes
    media_type: str
    address: str


@dataclass(frozen=True, slots=True)
class Others:
    """The servers that may be asked: ``hosts`` as HOST or HOST:PORT, compared without case."""

    hosts: tuple[str, ...] = ()
    seconds: float = 30
    lookup: Lookup | None = None  # for tests: what a name leads to

    def __bool__(self) -> bool:
        return bool(self.hosts)

    def admit(self, address: str) -> None:
        """Look whether an address is on the list; where it leads is seen when it is asked.

        :raises NotAllowed: when it is not.
        """
        parts = urlsplit(address)
        try:
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            host, port = "", None
        if parts.scheme not in ("http", "https") or not host:
            raise NotAllowed(f"found {address[:200]!r}, expected an address as https://HOST/…")
        known = {allowed.lower() for allowed in self.hosts}
        if host not in known and f"{host}:{port or _port(parts.scheme)}" not in known:
            raise NotAllowed(f"found the host {host[:100]!r}, which is not on the list of --allow-service")

    async def fetch(self, address: str, *, accept: str, form: bytes | None = None) -> Fetched:
        """Ask another server: by POST where there is a form, else by GET.

        :raises NotAllowed: as :meth:`admit`, or when the name leads to an address of this machine or network.
        :raises Unanswered: when there is no answer in time, or one that is no success.
        """
        self.admit(address)
        return await asyncio.wait_for(asyncio.to_thread(self._fetch, address, accept, form), self.seconds + 1)

    def _fetch(self, address: str, accept: str, form: bytes | None) -> Fetched:
        until = time.monotonic() + self.seconds
        headers = {"Accept": accept, "User-Agent": _AGENT}
        for _ in range(_REDIRECTS + 1):
            self.admit(address)
            try:
                found = self._once(address, headers, form, until)
            except (OSError, http.client.HTTPException) as error:
                raise Unanswered(f"{address[:200]}: {type(error).__name__}: {error}") from error
            if isinstance(found, Fetched):
                return found
            address = urljoin(address, found)
        raise Unanswered(f"{address[:200]}: redirected more than {_REDIRECTS} times")

    def _once(self, address: str, headers: Mapping[str, str], form: bytes | None, until: float) -> Fetched | str:
        parts = urlsplit(address)
        port = parts.port or _port(parts.scheme)
        target = self._address(parts.hostname or "", port)
        connection = _Pinned(parts.hostname or "", port, target, secure=parts.scheme == "https", until=until)
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            sent = {**headers, "Content-Type": "application/x-www-form-urlencoded"} if form is not None else dict(headers)
            connection.request("GET" if form is None else "POST", path, form, sent)
            response = connection.getresponse()
            if response.status in _MOVED and (there := response.getheader("Location")):
                return there
            body = _read(response, connection, until)
            if response.status != 200:
                raise Unanswered(f"{address[:200]}: status {response.status}: {body[:300].decode(errors='replace')}")
            return Fetched(body, (response.getheader("Content-Type") or "").partition(";")[0].strip().lower(), address)
        finally:
            connection.close()

    def _address(self, host: str, port: int) -> str:
        """Return an address of a host's, each of which must be on the public network."""
        found = (self.lookup or _lookup)(host, port)
        for one in found:
            if not _is_public(one):
                raise NotAllowed(f"the host {host[:100]!r} leads to {one}, an address of this machine or its network")
        if not found:
            raise Unanswered(f"{host}: no address")
        return found[0]


class _Pinned(http.client.HTTPConnection):
    """A connection to an address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool, until: float) -> None:
        super().__init__(host, port)
        self._address, self._secure, self._until = address, secure, until

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), _left(self._until))
        if self._secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _read(response: http.client.HTTPResponse, connection: _Pinned, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while True:
        if connection.sock:
            connection.sock.settimeout(_left(until))
        part = response.read1(1 << 16)
        if not part:
            return b"".join(parts)
        size += len(part)
        if size > MOST_BYTES:
            raise Unanswered(f"the answer has more than {MOST_BYTES} bytes")
        parts.append(part)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left


def _port(scheme: str) -> int:
    return 443 if scheme == "https" else 80


def _lookup(host: str, port: int) -> list[str]:
    return [str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inside = [found.ipv4_mapped, found.sixtofour, *(found.teredo or ())]
        if found in ipaddress.ip_network("64:ff9b::/96"):
            inside.append(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
        if any(one is not None and not one.is_global for one in inside):
            return False
        if found.ipv4_mapped:
            return True
    return found.is_global and not found.is_multicast
