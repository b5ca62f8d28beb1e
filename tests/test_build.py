"""The build: the same input gives the same bytes, only what changed is read again, and a fault leaves the old graph whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from seeds import ROOT

from ontology.terms import SCHEMES
from zhengmai.store import open_store
from zhengmai.workspace import Workspace


def zhengmai(workspace: Path, *args: str, seed: str = "0") -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "ZHENGMAI_WORKSPACE": str(workspace), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "zhengmai", *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=180, check=False)


def copy_workspace(to: Path) -> Path:
    shutil.copytree(ROOT / "graph_data", to, ignore=shutil.ignore_patterns("built"))
    return to


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    workspace = copy_workspace(tmp_path_factory.mktemp("built") / "ws")
    done = zhengmai(workspace, "build")
    assert done.returncode == 0, done.stderr
    return workspace


def ask(workspace: Path, sparql: str) -> list[tuple[str, ...]]:
    solutions = open_store(Workspace(workspace)).query("PREFIX zm: <https://w3id.org/zhengmai/ns#> " + sparql)
    return [tuple(term.value if term else "" for term in row) for row in solutions]  # type: ignore[union-attr]


def graph_of(workspace: Path) -> bytes:
    return (workspace / "built" / "current" / "graph.nq").read_bytes()


def test_two_builds_are_byte_identical_whatever_the_hash_seed(built: Path, tmp_path: Path) -> None:
    other = copy_workspace(tmp_path / "elsewhere")
    assert zhengmai(other, "build", seed="4711").returncode == 0
    assert graph_of(other) == graph_of(built)


def test_the_graph_has_no_blank_nodes_and_is_sorted(built: Path) -> None:
    lines = graph_of(built).decode().splitlines()
    assert not [line for line in lines if line.startswith("_:") or " _:" in line.split('"')[0]]
    assert lines == sorted(set(lines))


def test_an_unchanged_build_reads_nothing_again(built: Path) -> None:
    done = zhengmai(built, "build", "--lang", "en")
    assert "(0 read again)" in done.stdout


def test_named_graphs_are_those_of_the_design(built: Path) -> None:
    lines = graph_of(built).decode().splitlines()
    graphs = {line.rsplit("<", 1)[1].removesuffix("> .").removeprefix("https://w3id.org/zhengmai/graph/") for line in lines}
    documents = ("sat-20170427-openness", "gz-stb-openness-tasks", "hechi-three-systems-tasks")
    expected = {"reference", "ontology", "inferred/lineage", "sharing"}
    expected |= {f"doc/{slug}/{kind}" for slug in documents for kind in ("asserted", "inferred", "findings", "provenance")}
    expected |= {f"alignment/{lower}--sat-20170427-openness" for lower in documents[1:]}
    assert graphs <= expected and len(graphs) >= len(expected) - 2  # a document without inferences or changed cells has no such graph


def test_every_literal_of_a_task_leads_to_its_cell(built: Path) -> None:
    rows = ask(
        built,
        """PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?cell WHERE {
          <https://w3id.org/zhengmai/id/doc/gz-stb-openness-tasks/task/27> zm:hasMeasure ?m . ?m prov:wasQuotedFrom ?cell }""",
    )
    assert [cell.rsplit("/source/", 1)[1] for (cell,) in rows] == ["gz-stb-openness-tasks/118a6052/table/1/row/29/cell/4"]
    missing = ask(
        built,
        """PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?x WHERE { { ?x a zm:Participation } UNION { ?x a zm:Deadline } FILTER NOT EXISTS { ?x prov:wasDerivedFrom ?cell } }""",
    )
    assert missing == []


def test_row_27_traces_up_to_the_central_documents(built: Path) -> None:
    rows = ask(
        built,
        """PREFIX eli: <http://data.europa.eu/eli/ontology#>
        SELECT ?number WHERE {
          <https://w3id.org/zhengmai/id/doc/gz-stb-openness-tasks/task/27> zm:tracesTo ?d . ?d a zm:PolicyDocument ; eli:number ?number }
        ORDER BY ?number""",
    )
    assert {number for (number,) in rows} == {"中办发〔2016〕8号", "国办发〔2016〕80号", "税总发〔2016〕50号"}


