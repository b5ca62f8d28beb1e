"""Makes of tables and texts met on government sites and not in our three documents: headers, marks, bands, cards, lists of contents."""

from __future__ import annotations

import json

import pytest

from loaders.extract import extract_bytes
from loaders.pdf.page import PdfLine
from loaders.pdf.text import margins, paragraphs
from loaders.records import Extraction
from loaders.tables.columns import header_roles, is_header
from loaders.tables.unmet import settle
from loaders.to_json import extraction_json


def _read(text: str, name: str = "x.txt", encoding: str = "utf-8") -> Extraction:
    return extract_bytes(text.encode(encoding), name)


def _table(*rows: str) -> Extraction:
    """A CSV whose cells are parted by blanks; - is an empty cell."""
    return _read("\n".join(",".join("" if cell == "-" else cell for cell in row.split()) for row in rows), "x.csv")


def _page(table: str) -> Extraction:
    return _read(f"<html><body><table>{table}</table></body></html>", "x.html")


def _tr(*cells: str) -> str:
    return "<tr>" + "".join(cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _names(document: Extraction, role: str) -> list[list[str]]:
    return [[m.actor.name for m in row.roles if m.role == role] for row in document.rows]


def _texts(document: Extraction, field: str) -> list[str]:
    return [row.text(field) for row in document.rows]


# --- which column is what -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "is_one"),
    [
        (("项目名称", "主要内容", "牵头单位", "配合单位"), True),  # no word for a task, no time: two columns of words, and work given
        (("测评项目", "测评标准", "责任单位"), True),
        (("督查事项", "督查内容", "责任单位", "办结时限"), True),
        (("项目名称", "建设内容", "总投资（万元）", "责任单位", "竣工时间"), True),
        (("项目名称", "主要内容", "总投资（万元）", "责任单位"), False),  # money, and no time
        (("项目名称", "主管部门"), False),
        (("类别", "内容", "联系电话"), False),
        (("地区", "目标任务", "进度", "完成比例"), False),
    ],
)
def test_what_makes_a_header_one_of_tasks(header: tuple[str, ...], is_one: bool) -> None:
    assert is_header(header) is is_one


@pytest.mark.parametrize(
    ("header", "task", "measure"),
    [
        (("工作目标", "具体措施", "牵头单位"), "工作目标", "具体措施"),
        (("工作要点", "具体要求", "任务分工"), "工作要点", "具体要求"),
        (("重点任务", "工作目标", "工作措施", "责任单位"), "重点任务", "工作措施"),
        (("工作内容", "工作要求", "责任单位"), None, "工作内容"),  # of two alike the first, unless the other says more
    ],
)
def test_of_several_columns_of_measures_the_finest_is_taken(header: tuple[str, ...], task: str | None, measure: str) -> None:
    words = ["推行一窗受理并缩短时限", "建立回访制度并定期通报"]
    roles = settle(header, header_roles(header), [[words] for _ in header])
    assert header[roles.index("measure")] == measure
    assert (header[roles.index("task")] if "task" in roles else None) == task


def test_a_goal_that_many_measures_share_heads_them() -> None:
    document = _page(
        _tr("目标任务", "主要内容", "责任单位")
        + _tr("<td rowspan=2>公开透明</td>", "按月公开收支情况。", "财政局牵头落实")
        + _tr("按季解读统计数据。", "统计局牵头，财政局配合")
    )
    assert _texts(document, "task") == ["公开透明", "公开透明"]
    assert _texts(document, "measure") == ["按月公开收支情况。", "按季解读统计数据。"]
    assert _names(document, "lead") == [["财政局"], ["统计局"]]


def test_a_column_without_a_header_whose_words_are_the_measures() -> None:
    document = _page(
        _tr("", "重点工作", "", "责任部门", "完成时间")
        + _tr("1", "河道整治", "清理河道垃圾并新建护坡三公里。", "水务站", "5月")
        + _tr("2", "防汛备汛", "排查隐患点并落实包保责任。", "应急办", "长期")
    )
    assert _texts(document, "measure") == ["清理河道垃圾并新建护坡三公里。", "排查隐患点并落实包保责任。"]
    assert [row.number for row in document.rows] == ["1", "2"]


def test_the_end_of_works_is_their_time_limit_and_not_their_beginning() -> None:
    document = _table(
        "项目名称 建设内容 责任单位 开工时间 竣工时间",
        "甲路改造 改造道路两公里。 住建局 2023年3月 2023年11月",
        "乙校新建 新建教学楼一幢。 教育局 2023年5月 2024年8月",
    )
    assert [row.deadline.date for row in document.rows if row.deadline] == ["2023-11-30", "2024-08-31"]


