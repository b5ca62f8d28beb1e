"""What documents say about themselves, read from texts set the way governments publish them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.blocks import RawCell, RawParagraph, RawTable, assemble
from loaders.extract import extract_bytes
from loaders.metadata.lines import is_aside
from loaders.metadata.names import authority_names
from loaders.metadata.numbers import find_number
from loaders.metadata.reading import Head, iso_date, read_metadata
from loaders.metadata.titles import clean_title, genre_of
from loaders.records import Metadata

NATIONAL = """国务院办公厅关于全面推行行政执法公示制度
执法全过程记录制度重大执法决定法制
审核制度的指导意见
国办发〔2018〕118号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：

　　行政执法是行政机关履行政府职能、管理经济社会事务的重要方式。为贯彻落实《法治政府建设实施纲要（2015－2020年）》，现就全面推行“三项制度”提出以下指导意见。

　　一、总体要求
　　（一）指导思想。以习近平新时代中国特色社会主义思想为指导。
　　二、全面推行行政执法公示制度
　　（二）强化事前公开。行政执法机关要统筹推进行政执法事前公开。

国务院办公厅
2018年12月5日

（此件公开发布）
"""

CITY = """XX市人民政府办公室文件

X政办发〔2020〕12号

XX市人民政府办公室
关于印发《XX市2020年政务公开工作要点》的通知

各县（市、区）人民政府，市政府各部门、各直属机构：
　　《XX市2020年政务公开工作要点》已经市政府同意，现印发给你们，请结合实际认真贯彻执行。

　　　　　　　　　　　　　　XX市人民政府办公室
　　　　　　　　　　　　　　二〇二〇年五月八日
（此件主动公开）

XX市2020年政务公开工作要点

　　为贯彻落实《国务院办公厅关于印发2020年政务公开工作要点的通知》（国办发〔2020〕17号）和《X省人民政府办公厅关于印发2020年政务公开工作要点的通知》（X政办发〔2020〕9号）精神，制定本工作要点。
　　一、加强政策解读
　　（一）明确责任。各部门要落实《中华人民共和国政府信息公开条例》。
　　二、完善保障
　　（一）强化考核。

抄送：市委各部门，市人大常委会办公室。
XX市人民政府办公室　　　　2020年5月9日印发
"""

WITH_ANNEX = """关于印发《上海市徐汇区加强政务公开工作实施方案》的通知
徐府办发［2019］８号

各街道办事处、华泾镇人民政府，区政府各委、办、局：
　　经区政府同意，现将《上海市徐汇区加强政务公开工作实施方案》印发给你们，请认真按照执行。
　　附件：1.上海市徐汇区加强政务公开工作实施方案
　　　　　2.徐汇区政务公开重点任务分工表.docx
　　　　　　　　　　　　　　徐汇区人民政府办公室
　　　　　　　　　　　　　　2019年4月30日

附件1
上海市徐汇区加强政务公开工作实施方案
　　根据《上海市人民政府办公厅关于加强政务公开工作的意见》（沪府办发〔2018〕30号），结合本区实际，制定本方案。
　　一、总体要求
　　坚持公开为常态。本方案自2019年6月1日起施行。
"""

JOINT = """教育部　财政部　国家发展改革委
关于印发《“双一流”建设成效评价办法（试行）》的通知

教研〔2020〕13号

各省、自治区、直辖市教育厅（教委）、财政厅（局）、发展改革委，新疆生产建设兵团教育局、财政局、发展改革委，有关高等学校：
　　现将《“双一流”建设成效评价办法（试行）》印发给你们，请遵照执行。

教  育  部
财  政  部
国家发展改革委
2020年12月15日

“双一流”建设成效评价办法（试行）