def test_hechi_implements_nothing_of_the_openness_measures(built: Path) -> None:
    assert ask(built, "SELECT ?t WHERE { ?t zm:implements ?s FILTER(CONTAINS(STR(?t), '/doc/hechi')) }") == []
    verdicts = ask(built, "SELECT ?low ?v WHERE { ?p a zm:DocumentPair ; zm:lowerDocument ?low ; zm:verdict ?v } ORDER BY ?low")
    assert [(low.rsplit("/", 1)[1], v.rsplit("/", 1)[1]) for low, v in verdicts] == [
        ("gz-stb-openness-tasks", "yes"),
        ("hechi-three-systems-tasks", "no"),
    ]


def test_variants_are_one_department_and_proposals_are_not(built: Path) -> None:
    rows = ask(
        built,
        """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?d WHERE { ?d skos:altLabel "征管科技发展处"@zh ; skos:prefLabel "征管和科技发展处"@zh }""",
    )
    assert [d.rsplit("/id/", 1)[1] for (d,) in rows] == ["org/cn-gz-stb/dept/tax-admin-tech"]


def test_an_alternative_is_two_participations_in_one_group(built: Path) -> None:
    rows = ask(
        built,
        """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?name ?group WHERE { ?p zm:participatesIn <https://w3id.org/zhengmai/id/doc/hechi-three-systems-tasks/task/16> ;
          zm:alternativeGroup ?group ; zm:participant/skos:prefLabel ?name FILTER(LANG(?name) = "zh") } ORDER BY ?name""",
    )
    assert [name for name, _ in rows] == ["其他相关部门", "办公室"] and len({group for _, group in rows}) == 1


def test_rules_named_in_the_graph_are_declared(built: Path) -> None:
    used = {rule.rsplit("/", 1)[1] for (rule,) in ask(built, "SELECT DISTINCT ?r WHERE { ?x zm:appliedRule ?r }")}
    assert used <= set(SCHEMES["rule"])
    assert {"merged-cell-down", "stray-group-label", "footnote-default-support", "year-from-neighbours", "addressee-level"} <= used


def test_dropping_the_inferred_graphs_leaves_every_task_with_a_measure(built: Path) -> None:
    from pyoxigraph import RdfFormat, Store

    store = Store()
    kept = [line for line in graph_of(built).decode().splitlines() if "/inferred" not in line.rsplit("<", 1)[1]]
    store.load("\n".join(kept).encode(), format=RdfFormat.N_QUADS)
    query = "PREFIX zm: <https://w3id.org/zhengmai/ns#> SELECT ?t WHERE { ?t a zm:Task FILTER NOT EXISTS { ?t zm:hasMeasure/zm:text ?x } }"
    assert list(store.query(query, use_default_graph_as_union=True)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda ws: (ws / "sources" / "000_427b2353b7839350.txt").unlink(), "ZM-101"),
        (lambda ws: (ws / "sources.yaml").write_text((ws / "sources.yaml").read_text().replace("issuer:", "isuer:", 1)), "ZM-201"),
        (lambda ws: (ws / "curated" / "slugs.tsv").write_text("label\tslug\n办公厅\n"), "ZM-201"),
    ],
    ids=["missing file", "typo in sources.yaml", "short line in slugs.tsv"],
)
def test_a_fault_is_one_message_and_the_old_graph_stays(built: Path, tmp_path: Path, damage: object, says: str) -> None:
    workspace = tmp_path / "ws"
    shutil.copytree(built, workspace, symlinks=True)
    before = graph_of(workspace)
    damage(workspace)  # type: ignore[operator]
    done = zhengmai(workspace, "build", "--quiet")
    assert done.returncode == 2
    assert done.stderr.startswith(says) and "Traceback" not in done.stderr
    assert graph_of(workspace) == before
