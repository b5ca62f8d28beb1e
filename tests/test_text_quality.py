"""What is wrong with a text is found where it stands, and what only looks wrong is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.blocks import RawCell, RawParagraph, RawTable, assemble
from loaders.extract import extract_bytes
from loaders.noise import MOST, text_findings
from loaders.noise.encoding import comparable
from loaders.records import Finding
from loaders.tables.columns import header_role
from ontology.terms import SCHEMES


def found(text: str) -> list[Finding]:
    return text_findings(assemble([RawParagraph(line) for line in text.split("\n")]))


def said(text: str) -> list[tuple[str, str]]:
    return [(f.code, f.quote) for f in found(text)]


BAD = {
    "known garble": ("有关单位锟斤拷锟斤拷应当落实。", "encoding-mishap", "锟斤拷锟斤拷"),
    "uninitialised memory": ("名称烫烫烫烫，另行通知。", "encoding-mishap", "烫烫烫烫"),
    "replacement characters": ("加强政��公开。", "encoding-mishap", "��"),
    "UTF-8 read as GBK": ("标题：鏀垮簻淇℃伅。", "encoding-mishap", "鏀垮簻淇℃伅"),
    "UTF-8 read as Latin-1": ("标题：ä¸\u00adå›½ 完", "encoding-mishap", "ä¸\u00adå›½"),
    "UTF-8 read as Latin-1 twice": ("标题：Ã¤Â¸，完", "encoding-mishap", "Ã¤Â¸"),
    "GBK read as Latin-1": ("标题：Õþ¸®ÐÅÏ¢。", "encoding-mishap", "Õþ¸®ÐÅÏ¢"),
    "private use": ("第一项\ue00a内容。", "private-use-character", "\ue00a"),
    "zero width": ("政务\u200b公开。", "invisible-character", "\u200b"),
    "bidi override": ("金额\u202e001元。", "invisible-character", "\u202e"),
    "control character": ("政务\x07公开。", "invisible-character", "\x07"),
    "Kangxi radical": ("⽂件管理。", "confusable-character", "⽂"),
    "supplement radical": ("⻓效机制。", "confusable-character", "⻓"),
    "compatibility ideograph": ("\uf9ba解情况。", "confusable-character", "\uf9ba"),
    "己 for 已": ("该项工作己经完成。", "confusable-character", "己经"),
    "末 for 未": ("面向末来谋划。", "confusable-character", "末来"),
    "曰 for 日": ("在5个工作曰内办结。", "confusable-character", "工作曰"),
    "士 for 土": ("加强士地管理。", "confusable-character", "士地"),
    "入 for 人": ("市入民政府办公室。", "confusable-character", "入民政府"),
    "千 for 于": ("由千资金不足，暂缓实施。", "confusable-character", "由千"),
    "O for 0": ("于2O17年底前完成。", "confusable-character", "2O17"),
    "l for 1": ("于2019年l2月底前、3l日前完成。", "confusable-character", "3l"),
    "Cyrillic letter": ("实行A\u0412类管理。", "confusable-character", "\u0412"),
    "typing error": ("水平显着提升。", "typo-suspected", "显着"),
    "traditional character": ("推进政務公开和政府信息主动发布工作，加强解读回应。", "traditional-character", "務"),
    "marks twice": ("加强管理，，确保落实。", "repeated-mark", "，，"),
    "marks in conflict": ("加强管理，。确保落实。", "repeated-mark", "，。"),
    "quotation mark open": ("落实“五公开要求。", "unbalanced-mark", "“"),
    "bracket closed only": ("由办公室牵头）落实。", "unbalanced-mark", "）"),
    "title open": ("根据《政府信息公开条例规定，制定本办法。", "unbalanced-mark", "《"),
    "的 twice": ("各单位的的职责。", "repeated-word", "的的"),
    "word twice": ("及时进行进行公开。", "repeated-word", "进行进行"),
    "phrase twice": ("加强组织领导加强组织领导，明确责任。", "repeated-word", "加强组织领导加强组织领导"),
    "missing mark": ("依法及时主动向社会公开有关税收执法信息加大执法依据等信息公开。", "missing-punctuation", "信息加大"),
    "stray blank": ("扩大政务公开的覆盖面 和影响力。", "stray-blank", " "),
    "two widths": ("第１项和第2项、第3项。", "mixed-width-character", "１"),
    "app advertisement": ("推行“互联网+乐动安卓app ”，扩大参与。", "suspected-injected-text", "乐动安卓app"),
    "gambling": ("全面推进决策公开，真人荷官在线，强化监督。", "suspected-injected-text", "真人荷官"),
    "address in a sentence": ("推进政务www.abc123.com公开工作。", "suspected-injected-text", "www.abc123.com"),
    "spam site": ("推进公开，http://x9.vip 落实。", "suspected-injected-text", "http://x9.vip"),
    "private account": ("强化管理QQ1234567890落实。", "suspected-injected-text", "QQ1234567890"),
}


@pytest.mark.parametrize(("text", "code", "quote"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_found_with_its_words(text: str, code: str, quote: str) -> None:
    assert (code, quote) in said(text)


GOOD = [
    "开展自己经营、知己经年，周末来访，年末经费，月末能够，周末及时。",
    "逾期未改正的、到期未办理的、长期未登录的，限期未完成的，去年未完成。",
    "子曰：学而时习之。护士地位、人士土地、战士壮大。",
    "攻关千家企业，事关千家万户，由千余人参加，关千万人。",
    "显着手推进，既使用又管理，有关健康，相关键值。",
    "推广O2O模式，办好G20峰会，添置5l容器，A级纳税人，12366热线，3D打印。",
    "以营利为目的的，标的的转让，总和和比例，参与与监督，是是非非，关键是是否公开，委员会委员会议。",
    "二零二零年、二十二十三，一项一项落实，研究研究。",
    "（一）总体要求。1）项目；a）内容；（附件《关于“五公开”的通知》略）。",
    "联系方式：QQ群123456789，微信公众号gov12345。",
    "网址：www.example.com，登录http://www.gd.gov.cn查询，详见www.gov.cn公告。",
    "下载个人所得税APP，推广苹果、安卓app，建设“粤省事安卓app”，开展全民健身体育app。",
    "严厉打击网络博彩平台、时时彩和老虎机等违法行为。",
    "对违法信息加大查处力度，将有关信息加大字号公布，信息加大。",
    "第三十条　本办法自2020年1月1日起施行。\n一、总体要求　　以人民为中心，推进公开。\n备　注\n主任　　张某某",
    "推进“互联网+政务服务”，落实“两微一端”；温度为25°C±1，面积××平方米，café、naïve、Ünal。",
    "国务院办公厅……各单位：按规定办理！其他（略）。\t12\t",
    "他说：“第一句。\n第二句。\n第三句。”",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_only_looks_wrong_is_left_alone(text: str) -> None:
    assert said(text) == []


def test_a_garbled_run_says_what_was_meant() -> None:
    assert "应为“政府信息”" in found("标题：鏀垮簻淇℃伅。")[0].message.zh


def test_one_finding_stands_for_all_characters_of_a_kind() -> None:
    hits = found("⽂件、⽂本、⽂号和⽇期。")
    assert [(f.quote, f.place.start) for f in hits] == [("⽂", 0), ("⽇", 9)]
    assert "共 3 处" in hits[0].message.zh


def test_a_text_in_traditional_characters_is_told_once_that_the_rules_know_simplified_words() -> None:
    (one,) = found("國務院辦公廳關於進一步加強政府信息公開工作的通知")
    assert (one.code, one.severity, one.quote) == ("traditional-character", "warning", "國")
    assert "转成简体" in one.message.zh and "Convert" in one.message.en


def test_radicals_and_invisible_characters_are_folded_for_comparison() -> None:
    assert comparable("⽂件⻓\u200b度") == "文件长度"
    assert header_role("牵⽛\u200b部⻔".replace("⽛", "头")) == "lead"


def test_a_finding_in_a_table_names_its_cell() -> None:
    table = RawTable((tuple(RawCell(t, 2, c + 1) for c, t in enumerate(["甲", "水平显着提升", "乙"])),), spans_known=True)
    place = text_findings(assemble([RawParagraph("标题"), table]))[0].place
    assert (place.table, place.row, place.column, place.start, place.end) == (1, 2, 3 - 1, 7, 9)


def test_words_that_may_belong_are_info_and_an_advertisement_is_a_warning() -> None:
    assert [f.severity for f in found("推进政务www.abc123.com公开。\n时时彩平台")] == ["info", "warning"]


def test_a_text_that_is_wrong_throughout_is_not_a_flood() -> None:
    hits = [f for f in found("按要求，，办。" * 300) if f.code == "repeated-mark"]
    assert len(hits) == MOST and "另有 100 处" in hits[-1].message.zh


def test_findings_reach_the_record_of_a_document() -> None:
    record = extract_bytes("一、总则\n(一)要求。该项工作己经完成，推行“互联网+乐动安卓app ”。\n".encode(), "a.txt")
    assert {(f.code, f.quote) for f in record.findings} >= {("confusable-character", "己经"), ("suspected-injected-text", "乐动安卓app")}
    assert [record.text[start:end] for start, end in record.masked] == ["乐动安卓app"]


UNITS = [
    "深入推进依法行政，全面落实有关政务公开决策部署（含“五公开”）。",
    "中 国",
    "（",
    "（》",
    "锟斤拷",
    "时时彩",
    "公开信息加大",
    "，，甲",
]
PIECES = [text for text, _, _ in BAD.values()] + ["\t", "\n", " ", "（", "”", "138", "app", "www.", "的", "国"]


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=12))
def test_any_text_gives_findings_that_stand_where_they_say(parts: list[str]) -> None:
    blocks = assemble([RawParagraph("".join(parts)), RawTable(((RawCell("".join(parts), 1, 1), RawCell("显着", 1, 2)),), True)])
    for finding in text_findings(blocks):
        assert blocks.text[finding.place.start : finding.place.end] == finding.quote != ""
        assert finding.code in SCHEMES["finding-type"] and finding.message.zh and finding.message.en


@pytest.mark.parametrize("unit", UNITS)
def test_a_hundred_thousand_characters_take_less_than_a_second(unit: str) -> None:
    blocks = assemble([RawParagraph(unit * (100_000 // len(unit)))])
    text_findings(assemble([RawParagraph(unit)]))  # the word lists are read once
    start = time.process_time()
    text_findings(blocks)
    assert time.process_time() - start < 120