第一章　总则
第一条　为贯彻落实《深化新时代教育评价改革总体方案》，根据《统筹推进世界一流大学和一流学科建设总体方案》，制定本办法。
第二条　成效评价是对建设情况的评价。
第三条　本办法自印发之日起施行。
"""


def meta(text: str) -> Metadata:
    return extract_bytes(text.encode(), "test.txt").meta


def head(*lines: str, facts: dict[str, str] | None = None) -> Head:
    blocks = assemble([RawParagraph(line) for line in lines])
    return read_metadata(blocks.order, blocks.text, facts)


def test_a_state_council_opinion_with_its_title_over_three_lines() -> None:
    found = meta(NATIONAL)
    assert found.title == "国务院办公厅关于全面推行行政执法公示制度执法全过程记录制度重大执法决定法制审核制度的指导意见"
    assert (found.genre, found.number, found.issuers) == ("指导意见", "国办发〔2018〕118号", ("国务院办公厅",))
    assert (found.written_on, found.disclosure, found.effective_on) == ("2018-12-05", "公开发布", None)
    assert found.addressees == ("各省、自治区、直辖市人民政府", "国务院各部委、各直属机构")


def test_what_surrounds_the_body_is_no_provision() -> None:
    text = " ".join(p.text for p in extract_bytes(NATIONAL.encode(), "test.txt").provisions)
    assert "公开发布" not in text and "2018年12月5日" not in text
    text = " ".join(p.text for p in extract_bytes(CITY.encode(), "test.txt").provisions)
    assert "抄送" not in text and "印发给你们" not in text and "5月9日" not in text


def test_a_notice_that_only_passes_on_a_plan_gives_way_to_it() -> None:
    found = meta(CITY)
    assert (found.title, found.genre) == ("XX市2020年政务公开工作要点", "工作要点")
    assert found.notice == "XX市人民政府办公室关于印发《XX市2020年政务公开工作要点》的通知"
    assert (found.number, found.issuers, found.written_on) == ("X政办发〔2020〕12号", ("XX市人民政府办公室",), "2020-05-08")
    assert found.disclosure == "主动公开"
    assert found.addressees == ("各县（市、区）人民政府", "市政府各部门、各直属机构")


def test_a_notice_whose_plan_is_an_annex_keeps_its_title() -> None:
    found = meta(WITH_ANNEX)
    assert found.title == "关于印发《上海市徐汇区加强政务公开工作实施方案》的通知"
    assert (found.genre, found.number) == ("通知", "徐府办发〔2019〕8号")
    assert (found.issuers, found.written_on, found.effective_on) == (("徐汇区人民政府办公室",), "2019-04-30", "2019-06-01")
    assert [(a["id"], a["title"]) for a in found.attachments] == [
        ("a1", "上海市徐汇区加强政务公开工作实施方案"),
        ("a2", "徐汇区政务公开重点任务分工表"),
    ]
    assert found.attachments[1]["kind"] == "task_table"


def test_a_notice_with_parts_of_its_own_keeps_its_title() -> None:
    found = head(
        "关于印发《某区工作方案》的通知",
        "各有关单位：",
        "现将《某区工作方案》印发给你们，并就有关事项通知如下：",
        "一、提高认识",
        "二、抓好落实",
        "某区人民政府",
        "2020年1月2日",
        "某区工作方案",
        "一、目标",
    ).meta
    assert (found.title, found.genre, found.notice) == ("关于印发《某区工作方案》的通知", "通知", "")


def test_joint_issuers_and_a_date_in_force_told_by_the_day_of_issue() -> None:
    found = meta(JOINT)
    assert found.title == "“双一流”建设成效评价办法（试行）"
    assert found.genre == "办法"
    assert found.issuers == ("教育部", "财政部", "国家发展改革委")
    assert found.number == "教研〔2020〕13号"
    assert (found.written_on, found.effective_on) == ("2020-12-15", "2020-12-15")
    assert [(i.field, i.rule) for i in found.inferred] == [("effective_on", "effective-on-issue")]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("某省优化营商环境三年行动计划", "（2018—2020年）"), "某省优化营商环境三年行动计划（2018—2020年）"),
        (("某市政务公开办法（征求意见稿）",), "某市政务公开办法（征求意见稿）"),
        (("中共昆山市委", "昆山市人民政府", "关于加强法治政府建设的意见"), "中共昆山市委 昆山市人民政府关于加强法治政府建设的意见"),
        (("关 于 做 好 政 务 公 开 工 作 的 通 知",), "关于做好政务公开工作的通知"),
        (("某区人民政府办公室", "某区2021年重点任务清单"), "某区2021年重点任务清单"),
        (
            ("国务院办公厅关于印发", "全国深化“放管服”改革", "重点任务分工方案的通知"),
            "国务院办公厅关于印发全国深化“放管服”改革重点任务分工方案的通知",
        ),
        (("关于加强基层政务公开的意见（国发〔2016〕5号）",), "关于加强基层政务公开的意见"),
    ],
)
def test_titles_are_joined_and_endings_kept(lines: tuple[str, ...], title: str) -> None:
    assert head(*lines, "为了做好工作，现提出如下意见。", "一、要求").meta.title == title


def test_a_news_heading_names_the_document_and_its_issuers() -> None:
    found = head(
        "中共中央办公厅 国务院办公厅印发《关于全面推进政务公开工作的意见》",
        "近日，中共中央办公厅、国务院办公厅印发了《关于全面推进政务公开工作的意见》，并发出通知，要求各地区各部门贯彻执行。",
        "《关于全面推进政务公开工作的意见》全文如下。",
        "一、重要意义",
    ).meta
    assert (found.title, found.genre) == ("关于全面推进政务公开工作的意见", "意见")
    assert found.issuers == ("中共中央办公厅", "国务院办公厅")
    assert found.cites == ()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("国办发[2018]118号", "国办发〔2018〕118号"),
        ("沪府办规（２０２０）５号", "沪府办规〔2020〕5号"),
        ("税总发【2016】50号", "税总发〔2016〕50号"),
        ("(京政办发〔2019〕 7 号)", "京政办发〔2019〕7号"),
        ("X政办字〔2021〕第003号　　　签发人：张三", "X政办字〔2021〕3号"),
        ("中华人民共和国国务院令第711号", "国务院令第711号"),
        ("国家税务总局公告2018年第31号", "国家税务总局公告2018年第31号"),
        ("文号：粤府〔2020〕1号", "粤府〔2020〕1号"),
    ],
)
def test_numbers_have_one_form(line: str, number: str) -> None:
    assert head("某市关于某事的意见", line, "一、要求").meta.number == number


def test_a_decree_is_numbered_over_two_lines_and_a_number_in_a_sentence_is_not_the_own_one() -> None:
    assert head("某市人民政府令", "第 12 号", "某市政务公开规定", "第一条 为了公开，制定本规定。").meta.number == "某市人民政府令第12号"
    assert head("某市工作方案", "根据国发〔2018〕3号文件要求，制定本方案。", "一、要求").meta.number is None


def test_dates_are_told_apart() -> None:
    found = head(
        "索引号：000014349/2019-00001　发文机关：某市人民政府",
        "发布日期：2019年3月8日",
        "某市政务公开办法",
        "第一条 为了公开，制定本办法。",
        "第二条 《某省条例》自2018年1月1日起施行后，应当执行。",
        "第三条 本办法自2019年4月1日起施行。",
        "某市人民政府",
        "2019年3月1日",
    ).meta
    assert (found.written_on, found.published_on, found.effective_on) == ("2019-03-01", "2019-03-08", "2019-04-01")
    assert found.index_no == "000014349/2019-00001"
    assert found.title == "某市政务公开办法"


def test_a_decree_and_what_is_told_below_the_title_are_no_body() -> None:
    found = head(
        "中华人民共和国国务院令",
        "第711号",
        "现将修订后的《中华人民共和国政府信息公开条例》公布，自2019年5月15日起施行。",
        "总理　李克强",
        "2019年4月3日",
        "中华人民共和国政府信息公开条例",
        "（2007年4月5日中华人民共和国国务院令第492号公布　2019年4月3日中华人民共和国国务院令第711号修订）",
        "第一条　为了保障知情权，制定本条例。",
    )
    assert (found.meta.title, found.meta.number) == ("中华人民共和国政府信息公开条例", "国务院令第711号")
    assert found.meta.issuers == ("国务院",)
    assert (found.meta.written_on, found.meta.effective_on) == ("2019-04-03", "2019-05-15")
    assert found.meta.cites == ()
    assert found.used == frozenset(range(1, 8))


def test_who_printed_it_is_the_issuer_where_nobody_signed() -> None:
    found = head("徐汇区2020年“一网通办”工作要点", "一、深化改革", "徐汇区人民政府办公室", "2020年4月10日印发")
    assert (found.meta.issuers, found.meta.written_on) == (("徐汇区人民政府办公室",), None)
    assert found.used == frozenset({1, 3, 4})
    assert head("徐汇区2020年“一网通办”工作要点", "一、深化改革").meta.issuers == ()


def test_void_documents_say_so() -> None:
    assert head("某市政务公开办法（已废止）", "第一条 为了公开，制定本办法。").meta.status == "已废止"
    assert head("某市政务公开办法", "第一条 为了公开，制定本办法。").meta.status is None


@pytest.mark.parametrize(
    ("line", "addressed"),
    [
        ("各省、自治区、直辖市人民政府，国务院各部委、各直属机构：", ("各省、自治区、直辖市人民政府", "国务院各部委、各直属机构")),
        ("各街道办事处、各镇人民政府，区政府各委、办、局：", ("各街道办事处、各镇人民政府", "区政府各委、办、局")),
        ("徐汇区人民政府：", ("徐汇区人民政府",)),
        ("各有关单位:", ("各有关单位",)),
        ("各县级市（区）人民政府，工业园区；市各委办局，各直属单位：", ("各县级市（区）人民政府", "工业园区", "市各委办局", "各直属单位")),
        ("现将有关事项通知如下：", ()),
        ("责任单位：", ()),
        ("主要包括以下部门：", ()),
        ("工作目标：", ()),
    ],
)
def test_addressees_are_names_before_a_colon(line: str, addressed: tuple[str, ...]) -> None:
    assert head("某市关于某事的通知", line, "请认真执行。", "一、要求").meta.addressees == addressed


def test_signatures_of_several_kinds() -> None:
    assert head("关于某事的通知", "一、要求", "市教育局　　市财政局", "2020年1月2日").meta.issuers == ("市教育局", "市财政局")
    assert head("关于某事的通知", "一、要求", "某区人民政府办公室（盖章）　2020年1月2日").meta.issuers == ("某区人民政府办公室",)
    found = head("某市人民政府令", "第3号", "某市公开规定", "第一条 为了公开。", "市长　张三", "2020年1月2日").meta
    assert (found.written_on, found.number) == ("2020-01-02", "某市人民政府令第3号")
    dated = head("某市公开规定", "（2020年1月2日）", "一、要求", "深化改革").meta
    assert dated.written_on == "2020-01-02"
    assert head("某市公开规定", "一、要求", "要在2020年1月2日", "前完成。").meta.written_on is None


def test_issuers_from_the_red_head_and_from_the_title() -> None:
    assert head("某市教育局文件", "关于做好公开工作的通知", "一、要求").meta.issuers == ("某市教育局",)
    assert head("教育部 财政部关于做好公开工作的通知", "一、要求").meta.issuers == ("教育部", "财政部")
    assert head("关于做好公开工作的通知", "一、要求").meta.issuers == ()


def test_annexes_are_listed_on_one_line_or_taken_from_their_heads() -> None:
    listed = head("关于某事的通知", "一、要求", "附件：1．任务分工表；2．联系表", "某局", "2020年1月2日").meta.attachments
    assert [(a["id"], a["title"], a["kind"]) for a in listed] == [("a1", "任务分工表", "task_table"), ("a2", "联系表", "other")]
    one = head("关于某事的通知", "一、要求", "附件：某区实施方案", "某局", "2020年1月2日").meta.attachments
    assert one == ({"id": "a1", "title": "某区实施方案", "kind": "policy"},)
    heads = head("关于某事的通知", "一、要求", "附件1", "某区实施方案", "一、目标").meta.attachments
    assert [a["title"] for a in heads] == ["某区实施方案"]
    assert head("附件1", "某市任务分工表", "一、要求").meta.attachments == ()
    alone = head("附件：某县残疾预防行动任务台账", "一、要求").meta
    assert (alone.title, alone.attachments) == ("某县残疾预防行动任务台账", ())


def test_the_title_above_a_sheet_s_header_is_the_title() -> None:
    rows = (
        (RawCell("某区2021年重点工作任务分工表", 1, 1, 1, 3),),
        (RawCell("序号", 2, 1), RawCell("任务", 2, 2), RawCell("牵头单位", 2, 3)),
    )
    blocks = assemble([RawTable(rows, True, "Sheet1")])
    found = read_metadata(blocks.order, blocks.text)
    assert found.meta.title == "某区2021年重点工作任务分工表"
    assert found.used == frozenset()


FACTS = {
    "index_no": "000014349/2018-00196",
    "issuer": "国务院办公厅",
    "number": "国办发〔2018〕118号",
    "published_on": "2019-01-03",
    "written_on": "2018-12-05",
    "status": "有效",
}


def test_a_page_s_block_fills_what_the_text_lacks() -> None:
    lines = [line for line in NATIONAL.splitlines() if line.strip()]
    found = head(*lines, facts=FACTS)
    assert found.findings == ()
    assert head("关于某事的意见", "一、要求", facts={"issuer": "本站"}).meta.issuers == ()
    assert (found.meta.index_no, found.meta.published_on, found.meta.status) == ("000014349/2018-00196", "2019-01-03", "有效")
    bare = head("关于某事的意见", "一、要求", facts=FACTS).meta
    assert (bare.number, bare.issuers, bare.written_on) == ("国办发〔2018〕118号", ("国务院办公厅",), "2018-12-05")


@pytest.mark.parametrize(
    ("key", "fact", "quote"),
    [
        ("written_on", "2018-12-06", "2018年12月5日"),
        ("number", "国办发〔2018〕119号", "国办发〔2018〕118号"),
        ("issuer", "教育部", "国务院办公厅"),
        ("title", "关于做好完全不同工作的通知", "国务院办公厅关于全面推行行政执法公示制度"),
    ],
)
def test_a_block_that_contradicts_the_text_is_a_finding_and_changes_nothing(key: str, fact: str, quote: str) -> None:
    lines = [line for line in NATIONAL.splitlines() if line.strip()]
    blocks = assemble([RawParagraph(line) for line in lines])
    found = read_metadata(blocks.order, blocks.text, {**FACTS, key: fact})
    finding = found.findings[0]
    assert len(found.findings) == 1
    assert (finding.code, finding.severity) == ("metadata-contradiction", "warning")
    assert finding.quote == blocks.text[finding.place.start : finding.place.end] and quote in finding.quote
    assert fact in finding.message.zh and fact in finding.message.en
    assert found.meta.written_on == "2018-12-05" and found.meta.number == "国办发〔2018〕118号"


def test_short_forms_in_a_block_are_no_contradiction() -> None:
    lines = ["关于做好公开工作的通知", "一、要求", "广州市发展和改革委员会", "2020年1月2日"]
    assert head(*lines, facts={"issuer": "市发展改革委", "title": "广州市发展改革委关于做好公开工作的通知"}).findings == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇一八年十二月五日", "2018-12-05"),
        ("2018 年 12 月 05 日", "2018-12-05"),
        ("２０１８年１２月５日", "2018-12-05"),
        ("2018年2月30日", None),
        ("2018年12月", None),
    ],
)
def test_dates(text: str, day: str | None) -> None:
    assert iso_date(text) == day


def test_small_words() -> None:
    assert genre_of("某省条例（2019年修订）") == "条例"
    assert clean_title("关于 全面推进的 意见") == "关于 全面推进的 意见"
    assert authority_names("国 家 税 务 总 局") == ("国家税务总局",)
    assert is_aside("（联系人：张三，电话：12345）") and not is_aside("一、抄送范围")
    assert find_number("根据国发〔2018〕3号文件") and find_number("根据国发〔2018〕3号文件").number == "国发〔2018〕3号"  # type: ignore[union-attr]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="关于印发《》〈〉的通知市局各：。（）〔〕2018年1月3日号一、附件1.自起施行 \t", max_size=30), max_size=8))
def test_any_lines_give_metadata(lines: list[str]) -> None:
    blocks = assemble([RawParagraph(line) for line in lines])
    found = read_metadata(blocks.order, blocks.text, {"title": "甲", "written_on": "2018-01-03"})
    for cite in found.meta.cites:
        assert blocks.text[cite.place.start : cite.place.end]
    for finding in found.findings:
        assert not finding.quote or blocks.text[finding.place.start : finding.place.end] == finding.quote