def test_people_beside_departments_under_one_heading_do_not_take_their_place() -> None:
    head = _tr("<td rowspan=2>整改措施</td>", "<td colspan=3>责任分工</td>", "<td rowspan=2>整改时限</td>") + _tr(
        "责任领导", "责任单位", "责任人"
    )
    document = _page(
        head + _tr("修订办法。", "王某", "财政局", "李某", "9月底前") + _tr("组织培训。", "王某", "教育局", "钱某", "12月底前")
    )
    assert _names(document, "responsible") == [["财政局"], ["教育局"]]


def test_a_line_to_be_filled_in_is_no_part_of_the_header() -> None:
    document = _table(
        "某区问题整改台账",
        "填报单位：财政局 填报日期：8月15日 - -",
        "序号 整改措施 责任单位 整改时限",
        "1 修订办法。 财政局 9月底前",
        "2 组织培训。 教育局 年底",
    )
    assert _names(document, "responsible") == [["财政局"], ["教育局"]]
    assert list(document.rows[0].columns) == ["序号", "整改措施", "责任单位", "整改时限"]


def test_a_mark_beside_a_name_says_who_leads() -> None:
    document = _table(
        "序号 工作任务 责任单位（加★为牵头单位） 完成时限",
        "1 扩大投资。 ★市财政局、市教育局 6月底",
        "2 稳定就业。 市教育局、★市民政局 8月底",
    )
    assert _names(document, "lead") == [["市财政局"], ["市民政局"]]
    assert _names(document, "responsible") == [["市教育局"], ["市教育局"]]
    assert [f.quote for f in document.findings if f.code == "lead-by-rule"] == ["加★为牵头"]


def test_a_mark_that_means_nothing_is_left_off_the_name() -> None:
    document = _table("序号 工作任务 责任单位 完成时限", "1 扩大投资。 ☆市财政局、市教育局 6月底", "2 稳定就业。 市民政局 8月底")
    assert _names(document, "lead") == [[], []]
    assert _names(document, "responsible") == [["市财政局", "市教育局"], ["市民政局"]]


@pytest.mark.parametrize("rule", ["排首位的责任单位为牵头单位", "第一责任单位为牵头单位", "牵头单位列在首位"])
def test_more_ways_to_say_that_the_first_leads(rule: str) -> None:
    document = _table(
        "序号 工作任务 责任单位 完成时限",
        "1 扩大投资。 市财政局、市教育局 6月底",
        "2 稳定就业。 市民政局、市教育局 8月底",
        f"注：{rule}。 - - -",
    )
    assert _names(document, "lead") == [["市财政局"], ["市民政局"]]


# --- lines over the rows, tables that go on ------------------------------------------------------------------------------


def test_lines_numbered_in_han_of_two_depths_head_the_rows_numbered_in_figures() -> None:
    document = _page(
        _tr("序号", "工作内容", "责任单位", "时限")
        + _tr("一", "夯实基础", "", "")
        + _tr("（一）", "网络", "", "")
        + _tr("1", "新建基站。", "通信办", "12月底")
        + _tr("（二）", "算力", "", "")
        + _tr("2", "建成中心。", "大数据局", "6月底")
        + _tr("二", "推进转型", "", "")
        + _tr("3", "培育工厂。", "工信局", "12月底")
    )
    assert [row.row for row in document.rows] == ["1", "2", "3"]
    assert _texts(document, "task") == ["夯实基础", "夯实基础", "推进转型"]
    assert _texts(document, "group") == ["网络", "算力", ""]


def test_rows_numbered_in_han_are_rows() -> None:
    document = _page(
        _tr("序号", "工作内容", "责任单位")
        + _tr("一", "夯实基础", "")
        + _tr("二", "新建基站。", "通信办")
        + _tr("三", "建成中心。", "大数据局")
    )
    assert [row.row for row in document.rows] == ["一", "二", "三"]


def test_the_line_above_rows_whose_task_is_all_they_say_is_their_group() -> None:
    document = _page(
        _tr("序号", "工作任务", "牵头单位", "完成时限") + _tr("<td colspan=4>一、项目攻坚</td>") + _tr("1", "实施项目。", "发改局", "年底")
        + _tr("<td colspan=4>二、乡村振兴</td>") + _tr("2", "改造户厕。", "农业局", "11月")
    )  # fmt: skip
    assert _texts(document, "task") == ["实施项目。", "改造户厕。"]
    assert _texts(document, "group") == ["一、项目攻坚", "二、乡村振兴"]
    assert [row.inherited for row in document.rows] == [("group",), ("group",)]


