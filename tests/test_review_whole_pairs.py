"""Whether a document is based on another at all is for people to say: by page or table, kept to the words, read back by every build."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from review_workspace import LOWER, NATIONAL, ROWS, UPPER, make_workspace
from test_review_build import code, facts

from lineage.review import desk
from lineage.review.intake import import_table
from lineage.review.log import read_log
from lineage.review.report import make_report
from lineage.review.sample import draw_sample
from lineage.review.sheet import make_tables, to_tsv
from lineage.review.workbook import to_xlsx
from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.errors import BadDecision
from zhengmai.store import open_store
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
PAIR = f"{LOWER}--{UPPER}"
NODE = f"pair/{PAIR}"
STRANGERS = (
    ("1", "河道治理", "每年清理河道淤泥两次并公示结果，由区水务局组织验收。", "水务处"),
    ("2", "河道治理", "对沿河排污口逐一登记造册，限期封堵非法排口。", "水务处"),
    ("3", "推进决策公开", "重大决策作出后，应当在二十个工作日内向社会公布决策结果和依据。", "办公室"),
)


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "ws")


def implemented(ws: Workspace) -> int:
    return sum(1 for _ in open_store(ws).query("SELECT ?t WHERE { ?t <https://w3id.org/zhengmai/ns#implements> ?s }"))  # type: ignore[union-attr]


def test_a_pair_people_reject_has_no_links_and_keeps_what_the_rule_said(ws: Workspace) -> None:
    assert implemented(ws) > 0
    desk.decide(ws, PAIR, "rejected", reviewer="张三", on=DAY, comment="另有依据")
    build(ws)
    assert implemented(ws) == 0
    said = facts(ws, NODE)
    assert {
        ("verdict", code("verdict", "no")),
        ("machineVerdict", code("verdict", "yes")),
        ("decidedBy", code("decided-by", "person")),
        ("reviewer_id", "person/%E5%BC%A0%E4%B8%89"),
        ("comment", "另有依据"),
    } <= said
    assert ("reason", "人工复核：下级文件不以上级文件为依据。") in said
    assert not [value for name, value in facts(ws, f"doc/{LOWER}") if name == "concludedBasis"]
    assert [f for f in validate_store(load_data(ws.built_dir / "current" / "graph.nq")) if f.severity == "violation"] == []


def test_a_link_people_accepted_does_not_stand_in_a_pair_they_rejected(ws: Workspace) -> None:
    desk.decide(ws, f"{LOWER}.3--{UPPER}.1.2.s1", "accepted", reviewer="张三", on=DAY)
    desk.decide(ws, PAIR, "rejected", reviewer="张三", on=DAY)
    build(ws)
    assert implemented(ws) == 0


def test_a_pair_the_rule_turned_down_is_aligned_when_people_say_it_is_based(tmp_path: Path) -> None:
    ws = make_workspace(tmp_path / "ws", rows=STRANGERS[:2])
    assert ("verdict", code("verdict", "no")) in facts(ws, NODE)
    make_workspace(tmp_path / "ws", rows=STRANGERS)
    before = facts(ws, NODE)
    desk.decide(ws, PAIR, "accepted", reviewer="张三", on=DAY)
    build(ws)
    assert ("verdict", code("verdict", "yes")) in facts(ws, NODE)
    assert ("implements", f"doc/{UPPER}/sentence/1.1.s1") in facts(ws, f"doc/{LOWER}/task/3")
    assert before != facts(ws, NODE)


def test_unsure_and_disputed_leave_it_unclear_and_an_adjudication_settles_it(ws: Workspace) -> None:
    desk.decide(ws, PAIR, "unsure", reviewer="张三", on=DAY)
    build(ws)
    assert ("verdict", code("verdict", "unclear")) in facts(ws, NODE) and implemented(ws) == 0
    desk.decide(ws, PAIR, "rejected", reviewer="李四", on=DAY)
    build(ws)
    assert ("verdict", code("verdict", "unclear")) in facts(ws, NODE)
    desk.adjudicate(ws, PAIR, "accepted", reviewer="王五", on=DAY)
    build(ws)
    assert {("verdict", code("verdict", "yes")), ("decidedBy", code("decided-by", "adjudicated"))} <= facts(ws, NODE)


def test_other_words_open_it_again_and_the_rule_holds_meanwhile(tmp_path: Path, ws: Workspace) -> None:
    desk.decide(ws, PAIR, "rejected", reviewer="张三", on=DAY)
    make_workspace(tmp_path / "ws", upper=NATIONAL.replace("邀请专家学者参加论证", "邀请专家学者和群众代表参加论证"))
    assert {("verdict", code("verdict", "yes")), ("reopened", "true")} <= facts(ws, NODE)
    assert [case.item.id for case in desk.list_queue(ws, show="reopened", kinds=("pair",))] == [PAIR]


def test_moved_numbers_and_blanks_do_not_open_it_again(tmp_path: Path, ws: Workspace) -> None:
    desk.decide(ws, PAIR, "rejected", reviewer="张三", on=DAY)
    moved = tuple((str(int(n) + 10), task, words, who) for n, task, words, who in ROWS)
    make_workspace(tmp_path / "ws", rows=moved)
    assert ("verdict", code("verdict", "no")) in facts(ws, NODE)


@pytest.mark.parametrize("form", ["tsv", "xlsx"])
def test_a_table_carries_it_there_and_back(ws: Workspace, form: str) -> None:
    tables = make_tables(ws, kinds=("pair",))
    (cells,) = tables.items
    assert (cells["subject_id"], cells["object_id"], cells["predicate_id"]) == (f"doc:{LOWER}", f"doc:{UPPER}", "zm:concludedBasis")
    filled = type(tables)(({**cells, "decision": "rejected"},), ())
    path = ws.path / f"pair.{form}"
    path.write_bytes(to_tsv(filled).encode() if form == "tsv" else to_xlsx(filled))
    if form == "tsv":
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
        row = dict(zip(*csv.reader(lines, delimiter="\t"), strict=True))
        assert row["item_kind"] == "pair"
    taken = import_table(ws, path, reviewer="张三", on=DAY)
    assert [(r.kind, r.lower, r.upper, r.decision, r.machine_status) for r in taken.records] == [
        ("pair", LOWER, UPPER, "rejected", "accepted")
    ]
    assert import_table(ws, path, reviewer="张三", on=DAY).records == ()
    other = make_workspace(ws.path.parent / "other")
    (ws.path / "all.tsv").write_text(to_tsv(make_tables(ws)), encoding="utf-8")
    assert import_table(other, ws.path / "all.tsv").refused == ()
    assert read_log(other.curated_dir).records == read_log(ws.curated_dir).records


@pytest.mark.parametrize("decision", ["edited", "perhaps"])
def test_a_word_that_does_not_fit_is_refused(ws: Workspace, decision: str) -> None:
    with pytest.raises(BadDecision):
        desk.decide(ws, PAIR, decision, reviewer="张三", on=DAY)  # type: ignore[arg-type]
    with pytest.raises(BadDecision):
        desk.decide(ws, PAIR, "accepted", reviewer="张三", on=DAY, relation="verbatim")


@pytest.mark.parametrize(
    ("subject", "object_"),
    [
        (f"doc:{LOWER}", f"doc:{UPPER}/sentence/1.2.s1"),
        (f"doc:{LOWER}/task/3", f"doc:{UPPER}"),
        ("doc:nobody", f"doc:{UPPER}"),
    ],
)
def test_a_document_beside_a_sentence_is_no_item(ws: Workspace, subject: str, object_: str) -> None:
    (cells,) = make_tables(ws, kinds=("pair",)).items
    bad = {**cells, "decision": "rejected", "subject_id": subject, "object_id": object_}
    path = ws.path / "bad.tsv"
    path.write_text(to_tsv(type(make_tables(ws))((bad, {**cells, "decision": "rejected"}), ())), encoding="utf-8")
    taken = import_table(ws, path, reviewer="张三", on=DAY)
    assert len(taken.refused) == 1 and len(taken.records) == 1


def test_figures_and_samples_are_of_links_and_gaps_alone(ws: Workspace) -> None:
    desk.decide(ws, PAIR, "rejected", reviewer="张三", on=DAY)
    assert make_report(ws, times=1).codings == 0
    assert PAIR not in draw_sample(ws, n=50, seed=1)
