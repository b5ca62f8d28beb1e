"""Whole journeys of a researcher through the pages, in a real browser: what she sees, types, drops, decides and takes away."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from barriers import FITS, SCHEME, barriers, views
from browser import DESKTOP, PHONE, Visitor, chromium, running_pages
from docx import Document
from hands import build, choose_option, choose_row, task_table, type_into_cell
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from seed_graph import seed_workspace

from lineage.review.desk import decide, list_queue
from lineage.tables.progress import read_progress
from loaders.corrections import read_corrections
from zhengmai.store import build_lock, current_snapshot
from zhengmai.workspace import Workspace, read_sources

GZ, SAT = "gz-stb-openness-tasks", "sat-20170427-openness"
QUESTION = "which-tasks-implement-clause"
LEAD_AT = 3  # row number, task, measure, lead
PROGRESS_AT = 10  # the tenth column after the number is the office's own


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return own_workspace(tmp_path_factory.mktemp("journeys"))


def own_workspace(folder: Path) -> Workspace:
    """Return a workspace of the three documents that may be changed."""
    shutil.copytree(seed_workspace().path, folder / "own", symlinks=True)
    return Workspace(folder / "own")


@pytest.fixture(scope="module")
def address(workspace: Workspace) -> Iterator[str]:
    with running_pages(workspace.path) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody who leaves no request on any other machine, and sees no traceback."""
    one = Visitor(browser, address)
    yield one
    assert one.strangers() == []
    assert one.page.locator("[data-testid='stException']").count() == 0
    one.leaves()


def test_a_question_leads_to_the_cell_it_rests_on(visitor: Visitor) -> None:
    page = visitor.opens("topics")
    page.get_by_text("哪些任务承接某一条目", exact=True).first.click()
    visitor.settled()
    page.get_by_role("combobox", name=re.compile("部分、条目、项或句")).fill("五(二)")
    page.get_by_role("option").first.click()
    page.get_by_role("button", name="查询").click()
    visitor.settled()
    assert "2 行 · 规则确认 2 · 人工确认 0 · 待复核 0" in visitor.words()
    choose_row(visitor, 0, shows="双方共有")
    assert "加大公开首问责任制" in visitor.words()
    page.get_by_role("link", name=re.compile("查看原文：27")).click()
    page.get_by_role("heading", name="原文核对").wait_for()
    visitor.settled()
    assert "表1 第29行 第5列" in visitor.words() and "牵头：纳税服务处" in visitor.words()


