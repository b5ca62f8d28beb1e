"""Reviewers decide, differ, take back and settle; nothing they said is lost."""

from __future__ import annotations

from multiprocessing import get_context
from pathlib import Path

import pytest
from review_workspace import LOWER, PAIR, UPPER, copy_workspace

from lineage.review import desk, log
from lineage.review.people import reviewer_id
from zhengmai.errors import BadDecision, BadReviewFile, StoreBusy
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
LINK = f"{LOWER}.3--{UPPER}.1.2.s1"
GAP = f"{LOWER}--{UPPER}.2.4.s1"
UNLINKED = f"{LOWER}.5--{UPPER}.2.4.s1"


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    return copy_workspace(tmp_path / "ws")


def state(ws: Workspace, item: str) -> desk.State:
    case = desk.get_case(ws, item)
    assert case is not None
    return case.state


def test_the_queue_holds_every_link_least_sure_first(ws: Workspace) -> None:
    cases = desk.list_queue(ws, reviewer="张三")
    assert sorted(case.item.task for case in cases) == ["1", "2", "3", "4"]
    sure = [case.item.confidence or 0 for case in cases]
    assert sure == sorted(sure) and all(sure)
    assert {case.state.decided_by for case in cases} == {"rule"}
    assert [c.item.id for c in desk.list_queue(ws, kinds=("gap",), order="document")] == [
        f"{LOWER}--{UPPER}.{own}" for own in ("2.3.s2", "2.4.s1", "2.4.s2")
    ]
    assert [c.item.task for c in desk.list_queue(ws, kinds=("no-basis",))] == ["5"]


def test_a_person_overrides_the_rule(ws: Workspace) -> None:
    outcome = desk.decide(ws, LINK, "rejected", reviewer="张三", on=DAY, comment="多出企业代表")
    assert (outcome.state.status, outcome.state.decided_by) == ("rejected", "person")
    assert state(ws, LINK) == outcome.state
    assert {c.item.task for c in desk.list_queue(ws, reviewer="张三")} == {"1", "2", "4"}
    assert {c.item.task for c in desk.list_queue(ws, reviewer="李四")} == {"1", "2", "3", "4"}


def test_unsure_is_no_acceptance(ws: Workspace) -> None:
    assert desk.decide(ws, LINK, "unsure", reviewer="张三", on=DAY).state.status == "proposed"


def test_another_relation_is_an_edit_that_keeps_what_the_machine_said(ws: Workspace) -> None:
    outcome = desk.decide(ws, LINK, "accepted", relation="extended", reviewer="张三", on=DAY)
    (record,) = outcome.records
    assert (record.decision, record.relation) == ("edited", "extended")
    assert (record.machine_relation, record.machine_status) == ("adapted", "accepted")
    assert (outcome.state.status, outcome.state.relation) == ("accepted", "extended")


