"""Running texts become provisions with the ids people cite."""

from __future__ import annotations

from loaders.extract import extract_bytes
from loaders.outline.numbering import number_value, read_mark
from loaders.outline.sentences import split_sentences
from loaders.records import Extraction

PLAN = """某省推进放管服改革实施方案

为贯彻落实《国务院关于推进放管服改革的意见》（国发〔2018〕3号），结合我省实际，制定本方案。

一、总体要求

以人民为中心，深化改革。坚持问题导向。

二、主要任务

（一）压减许可事项。取消一批许可；下放一批许可。（省发展改革委牵头，省财政厅、省司法厅配合）

1．编制清单。各市县要编制目录清单，2019年6月底前公布。

2．动态调整清单

（四）优化服务：推行“一网通办；一窗受理”模式。
（责任单位：省政府办公厅）

三、保障措施
各级各部门要高度重视，抓好落实。

某省人民政府办公厅
2019年3月1日
"""

STATUTE = """某市政府信息公开规定
第一章 总则
第一条 为了保障公民依法获取政府信息，制定本规定。
第二条 本规定所称政府信息，是指行政机关制作的信息。
第二章 公开的主体
第三条 行政机关应当履行下列职责：
（一）编制目录；
（二）更新信息。
第四条 依照第三条规定公开的信息应当真实。
"""


def read(text: str) -> Extraction:
    return extract_bytes(text.encode(), "test.txt")


def test_ids_follow_section_and_own_number() -> None:
    provisions = read(PLAN).provisions
    ids = [(p.id, p.level) for p in provisions if p.level != "sentence"]
    assert ids == [
        ("0.0", "lead_in"),
        ("1", "section"),
        ("1.0", "lead_in"),
        ("2", "section"),
        ("2.1", "clause"),
        ("2.1.1", "item"),
        ("2.1.2", "item"),
        ("2.4", "clause"),
        ("3", "section"),
        ("3.0", "lead_in"),
    ]


def test_headings_are_opening_phrases_without_commas() -> None:
    headings = {p.id: p.heading for p in read(PLAN).provisions}
    assert headings["2.1"] == "压减许可事项"
    assert headings["2.1.1"] == "编制清单"
    assert headings["2.4"] == "优化服务"
    assert headings["2"] == "主要任务"


def test_notes_are_taken_off_the_text_also_from_a_line_of_their_own() -> None:
    by_id = {p.id: p for p in read(PLAN).provisions}
    assert by_id["2.1"].note == "省发展改革委牵头，省财政厅、省司法厅配合"
    assert [(m.role, m.actor.name) for m in by_id["2.1"].roles] == [
        ("lead", "省发展改革委"),
        ("supporting", "省财政厅"),
        ("supporting", "省司法厅"),
    ]
    assert [(m.role, m.actor.name) for m in by_id["2.4"].roles] == [("responsible", "省政府办公厅")]
    assert [p.text for p in read(PLAN).provisions if p.parent == "2.1" and p.level == "sentence"] == ["取消一批许可；", "下放一批许可。"]


def test_signature_is_no_provision() -> None:
    found = read(PLAN)
    assert found.meta.issuers == ("某省人民政府办公厅",)
    assert found.meta.written_on == "2019-03-01"
    assert all("2019年3月1日" not in p.text for p in found.provisions)
    assert [(c.number, c.relation) for c in found.meta.cites] == [("国发〔2018〕3号", "carries_out")]


def test_statutes_have_chapters_articles_and_items() -> None:
    ids = [(p.id, p.level) for p in read(STATUTE).provisions if p.level not in ("sentence", "lead_in")]
    assert ids == [
        ("1", "section"),
        ("1.1", "clause"),
        ("1.2", "clause"),
        ("2", "section"),
        ("2.3", "clause"),
        ("2.3.1", "item"),
        ("2.3.2", "item"),
        ("2.4", "clause"),
    ]


def test_sentences_do_not_end_inside_quotes_or_brackets() -> None:
    text = "推行“一网通办；一窗受理”模式；按期（含补报；更正）报送。下一句！"
    assert [text[a:b] for a, b in split_sentences(text)] == ["推行“一网通办；一窗受理”模式；", "按期（含补报；更正）报送。", "下一句！"]


def test_a_bracket_that_never_closes_opens_nothing() -> None:
    text = "做好公示（含撤销。按期报送。"
    assert len(split_sentences(text)) == 2


def test_marks_and_their_values() -> None:
    assert [number_value(w) for w in ("十二", "二十", "一百零三", "１２", "③")] == [12, 20, 103, 12, 3]
    assert read_mark("十二、强化保障").value == 12  # type: ignore[union-attr]
    assert read_mark("(三) 推进").published == "(三)"  # type: ignore[union-attr]
    assert read_mark("第三条规定的事项") is None
    assert read_mark("2019年6月底前完成") is None
    assert read_mark("一是加强领导") is None
    assert read_mark("3.5%以上的单位") is None


