"""A pair that skips a level says what shows it: the document in between that the lower one cites, and bodies its tasks name."""

from __future__ import annotations

from lineage.skipped import skip_evidence
from loaders.extract import extract_bytes

COUNTY = """某县推进图书馆总分馆制工作方案

为贯彻落实《江源省人民政府办公厅关于推进图书馆总分馆制的实施方案》（江政办发〔2022〕35号），制定本方案。

一、重点任务
（一）建设分馆。按照省文化厅统一标准建设乡镇分馆。（县文旅局牵头）
（二）配送图书。每季度向分馆配送图书。（县图书馆负责）
{mention}
某县人民政府办公室
2022年9月20日
"""


def found(mention: str = "", missing: tuple[str, ...] = ("provincial", "city")) -> list[tuple[str, str]]:
    document = extract_bytes(COUNTY.format(mention=mention).encode(), "county.txt")
    evidence = skip_evidence(document, missing)
    assert all(quote.quote == document.text[quote.start : quote.end] for _, quote in evidence)
    return [(own, quote.quote) for own, quote in evidence]


def test_a_basis_of_the_level_between_is_evidence() -> None:
    assert found() == [("0.0", "《江源省人民政府办公厅关于推进图书馆总分馆制的实施方案》")]


def test_a_body_of_the_level_between_is_evidence_in_running_text_too() -> None:
    assert ("2.1", "省局") in found("二、保障\n（一）信息报送。每半年向省局上报一次。")


def test_a_level_that_is_held_is_none() -> None:
    assert found(missing=("city",)) == []
