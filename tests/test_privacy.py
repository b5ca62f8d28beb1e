"""Personal data stays in the raw file: masked before anything is made of the text, reported without its value."""

from __future__ import annotations

import io
import json
import time
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_words import words_of

from loaders.blocks import Blocks, RawBlock, RawCell, RawParagraph, RawTable, assemble, raw_offset
from loaders.describe import describe_document
from loaders.describe.listing import unlisted
from loaders.extract import extract_bytes
from loaders.noise.privacy import mask_blocks, privacy_findings
from loaders.records import Extraction
from loaders.to_json import extraction_json
from loaders.writers import WRITERS
from queries.run import run_query
from queries.style import Style
from queries.writers import write_json
from validation.report import make_report
from validation.runner import validate_store
from validation.writers import WRITERS as REPORT_WRITERS

MOBILE, IDENTITY, CARD = "13800138000", "11010519491231002X", "6222021234567890128"


def table(*rows: list[str]) -> RawTable:
    cells = [tuple(RawCell(text, r, c) for c, text in enumerate(row, 1)) for r, row in enumerate(rows, 1)]
    return RawTable(tuple(cells), spans_known=True)


def masked(*blocks: RawBlock) -> str:
    return mask_blocks(assemble(blocks))[0].text


def line(text: str) -> str:
    return masked(RawParagraph(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"联系人：张三，手机：{MOBILE}。", MOBILE),
        ("电话138 0013 8000或010-88886666。", "138 0013 8000"),
        ("电话138-0013-8000", "138-0013-8000"),
        ("电话+8613800138000", "+8613800138000"),
        ("Tel13800138000", "13800138000"),
        ("电话0771-2345678-13800138000", None),
        ("电话１３８００１３８０００转", "１３８００１３８０００"),
        (f"{MOBILE},13900139000", f"{MOBILE}"),
        (f"身份证号{IDENTITY}", IDENTITY),
        ("身份证号110105 19491231 0021", "110105 19491231 0021"),
        ("身份证号110105491231002", "110105491231002"),
        (f"向{CARD}转账", CARD),
        ("银行卡4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("邮箱zhangsan@163.com", "zhangsan@163.com"),
        ("反馈意见请发123456789@qq.com", "123456789@qq.com"),
        ("意见反馈联系人张三zs@126.com", "zs@126.com"),
    ],
)
def test_a_personal_number_is_masked_at_its_length(text: str, value: str | None) -> None:
    shown = line(text)
    if value is None:
        assert shown == text  # a landline with an extension
        return
    assert value not in shown and shown.count("▇") >= len(value) and len(shown) == len(text)
    assert shown.startswith(text[: text.index(value)])


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345、12366或12388热线，咨询电话：010-88886666、0771-2345678，传真88886666。",
        "安排资金13800138000元，支付13500000000万元，税总发〔2016〕50号，2019年6月30日。",
        "项目编码2019-440100-78-03-012345，索引号：11440100007482532B/2019-00012。",
        "统一社会信用代码91440101MA59ABCD12，编号138001380001，13800138000.50，A13800138000。",
        "序号110105194912310021不是证件号。",
        "编号4111111111111111，合同号6222021234567890123。",
        "意见反馈邮箱：gzbgs@163.com，举报邮箱jubao@sina.com，邮箱bgs@gz.gov.cn。",
    ],
)
def test_what_is_an_office_s_or_no_number_of_a_person_stays(text: str) -> None:
    assert line(text) == text


def test_a_table_of_persons_loses_names_and_numbers_and_keeps_its_header() -> None:
    text = masked(
        table(
            ["联络员名单", "", "", "", ""],
            ["序号", "单位", "姓名", "联系电话", "身份证号"],
            ["1", "市财政局", "张 三", "010-88886666", "44010119900101"],
            ["2", "市税务局", "买买提·吐尔逊", MOBILE, "无"],
            ["3", "办公室", "人事科", "12366", ""],
        )
    )
    assert text.split("\n") == [
        "联络员名单\t\t\t\t",
        "序号\t单位\t姓名\t联系电话\t身份证号",
        "1\t市财政局\t▇▇▇\t010-88886666\t▇▇▇▇▇▇▇▇▇▇▇▇▇▇",
        "2\t市税务局\t▇▇▇▇▇▇▇\t▇▇▇▇▇▇▇▇▇▇▇\t无",
        "3\t办公室\t人事科\t12366\t",
    ]


