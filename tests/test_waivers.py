"""Findings somebody explained: the file they are kept in, written and taken back whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation.findings import Waiver
from validation.trend import read_waivers
from validation.waivers import FILE, add_waivers, take_back
from zhengmai.errors import BadConfiguration

ONE = Waiver("k1", "原件如此", "张三", "2026-11-22", "2026-12-31")
TWO = Waiver("k2", "印发机关已更正，待换新件", "李四", "2026-11-22")


def test_what_is_written_is_what_is_read(tmp_path: Path) -> None:
    add_waivers(tmp_path, [ONE, TWO])
    assert read_waivers(tmp_path / FILE) == (ONE, TWO)
    assert (tmp_path / FILE).read_text(encoding="utf-8").splitlines()[1] == "k1,原件如此,张三,2026-11-22,2026-12-31"


def test_a_second_word_on_a_finding_takes_the_place_of_the_first_and_leaves_the_rest(tmp_path: Path) -> None:
    add_waivers(tmp_path, [ONE, TWO])
    again = Waiver("k1", "见函〔2026〕3号", "王五", "2026-11-23")
    add_waivers(tmp_path, [again])
    assert read_waivers(tmp_path / FILE) == (TWO, again)


def test_taking_back_leaves_the_rest_and_says_how_many(tmp_path: Path) -> None:
    assert take_back(tmp_path, ["k1"]) == 0 and not (tmp_path / FILE).exists()
    add_waivers(tmp_path, [ONE, TWO])
    assert take_back(tmp_path, ["k1", "other"]) == 1
    assert read_waivers(tmp_path / FILE) == (TWO,)


@pytest.mark.parametrize(
    "bad",
    [
        Waiver("k", "  ", "张三", "2026-11-22"),
        Waiver("k", "理由", "", "2026-11-22"),
        Waiver("k", "理由", "张三", "明天"),
        Waiver("k", "理由", "张三", "2026-11-22", "2026-13-01"),
        Waiver("k", "理由", "张三", "2026-11-22", "2026-11-21"),
    ],
)
def test_one_that_is_not_complete_is_refused_and_nothing_is_written(tmp_path: Path, bad: Waiver) -> None:
    add_waivers(tmp_path, [TWO])
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(BadConfiguration):
        add_waivers(tmp_path, [ONE, bad])
    assert (tmp_path / FILE).read_bytes() == before


def test_commas_quotes_and_line_ends_in_a_reason_stay_one_line(tmp_path: Path) -> None:
    add_waivers(tmp_path, [Waiver("k", '甲,"乙"\n丙', "张三", "2026-11-22")])
    assert read_waivers(tmp_path / FILE)[0].reason == '甲,"乙" 丙'
