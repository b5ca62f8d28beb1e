"""导入文件: the visitor's word on the upper document steers the build; limits, departments and clauses are seen and mended before."""

from __future__ import annotations

import pytest
from test_ui_pages import PLAN, dropped, press, said

from lineage.review.log import read_log
from loaders.corrections import read_corrections
from loaders.extract import extract_file
from queries.run import run_query
from ui import incoming as arriving
from ui.import_read import _actors, _findings, _limits
from zhengmai.store import open_store
from zhengmai.workspace import Workspace, read_sources

SAT, GZ, HC = "sat-20170427-openness", "gz-stb-openness-tasks", "hechi-three-systems-tasks"
OTHER = """序号,主要任务,具体举措,牵头部门,完成时限
1,规范收费公示,每季度公示一次停车收费标准。,交通科,持续开展
2,加强校园食品安全,每学期检查一次学校食堂。,市场监管科,2027年6月底前
"""


pytestmark = pytest.mark.usefixtures("own")


def pairs(own: Workspace) -> dict[tuple[str, str], str]:
    rows = run_query("list-pairs", {}, open_store(own)).rows
    return {(str(row["upper"]), str(row["lower"])): str(row["verdict"]) for row in rows}


def key_of(app: object, start: str) -> str:
    return next(str(box.key) for box in (*app.selectbox, *app.radio) if str(box.key).startswith(start))  # type: ignore[attr-defined]


def test_another_upper_document_is_the_visitor_s_word_and_the_build_follows_it(own: Workspace) -> None:
    """No level is given, so the rule would compare this document with nothing; chosen above it, the measures are compared and hold."""
    app = dropped("区局分工表.csv", PLAN.encode("gb18030"))
    app.get_by_key(key_of(app, "upper/")).set_value(SAT).run()
    assert app.get_by_key(key_of(app, "judge/")).value == "yes"
    assert "请填写姓名" in said(app) and app.get_by_key("store").disabled
    app.get_by_key("judge-who").set_value("张三").run()
    press(app, "store")
    slug = read_sources(own)[-1].slug
    (record,) = read_log(own.curated_dir).records
    assert (record.kind, record.lower, record.upper, record.decision, record.reviewer_label) == ("pair", slug, SAT, "accepted", "张三")
    assert read_sources(own)[-1].carries_out == ()  # what the text states, and it states nothing
    assert pairs(own)[SAT, slug] == "yes"


def test_a_word_against_a_pair_leaves_no_link(own: Workspace) -> None:
    app = dropped("区局分工表.csv", PLAN.encode("gb18030"))
    app.get_by_key(key_of(app, "level/")).set_value("county").run()
    app.get_by_key(key_of(app, "upper/")).set_value(SAT).run()
    app.get_by_key(key_of(app, "judge/")).set_value("no").run()
    assert "下位文件任务 1" not in said(app)
    app.get_by_key("judge-who").set_value("张三").run()
    press(app, "store")
    assert pairs(own)[SAT, read_sources(own)[-1].slug] == "no"


def test_left_to_the_rule_nothing_is_written_into_the_review(own: Workspace) -> None:
    app = dropped("别的分工表.csv", OTHER.encode())
    app.get_by_key(key_of(app, "level/")).set_value("county").run()
    app.get_by_key(key_of(app, "upper/")).set_value(SAT).run()
    app.get_by_key(key_of(app, "judge/")).set_value("rule").run()
    app.get_by_key(next(str(box.key) for box in app.text_input if str(box.key).startswith("title/"))).set_value("某区分工表").run()
    assert "比对结论：否" in said(app)
    press(app, "store")
    assert read_log(own.curated_dir).records == ()
    assert pairs(own)[SAT, read_sources(own)[-1].slug] == "no"


def test_what_is_seen_before_storing_is_what_the_build_makes(own: Workspace) -> None:
    """Of the city's level, as no document between is held then: over one, links are made level by level."""
    incoming = arriving.receive("表.csv", PLAN.encode())
    read = incoming.extraction = arriving.read(incoming, own)
    upper = extract_file(next(e.path for e in read_sources(own) if e.slug == SAT))
    seen = arriving.compare(upper, read, "yes")
    facts = {"title": "某区分工表", "issuer": "", "date": None, "level": "city", "access": "internal"}
    arrival = arriving.arrival_of(incoming, arriving.read_preview(read), facts, own)
    placed = arriving.store(incoming, arrival, (), own, arriving.Judged(SAT, upper, "yes", "张三", "2026-11-22"))
    for _ in arriving.build(own):
        pass
    rows = run_query("links-of-pair", {"upper": SAT, "lower": placed.slug}, open_store(own)).rows
    assert {(str(row["task"]), row["sentence"]) for row in rows} == {(link.task, link.sentence) for link in seen.links}
    assert len(rows) > 1


def test_limits_departments_and_findings_are_shown_as_they_were_understood(own: Workspace) -> None:
    read = arriving.read(arriving.receive("表.csv", PLAN.encode()), own)
    limits = _limits(read)
    assert (list(limits[0].values())[0], list(limits[0].values())[1], list(limits[0].values())[3]) == ("1", "2017年12月底前", "2017-12-31")
    assert [tuple(row.values()) for row in _actors(read)] == [("纳税服务科", "牵头", "", 3)]
    assert isinstance(_findings(read), list)


def test_a_clause_s_note_is_mended_as_a_correction_with_its_reason(own: Workspace) -> None:
    text = "某市政务公开办法\n\n一、总体要求\n\n（一）公开范围。各部门应当公开办事指南。（办公室牵头落实）\n（二）公开时限。即时公开。\n"
    incoming = arriving.receive("办法.txt", text.encode())
    read = arriving.read(incoming, own)
    clause = next(p for p in read.provisions if p.note)
    cells = {(clause.id, "note"): (clause.note or "", "政策法规科牵头落实")}
    corrections = arriving.corrections_of("new", cells, "原件有误", "张三", "2026-11-22", row=False)
    mended = arriving.corrected(read, corrections)
    assert [m.actor.name for p in mended.provisions if p.id == clause.id for m in p.roles] == ["政策法规科"]
    facts = {"title": "某市政务公开办法", "issuer": "", "date": None, "level": "city", "access": "internal"}
    placed = arriving.store(incoming, arriving.arrival_of(incoming, arriving.read_preview(read), facts, own), corrections, own)
    (kept,) = read_corrections(own.curated_dir)[placed.slug]
    assert (kept.id, kept.field, kept.new, kept.row) == (clause.id, "note", "政策法规科牵头落实", None)
