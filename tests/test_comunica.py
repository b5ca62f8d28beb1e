"""Comunica, another engine that asks endpoints: finds ours by its service description, and joins it with a second one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from comunica import query
from endpoint_client import served
from seed_graph import seed_workspace

ZM = "https://w3id.org/zhengmai/"
TASK = f"{ZM}id/doc/gz-stb-openness-tasks/task/27"
EXPECTED = [f"{ZM}id/doc/sat-20170427-openness/sentence/{n}" for n in ("4.2.s2", "5.2.s1")]
SENTENCES = f"SELECT ?s WHERE {{ <{TASK}> <{ZM}ns#implements> ?s }} ORDER BY ?s"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(seed_workspace().path) as found:
        yield found


@pytest.mark.parametrize("kind", [{}, {"type": "sparql"}])
def test_select(address: str, kind: dict[str, str]) -> None:
    assert [row["s"] for row in query(SENTENCES, {**kind, "value": address})] == EXPECTED


def test_ask_and_construct(address: str) -> None:
    assert query(f"ASK {{ <{TASK}> a <{ZM}ns#Task> }}", {"type": "sparql", "value": address}) is True
    triples = query(f"CONSTRUCT WHERE {{ <{TASK}> <{ZM}ns#implements> ?s }}", {"type": "sparql", "value": address})
    assert sorted(triple[2] for triple in triples) == EXPECTED


def test_a_join_of_two_endpoints(address: str, tmp_path: Path) -> None:
    (tmp_path / "notes.ttl").write_text(f"<{EXPECTED[1]}> <http://e/note> <http://e/已读> .", encoding="utf-8")
    with served(seed_workspace().path, "--data", str(tmp_path / "notes.ttl")) as other:
        text = f"SELECT ?note WHERE {{ <{TASK}> <{ZM}ns#implements> ?s . ?s <http://e/note> ?note }}"
        sources = [{"type": "sparql", "value": one} for one in (address, other)]
        assert query(text, *sources) == [{"note": "http://e/已读"}]


def test_linked_data_by_dereferencing(address: str) -> None:
    page = address.replace("/sparql", "/id/doc/gz-stb-openness-tasks/task/27")
    assert [row["s"] for row in query(SENTENCES, {"type": "file", "value": page})] == EXPECTED
