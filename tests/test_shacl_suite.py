"""The W3C SHACL test suite through our path for shapes that are not ours: nothing of a result is lost on the way.

The cases come with pySHACL's source archive, fetched once from the package registry and kept in the cache folder of pytest, not in git.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections import Counter
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest
from rdflib import RDF, BNode, Graph, Namespace, URIRef
from rdflib.term import Node

from validation.findings import ShaclResult
from validation.foreign import _finding
from validation.foreign_worker import parsed, run
from validation.graph import load_data
from validation.making import with_keys
from validation.places import Places
from validation.report_ttl import shacl_report

SH = Namespace("http://www.w3.org/ns/shacl#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
PARTS = ("focusNode", "resultPath", "value", "resultSeverity", "sourceConstraintComponent", "sourceShape")
ROOT = Path(__file__).resolve().parents[1]
# pySHACL does not offer $shapesGraph, which the specification leaves open.
OPTIONAL = {"sparql/pre-binding/shapesGraph-001"}


@cache
def suite() -> Path:
    """Return the folder of the suite, fetched when it is not there yet."""
    home = ROOT / ".pytest_cache" / "shacl-suite"
    name = f"pyshacl-{version('pyshacl')}"
    folder = home / name / "test" / "resources" / "sht_tests"
    if not folder.is_dir():
        home.mkdir(parents=True, exist_ok=True)
        wanted = f"pyshacl=={version('pyshacl')}"
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "pyshacl", wanted, "--dest", str(home)]
        subprocess.run(command, check=True)
        with tarfile.open(home / f"{name}.tar.gz") as archive:
            members = [m for m in archive.getmembers() if "/test/resources/sht_tests/" in m.name and m.isfile()]
            archive.extractall(home, members, filter="data")
    return folder


@cache
def cases() -> tuple[tuple[str, Path, Path, Path], ...]:
    """Return (name, manifest, data, shapes) of every case, sorted."""
    found = []
    for path in sorted(suite().rglob("*.ttl")):
        graph = Graph().parse(path, format="turtle", publicID=path.as_uri())
        for entry in graph.subjects(RDF.type, SHT.Validate):
            action = graph.value(entry, MF.action)
            data, shapes = (Path(str(graph.value(action, SHT[name])).removeprefix("file://")) for name in ("dataGraph", "shapesGraph"))
            found.append((path.relative_to(suite()).with_suffix("").as_posix(), path, data, shapes))
    return tuple(found)


def told(graph: Graph, report: Node) -> Counter[tuple[str, ...]]:
    """Return each result of a report as text; blank nodes are told by what they are, not by their labels."""
    return Counter(tuple(text(graph, graph.value(result, SH[part])) for part in PARTS) for result in graph.objects(report, SH.result))


def text(graph: Graph, node: Node | None, depth: int = 4) -> str:
    if node is None:
        return ""
    if not isinstance(node, BNode):
        return node.n3()
    if depth == 0 or (node, None, None) not in graph:
        return "_"
    if graph.value(node, RDF.first) is not None:
        return "( " + " ".join(text(graph, one, depth - 1) for one in graph.items(node)) + " )"
    steps = [(p, o) for p, o in graph.predicate_objects(node) if "Path" in str(p)]
    return "[" + " ".join(sorted(f"{p.n3()} {text(graph, o, depth - 1)}" for p, o in steps)) + "]" if steps else "_"


def judged(data: Path, shapes: Path, home: Path) -> tuple[Graph, Graph]:
    """Return our report, written and read again, and the report of pySHACL alone."""
    from pyshacl import validate as pyshacl_validate

    graphs = [parsed(str(path)) for path in (data, shapes)]
    results, _ = run(graphs[0], graphs[1])
    graphs[0].serialize(home / "data.nt", format="nt")
    places = Places(load_data(home / "data.nt"))
    findings = with_keys([_finding(ShaclResult(**one), places) for one in results], places)
    (home / "report.ttl").write_text(shacl_report(findings), encoding="utf-8")
    ours = parsed(str(home / "report.ttl"))
    _, theirs, _ = pyshacl_validate(graphs[0], shacl_graph=graphs[1], inference="none", advanced=False)
    return ours, theirs


def test_the_suite_is_whole() -> None:
    assert len(cases()) >= 118


@pytest.mark.parametrize("part", ["core", "sparql"])
def test_nothing_is_lost_and_what_the_suite_expects_is_found(part: str, tmp_path: Path) -> None:
    lost, wrong = [], []
    for name, manifest, data, shapes in cases():
        if not name.startswith(part):
            continue
        expected = parsed(str(manifest))
        result = next(iter(expected.objects(None, MF.result)))
        try:
            ours, theirs = judged(data, shapes, tmp_path)
        except Exception as error:
            if result != SHT.Failure:
                wrong.append(f"{name}: {type(error).__name__} {error}")
            continue
        reports = [next(graph.subjects(RDF.type, SH.ValidationReport)) for graph in (ours, theirs)]
        if told(ours, reports[0]) != told(theirs, reports[1]) or messages(ours) != messages(theirs):
            lost.append(name)
        if result == SHT.Failure or told(ours, reports[0]) != told(expected, result):
            wrong.append(name)
    assert lost == []
    assert {said.partition(": ")[0] for said in wrong} <= OPTIONAL


def messages(graph: Graph) -> Counter[str]:
    return Counter(str(text) for text in graph.objects(None, SH.resultMessage))


def test_a_message_keeps_its_language(tmp_path: Path) -> None:
    (tmp_path / "s.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> .
ex:S a sh:NodeShape ; sh:targetNode ex:a ;
  sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:message "缺少"@zh , "missing"@en ] ;
  sh:sparql [ a sh:SPARQLConstraint ; sh:message "{?value} 不对"@zh , "{?value} is wrong"@en ;
    sh:select "SELECT $this ?value WHERE { $this <http://example.org/q> ?value }" ] .
""",
        encoding="utf-8",
    )
    (tmp_path / "d.ttl").write_text('@prefix ex: <http://example.org/> . ex:a ex:q "字"@zh .\n', encoding="utf-8")
    graphs = [Graph().parse(tmp_path / name, format="turtle") for name in ("d.ttl", "s.ttl")]
    results, _ = run(*graphs)
    assert sorted(message for result in results for message in result["messages"]) == [
        ("missing", "en"),
        ("字 is wrong", "en"),
        ("字 不对", "zh"),
        ("缺少", "zh"),
    ]
    assert {URIRef(result["component"].strip("<>")) for result in results} == {
        SH.MinCountConstraintComponent,
        SH.SPARQLConstraintComponent,
    }