def test_a_table_goes_on_below_without_its_header() -> None:
    head = _tr("序号", "改革任务", "改革举措", "牵头单位") + _tr("1", "医保支付", "按病种付费。", "医保局")
    more = _tr("2", "国企改革", "推进整合重组。", "财政局") + _tr("3", "教育评价", "改革评价办法。", "教育局")
    document = _read(f"<html><body><table>{head}</table><p>（续表）</p><table>{more}</table></body></html>", "x.html")
    assert [(row.row, row.text("task")) for row in document.rows] == [("1", "医保支付"), ("2", "国企改革"), ("3", "教育评价")]
    apart = _read(f"<html><body><table>{head}</table><p>另有安排如下。</p><table>{more}</table></body></html>", "x.html")
    assert [row.row for row in apart.rows] == ["1"]


CARDS = (
    "某县任务分解\n\n具体任务\n办好运动会。\n责任单位\n文旅局、教育局\n完成时限\n12月底前\n\n"
    "具体任务\n建好医院。\n责任单位\n卫健局\n完成时限\n1月底前\n"
)


def test_labels_and_values_one_below_the_other_are_rows() -> None:
    document = _read(CARDS)
    assert _texts(document, "measure") == ["办好运动会。", "建好医院。"]
    assert _names(document, "responsible") == [["文旅局", "教育局"], ["卫健局"]]
    assert [s.reason for s in document.ingest.skipped] == ["repeated-header"]
    for row in document.rows:
        place = row.cells["measure"].place
        assert document.text[place.start : place.end] == row.text("measure")


def test_labels_with_their_value_behind_the_colon_are_rows_too() -> None:
    document = _read("工作任务：办好运动会。\n牵头单位：文旅局\n完成时限：年底\n工作任务：建好医院。\n牵头单位：卫健局\n完成时限：长期\n")
    assert _texts(document, "task") == ["办好运动会。", "建好医院。"]
    assert _names(document, "lead") == [["文旅局"], ["卫健局"]]


@pytest.mark.parametrize(
    "text",
    [
        # notes of an outline
        "某县方案\n一、任务\n（一）办好运动会。\n责任单位：文旅局\n完成时限：年底\n（二）建好医院。\n责任单位：卫健局\n完成时限：年底\n",
        "工作任务\n办好运动会。\n责任单位\n文旅局\n",  # one card alone
        "工作目标\n全面建成。\n工作要求\n高度重视。\n工作目标\n提前建成。\n工作要求\n压实责任。\n",  # nobody to do it
    ],
)
def test_labels_that_make_no_cards(text: str) -> None:
    assert _read(text).rows == ()


# --- running text --------------------------------------------------------------------------------------------------------


def _ids(document: Extraction) -> list[str]:
    return [p.id for p in document.provisions if p.level != "sentence"]


def test_a_list_of_contents_is_no_text() -> None:
    document = _read(
        "某省条例\n目　录\n第一章　总则\n第二章　附则\n第一章　总　则\n第一条　为了发展，制定本条例。\n"
        "第二条　各级政府应当支持。\n第二章　附　则\n第三条　本条例自2022年8月1日起施行。\n"
    )
    assert _ids(document) == ["1", "1.1", "1.2", "2", "2.3"]
    assert [p.heading for p in document.provisions if p.level == "section"] == ["总则", "附则"]


def test_a_heading_that_says_contents_with_none_below_hides_nothing() -> None:
    assert _ids(_read("某市方案\n目录\n一、总体要求\n（一）加快建设。\n二、保障措施\n（一）加强领导。\n")) == ["1", "1.1", "2", "2.1"]


def test_a_number_right_before_a_figure_is_an_items() -> None:
    document = _read(
        "某市方案\n一、任务\n1.2022年底前建成平台。\n2.12345热线接通率达到95%。\n1.5万亩造林任务全面完成。\n3.推进5G建设。\n二、要求\n1.2023年总结。\n"
    )
    assert _ids(document) == ["1", "1.1", "1.2", "1.3", "2", "2.1"]
    assert [d.deadline.date for p in document.provisions if p.id == "1.1.s1" for d in p.deadlines] == ["2022-12-31"]