def test_ten_links_are_reviewed_by_keyboard_and_kept(visitor: Visitor, workspace: Workspace) -> None:
    page = visitor.opens("review", by="张三", order="document")
    keys = ["a", "a", "x", "a", "u", "a", "a", "x", "a", "a"]
    for number, key in enumerate(keys, 1):
        page.keyboard.press(key)
        expect(page.get_by_text(f"待看 {124 - number} 项（共 124）")).to_be_visible()
        visitor.settled()
    page.reload()
    visitor.settled()
    assert "张三 10" in visitor.words() and "待看 114 项" in visitor.words()
    rows = (workspace.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8")
    assert [rows.count(f"\t{word}\t") for word in ("accepted", "rejected", "unsure")][1:] == [2, 1]
    page.keyboard.press("z")
    expect(page.get_by_text("张三 9")).to_be_visible()


def test_a_word_file_is_mended_stored_and_linked(browser: Browser, tmp_path: Path) -> None:
    workspace = own_workspace(tmp_path)  # another document would change what the other journeys find
    with running_pages(workspace.path) as address:
        visitor = Visitor(browser, address)
        _brings_in_a_word_file(visitor, workspace)
        assert visitor.strangers() == []
        visitor.leaves()


def _brings_in_a_word_file(visitor: Visitor, workspace: Workspace) -> None:
    page = visitor.opens("import")
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    page.locator("input[type=file]").set_input_files({"name": "越秀区分工表.docx", "mimeType": word, "buffer": task_table()})
    page.get_by_role("heading", name="读到的行").wait_for()
    visitor.settled()
    choose_option(visitor, "行政层级", "县级")
    assert len(read_sources(workspace)) == 3
    type_into_cell(visitor, LEAD_AT, 0, "纳税服务科")
    page.get_by_text("已改正 1 处").first.wait_for()
    page.get_by_role("textbox", name=re.compile("改动的理由")).fill("印刷错误")
    page.get_by_role("textbox", name=re.compile("改动的理由")).press("Enter")
    visitor.settled()
    choose_option(visitor, "上位文件", "广州市国家税务局全面推进政务公开任务细化分工表")
    page.get_by_text("比对结论").first.wait_for()
    visitor.settled()
    assert "主动公开纳税信用A级纳税人名单及相关信息" in visitor.words()
    page.get_by_role("textbox", name=re.compile("^复核人")).fill("张三")  # the upper document is her own word: it carries her name
    page.get_by_role("textbox", name=re.compile("^复核人")).press("Enter")
    visitor.settled()
    page.get_by_role("button", name="存入工作区并构建").click()
    page.get_by_text("已存入：").wait_for()
    visitor.settled()
    stored = read_sources(workspace)[-1]
    (kept,) = read_corrections(workspace.curated_dir)[stored.slug]
    assert (kept.old, kept.new, kept.reason) == ("纳税服务利", "纳税服务科", "印刷错误")
    page.locator("[data-testid='stMain']").get_by_role("link", name="承接链条").click()
    page.get_by_role("heading", name="承接链条").wait_for()
    visitor.settled()
    assert "2 行（共 2） · 规则确认 2" in visitor.words() and "本级牵头 办公室" in visitor.words()


def test_what_has_passed_and_what_an_event_sets_off(visitor: Visitor) -> None:
    page = visitor.opens("deadlines", on="2019-10-01", by="2019-12-31", document="hechi-three-systems-tasks")
    assert re.search(r"期限已过 \d+", visitor.words()) and "只说明日期已过" in visitor.words()
    visitor.opens("deadlines", on="2017-08-01", by="2017-08-31", document=GZ, view="triggered")
    page.locator("[data-testid='stExpander']").get_by_text("触发事件的日期").first.click()
    page.get_by_role("spinbutton", name="year, 作出行政许可决定之日").click()
    page.keyboard.type("20170801")
    page.get_by_role("heading", name="时限").click()  # the date counts once its calendar is closed
    page.get_by_text("1 项时限").wait_for()
    visitor.settled()
    assert "e." in page.url and "2017-08-01" in page.url
    assert page.locator("[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg").count() == 1


def test_the_language_is_switched_and_stays(visitor: Visitor) -> None:
    page = visitor.opens("home")  # another way to the start page
    page.get_by_role("heading", name="政脉").wait_for()
    visitor.settled()
    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.get_by_role("heading", name="What is in the graph").wait_for()
    page.get_by_role("link", name="Deadlines").first.click()
    page.get_by_role("heading", name="Deadlines").wait_for()
    visitor.settled()
    assert "lang=en" in page.url


def test_a_shared_link_opens_the_same_view_in_a_fresh_browser(visitor: Visitor, browser: Browser, address: str) -> None:
    page = visitor.opens("trace", clause=f"{SAT}:5.2", lead="办公室")
    before = visitor.words()
    page.get_by_role("button", name="复制本页链接").click()
    link = page.locator("[data-testid='stPopoverBody'] code").inner_text()
    other = Visitor(browser, address)
    other.page.goto(link)
    other.settled()
    assert "1 行（共 124） · 规则确认" in other.words()
    assert _told(other.words()) == _told(before)
    other.leaves()


def _told(words: str) -> list[str]:
    return [line for line in words.splitlines() if "· 规则确认" in line or "匹配把握度" in line]


def test_two_reviewers_on_one_link_lose_nothing(visitor: Visitor, browser: Browser, address: str, workspace: Workspace) -> None:
    item = f"{GZ}.60--" + next(
        row.split(f"{GZ}.60--")[1].split('"')[0]
        for row in (workspace.built_dir / "review").joinpath(f"{GZ}--{SAT}.json").read_text(encoding="utf-8").splitlines()
        if f"{GZ}.60--" in row
    )
    other = Visitor(browser, address)
    visitor.opens("review", by="李四", item=item)
    other.opens("review", by="王五", item=item)
    visitor.page.keyboard.press("a")
    visitor.settled()
    other.page.keyboard.press("x")
    other.page.get_by_text("他人已有意见").wait_for()
    assert "李四" in other.words() and "两者都已保留" in other.words()
    other.leaves()
    third = visitor.opens("review", by="赵六", item=item)
    assert "意见不一，待裁定" in visitor.words()
    third.get_by_role("button", name="裁定：接受").click()
    visitor.settled()
    rows = (workspace.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8")
    assert "adjudication" in rows and all(name in rows for name in ("李四", "王五", "赵六"))


def test_a_new_build_is_taken_up_without_a_restart(visitor: Visitor, workspace: Workspace) -> None:
    page = visitor.opens("")
    before = current_snapshot(workspace.built_dir).name
    assert f"图谱版本 {before}" in visitor.words()
    link = next(case.item.id for case in list_queue(workspace, show="open", order="document"))
    decide(workspace, link, "rejected", reviewer="周八", on="2026-11-22")
    build(workspace)  # with the reviewer's decision: another graph
    after = current_snapshot(workspace.built_dir).name
    assert after != before
    page.get_by_role("link", name="专题查询").first.click()
    page.get_by_text("图谱已更新，本页显示新版本").wait_for()
    visitor.settled()
    visitor.opens("topics", query="all-links-by-decision")
    assert after in visitor.words()


def test_an_answer_is_taken_away_as_a_workbook(visitor: Visitor) -> None:
    page = visitor.opens("topics", query=QUESTION, **{"p.clause": f"{SAT}:5.2", "p.lower": GZ})
    with page.expect_download() as told:
        page.get_by_role("button", name="下载 xlsx").click()
    sheet = load_workbook(io.BytesIO(told.value.path().read_bytes())).worksheets[0]
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("加大公开首问责任制" in word for word in words) and "27" in words


def test_the_concordance_is_filtered_and_taken_away(visitor: Visitor) -> None:
    page = visitor.opens("concordance", upper=SAT, lower=GZ, kind="gap")
    counted = re.search(r"(\d+) 行（共 (\d+) 行）", visitor.words())
    assert counted and 19 <= int(counted[1]) < int(counted[2])  # 19 on the seeds; a journey before this one may have turned links down
    assert "差异不能直接归因于本级" in visitor.words()
    choose_row(visitor, 0, shows="条文文字")
    with page.expect_download() as told:
        page.get_by_role("button", name="下载 docx").click()
    document = Document(io.BytesIO(told.value.path().read_bytes()))
    assert "推进重大服务举措公开" in "".join(cell.text for table in document.tables for row in table.rows[:200] for cell in row.cells)


def test_progress_is_filled_into_the_ledger_and_kept(visitor: Visitor, workspace: Workspace) -> None:
    page = visitor.opens("ledger", document=GZ, q="纳税信用A级纳税人名单")
    type_into_cell(visitor, PROGRESS_AT, 0, "已报送")
    page.get_by_role("button", name="保存填写的内容").click()
    page.get_by_text("已保存 1 项任务的进展").wait_for()
    (one,) = read_progress(workspace.curated_dir).values()
    assert one.task == "21" and "已报送" in one.fields
    visitor.opens("ledger", document=GZ, q="已报送")
    assert "1 行（共" in visitor.words()


def test_the_chain_is_drawn_and_opened_further(visitor: Visitor) -> None:
    page = visitor.opens("trace", upper=SAT, lower=GZ, clause=f"{SAT}:5", view="graph")
    graph = page.locator("iframe").first.content_frame
    graph.locator("canvas").first.wait_for()
    assert "五(一) 5.1" in visitor.words() and "五(二) 5.2" not in visitor.words().partition("展开的条目")[2]
    page.get_by_role("combobox", name=re.compile("展开的条目")).click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    visitor.settled()
    assert "五(二) 5.2" in visitor.words().partition("展开的条目")[2]
    graph.locator("canvas").first.wait_for()
    visitor.opens("trace", upper=SAT, lower=GZ, clause=f"{SAT}:5", view="flow")
    page.locator("[data-testid='stPlotlyChart'] .sankey-node").first.wait_for()
    assert page.locator("[data-testid='stPlotlyChart'] .sankey-node").count() >= 9


def test_what_cannot_be_read_or_is_gone_is_answered_in_words(visitor: Visitor, tmp_path: Path) -> None:
    page = visitor.opens("import")
    with (tmp_path / "大.csv").open("wb") as huge:
        huge.truncate(51_000_000 + 2_000_000)
    page.locator("input[type=file]").set_input_files(tmp_path / "大.csv")
    page.get_by_test_id("stFileChipIconError").wait_for()
    said = "() => getComputedStyle(document.querySelector('[data-testid=stFileUploader]'), '::after').content"
    assert "未接收：文件超过 50 MB" in page.evaluate(said)
    page.get_by_role("button", name="Remove 大.csv").click()
    page.locator("input[type=file]").set_input_files({"name": "坏.docx", "mimeType": "application/zip", "buffer": b"PK\x03\x04 cut short"})
    page.locator("[data-testid='stAlert']").first.wait_for()
    visitor.settled()
    assert "ZM-102" in visitor.words()
    visitor.opens("compare", doc="nobody", at="27")
    assert "没有这份文件：nobody" in visitor.words()
    visitor.opens("trace", clause="99.9")
    assert "找不到这个条目" in visitor.words()
    visitor.opens("review", by="张三", item="gone.1--gone.2")
    assert "图谱中已没有 gone.1--gone.2" in visitor.words()
    assert page.get_by_text("Traceback").count() == 0


def test_a_query_of_her_own_is_answered_and_an_endless_one_is_refused(visitor: Visitor) -> None:
    page = visitor.opens("sparql", query="SELECT (COUNT(*) AS ?n) WHERE { ?task a <https://w3id.org/zhengmai/ns#Task> }")
    page.get_by_role("button", name="查询", exact=True).click()
    page.get_by_text("1 行").first.wait_for()
    area = page.get_by_role("textbox", name=re.compile("^查询"))
    area.fill("SELECT * WHERE " + "{" * 200 + "}" * 200)
    page.get_by_role("button", name="查询", exact=True).click()
    page.locator("[data-testid='stAlert']").first.wait_for()
    assert "可缩小范围" in visitor.words()


def test_two_windows_of_one_reviewer_lose_nothing(visitor: Visitor, browser: Browser, address: str, workspace: Workspace) -> None:
    item = next(case.item.id for case in list_queue(workspace, show="open", order="document"))
    other = Visitor(browser, address)
    visitor.starts("review", by="钱七", item=item)
    other.opens("review", by="钱七", item=item)
    visitor.settled()
    visitor.page.keyboard.press("a")
    visitor.settled()
    other.page.keyboard.press("x")
    other.page.get_by_text("您在另一个页面已有意见").wait_for()
    assert "两次都已保留，以后一次为准" in other.words() and "他人已有意见" not in other.words()
    other.leaves()
    said = [row for row in (workspace.curated_dir / "reviews.sssom.tsv").read_text(encoding="utf-8").splitlines() if "钱七" in row]
    assert ["accepted" in said[0], "rejected" in said[1], len(said)] == [True, True, 2]


def test_a_hundred_thousand_rows_are_counted_and_the_file_holds_them_all(visitor: Visitor) -> None:
    zm = "https://w3id.org/zhengmai/ns#"
    page = visitor.opens("sparql", query=f"SELECT ?b {{ ?a a <{zm}Task> . ?b a <{zm}Sentence> . ?c a <{zm}Clause> }} LIMIT 100000")
    page.get_by_role("button", name="查询", exact=True).click()
    page.get_by_text("100000 行", exact=True).wait_for()
    visitor.settled()
    assert "只显示前 1000 行" in visitor.words()
    with page.expect_download() as told:
        page.get_by_role("button", name="下载 csv").click()
    assert told.value.path().read_bytes().count(b"\r\n") == 100_001


def test_a_graph_that_is_gone_or_being_built_is_told_and_comes_back(visitor: Visitor, workspace: Workspace) -> None:
    visitor.opens("ledger", document=GZ, q="纳税信用A级纳税人名单")
    page = visitor.page
    type_into_cell(visitor, PROGRESS_AT, 0, "已办结")
    with build_lock(workspace.built_dir):
        page.get_by_role("button", name="保存填写的内容").click()
        page.get_by_text("另一个构建正在进行").wait_for()
        visitor.settled()
    assert not any("已办结" in one.fields for one in read_progress(workspace.curated_dir).values())
    away = workspace.built_dir.rename(workspace.path / "built-away")
    try:
        visitor.opens("topics")
        assert "还没有构建图谱" in visitor.words()
    finally:
        away.rename(workspace.built_dir)
    visitor.opens("topics", query="list-documents")
    assert "3 行" in visitor.words()


def test_no_page_bars_those_who_cannot_see_it_and_each_fits_a_phone(browser: Browser, address: str) -> None:
    """axe-core on every page, light and dark: nothing serious or critical; 390 pixels wide nothing stands out of the page."""
    visitor = Visitor(browser, address)
    page, schemes = visitor.page, ["light", "dark"]
    found: list[str] = []
    for name, link in views().items():
        visitor.opens(name, **link)
        found += [f"{name}, {schemes[0]}: {said}" for said in barriers(page)]
        schemes.reverse()  # the next page opens in what this one changes to
        page.emulate_media(color_scheme="dark" if schemes[0] == "dark" else "light")
        page.wait_for_function(SCHEME, arg=schemes[0])
        found += [f"{name}, {schemes[0]}: {said}" for said in barriers(page)]
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        with suppress(PlaywrightTimeout):  # tables and charts follow the width in their own time
            page.wait_for_function(FITS, arg=PHONE["width"] + 1, timeout=15_000)
        width = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollWidth")
        found += [f"{name}: {width} pixels wide on a phone"] if width > PHONE["width"] + 1 else []
        found += [f"{name}: filters stand open on a phone"] if page.locator("[class*='st-key-filters-']:visible").count() else []
        page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
        assert not page.locator("[data-testid='stException']").count()
    assert visitor.strangers() == []
    visitor.leaves()
    assert found == []
