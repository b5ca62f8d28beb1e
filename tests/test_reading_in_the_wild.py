"""What offices print that our three documents do not: each text is made up after forms met on many government sites."""

from __future__ import annotations

import pytest

from loaders.describe import describe_document
from loaders.describe.listing import Listing
from loaders.extract import extract_bytes
from loaders.records import Extraction


def _read(text: str, name: str = "x.txt") -> Extraction:
    return extract_bytes(text.encode(), name)


def _roles(document: Extraction) -> dict[str, list[tuple[str, str]]]:
    return {p.id: [(m.role, m.actor.name) for m in p.roles] for p in document.provisions if p.roles}


def test_notes_in_tortoise_shell_brackets_and_what_they_say_for_all() -> None:
    document = _read(
        "某省现代流通体系建设实施方案\n一、深化改革\n"
        "（一）加强市场建设。推进高标准市场建设。〔责任单位：省发展改革委、商务厅按职责分工负责。"
        "具体任务均涉及相关市（州）人民政府，不再做分工，下同。〕\n"
        "（二）优化环境。推进一网通办。〔省市场监管局牵头，司法厅等配合〕\n"
    )
    assert _roles(document) == {
        "1.1": [("responsible", "省发展改革委"), ("responsible", "商务厅")],
        "1.2": [("lead", "省市场监管局"), ("supporting", "司法厅")],
    }


def test_a_limit_inside_a_note_is_a_deadline_and_nobody() -> None:
    document = _read(
        "某州2020年工作计划\n一、提升效能\n1.加大放权力度。下放权限。（牵头单位：州审批局；责任单位：州司法局，各县市政府，6月底完成）\n"
        "2.优化导则。以导则为准。（州审批局牵头；2020年9月底前完成）\n3.规范中介。\n责任单位：州审批局\n完成时限：2020年12月\n"
    )
    assert _roles(document)["1.1"] == [("lead", "州审批局"), ("responsible", "州司法局"), ("responsible", "各县市政府")]
    limits = {p.id: [d.deadline.date for d in p.deadlines] for p in document.provisions if p.deadlines and p.level == "item"}
    assert limits == {"1.1": ["2020-06-30"], "1.2": ["2020-09-30"], "1.3": ["2020-12-31"]}
    assert [p.text for p in document.provisions if p.level == "sentence"] == ["下放权限。", "以导则为准。", "规范中介。"]


def test_a_page_copied_as_text_begins_with_its_own_title() -> None:
    document = _read(
        "无障碍阅读 返回首页\n政府信息公开\n某市某区人民政府办公室关于印发重点工作任务分工的通知\n2021-04-01\n有效\n"
        "各街道办事处，区政府各部门：\n一、压实责任\n（一）加强统筹。抓好落实。（区政府办负责）\n"
    )
    assert document.meta.title == "某市某区人民政府办公室关于印发重点工作任务分工的通知"
    assert document.meta.issuers == ("某市某区人民政府办公室",)


@pytest.mark.parametrize("tag", ["【规范性文件】", "[通知公告]", "“党政信息公开” "])
def test_a_sites_tag_before_the_title_is_left_off(tag: str) -> None:
    document = _read(f"{tag}某市人民政府办公室关于印发工作要点的通知\n一、要求\n（一）抓落实。抓好各项工作。\n")
    assert document.meta.title == "某市人民政府办公室关于印发工作要点的通知"
    assert document.meta.issuers == ("某市人民政府办公室",)


@pytest.mark.parametrize("name", ["x.md", "x.txt"])
def test_an_information_table_above_the_title_is_read_and_is_no_table_of_the_document(name: str) -> None:
    document = _read(
        "| 索引号 | 000014349/2022-01099 | 主题分类 | 民政 |\n|---|---|---|---|\n"
        "| 发布机构 | 某市人民政府办公室 | 成文日期 | 2022年07月20日 |\n"
        "| 文号 | 某政办发〔2022〕20号 | 发布日期 | 2022-07-28 |\n\n某市人民政府办公室关于印发养老工作要点的通知\n\n"
        "一、总体要求\n\n（一）政府主导。完善服务。（市民政局负责）\n",
        name,
    )
    meta = document.meta
    assert (meta.title, meta.number, meta.index_no) == (
        "某市人民政府办公室关于印发养老工作要点的通知",
        "某政办发〔2022〕20号",
        "000014349/2022-01099",
    )
    assert (meta.written_on, meta.published_on, meta.cites) == ("2022-07-20", "2022-07-28", ())


