"""Messages between the pool and its processes: one letter, a length, and so many bytes."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator

HEAD = struct.Struct("<cI")

# To a worker: a query, a call.
QUERY, CALL = b"Q", b"C"
# From a worker: the whole answer; or its head, some of its bytes, its end; a failure; the value of a call; what a call raised.
WHOLE, STREAM, DATA, END, FAILURE, VALUE, RAISED = b"W", b"S", b"D", b"E", b"F", b"V", b"X"
AWAKE = b"H"  # once, before all of those: its processor time counts from here
# From the keeper: ready, or why not; a process started; one ended, and why.
READY, UNABLE, STARTED, ENDED = b"R", b"U", b"P", b"Z"
# To the keeper: with a worker's number, fork one (with its socket), kill it; take up a change (a file with it).
FORK, KILL, APPLY = b"F", b"K", b"A"


def frame(kind: bytes, payload: bytes = b"") -> bytes:
    """Return one message."""
    return HEAD.pack(kind, len(payload)) + payload


class Incoming:
    """Takes bytes as they come and gives whole messages."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[bytes, bytes]]:
        """Yield each message that is complete now."""
        if not self._held and len(data) >= HEAD.size:
            kind, size = HEAD.unpack_from(data)
            if len(data) == HEAD.size + size:  # nearly always: one message at a time
                yield kind, data[HEAD.size :]
                return
        self._held += data
        at = 0
        while len(self._held) - at >= HEAD.size:
            kind, size = HEAD.unpack_from(self._held, at)
            if len(self._held) - at - HEAD.size < size:
                break
            yield kind, bytes(memoryview(self._held)[at + HEAD.size : at + HEAD.size + size])
            at += HEAD.size + size
        if at:
            del self._held[:at]


def read_frame(connection: socket.socket) -> tuple[bytes, bytes] | None:
    """Return the next message of a blocking socket, None when the other end is gone."""
    head = _exactly(connection, HEAD.size)
    if head is None:
        return None
    kind, size = HEAD.unpack(head)
    payload = _exactly(connection, size)
    return None if payload is None else (kind, payload)


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    data = connection.recv(size, socket.MSG_WAITALL) if size else b""
    while len(data) < size:
        more = connection.recv(size - len(data))
        if not more:
            return None
        data += more
    return data
