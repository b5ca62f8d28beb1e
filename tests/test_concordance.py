"""上下级条款对照表 of the two seeds; what must stand in it was read in the documents."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.cell.rich_text import TextBlock
from seed_graph import seed_store, seed_workspace

from lineage.review.intake import import_table
from lineage.review.pairs import read_pairs
from lineage.tables.concordance import Concordance, Row, concordance, pairs
from lineage.tables.concordance_page import concordance_page
from lineage.tables.files import COMPACT, WRITERS
from lineage.tables.marks import Run, marked
from lineage.tables.page import Cell, Column, Page, Sheet, cell
from lineage.tables.reading import Words
from lineage.tables.write_csv import write_csv
from queries.run import run_query
from zhengmai.workspace import Workspace

UPPER, LOWER, OTHER = "sat-20170427-openness", "gz-stb-openness-tasks", "hechi-three-systems-tasks"


@cache
def table() -> Concordance:
    return concordance(seed_store(), UPPER)


@cache
def page(lang: str = "zh", compact: bool = False) -> Page:
    return concordance_page(table(), lang, compact=compact)  # type: ignore[arg-type]


def for_review() -> Page:
    return concordance_page(table(), "zh", review=read_pairs(seed_workspace()))


def rows(**wanted: str) -> list[Row]:
    """Return the rows of a task or a sentence."""
    return [
        row
        for row in table().rows
        if (not wanted.get("task") or (row.lower and row.lower.id == wanted["task"]))
        and (not wanted.get("sentence") or (row.upper and row.upper.id == wanted["sentence"]))
    ]


def only(runs: Sequence[Run], mark: str) -> list[str]:
    return [run.text for run in runs if run.mark == mark]


def test_the_first_pair_is_the_one_that_rests_on_the_other() -> None:
    found = pairs(seed_store())
    assert [(pair.upper.slug, pair.lower.slug, pair.verdict) for pair in found][0] == (UPPER, LOWER, "yes")
    assert {pair.lower.slug: pair.verdict for pair in found}[OTHER] != "yes"
    assert [pair.lower.slug for pair in table().pairs] == [LOWER]


def test_row_27_stands_beside_both_its_sentences() -> None:
    assert [(row.clause.number, row.upper.id, row.status) for row in rows(task="27") if row.upper and row.clause] == [
        ("四(二)", "4.2.s2", "accepted"),
        ("五(二)", "5.2.s1", "accepted"),
    ]
    (second,) = rows(task="27", sentence="5.2.s1")
    assert only(second.lower_runs, "") == ["加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。"]
    assert only(second.lower_runs, "elsewhere") == ["主动公开纳税信用A级纳税人名单及相关信息。"]
    assert only(second.upper_runs, "dropped") == []


def test_the_exception_that_was_dropped_is_marked() -> None:
    (row,) = rows(task="5")
    assert (row.relation, row.upper.id if row.upper else "") == ("exceptionDropped", "2.2.s3")
    assert only(row.upper_runs, "dropped") == ["除涉及国家秘密、商业秘密或个人隐私及其他依法不予公开的事项外,"]
    assert only(row.lower_runs, "added") == []


def test_words_that_only_the_city_has_are_marked() -> None:
    (row,) = rows(task="1")
    assert "省国税局" in "".join(only(row.lower_runs, "added"))
    assert "编制权责事项运行流程图" in "".join(only(row.upper_runs, "dropped"))


def test_the_texts_are_whole_whatever_is_marked() -> None:
    for row in table().rows:
        assert "".join(run.text for run in row.upper_runs) == (row.upper.text if row.upper else "")
        assert "".join(run.text for run in row.lower_runs) == (row.lower.text if row.lower else "")


def test_a_sentence_no_task_was_found_for_has_its_reason_and_the_candidate_turned_down() -> None:
    (row,) = rows(sentence="7.2.s1")
    assert (row.kind, row.reason, row.lower, row.relation) == ("gap", "addressed-to-other-level", None, "")
    assert row.nearest is None  # no task shares more than a word or two with it
    (row,) = rows(sentence="8.4.s4")
    assert row.nearest is not None and (row.nearest.level, row.nearest.id) == ("task", "53") and row.nearest_confidence
    assert rows(sentence="7.2.s2")[0].reason == "level-unclear"


def test_every_sentence_under_a_number_and_every_task_is_in_the_table() -> None:
    sentences = {row.upper.id for row in table().rows if row.upper}
    assert len(sentences) == 137
    assert len({row.lower.id for row in table().rows if row.lower}) == 91


def test_the_counts_are_those_of_the_saved_question() -> None:
    counted = {str(row["decided"]): row["amount"] for row in run_query("all-links-by-decision", {}, seed_store()).rows}
    assert {key: table().counts[key] for key in ("rule", "person", "proposed")} == {
        key: counted.get(key, 0) for key in ("rule", "person", "proposed")
    }
    gaps = run_query("uncovered-provisions", {"upper": UPPER, "lower": LOWER}, seed_store()).rows
    assert table().counts["gap"] == len(gaps)


def test_leads_and_limits_stand_side_by_side() -> None:
    (row,) = rows(task="5")
    assert row.clause is not None and row.lower is not None and row.lead is not None
    assert (row.clause.names("lead"), row.lower.names("lead"), row.lead.verdict) == ("政策法规司", "纳税服务处", "mismatch")
    assert [limit.raw for limit in row.upper.deadlines] == ["作出行政许可决定之日起7个工作日内"] if row.upper else False
    (ninth,) = rows(task="9")
    assert [(one.verdict, one.direction, one.lower) for one in ninth.differences if one.aspect == "deadline"] == [
        ("new", "tighter", ("20个工作日",))
    ]


def test_a_document_that_does_not_rest_on_the_upper_one_adds_no_rows() -> None:
    found = concordance(seed_store(), UPPER, [OTHER])
    assert [row for row in found.rows if row.kind == "link"] == []
    assert any("不作对照" in notice for notice in concordance_page(found, "zh").sheets[0].notices)


def test_the_level_between_is_said_on_the_page() -> None:
    notices = page().sheets[0].notices
    assert any("越级对照（省级）：中间层级文件未收录，差异不能直接归因于本级" in notice for notice in notices)
    assert any(notice.startswith("规则确认 ") and " · 人工确认 0 · 待复核 " in notice for notice in notices)
    assert any("不表示职责已经履行" in notice for notice in notices)
    assert "中间层级文件未收录，差异不能直接归因于本级" in write_csv(page()).decode().splitlines()[-1]


def test_what_was_left_out_is_said_on_the_page() -> None:
    said = concordance_page(table(), "en", left_out=("略去", "1 internal document left out")).sheets[0].notices
    assert "1 internal document left out" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_a_code_is_missing(lang: str) -> None:
    made = page(lang).sheets[0]
    names = [column.name for column in made.columns]
    shown = {row[names.index(name)].text for row in made.rows for name in ("relation", "structure", "status", "lead_match")}
    assert not shown & {"verbatim", "one-to-one", "rule", "level-unclear"} - ({"verbatim"} if lang == "en" else set())
    if lang == "zh":
        assert {"原文沿用", "未见承接", "规则确认", "不对口"} <= shown


def test_the_workbook_can_be_filtered_and_read_back() -> None:
    book = load_workbook(io.BytesIO(WRITERS["xlsx"](for_review())), rich_text=True)
    sheet = book.worksheets[0]
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "序号")
    head = [cell.value for cell in sheet[top]]
    assert sheet.freeze_panes == f"C{top + 1}" and sheet.auto_filter.ref.startswith(f"A{top}:")
    assert sheet.max_row - top == len(table().rows)
    ids = head.index("句") + 1
    assert {sheet.cell(row, ids).data_type for row in range(top + 1, sheet.max_row + 1)} <= {"s", "inlineStr", "n"}
    assert isinstance(sheet.cell(top + 2, head.index("条目") + 1).value, str)
    assert {sheet.cell(row, head.index("复核状态") + 1).value for row in range(top + 1, sheet.max_row + 1)} == {"规则确认", "未见承接"}
    fifth = next(row for row in range(top + 1, sheet.max_row) if sheet.cell(row, head.index("任务项次") + 1).value == "第5项")
    marked_words = sheet.cell(fifth, head.index("条文文字") + 1).value
    struck = [str(part) for part in marked_words if isinstance(part, TextBlock) and part.font.strike]
    assert struck == ["除涉及国家秘密、商业秘密或个人隐私及其他依法不予公开的事项外,"]
    assert sheet.cell(fifth, head.index("对应类型") + 1).fill.fgColor.rgb.endswith("FBDDD0")
    assert [str(one.formula1) for one in sheet.data_validations.dataValidation] == [
        '"原文沿用,本地化表述,删去例外,缩减,增补,合并"',
        '"接受,拒绝,存疑,修改"',
        '"适用其他层级,未见对应文字,层级不明,复核认定未列入,另有安排,不适用"',
    ]
    assert any("越级对照" in str(sheet.cell(row, 1).value) for row in range(1, top))


def test_the_document_is_landscape_and_repeats_its_header() -> None:
    document = Document(io.BytesIO(WRITERS["docx"](page(compact=True))))
    section = document.sections[0]
    assert section.page_width > section.page_height
    (made,) = document.tables
    assert len(made.rows) == 1 + len(table().rows)
    assert [element.tag.rpartition("}")[2] for element in made.rows[0]._tr.trPr] == ["tblHeader", "cantSplit"]
    assert "越级对照" in "".join(paragraph.text for paragraph in document.paragraphs)


def test_html_marks_with_ins_and_del_and_holds_no_key_column() -> None:
    text = WRITERS["html"](page()).decode()
    assert "<del>除涉及国家秘密、商业秘密或个人隐私及其他依法不予公开的事项外,</del>" in text
    assert "content_key" not in text and '<html lang="zh-CN">' in text


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_the_same_page_gives_the_same_bytes(name: str) -> None:
    made = page(compact=name in COMPACT)
    assert WRITERS[name](made) == WRITERS[name](made)


def hostile() -> Page:
    words = ('=HYPERLINK("http://x")', "<script>alert(1)</script>", "a\x00b\uffff\x0b", "+1", "x" * 40_000)
    columns = tuple(Column(f"c{at}", f"c{at}", 10) for at in range(len(words)))
    return Page("t", (Sheet("a/b*c", "t", (), columns, (tuple(cell(text) for text in words),)), Sheet("a/b*c", "t", (), columns, ())))


def test_hostile_words_stay_words_in_a_workbook() -> None:
    data = WRITERS["xlsx"](hostile())
    book = load_workbook(io.BytesIO(data))
    sheet = book.worksheets[0]
    assert [sheet.cell(3, at).data_type for at in (1, 2, 4)] == ["s", "s", "s"]
    assert "<f>" not in ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").decode()
    assert book.sheetnames[0] != book.sheetnames[1]


@pytest.mark.parametrize("name", ["docx", "html", "csv"])
def test_hostile_words_break_no_writer(name: str) -> None:
    data = WRITERS[name](hostile())
    assert data and b"<script>" not in data.replace(b"&lt;", b"") or name == "csv"


def test_marks_pass_over_punctuation() -> None:
    assert marked([Words("甲，乙、丙。", 10, "")], [(10, 11), (12, 13)], [(14, 15)], "dropped") == (
        Run("甲，乙、", ""),
        Run("丙。", "elsewhere"),
    )
    assert marked([Words("甲乙", -1, ""), Words("丙", 5, "")], [(5, 6)], [], "added") == (Run("甲乙"), Run("\n"), Run("丙"))


def test_cells_of_a_page_are_plain() -> None:
    assert Cell((Run("a"), Run("b", "added"))).text == "ab"


def test_what_a_reviewer_fills_in_comes_back_through_review_import(tmp_path: Path) -> None:
    home = tmp_path / "ws"
    shutil.copytree(seed_workspace().path, home, symlinks=True)
    path = tmp_path / "table.xlsx"
    path.write_bytes(WRITERS["xlsx"](for_review()))
    untouched = import_table(Workspace(home), path, reviewer="张三", on="2026-11-22")
    assert (untouched.records, untouched.refused) == ((), ())
    book = load_workbook(path)
    sheet = book.worksheets[0]
    top = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "序号")
    head = [one.value for one in sheet[top]]
    for row in range(top + 1, sheet.max_row + 1):
        said = (sheet.cell(row, head.index("任务序号") + 1).value, sheet.cell(row, head.index("句") + 1).value)
        if said == ("27", "5.2.s1"):
            sheet.cell(row, head.index("复核判断") + 1).value = "接受"
        if said == ("1", "2.1.s1"):
            sheet.cell(row, head.index("对应类型") + 1).value = "缩减"
        if said == (None, "1.1.s1"):
            sheet.cell(row, head.index("复核判断") + 1).value = "接受"
    book.save(path)
    taken = import_table(Workspace(home), path, reviewer="张三", on="2026-11-22")
    assert taken.refused == ()
    assert {(one.kind, one.task, one.provision, one.decision, one.relation) for one in taken.records} == {
        ("link", "27", "5.2.s1", "accepted", "merged"),
        ("link", "1", "2.1.s1", "edited", "narrowed"),
        ("gap", "", "1.1.s1", "accepted", ""),
    }
