"""What a document cites, held against what the document it must mean calls itself."""

from __future__ import annotations

import pytest

from loaders.describe.cited import cited_otherwise
from loaders.describe.listing import Listing
from loaders.records import Citation, Place

TITLE = "海州市人民政府办公厅关于推进养老服务体系建设的实施意见"
HELD = {TITLE: "upper", "海政办发〔2023〕14号": "upper", "某区实施方案": "lower"}


def told(title: str, number: str) -> list[tuple[str, str]]:
    cite = Citation(title, number, "carries_out", Place(0, 50))
    return [(f.severity, f.quote) for f in cited_otherwise(cite, f"《{title}》（{number}）", Listing("lower", held=HELD))]


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        (TITLE, "海政办发〔2022〕14号", [("warning", "海政办发〔2022〕14号")]),
        (TITLE, "海政办发〔2023〕41号", [("warning", "海政办发〔2023〕41号")]),
        (TITLE, "海政发〔2022〕41号", [("info", "海政发〔2022〕41号")]),
        (TITLE.replace("推进", "推动"), "", [("info", TITLE.replace("推进", "推动"))]),
        (TITLE.replace("养老服务", "养老服"), "", [("info", TITLE.replace("养老服务", "养老服"))]),
    ],
)
def test_a_citation_that_is_wrong_is_told(title: str, number: str, expected: list[tuple[str, str]]) -> None:
    assert told(title, number) == expected


@pytest.mark.parametrize(
    ("title", "number"),
    [
        (TITLE, "海政办发〔2023〕14号"),
        (TITLE, ""),
        ("某区实施方案", "某政发〔2020〕1号"),
        (TITLE.replace("海州市", "海州县"), ""),
        ("国务院办公厅关于推进养老服务发展的意见", "国办发〔2019〕5号"),
    ],
    ids=["right", "no number", "itself", "another place", "another document"],
)
def test_a_citation_that_is_right_or_of_another_document_is_not(title: str, number: str) -> None:
    assert told(title, number) == []
