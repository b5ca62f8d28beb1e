"""Footnotes and the paragraph on method: what they say, and that no clock is in them."""

from __future__ import annotations

from datetime import date

import pytest
from seed_graph import seed_store, seed_workspace

from lineage.model import model
from queries.citation import footnotes, place_in_words
from queries.run import run_query
from zhengmai import __main__ as cli
from zhengmai.commands._methods import methods

ID = "https://w3id.org/zhengmai/id/doc/"
DAY = date(2026, 3, 1)


def notes(manner: str, lang: str = "zh", on: date | None = None) -> tuple[str, ...]:
    answer = run_query("which-tasks-implement-clause", {"clause": "5.2.s1"}, seed_store())
    return footnotes(answer, seed_store(), manner, on=on, lang=lang)  # type: ignore[arg-type]


def test_the_2025_footnote_names_body_title_date_clause_and_words() -> None:
    upper, lower, made = notes("gb2025", on=DAY)
    quote = "加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施"
    assert upper == f"国家税务总局. 全面推进政务公开工作实施办法[Z]. 2017-04-27: 五(二)第1句. “{quote}”."
    assert lower == f"广州市国家税务局. 广州市国家税务局全面推进政务公开任务细化分工表[Z]. 任务分工表第27项. “{quote}”."
    assert "which-tasks-implement-clause" in made and seed_store().version in made and "2026-03-01" in made


def test_the_2015_footnote_has_the_day_of_access_that_was_passed_in() -> None:
    assert "[Z/OL]. 2017-04-27[2026-03-01]: 五(二)第1句" in notes("gb2015", on=DAY)[0]
    assert "[Z]. 2017-04-27: 五(二)第1句" in notes("gb2015")[0]  # nobody passed a day in: none is made up


def test_the_plain_footnote_in_both_languages() -> None:
    assert notes("plain")[0].startswith("《全面推进政务公开工作实施办法》（国家税务总局，2017-04-27）五(二)第1句：“加大公开")
    assert notes("plain", "en")[1].startswith("广州市国家税务局全面推进政务公开任务细化分工表 (广州市国家税务局), task table, item 27: “")


@pytest.mark.parametrize(
    ("iri", "words"),
    [
        ("gz-stb-openness-tasks/task/27", "任务分工表第27项"),
        ("gz-stb-openness-tasks/task/9-u1", "任务分工表第9项后未编号行"),
        ("x/task/t2.27", "第2张任务分工表第27项"),
        ("x/task/a1.3", "附件1任务分工表第3项"),
        ("sat-20170427-openness/sentence/12.4.s6", "十二(四)第6句"),
        ("sat-20170427-openness/clause/7.2", "七(二)"),
    ],
)
def test_places_in_words(iri: str, words: str) -> None:
    assert place_in_words(ID + iri, seed_store(), "zh") == words


def test_the_method_says_material_thresholds_decisions_and_caveats() -> None:
    accept = f"{model().accept:g}"
    zh, en = methods(run_query("load-by-department", {}, seed_store()), seed_store(), seed_workspace())
    for words in (
        "3 份已收录文件",
        "129 行任务",
        "137 句",
        f"不低于 {accept}",
        "人工确认 0 条",
        "尚无人工复核",
        "越级对照",
        "计数单位为行",
    ):
        assert words in zh
    assert seed_store().version in zh
    for words in (
        "3 documents held",
        "129 task rows",
        f"{accept} or more",
        "not estimated",
        "a level between is not held",
        "counts in row",
    ):
        assert words in en


def test_the_command_prints_them(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for variable in ("ZHENGMAI_WORKSPACE", "ZHENGMAI_LANG", "ZHENGMAI_QUIET"):
        monkeypatch.setenv(variable, "")
    home = ["--workspace", str(seed_workspace().path)]
    assert cli.main(["query", *home, "lead-drift", "--cite", "--on", "2026-03-01"]) == 0
    out = capfd.readouterr().out
    assert "任务分工表第5项" in out and out.rstrip().endswith("2026-03-01 查询。")
    assert cli.main(["query", *home, "lead-drift", "--methods"]) == 0
    assert "The material is 3 documents" in capfd.readouterr().out
    for wrong in (["--cite", "gb2020"], ["--on", "tomorrow"], ["--graph-version", "zz"]):
        assert cli.main(["query", *home, "lead-drift", *wrong]) == 2
        assert capfd.readouterr().out == ""
