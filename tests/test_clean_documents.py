"""What other offices write without a fault: no Warning may be told of it (each was told falsely once)."""

from __future__ import annotations

import pytest

from loaders.extract import extract_bytes
from loaders.records import Extraction

TABLE = """序号,工作任务,具体措施,牵头单位,配合单位,完成时限
1,规范支付,督促企业按月足额支付工资。,牵头：市人社局,县职业中专,2024年9月底前
2,实名管理,在建项目全部实行实名制管理。,市住建局,省级各有关单位,2024年9月底前
3,代发工资,推行银行代发工资。,市人社局,省级有关单位,2024年9月底前
4,信用约束,每半年公布一批失信企业。,市发改委,省级有关单位,2024年9月底前
"""
NOTES = "".join(f"（{n}）完善第{n}项制度。修订办法，{n}年一评。（市民政局牵头，市财政局配合）\n" for n in "一二三四五六")
TEXT = f"""江口市社会救助工作方案
一、主要任务
{NOTES}（七）保护传统村落。完成古村挂牌。（牵头单位：市林业局；配合单位：市财政局）编制导则。（牵头单位：市林业局；配合单位：市农业农村局）
（八）加强组织领导。各区要把社会救助摆上重要位置。
"""


def warnings(found: Extraction) -> list[tuple[str, str]]:
    return [(f.code, f.quote) for f in found.findings if f.severity != "info"]


@pytest.mark.parametrize(("text", "name"), [(TABLE, "t.csv"), (TEXT, "t.txt")])
def test_no_warning_is_told_of_what_others_write(text: str, name: str) -> None:
    assert warnings(extract_bytes(text.encode(), name)) == []


@pytest.mark.parametrize(
    ("text", "name", "good", "bad", "code"),
    [
        (TABLE, "t.csv", "县职业中专", "县职业很多", "unknown-actor"),
        (TABLE, "t.csv", "省级各有关单位", "省级有关单位位", "name-variant"),
        (TABLE, "t.csv", "每半年公布一批失信企业。", "2024年9月底前。", "type-mismatch"),
        (TEXT, "t.txt", "（市民政局牵头，市财政局配合）\n（二", "（市民政局牵头，市财政局、市财政局配合）\n（二", "role-conflict"),
        (TEXT, "t.txt", "年一评。（市民政局牵头，市财政局配合）\n（三", "年一评。\n（三", "note-missing"),
    ],
)
def test_the_fault_beside_it_is(text: str, name: str, good: str, bad: str, code: str) -> None:
    assert good in text
    assert code in {found for found, _ in warnings(extract_bytes(text.replace(good, bad).encode(), name))}


PAGE = """<html><head><meta charset="utf-8"><title>江口区人民政府门户网站 江口区全民健身三年行动方案</title></head><body>
<ul><li>首页</li><li>走进江口</li><li>政务公开</li><li>办事服务</li></ul><h2>江口区全民健身三年行动方案</h2>
<div><p>为推动全民健身，结合我区实际，制定本方案。</p><p>一、补齐短板</p><p>（一）建好场馆。新建体育公园1座。（责任单位：区体育局）</p>
<p>（二）浓厚氛围。开展健身日宣传。</p><p>江口区人民政府办公室<br>2022年11月15日</p></div><div>相关链接：一图读懂《江口区全民健身三年行动方案》</div></body></html>"""


def test_the_menu_above_a_page_is_no_title_and_a_link_below_it_no_text() -> None:
    found = extract_bytes(PAGE.encode(), "p.html")
    assert found.meta.title == "江口区全民健身三年行动方案"
    assert [p.text for p in found.provisions if p.level == "sentence"] == ["新建体育公园1座。", "开展健身日宣传。"]
    assert warnings(found) == []


def test_contents_with_a_lead_and_those_who_help_are_tasks() -> None:
    table = "序号,主要内容,牵头,配合,备注\n1,公布失信企业名单。,市人社局,市发改委,\n2,设置维权告示牌。,市住建局,市水利局,\n"
    found = extract_bytes(table.encode(), "t.csv")
    assert [(r.text("measure"), [(m.role, m.actor.name) for m in r.roles]) for r in found.rows] == [
        ("公布失信企业名单。", [("lead", "市人社局"), ("supporting", "市发改委")]),
        ("设置维权告示牌。", [("lead", "市住建局"), ("supporting", "市水利局")]),
    ]


AIMS = """江口市工作方案
一、主要任务
（一）加强领导。主要负责人每年至少听取一次工作汇报。明确一名分管负责人。{again}
（二）按期达标。到2025年，覆盖率达到80%以上。到2030年，覆盖率达到90%以上。建设一期工程并投入使用。建设二期工程并投入使用。
"""


@pytest.mark.parametrize(
    ("again", "told"),
    [
        ("", []),
        ("主要负责人每两年至少听取一次工作汇报。", [("duty-repeated", "主要负责人每两年至少听取一次工作汇报")]),
        ("澳门彩票app下载，注册即送18元。", [("suspected-injected-text", "澳门彩票"), ("suspected-injected-text", "下载，注册即送18元。")]),
        ("游客下载即可领取消费券。", []),
    ],
)
def test_a_clause_that_says_it_otherwise_twice_and_one_that_sells_something(again: str, told: list[tuple[str, str]]) -> None:
    assert warnings(extract_bytes(AIMS.format(again=again).encode(), "t.txt")) == told


def test_another_city_in_the_words_of_a_table_that_never_names_its_own() -> None:
    table = "序号,工作任务,具体措施,牵头单位,完成时限\n1,公开,在市局网站和广州市政府网站发布。,办公室,每年\n2,公开,{more},办公室,每年\n"
    for title, more, told in (
        ("杭州市税务局任务分工表", "及时发布。", ["广州市"]),
        ("广州市税务局任务分工表", "及时发布。", []),
        ("杭州市税务局任务分工表", "在杭州市政府网站发布。", []),  # two cities together
    ):
        found = extract_bytes(f"{title},,,,\n{table.format(more=more)}".encode(), "t.csv")
        assert [f.quote for f in found.findings if f.code == "actor-elsewhere"] == told


def test_whom_to_ask_is_not_who_issued() -> None:
    found = extract_bytes((TABLE.replace("序号,", "江口市治欠任务分工表,,,,,\n序号,", 1) + "联系人：市治欠办,,,,,\n").encode(), "t.csv")
    assert (found.meta.title, found.meta.issuers) == ("江口市治欠任务分工表", ())