def test_parts_numbered_1_and_1_1_and_1_1_1() -> None:
    document = _read(
        "某中心建设规范\n1 总体要求\n1.1 坚持便民。\n1.2 面积达标。\n2 场所设置\n2.1 功能分区\n2.1.1 设置咨询区。\n2.1.2 设置等候区。\n"
    )
    assert _ids(document) == ["1", "1.1", "1.2", "2", "2.1", "2.1.1", "2.1.2"]
    assert {p.id: p.heading for p in document.provisions if p.heading} == {"1": "总体要求", "2": "场所设置", "2.1": "功能分区"}


@pytest.mark.parametrize("opening", ["来函收悉。现批复如下：", "为做好工作，现将有关事项通知如下：", "为做好工作，制定本办法。"])
def test_the_words_before_the_first_part_are_the_preamble(opening: str) -> None:
    document = _read(f"某市批复\n各区政府：\n{opening}\n一、同意实施。请认真组织。\n二、加强领导。确保质量。\n")
    assert [p.text for p in document.provisions if p.id == "0.0"] == [opening]


def test_who_is_responsible_for_a_section_is_told() -> None:
    document = _read(
        "某省整改清单\n一、处理能力不足。\n责任单位：某市党委、政府\n整改时限：2023年12月底前\n二、重视不够。\n责任单位：各县区\n整改时限：长期坚持\n"
    )
    said = {p["id"]: p for p in json.loads(json.dumps(extraction_json(document)))["provisions"] if p["level"] == "section"}
    assert [(r["role"], r["actor"]) for r in said["1"]["roles"]] == [("responsible", "某市党委、政府")]
    assert [d["date"] for d in said["1"]["deadlines"]] == ["2023-12-31"]
    assert said["2"]["note"] == "责任单位：各县区；整改时限：长期坚持"


def test_a_section_without_a_note_is_printed_as_ever() -> None:
    read = extraction_json(_read("某市方案\n一、总体要求\n（一）加快建设。\n"))
    assert set(read["provisions"][0]) == {"id", "level", "parent", "place", "number", "heading"}


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("区委区政府\n督查室", ["区委区政府督查室"]),
        ("县政府\n办公室、教育局", ["县政府办公室", "教育局"]),
        ("机关党委\n办公室", ["机关党委", "办公室"]),
        ("某市党委、政府", ["某市党委、政府"]),
        ("市委、市政府", ["市委", "市政府"]),
    ],
)
def test_names_over_two_lines_and_in_two_halves(cell: str, names: list[str]) -> None:
    document = _page(
        _tr("序号", "工作任务", "责任单位", "完成时限")
        + _tr("1", "抓好督查。", cell.replace("\n", "<br>"), "年底")
        + _tr("2", "抓好宣传。", "宣传部", "年底")
    )
    assert _names(document, "responsible")[0] == names


def test_a_division_of_tasks_passed_on_by_a_notice_gives_its_title() -> None:
    document = _read(
        "某厅关于印发2023年政务公开工作要点任务分工的通知\n各处室：\n现印发给你们，请认真贯彻执行。\n某厅\n2023年7月4日\n2023年政务公开工作要点任务分工\n（一）加强公开。办公室负责。\n"
    )
    assert (document.meta.title, document.meta.genre) == ("2023年政务公开工作要点任务分工", "任务分工")


# --- who acts, where no column says it -----------------------------------------------------------------------------------


def test_notes_in_the_words_say_who_acts_where_no_column_does() -> None:
    document = _table(
        "序号 改革任务 备注 完成时限",
        "1 推进医联体建设。（卫健局牵头，医保局配合） - 11月",
        "2 推进集团办学。（教育局负责） - 9月",
        "3 推进公园建设。 - 8月",
    )
    assert _names(document, "lead") == [["卫健局"], [], []]
    assert _names(document, "supporting") == [["医保局"], [], []]
    assert _names(document, "responsible") == [[], ["教育局"], []]
    for row, words in zip(document.rows, ("卫健局牵头，医保局配合", "教育局负责"), strict=False):
        place = row.cells["lead" if "lead" in row.cells else "responsible"].place
        assert document.text[place.start : place.end] == words


