"""A look at an update before it is made: its size and shape, that it asks no server, and that an engine can read it."""

from __future__ import annotations

from endpoint.http import UPDATE_BYTES
from endpoint.precheck import Shape, precheck
from endpoint.service_clauses import BadService, without_silent
from endpoint.updates import BadUpdate


def looked_at(text: str) -> str:
    """Return an update that is fit to be made: it asks no server, so SERVICE SILENT has no answer in it.

    :raises Refused: when it is too large or too deep, or would ask one.
    :raises BadUpdate: when a SERVICE clause cannot be read.
    """
    try:
        text = without_silent(text)
    except BadService as error:
        raise BadUpdate(str(error)) from error
    precheck(text, Shape(bytes=UPDATE_BYTES), writes=True)
    return text


def check_syntax(text: str, base: str) -> None:
    """Let the engine read an update once as it was written, so that what is wrong is said with its place.

    :raises BadUpdate: when it cannot.
    """
    import pyoxigraph

    try:
        pyoxigraph.Store().update(text, base_iri=base)
    except SyntaxError as error:
        raise BadUpdate(str(error)) from error
    except (OSError, RuntimeError, ValueError):
        return  # of an empty store; the real one may have what it needs
