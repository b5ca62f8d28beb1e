"""The pages over a graph of one short text: no table, no pair, no deadline, hardly a department; every page says so and none breaks."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from chain_workspace import workspace_of
from pages import opened, said

from ui.answers import _counts_of
from ui.app import PAGES
from zhengmai.commands._pipeline import build
from zhengmai.workspace import Workspace

TEXT = """某县人民政府推进政务公开办法

一、总体要求

（一）公开范围。各部门应当公开办事指南。
（二）公开方式。信息在门户网站公开。
"""


@cache
def one_text() -> Workspace:
    workspace = workspace_of(Path(mkdtemp(prefix="zhengmai-one-")), {"one": ("county", TEXT)})
    build(workspace)
    return workspace


@pytest.fixture(autouse=True)
def workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(one_text().path))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_without_a_pair_or_a_table(page: str) -> None:
    app = opened(page)
    assert app.title and not app.error


@pytest.mark.parametrize(
    ("page", "link", "words"),
    [
        ("trace", {"clause": "one:1.1"}, "还没有比对过的上下级文件"),
        ("concordance", {}, "还没有比对过的上下级文件"),
        ("review", {"by": "张三"}, "没有要看的了"),
        ("deadlines", {"view": "recurring"}, "没有符合的时限"),
        ("deadlines", {"view": "undated"}, "0 项时限"),
        ("compare", {"doc": "one", "at": "1.1"}, "各部门应当公开办事指南"),
        ("departments", {"document": "one"}, "0 行"),
    ],
)
def test_what_is_not_there_is_said(page: str, link: dict[str, str], words: str) -> None:
    assert words in said(opened(page, **link))


def test_an_empty_answer_says_what_was_asked_for_in_the_form_s_own_words() -> None:
    told = said(opened("topics", query="due-by", **{"p.date": "2018-12-31", "p.document": "one"}))
    assert "没有结果不等于没有落实" in told
    assert "某县人民政府推进政务公开办法" in told and "：2018-12-31" in told


def test_an_earlier_build_that_is_gone_has_nothing_to_say() -> None:
    assert _counts_of(str(one_text().built_dir), "000000000000") is None