def test_a_section_may_have_a_comma_in_its_heading_and_a_clause_needs_text_after_its() -> None:
    found = read(
        "某市工作要点\n一、突出重点，全面推进公开\n（一）公开目录。（市政府办公室负责）\n（二）优化服务\n1.推行网办。压缩时限。\n2.设立专窗\n"
        "二、指导思想：以人民为中心，深化改革。\n三、加强领导。\n（一）压实责任\n各部门要明确专人负责。\n"
    )
    by_id = {p.id: p for p in found.provisions}
    assert by_id["1"].heading == "突出重点，全面推进公开"
    assert (by_id["1.1"].heading, by_id["1.1"].text, by_id["1.1"].note) == (None, "公开目录。", "市政府办公室负责")
    assert by_id["1.2"].heading == "优化服务"
    assert (by_id["1.2.1"].heading, by_id["1.2.2"].heading, by_id["1.2.2"].text) == ("推行网办", None, "设立专窗")
    assert (by_id["2"].heading, by_id["2.0"].text) == ("指导思想", "以人民为中心，深化改革。")
    assert by_id["3"].heading == "加强领导"
    assert (by_id["3.1"].heading, by_id["3.1.s1"].text) == ("压实责任", "各部门要明确专人负责。")


def test_an_article_that_opens_a_list_keeps_its_words_as_text() -> None:
    article = next(p for p in read(STATUTE).provisions if p.id == "2.3")
    assert (article.heading, article.text) == (None, "行政机关应当履行下列职责：")


def test_a_clause_line_of_its_own_is_a_heading_with_a_comma_in_it_where_text_follows() -> None:
    text = "某县方案\n一、任务\n（一）抓清洁，净化村庄环境\n1．清理垃圾，每月一次。\n（二）抓风貌，建设美丽乡村\n保护古树名木。\n"
    text += "（三）开展排查，建立台账"
    found = {p.id: p for p in read(text).provisions}
    assert [found[i].heading for i in ("1.1", "1.2", "1.3")] == ["抓清洁，净化村庄环境", "抓风貌，建设美丽乡村", None]
    assert [i for i in found if found[i].level == "sentence"] == ["1.1.1.s1", "1.2.s1", "1.3.s1"]


def test_a_short_duty_with_a_note_is_text_and_no_heading() -> None:
    plan = """某区垃圾分类方案
一、重点任务
1.农贸市场全部配建果蔬垃圾处理设备。（区市场监管局、区商务局）
2.加强组织领导。各街道要成立专班。（各街道）
"""
    found = {p.id: p for p in extract_bytes(plan.encode(), "plan.txt").provisions}
    assert [(found[i].heading, found[i].text, found[i].note) for i in ("1.1", "1.2")] == [
        (None, "农贸市场全部配建果蔬垃圾处理设备。", "区市场监管局、区商务局"),
        ("加强组织领导", "各街道要成立专班。", "各街道"),
    ]
    assert [(m.actor.name, m.role) for m in found["1.1"].roles] == [("区市场监管局", "responsible"), ("区商务局", "responsible")]
    assert found["1.1.s1"].text == "农贸市场全部配建果蔬垃圾处理设备。"


def numbered(text: str) -> list[tuple[str, str | None]]:
    return [(p.id, p.heading) for p in read(text).provisions if p.level not in ("sentence", "lead_in")]


def test_a_numbered_portion_is_a_section_where_nothing_else_is() -> None:
    found = read("某市体育工作方案\n第一部分 工作目标\n到2025年人均场地达到3平方米。\n第二部分　主要任务\n（一）建设场地。新建10处。\n")
    assert [(p.id, p.number, p.heading) for p in found.provisions if p.level == "section"] == [
        ("1", "第一部分", "工作目标"),
        ("2", "第二部分", "主要任务"),
    ]
    assert [p.id for p in found.provisions if p.level == "sentence"] == ["1.0.s1", "2.1.s1"]


def test_portions_over_sections_that_begin_anew_are_the_sections() -> None:
    text = (
        "某市体育工作方案\n第一部分 设施\n一、新建场地\n（一）选址。利用空地。\n二、开放场馆\n延长开放。\n"
        "第二部分 活动\n一、办好赛事\n每年一届。\n"
    )
    assert numbered(text) == [
        ("1", "设施"),
        ("1.1", "新建场地"),
        ("1.1.1", "选址"),
        ("1.2", "开放场馆"),
        ("2", "活动"),
        ("2.1", "办好赛事"),
    ]


def test_portions_over_sections_that_run_on_only_stand_between_them() -> None:
    found = read("某市体育工作方案\n第一部分 设施\n一、新建场地\n利用空地。\n第二部分 活动\n二、办好赛事\n每年一届。\n")
    assert [(p.id, p.heading) for p in found.provisions if p.level == "section"] == [("1", "新建场地"), ("2", "办好赛事")]
    assert [(p.id, p.text) for p in found.provisions if p.level == "sentence"] == [("1.0.s1", "利用空地。"), ("2.0.s1", "每年一届。")]


def test_a_sentence_about_a_portion_opens_none() -> None:
    assert read_mark("第一部分是总体要求，明确了目标。") is None
    assert read_mark("第二部分的任务由各区承担") is None
