"""The graph under validation: every graph but provenance, once in Oxigraph for the checks and once flat in rdflib for pySHACL.

SHACL speaks of one graph, so the named graphs are flattened before validation. Of the provenance graphs only the links to the
source stay in (V14 asks for them); which words stood in which cell is nobody's question here.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.load import LINEAGE_AXIOMS, ontology_files
from ontology.terms import OWL, PROV, RDF, ZM
from zhengmai.errors import BadShapes, MissingFile

if TYPE_CHECKING:
    from pyoxigraph import Quad, Store
    from rdflib import Graph

PROVENANCE = "/provenance"
CHUNK = 64 << 20
SOURCE_LINKS = frozenset({PROV.wasDerivedFrom, PROV.wasQuotedFrom, ZM.evidence})


def load_data(path: Path, *, trusted: bool = False) -> Store:
    """Return a memory store with what a file says, together with the ontology where the file does not bring it.

    :param trusted: The file is a snapshot's graph.nq, which was checked when it was published.
    :raises MissingFile: when there is no such file.
    :raises BadShapes: when it is no RDF, or in no format its name tells.
    """
    from pyoxigraph import Store

    store = Store()
    if path.suffix == ".nq":
        _load_lines(store, path, lenient=trusted)
    else:
        store.bulk_extend(quad for quad in _quads(path) if _is_judged(quad))
    if not _has_ontology(store):
        ours = (file for file in ontology_files() if file != LINEAGE_AXIOMS)
        store.bulk_extend(chain.from_iterable(_quads(file) for file in ours))
    return store


def _load_lines(store: Store, path: Path, *, lenient: bool) -> None:
    """Load N-Quads as text, lines of provenance graphs left out, ten times as fast as quad by quad.

    :raises MissingFile: when there is no such file.
    :raises BadShapes: when a line is no N-Quads.
    """
    from pyoxigraph import RdfFormat

    links = tuple(f" <{link}> ".encode() for link in sorted(SOURCE_LINKS))
    ending = f"{PROVENANCE}> .".encode()
    try:
        with path.open("rb") as file:
            while lines := file.readlines(CHUNK):
                kept = [line for line in lines if not line.rstrip().endswith(ending) or any(link in line for link in links)]
                store.bulk_load(input=b"".join(kept), format=RdfFormat.N_QUADS, lenient=lenient)
    except FileNotFoundError as error:
        raise _missing(path) from error
    except (OSError, SyntaxError, ValueError):
        for _ in _quads(path):  # names the line of the file, which a chunk cannot
            pass
        raise


def _missing(path: Path) -> MissingFile:
    return MissingFile(where=str(path), found="no such file", expected="an RDF file", fix="check the path", zh="找不到该文件。")


def check_syntax(path: Path) -> None:
    """Read a file through, so that what is wrong with it is told with its line.

    :raises BadShapes: when it is no RDF of the kind its name tells; kinds Oxigraph does not know are left to others.
    """
    from pyoxigraph import RdfFormat

    if RdfFormat.from_extension(path.suffix.lstrip(".")) is not None:
        for _ in _quads(path):
            pass


def flatten(store: Store) -> Graph:
    """Return every triple of every graph as one rdflib graph; literals keep their lexical form."""
    from pyoxigraph import BlankNode, Literal, NamedNode
    from rdflib import BNode, Graph, URIRef
    from rdflib import Literal as RdfLiteral
    from rdflib.term import Node

    iris: dict[str, URIRef] = {}

    def term(node: object) -> Node:
        if isinstance(node, NamedNode):
            known = iris.get(node.value)
            return known if known is not None else iris.setdefault(node.value, URIRef(node.value))
        if isinstance(node, Literal):
            if node.language:
                return RdfLiteral(node.value, lang=node.language)
            # A plain string stays plain: rdflib holds "a" and "a"^^xsd:string to be two terms, and sh:in would miss.
            kind = None if node.datatype.value.endswith("#string") else iris.setdefault(node.datatype.value, URIRef(node.datatype.value))
            return RdfLiteral(node.value, datatype=kind, normalize=False)
        assert isinstance(node, BlankNode)
        return BNode(node.value)

    graph = Graph()
    with _no_talk_of_bad_literals():
        for quad in store:
            graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


@contextmanager
def _no_talk_of_bad_literals() -> Iterator[None]:
    """Keep rdflib from printing a traceback for every 2018-02-30: the shapes say it better."""
    log = logging.getLogger("rdflib.term")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _quads(path: Path) -> Iterator[Quad]:
    from pyoxigraph import RdfFormat, parse

    known = RdfFormat.from_extension(path.suffix.lstrip("."))
    if known is None:
        raise BadShapes(
            where=str(path),
            found=f"the ending {path.suffix or 'none'}",
            expected=".nq, .trig, .ttl or .nt",
            fix="name the file after its format",
        )
    try:
        yield from parse(path=str(path), format=known)
    except FileNotFoundError as error:
        raise _missing(path) from error
    except (OSError, SyntaxError) as error:
        raise BadShapes(where=str(path), found=str(error), expected=f"readable {known.name}", fix="mend the line named") from error


def _is_judged(quad: Quad) -> bool:
    graph = getattr(quad.graph_name, "value", "")
    return not graph.endswith(PROVENANCE) or quad.predicate.value in SOURCE_LINKS


def _has_ontology(store: Store) -> bool:
    from pyoxigraph import NamedNode

    declared: Iterable[Quad] = store.quads_for_pattern(NamedNode(ZM.Task), NamedNode(RDF.type), NamedNode(OWL.Class), None)
    return any(True for _ in declared)
