"""Chinese full-text search over provisions, tasks, actors and document titles, ranked, with snippets; two characters are enough.

SQLite's own tokenizers find nothing for 政务 inside a sentence, so texts are indexed as overlapping pairs of characters and a search is a
phrase of pairs: 政务公开 is 政务 务公 公开 in this order. Width and case do not count. One file a graph version, made on the first search.
"""

from __future__ import annotations

import os
import re
import sqlite3
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ontology.terms import DCT, SKOS, ZM
from queries.ids import full_id, place_code
from queries.run import masked_words
from zhengmai.masking import mask_words
from zhengmai.settings import BASE_IRI

if TYPE_CHECKING:
    from zhengmai.store import OpenStore

KINDS = ("document", "provision", "task", "actor")
ROUND = 24
MOST = 2000  # beyond so many hits the first are ordered by length alone: weighing 200,000 takes seconds
_RUN = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")
_SCHEMA = """
CREATE TABLE texts (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, document TEXT, name TEXT, text TEXT, place TEXT);
CREATE VIRTUAL TABLE pairs USING fts5(name, text, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co S* M*'");
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: ``snippet`` has the words found between 【】; ``place`` as table/1/row/28 or span/5-9, "" where there is none."""

    iri: str
    id: str
    kind: str
    document: str
    name: str
    snippet: str
    place: str


@dataclass(frozen=True, slots=True)
class Found:
    """The best hits, how many there are in all (``more``: at least so many), and of how many texts searched."""

    hits: tuple[Hit, ...]
    total: int
    searched: int
    graph_version: str
    more: bool = False


def search(store: OpenStore, folder: Path, words: str, *, kinds: Sequence[str] = (), document: str = "", limit: int = 20) -> Found:
    """Return what holds all the words (blanks part them), best first.

    :param folder: where the index is kept, one file a graph version; it is made when there is none.
    :param kinds: some of KINDS; all when none is named.
    :param document: only in the document of this slug.
    """
    with closing(_open(store, folder)) as index:
        searched = int(index.execute("SELECT max(id) FROM texts").fetchone()[0] or 0)  # they are numbered without gaps
        phrases = [phrase for word in words.split() if (phrase := _phrase(word))]
        if not phrases:
            return Found((), 0, searched, store.version)
        where, given = "pairs MATCH ?", [" AND ".join(phrases)]
        if kinds:
            where += f" AND kind IN ({','.join('?' * len(kinds))})"
            given += kinds
        if document:
            where += " AND document = ?"
            given.append(document)
        both = f"FROM pairs JOIN texts ON texts.id = pairs.rowid WHERE {where}"
        if not kinds and not document:
            both = "FROM pairs WHERE pairs MATCH ?"
        total = int(index.execute(f"SELECT count(*) FROM (SELECT pairs.rowid {both} LIMIT {MOST + 1})", given).fetchone()[0])
        more = total > MOST
        order = "length(name) + length(text)" if more else "weight"
        weighed = f"SELECT pairs.rowid AS hit, {'0' if more else 'bm25(pairs, 4.0, 1.0)'} AS weight {both} LIMIT {MOST}"
        rows = index.execute(f"SELECT texts.* FROM ({weighed}) JOIN texts ON texts.id = hit ORDER BY {order}, id LIMIT ?", (*given, limit))
        hits = tuple(_hit(row, words.split()) for row in rows)
    return Found(hits, min(total, MOST), searched, store.version, more)


def pairs_of(text: str) -> list[str]:
    """Return the tokens of a text: overlapping pairs, each run's last character alone, other words whole.

    >>> pairs_of("信用A级")
    ['信用', '用', 'a', '级']
    """
    return [token for run in _RUN.findall(_fold(text)) for token in _of_run(run)]


def _of_run(run: str) -> list[str]:
    return [run] if run.isascii() else [*(run[at : at + 2] for at in range(len(run) - 1)), run[-1]]


def _phrase(word: str) -> str:
    """Return what FTS5 looks for: the pairs in this order, the last one as a beginning (of a pair, or of a longer number)."""
    runs = _RUN.findall(_fold(word))
    if not runs:
        return ""
    last = _of_run(runs[-1])
    tokens = [token for run in runs[:-1] for token in _of_run(run)] + (last[:-1] if len(last) > 1 else last)
    return f'"{" ".join(tokens)}"*'


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _open(store: OpenStore, folder: Path) -> sqlite3.Connection:
    path = folder / f"{store.version}.sqlite"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        fresh = folder / f".{store.version}-{os.getpid()}"
        fresh.unlink(missing_ok=True)
        try:
            _make(store, fresh)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        for old in sorted(folder.glob("*.sqlite")):
            if not (folder.parent / "snapshots" / old.stem).is_dir() and old != path:
                old.unlink(missing_ok=True)
    return sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)