@pytest.mark.parametrize(
    ("blocks", "want"),
    [
        (table(["联系人", "张三", "电话", "010-88886666"]), "联系人\t▇▇\t电话\t010-88886666"),
        (
            table(["姓名", "李四", "性别", "男"], ["家庭住址", "某路1号", "联系电话", "无"]),
            "姓名\t▇▇\t性别\t男\n家庭住址\t▇▇▇▇\t联系电话\t无",
        ),
        (table(["单位", "联系人及电话"], ["财政局", f"王五 {MOBILE}"]), "单位\t联系人及电话\n财政局\t▇▇ ▇▇▇▇▇▇▇▇▇▇▇"),
        (table(["姓名", "分工", "手机"], ["赵六", "组织", MOBILE]), "姓名\t分工\t手机\n▇▇\t组织\t▇▇▇▇▇▇▇▇▇▇▇"),
    ],
)
def test_forms_and_joined_columns_are_read_too(blocks: RawTable, want: str) -> None:
    assert masked(blocks) == want


@pytest.mark.parametrize(
    "blocks",
    [
        table(["姓名", "职务"], ["张三", "组长"]),  # who holds which office is no secret
        table(["牵头单位", "责任人"], ["财政局", "张三"]),
        table(["主要任务", "牵头部门"], ["报送联系人及联系电话", "办公室"], ["明确联系人", "人事处"]),
        table(["序号", "材料名称", "份数"], ["1", "身份证", "原件"], ["2", "银行卡", "复印件"]),
        table(["单位", "办公电话"], ["财政局", "010-88886666"]),
    ],
)
def test_other_tables_keep_their_words(blocks: RawTable) -> None:
    assert masked(blocks) == assemble([blocks]).text


def test_findings_say_where_and_how_many_but_not_which() -> None:
    blocks = [
        RawParagraph("标题"),
        RawParagraph(f"电话{MOBILE}、{MOBILE}"),
        table(["姓名", "手机"], ["张三", MOBILE]),
        RawParagraph(IDENTITY),
    ]
    found = privacy_findings(mask_blocks(assemble(blocks))[1])
    assert [(f.code, f.severity, f.quote) for f in found] == [
        ("personal-data", "info", ""),
        ("personal-data", "warning", ""),
        ("personal-data", "warning", ""),
    ]
    assert [(f.place.paragraph, f.place.table, f.place.row) for f in found] == [(2, None, None), (None, 1, None), (3, None, None)]
    assert found[0].message.zh == "个人信息：手机号码 2 处，已遮盖，仅原文件保留。"
    assert found[1].message.zh.startswith("人员信息表：姓名 1 处、手机号码 1 处")
    assert found[2].message.en.startswith("Personal data: 1 identity numbers")


def test_a_document_without_personal_data_is_untouched() -> None:
    blocks = assemble([RawParagraph("政务公开"), table(["姓名"], [""])])
    assert mask_blocks(blocks) == (blocks, ())


TABLE = f"""某市政务公开任务分工表
序号\t主要任务\t牵头部门\t完成时限\t联系人\t联系电话
1\t公开预算决算，联系{MOBILE}\t办公室\t2020年6月30日\t欧阳明月\t139 0013 9000
2\t公开行政许可，邮箱lisi88@qq.com\t政策法规处\t持续开展\t司徒建国\t{IDENTITY}
"""
VALUES = [MOBILE, "139 0013 9000", IDENTITY, "欧阳明月", "司徒建国", "lisi88@qq.com"]


@cache
def record() -> Extraction:
    return extract_bytes(TABLE.encode(), "table.tsv")