@pytest.mark.parametrize("between", ["\n", "\n|\n"])
def test_numbers_under_a_heading_of_two_columns_number_the_rows(between: str) -> None:
    cells = ["工作任务", "具体要求", "责任科室", "时限要求"]
    cells += ["强化规范文件集中公开", "1", "对规范性文件进行全面清理，并公布目录。", "办公室", "年底前"]
    cells += ["深化政策解读", "2", "做好政策解读工作，丰富解读形式。", "各科室", "持续推进"]
    cells += ["3", "规范信息公开专栏，及时发布公开内容。", "各科室", "6月底前"]
    document = _read("市信访局2023年政务公开任务分解表\n" + between.join(cells) + "\n")
    assert [(r.row, r.text("task"), r.text("group"), "task" in r.inherited) for r in document.rows] == [
        ("1", "强化规范文件集中公开", "", False),
        ("2", "深化政策解读", "", False),
        ("3", "深化政策解读", "", True),
    ]
    limits = [row.deadline for row in document.rows if row.deadline]
    assert [(d.kind, d.date) for d in limits] == [("end-of-period", "2023-12-31"), ("ongoing", None), ("end-of-period", "2023-06-30")]
    assert "year-from-title" in {i.rule for i in limits[0].inferred}


def test_a_plan_for_the_next_year_is_dated_by_its_title() -> None:
    document = _read("某市2024年重点工作要点\n一、重点\n（一）抓改革。6月底前完成清理。\n某市人民政府\n2023年12月28日\n")
    (found,) = [d.deadline for p in document.provisions for d in p.deadlines]
    assert (found.date, found.inferred[-1].rule) == ("2024-06-30", "year-from-title")


def test_an_undated_document_gives_the_year_of_its_number_and_a_note_may_set_two_limits() -> None:
    document = _read(
        "国务院关于落实重点工作部门分工的意见\n国发〔2020〕6号\n一、保就业\n"
        "1.加大减税降费力度。（财政部、税务总局牵头，5月底前出台相关政策，12月底前完成）\n"
    )
    item = next(p for p in document.provisions if p.id == "1.1")
    assert [(d.deadline.date, d.deadline.inferred[-1].rule) for d in item.deadlines] == [
        ("2020-05-31", "year-from-number"),
        ("2020-12-31", "year-from-number"),
    ]


def test_a_rule_in_a_bracket_behind_a_name_leaves_the_name_alone_and_holds_from_there_on() -> None:
    document = _read(
        "当前位置：首页\n>> 专题专栏 >> 市政府重点工作\n市政府工作报告重点工作责任分解（2023年）\n时间：2023-07-11 17:01 浏览次数：\n"
        "一、预期目标\n1.投资增长10%。\n责任单位：市发改委、市财政局（除标注“分别牵头”外，列第一位为牵头或汇总单位，下同）\n"
        "2.出口增长5%。\n责任单位：市商务局、市经信局\n3.收入增长。\n责任单位：市人社局、市农业农村局分别牵头\n"
    )
    assert (document.meta.title, document.meta.genre) == ("市政府工作报告重点工作责任分解（2023年）", "责任分解")
    assert _roles(document) == {
        "1.1": [("lead", "市发改委"), ("responsible", "市财政局")],
        "1.2": [("lead", "市商务局"), ("responsible", "市经信局")],
        "1.3": [("lead", "市人社局"), ("lead", "市农业农村局")],
    }


def test_what_a_page_says_of_its_document_is_in_the_graph() -> None:
    document = _read(
        "| 索引号 | 0143/2022-01 | 发布日期 | 2022-07-28 |\n|---|---|---|---|\n| 发文字号 | 某教发〔2022〕2号 | 有效性 | 有效 |\n\n"
        "某市教育局 某市财政局关于印发工作要点的通知\n\n一、要求\n\n（一）抓落实。抓好工作。本要点自2022年9月1日起施行。\n\n"
        "（此件主动公开）\n",
        "x.md",
    )
    quads = "\n".join(describe_document(document, Listing("x")))
    for said in (
        'eli/ontology#date_publication> "2022-07-28"',
        'eli/ontology#first_date_entry_in_force> "2022-09-01"',
        'ns#indexNumber> "0143/2022-01"',
        'ns#validityStatement> "有效"',
        'ns#disclosureStatement> "主动公开"',
    ):
        assert said in quads, said
    assert quads.count("eli/ontology#passed_by>") == 2


