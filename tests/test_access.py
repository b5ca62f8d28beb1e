"""Nothing of an internal document leaves: not its title, its words, its cells, nor what follows from it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from secret_workspace import WORDS_OF_ITS_OWN, secret_workspace
from seeds import HECHI, NATIONAL, SOURCES

from lineage.reasoning import inferred_lineage
from loaders.extract import extract_file
from zhengmai.access import Shared, internal_slugs, without_internal
from zhengmai.workspace import SourceEntry, Workspace, read_sources


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    return secret_workspace()


def lines_of(workspace: Workspace) -> list[str]:
    return (workspace.built_dir / "current" / "graph.nq").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def shared(workspace: Workspace) -> Shared:
    return without_internal(lines_of(workspace), internal_slugs(read_sources(workspace)), infer=inferred_lineage)


def test_the_internal_document_is_in_the_graph_and_linked(workspace: Workspace) -> None:
    whole = "\n".join(lines_of(workspace))
    assert all(words in whole for words in WORDS_OF_ITS_OWN)
    assert "doc/hush-hush/task/1> <https://w3id.org/zhengmai/ns#implements>" in whole
    assert "ns#access> <https://w3id.org/zhengmai/scheme/access/internal>" in whole


def test_nothing_of_it_is_left(workspace: Workspace, shared: Shared) -> None:
    left = "\n".join(line for line in shared.lines if not line.endswith("graph/ontology> ."))
    assert [words for words in WORDS_OF_ITS_OWN if words in left] == []
    sha256 = next(e.sha256 for e in read_sources(workspace) if e.slug == "hush-hush")
    assert "hush-hush" not in left and sha256[:8] not in left
    public = "".join(extract_file(SOURCES / name).text for name in (NATIONAL, HECHI))
    secret = extract_file(workspace.sources_dir / "secret.txt").text
    runs = {run for at in range(len(secret) - 5) if (run := secret[at : at + 6]) not in public and "\t" not in run and "\n" not in run}
    assert len(runs) > 30 and [run for run in runs if run in left] == []


def test_everything_of_the_others_is_left(workspace: Workspace, shared: Shared) -> None:
    graphs = tuple(f"/graph/{name}" for name in ("doc/upper/", "doc/open-table/", "alignment/open-table--upper>", "ontology>"))
    expected = [line for line in lines_of(workspace) if any(name in line.rsplit(" ", 2)[1] for name in graphs)]
    assert [line for line in expected if line not in set(shared.lines) and "hush-hush" not in line] == []
    assert any("org/" in line and "办公厅" in line and "graph/reference" in line for line in shared.lines)
    assert shared.lines == sorted(set(shared.lines))


def test_it_says_how_many_were_left_out(shared: Shared) -> None:
    assert shared.left_out == ("hush-hush",)
    zh, en = shared.said
    assert "1 份内部文件" in zh and en.startswith("1 internal document,")
    assert Shared([], ("a", "b")).said[1].startswith("2 internal documents,")


def test_asked_for_by_name_it_stays(workspace: Workspace) -> None:
    lines = lines_of(workspace)
    named = without_internal(lines, internal_slugs(read_sources(workspace)), infer=inferred_lineage, named=["hush-hush"])
    assert (named.lines, named.left_out, named.said) == (sorted(lines), (), ("", ""))


def test_what_the_graph_calls_internal_stays_here_whatever_the_list_says_now(workspace: Workspace) -> None:
    assert without_internal(lines_of(workspace), [], infer=inferred_lineage).left_out == ("hush-hush",)


def test_access_is_internal_unless_said() -> None:
    entry = SourceEntry("a", Path("a"), "", "", None, None, "", "", "", "internal", ())
    assert internal_slugs([entry]) == {"a"}
    assert internal_slugs([entry], named=["a"]) == frozenset()


def quad(subject: str, predicate: str, value: str, graph: str) -> str:
    base = "https://w3id.org/zhengmai/"
    return f"<{base}id/{subject}> <{base}ns#{predicate}> <{base}id/{value}> <{base}graph/{graph}> ."


def test_a_chain_through_an_internal_document_is_not_shown_by_its_ends() -> None:
    """county → city (internal) → nation: that the county's task traces to the nation follows from the city's document alone."""
    through = quad("doc/county/task/1", "tracesTo", "doc/nation/clause/1", "inferred/lineage")
    given: list[str] = []

    def infer(lines: Iterable[str]) -> list[str]:
        given.extend(lines)
        return []

    lines = [
        quad("doc/county/task/1", "taskOf", "doc/county", "doc/county/asserted"),
        quad("doc/county", "carriesOut", "doc/city", "doc/county/asserted"),
        quad("doc/city/task/1", "taskOf", "doc/city", "doc/city/asserted"),
        quad("doc/county/task/1", "implements", "doc/city/clause/1", "alignment/county--city"),
        quad("doc/city/clause/1", "implements", "doc/nation/clause/1", "alignment/city--nation"),
        through,
    ]
    assert without_internal(lines, ["city"], infer=infer).lines == [lines[0]]
    assert given == [lines[0]]


def test_a_slug_inside_another_is_not_taken_for_it() -> None:
    lines = [quad("doc/city/task/1", "taskOf", "doc/city", "doc/city/asserted"), quad("doc/city-2", "source", "x/1", "doc/city-2/asserted")]
    assert without_internal(lines, ["city"], infer=lambda _: []).lines == [lines[1]]
