"""The account: every row, column and paragraph of a document is used or left out for a reason, and adds up."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import GUANGZHOU, HECHI, NATIONAL, ROOT, SOURCES, seed

from loaders.account import Account, Several, account_lines, account_of, add_up, left_over, place_in_words, quoted
from loaders.blocks import Paragraph
from loaders.extract import extract_bytes
from loaders.records import Ingest, Place
from loaders.to_json import extraction_json

TABLE = """\
某市重点任务分工表
本表由办公室汇总。
序号,主要任务,具体举措,牵头部门,联系电话,完成时限
1,优化服务,推行一次办结,办公室,020-1234,2024年6月底前
2,优化服务,,,,
,,,,,
序号,主要任务,具体举措,牵头部门,联系电话,完成时限
3,规范执法,公示执法结果,法制处,020-5678,长期坚持
""".encode()


def test_a_table_s_account_names_each_row_left_out_and_why() -> None:
    account = account_of(extract_bytes(TABLE, "a.csv"))
    assert (account.tables_seen, account.tables_read) == (1, 1)
    assert account.rows_seen == account.rows_kept + sum(s.count for s in account.skipped)
    reasons = {s.code: [p.row for p in s.places] for s in account.skipped}
    assert "repeated-header" in reasons
    assert account.columns_used == (
        ("序号", "number"),
        ("主要任务", "task"),
        ("具体举措", "measure"),
        ("牵头部门", "lead"),
        ("完成时限", "deadline"),
    )
    assert account.columns_unused == ("联系电话",)


@pytest.mark.parametrize(("name", "rows", "provisions"), [(GUANGZHOU, 91, 0), (HECHI, 38, 0), (NATIONAL, 0, 40)])
def test_the_seeds_add_up(name: str, rows: int, provisions: int) -> None:
    account = account_of(seed(name))
    assert (account.rows_kept, account.provisions) == (rows, provisions)
    assert account.rows_seen == rows + sum(s.count for s in account.skipped)
    assert account.paragraphs_seen == account.paragraphs_used + account.left.count
    assert sum(account.found(s) for s in ("violation", "warning", "info")) == len(seed(name).findings)


def test_the_stray_label_of_hechi_is_named_with_its_words() -> None:
    (skipped,) = account_of(seed(HECHI)).skipped
    assert (skipped.code, skipped.count, skipped.places[0].row, skipped.quote) == ("merged-label-row", 1, 4, "强化 事前 公示")


def test_doubtful_rows_are_those_of_the_extraction() -> None:
    account = account_of(seed(HECHI))
    assert [(d.row, d.fields) for d in account.doubtful] == [(r.row, r.doubtful) for r in seed(HECHI).rows if r.doubtful]
    assert account.doubtful_rows == len(account.doubtful) > 0


def test_a_paragraph_left_over_is_named_with_its_first_words() -> None:
    at = seed(NATIONAL).text.index("现将《")
    place = Place(start=at, end=at + 60, paragraph=2)
    account = account_of(replace(seed(NATIONAL), ingest=Ingest(paragraphs_seen=2, paragraphs_used=1, paragraphs_left=(place,))))
    assert account.left.count == 1 and account.left.quote == "现将《全面推进政务公开工作实施办法》印发给你们,…"
    assert "  - paragraph 2 “现将《全面推进政务公开工作实施办法》印发给你们,…”" in account_lines(account, "en")


def test_the_json_says_columns_and_paragraphs_too() -> None:
    ingest = extraction_json(extract_bytes(TABLE, "a.csv"))["ingest"]
    assert {"header": "牵头部门", "role": "lead"} in ingest["columns"]
    assert {"header": "联系电话", "role": None} in ingest["columns"]
    assert ingest["paragraphs_seen"] == ingest["paragraphs_used"] + len(ingest["paragraphs_left"])


def test_it_is_told_in_both_languages() -> None:
    account = account_of(seed(HECHI))
    assert "行：见到 39，收录 38，略去 1" in account_lines(account, "zh")
    assert "  - 只有标签的行，已归入所在的组 1：表1 第4行 “强化 事前 公示”" in account_lines(account, "zh")
    assert "rows: seen 39, kept 38, skipped 1" in account_lines(account, "en")
    english = "\n".join(account_lines(account, "en"))
    assert "columns used: 序号 → number, 推行任务 → task" in english
    assert "\n  - warning missing 日 1: table 1 row 33 column 8" in english


def test_a_reason_nobody_translated_is_shown_as_it_is() -> None:
    account = Account(rows_seen=1, skipped=(Several("a-new-reason", 1, (Place(table=1, row=2),)),))
    assert "  - a-new-reason 1: table 1 row 2" in account_lines(account, "en")


def test_injected_words_are_masked_in_a_quote() -> None:
    extraction = seed(NATIONAL)
    ((start, end), *_) = extraction.masked
    assert quoted(extraction, Place(start=start, end=end)) == "▇" * (end - start)
    assert extraction.text[start:end] not in quoted(extraction, Place(start=start - 5, end=end + 5), 40)


def test_accounts_add_up_over_documents() -> None:
    total = add_up(add_up(Account(), account_of(seed(HECHI))), account_of(seed(GUANGZHOU)))
    assert (total.tables_read, total.rows_seen, total.rows_kept) == (2, 130, 129)
    assert total.skipped == (Several("merged-label-row", 1),)
    assert not any("+" in line for line in account_lines(total, "zh"))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=8), st.lists(st.integers(1, 9), max_size=8))
@settings(max_examples=150, deadline=None)
def test_a_paragraph_is_left_over_when_no_span_touches_it(spans: list[tuple[int, int]], lengths: list[int]) -> None:
    paragraphs, at = [], 0
    for number, length in enumerate(lengths, 1):
        paragraphs.append(Paragraph("字" * length, at, number))
        at += length + 1
    places = [Place(start=start, end=start + length) for start, length in spans]
    touched = {p.number for p in paragraphs for a in places if (a.start or 0) < p.end and (a.end or 0) > p.start}
    assert {place.paragraph for place in left_over(paragraphs, frozenset(), places)} == {p.number for p in paragraphs} - touched


def test_places_are_said_in_both_languages() -> None:
    place = Place(sheet="分工", table=1, row=28, column=4)
    assert place_in_words(place, "zh") == "工作表 分工 表1 第28行 第4列"
    assert place_in_words(place, "en") == "sheet 分工 table 1 row 28 column 4"
    assert place_in_words(Place(start=3, end=9), "en") == "characters 3–9"


@pytest.mark.parametrize("form", ["json", "csv"])
def test_extract_ends_with_the_account_on_standard_error_only(form: str) -> None:
    command = [sys.executable, "-m", "zhengmai", "extract", str(SOURCES / HECHI), "--format", form, "--lang", "en"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=False)
    assert done.returncode == 0
    assert "rows: seen 39, kept 38, skipped 1" in done.stderr and "rows: seen" not in done.stdout