def test_a_time_limit_in_the_note_holds_where_no_column_has_it() -> None:
    document = _page(
        _tr("序号", "重点工作", "任务分解及责任分工")
        + _tr("1", "依法行政", "<p>修订规程。（法规处牵头）</p><p>开展培训。（人事处、法规处负责）</p>")
        + _tr("2", "机关建设", "修订制度。（办公室负责，2023年6月底前完成）")
    )
    assert _names(document, "lead") == [["法规处"], []]
    assert _names(document, "responsible") == [["人事处"], ["办公室"]]
    assert [row.deadline.date if row.deadline else None for row in document.rows] == [None, "2023-06-30"]


def test_notes_in_the_words_say_nothing_where_a_column_does() -> None:
    document = _table("序号 工作任务 责任单位 完成时限", "1 推进医联体建设。（卫健局牵头） 医保局 11月", "2 推进办学。（教育局负责） - 9月")
    assert _names(document, "lead") == [[], []]
    assert _names(document, "responsible")[0] == ["医保局"]


def test_lines_over_the_rows_that_are_bodies_are_responsible() -> None:
    head = _tr("序号", "重点任务", "配合单位", "完成时限") + _tr("<td colspan=4>一、县教育局（共2项）</td>")
    document = _page(
        head
        + _tr("1", "新建学校。", "住建局", "8月")
        + _tr("2", "招聘教师。", "人社局", "8月")
        + _tr("<td colspan=4>二、县卫健局（1项）</td>")
        + _tr("3", "建成医院。", "住建局", "12月")
    )
    assert _names(document, "responsible") == [["县教育局"], ["县教育局"], ["县卫健局"]]
    assert [row.inherited for row in document.rows] == [("responsible",)] * 3
    place = document.rows[2].cells["responsible"].place
    assert document.text[place.start : place.end] == "县卫健局"


def _under(*headings: str) -> Extraction:
    table = "<table>" + _tr("序号", "工作任务", "完成时限") + _tr("1", "新建学校。", "8月") + _tr("2", "招聘教师。", "9月") + "</table>"
    return _read("<html><body>" + "".join(f"<p>{heading}</p>{table}" for heading in headings) + "</body></html>", "x.html")


@pytest.mark.parametrize(
    ("headings", "names"),
    [
        (("一、县教育局（共2项）", "二、县卫健局（共2项）"), [["县教育局"], ["县教育局"], ["县卫健局"], ["县卫健局"]]),
        (("责任单位：县教育局",), [["县教育局"]] * 2),
        (("县教育局",), [[], []]),  # may be who issues the table
        (("一、县教育局", "二、有关安排"), [[]] * 4),
        (("一、重点任务", "二、一般任务"), [[]] * 4),
    ],
)
def test_tables_each_under_the_body_they_are_for(headings: tuple[str, ...], names: list[list[str]]) -> None:
    assert _names(_under(*headings), "responsible") == names


def test_headings_of_one_length_are_no_full_lines_of_a_page() -> None:
    words = (
        "一、总体要求",
        "以市场化法治化国际化为原则，坚持便民利企，持续优化环境。",
        "二、主要任务",
        "推动政务服务事项标准化规范化便利化水平",
        "提升。",
        "三、保障措施",
    )
    ends = (156, 497, 156, 502, 112, 156)
    lines = [
        PdfLine(text, 90, end, 100 + 24 * at, 111 + 24 * at, 11, 1, 11) for at, (text, end) in enumerate(zip(words, ends, strict=True))
    ]
    found = [p.text for p in paragraphs(lines, margins(lines))]
    assert found == [*words[:3], words[3] + words[4], words[5]]


def test_of_two_times_under_one_heading_the_end_is_the_limit() -> None:
    head = _tr("<td rowspan=2>改革任务</td>", "<td rowspan=2>牵头单位</td>", "<td colspan=2>时限要求</td>") + _tr("启动", "完成")
    document = _page(head + _tr("完成扩容。", "数据局", "2023.3", "2023.9") + _tr("建成平台。", "城运中心", "2023.4", "2023.12"))
    assert [row.deadline.date for row in document.rows if row.deadline] == ["2023-09-30", "2023-12-31"]


def test_a_title_whose_second_line_begins_with_a_year_has_its_issuer() -> None:
    document = _read(
        "某旗安委会关于印发《某旗安全生产委员会2024年工作要点》的通知\n各成员单位：\n现将《某旗安全生产委员会2024年工作要点》印发给你们，请认真贯彻执行。\n"
        "某旗安全生产委员会\n2024年6月13日\n某旗安全生产委员会\n2024年工作要点\n一、强化责任\n（一）压实责任。每季度开会。\n"
    )
    assert document.meta.title == "某旗安全生产委员会2024年工作要点"
