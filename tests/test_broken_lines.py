"""Texts whose lines end where a page did, or whose paragraphs are indented by TABs; and lines of a PDF that are no paragraph's."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.blocks import raw_offset
from loaders.extract import extract_bytes
from loaders.layouts.text_lines import lines_of
from loaders.layouts.wrapped import joined, page_of
from loaders.pdf.page import PdfLine
from loaders.pdf.text import margins, paragraphs

WRAPPED = """        某市促进养老服务若干措施

    为贯彻落实国家和省关于养老服务的决策部署，推动养老
服务高质量发展，制定以下措施。
    一、健全服务网络
    （一）完善社区设施。到 2025 年，社区养老服务设施覆盖
率达到 95%以上，每个街道至少建有一处具备综合功能的养
老服务中心。（市民政局牵头，市自然资源局、市住房城乡建
设局，各区县配合）
    （二）落实用地政策。新建居住区应当按照规定的标准配建
养老服务设施。（市自然资源局负责）
"""


def test_the_lines_of_a_paragraph_broken_for_a_page_are_put_together() -> None:
    document = extract_bytes(WRAPPED.encode(), "x.txt")
    clause = next(p for p in document.provisions if p.id == "1.1")
    assert clause.text == "到 2025 年，社区养老服务设施覆盖率达到 95%以上，每个街道至少建有一处具备综合功能的养老服务中心。"
    assert [m.actor.name for m in clause.roles] == ["市民政局", "市自然资源局", "市住房城乡建设局", "各区县"]
    assert [p.id for p in document.provisions if p.level == "sentence"] == ["1.1.s1", "1.2.s1"]


def test_every_letter_of_a_joined_paragraph_leads_back_to_the_file() -> None:
    document = extract_bytes(WRAPPED.encode(), "x.txt")
    for at, letter in enumerate(document.text):
        raw = raw_offset(document.raw_runs, at)
        assert letter == "\n" if raw is None else WRAPPED[raw] == letter


def test_without_indents_a_number_behind_a_sentence_begins_a_paragraph() -> None:
    line = "为做好今年的各项重点工作并且确保完成任务目标" * 2
    text = f"{line}\n" * 6 + f"{line[:-1]}。\n一、总体要求\n二、保障措施\n"
    page = page_of(lines_of(text))
    assert page is not None and not page.indented
    assert [p.text[:4] for p in joined(lines_of(text), page)] == ["为做好今", "一、总体", "二、保障"]


def test_whole_paragraphs_are_left_as_they_are() -> None:
    text = (
        "某市方案\n一、总体要求\n（一）加快建设，推动发展，确保完成全年目标任务和各项工作。\n（二）加强领导。\n"
        "二、保障措施\n（一）压实责任，形成合力。\n"
    )
    assert page_of(lines_of(text)) is None
    table = "".join(f"{n}\t{'推进各项重点工作任务落实' * 3}\t市财政局\n" for n in range(9))
    assert page_of(lines_of(table)) is None


@given(st.text(alphabet="一二、（）。建设工作 \n\t，12", max_size=400))
def test_no_letter_is_lost_or_made_up(text: str) -> None:
    lines = lines_of(text)
    page = page_of(lines)
    if page is not None:
        assert "".join("".join(p.text.split()) for p in joined(lines, page)) == "".join(text.split())


INDENTED = (
    "某市应急局关于开展检查的通知\n\t为有效防范事故，决定开展大检查。现通知如下：\n\t一、检查时间\n\t7月1日至9月30日。\n\t二、检查重点\n"
    "\t（一）危险化学品领域。重点检查特殊作业管理。责任科室：危化科\n\t（二）工贸领域。重点检查粉尘防爆。责任科室：基础科\n\t\t\t某市应急局\n\t\t\t2023年6月25日\n"
)


def test_paragraphs_indented_by_tabs_are_no_table() -> None:
    document = extract_bytes(INDENTED.encode(), "x.txt")
    assert [p.id for p in document.provisions if p.level != "sentence"] == ["0.0", "1", "1.0", "2", "2.1", "2.2"]
    assert document.meta.written_on == "2023-06-25"


def _line(text: str, x0: float, x1: float, top: float, head: float = 16) -> PdfLine:
    return PdfLine(text, x0, x1, top, top + 16, 16, 1, head)


def test_a_date_at_the_right_does_not_go_on_in_the_line_below() -> None:
    body = [_line("各级各部门要切实加强组织领导抓好各项工作任务的落实" + "啊" * 2, 80, 510, 100 + 28 * n) for n in range(4)]
    lines = [*body, _line("某某市人民政府", 380, 500, 300), _line("2023年7月3日", 390, 505, 328), _line("（此件公开发布）", 80, 210, 356)]
    assert [p.text for p in paragraphs(lines, margins(lines))][-3:] == ["某某市人民政府", "2023年7月3日", "（此件公开发布）"]


def test_the_decree_below_a_title_gives_the_number() -> None:
    made = "（2007年4月5日某市人民政府令第4号公布　2019年4月3日某市人民政府令第9号修订）"
    text = f"某市城市更新办法\n{made}\n第一条　甲。\n第二条　乙。\n第三条　丙。\n"
    assert extract_bytes(text.encode(), "x.txt").meta.number == "某市人民政府令第9号"
    passed = "某市条例\n（2022年5月27日某市人民代表大会常务委员会通过）\n第一条　甲。\n第二条　乙。\n第三条　丙。\n"
    assert extract_bytes(passed.encode(), "x.txt").meta.number is None
