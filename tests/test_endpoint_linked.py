"""Every IRI of ours answers: a page for people, RDF for programs, 404 for what is not there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint_client import ask, served
from rdflib import Graph, URIRef
from seed_graph import seed_workspace

from endpoint.ontology_page import make

TASK = "/id/doc/gz-stb-openness-tasks/task/27"
ZM = "https://w3id.org/zhengmai/"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seed_workspace().path) as found:
        yield found


def test_a_task_is_a_page_with_its_words_and_both_directions(address: str) -> None:
    found = ask(address, path=TASK, Accept="text/html,application/xhtml+xml,*/*;q=0.8")
    text = found.body.decode()
    assert found.headers["content-type"].startswith("text/html")
    assert "加大公开首问责任制" in text and "表1 第29行" in text
    assert 'href="/id/doc/sat-20170427-openness/sentence/5.2.s1"' in text
    assert "承接" in text and "implements" in text and "至此 Incoming" in text
    assert 'rel="alternate"; type="text/turtle"' in found.headers["link"] and found.headers["vary"].startswith("Accept")


@pytest.mark.parametrize(
    ("accept", "syntax"), [("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml"), ("*/*", "turtle")]
)
def test_a_task_is_rdf_too(address: str, accept: str, syntax: str) -> None:
    found = ask(address, path=TASK, Accept=accept)
    graph = Graph().parse(data=found.body, format=syntax)
    task = URIRef(ZM + TASK.lstrip("/"))
    assert (task, URIRef(f"{ZM}ns#implements"), URIRef(f"{ZM}id/doc/sat-20170427-openness/sentence/5.2.s1")) in graph
    assert list(graph.triples((None, URIRef(f"{ZM}ns#alignsTask"), task)))
    assert ask(address, path=found.headers["content-location"]).body == found.body
    assert ask(address, path=TASK, Accept=accept, If_None_Match=found.headers["etag"]).status == 304


@pytest.mark.parametrize("path", ["/id/doc/nothing", "/id/", "/id/%FF", "/id/..%2f..%2fetc", "/id/<script>"])
def test_what_is_not_there_is_404(address: str, path: str) -> None:
    found = ask(address, path=path.replace("<", "%3C").replace(">", "%3E"))
    assert found.status == 404 and found.detail


def test_a_concept_answers(address: str) -> None:
    text = ask(address, path="/scheme/relation-type/verbatim?format=html").body.decode()
    assert "原文沿用" in text and "verbatim" in text


def test_the_ontology_is_a_page_and_rdf(address: str) -> None:
    graph = Graph().parse(data=ask(address, path="/ns", Accept="text/turtle").body, format="turtle")
    assert (URIRef(f"{ZM}ns#implements"), None, None) in graph
    page = ask(address, path="/ns", Accept="text/html")
    assert page.status == 200 and b"implements" in page.body and "承接".encode() in page.body
    assert b'<script src="http' not in page.body and b'<link href="http' not in page.body


def test_the_ontology_s_page_is_made_though_the_installation_is_another_user_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyLODE keeps what it has read in its own package; a service runs as a user who may not write there."""
    import pylode.utils

    package = Path(str(sys.modules["pylode"].__file__)).parent
    used: list[Path] = []

    class Page:
        def __init__(self, **_: object) -> None:
            used.append(pylode.utils.RDF_FOLDER)

        def make_html(self) -> str:
            assert not used[0].is_relative_to(package)
            assert {path.name for path in used[0].iterdir()} == {path.name for path in (package / "rdf").glob("*.ttl")}
            (used[0] / "refs.pickle").write_bytes(b"")
            return "a page"

    monkeypatch.setattr(pylode.utils, "RDF_FOLDER", pylode.utils.RDF_FOLDER)
    monkeypatch.setattr(pylode, "OntPub", Page)
    assert make() == b"a page" and not used[0].exists()