def test_the_masked_text_keeps_every_offset_and_the_way_back() -> None:
    text = record().text
    for value in VALUES:
        at = TABLE.index(value)
        back = [raw_offset(record().raw_runs, here) for here in range(len(text))]
        assert "".join(text[here] for here, raw in enumerate(back) if raw is not None and at <= raw < at + len(value)) == "▇" * len(value)
    assert [r.text("measure") or r.text("task") for r in record().rows] == [
        "公开预算决算，联系▇▇▇▇▇▇▇▇▇▇▇",
        "公开行政许可，邮箱▇▇▇▇▇▇▇▇▇▇▇▇▇",
    ]


@pytest.mark.parametrize("value", VALUES)
def test_no_value_leaves_the_raw_file(value: str) -> None:
    from pyoxigraph import RdfFormat, Store

    quads = "\n".join(describe_document(record(), unlisted(record())))
    said = [json.dumps(extraction_json(record()), ensure_ascii=False), quads, repr(record())]
    for write in WRITERS.values():
        out = io.StringIO()
        write(record(), out)
        said.append(out.getvalue())
    store = Store()
    store.load(quads.encode(), format=RdfFormat.N_QUADS)
    report = make_report(validate_store(store))
    said += [words_of(write(report, "zh")) for write in REPORT_WRITERS.values()]

    class Asked:
        version = "0"

        def query(self, sparql: str, **options: object) -> object:
            return store.query(sparql, use_default_graph_as_union=True)

    said.append(write_json(run_query("list-tasks", {}, Asked()), Style()).decode())
    assert "公开预算决算" in said[-1]
    assert [text for text in said if value in text] == []
    assert "personal-data" in said[0] and "mask-personal-data" in quads


PIECES = [MOBILE, IDENTITY, CARD, "a@qq.com", "姓名", "联系电话", "张三", "\t", " ", "身份证号", "138 0013 8000", "１３８", "联系人及电话"]


def _any_blocks() -> st.SearchStrategy[Blocks]:
    text = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=5).map("".join)
    rows = st.lists(st.lists(text, min_size=1, max_size=4), max_size=4)
    return st.tuples(st.lists(text, max_size=3), rows).map(lambda said: assemble([*map(RawParagraph, said[0]), table(*said[1])]))


@given(_any_blocks())
def test_any_text_keeps_its_length_and_its_places(blocks: Blocks) -> None:
    shown, hits = mask_blocks(blocks)
    assert len(shown.text) == len(blocks.text)
    assert all(shown.text[p.start : p.end] == p.text for p in shown.paragraphs)
    assert all(shown.text[c.start : c.end] == c.text for t in shown.tables for row in t.rows for c in row)
    assert all(set(shown.text[h.start : h.end]) <= {"▇", "\n", "\t"} for h in hits)
    assert len(privacy_findings(hits)) <= len(hits)


@pytest.mark.parametrize("unit", ["各单位要做好公开工作，", "138 0013 8000 ", "1", "1-", "a@", "a.b@163.com "])
def test_a_hundred_thousand_characters_take_less_than_a_second(unit: str) -> None:
    blocks = assemble([RawParagraph(unit * (100_000 // len(unit)))])
    start = time.process_time()
    mask_blocks(blocks)
    assert time.process_time() - start < 120


def test_a_pages_information_block_is_masked_too():
    page = (
        f"<html><body><ul class='info'><li>索引号：11440100</li><li>发布机构：区政府 联系手机 {MOBILE}</li>"
        "<li>成文日期：2026年1月2日</li></ul>"
        "<div><h1>关于印发工作要点的通知</h1><p>各街道办事处：</p>"
        "<p>一、完善制度。各部门要按照职责分工抓好落实。</p><p>二、强化监督。各部门要定期报告进展。</p></div></body></html>"
    )
    found = extract_bytes(page.encode(), "page.html")
    assert [f.message.zh for f in found.findings if f.code == "reader-remark"] == [
        "网页信息栏：索引号：11440100；发布机构：区政府 联系手机 ▇▇▇▇▇▇▇▇▇▇▇；成文日期：2026年1月2日"
    ]
    assert MOBILE not in json.dumps(extraction_json(found), ensure_ascii=False)
