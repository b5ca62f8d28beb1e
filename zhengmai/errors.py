"""What can go wrong when somebody uses zhengmai, in words a person can act on.

Each class is one mistake with a stable code and one heading in docs/errors.md. A fault in *data* is a Finding, not an error.
"""

from __future__ import annotations

from typing import Any


class ZhengmaiError(Exception):
    """Something stops the command: where, what was found, what was expected, what to do. Exit status 2."""

    code = "ZM-000"

    def __init__(self, *, where: str, found: str, expected: str, fix: str, zh: str = "") -> None:
        self.where, self.found, self.expected, self.fix, self.zh = where, found, expected, fix, zh
        super().__init__(self.message())

    def __reduce__(self) -> tuple[Any, ...]:
        """Let it come back whole from a worker process."""
        said = {name: getattr(self, name) for name in ("where", "found", "expected", "fix", "zh")}
        return _again, (type(self), said)

    def message(self) -> str:
        """Return the whole message, English first, the Chinese line under it."""
        text = f"{self.code} {self.where}: found {self.found}, expected {self.expected}.\n  Fix: {self.fix}"
        return f"{text}\n  {self.zh}" if self.zh else text


def _again(kind: type[ZhengmaiError], said: dict[str, str]) -> ZhengmaiError:
    return kind(**said)


class UsageError(ZhengmaiError):
    """The command line asks for something that is not there."""

    code = "ZM-001"


class MissingFile(ZhengmaiError):
    """A file that was named is not there or cannot be opened."""

    code = "ZM-101"


class UnreadableSource(ZhengmaiError):
    """A source file is empty, binary, truncated or in an encoding we cannot tell."""

    code = "ZM-102"


class UnknownTable(ZhengmaiError):
    """A task table's header names no column we know."""

    code = "ZM-103"


class BadGold(ZhengmaiError):
    """A file of answers made by reading cannot be used: not such a table, or ids that the documents do not have."""

    code = "ZM-104"


class BadConfiguration(ZhengmaiError):
    """A file people write (sources.yaml, rules/*.yaml, a query header) does not say what it must."""

    code = "ZM-201"


class BadStore(ZhengmaiError):
    """There is no built graph yet, or it is damaged."""

    code = "ZM-301"


class StoreBusy(ZhengmaiError):
    """Another build is writing into the same workspace."""

    code = "ZM-302"


class BadQuery(ZhengmaiError):
    """A query is unknown, or a parameter is missing, unknown or of the wrong type."""

    code = "ZM-401"


class QueryStopped(ZhengmaiError):
    """A query was stopped or refused: it took too long, asked for too much, or was not allowed."""

    code = "ZM-402"


class BadShapes(ZhengmaiError):
    """A shapes file or a data file for validation cannot be read."""

    code = "ZM-501"


class BadDecision(ZhengmaiError):
    """A review decision does not fit: no such item, its words have changed, an unknown word, or nobody's name to it."""

    code = "ZM-601"


class BadReviewFile(ZhengmaiError):
    """A file of review decisions is no table of decisions at all."""

    code = "ZM-602"


class PublishFailed(ZhengmaiError):
    """A store refuses what is published, cannot be reached, or counts otherwise afterwards."""

    code = "ZM-701"
