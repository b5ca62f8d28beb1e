"""The pages of the desk, one after the other: what is read, due, done by whom, reviewed and brought in."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from test_ui import opened, said

from loaders.corrections import read_corrections
from ui import incoming as arriving
from zhengmai.errors import UsageError
from zhengmai.workspace import Workspace, read_sources

GZ, SAT = "gz-stb-openness-tasks", "sat-20170427-openness"
LINK = f"{GZ}.27--{SAT}.5.2.s1"
PLAN = """全面推进政务公开任务细化分工表

序号,主要任务,具体举措,牵头部门,完成时限
1,规范纳税服务公开范围,加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。,纳税服务科,2017年12月底前
2,规范纳税服务公开范围,主动公开纳税信用A级纳税人名单及相关信息。,纳税服务科,持续开展
3,加强税收政策公开,及时公开税收优惠政策。,,持续开展
"""


pytestmark = pytest.mark.usefixtures("on_seeds")


def press(app: AppTest, key: str) -> AppTest:
    app.get_by_key(key).click().run()
    assert not app.exception
    return app


# 原文核对


def test_a_row_stands_as_published_beside_what_was_read_and_why() -> None:
    words = said(opened("compare", doc=GZ, at="27"))
    assert "规范纳税服务公开范围" in words and "牵头：纳税服务处" in words
    assert "何以在此： 表1 第29行 第5列" in words  # the lead of row 27: its own cell
    assert "何以在此： 表1 第27行 第2列；取自合并单元格；规则 合并单元格下延" in words  # its main task: the merged cell above
    assert "<td rowspan=" in words


def test_a_clause_stands_in_its_text_with_its_note_understood() -> None:
    words = said(opened("compare", doc=SAT, at="5.2"))
    assert "备注 纳税服务司牵头,会同相关司局落实" in words
    assert "牵头：纳税服务司" in words and "会同：相关司局" in words


def test_injected_words_are_masked_and_named_as_a_finding() -> None:
    words = said(opened("compare", doc=SAT, at="1.2"))
    assert "安卓" not in words and "▇▇" in words
    assert "疑似混入文字" in words


@pytest.mark.parametrize(
    ("link", "answer"),
    [({"doc": "nobody"}, "没有这份文件：nobody"), ({"doc": GZ, "at": "999"}, "这份文件中没有 999")],
)
def test_a_link_to_what_is_gone_is_answered_in_words(link: dict[str, str], answer: str) -> None:
    assert answer in said(opened("compare", **link))


# 时限


def test_what_has_passed_is_listed_as_of_a_day() -> None:
    app = opened("deadlines", on="2019-10-01", by="2019-12-31", view="overdue")
    assert "2019-09-30" in set(app.dataframe[0].value["due_date"])
    assert "只说明日期已过" in said(app)


def test_an_event_s_date_counts_working_days() -> None:
    """Row 5 of Guangzhou: 作出行政许可决定之日起7个工作日内. From Tuesday 1 August 2017 the seventh working day is Thursday the 10th."""
    app = opened("deadlines", on="2017-08-01", by="2017-08-31", view="triggered", document=GZ, **{"e.作出行政许可决定之日": "2017-08-01"})
    table = app.dataframe[0].value
    assert list(zip(table["task"], table["due_date"], strict=True)) == [("5", "2017-08-10")]
    assert app.query_params["e.作出行政许可决定之日"] == "2017-08-01"


def test_an_entered_event_is_kept_in_the_link() -> None:
    import datetime

    app = opened("deadlines", on="2017-08-01", by="2017-08-31", view="triggered", document=GZ)
    assert "没有符合的时限" in said(app)
    app.get_by_key("due-event/作出行政许可决定之日").set_value(datetime.date(2017, 8, 1)).run()
    assert not app.exception
    assert list(app.dataframe[0].value["due_date"]) == ["2017-08-10"]
    assert app.query_params["e.作出行政许可决定之日"] == "2017-08-01"


def test_limits_without_a_date_are_counted_by_why() -> None:
    app = opened("deadlines", on="2017-08-01", view="undated", document=GZ)
    assert "持续开展，没有期限" in set(app.dataframe[0].value["why"])


def test_days_the_wrong_way_round_are_said() -> None:
    assert "结束日期早于开始日期" in said(opened("deadlines", on="2019-10-01", by="2019-09-01"))


# 部门


def test_a_department_s_load_stands_by_role() -> None:
    app = opened("departments", document=GZ, department="org/cn-gz-stb/dept/taxpayer-service")
    table = app.dataframe[0].value
    assert dict(zip(table["role"], table["tasks"], strict=True)) == {"牵头": 10, "责任": 17}


def test_all_departments_stand_in_a_matrix() -> None:
    app = opened("departments", document=GZ)
    table = app.dataframe[0].value
    rows = set(zip(table["department"], table["role"], table["tasks"], strict=True))
    assert ("办公室", "牵头", 58) in rows


# 复核


def test_without_a_name_nothing_can_be_decided() -> None:
    app = opened("review")
    assert "请先填写复核人" in said(app)
    assert not [button for button in app.button if button.key and button.key.startswith("say-")]


def test_a_decision_is_on_disk_at_once_and_can_be_taken_back(own: Workspace) -> None:
    app = opened("review", by="张三", item=LINK)
    press(app, "say-accepted")
    file = own.curated_dir / "reviews.sssom.tsv"
    assert LINK.rpartition(".s1")[0].rpartition("--")[2] in file.read_text(encoding="utf-8") or "person:" in file.read_text(
        encoding="utf-8"
    )
    assert "已判断 1 / 124" in "".join(element.proto.text for element in app.get("progress")).replace("\\", "")
    press(app, "say-undo")
    assert "已判断 0 / 124" in "".join(element.proto.text for element in app.get("progress")).replace("\\", "")
    assert app.query_params["item"] == LINK


def test_whether_a_table_rests_on_the_text_at_all_is_decided_here_too(own: Workspace) -> None:
    app = opened("review", by="张三", kind="pair", item=f"{GZ}--{SAT}")
    assert "全面推进政务公开工作实施办法" in said(app) and not app.exception
    press(app, "say-rejected")
    record = (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").splitlines()[-1]
    assert f"doc:{GZ}\t" in record and "zm:concludedBasis" in record and "\trejected\t" in record


def test_two_reviewers_who_differ_are_told_and_somebody_settles(own: Workspace) -> None:
    first, second = opened("review", by="张三", item=LINK), opened("review", by="李四", item=LINK)
    press(first, "say-accepted")
    press(second, "say-rejected")
    assert "他人已有意见：" in said(second) and "张三" in said(second) and "两者都已保留" in said(second)
    third = opened("review", by="王五", item=LINK)
    assert "意见不一，待裁定" in said(third)
    press(third, "settle-accepted")
    assert (own.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").count("gz-stb-openness-tasks/task/27") == 3


def test_a_blind_reviewer_sees_no_score_and_no_label() -> None:
    words = said(opened("review", by="张三", item=LINK, blind="1"))
    assert "加大公开首问责任制" in words
    assert "匹配把握度" not in words and "对应类型 合并" not in words


def test_a_case_that_is_gone_is_said() -> None:
    assert "图谱中已没有 nobody.1--nothing.2" in said(opened("review", by="张三", item="nobody.1--nothing.2"))


def test_an_omission_without_a_comment_is_refused_in_words(own: Workspace) -> None:
    app = opened("review", by="张三", kind="gap", item=f"{GZ}--{SAT}.7.2.s1")
    app.get_by_key(f"reason/{GZ}--{SAT}.7.2.s1").set_value("omitted").run()
    press(app, "say-accepted")
    assert app.error and not (own.curated_dir / "reviews.sssom.tsv").is_file()


# 导入文件


def dropped(name: str, data: bytes) -> AppTest:
    app = opened("import")
    app.get_by_key("upload").upload(name, data).run()
    assert not app.exception
    return app


def test_a_dropped_table_shows_rows_columns_and_proposed_links_and_stores_nothing(own: Workspace) -> None:
    before = own.sources_file.read_bytes()
    app = dropped("区局分工表.csv", PLAN.encode("gb18030"))
    assert {m.label: m.value for m in app.metric}["收录"] == "3 行" and "共见到 3 行" in said(app)
    app.get_by_key(next(box.key for box in app.selectbox if str(box.key).startswith("upper/"))).set_value(SAT).run()
    assert not app.exception
    assert "比对结论" in said(app) and "下位文件任务 1" in said(app)
    assert [e.label for e in app.expander if e.label.startswith("读到的")] == ["读到的时限 3", "读到的部门 1"]
    assert own.sources_file.read_bytes() == before


def test_storing_keeps_the_document_lists_it_and_builds(own: Workspace) -> None:
    app = dropped("区局分工表.csv", PLAN.encode("gb18030"))
    app.get_by_key(next(box.key for box in app.selectbox if str(box.key).startswith("level/"))).set_value("county").run()
    press(app, "store")
    assert "已存入：" in said(app)
    entry = read_sources(own)[-1]
    assert (entry.path.name, entry.level, entry.access) == ("区局分工表.csv", "county", "internal")
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


# 首页与开关


def test_home_shows_coverage_and_what_the_last_build_changed(own: Workspace) -> None:
    assert "各对文件的承接情况" in said(opened("home")) and "这是留存的第一个版本" in said(opened("home"))
    press(dropped("区局分工表.csv", PLAN.encode("gb18030")), "store")
    assert "任务 129 → 132（+3）" in said(opened("home"))


def test_the_switch_leaves_only_what_people_confirmed(own: Workspace) -> None:
    app = opened("topics", query="which-tasks-implement-clause", confirmed="1", **{"p.clause": f"{SAT}:5.2"})
    assert "0 行（共 2） · 规则确认 0 · 人工确认 0" in said(app) and "规则确认与待复核的没有列出" in said(app)
    press(opened("review", by="张三", item=LINK), "say-accepted")
    for _ in arriving.build(own):
        pass
    app = opened("topics", query="which-tasks-implement-clause", confirmed="1", **{"p.clause": f"{SAT}:5.2"})
    assert "1 行（共 2） · 规则确认 0 · 人工确认 1" in said(app) and list(app.dataframe[0].value["task"]) == ["27"]
