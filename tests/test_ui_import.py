"""导入文件: the visitor's word on the upper document steers the build; limits, departments and clauses are seen and mended before."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from docx import Document
from pages import PLAN, button, chosen, dropped, opened, press, said, typed_over
from streamlit.testing.v1 import AppTest

from lineage.review.log import read_log
from loaders.corrections import read_corrections
from loaders.extract import extract_file
from queries.run import run_query
from ui import incoming as arriving
from ui.answers import held
from ui.import_read import _actors, _findings, _limits
from zhengmai.errors import UsageError
from zhengmai.store import open_store
from zhengmai.workspace import Workspace, read_sources

SAT, GZ, HC = "sat-20170427-openness", "gz-stb-openness-tasks", "hechi-three-systems-tasks"
TEXT = "某市政务公开办法\n\n一、总体要求\n\n（一）公开范围。各部门应当公开办事指南。（办公室牵头落实）\n（二）公开时限。每季度公开一次。\n"
OTHER = """序号,主要任务,具体举措,牵头部门,完成时限
1,规范收费公示,每季度公示一次停车收费标准。,交通科,持续开展
2,加强校园食品安全,每学期检查一次学校食堂。,市场监管科,2027年6月底前
"""


pytestmark = pytest.mark.usefixtures("own")


@pytest.fixture
def unbuilt(monkeypatch: pytest.MonkeyPatch) -> None:
    """Store only: the test asks what is kept, and a build takes seconds."""
    monkeypatch.setattr("ui.incoming.build", lambda workspace: iter(()))


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
    assert "比对结论：无依据关系" in said(app)
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


def test_a_dropped_table_shows_rows_columns_and_proposed_links_and_stores_nothing(own: Workspace) -> None:
    before = own.sources_file.read_bytes()
    app = dropped("区局分工表.csv", PLAN.encode("gb18030"))
    assert {m.label: m.value for m in app.metric}["收录"] == "3 行" and "共见到 3 行" in said(app)
    app.get_by_key(next(box.key for box in app.selectbox if str(box.key).startswith("upper/"))).set_value(SAT).run()
    assert not app.exception
    assert "比对结论" in said(app) and "下位文件任务 1" in said(app)
    assert [e.label for e in app.expander if e.label.startswith("读到的")] == ["读到的时限 3", "读到的部门 1"]
    assert own.sources_file.read_bytes() == before


def test_storing_keeps_the_document_lists_it_and_builds_and_home_says_what_changed(own: Workspace) -> None:
    assert "各对文件的承接情况" in said(opened("home")) and "这是留存的第一个版本" in said(opened("home"))
    app = dropped("区局分工表.csv", PLAN.encode("gb18030"))
    app.get_by_key(next(box.key for box in app.selectbox if str(box.key).startswith("level/"))).set_value("county").run()
    press(app, "store")
    assert "已存入：" in said(app)
    entry = read_sources(own)[-1]
    assert (entry.path.name, entry.level, entry.access) == ("区局分工表.csv", "county", "internal")
    assert "任务 129 → 132（+3）" in said(opened("home"))
    again = press(dropped("又一份.csv", PLAN.encode("gb18030")), "store")
    assert "同一份文件已在库中" in said(again) and len(read_sources(own)) == 4


@pytest.mark.parametrize(
    ("name", "data", "answer"),
    [
        ("坏.docx", b"PK\x03\x04 broken", "ZM-102"),
        ("空.txt", b"", "文件为空"),
        ("表.csv", "姓名,电话,金额\n甲,1,2\n乙,3,4\n".encode(), "表头无法识别"),
    ],
)
def test_a_document_that_cannot_be_read_is_answered_in_words(name: str, data: bytes, answer: str) -> None:
    app = dropped(name, data)
    assert answer in said(app) and not app.metric


def test_a_column_given_another_meaning_is_read_so_and_kept_in_the_rules(own: Workspace) -> None:
    incoming = arriving.receive("表.csv", PLAN.replace("牵头部门", "经办").encode())
    incoming.roles = {"经办": "lead"}
    read = arriving.read(incoming, own)
    assert [row.text("lead") for row in read.rows] == ["纳税服务科", "纳税服务科", "纳税服务科"]
    preview = arriving.read_preview(read)
    facts = {"title": "某区分工表", "issuer": "", "date": None, "level": "county", "access": "internal", "upper": None}
    placed = arriving.store(incoming, arriving.arrival_of(incoming, preview, facts, own), (), own)
    assert placed.state == "added"
    assert "经办: lead" in (own.rules_dir / "headers.yaml").read_text(encoding="utf-8")


def test_a_mended_cell_is_a_correction_with_its_reason(own: Workspace) -> None:
    incoming = arriving.receive("表.csv", PLAN.encode())
    read = arriving.read(incoming, own)
    corrections = arriving.corrections_of("new", {("3", "lead"): ("纳税服务科", "政策法规科")}, "原件漏印", "张三", "2026-11-22")
    mended = arriving.corrected(read, corrections)
    assert [m.actor.name for m in mended.rows[2].roles if m.role == "lead"] == ["政策法规科"]
    facts = {"title": "某区分工表", "issuer": "", "date": None, "level": "county", "access": "internal", "upper": None}
    placed = arriving.store(incoming, arriving.arrival_of(incoming, arriving.read_preview(read), facts, own), corrections, own)
    (kept,) = read_corrections(own.curated_dir)[placed.slug]
    assert (kept.id, kept.field, kept.new, kept.reason, kept.who, kept.row) == ("3", "lead", "政策法规科", "原件漏印", "张三", True)


def test_too_large_an_upload_is_refused() -> None:
    with pytest.raises(UsageError, match="at most 50 MB"):
        arriving.receive("大.txt", b"x" * (arriving.LARGEST_MB * 1_000_000 + 1))


def test_the_name_of_an_upload_cannot_leave_its_folder() -> None:
    assert arriving.receive("../../etc/passwd", b"x").name == "passwd"
    assert arriving.receive('a/b\\c:"*?.txt', b"x").path.parent.name.startswith("zhengmai-upload-")


def test_a_column_is_given_another_meaning_and_read_again(own: Workspace) -> None:
    app = dropped("区局分工表.csv", PLAN.replace("牵头部门", "经办").encode())
    box = next(one for one in app.selectbox if one.label == "经办")
    box.set_value("lead")
    button(app, "按所选栏目重新读取")
    assert "lead" in app.data_editor[0].value.columns
    box = next(one for one in app.selectbox if one.label == "具体举措")
    box.set_value("")
    next(one for one in app.selectbox if one.label == "主要任务").set_value("")
    button(app, "按所选栏目重新读取")  # without them it is no table of tasks
    assert app.error and app.data_editor


UNHEARD = """编号,要做的事,经办的,啥时候办完
1,主动公开纳税信用A级纳税人名单及相关信息。,纳服科,每年4月
2,及时公开税收优惠政策。,税政科,持续开展
"""


def test_a_table_none_of_whose_columns_is_known_is_read_as_the_visitor_says(own: Workspace, unbuilt: None) -> None:
    app = dropped("清单.csv", UNHEARD.encode())
    assert "没有一栏是已知的" in said(app) and not app.data_editor
    assert [one.label for one in app.selectbox] == ["编号", "要做的事", "经办的", "啥时候办完"]
    _say(app, 要做的事="measure")  # what is to be done alone makes no table of tasks
    assert "再指明一栏部门或完成时限" in said(app) and not app.data_editor
    _say(app, 要做的事="measure", 经办的="lead", 啥时候办完="deadline")
    table = app.data_editor[0].value
    assert list(table["measure"])[1] == "及时公开税收优惠政策。" and list(table["lead"]) == ["纳服科", "税政科"]
    press(chosen(chosen(app, "title/", "某区任务清单"), "level/", "county"), "store")
    assert "要做的事: measure" in (own.rules_dir / "headers.yaml").read_text(encoding="utf-8")
    rows = held(read_sources(own)[-1].slug).extraction.rows  # the process of the pages had read its words before
    assert [row.text("lead") for row in rows] == ["纳服科", "税政科"]


def _say(app: AppTest, **roles: str) -> None:
    for header, role in roles.items():
        next(one for one in app.selectbox if one.label == header).set_value(role)
    button(app, "按所选栏目重新读取")


def test_a_table_beside_clauses_may_be_named_too() -> None:
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=4)
    for row in UNHEARD.splitlines():
        for cell, words in zip(table.add_row().cells, row.split(","), strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    app = dropped("办法.docx", out.getvalue())
    assert "有表格未作为任务表读取：可指明各栏" in [one.label for one in app.expander]
    _say(app, 要做的事="measure", 经办的="lead")
    assert list(app.data_editor[0].value["lead"]) == ["纳服科", "税政科"]


def test_a_file_without_anything_to_name_is_refused_in_words() -> None:
    app = dropped("三栏.csv", f"{'长' * 40},{'栏' * 40},{'目' * 40}\n1,2,3\n".encode())
    assert not app.selectbox and app.error


def test_cells_are_mended_with_a_reason_or_not_stored(own: Workspace, unbuilt: None) -> None:
    app = dropped("区局分工表.csv", PLAN.encode())
    typed_over(app, {2: {"lead": "政策法规科"}})
    assert "已改正 1 处" in said(app) and app.get_by_key("store").disabled and "请填写" in "".join(one.value for one in app.warning)
    chosen(chosen(app, "mend-reason", "原件漏印"), "mend-who", "张三")
    assert not app.get_by_key("store").disabled
    press(chosen(app, "level/", "county"), "store")
    (kept,) = read_corrections(own.curated_dir)[read_sources(own)[-1].slug]
    assert (kept.new, kept.reason, kept.who) == ("政策法规科", "原件漏印", "张三")


def test_only_doubtful_rows_are_shown_when_asked_for_and_a_missing_title_halts() -> None:
    app = dropped("区局分工表.csv", PLAN.encode())
    rows = len(app.data_editor[0].value)
    chosen(app, "doubts/", True)
    assert len(app.data_editor[0].value if app.data_editor else ()) < rows
    chosen(app, "title/", "")
    assert app.get_by_key("store").disabled
    assert "行政层级" in "".join(one.value for one in app.warning)


def test_the_clauses_of_a_running_text_are_mended_before_it_is_stored(own: Workspace, unbuilt: None) -> None:
    app = dropped("办法.txt", TEXT.encode())
    table = app.data_editor[0].value
    at = next(n for n, note in enumerate(table["note"]) if note)
    typed_over(app, {at: {"note": "政策法规科牵头落实"}})
    chosen(app, "mend-reason", "原件有误")
    press(chosen(app, "level/", "city"), "store")
    (kept,) = read_corrections(own.curated_dir)[read_sources(own)[-1].slug]
    assert (kept.field, kept.new, kept.row) == ("note", "政策法规科牵头落实", None)


def test_rows_left_out_are_listed_with_their_reason() -> None:
    app = dropped("区局分工表.csv", (PLAN + "合计,,,,\n").encode())
    assert any("略去" in one.label or "未收录" in one.label for one in app.expander) or app.metric


def test_a_build_that_fails_and_a_file_that_changed_meanwhile_are_said(own: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(workspace: Workspace) -> Iterator[str]:
        yield "读取"
        raise UsageError(where="zhengmai build", found="x", expected="y", fix="z", zh="文件已存入，但构建未完成，图谱仍为原版本。")

    app = dropped("区局分工表.csv", PLAN.encode())
    monkeypatch.setattr("ui.incoming.build", fails)
    press(app, "store")
    assert "文件已存入，但构建未完成" in said(app)


def test_the_upper_document_that_the_text_names_is_chosen_and_left_to_the_rule(own: Workspace) -> None:
    named = PLAN.replace("全面推进政务公开任务细化分工表", "越秀区任务分工表\n\n根据《全面推进政务公开工作实施办法》，制定本表。", 1)
    app = dropped("区局分工表.txt", named.encode())
    box = next(one for one in app.selectbox if str(one.key).startswith("upper/"))
    if box.value == SAT:
        assert next(one for one in app.radio if str(one.key).startswith("judge/")).value == "rule"
    chosen(chosen(app, "level/", "county"), "upper/", SAT)
    assert "收录" in said(app)
    chosen(app, "upper/", None)
    assert not [one for one in app.radio if str(one.key).startswith("judge/")]
