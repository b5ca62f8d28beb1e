"""Whole documents as offices publish them: notices with attachments, plans with notes, opinions whose numbers run on."""

from __future__ import annotations

from functools import cache

from seeds import ROOT

from loaders.extract import extract_file
from loaders.records import Extraction, Provision


@cache
def read(name: str) -> Extraction:
    return extract_file(ROOT / "tests" / "data" / "docs" / name)


def by_id(name: str) -> dict[str, Provision]:
    return {p.id: p for p in read(name).provisions}


def roles(p: Provision) -> list[tuple[str, str]]:
    return [(m.role, m.actor.name) for m in p.roles]


def test_numbers_that_run_on_keep_their_own_number_under_their_section() -> None:
    ids = [(p.id, p.level) for p in read("running_numbers.txt").provisions if p.level != "sentence"]
    assert ids == [
        ("0.0", "lead_in"),
        ("1", "section"),
        ("1.1", "clause"),
        ("1.2", "clause"),
        ("2", "section"),
        ("2.0", "lead_in"),
        ("2.3", "clause"),
        ("2.4", "clause"),
        ("3", "section"),
        ("3.5", "clause"),
        ("3.6", "clause"),
    ]
    assert by_id("running_numbers.txt")["1.2"].heading == "基本原则"
    assert [p.text for p in read("running_numbers.txt").provisions if p.parent == "1.2"] == [
        "坚持依法规范。",
        "全面履行法定职责。",
        "坚持执法为民。",
        "牢固树立宗旨意识。",
    ]


def test_the_opinion_says_who_and_when() -> None:
    meta = read("running_numbers.txt").meta
    assert (meta.number, meta.written_on, meta.issuers) == ("国办发〔2018〕999号", "2018-12-05", ("国务院办公厅",))
    assert meta.genre == "指导意见"
    assert [d.deadline.date for d in by_id("running_numbers.txt")["3.6.s1"].deadlines] == ["2019-03-31"]


def test_notes_of_a_plan_name_who_leads_and_by_when() -> None:
    found = by_id("plan_with_notes.txt")
    assert roles(found["2.1"]) == [("lead", "市政务服务局"), ("supporting", "市司法局"), ("supporting", "市大数据局")]
    assert roles(found["2.2.1"]) == [("lead", "市大数据局"), ("responsible", "市政务服务局")]
    assert roles(found["2.2.2"])[:3] == [("lead", "市大数据局"), ("responsible", "市公安局"), ("responsible", "市市场监管局")]
    assert [d.deadline.date for d in found["2.2.2"].deadlines] == ["2024-06-30"]


def test_notes_after_single_sentences_all_stand_on_the_clause() -> None:
    found = by_id("plan_with_notes.txt")
    assert found["2.3"].note == "市政务服务局负责；各区人民政府负责"
    assert roles(found["2.3"]) == [("responsible", "市政务服务局"), ("responsible", "各区人民政府")]
    sentences = [p.text for p in read("plan_with_notes.txt").provisions if p.parent == "2.3"]
    assert sentences == ["市级大厅设置综合窗口。", "各区大厅参照执行。"]


def test_attachments_are_documents_of_their_own_inside_the_file() -> None:
    found = read("plan_with_notes.txt")
    assert [(a["id"], a["title"], a["kind"]) for a in found.meta.attachments] == [
        ("a1", "重点任务分工表", "task_table"),
        ("a2", "名词解释", "other"),
    ]
    assert [row.row for row in found.rows] == ["a1.1", "a1.2"]
    assert found.kind == "mixed"
    assert not any("名词解释" in p.text for p in found.provisions)


def test_the_title_is_that_of_the_text_the_notice_transmits() -> None:
    found = read("plan_with_notes.txt")
    assert found.meta.title == "某市深化“互联网+政务服务”三年行动方案（2023—2025年）"
    assert found.meta.number == "某政办发〔2023〕15号"
    assert (found.meta.issuers, found.meta.written_on) == (("某市人民政府办公室",), "2023-04-06")
    assert [(c.number, c.relation) for c in found.meta.cites if c.number] == [("国发〔2022〕5号", "carries_out")]
