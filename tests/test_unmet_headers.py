"""Columns whose header is not among our words, as tables of unknown cities have them: their cells say what they are for."""

from __future__ import annotations

import pytest

from loaders.extract import extract_bytes
from loaders.records import Extraction
from loaders.tables.columns import header_role

DOUBLE = """某市2024年重点工作任务分工表
序号,类别,工作任务,牵头单位,配合单位,完成时限
1,产业发展,新建充电桩500个，覆盖全部乡镇。,市发展改革委,市财政局,2024年6月底前
2,,改造老旧厂房3万平方米，引进企业20家以上。,市工业和信息化局,市财政局,2024年12月底前
3,民生保障,新增公办幼儿园学位2000个。,市教育局,市财政局,2024年9月底前
"""
STRANGE = """某市2024年重点工作任务分工表
总号,事项,建设标准,承接部门,分管领导,具体时间点,进展情况
1,产业发展,新建充电桩500个，覆盖全部乡镇。,市发展改革委,张三,2024年6月底前,已建成120个充电桩，正在办理用地手续。
2,产业发展,改造老旧厂房3万平方米，引进企业20家以上。,市工业和信息化局,李四,2024年12月底前,正在招标，计划三月份开工建设，力争年底投产。
3,民生保障,新增公办幼儿园学位2000个。,市教育局,王五,2024年9月底前,已开工。
"""
PEOPLE = """2024年度重点工作清单
序号,工作任务,牵头单位,责任人,完成时限
1,推行企业开办一件事，压缩办理环节。,市市场监管局,李四,2024年6月底前
2,推行不动产登记一窗受理，实行并联办理。,市自然资源局,王五,2024年6月底前
"""


PARTED = """东海县2022年民生实事项目责任分解表
填报单位：县发改局,,,,,填报日期：2022年4月20日,,,
序号,项目名称,年度目标任务,责任分工,,时间要求,,进度安排,
,,,牵头单位,配合单位,启动时间,完成时间,上半年,下半年
1,农村道路提升,改建农村公路50公里，改造危桥10座。,县交通运输局,县财政局,2022年2月,2022年11月底,完成招标,全面竣工
2,校舍改造,改扩建幼儿园3所。,县教育局,县住建局,2022年3月,2022年8月底,完成设计,投入使用
"""


def read(text: str) -> Extraction:
    return extract_bytes(text.encode(), "t.csv")


def told(found: Extraction) -> list[tuple[int | None, str]]:
    return [(f.place.column, f.quote) for f in found.findings if f.code == "column-by-content"]


def test_the_finer_of_two_task_columns_is_the_measure_and_its_label_goes_down() -> None:
    found = read(DOUBLE)
    assert [(r.text("task"), r.text("measure")) for r in found.rows] == [
        ("产业发展", "新建充电桩500个，覆盖全部乡镇。"),
        ("产业发展", "改造老旧厂房3万平方米，引进企业20家以上。"),
        ("民生保障", "新增公办幼儿园学位2000个。"),
    ]
    assert found.rows[1].inherited == ("task",)
    assert told(found) == []  # both headers are known


MEASURES = """某县防汛能力提升任务分解表
序号,{head},主办单位,完成期限
1,{one},新建雨量监测站12处，覆盖全部行政村。,县气象局,2025年6月底前
2,{two},建立暴雨红色预警叫应机制，10分钟内通知到村。,县气象局,2025年9月底前
3,{three},修订防汛应急预案，明确各环节的响应流程。,县应急管理局,2025年12月底前
"""


@pytest.mark.parametrize(
    ("head", "labels", "role", "heads"),
    [
        ("工作目标,具体内容", ("完善监测网络", "", "健全工作体系"), "task", ["完善监测网络", "完善监测网络", "健全工作体系"]),
        ("工作目标,工作举措", ("监测站到村", "预警到户", "预案到位"), "task", ["监测站到村", "预警到户", "预案到位"]),
        ("工作内容,工作要求", ("监测站到村", "预警到户", "预案到位"), "measure", ["监测站到村", "预警到户", "预案到位"]),
    ],
)
def test_of_two_columns_of_measures_the_finer_is_the_measure_and_an_aim_heads_it(
    head: str, labels: tuple[str, str, str], role: str, heads: list[str]
) -> None:
    found = read(MEASURES.format(head=head, **dict(zip(("one", "two", "three"), labels, strict=True))))
    assert [r.text(role) for r in found.rows] == heads  # two columns as fine as each other stay as their headers say
    if role == "task":
        assert found.rows[1].text("measure") == "建立暴雨红色预警叫应机制，10分钟内通知到村。"


