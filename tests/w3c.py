"""The W3C's SPARQL tests, as rdflib's source archive carries them; ``make programs`` fetches it. None of it is kept here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection
from seeds import ROOT

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
_EVALUATIONS = {MF.QueryEvaluationTest, MF.CSVResultFormatTest}
_SYNTAX = {MF.PositiveSyntaxTest: True, MF.PositiveSyntaxTest11: True, MF.NegativeSyntaxTest: False, MF.NegativeSyntaxTest11: False}
# Not of the query language the engine answers: entailment regimes, servers to call, updates, and the protocols, tried elsewhere.
_LEFT_OUT = (
    "entailment",
    "service",
    "protocol",
    "service-description",
    "http-rdf-update",
    "syntax-update-1",
    "syntax-update-2",
    "syntax-fed",
)


def suites() -> Path | None:
    """Return the folder of the suites, None where they were not fetched."""
    homes = [Path(os.environ["ZHENGMAI_W3C"])] if "ZHENGMAI_W3C" in os.environ else sorted((ROOT / ".venv" / "w3c").glob("rdflib-*"))
    found = [home / "test/data/suites/w3c" for home in homes]
    return next((folder for folder in found if (folder / "sparql11").is_dir()), None)


@dataclass(frozen=True)
class Case:
    """One test: the query's file, the files of its default and named graphs, and for a syntax test whether it is good."""

    name: str
    query: Path
    default: tuple[Path, ...] = ()
    named: tuple[Path, ...] = ()
    good: bool | None = None


def cases(folder: Path) -> Iterator[Case]:
    """Yield every query test of both suites."""
    for manifest in sorted([*folder.glob("sparql11/*/manifest.ttl"), *folder.glob("dawg-data-r2/*/manifest.ttl")]):
        if manifest.parent.name not in _LEFT_OUT:
            yield from _cases(manifest)


def _cases(manifest: Path) -> Iterator[Case]:
    graph = Graph().parse(manifest, publicID=manifest.as_uri())
    for entries in graph.objects(None, MF.entries):
        for test in Collection(graph, entries):
            kinds = set(graph.objects(test, RDF.type))
            action = graph.value(test, MF.action)
            name = f"{manifest.parent.name}/{str(test).rpartition('#')[2]}"
            good = next((_SYNTAX[kind] for kind in kinds if kind in _SYNTAX), None)
            if good is not None and isinstance(action, URIRef) and str(action).endswith(".rq") and "delete-insert" not in name:
                yield Case(name, _path(action), good=good)
            elif kinds & _EVALUATIONS and (query := graph.value(action, QT.query)):
                default = tuple(map(_path, graph.objects(action, QT.data)))
                named = tuple(_path(found) for found in graph.objects(action, QT.graphData) if isinstance(found, URIRef))
                yield Case(name, _path(query), default, named)


def _path(iri: object) -> Path:
    return Path(str(iri).removeprefix("file://"))
