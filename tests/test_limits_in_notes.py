"""A time limit in a provision's note (完成时限：…) is in the graph where it is written, answers questions, and is compared."""

from __future__ import annotations

import pytest
from chain_workspace import ask, workspace_of

from lineage.align import align
from lineage.records import Divergence
from loaders.actors.notes import find_note, note_limits, read_note
from loaders.extract import extract_bytes
from queries.run import run_query
from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.store import open_store
from zhengmai.workspace import Workspace

PROVINCE = """某省推进城市更新实施意见

各市人民政府：

为深入推进城市更新，制定本意见。

一、总体要求
坚持先体检后更新，统筹推进。

二、重点任务
完成时限：2027年底前
（一）开展城市体检。全面开展城市体检评估，形成问题清单。（牵头单位：省住建厅；完成时限：2025年6月底前）
（二）改造老旧小区。推进老旧小区改造，完善配套设施。（省住建厅牵头）
（三）建立机制。建立城市更新项目库，动态调整。（省住建厅负责）

某省人民政府办公厅
2024年3月8日
"""
CITY = """某市推进城市更新实施方案

为贯彻落实《某省推进城市更新实施意见》，制定本方案。

一、总体要求
坚持先体检后更新，统筹推进。

二、重点任务
（一）开展城市体检。全面开展城市体检评估，形成问题清单。（牵头单位：市住建局；责任单位：市规划局；完成时限：2025年底前）
（二）改造老旧小区。推进老旧小区改造，完善配套设施。
牵头单位：市住建局
完成时限：2026年6月底前
（三）建立机制。建立城市更新项目库，动态调整。（市住建局、市发改委，长期坚持）

某市人民政府办公室
2024年10月8日
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = workspace_of(tmp_path_factory.mktemp("notes"), {"province": ("provincial", PROVINCE), "city": ("city", CITY)})
    build(ws)
    return ws


def test_the_limit_of_a_note_stands_on_the_provision_with_its_words_and_place(built: Workspace) -> None:
    found = ask(
        built,
        "SELECT ?part ?raw ?span WHERE { GRAPH <https://w3id.org/zhengmai/graph/doc/city/asserted> "
        "{ ?part zm:hasDeadline ?limit . ?limit zm:rawText ?raw ; <http://www.w3.org/ns/prov#wasDerivedFrom> ?span } } ORDER BY ?part",
    )
    assert [(part, raw) for part, raw, _ in found] == [
        ("doc/city/clause/2.1", "2025年底前"),
        ("doc/city/clause/2.2", "2026年6月底前"),
        ("doc/city/clause/2.3", "长期坚持"),
    ]
    text = extract_bytes(CITY.encode(), "city.txt").text
    for _, raw, span in found:
        start, end = map(int, span.rpartition("/")[2].split("-"))
        assert text[start:end] == raw


def test_sentences_do_not_take_the_limit_of_their_clause(built: Workspace) -> None:
    assert not ask(built, "SELECT ?s WHERE { ?s a zm:Sentence ; zm:hasDeadline ?limit }")


def test_deadline_questions_know_the_limits_of_notes(built: Workspace) -> None:
    store = open_store(built)
    rows = run_query("deadline-calendar", {"document": "city"}, store=store).rows
    assert [(r["task"], r["raw"], r["task_text"]) for r in rows] == [
        ("2.1", "2025年底前", "开展城市体检"),
        ("2.2", "2026年6月底前", "改造老旧小区"),
        ("2.3", "长期坚持", "建立机制"),
    ]
    assert rows[0]["actors"] == "某市住建局|某市规划局"
    due = run_query("due-by", {"date": "2025-12-31", "document": "city"}, store=store).rows
    assert [r["task"] for r in due] == ["2.1"]
    kinds = run_query("deadlines-by-kind", {"document": "province"}, store=store).rows
    assert [(r["deadline_kind"], r["limits"], r["counted"], r["of_tasks"]) for r in kinds] == [("end-of-period", 2, "note", 4)]
    sentences = run_query("sentences-of-clause", {"clause": "province:2"}, store=store).rows
    assert [(r["sentence"], r["deadline"], r["note_deadline"]) for r in sentences] == [
        ("2.1.s1", None, "2025年6月底前；2027年底前"),
        ("2.2.s1", None, "2027年底前"),
        ("2.3.s1", None, "2027年底前"),
    ]


def test_the_shapes_find_no_fault_with_them(built: Workspace) -> None:
    faults = validate_store(load_data(open_store(built).path / "graph.nq"))
    assert not [f for f in faults if f.severity == "violation"]


def _limits() -> list[Divergence]:
    result = align(extract_bytes(PROVINCE.encode(), "p.txt"), extract_bytes(CITY.encode(), "c.txt"))
    return [d for d in result.divergences if d.aspect == "deadline"]


def test_limits_of_notes_are_compared_and_say_whose_note_it_is() -> None:
    found = {d.task: d for d in _limits()}
    assert {task: (d.difference, d.direction) for task, d in found.items()} == {
        "2.1": ("later", "looser"),
        "2.2": ("earlier", "tighter"),
        "2.3": ("gone", "looser"),
    }
    assert found["2.1"].upper[0].quote == "2025年6月底前" and found["2.1"].lower[0].quote == "2025年底前"
    assert found["2.1"].upper_nodes == (("2.1", "deadline/1"),) and found["2.1"].parts["upper_noted"] == "2.1"
    assert found["2.2"].upper[0].quote == "2027年底前" and found["2.2"].parts["upper_inherited"] == "2"
    assert "统一规定" in found["2.2"].reason[0]
    assert found["2.3"].lower[0].quote == "长期坚持"


@pytest.mark.parametrize(
    ("note", "noted"),
    [("市住建局、市发改委，2025年3月底前", True), ("市住建局；长期坚持", True), ("市住建局，2024年3月", False), ("2025年3月底前", False)],
)
def test_names_with_a_limit_behind_them_are_a_note(note: str, noted: bool) -> None:
    assert (find_note(f"建立城市更新项目库，动态调整。（{note}）") is not None) is noted
    if noted:
        assert {m.role for m in read_note(note)} == {"responsible"} and len(note_limits(note)) == 1
