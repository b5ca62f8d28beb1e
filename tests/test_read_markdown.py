"""Markdown: its marks are taken off, its words and tables kept, its front matter not trusted."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from render_text import as_markdown
from seed_tables import guangzhou, hechi, wrong_fields

from loaders.blocks import RawParagraph, RawTable, ReadResult
from loaders.extract import extract_bytes
from loaders.layouts.markdown_marks import plain
from loaders.read import read_bytes
from loaders.readers import markdown
from zhengmai.errors import ZhengmaiError


def read(text: str, name: str = "a.md") -> ReadResult:
    return read_bytes(text.encode(), name)


def grid(text: str, at: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in [b for b in read(text).blocks if isinstance(b, RawTable)][at].rows]


def paragraphs(text: str) -> list[str]:
    return [b.text for b in read(text).blocks if isinstance(b, RawParagraph)]


def test_guangzhou_as_markdown_has_every_field_right() -> None:
    assert wrong_fields(extract_bytes(as_markdown(guangzhou()).encode(), "a.md"), "guangzhou") == []


def test_hechi_as_markdown_has_every_field_right() -> None:
    extraction = extract_bytes(as_markdown(hechi()).encode(), "a.md")
    assert wrong_fields(extraction, "hechi") == []
    assert len(extraction.footnotes) == 1


def test_a_pipe_table_is_seen_whatever_the_name() -> None:
    assert read(as_markdown(guangzhou()), "a.txt").format == "markdown"


def test_pipes_breaks_and_marks_in_cells() -> None:
    text = (
        "任务 | 举措 | 牵头单位\n:-- | :-: | --:\n甲 | 用 `a|b` 和 c \\| d | **办公室**<br>人事处\n"
        "乙 | [正文](http://x/y_(z)) |\n丙 | 一 | 二 | 多出一格\n"
    )
    assert grid(text)[1:] == [["甲", "用 a|b 和 c | d", "办公室\n人事处"], ["乙", "正文", ""], ["丙", "一", "二", "多出一格"]]


def test_headings_lists_and_emphasis() -> None:
    text = (
        "# 某市方案 #\n\n## 一、*总体* 要求\n\n正文**重要**内容，见[附件](a.doc)。\n"
        "- 第一项\n1. 第二项\n> 引文\n\n---\n\n```\n# 原样 |\n```\n"
    )
    assert paragraphs(text) == ["某市方案", "一、总体 要求", "正文重要内容，见附件。", "第一项", "1. 第二项", "引文", "# 原样 |"]


def test_a_wrapped_paragraph_is_one_and_short_lines_are_their_own() -> None:
    text = "附件1\n某市方案\n\n为贯彻落实国务院关于全面推进政务公开工作的意见精神，结合本市工作实际情况，\n制定本方案。\n"
    assert paragraphs(text) == [
        "附件1",
        "某市方案",
        "为贯彻落实国务院关于全面推进政务公开工作的意见精神，结合本市工作实际情况，制定本方案。",
    ]


def test_front_matter_is_a_fact_and_no_text() -> None:
    result = read("---\ntitle: 别的标题\n文号: 某府〔2024〕1号\ndate: 2024-01-02\nlayout: post\n---\n# 某市方案\n")
    assert result.facts == {"title": "别的标题", "number": "某府〔2024〕1号", "published_on": "2024-01-02"}
    assert [b.text for b in result.blocks if isinstance(b, RawParagraph)] == ["某市方案"]


def test_a_line_of_dashes_above_the_text_is_no_front_matter() -> None:
    assert paragraphs("---\n关于开展工作的通知\n---\n正文。\n") == ["关于开展工作的通知", "正文。"]


def test_an_html_table_keeps_its_words() -> None:
    assert paragraphs("<table><tr><td>甲</td><td>办公室</td></tr></table>\n") == ["甲 办公室"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2\\*3", "2*3"),
        ("a_b_c", "a_b_c"),
        ("《办法》*注", "《办法》*注"),
        ("~~旧~~新", "旧新"),
        ("&lt;甲&gt;", "<甲>"),
        ("a < b", "a < b"),
    ],
)
def test_marks_come_off_and_words_stay(text: str, words: str) -> None:
    assert plain(text) == words


def test_every_place_is_right() -> None:
    text = "# 某市方案\n\n正文。\n\n| 任务 | 牵头单位 |\n|---|---|\n| 甲 | **办公室** |\n> | 乙 | 人事处 |\n"
    pieces = [p for b in read(text).blocks for p in ([b] if isinstance(b, RawParagraph) else [c for row in b.rows for c in row])]
    assert all(text[p.raw_start :].startswith(p.text) for p in pieces if p.raw_start is not None)
    assert sum(p.raw_start is not None for p in pieces) == 7


@pytest.mark.parametrize("piece", ["*a", "`a", "[a](", "_a ", "**a ", "<a ", "\\", "| ` ", "~~a"])
def test_hostile_marks_take_bounded_time(piece: str) -> None:
    began = time.monotonic()
    read(f"| {piece * 4000} | b |\n|---|---|\n| {piece * 4000} | c |\n{piece * 9000}\n")
    assert time.monotonic() - began < 120


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=120), st.text(alphabet='甲a|-`*_[](){}<>\\\n #~:1."&;', max_size=150).map(str.encode)))
def test_any_bytes_give_a_result_or_a_message(data: bytes) -> None:
    try:
        result = markdown.read(data, "a.md")
    except ZhengmaiError as error:
        assert error.zh
        return
    words = "".join(p.text for b in result.blocks for p in ([b] if isinstance(b, RawParagraph) else [c for row in b.rows for c in row]))
    if (
        b"<" not in data
        and b"](" not in data
        and b"][" not in data
        and b"```" not in data
        and b"~~~" not in data
        and not data.startswith(b"---")
    ):
        assert words.count("甲") == data.count("甲".encode())
