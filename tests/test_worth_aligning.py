"""In a store too large to align everything, a document's own upper text is among the few it is held against."""

from __future__ import annotations

from pathlib import Path

from lineage.candidates import near
from lineage.worth_aligning import worth_aligning
from loaders.extract import extract_file

OURS = Path(__file__).parent / "data" / "gold" / "ours"
UPPERS = {path.parent.name: extract_file(path) for path in sorted(OURS.glob("*/upper.txt"))}
LOWERS = {f"{path.parent.name}/{path.stem}": extract_file(path.with_suffix(suffix)) for path in sorted(OURS.glob("*/*.tsv"))
          for suffix in (".csv", ".txt") if path.with_suffix(suffix).exists()}  # fmt: skip
CORPUS = UPPERS | LOWERS
PAIRS = [(upper, lower) for upper in UPPERS for lower in LOWERS]


def test_a_small_store_is_aligned_whole() -> None:
    assert worth_aligning(CORPUS, PAIRS) == PAIRS


def test_in_a_large_store_every_document_is_held_against_its_own_upper_text() -> None:
    kept = worth_aligning(CORPUS, PAIRS, few=0)
    assert [lower for lower in LOWERS if (lower.split("/")[0], lower) not in kept] == []
    assert len(kept) < 0.7 * len(PAIRS)


def test_what_shares_no_words_is_not_aligned_and_what_is_allowed_alone_counts() -> None:
    assert worth_aligning(CORPUS, [("archive_law", "village/city"), ("village", "village/city")], few=0)[-1:] == [
        ("village", "village/city")
    ]
    assert worth_aligning(CORPUS, [], few=0) == []


def test_few_sentences_are_all_near_and_of_many_those_that_share_words() -> None:
    sentences = ["公布办税流程图", "改造老旧小区管网", "安装路灯"]
    assert near(sentences, ["及时公布办税流程"]) == [0, 1, 2]
    assert near(sentences, ["及时公布办税流程"], few=2) == [0]
    assert near([], ["及时公布办税流程"], few=0) == []
