"""Every word a page shows is in labels.csv, in both languages, and says what the ontology says."""

from __future__ import annotations

import csv
import re

import pytest
from rdflib import SKOS, URIRef

from ontology.labels import FILE, label, labels
from ontology.load import load_ontology
from ontology.terms import RULE_SCHEME, SCHEME_BASE, SCHEMES, ZM, concept

CODES = [f"{scheme}/{code}" for scheme, codes in SCHEMES.items() for code in codes]


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_no_word_is_missing_in_either_language() -> None:
    assert [row["key"] for row in rows() if not row["zh"].strip() or not row["en"].strip()] == []


def test_no_key_stands_twice() -> None:
    assert len(rows()) == len(labels())


def test_keys_are_topic_and_word() -> None:
    assert [key for key in labels() if not re.fullmatch(r"[a-z-]+/[A-Za-z0-9_-]+", key)] == []


def test_every_code_has_a_row() -> None:
    assert [key for key in CODES if key not in labels()] == []


def test_words_of_codes_are_those_of_the_ontology() -> None:
    graph = load_ontology()

    def words(iri: str) -> tuple[str, str]:
        found = {word.language: str(word) for word in graph.objects(URIRef(iri), SKOS.prefLabel)}  # type: ignore[attr-defined]
        return found["zh"], found["en"]

    iris = {f"{scheme}/{code}": concept(scheme, code) for scheme, codes in SCHEMES.items() for code in codes}
    iris |= {f"scheme/{scheme}": RULE_SCHEME if scheme == "rule" else SCHEME_BASE + scheme for scheme in SCHEMES}
    assert {key: labels()[key] for key in iris} == {key: words(iri) for key, iri in iris.items()}
    assert words(ZM.implements)[0] == label("term/implements", "zh")
    assert words(ZM.CoverageGap)[0] == label("term/gap", "zh")


@pytest.mark.parametrize(
    "key, zh, en",
    [
        ("term/implements", "承接（文本对应）", "implements (textual correspondence)"),
        ("term/gap", "未见承接", "no task found"),
        ("relation-type/verbatim", "原文沿用", "verbatim"),
        ("relation-type/exceptionDropped", "删去例外", "exception dropped"),
        ("structure/split", "拆分", "split"),
        ("severity/warning", "疑点", "warning"),
        ("direction/tighter", "加码", "tighter"),
        ("status/proposed", "待复核", "proposed"),
        ("term/concluded-basis", "推定来源", "concluded basis"),
        ("column/confidence", "匹配把握度", "confidence"),
        ("page/check", "一致性核查", "Consistency check"),
        ("note/skips-level", "中间层级文件未收录，差异不能直接归因于本级", None),
        ("lead-match/shared", "分工对口", None),
    ],
)
def test_words_are_the_ones_officials_and_scholars_use(key: str, zh: str, en: str | None) -> None:
    assert label(key, "zh") == zh
    assert en is None or label(key, "en") == en


def test_no_word_blames() -> None:
    assert [key for key, (zh, _) in labels().items() if "未落实" in zh or "遗漏" in zh] == []


def test_an_unknown_key_stops_at_once() -> None:
    with pytest.raises(KeyError):
        label("relation-type/copied", "zh")
