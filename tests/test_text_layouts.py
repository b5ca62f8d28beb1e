"""Tables laid out in plain text are rebuilt where that is certain; running text stays paragraphs and no word is lost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_text import as_box, as_columns, as_lines, as_tabbed
from seed_tables import SeedTable, guangzhou, hechi, wrong_fields
from seeds import NATIONAL, SOURCES

from loaders.blocks import RawBlock, RawCell, RawParagraph, RawTable
from loaders.extract import extract_bytes
from loaders.layouts import text_blocks
from loaders.read import read_bytes
from loaders.readers import plain_text

LAYOUTS: dict[str, Callable[[SeedTable], str]] = {
    "tabs": partial(as_tabbed, quoted=False),
    "tabs and quotes": partial(as_tabbed, quoted=True),
    "one cell a line": partial(as_lines, blanks=True),
    "columns": as_columns,
    "box": as_box,
    "ascii": partial(as_box, bar="|", flat="-", joints="+++"),
}


def pieces(blocks: list[RawBlock]) -> list[RawParagraph | RawCell]:
    return [p for b in blocks for p in ([b] if isinstance(b, RawParagraph) else [c for row in b.rows for c in row])]


def tables(text: str) -> list[list[list[str]]]:
    return [[[cell.text for cell in row] for row in b.rows] for b in text_blocks(text) if isinstance(b, RawTable)]


def words(text: str) -> Counter[str]:
    return Counter(character for character in text if character.isalnum())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_guangzhou_has_every_field_right(layout: str) -> None:
    assert wrong_fields(extract_bytes(LAYOUTS[layout](guangzhou()).encode(), "a.txt"), "guangzhou") == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_hechi_has_98_percent_of_its_fields_right(layout: str) -> None:
    assert len(wrong_fields(extract_bytes(LAYOUTS[layout](hechi()).encode(), "a.txt"), "hechi")) <= 0.02 * 38 * 9


def test_guangzhou_with_its_blank_cells_missing_has_every_field_right() -> None:
    assert wrong_fields(extract_bytes(as_lines(guangzhou(), blanks=False).encode(), "a.txt"), "guangzhou") == []


def test_hechi_with_its_blank_cells_missing_cannot_be_rebuilt_and_stays_paragraphs() -> None:
    assert not tables(as_lines(hechi(), blanks=False))


@pytest.mark.parametrize("table", [guangzhou, hechi])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_word_is_lost_and_every_place_is_right(layout: str, table: Callable[[], SeedTable]) -> None:
    text = LAYOUTS[layout](table())
    found = pieces(list(read_bytes(text.encode(), "a.txt").blocks))
    assert words("".join(p.text for p in found)) == words(text)
    assert all(text[p.raw_start :].startswith(p.text) for p in found if p.raw_start is not None)


def test_a_rebuilt_table_is_remarked() -> None:
    result = plain_text.read(as_columns(guangzhou()).encode(), "a.txt")
    assert [remark.code for remark in result.remarks] == ["table-rebuilt-from-text"]


def test_running_text_stays_paragraphs() -> None:
    result = plain_text.read((SOURCES / NATIONAL).read_bytes(), NATIONAL)
    assert not any(isinstance(b, RawTable) for b in result.blocks) and result.remarks == ()


# one cell a line

LINES = "某市任务清单\n任务名称\n工作措施\n责任单位\n配合单位\n完成时限\n"


def test_lines_without_numbers_in_another_order_of_columns() -> None:
    text = (
        "完成时限\n牵头单位\n重点任务\n具体举措\n2024年底前\n市发展改革委\n优化营商环境\n出台二十条措施。\n"
        "长期\n市财政局\n减税降费\n落实各项优惠政策。\n"
    )
    assert tables(text) == [
        [
            ["完成时限", "牵头单位", "重点任务", "具体举措"],
            ["2024年底前", "市发展改革委", "优化营商环境", "出台二十条措施。"],
            ["长期", "市财政局", "减税降费", "落实各项优惠政策。"],
        ]
    ]


def test_a_missing_supporting_department_is_a_blank_cell() -> None:
    text = LINES + "优化环境\n出台措施。\n市发展改革委\n市财政局\n2024年底前\n减税降费\n落实政策。\n市税务局\n长期\n"
    assert tables(text)[0][1:] == [
        ["优化环境", "出台措施。", "市发展改革委", "市财政局", "2024年底前"],
        ["减税降费", "落实政策。", "市税务局", "", "长期"],
    ]


def test_what_follows_the_table_is_no_row() -> None:
    text = (
        "序号\n任务\n牵头单位\n完成时限\n1\n优化环境\n市发展改革委\n长期\n"
        "2\n减税降费\n市税务局\n2024年底前\n注：以上任务每季度报送一次。\n联系人另行通知。\n"
    )
    blocks = text_blocks(text)
    assert tables(text) == [
        [["序号", "任务", "牵头单位", "完成时限"], ["1", "优化环境", "市发展改革委", "长期"], ["2", "减税降费", "市税务局", "2024年底前"]]
    ]
    assert [b.text for b in blocks if isinstance(b, RawParagraph)] == ["注：以上任务每季度报送一次。", "联系人另行通知。"]


def test_cells_of_several_lines_with_blank_lines_between_cells() -> None:
    cells = [
        "序号",
        "任务",
        "牵头单位",
        "责任单位",
        "完成时限",
        "1",
        "优化环境",
        "市发展改革委",
        "市财政局\n市税务局",
        "长期",
        "2",
        "减税降费",
        "市税务局",
        "市财政局\n市商务局",
        "2024年底前",
    ]
    assert tables("\n\n".join(cells))[0][1] == ["1", "优化环境", "市发展改革委", "市财政局\n市税务局", "长期"]


@pytest.mark.parametrize(
    "text",
    [
        "一、工作目标\n二、重点任务\n三、责任分工\n各单位要高度重视，加强领导。\n四、时间安排\n2024年底前完成。\n",
        "主要任务\n责任单位\n完成时限\n以上三项内容由各区自行确定，报市政府办公室备案。\n各区要认真落实，不得推诿扯皮。\n特此通知。\n",
        "序号\n任务\n牵头单位\n完成时限\n",
    ],
)
def test_headings_one_below_the_other_are_no_table(text: str) -> None:
    assert tables(text) == []


# columns kept apart by blanks


def test_columns_without_numbers_one_line_a_row() -> None:
    text = (
        "牵头单位        重点任务        完成时限\n"
        "市发展改革委    优化营商环境    2024年底前\n市财政局        减税降费        长期\n\n特此通知。\n"
    )
    assert tables(text) == [
        [["牵头单位", "重点任务", "完成时限"], ["市发展改革委", "优化营商环境", "2024年底前"], ["市财政局", "减税降费", "长期"]]
    ]


def test_full_width_blanks_and_a_line_that_goes_on() -> None:
    text = (
        "序号　　重点任务　　　　　牵头单位\n"
        "１　　　优化营商环境改善　　市发展改革委\n　　　　政务服务　　　　　　\n２　　　减税降费　　　　　　市税务局\n"
    )
    assert tables(text)[0][1:] == [["１", "优化营商环境改善政务服务", "市发展改革委"], ["２", "减税降费", "市税务局"]]


@pytest.mark.parametrize(
    "text",
    [
        "　　一、总体要求\n　　全面  推进  工作\n　　二、主要任务  责任单位  完成时限\n　　各单位要  认真  落实，取得实效。\n",
    ],
)
def test_blanks_in_running_text_are_no_columns(text: str) -> None:
    assert tables(text) == []


# drawn tables


def test_a_drawn_table_shows_its_merged_cells() -> None:
    text = (
        "┌──┬────┬────┐\n│序号│任务    │牵头单位│\n├──┼────┼────┤\n│1   │优化环境│办公室  │\n├──┤        ├────┤\n"
        "│2   │        │人事处  │\n├──┼────┴────┤\n│3   │由各区自行确定    │\n└──┴─────────┘\n"
    )
    table = next(b for b in text_blocks(text) if isinstance(b, RawTable))
    assert table.spans_known
    assert [[(c.text, c.column, c.rowspan, c.colspan) for c in row] for row in table.rows[1:]] == [
        [("1", 1, 1, 1), ("优化环境", 2, 2, 1), ("办公室", 3, 1, 1)],
        [("2", 1, 1, 1), ("人事处", 3, 1, 1)],
        [("3", 1, 1, 1), ("由各区自行确定", 2, 1, 2)],
    ]


def test_a_drawn_table_with_a_rule_under_its_header_only() -> None:
    text = "│序号│任务│牵头单位│\n├──┼──┼────┤\n│1│优化环境│办公室│\n│2│减税降费│人事处│\n│3│招商引资│商务局│\n"
    assert tables(text)[0][2:] == [["2", "减税降费", "人事处"], ["3", "招商引资", "商务局"]]


# any text


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "序号",
                "任务",
                "牵头单位",
                "完成时限",
                "1",
                "2",
                "办公室",
                "长期",
                "",
                " ",
                "　",
                "  ",
                "\t",
                "│",
                "|",
                "├──┼",
                "+--+",
                "\n",
                "\n",
                "做好甲事。",
                "“",
            ]
        ),
        max_size=60,
    )
)
def test_no_layout_loses_a_word(parts: list[str]) -> None:
    text = "".join(parts)
    found = pieces(text_blocks(text))
    assert words("".join(p.text for p in found)) == words(text)
    assert all(text[p.raw_start :].startswith(p.text) for p in found if p.raw_start is not None)


@pytest.mark.parametrize(
    "line",
    [
        "任务\t责任单位\t时限\n甲\n",
        "任务  责任单位  时限\n甲\n",
        "任务\n责任单位\n时限\n",
        "│a│b│\n\n",
        "1\n任务\n牵头单位\n完成时限\n1\n",
        "a\tb\tc\n" * 3 + "\n",
    ],
)
def test_long_hostile_text_takes_bounded_time(line: str) -> None:
    began = time.monotonic()
    text_blocks(line * 1500)
    assert time.monotonic() - began < 120


SINGLE = """河东区2022年食品安全重点工作任务清单
序号 重点任务 工作措施 责任部门 完成时限
1 落实属地责任 区政府常务会议每季度专题研究食品安全工作。 区食安办、各街道 全年
2 开展包保干部督导，督导完成率100%。 区食安办、各街道 全年
3 严把生产关 对辖区生产企业监督检查全覆盖。 区市场监管局 11月底前
4 严把流通关 开展校园食品安全专项整治。 区市场监管局、区教育局 9月底前
各责任部门要抓好落实。
"""


def test_rows_with_one_blank_between_their_cells_are_a_table() -> None:
    found = extract_bytes(SINGLE.encode(), "t.txt")
    assert [(row.number, row.text("task"), row.text("deadline")) for row in found.rows] == [
        ("1", "落实属地责任", "全年"),
        ("2", "落实属地责任", "全年"),  # its label is merged with the one above
        ("3", "严把生产关", "11月底前"),
        ("4", "严把流通关", "9月底前"),
    ]
    assert [m.actor.name for m in found.rows[3].roles] == ["区市场监管局", "区教育局"]
    assert found.rows[1].text("measure") == "开展包保干部督导，督导完成率100%。"


def test_blanks_inside_the_cells_leave_the_lines_as_they_are() -> None:
    torn = SINGLE.replace("对辖区生产企业", "对 辖区 生产企业").replace("开展校园食品", "开展 校园 食品")
    assert extract_bytes(torn.encode(), "t.txt").rows == ()