def test_the_menu_of_a_page_is_no_title_and_a_local_tax_office_is_no_head_office() -> None:
    document = _read(
        "信息公开平台  >  行政执法公示\n• 索引号：0143/2022-01\n• 发布机构：税务局\n国家税务总局河北省税务局优化税务执法方式工作方案\n"
        "一、总体要求\n（一）指导思想。全面推进。全年新增减税1318亿元。\n"
    )
    assert document.meta.title == "国家税务总局河北省税务局优化税务执法方式工作方案"
    assert document.meta.issuers == ("国家税务总局河北省税务局",)
    assert document.meta.index_no == "0143/2022-01"
    assert [d for p in document.provisions for d in p.deadlines] == []  # 全年 in a sentence sets no limit


def test_a_header_of_unknown_make_is_known_by_its_last_word() -> None:
    header = ["序号", "改革事项", "改革举措", "牵头部门", "参与部门", "时间进度", "成果形式"]
    row = ["1-1", "土地管理", "探索混合用地供给。", "市自然资源局", "市工信局", "2024年底前", "实施方案"]
    document = _read("\n".join(["改革任务清单", "\t".join(header), "\t".join(row), "\t".join(["1-2", *row[1:]])]))
    assert [(r.row, r.text("task"), r.text("measure")) for r in document.rows] == [
        ("1-1", "土地管理", "探索混合用地供给。"),
        ("1-2", "土地管理", "探索混合用地供给。"),
    ]


@pytest.mark.parametrize(
    ("header", "below"),
    [
        ("责任单位（列首位的为牵头单位）", ""),
        ("责任单位", "\n注：责任单位列第一位的为牵头单位。\n"),
        ("责任单位", "\n列第一位的责任单位为牵头单位或汇总单位。\n"),
    ],
)
def test_the_first_leads_where_the_document_says_so(header: str, below: str) -> None:
    lines = [
        "任务分工表",
        f"序号\t举措\t{header}\t完成时限",
        "1\t压减审批时限。\t市行政审批局、市住建局\t2024年底前",
        "2\t推行承诺制。\t市司法局\t2024年底前",
    ]
    document = _read("\n".join(lines) + below)
    roles = [[(m.role, m.actor.name) for m in row.roles] for row in document.rows]
    assert roles == [[("lead", "市行政审批局"), ("responsible", "市住建局")], [("lead", "市司法局")]]
    assert [f.severity for f in document.findings if f.code == "lead-by-rule"] == ["info"]


def test_nobody_leads_where_the_document_does_not_say_so() -> None:
    lines = [
        "任务分工表",
        "序号\t举措\t责任单位\t完成时限",
        "1\t压减审批时限。\t市行政审批局、市住建局\t2024年底前",
        "2\t推行承诺制。\t市司法局\t2024年底前",
    ]
    document = _read("\n".join(lines))
    assert [m.role for row in document.rows for m in row.roles] == ["responsible"] * 3
    assert _read("数字政府建设任务清单\n" + "\n".join(lines[1:])).meta.issuers == ()


@pytest.mark.parametrize(
    ("title", "issuers"),
    [
        ("西河区贯彻落实市政府加强生活垃圾分类工作实施意见的工作方案", ()),
        ("西河区贯彻落实省委省政府关于乡村振兴部署的实施方案", ()),
        ("江宁市教育局贯彻落实教育部办公厅双减意见的实施方案", ("江宁市教育局",)),
        ("东陵区人民政府关于落实市政府垃圾分类意见的实施方案", ("东陵区人民政府",)),
    ],
)
def test_the_body_whose_document_is_carried_out_is_not_the_issuer(title: str, issuers: tuple[str, ...]) -> None:
    found = extract_bytes(f"{title}\n一、总体要求\n坚持以人为本。\n二、主要任务\n（一）加强领导。各单位要重视。\n".encode(), "a.txt")
    assert found.meta.issuers == issuers


def test_labels_that_every_row_says_itself_are_no_page_breaks() -> None:
    names = ("市残联", "市文联", "江宁海关")
    rows = "".join(f"{n},强化组织领导,建立联席会议制度第{n}项。,市体育局,{who},2022年底前\n" for n, who in enumerate(names, 1))
    found = extract_bytes(f"序号,重点工作,具体任务,牵头单位,责任单位,完成时限\n{rows}".encode(), "a.csv")
    assert [f.code for f in found.findings if f.code in ("label-repeated", "unknown-actor", "type-mismatch")] == []
