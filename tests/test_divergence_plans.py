"""A city's opinion and a district's plan, both running text, made up for the test; what differs was read by hand."""

from __future__ import annotations

from functools import cache

from seeds import ROOT

from lineage.align import align
from lineage.records import PairResult
from loaders.extract import extract_file

DOCS = ROOT / "tests" / "data" / "docs"


@cache
def pair() -> PairResult:
    return align(extract_file(DOCS / "digital_city.txt"), extract_file(DOCS / "digital_district.txt"))


def test_what_the_district_changed() -> None:
    found = {(d.task, d.sentence, d.aspect, d.difference) for d in pair().divergences if d.direction != "neutral" and d.aspect != "lead"}
    assert found == {
        ("1.1", "2.1.s1", "deadline", "earlier"),  # 2023年底前 → 2023年6月底前
        ("1.1", "2.1.s1", "duty-word", "weaker"),  # 应当
        ("1.1", "2.1.s1", "quantity", "higher"),  # 95% → 98%
        ("1.1", "2.1.s2", "duty-word", "weaker"),  # 要
        ("1.1", "2.1.s2", "quantity", "higher"),  # 3个 → 5个
        ("1.2", "2.2.s1", "deadline", "earlier"),  # 10 → 7个工作日
        ("1.2", "2.2.s1", "exception", "exception-dropped"),  # 法律法规另有规定的除外
        ("1.2", "2.2.s1", "duty", "new"),  # 推行“周末不打烊”服务
        ("1.3", "3.3.s1", "frequency", "higher"),  # 每季度 → 每月
        ("1.5", "4.5.s1", "frequency", "not-comparable"),  # 定期 → 每季度
    }


def test_the_district_s_own_bodies_are_local_names() -> None:
    swapped = {(c.upper.quote, c.lower.quote) for link in pair().links for c in link.changes if c.local_name}
    assert ("市公安局、市委网信办", "区公安分局、区委网信办") in swapped
    assert [d for d in pair().divergences if d.aspect == "addressee"] == []


def test_leads_of_the_district_answer_to_the_city_s() -> None:
    assert [(d.task, d.difference) for d in pair().divergences if d.aspect == "lead"] == [
        ("1.1", "match"),
        ("1.2", "shared"),
        ("1.3", "match"),
        ("1.4", "upper-open"),
        ("1.5", "match"),
    ]
