"""Shared text in the built graph: with the upper text told apart, without direction unless dates decide, and never a link."""

from __future__ import annotations

from pathlib import Path

from chain_workspace import ask, workspace_of
from seed_graph import seed_store
from test_compare import EAST, UPPER, WEST

from lineage.sideways.nearest import runs_of, worth_comparing
from loaders.extract import extract_bytes
from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.workspace import Workspace

NODE = "https://w3id.org/zhengmai/id/sharing/east--west"
SOUTH = """南区河道管理工作要点

一、清淤
（一）每年清理河道淤泥两次并公示结果，由区水务局组织验收。
"""
TEXTS = {"upper": ("city", UPPER), "east": ("county", EAST), "west": ("county", WEST), "south": ("county", SOUTH)}


def built(folder: Path, **texts: str) -> Workspace:
    ws = workspace_of(folder, {slug: (level, texts.get(slug, text)) for slug, (level, text) in TEXTS.items()})
    build(ws)
    return ws


def test_what_only_the_two_have_is_told_from_what_both_took_from_above(tmp_path: Path) -> None:
    ws = built(tmp_path / "ws")
    node = f"<{NODE}> zm:onlyTheseCount ?only ; zm:alteredAlikeCount ?alike ; zm:fromUpperCount ?above"
    counts = f"SELECT ?only ?alike ?above ?upper ?first WHERE {{ {node} ; zm:upperDocument ?upper ; zm:earlierDocument ?first }}"
    assert ask(ws, counts) == [("32", "2", "30", "doc/upper", "doc/east")]
    passages = ask(ws, f"SELECT ?o ?q WHERE {{ <{NODE}> zm:hasPassage ?p . ?p zm:origin ?o ; zm:quote ?q }} ORDER BY ?q")
    assert [(o.rpartition("/")[2], q) for o, q in passages] == [
        ("altered-alike", "30"),
        ("only-these", "建立邻里互助食堂和银龄时间银行，由街道统一登记服务时长并按季公示"),
    ]


def test_it_is_said_both_ways_and_is_no_link(tmp_path: Path) -> None:
    ws = built(tmp_path / "ws")
    shared = ask(
        ws, "SELECT ?a ?b WHERE { ?a zm:sharesTextWith ?b FILTER(!CONTAINS(STR(?a), 'upper') && !CONTAINS(STR(?b), 'upper')) } ORDER BY ?a"
    )
    assert shared == [("doc/east", "doc/west"), ("doc/west", "doc/east")]
    assert ask(ws, "SELECT ?t WHERE { ?t zm:implements ?s . ?s zm:isPartOf+ <https://w3id.org/zhengmai/id/doc/west> }") == []
    assert [f for f in validate_store(load_data(ws.built_dir / "current" / "graph.nq")) if f.severity == "violation"] == []


def test_without_dates_there_is_no_first(tmp_path: Path) -> None:
    ws = built(tmp_path / "ws", east=EAST.replace("（2023年5月10日）\n", ""))
    assert ask(ws, f"SELECT ?first WHERE {{ <{NODE}> zm:earlierDocument ?first }}") == []
    assert len(ask(ws, f"SELECT ?d WHERE {{ <{NODE}> zm:sharedBy ?d }}")) == 2


def test_two_that_share_only_what_is_from_above_are_not_listed() -> None:
    same = "（一）新建住宅小区按照每百户不少于20平方米的标准配建社区养老服务用房。\n"
    texts = {"upper": UPPER, "east": f"东区方案\n\n一、任务\n{same}", "west": f"西区计划\n\n一、措施\n{same}"}
    runs = {slug: runs_of(extract_bytes(text.encode(), f"{slug}.txt")) for slug, text in texts.items()}
    assert worth_comparing(runs, {"east": ["upper"], "west": ["upper"]}) == []
    assert worth_comparing(runs, {}) == [("east", "upper"), ("east", "west"), ("upper", "west")]


def test_wording_very_many_have_is_a_phrase_and_each_document_keeps_its_nearest() -> None:
    runs = {f"d{n:02}": frozenset({1, *range(n, n + 2)}) for n in range(100, 130)}
    found = worth_comparing(runs, {})
    assert ("d100", "d101") in found and ("d100", "d129") not in found
    close = {f"d{n}": frozenset(range(1000)) | {2000 + n} for n in range(12)}
    assert max(sum(slug in pair for pair in worth_comparing(close, {})) for slug in close) <= 11


def test_the_seeds_share_what_one_took_from_the_other_and_hechi_nothing_of_weight() -> None:
    store = seed_store().store
    head = "PREFIX zm: <https://w3id.org/zhengmai/ns#> "
    rows = store.query(head + "SELECT ?a ?b WHERE { ?a zm:sharesTextWith ?b } ORDER BY ?a", use_default_graph_as_union=True)
    found = [tuple(term.value.rpartition("/")[2] for term in row) for row in rows]  # type: ignore[union-attr]
    assert found == [("gz-stb-openness-tasks", "sat-20170427-openness"), ("sat-20170427-openness", "gz-stb-openness-tasks")]
