"""The W3C's protocol tests by their names: their archive holds no more than these names and one line about each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from endpoint_client import Answer, ask
from test_endpoint_writing import TOKEN, workspace, writable

from zhengmai.workspace import Workspace

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
DATA = [f"http://kasei.us/2009/09/sparql/data/data{n}.rdf" for n in range(4)]
TYPE, DOCUMENT = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://xmlns.com/foaf/0.1/Document>"
HERE = "http://example.org/protocol-update-dataset-test/"
INSERT = f"INSERT {{ GRAPH <{HERE}> {{ ?s a <http://purl.org/dc/terms/BibliographicResource> }} }}"
RESULTS = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
GRAPHS = ("text/turtle", "application/rdf+xml", "application/n-triples")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return workspace(tmp_path_factory.mktemp("w3c"), *(f"<{iri}> {TYPE} {DOCUMENT} <{iri}> ." for iri in DATA))


@pytest.fixture(scope="module")
def address(home: Workspace) -> Iterator[str]:
    with writable(home) as found:
        yield found


def send(address: str, kind: str | None, body: bytes | None, *fields: tuple[str, str], method: str = "POST", accept: str = "*/*") -> Answer:
    headers = {"Accept": accept, "Authorization": f"Bearer {TOKEN}"} | ({"Content_Type": kind} if kind else {})
    path = "/sparql" + (f"?{urlencode(fields)}" if fields else "")
    return ask(address, method=method, path=path, body=body, **headers)


def post(address: str, *fields: tuple[str, str]) -> Answer:
    return send(address, FORM, urlencode(fields).encode())


def get(address: str, *fields: tuple[str, str], accept: str = "*/*") -> Answer:
    return send(address, None, None, *fields, method="GET", accept=accept)


def truth(found: Answer) -> bool:
    assert found.status == 200
    return bool(json.loads(found.body)["boolean"])


default = [("default-graph-uri", iri) for iri in DATA]
named = [("named-graph-uri", iri) for iri in DATA]
both = f"ASK {{ <{DATA[1]}> a {DOCUMENT} . <{DATA[2]}> a {DOCUMENT} }}"
apart = f"ASK {{ GRAPH ?g {{ <{DATA[1]}> a {DOCUMENT} }} GRAPH ?h {{ <{DATA[2]}> a {DOCUMENT} }} FILTER(?g != ?h) }}"
full = f"ASK {{ GRAPH ?g {{ ?x a {DOCUMENT} }} <{DATA[3]}> a {DOCUMENT} MINUS {{ GRAPH <{DATA[3]}> {{ ?x ?y ?z }} }} }}"
from_one = f"ASK FROM <{DATA[0]}> {{ <{DATA[1]}> a {DOCUMENT} }}"


def test_queries(address: str) -> None:
    assert truth(post(address, ("query", "ASK {}")))  # query_post_form
    assert truth(get(address, ("query", "ASK {}")))  # query_get
    assert truth(send(address, QUERY, b"ASK {}"))  # query_post_direct
    assert truth(get(address, ("query", both), *default[1:3]))  # query_dataset_default_graphs_get
    assert truth(post(address, ("query", both), *default[1:3]))  # query_dataset_default_graphs_post
    assert not truth(post(address, ("query", both), default[1]))
    assert truth(get(address, ("query", apart), *named[1:3]))  # query_dataset_named_graphs_get
    assert truth(post(address, ("query", apart), *named[1:3]))  # query_dataset_named_graphs_post
    assert truth(send(address, QUERY, apart.encode(), *named[1:3]))
    assert truth(get(address, ("query", full), default[3], *named[1:3]))  # query_dataset_full
    assert truth(get(address, ("query", from_one), default[1]))  # query_multiple_dataset
    assert not truth(get(address, ("query", from_one)))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (1 AS ?x) {}", RESULTS),
        ("ASK {}", RESULTS[:2]),
        (f"DESCRIBE <{DATA[0]}>", GRAPHS),
        (f"CONSTRUCT {{ <s> <p> 1 }} WHERE {{ ?x a {DOCUMENT} }}", GRAPHS),
    ],
)
def test_query_content_types(address: str, query: str, expected: tuple[str, ...]) -> None:
    assert get(address, ("query", query)).headers["content-type"].partition(";")[0] in expected
    for media_type in expected:
        assert get(address, ("query", query), accept=media_type).headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize(
    ("kind", "body", "fields", "method"),
    [
        (None, None, [("query", "ASK {}")], "PUT"),  # bad_query_method
        (None, None, [("query", "ASK {}"), ("query", "SELECT * {}")], "GET"),  # bad_multiple_queries
        ("text/plain", b"ASK {}", [], "POST"),  # bad_query_wrong_media_type
        (None, b"query=ASK%20%7B%7D", [], "POST"),  # bad_query_missing_form_type
        (None, b"ASK {}", [], "POST"),  # bad_query_missing_direct_type
        (f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16"), [], "POST"),  # bad_query_non_utf8
        (None, None, [("query", "ASK {")], "GET"),  # bad_query_syntax
        (None, None, [("update", "CLEAR ALL")], "GET"),  # bad_update_get
        (FORM, b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", [], "POST"),  # bad_multiple_updates
        ("text/plain", b"CLEAR NAMED", [], "POST"),  # bad_update_wrong_media_type
        (None, b"update=CLEAR%20NAMED", [], "POST"),  # bad_update_missing_form_type
        (f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16"), [], "POST"),  # bad_update_non_utf8
        (UPDATE, b"CLEAR XYZ", [], "POST"),  # bad_update_syntax
    ],
)
def test_what_is_bad_is_refused(address: str, kind: str | None, body: bytes | None, fields: list[tuple[str, str]], method: str) -> None:
    assert 400 <= send(address, kind, body, *fields, method=method).status < 500


def test_updates(address: str, home: Workspace) -> None:
    assert post(address, ("update", "CLEAR ALL")).status == 204  # update_post_form
    assert send(address, UPDATE, b"CLEAR ALL").status == 204  # update_post_direct
    where = f"{INSERT} WHERE {{ ?s a {DOCUMENT} }}"
    inside = f"SELECT ?s {{ GRAPH <{HERE}> {{ ?s ?p ?o }} }} ORDER BY ?s"

    def made(update: str, *fields: tuple[str, str]) -> list[str]:
        assert post(address, ("update", f"DROP SILENT GRAPH <{HERE}> ; {update}"), *fields).status == 204
        return [row["s"] for row in get(address, ("query", inside)).rows]

    using = [("using-graph-uri", iri) for iri in DATA]
    using_named = [("using-named-graph-uri", iri) for iri in DATA]
    of_graphs = f"{INSERT} WHERE {{ GRAPH ?g {{ ?s a {DOCUMENT} }} }}"
    of_both = f"{INSERT} WHERE {{ {{ ?s a {DOCUMENT} }} UNION {{ GRAPH ?g {{ ?s a {DOCUMENT} }} }} }}"
    assert made(where, using[1]) == DATA[1:2]  # update_dataset_default_graph
    assert made(where, *using[1:3]) == DATA[1:3]  # update_dataset_default_graphs
    assert made(of_graphs, *using_named[1:3]) == DATA[1:3]  # update_dataset_named_graphs
    assert made(of_both, using[0], *using_named[1:3]) == DATA[:3]  # update_dataset_full
    conflict = post(address, ("update", f"{INSERT} USING <{DATA[0]}> WHERE {{ ?s ?p ?o }}"), using[1])
    assert conflict.status == 400  # bad_update_dataset_conflict
    based = f"DROP SILENT GRAPH <{HERE}> ; INSERT DATA {{ GRAPH <{HERE}> {{ <http://e/s> <http://e/p> <test> }} }}"
    assert post(address, ("update", based)).status == 204  # update_base_uri
    assert truth(get(address, ("query", f"ASK {{ GRAPH <{HERE}> {{ ?s ?p ?o FILTER(STRENDS(STR(?o), '/test')) }} }}")))
    assert Path(home.path / "user" / "graphs.nq").read_text(encoding="utf-8").count("\n") == 1