def test_two_who_agree_are_two_persons(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    assert desk.decide(ws, LINK, "accepted", reviewer="李四", on=DAY).state.decided_by == "two-persons"


def test_two_who_differ_leave_it_open_until_a_third_settles(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    differs = desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY).state
    assert (differs.status, differs.disputed, differs.decided_by) == ("proposed", True, "person")
    assert [c.item.id for c in desk.list_queue(ws, show="disputed")] == [LINK]
    settled = desk.adjudicate(ws, LINK, "accepted", relation="extended", reviewer="王五", on=DAY, comment="增补了主体").state
    assert (settled.status, settled.relation, settled.decided_by) == ("accepted", "extended", "adjudicated")
    assert [(r.reviewer_label, r.decision) for r in settled.firsts] == [("张三", "accepted"), ("李四", "rejected")]


def test_there_is_nothing_to_adjudicate_before_two_have_spoken(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    with pytest.raises(BadDecision, match="two or more"):
        desk.adjudicate(ws, LINK, "rejected", reviewer="王五", on=DAY)
    assert len(log.read_log(ws.curated_dir).records) == 1


def test_a_changed_mind_holds_and_the_first_coding_stays(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    now = desk.decide(ws, LINK, "rejected", reviewer="张三", on="2026-11-23").state
    assert (now.status, now.disputed) == ("rejected", False)
    assert [(r.decision, r.on) for r in now.firsts] == [("accepted", DAY)]


def test_undo_takes_back_only_ones_own_last_word_and_keeps_it_on_file(ws: Workspace) -> None:
    desk.decide(ws, LINK, "rejected", reviewer="张三", on=DAY)
    desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY)
    outcome = desk.undo(ws, reviewer="张三", on=DAY)
    assert outcome is not None and [r.reviewer_label for r in outcome.state.codings] == ["李四"]
    assert desk.undo(ws, reviewer="张三", on=DAY) is None
    kinds = [(r.reviewer_label, r.record_kind) for r in log.read_log(ws.curated_dir).records]
    assert kinds == [("张三", "coding"), ("李四", "coding"), ("张三", "withdrawal")]
    with pytest.raises(BadDecision, match="no decision of this reviewer"):
        desk.undo(ws, reviewer="张三", on=DAY, record=log.read_log(ws.curated_dir).records[1].id)


def test_a_blind_reviewer_sees_the_words_and_nothing_else(ws: Workspace) -> None:
    desk.decide(ws, LINK, "rejected", reviewer="张三", on=DAY)
    case = next(c for c in desk.list_queue(ws, reviewer="李四", blind=True) if c.item.id == LINK)
    assert case.hidden and case.item.task_text and case.item.provision_text
    assert (case.item.confidence, case.item.relation, case.item.status, case.item.features) == (None, "", "none", {})
    assert (case.state.codings, case.state.firsts, case.state.status) == ((), (), "proposed")
    record = desk.decide(ws, LINK, "accepted", relation="extended", reviewer="李四", on=DAY, blind=True).records[0]
    assert (record.decision, record.blind, record.machine_relation) == ("accepted", True, "adapted")


def test_the_last_of_two_tabs_is_told_and_both_are_kept(ws: Workspace) -> None:
    seen = state(ws, LINK).version
    assert desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY, seen=seen).others == ()
    late = desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY, seen=seen)
    assert [(r.reviewer_label, r.decision) for r in late.others] == [("张三", "accepted")]
    assert len(log.read_log(ws.curated_dir).records) == 2 and late.state.disputed


def test_a_page_that_shows_other_words_is_refused(ws: Workspace) -> None:
    with pytest.raises(BadDecision, match="other words than those that were shown"):
        desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY, seen="0123456789ab")
    assert not (ws.curated_dir / log.FILE).exists()


def test_a_reviewer_may_link_what_the_machine_did_not(ws: Workspace) -> None:
    case = desk.get_case(ws, UNLINKED)
    assert case is not None and (case.item.status, case.state.status) == ("none", "none")
    with pytest.raises(BadDecision, match="no relation"):
        desk.decide(ws, UNLINKED, "accepted", reviewer="张三", on=DAY)
    assert desk.decide(ws, UNLINKED, "accepted", relation="adapted", reviewer="张三", on=DAY).state.status == "accepted"
    assert UNLINKED in [c.item.id for c in desk.list_queue(ws, show="decided", reviewer="张三")]


