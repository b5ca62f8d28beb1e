"""The catalogue of saved questions as this service has it, and what is written of it, made again only when it has changed."""

from __future__ import annotations

from collections.abc import Callable

from endpoint.service import Service
from queries.saved import SavedQuery

_WRITTEN = 20  # pages kept, one for each name this server is asked by


def catalogue(service: Service) -> tuple[SavedQuery, ...]:
    """Return the questions there are, sorted by name; a file that cannot be read is left out."""
    from queries.catalogue import load_catalogue

    return load_catalogue(service.queries_dir)[0]


def written(service: Service, name: str, write: Callable[[], bytes]) -> bytes:
    """Return what is made of the catalogue; made again when that has changed."""
    found = catalogue(service)
    before = service.written.get(name)
    if before is not None and before[0] == found:
        return before[1]
    if len(service.written) > _WRITTEN:
        service.written.clear()
    made = write()
    service.written[name] = (found, made)
    return made