LABELLED = "序号,重点任务,工作举措,具体内容,牵头单位,配合单位,完成时间\n" + "".join(
    f"{n},强化算力保障,{label},{said},省数据局,{helping},2026年6月\n"
    for n, (label, said, helping) in enumerate(
        (
            ("优化算力布局。", "建设全省统一的算力监测平台，掌握各中心的使用情况。", "无"),
            ("优化算力布局。", "制定算力项目合规性评估工作指引，规范新建项目。", "省能源局"),
            ("保障电力。", "推动算力中心与低价优质能源的运营方直接达成交易。", "无"),
            ("发放补助。", "对租用算力的合理费用按不高于三成的比例给予补助。", "省财政厅"),
            ("开放数据。", "在保障安全的前提下优先开放市场需求高的公共数据。", "省经信厅"),
        ),
        1,
    )
)


def test_a_column_of_labels_headed_as_measures_heads_the_measures_and_none_beside_the_lead_is_nobody() -> None:
    found = read(LABELLED)
    assert [r.text("measure")[:6] for r in found.rows] == ["建设全省统一", "制定算力项目", "推动算力中心", "对租用算力的", "在保障安全的"]
    assert [r.text("group") for r in found.rows] == ["优化算力布局。", "优化算力布局。", "保障电力。", "发放补助。", "开放数据。"]
    assert [m.actor.name for m in found.rows[0].roles] == ["省数据局"]
    assert [f.code for f in found.findings if f.severity == "warning"] == []


def test_headers_never_met_are_told_by_their_cells_and_that_is_said() -> None:
    found = read(STRANGE)
    first = found.rows[0]
    assert (first.number, first.text("task"), first.text("measure")) == ("1", "产业发展", "新建充电桩500个，覆盖全部乡镇。")
    assert [m.actor.name for m in first.roles] == ["市发展改革委"]
    assert first.text("deadline") == "2024年6月底前"
    assert first.columns["进展情况"].startswith("已建成120个")  # longer than the measure, and of another column all the same
    assert told(found) == [(1, "总号"), (3, "建设标准"), (6, "具体时间点")]


def test_headings_in_two_rows_are_one_where_merges_are_lost() -> None:
    found = read(PARTED)
    assert [[(m.role, m.actor.name) for m in row.roles] for row in found.rows] == [
        [("lead", "县交通运输局"), ("supporting", "县财政局")],
        [("lead", "县教育局"), ("supporting", "县住建局")],
    ]
    assert [row.text("measure") for row in found.rows] == ["改建农村公路50公里，改造危桥10座。", "改扩建幼儿园3所。"]
    assert [row.text("deadline") for row in found.rows] == ["2022年11月底", "2022年8月底"]  # when it is done, not when it starts
    assert found.rows[0].columns["进度安排 上半年"] == "完成招标"
    assert found.ingest.skipped == ()
    assert "column-kind" not in {f.code for f in found.findings}


def test_milestones_under_one_heading_are_no_time_limits() -> None:
    text = PARTED.replace("时间要求,,进度安排,", "进度安排,,,").replace("启动时间,完成时间,上半年,下半年", "一季度,二季度,三季度,四季度")
    text = text.replace("2022年2月,2022年11月底", "立项,招标").replace("2022年3月,2022年8月底", "选址,施工")
    rows = read(text).rows
    assert [row.text("deadline") for row in rows] == ["", ""]
    assert [row.columns["进度安排 四季度"] for row in rows] == ["全面竣工", "投入使用"]


def test_a_line_of_totals_is_no_task() -> None:
    found = read(DOUBLE + "合计,,3项,,,\n")
    assert len(found.rows) == 3
    assert [(skipped.reason, skipped.quote) for skipped in found.ingest.skipped] == [("total-row", "合计 3项")]


def test_names_of_people_are_no_departments() -> None:
    found = read(PEOPLE)
    assert [[(m.role, m.actor.name) for m in row.roles] for row in found.rows] == [[("lead", "市市场监管局")], [("lead", "市自然资源局")]]
    assert [row.columns["责任人"] for row in found.rows] == ["李四", "王五"]


def test_a_task_that_says_most_itself_stays_the_task() -> None:
    text = PEOPLE.replace("责任人", "所属行业").replace("李四", "商事登记服务业").replace("王五", "不动产登记服务")
    assert [row.text("measure") for row in read(text).rows] == ["", ""]


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("牵头股室", "lead"),
        ("市直牵头科室", "lead"),
        ("牵头整改单位", "lead"),
        ("协办科室", "supporting"),
        ("会办单位", "supporting"),
        ("责任镇街", "responsible"),
        ("责任科(室)", "responsible"),
        ("行业主管部门", "responsible"),
        ("销号时间", "deadline"),
        ("建设内容", "measure"),
        ("责任领导", None),
        ("督导责任单位", None),
        ("完成情况", None),
        ("验收标准", None),
        ("责任单位及责任人", "responsible"),
    ],
)
def test_headers_of_offices_of_every_make(header: str, role: str | None) -> None:
    assert header_role(header) == role
