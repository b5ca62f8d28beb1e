"""Ask a saved question: parameters resolved and bound, rows of plain values back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ontology.terms import SCHEMES
from queries.bind import bind
from queries.catalogue import find_query
from queries.ids import code, full_id, place_code, short_id
from queries.lookups import MASKED_WORDS
from queries.meant import Asks
from queries.nothing import nothing_found
from queries.resolve import resolve
from queries.saved import Both, Column, SavedQuery
from queries.since import Difference
from zhengmai.errors import BadConfiguration
from zhengmai.masking import mask_words

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = dict[str, Value]


@dataclass(frozen=True)
class Answer:
    """What a question gave. ``params`` are as resolved (``DOC:5.2``), ``sparql`` as bound.

    ``rows`` hold ids, codes and texts, the same in both languages, certainly foreign words as ▇; ``iris[n]`` the IRIs behind
    row n's ids, for links.
    ``counts`` has ``rows`` (all there are, ``rows`` of this answer may be fewer), ``left_out`` (awaiting review and not shown)
    and, where the question shows a status, how many links are confirmed by rule, by people, or await review.
    """

    query: SavedQuery
    params: dict[str, str]
    sparql: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    iris: tuple[dict[str, str], ...]
    counts: dict[str, int]
    notes: tuple[Both, ...]
    graph_version: str
    bound: dict[str, str] = field(default_factory=dict)


def run_query(
    name: str | SavedQuery,
    params: Mapping[str, str],
    store: Asks,
    *,
    own: Path | None = None,
    accepted_only: bool = False,
    limit: int | None = None,
) -> Answer:
    """Return the answer to a saved question; ``own`` is the workspace's folder of queries.

    :raises BadQuery: when there is no such query, or a parameter does not fit.
    :raises BadConfiguration: when the query file is wrong.
    """
    asking = Asking(name, params, store, own=own, accepted_only=accepted_only)
    kept = list(asking.rows(limit))
    return asking.answer(kept)


class Asking:
    """A question that is being answered: rows one at a time for who writes them away at once, the answer round them at the end."""

    def __init__(
        self, name: str | SavedQuery, params: Mapping[str, str], store: Asks, *, own: Path | None = None, accepted_only: bool = False
    ) -> None:
        """Find the question and what its parameters mean; the engine is asked, and no row is read yet.

        :raises BadQuery, BadConfiguration: as ``run_query``.
        """
        self.query = find_query(name, own) if isinstance(name, str) else name
        self.terms = resolve(self.query, params, store)
        self.sparql = bind(self.query.body, self.terms)
        self._params, self._store, self._own, self._accepted_only = params, store, own, accepted_only
        since = next((str(self.terms[param.name].value) for param in self.query.params if param.type == "version"), None)
        asked = Difference(getattr(store, "path", Path()), since, store.version) if since and since != store.version else store
        self._solutions = _solutions(self.query, self.sparql, asked)
        self._tally: Counter[str] = Counter()
        self.shown = 0

    def rows(self, limit: int | None = None) -> Iterator[tuple[Row, dict[str, str]]]:
        """Yield each row with the IRIs behind its ids, the first ``limit`` of them; all are counted."""
        hidden = masked_words(self._store)
        for solution in self._solutions:
            found = {column.name: solution[column.name] for column in self.query.columns}
            row = {column.name: _shown(plain(found[column.name], column.kind), column, hidden) for column in self.query.columns}
            if self._accepted_only and row.get("status") == "proposed":
                self._tally["left_out"] += 1
                continue
            self._tally.update(("rows", *_decided(row)))
            if limit is None or self.shown < limit:
                self.shown += 1
                yield row, {key: term.value for key, term in found.items() if _is_iri(term)}

    def answer(self, kept: Sequence[tuple[Row, dict[str, str]]] = ()) -> Answer:
        """Return what is known when the rows have been read: with the rows that were kept, counts and notes for all."""
        tally = self._tally.copy()
        if self.query.left_out:
            tally["left_out"] += _left_out(self.query, self._params, self._store, self._own)
        decided = ("rule", "person", "proposed") if _shows_status(self.query) else ()
        counts = {key: tally[key] for key in ("rows", *decided, "left_out")}
        return replace(
            self.head(),
            rows=tuple(row for row, _ in kept),
            iris=tuple(iris for _, iris in kept),
            counts=counts,
            notes=_notes(self.query, self.terms, counts, self.shown, self._store),
        )

    def head(self) -> Answer:
        """Return what is known before any row is."""
        return Answer(
            query=self.query,
            params={key: _spelt(term) for key, term in self.terms.items()},
            sparql=self.sparql,
            columns=self.query.columns,
            rows=(),
            iris=(),
            counts={},
            notes=(),
            graph_version=self._store.version,
            bound={key: str(term) for key, term in self.terms.items()},
        )


def masked_words(store: Asks) -> tuple[str, ...]:
    """Return the words no answer shows: the quotes of the findings that are flagged certain to be foreign."""
    return tuple(str(row["words"].value) for row in store.query(MASKED_WORDS))


def _shown(value: Value, column: Column, hidden: tuple[str, ...]) -> Value:
    return mask_words(value, hidden) if column.kind == "text" and isinstance(value, str) else value


def plain(term: Any, kind: str) -> Value:
    """Return a term as the plain value its column's kind asks for; None where the answer has nothing."""
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return None
    text = str(term.value)
    if kind == "place":
        return place_code(text)
    if isinstance(term, NamedNode):
        return short_id(text) if kind in ("id", "term") else code(text) if kind in SCHEMES else text
    if not isinstance(term, Literal) or kind not in ("number", "boolean"):
        return text
    if kind == "boolean":
        return text in ("true", "1")
    value = float(text)
    return int(value) if value.is_integer() and "." not in text else value


