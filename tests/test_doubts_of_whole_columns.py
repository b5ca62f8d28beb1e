"""What is told of a table as a whole: columns mostly blank or all alike, headers too few, labels astray, one level in two ways."""

from __future__ import annotations

import csv
import io

import pytest
from seeds import GUANGZHOU, HECHI, SOURCES, seed

from loaders.extract import extract_bytes
from loaders.records import Extraction, Finding

HEADER = ["序号", "主要任务", "具体措施", "责任单位", "牵头部门", "责任部门", "完成时限"]


def table(*changed: tuple[int, int, str]) -> Extraction:
    """Twenty rows in five blocks, some cells (row, column, words) put otherwise."""
    rows = [
        [
            str(n),
            f"任务{n // 4}" if n % 4 == 1 else "",
            f"按照市局要求办好事项{n}。",
            "各级税务机关",
            f"{'人财征稽法'[n % 5]}务处",
            f"{'人财征稽法'[n % 5]}务处",
            "2024年6月30日前",
        ]
        for n in range(1, 21)
    ]
    for row, column, words in changed:
        rows[row - 1][column] = words
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([["某市任务分工表", *[""] * 6], HEADER, *rows])
    return extract_bytes(out.getvalue().encode(), "t.csv")


def told(found: Extraction, code: str) -> list[Finding]:
    return [f for f in found.findings if f.code == code]


def test_a_column_blank_over_several_blocks_is_told_at_its_header_and_first_blank_cell() -> None:
    found = told(table(*((n, 6, "") for n in range(4, 18))), "column-blank")
    assert [(f.place.row, f.place.column, f.quote) for f in found] == [(1, 7, "完成时限"), (5, 7, "")]
    assert found[0].message.zh == "“完成时限”一栏 20 行中有 14 行空白（70%）。"


def test_a_column_filled_once_for_each_block_is_merged_and_not_blank() -> None:
    assert told(table(*((n, 6, "") for n in range(1, 21) if n % 4 != 1)), "column-blank") == []
    assert told(table(*((n, 6, "") for n in range(4, 9))), "column-blank") == []


@pytest.mark.parametrize(
    ("code", "changed", "column"),
    [
        ("type-mismatch", (3, 5, "人务处、作出行政处罚决定的税务机关"), 6),
        ("name-alike", (3, 6, "县（区）局2024年6月30日前"), 7),
        ("deadline-differs", (3, 6, "按照市局、省局要求"), 7),
    ],
)
def test_a_cell_unlike_the_others_of_its_column(code: str, changed: tuple[int, int, str], column: int) -> None:
    beside = (9, 3, "县税务机关")
    assert told(table(), code) == []
    assert column in {f.place.column for f in told(table(changed, beside), code)}


def test_seeds_have_a_column_without_a_header_and_a_label_in_a_line_of_its_own() -> None:
    first, second = seed(GUANGZHOU), seed(HECHI)
    assert [f.quote for f in told(first, "header-mismatch")] == ["具体举措"]
    rows = {row.place.row: row.row for row in second.rows}
    assert [rows[f.place.row] for f in told(second, "stray-label") if f.place.row in rows] == ["1", "2", "3"]
    runs = [(rows[f.place.row or 0], f.place.column) for f in told(second, "doubtful-merge") if f.related]
    assert runs == [("2", 5), ("2", 9)]
    assert [rows[f.place.row or 0] for f in told(second, "type-mismatch") if "税务机关" in f.quote] == ["13"]


def test_one_row_of_a_block_led_by_another_than_all_its_siblings() -> None:
    blocks = [(n, 4, f"{'人财征稽法'[(n - 1) // 4]}务处") for n in range(1, 21)]
    found = told(table(*blocks, (4, 4, "信息中心")), "note-unlike")
    assert [(f.place.row, f.place.column, f.quote) for f in found] == [(5, 5, "信息中心")]
    assert told(table(*blocks), "note-unlike") == []
    assert told(table((4, 4, "信息中心")), "note-unlike") == []  # where each task has a lead of its own


