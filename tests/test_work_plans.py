"""Plans that share a year's work out, as counties publish them: who leads in person, others responsible, no word 附件, a page's block."""

from __future__ import annotations

import pytest

from loaders.extract import extract_bytes
from loaders.records import Extraction

PLAN = """\
  • 索引号:4412/2024-0007
  • 发布机构:青河县人民政府办公室
  • 生成日期:2024-03-22
  • 公开日期:2024-03-22
青河县人民政府关于印发2024年青河县重点工作任务分解的通知
各乡镇人民政府、县直各单位:

《2024年青河县重点工作任务分解》已经县人民政府同意,现印发给你们,请抓好落实。

一、强化责任落实。各责任单位要服从主要责任单位的调度。

二、严格督查。各单位要于2024年4月15日前将方案报县政府督查室。
                          青河县人民政府
                          2024年3月10日
(此件公开发布)
2024年青河县重点工作任务分解
一、壮大实体经济
1、粮食播种面积达到20万亩。
领办领导：张某某
主要责任单位：县农业农村局
其他责任单位：县水利局、县统计局
2、新增规模以上企业6家。
牵头县领导：李某
主要责任单位：县工信局
"""


def read(text: str) -> Extraction:
    return extract_bytes(text.encode(), "plan.txt")


def test_what_a_numbered_notice_passes_on_is_an_attachment_though_nothing_says_so() -> None:
    found = read(PLAN)
    assert found.meta.title == "青河县人民政府关于印发2024年青河县重点工作任务分解的通知"
    assert found.meta.attachments == ({"id": "a1", "title": "2024年青河县重点工作任务分解", "kind": "policy"},)
    assert [p.id for p in found.provisions if p.level == "section"] == ["1", "2", "a1.1"]
    assert [p.text for p in found.provisions if p.id == "2.0.s1"] == ["各单位要于2024年4月15日前将方案报县政府督查室。"]
    assert found.ingest.paragraphs_left == ()


def test_without_that_title_below_the_date_nothing_is_cut() -> None:
    found = read(PLAN.replace("(此件公开发布)\n2024年青河县重点工作任务分解\n", ""))
    assert found.meta.attachments == ()
    assert [p.id for p in found.provisions if p.level == "section"] == ["1", "2", "1-2"]


def test_the_persons_who_answer_are_read_over_and_stay_in_the_note() -> None:
    items = [p for p in read(PLAN).provisions if p.level == "item"]
    assert [(p.text, p.note) for p in items] == [
        ("粮食播种面积达到20万亩。", "领办领导：张某某；主要责任单位：县农业农村局；其他责任单位：县水利局、县统计局"),
        ("新增规模以上企业6家。", "牵头县领导：李某；主要责任单位：县工信局"),
    ]
    assert [[(m.role, m.actor.name) for m in p.roles] for p in items] == [
        [("responsible", "县农业农村局"), ("responsible", "县水利局"), ("responsible", "县统计局")],
        [("responsible", "县工信局")],
    ]


def test_the_day_a_page_was_made_contradicts_no_date_of_writing() -> None:
    found = read(PLAN)
    assert (found.meta.written_on, found.meta.published_on) == ("2024-03-10", "2024-03-22")
    assert "metadata-contradiction" not in {f.code for f in found.findings}
    other = read(PLAN.replace("公开日期:2024-03-22", "公开日期:2024-03-25"))
    assert "metadata-contradiction" in {f.code for f in other.findings}


BLOCK = """\
索引号: | 1134/202404-00328 | 信息分类: | 规范性文件 |
发布机构: | 青河县政府(办公室) | 主题分类: | 通知 |
成文日期: | 发布日期: | 2024-04-09 | |
标 题: | 青河县人民政府办公室关于做好防汛工作的通知 | ||
{last}
各乡镇人民政府:
为做好防汛工作,现通知如下。
一、压实责任。各乡镇要落实防汛责任。
"""


@pytest.mark.parametrize("last", ["政策咨询机关: | 政策咨询电话: |", "解读机关: | 解读人: | 咨询电话: |"])
def test_labels_of_a_block_that_have_no_value_are_no_title(last: str) -> None:
    found = read(BLOCK.format(last=last))
    assert found.meta.title == "青河县人民政府办公室关于做好防汛工作的通知"
    assert "metadata-contradiction" not in {f.code for f in found.findings}


SPOKEN = """\
江口市人民政府关于分解落实规划纲要主要任务的通知
发布部门: 东江省江口市人民政府
发布文号: 江政发[2006]275号
各区县人民政府:
现将有关事项通知如下:
一、产业发展
(一)发展先进制造业.由市经委牵头,会同市发改委、市科技局负责。
(二)发展现代服务业。支持连锁经营,培育物流企业.由市商贸局制定办法。
(三)节能降耗.单位生产总值能耗降低20%;主要污染物排放总量减少.由市经委牵头.
"""


def test_a_last_sentence_that_says_nothing_but_by_whom_is_the_note() -> None:
    found = read(SPOKEN)
    clauses = {p.id: p for p in found.provisions if p.level == "clause"}
    assert {own: [(m.role, m.actor.name) for m in p.roles] for own, p in clauses.items()} == {
        "1.1": [("lead", "市经委"), ("joint", "市发改委"), ("joint", "市科技局")],
        "1.2": [],  # 制定办法 is a duty
        "1.3": [("lead", "市经委")],
    }
    assert clauses["1.1"].note == "由市经委牵头,会同市发改委、市科技局负责"


def test_a_dot_between_chinese_words_ends_a_sentence() -> None:
    found = read(SPOKEN)
    assert [(p.id, p.text) for p in found.provisions if p.level == "sentence"] == [
        ("1.1.s1", "发展先进制造业."),
        ("1.2.s1", "支持连锁经营,培育物流企业."),
        ("1.2.s2", "由市商贸局制定办法。"),
        ("1.3.s1", "单位生产总值能耗降低20%;"),
        ("1.3.s2", "主要污染物排放总量减少."),
    ]
    assert [p.heading for p in found.provisions if p.level == "clause"] == [None, "发展现代服务业", "节能降耗"]


def test_the_labels_of_a_law_site_are_a_block_and_a_city_is_the_same_with_its_province() -> None:
    found = read(SPOKEN)
    assert (found.meta.number, found.meta.issuers) == ("江政发〔2006〕275号", ("江口市人民政府",))
    assert "metadata-contradiction" not in {f.code for f in found.findings}