def _make(store: OpenStore, path: Path) -> None:
    hidden = masked_words(store)
    with closing(sqlite3.connect(path)) as index:
        index.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + _SCHEMA)
        for number, (iri, kind, document, name, text, place) in enumerate(_texts(store), 1):
            name, text = mask_words(name, hidden), mask_words(text, hidden)
            index.execute("INSERT INTO texts VALUES (?,?,?,?,?,?,?)", (number, iri, kind, document, name, text, place))
            index.execute(
                "INSERT INTO pairs(rowid, name, text) VALUES (?,?,?)", (number, " ".join(pairs_of(name)), " ".join(pairs_of(text)))
            )
        index.execute("INSERT INTO pairs(pairs) VALUES ('optimize')")
        index.commit()


Text = tuple[str, str, str, str, str, str]


def _texts(store: OpenStore) -> Iterator[Text]:
    """Yield (iri, kind, document, name, text, place) of everything that can be found, sorted by IRI within its kind."""
    get = _Values(store)
    for document, title in get.sorted(DCT.title):
        if document.startswith(f"{BASE_IRI}id/doc/"):
            yield document, "document", _slug(document), title, get.first(document, _NUMBER), ""
    headings, texts = dict(get.sorted(ZM.heading)), dict(get.sorted(ZM.text))
    for iri in sorted({*headings, *texts}):
        if get.is_a(iri, ZM.Provision):
            yield iri, "provision", _slug(iri), headings.get(iri, ""), texts.get(iri, ""), get.first(iri, ZM.evidence)
    for task in get.subjects(ZM.taskOf):
        measures = get.all(task, ZM.hasMeasure)
        parts = [part for measure in measures for part in get.all(measure, ZM.hasPart)]
        words = "\n".join(texts[one] for one in (*measures, *parts) if one in texts)
        yield task, "task", _slug(task), "", words, get.first(task, _DERIVED)
    for actor in get.subjects_of_type(ZM.Actor):
        names = [*get.all(actor, SKOS.prefLabel), *get.all(actor, SKOS.altLabel)]
        if names:
            yield (
                actor,
                "actor",
                "",
                "、".join(dict.fromkeys(names)),
                get.first(get.first(actor, _UNIT, ZM.withinAuthority), SKOS.prefLabel),
                "",
            )


class _Values:
    """Values by pattern: an index of 300,000 texts is made in one pass and not by that many queries."""

    def __init__(self, store: OpenStore) -> None:
        from pyoxigraph import NamedNode

        self._store, self._node = store.store, NamedNode

    def _quads(self, subject: str | None, predicate: str, value: str | None = None) -> Any:
        nodes = [self._node(one) if one else None for one in (subject, predicate, value)]
        return self._store.quads_for_pattern(nodes[0], nodes[1], nodes[2], None)

    def sorted(self, predicate: str) -> list[tuple[str, str]]:
        found = {(q.subject.value, q.object.value) for q in self._quads(None, predicate) if getattr(q.object, "language", "") != "en"}
        return sorted(found)

    def all(self, subject: str, predicate: str) -> list[str]:
        if not subject:
            return []
        return sorted({q.object.value for q in self._quads(subject, predicate) if getattr(q.object, "language", "") != "en"})

    def first(self, subject: str, *predicates: str) -> str:
        return next((values[0] for predicate in predicates if (values := self.all(subject, predicate))), "")

    def is_a(self, subject: str, class_: str) -> bool:
        return next(iter(self._quads(subject, _TYPE, class_)), None) is not None

    def subjects(self, predicate: str) -> list[str]:
        return sorted({q.subject.value for q in self._quads(None, predicate)})

    def subjects_of_type(self, class_: str) -> list[str]:
        found = {q.subject.value for one in (class_, *_ACTORS) for q in self._quads(None, _TYPE, one)}
        return sorted(found)


_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NUMBER = "http://data.europa.eu/eli/ontology#number"
_DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
_UNIT = "http://www.w3.org/ns/org#unitOf"
_ACTORS = (ZM.Authority, ZM.Department, ZM.GenericActor)


def _slug(iri: str) -> str:
    rest = iri.removeprefix(f"{BASE_IRI}id/doc/")
    return rest if rest.startswith("cited/") else rest.partition("/")[0]


def _hit(row: Sequence[Any], words: Sequence[str]) -> Hit:
    _, iri, kind, document, name, text, place = row
    own = text if text and not (name and _at(name, words)) else name
    return Hit(iri, full_id(iri), kind, document, name, _snippet(own, words), place_code(place) if place else "")


def _at(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Return where the first of the words stands in a text; folding may change lengths, so it is done character by character."""
    kept = [(at, folded) for at, char in enumerate(text) for folded in _fold(char) if folded.isalnum()]
    chars = "".join(char for _, char in kept)
    for word in words:
        wanted = "".join(_RUN.findall(_fold(word)))
        start = chars.find(wanted)
        if wanted and start >= 0:
            return kept[start][0], kept[start + len(wanted) - 1][0] + 1
    return None


def _snippet(text: str, words: Sequence[str]) -> str:
    found = _at(text, words)
    if not found:
        return text[: 2 * ROUND]
    start, end = found
    left, right = max(0, start - ROUND), min(len(text), end + ROUND)
    cut = f"{text[left:start]}【{text[start:end]}】{text[end:right]}".replace("\n", " ")
    return f"{'…' if left else ''}{cut}{'…' if right < len(text) else ''}"