def test_words_of_which_only_the_beginning_is_left() -> None:
    going = [(n, 6, "持续开展") for n in range(1, 11)]
    named = [(n, 5, "征管和科技发展处") for n in (1, 2, 3)]
    found = table(*going, (4, 6, "持续"), *named, (4, 5, "征管和科技"))
    assert [(f.place.row, f.place.column, f.quote) for f in told(found, "typo-suspected")] == [(5, 7, "持续")]
    assert ("征管和科技", 6) in {(f.quote, f.place.column) for f in told(found, "name-variant")}
    assert told(table(*going, *named), "typo-suspected") == told(table(*going, *named), "name-variant") == []


def test_a_class_of_departments_among_units_and_headers_exchanged_over_a_shared_label() -> None:
    assert [(f.place.row, f.place.column) for f in told(table((4, 3, "各级各部门")), "type-mismatch")] == [(5, 4)]
    text = (SOURCES / GUANGZHOU).read_text(encoding="utf-8")
    exchanged = text.replace("牵头部门\n\t责任部门\n\t完成时限", "完成时限\n\t责任部门\n\t牵头部门")
    found = told(extract_bytes(exchanged.encode(), "t.txt"), "header-mismatch")
    assert {("完成时限", 5), ("牵头部门", 7)} <= {(f.quote, f.place.column) for f in found}


@pytest.mark.parametrize(
    ("code", "row", "column", "good", "bad"),
    [
        ("label-repeated", 5, 1, "任务1", "任务2"),
        ("deadline-differs", 3, 6, "2024年6月30日前完成自查，2024年9月30日前完成整改", "2024年6月30日前，2024年9月30日前"),
        ("typo-suspected", 3, 6, "2024年9月30日前完成自查自纠并报告", "2024年6月30日前完成自查自究并报告"),
        ("type-mismatch", 3, 2, "按要求办好事项。", "持续开展"),
        ("unknown-actor", 3, 5, "人务处、大企业税收管理处", "人务处、大企业税收管理"),
    ],
)
def test_a_slip_in_one_cell_and_the_cell_without_it(code: str, row: int, column: int, good: str, bad: str) -> None:
    others = [(n, 6, "持续开展") for n in (11, 12)] + [(n, 6, "2024年6月30日前完成自查自纠并报告") for n in (13, 14, 15)]
    next_label = [(6, 1, "任务2")] if code == "label-repeated" else []
    assert told(table(*others, (row, column, good)), code) == []
    found = told(table(*others, *next_label, (row, column, bad)), code)
    assert (row + 1, column + 1) in {(f.place.row, f.place.column) for f in found}


def test_a_row_with_one_actor_less_may_lack_either() -> None:
    text = (SOURCES / GUANGZHOU).read_text(encoding="utf-8")
    lost = text.replace("的沟通联系。\n\t办公室\n\t办公室\n", "的沟通联系。\n\t办公室\n", 1)
    assert lost != text
    found = [f for f in told(extract_bytes(lost.encode(), GUANGZHOU), "column-shift") if f.place.column]
    assert [(f.place.row is not None, f.message.zh) for f in found] == [
        (True, "本行少一格：此处的名称也可能属于“牵头部门”一栏，缺的是“责任部门”。")
    ]
    assert not [f for f in told(extract_bytes(text.encode(), GUANGZHOU), "column-shift") if f.place.column]


@pytest.mark.parametrize(
    ("limit", "told_so"),
    [("收到行政许可申请之日起7个工作日内", True), ("决定之日起7个工作日内", False), ("自作出行政许可决定之日起7个工作日内", False)],
)
def test_a_limit_as_long_but_counted_from_something_else(limit: str, told_so: bool) -> None:
    text = (SOURCES / GUANGZHOU).read_text(encoding="utf-8")
    changed = text.replace("\t作出行政许可决定之日起7个工作日内\n", f"\t{limit}\n")
    assert changed != text
    found = {f.place.column for f in told(extract_bytes(changed.encode(), GUANGZHOU), "deadline-differs") if "7个工作日" in f.message.zh}
    assert bool(found) is told_so