@pytest.mark.parametrize(
    ("item", "values", "said"),
    [
        ("no.1--such.2", {}, "no such item"),
        (LINK, {"relation": "sameAs"}, "relation 'sameAs'"),
        (LINK, {"decision": "maybe"}, "decision 'maybe'"),
        (LINK, {"on": "22/11/2026"}, "a day as 2026-01-31"),
        (LINK, {"reviewer": " "}, "a name of 1 to 80"),
        (LINK, {"reviewer": "0000-0002-1825-0098"}, "check digit"),
        (LINK, {"task_quotes": ["并无此语"]}, "words that stand in its text"),
        (LINK, {"reason": "omitted"}, "reason 'omitted'"),
        (GAP, {"reason": "omitted"}, "omitted without a comment"),
        (GAP, {"relation": "adapted"}, "relation 'adapted'"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_written(ws: Workspace, item: str, values: dict[str, object], said: str) -> None:
    given = {"decision": "accepted", "reviewer": "张三", "on": DAY, **values}
    with pytest.raises(BadDecision, match=said):
        desk.decide(ws, item, **given)  # type: ignore[arg-type]
    assert not (ws.curated_dir / log.FILE).exists()


def test_progress_counts_items(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    desk.decide(ws, f"{LOWER}.1--{UPPER}.1.1.s1", "rejected", reviewer="李四", on=DAY)
    done = desk.progress(ws, pair=PAIR)
    assert (done.items, done.decided, done.open, done.disputed) == (4, 2, 2, 0)
    assert done.by_status == {"person": 1, "rejected": 1, "rule": 2}
    assert sorted(done.by_reviewer.values()) == [1, 1]


def decide_many(path: str, reviewer: str, times: int) -> None:
    for at in range(times):
        desk.decide(Workspace(Path(path)), LINK, "accepted", reviewer=reviewer, on=DAY, comment=f"{reviewer} {at}")


def test_processes_at_the_same_time_lose_nothing(ws: Workspace) -> None:
    workers = [get_context("spawn").Process(target=decide_many, args=(str(ws.path), f"reviewer {n}", 15)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    records = log.read_log(ws.curated_dir).records
    assert sorted(r.comment for r in records) == sorted(f"reviewer {n} {at}" for n in range(3) for at in range(15))
    assert len({r.id for r in records}) == 45


def test_a_writer_who_never_lets_go_is_waited_for_and_then_named(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl
    import os

    monkeypatch.setattr(log, "PATIENCE_S", 0.05)
    handle = os.open(ws.curated_dir, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(StoreBusy, match="nothing was written"):
        desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    os.close(handle)
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)


def test_a_write_that_is_killed_changes_nothing(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    before = (ws.curated_dir / log.FILE).read_bytes()

    def killed(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(log.os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        desk.decide(ws, LINK, "rejected", reviewer="李四", on=DAY)
    assert (ws.curated_dir / log.FILE).read_bytes() == before
    assert [p.name for p in ws.curated_dir.iterdir()] == [log.FILE]


def test_bad_rows_cost_no_good_one_and_stay_in_the_file(ws: Workspace) -> None:
    for name in ("张三", "李四"):
        desk.decide(ws, LINK, "accepted", reviewer=name, on=DAY, comment='两行\n“备注” "quoted"')
    path = ws.curated_dir / log.FILE
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [at for at, line in enumerate(lines) if line.startswith("review:")]
    bad = ["review:00000000000000aa\tdoc:x\n", 'review:00000000000000ab\t"never closed\t' + "\t" * 28 + "\n"]
    path.write_text("".join([*lines[: rows[1]], *bad, *lines[rows[1] :]]), encoding="utf-8")
    desk.decide(ws, LINK, "accepted", reviewer="王五", on=DAY)
    read = log.read_log(ws.curated_dir)
    assert [r.reviewer_label for r in read.records] == ["张三", "李四", "王五"]
    assert [fault.row for fault in read.faults] == [rows[1] + 1, rows[1] + 2]
    assert "列" in read.faults[0].zh and "columns" in read.faults[0].en
    assert "".join(bad) in path.read_text(encoding="utf-8")


def test_a_file_that_is_no_table_is_named_and_left_alone(ws: Workspace) -> None:
    path = ws.curated_dir / log.FILE
    path.write_text("<html>", encoding="utf-8")
    with pytest.raises(BadReviewFile, match="no column"):
        desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    assert path.read_text(encoding="utf-8") == "<html>"


@pytest.mark.parametrize(
    ("name", "own"),
    [
        ("张三", "person:%E5%BC%A0%E4%B8%89"),
        ("person:%E5%BC%A0%E4%B8%89", "person:%E5%BC%A0%E4%B8%89"),
        (" Li  Ming ", "person:li-ming"),
        ("https://orcid.org/0000-0001-5109-3700", "orcid:0000-0001-5109-3700"),
        ("0000-0002-1694-233x", "orcid:0000-0002-1694-233X"),
    ],
)
def test_a_reviewer_has_one_id(name: str, own: str) -> None:
    assert reviewer_id(name)[0] == own


def test_decisions_about_documents_that_are_not_there_are_listed_and_harm_nothing(ws: Workspace) -> None:
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY)
    path = ws.curated_dir / log.FILE
    text = path.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("review:"))
    stranger = row.replace("review:", "review:f", 1).replace(LOWER, "elsewhere-tasks")
    path.write_text(f"{text}{stranger}\n", encoding="utf-8")
    done = desk.progress(ws)
    assert [r.lower for r in done.lost] == ["elsewhere-tasks"] and done.by_status["person"] == 1
