"""Answers kept in memory to be sent again: those of one graph, the least used go first."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple, TypeAlias

from endpoint.headers import Headers
from endpoint.http import Asking

Key: TypeAlias = tuple[object, ...]


class Answer(NamedTuple):
    """``headers`` but the length; ``head`` is the same as it is sent, with what all answers have, where that was made already."""

    headers: Headers
    body: bytes
    rows: int | None
    head: bytes = b""


class Kept:
    """At most so many bytes of answers, none larger than ``each``."""

    def __init__(self, total: int = 64_000_000, each: int = 1_000_000) -> None:
        self._total, self._each = total, each
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._size = 0
        self._version = ""

    def key(self, asking: Asking, version: str) -> Key | None:
        """Return what a request's answer depends on; None where it is not for keeping."""
        if asking.method != "GET" or asking.raw(b"if-none-match"):
            return None
        if version != self._version:
            self._answers.clear()
            self._size, self._version = 0, version
        return (asking.path, asking.query_string, asking.raw(b"accept"), asking.raw(b"accept-encoding"), asking.raw(b"host"))

    def get(self, key: Key) -> Answer | None:
        found = self._answers.get(key)
        if found is not None:
            self._answers.move_to_end(key)
        return found

    def put(self, key: Key, answer: Answer, version: str) -> None:
        """Keep an answer, unless another graph is served by now."""
        size = len(answer.body) + 1000
        if size > self._each or key in self._answers or version != self._version:
            return
        self._answers[key] = answer
        self._size += size
        while self._size > self._total:
            _, gone = self._answers.popitem(last=False)
            self._size -= len(gone.body) + 1000
