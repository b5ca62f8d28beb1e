"""The search page, and the page of one finding: what they show, what they say when there is nothing, and that their links open them."""

from __future__ import annotations

import pytest
from pages import opened, words_of
from seed_graph import seed_workspace

from ui.marked import MARK
from ui.reported import report


@pytest.fixture(autouse=True)
def workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))


def test_a_link_opens_a_search_with_its_hits_and_their_ids() -> None:
    words = words_of(opened("search", words="首问责任制")).replace("\\", "")
    assert "共 2 条" in words  # 001 五(二) and Guangzhou 27 print it, and no other
    assert "gz-stb-openness-tasks:27" in words and "sat-20170427-openness:5.2" in words
    assert "【" not in words and ">首问责任制</mark>" in words


def test_a_kind_narrows_it_and_is_in_the_link() -> None:
    app = opened("search", words="首问责任制", kind="task")
    assert "共 1 条" in words_of(app)
    assert app.query_params["kind"] == "task"


def test_nothing_found_says_what_was_searched_and_an_empty_page_how_to_begin() -> None:
    assert "没有“区块链乐园”" in words_of(opened("search", words="区块链乐园"))
    assert "请输入检索词" in words_of(opened("search"))


def test_words_typed_are_searched_and_marks_in_them_do_no_harm() -> None:
    app = opened("search")
    app.text_input(key="search-words").set_value("<b>*公开*").run()
    assert not app.exception
    assert app.query_params["words"] == "<b>*公开*"


def test_the_link_of_a_finding_opens_it_with_its_words_marked_and_the_way_to_its_place() -> None:
    finding = next(f for f in report().findings if f.code == "name-variant" and f.quote == "征管科技发展处")
    app = opened("check", finding=finding.key)
    words = words_of(app).replace("\\", "")
    assert finding.message("zh") in words and f"{MARK}征管科技发展处</mark>" in words and finding.place("zh") in words
    assert not app.dataframe


def test_a_finding_that_is_gone_is_told() -> None:
    assert "已没有这一条" in words_of(opened("check", finding="0000"))
