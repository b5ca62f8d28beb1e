"""Automatic numbers are written out as Word prints them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from render_docx import docx, in_list, level, numbering, p, styles, tbl, tc, tr

from loaders.blocks import RawParagraph, RawTable
from loaders.outline.numbering import number_value
from loaders.readers.word import read
from loaders.word.list_numbers import FORMATS, list_number


def lines(body: str, **parts: str) -> list[str]:
    """Return the paragraphs of a document made of these parts."""
    return [b.text for b in read(docx(body, parts=parts), "a.docx").blocks if isinstance(b, RawParagraph)]


def test_levels_count_and_start_again_below_a_higher_one() -> None:
    levels = level(0, "chineseCountingThousand", "%1、") + level(1, "japaneseCounting", "（%2）") + level(2, "decimal", "%3.")
    body = "".join(
        p(text, properties=in_list(1, at))
        for text, at in (("总", 0), ("甲", 1), ("子", 2), ("丑", 2), ("乙", 1), ("寅", 2), ("分", 0), ("丙", 1))
    )
    assert lines(body, numbering=numbering(levels)) == ["一、总", "（一）甲", "1. 子", "2. 丑", "（二）乙", "1. 寅", "二、分", "（一）丙"]


def test_a_level_that_never_restarts_runs_on() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", "<w:lvlRestart w:val='0'/>")
    body = "".join(p("文", properties=in_list(1, at)) for at in (0, 1, 1, 0, 1))
    assert lines(body, numbering=numbering(levels)) == ["一、文", "（一）文", "（二）文", "二、文", "（三）文"]


def test_lists_of_one_definition_count_on_unless_told_to_start_anew() -> None:
    more = (
        "<w:num w:numId='5'><w:abstractNumId w:val='0'/></w:num>"
        "<w:num w:numId='6'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
    )
    body = "".join(p("文", properties=in_list(own)) for own in (1, 1, 5, 6, 6, 1))
    expected = ["1、文", "2、文", "3、文", "1、文", "2、文", "3、文"]
    assert lines(body, numbering=numbering(level(0, "decimal", "%1、"), lists=more)) == expected


def test_an_override_writes_a_level_in_another_way() -> None:
    more = (
        f"<w:num w:numId='9'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>{level(0, 'upperLetter', '%1)')}</w:lvlOverride></w:num>"
    )
    assert lines(p("文", properties=in_list(9)), numbering=numbering(level(0, "decimal", "%1."), lists=more)) == ["A)文"]


def test_numbers_come_through_styles_and_may_be_switched_off() -> None:
    levels = level(0, "chineseCounting", "第%1章", "<w:pStyle w:val='H1'/>") + level(1, "decimal", "第%2条", "<w:pStyle w:val='H2'/>")
    style = "<w:style w:type='paragraph' w:styleId='{}'>{}<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
    child = "<w:style w:type='paragraph' w:styleId='My'><w:basedOn w:val='H2'/></w:style>"
    sheet = styles(style.format("H1", ""), style.format("H2", ""), child)
    body = "".join(p("文", properties=f"<w:pStyle w:val='{own}'/>") for own in ("H1", "H2", "My"))
    body += p("无号", properties="<w:pStyle w:val='H1'/><w:numPr><w:numId w:val='0'/></w:numPr>")
    assert lines(body, numbering=numbering(levels), styles=sheet) == ["第一章 文", "第1条 文", "第2条 文", "无号"]


def test_a_list_style_stands_for_the_list_it_names() -> None:
    linked = "<w:abstractNum w:abstractNumId='7'><w:numStyleLink w:val='L'/></w:abstractNum>"
    linked += "<w:num w:numId='8'><w:abstractNumId w:val='7'/></w:num>"
    sheet = styles("<w:style w:type='numbering' w:styleId='L'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>")
    body = p("文", properties=in_list(8))
    assert lines(body, numbering=numbering(level(0, "decimal", "%1）"), lists=linked), styles=sheet) == ["1）文"]


def test_legal_numbering_prints_digits_for_every_level() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "%1.%2", "<w:isLgl/><w:suff w:val='space'/>")
    assert lines(p("总", properties=in_list(1, 0)) + p("文", properties=in_list(1, 1)), numbering=numbering(levels)) == ["一、总", "1.1 文"]


def test_a_start_other_than_one_and_no_gap() -> None:
    levels = level(0, "decimal", "%1", "<w:suff w:val='nothing'/>", start=7)
    assert lines(p("文", properties=in_list(1)) * 2, numbering=numbering(levels)) == ["7文", "8文"]


def test_bullets_are_no_words() -> None:
    assert lines(p("文", properties=in_list(1)), numbering=numbering(level(0, "bullet", "\uf06c"))) == ["文"]


def test_the_number_column_of_a_table_may_be_automatic() -> None:
    rows = [tr(tc(p(properties=in_list(1))), tc(p("任务", properties=in_list(2)))) for _ in range(3)]
    parts = {"numbering": numbering(level(0, "decimal", "%1"), level(0, "decimal", "（%1）"))}
    table = read(docx(tbl(*rows), parts=parts), "a.docx").blocks[0]
    assert isinstance(table, RawTable)
    assert [[cell.text for cell in row] for row in table.rows] == [["1", "（1）任务"], ["2", "（2）任务"], ["3", "（3）任务"]]


def test_deleted_and_hidden_paragraphs_are_not_counted() -> None:
    gone = (
        "<w:p><w:pPr>"
        + in_list(1)
        + "<w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:del w:id='2'><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
    )
    unseen = p("<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>", properties=in_list(1) + "<w:rPr><w:vanish/></w:rPr>")
    body = p("一", properties=in_list(1)) + gone + unseen + p("二", properties=in_list(1))
    assert lines(body, numbering=numbering(level(0, "decimal", "%1、"))) == ["1、一", "2、二"]


@pytest.mark.parametrize(
    ("style", "value", "printed"),
    [
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalEnclosedCircleChinese", 21, "㉑"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedParen", 3, "⑶"),
        ("ideographDigital", 10, "一〇"),
        ("ideographTraditional", 10, "癸"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("chineseCounting", 10, "十"),
        ("chineseCountingThousand", 1010, "一千零一十"),
        ("chineseCountingThousand", 20_005, "二万零五"),
        ("lowerLetter", 27, "aa"),
        ("upperRoman", 49, "XLIX"),
        ("hebrew1", 5, "5"),
        ("none", 5, ""),
        ("chineseCounting", 0, "0"),
    ],
)
def test_a_number_is_printed_in_its_style(style: str, value: int, printed: str) -> None:
    assert list_number(value, style) == printed


@given(st.integers(1, 999))
def test_han_numbers_are_read_back_by_the_outline(value: int) -> None:
    assert number_value(list_number(value, "chineseCountingThousand")) == value


@given(st.integers(), st.sampled_from(sorted(FORMATS)))
def test_any_number_prints_in_any_style(value: int, style: str) -> None:
    assert list_number(value, style)
