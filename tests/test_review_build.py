"""What people decided holds in every build: it overrides the rule, survives a new reading, and opens again when words change."""

from __future__ import annotations

from pathlib import Path

import pytest
from review_workspace import LOWER, NATIONAL, ROWS, UPPER, make_workspace

from lineage.relation import codebook_version
from lineage.review import desk
from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.store import open_store
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
LINK = f"{LOWER}.3--{UPPER}.1.2.s1"
ID = "https://w3id.org/zhengmai/id/"
ZM = "https://w3id.org/zhengmai/ns#"


def facts(ws: Workspace, subject: str) -> set[tuple[str, str]]:
    """Return (last part of the property, value) of everything said about a node."""
    rows = open_store(ws).query(f"SELECT ?p ?o WHERE {{ <{ID}{subject}> ?p ?o }}")
    return {(str(row["p"].value).replace("#", "/").rsplit("/", 1)[1], str(row["o"].value).removeprefix(ID)) for row in rows}  # type: ignore[union-attr]


def code(scheme: str, own: str) -> str:
    return f"https://w3id.org/zhengmai/scheme/{scheme}/{own}"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "ws")


def test_the_graph_says_who_decided(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", relation="extended", reviewer="张三", on=DAY, comment="多出企业代表")
    build(ws)
    said = facts(ws, f"alignment/{LINK}")
    assert {
        ("status", code("status", "accepted")),
        ("decidedBy", code("decided-by", "person")),
        ("relationType", code("relation-type", "extended")),
        ("reviewer_id", "person/%E5%BC%A0%E4%B8%89"),
        ("review_date", DAY),
        ("codebookVersion", codebook_version()),
        ("comment", "多出企业代表"),
    } <= said
    assert facts(ws, "person/%E5%BC%A0%E4%B8%89") == {("prefLabel", "张三")}


def test_a_rejected_link_implements_nothing_and_its_sentence_is_uncovered(ws: Workspace) -> None:
    task = f"doc/{LOWER}/task/3"
    assert ("implements", f"doc/{UPPER}/sentence/1.2.s1") in facts(ws, task)
    desk.decide(ws, LINK, "rejected", reviewer="张三", on=DAY)
    build(ws)
    assert not [value for name, value in facts(ws, task) if name == "implements"]
    assert ("status", code("status", "rejected")) in facts(ws, f"alignment/{LINK}")
    assert ("nearestTask", task) in facts(ws, f"gap/{UPPER}.1.2.s1--{LOWER}")
    violations = [f for f in validate_store(load_data(open_store(ws).path / "graph.nq")) if f.severity == "violation"]
    assert violations == []


def test_a_link_a_reviewer_made_is_in_the_graph_with_its_words(ws: Workspace) -> None:
    item = f"{LOWER}.5--{UPPER}.2.4.s1"
    desk.decide(ws, item, "accepted", relation="adapted", reviewer="张三", on=DAY, task_quotes=["窗口评比活动"])
    build(ws)
    assert ("implements", f"doc/{UPPER}/sentence/2.4.s1") in facts(ws, f"doc/{LOWER}/task/5")
    said = facts(ws, f"alignment/{item}")
    assert ("appliedRule", "https://w3id.org/zhengmai/rule/reviewer-link") in said
    (span,) = [value for name, value in said if name == "taskEvidence"]
    start, end = map(int, span.rsplit("/", 1)[1].split("-"))
    assert desk.read_pairs(ws)[0].tasks["5"].words.endswith("窗口评比活动。") and end - start == len("窗口评比活动")
    assert facts(ws, f"gap/{UPPER}.2.4.s1--{LOWER}") == set()
    assert [f for f in validate_store(load_data(open_store(ws).path / "graph.nq")) if f.severity == "violation"] == []


def test_a_reviewer_explains_a_gap(ws: Workspace) -> None:
    desk.decide(ws, f"{LOWER}--{UPPER}.2.4.s1", "accepted", reason="done-elsewhere", comment="另有热线办法", reviewer="张三", on=DAY)
    build(ws)
    said = facts(ws, f"gap/{UPPER}.2.4.s1--{LOWER}")
    assert {("gapReason", code("gap-reason", "done-elsewhere")), ("decidedBy", code("decided-by", "person"))} <= said


def test_what_is_disputed_is_proposed(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY)
    build(ws)
    assert ("status", code("status", "proposed")) in facts(ws, f"alignment/{LINK}")
    assert not [value for name, value in facts(ws, f"doc/{LOWER}/task/3") if name == "implements"]


def test_decisions_survive_a_new_reading_with_other_numbers(ws: Workspace) -> None:
    desk.decide(ws, LINK, "rejected", reviewer="张三", on=DAY)
    moved = [("1", "综合", "制定年度工作要点并按月调度推进情况。", "办公室"), *((str(int(n) + 1), *rest) for n, *rest in ROWS)]
    make_workspace(ws.path, rows=tuple(moved))  # type: ignore[arg-type]
    case = desk.get_case(ws, f"{LOWER}.4--{UPPER}.1.2.s1")
    assert case is not None and (case.state.status, case.state.decided_by) == ("rejected", "person")
    assert ("status", code("status", "rejected")) in facts(ws, f"alignment/{LOWER}.4--{UPPER}.1.2.s1")


def test_a_new_reading_with_other_blanks_and_width_changes_nothing(ws: Workspace) -> None:
    desk.decide(ws, LINK, "rejected", reviewer="张三", on=DAY)
    make_workspace(ws.path, upper=NATIONAL.replace("建立利益相关方列席会议制度，邀请", "建立利益相关方列席会议制度,邀请"))
    case = desk.get_case(ws, LINK)
    assert case is not None and (case.state.status, case.state.reopened) == ("rejected", ())


def test_changed_words_open_a_decision_again_for_all_to_see(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    make_workspace(ws.path, upper=NATIONAL.replace("邀请专家学者参加论证", "可以邀请专家学者参加论证"))
    case = desk.get_case(ws, LINK)
    assert case is not None and (case.state.status, case.state.decided_by) == ("proposed", "rule")
    assert [(r.decision, r.provision_label) for r in case.state.reopened] == [
        ("accepted", "建立利益相关方列席会议制度，邀请专家学者参加论证。")
    ]
    assert desk.progress(ws).reopened == 1 and [c.item.id for c in desk.list_queue(ws, show="reopened")] == [LINK]
    assert ("reopened", "true") in facts(ws, f"alignment/{LINK}")
    assert not [value for name, value in facts(ws, f"doc/{LOWER}/task/3") if name == "implements"]
    again = desk.decide(ws, LINK, "accepted", reviewer="张三", on="2026-11-23").state
    assert (again.status, again.reopened) == ("accepted", ())


def test_decisions_about_a_row_that_is_gone_are_kept_and_listed(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    make_workspace(ws.path, rows=ROWS[:2])
    assert [(r.task, r.decision) for r in desk.progress(ws).lost] == [("3", "accepted")]


def test_a_build_without_new_decisions_is_the_same_graph(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    assert build(ws).version == build(ws).version
