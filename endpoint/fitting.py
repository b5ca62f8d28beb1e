"""Which connections fit the uvicorn that is installed: ours lean on its inner classes, which it may change without a word.

One that does not fit is passed over for the next. At the end stands uvicorn's own: it answers all the same, without the short way of plain
questions and without giving up on those who send a letter a minute (a proxy before it can do that).
"""

from __future__ import annotations

from importlib import import_module
from inspect import signature
from types import FunctionType
from typing import Any, NamedTuple

_PATIENT = {
    "connection_made", "connection_lost", "on_message_begin", "on_response_complete", "loop", "cycle", "pipeline", "transport",
    "response_complete", "timeout_keep_alive", "data_received", "on_headers_complete", "headers", "url",
}  # fmt: skip
_SHORT = {
    "_start_asgi_task", "parser", "get_method", "get_http_version", "should_keep_alive", "url", "scope", "flow",
    "expect_100_continue", "limit_concurrency", "connections", "config", "app", "server_state", "default_headers", "logger",
    "access_logger", "write_paused",
}  # fmt: skip
_CYCLE = {
    "scope", "transport", "flow", "logger", "access_logger", "access_log", "default_headers", "message_event", "expect_100_continue",
    "keep_alive", "on_response",
}  # fmt: skip
# Our connections, the best first: where each is, the names it uses of uvicorn's, and how it begins uvicorn's cycle of a request.
_OURS: tuple[tuple[str, str, set[str], set[str]], ...] = (
    ("endpoint.short_way", "ShortWay", _PATIENT | _SHORT, _CYCLE),
    ("endpoint.patience", "PatientProtocol", _PATIENT, set()),
)


class Fitting(NamedTuple):
    """What ``uvicorn.Config`` takes as ``http``, and what uvicorn lacks of what better ones need."""

    protocol: Any
    lacking: tuple[str, ...]


def fitting() -> Fitting:
    """Return the best connections that fit."""
    lacking: list[str] = []
    for module, name, used, begun in _OURS:
        missed = _missed(used, begun)
        if not missed:
            return Fitting(getattr(import_module(module), name), tuple(lacking))
        lacking.append(f"{name}: {', '.join(missed)}")
    try:
        import_module("uvicorn.protocols.http.httptools_impl")
    except ImportError:
        return Fitting("h11", tuple(lacking))
    return Fitting("httptools", tuple(lacking))


def _missed(used: set[str], begun: set[str]) -> list[str]:
    """Return what uvicorn does not have of what is used, sorted."""
    try:
        inner = import_module("uvicorn.protocols.http.httptools_impl")
        flow = import_module("uvicorn.protocols.http.flow_control").FlowControl
        known = _names(inner.HttpToolsProtocol) | _names(flow)
        asked = dict(signature(inner.RequestResponseCycle).parameters) if begun else {}
    except (ImportError, AttributeError) as error:
        return [str(error)]
    needed = {name for name, one in asked.items() if one.default is one.empty}
    return sorted((used - known) | (begun - {*asked}) | (needed - begun))


def _names(kind: type) -> set[str]:
    """Return the names a class has, and those its own functions use: what they say of ``self`` stands only there."""
    inside = vars(kind)
    return {*inside, *(name for one in inside.values() if isinstance(one, FunctionType) for name in one.__code__.co_names)}
