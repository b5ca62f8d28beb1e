"""Numbers out of line, counts that do not fit, deeds of another row, labels and first cells of blocks that are gone.

Each doubt sees its fault in a small document, and a good one has none.
"""

from __future__ import annotations

import pytest
from small_document import found_in_table, found_in_text

from loaders.extract import extract_bytes
from loaders.records import Finding

HEAD = (
    "城南市任务分工表\n2019年1月5日\n"
    "| 序号 | 主要任务 | 工作环节 | 具体举措 | 牵头部门 | 责任部门 | 完成时限 |\n|---|---|---|---|---|---|---|\n"
)
GOOD = [
    ["1", "服务公开", "办事指南", "编制发布办事指南。", "办公室", "办公室", "2019年9月30日前"],
    [
        "2",
        "",
        "舆情回应",
        "最迟要在5个小时内发布权威信息，在24小时内举行新闻发布会。",
        "办公室",
        "办公室",
        "在5个小时内发布权威信息，在24小时内举行新闻发布会",
    ],
    ["3", "", "学习培训", "组织专题学习，公开内设机构负责人姓名信息。", "人事处", "人事处", "20个工作日内"],
    ["4", "执法规范", "装备保障", "为执法机构统一配备音像记录设备。", "财务处", "财务处", "2019年12月31日前"],
    ["5", "", "", "建设约谈室。", "财务处", "财务处", "2020年9月30日前建成约谈室"],
    ["6", "", "归档管理", "完善执法案卷归档办法。", "稽查处", "稽查处", "持续开展"],
    ["7", "工作保障", "经费保障", "落实“三项制度”经费。", "财务处", "财务处", "持续开展"],
    ["8", "", "", "把“三项制度”纳入考核。", "办公室", "办公室", "持续开展"],
    ["9", "", "", "宣传“三项制度”。", "办公室", "办公室", "持续开展"],
    ["10", "", "", "总结“三项制度”经验。", "办公室", "办公室", "持续开展"],
]
NUMBER, TASK, GROUP, MEASURE, DEADLINE = 0, 1, 2, 3, 6
TEXT = (
    "关于做好政务公开的实施办法\n\n2017年4月27日\n\n一、总体要求\n\n"
    "（一）指导思想。全面推进决策、执行、管理、服务、结果全过程公开（以下统称“五公开”）。（办公厅牵头落实）\n"
)


def table(row: int = 0, column: int = 0, value: str | None = None) -> list[Finding]:
    return found_in_table(HEAD, GOOD, row, column, value)


@pytest.mark.parametrize(
    ("code", "row", "column", "value", "quote"),
    [
        ("number-order", 4, NUMBER, "44", "44"),  # between 3 and 5, and told there
        (
            "deadline-differs",
            2,
            DEADLINE,
            "在24小时内发布权威信息，在5个小时内举行新闻发布会",
            "在24小时内发布权威信息，在5个小时内举行新闻发布会",
        ),
        ("deadline-differs", 5, DEADLINE, "2020年9月30日前完成音像记录设备配备", "2020年9月30日前完成音像记录设备配备"),
        ("duty-repeated", 6, MEASURE, "完善执法案卷归档办法。公开内设机构负责人姓名信息。", "公开内设机构负责人姓名信息。"),
        ("quantity-odd", 9, MEASURE, "宣传“两项制度”。", "“两项制度”"),
        ("number-order", 4, NUMBER, "5", "5"),  # 3, 5, 5: the first of the two is the wrong one
        ("quantity-odd", 6, MEASURE, "抽调3O名干部完善执法案卷归档办法。", "3O"),
        ("quantity-odd", 6, MEASURE, "执法结束后分钟内归档案卷。", "分钟内"),
        ("quantity-odd", 6, MEASURE, "新建所以上案卷室。", "所以上"),
        ("date-impossible", 1, DEADLINE, "2019底", "2019"),
        ("redundant-words", 1, DEADLINE, "2019年9月底前前", "前前"),
        ("date-far", 4, DEADLINE, "2009年起持续推进", "2009年起持续推进"),
    ],
)
def test_each_fault_is_told_at_its_cell(code: str, row: int, column: int, value: str, quote: str) -> None:
    assert [f for f in table() if f.code == code] == []
    told = [f for f in table(row, column, value) if f.code == code and f.quote == quote]
    assert (row + 1, column + 1) in [(f.place.row, f.place.column) for f in told]
    assert len(told) == (2 if code == "duty-repeated" else 1)  # the same words in two rows are told at both


def test_a_milestone_of_many_rows_is_no_deed_of_another() -> None:
    rows = [[*cells[:6], "2019年9月30日前完成第一次全面公示"] for cells in GOOD]
    rows[0][3] = "完成第一次全面公示的准备。"
    assert [f for f in found_in_table(HEAD, rows, 0, 0, None) if "所说的事" in f.message.zh] == []


def test_what_is_called_five_is_five() -> None:
    def odd(old: str, new: str) -> list[str]:
        return [f.quote for f in found_in_text(TEXT, old, new) if f.code == "quantity-odd"]

    assert odd("", "") == []
    assert odd("服务、", "") == ["“五公开”"]


def test_a_row_before_the_first_label_of_its_part_is_told_once() -> None:
    """The label at the top of a part is lost: what stood under it has none, or falls under nothing."""
    gone = [f for f in table(1, GROUP, "") if f.code == "cell-blank" and "标题" in f.message.zh]
    assert [(f.place.row, f.place.column, f.severity) for f in gone] == [(2, GROUP + 1, "info")]
    assert [f for f in table() if f.code == "cell-blank" and "标题" in f.message.zh] == []
    few = extract_bytes(
        (HEAD + "".join(f"| {' | '.join(cells)} |\n" for cells in GOOD[:5])).replace("办事指南 |", " |", 1).encode(), "t.md"
    )
    assert [f for f in few.findings if f.code == "cell-blank" and "标题" in f.message.zh] == []  # too short a table to tell


def test_the_blank_first_cell_of_a_merged_block_is_told() -> None:
    """A column that is filled at the top of each block only: the block whose first cell is blank has lost it."""
    units = ["各级税务机关", "县税务机关", "", "各级税务机关", "县税务机关", "", "各级税务机关", "", "县税务机关", ""]

    def blank(first: str) -> list[tuple[int | None, int | None]]:
        rows = [[*cells[:4], first if at == 0 else units[at], *cells[4:]] for at, cells in enumerate(GOOD)]
        head = HEAD.replace("| 牵头部门", "| 适用单位 | 牵头部门").replace("|---|---|", "|---|---|---|", 1)
        found = found_in_table(head, rows, 0, 0, None)
        return [(f.place.row, f.place.column) for f in found if f.code == "cell-blank" and f.place.column == 5]

    assert blank("各级税务机关") == []
    assert blank("") == [(2, 5)]


NOTE = "\n备注：牵头部门应发挥统筹作用；没有明确责任部门的，由{}根据工作需要明确。\n"


@pytest.mark.parametrize(("name", "told"), [("督导部门", ["督导部门"]), ("牵头部门", [])])
def test_a_note_speaks_of_the_columns_there_are(name: str, told: list[str]) -> None:
    body = "".join("\t".join(cells) + "\n" for cells in [HEAD.split("\n")[2].strip("| ").split(" | "), *GOOD])
    found = extract_bytes(("城南市任务分工表\n\n" + body + NOTE.format(name)).encode(), "t.txt").findings
    assert [f.quote for f in found if f.code == "reference-nowhere"] == told