def _solutions(query: SavedQuery, sparql: str, store: Asks) -> Any:
    try:
        return store.query(sparql)
    except SyntaxError as error:
        raise BadConfiguration(
            where=str(query.path),
            found=str(error),
            expected="SPARQL 1.1",
            fix="correct the query (line:column are those of the file); python -m queries.lint FOLDER looks at all of them",
            zh="查询文件有语法错误，请按行列位置修改。",
        ) from error


def _decided(row: Row) -> tuple[str, ...]:
    """Say how a link was decided, for 规则确认 x · 人工确认 y · 待复核 z."""
    if row.get("status") == "proposed":
        return ("proposed",)
    if row.get("status") == "accepted" and row.get("decided_by"):
        return ("rule",) if row["decided_by"] == "rule" else ("person",)
    return ()


def _shows_status(query: SavedQuery) -> bool:
    return query.column("status") is not None and query.column("decided_by") is not None


def _left_out(query: SavedQuery, params: Mapping[str, str], store: Asks, own: Path | None) -> int:
    other = find_query(query.left_out or "", own)
    names = {param.name for param in other.params}
    terms = resolve(query, params, store)
    sparql = bind(other.body, {name: term for name, term in terms.items() if name in names})
    return sum(1 for _ in _solutions(other, sparql, store))


def _notes(
    query: SavedQuery, terms: Mapping[str, NamedNode | Literal], counts: dict[str, int], shown: int, store: Asks
) -> tuple[Both, ...]:
    notes = []
    if counts["left_out"]:
        see = f"zhengmai query {query.left_out}" if query.left_out else ""
        zh, en = f"另有 {counts['left_out']} 项待复核，未计入", f"{counts['left_out']} awaiting review are left out"
        notes.append(Both(f"{zh}；见 {see}" if see else zh, f"{en}; see {see}" if see else en))
    if shown < counts["rows"]:
        notes.append(Both(f"共 {counts['rows']} 行，只列出前 {shown} 行", f"{counts['rows']} rows, the first {shown} are shown"))
    if not counts["rows"]:
        notes += nothing_found(query, terms, store)
    return tuple(notes)


def _spelt(term: NamedNode | Literal) -> str:
    return full_id(code(term.value)) if _is_iri(term) else term.value


def _is_iri(term: Any) -> bool:
    from pyoxigraph import NamedNode

    return isinstance(term, NamedNode)
