"""Many SELECTs over one store, two at a time: the engine works outside Python's lock. Answers come in the order of the questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a SELECT, as many terms a row as names; None for what is unbound."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


def answers(store: Store, selects: Sequence[str]) -> Iterator[Answer]:
    """Yield the answer of each query over the union of all graphs."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(lambda select: _answer(store, select), selects)


def counts(store: Store, selects: Sequence[str]) -> dict[str, int]:
    """Return what each query counts; each is asked once."""
    asked = list(dict.fromkeys(selects))
    return {select: int(getattr(answer.rows[0][0], "value", 0)) for select, answer in zip(asked, answers(store, asked), strict=True)}


def _answer(store: Store, select: str) -> Answer:
    from pyoxigraph import QuerySolutions

    found = store.query(select, use_default_graph_as_union=True)
    assert isinstance(found, QuerySolutions)
    names = tuple(variable.value for variable in found.variables)
    return Answer(names, tuple(tuple(row[name] for name in names) for row in found))
