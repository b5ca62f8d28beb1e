"""Which documents a text names, and in what way."""

from __future__ import annotations

import pytest

from loaders.blocks import RawCell, RawParagraph, RawTable, assemble
from loaders.metadata.reading import read_metadata
from loaders.records import Citation


def cites(opening: str, *body: str, title: str = "某市政务公开工作方案") -> list[Citation]:
    blocks = assemble([RawParagraph(line) for line in (title, opening, "一、总体要求", *body)])
    found = list(read_metadata(blocks.order, blocks.text).meta.cites)
    for cite in found:
        assert cite.title in blocks.text[cite.place.start : cite.place.end]
    return found


def brief(opening: str, *body: str) -> list[tuple[str, str, str]]:
    return [(c.title, c.number, c.relation) for c in cites(opening, *body)]


@pytest.mark.parametrize(
    ("opening", "relation"),
    [
        ("为贯彻落实《国务院关于某事的意见》，制定本方案。", "carries_out"),
        ("为深入落实国务院《国务院关于某事的意见》精神，制定本方案。", "carries_out"),
        ("为贯彻执行国务院印发的《国务院关于某事的意见》，制定本方案。", "carries_out"),
        ("为推动《国务院关于某事的意见》落地见效，制定本方案。", "carries_out"),
        ("为确保《国务院关于某事的意见》（国发〔2018〕3号）各项任务落实，制定本方案。", "carries_out"),
        ("根据《国务院关于某事的意见》，制定本方案。", "based_on"),
        ("依据《国务院关于某事的意见》有关规定，制定本方案。", "based_on"),
        ("按照国务院办公厅《国务院关于某事的意见》要求，制定本方案。", "based_on"),
        ("遵照《国务院关于某事的意见》，制定本方案。", "based_on"),
        ("按照国务院统一部署，根据《国务院关于某事的意见》，制定本方案。", "based_on"),
        ("参照《国务院关于某事的意见》，制定本方案。", "mentions"),
        ("结合《国务院关于某事的意见》，制定本方案。", "mentions"),
        ("按照党中央部署，我市制定了《国务院关于某事的意见》。", "mentions"),
        ("《国务院关于某事的意见》施行以来，成效明显。", "mentions"),
        ("为贯彻落实中央精神，切实用好《国务院关于某事的意见》，制定本方案。", "mentions"),
    ],
)
def test_the_verb_of_the_opening_says_how(opening: str, relation: str) -> None:
    assert [(c.title, c.relation) for c in cites(opening)] == [("国务院关于某事的意见", relation)]


def test_a_list_shares_its_verb_and_a_new_verb_ends_it() -> None:
    assert brief(
        "为贯彻落实《甲意见》（国发〔2018〕3号）和《乙方案》（省发〔2018〕4号）精神，根据《丙办法》、《丁规定》，参照《戊细则》，制定本方案。"
    ) == [
        ("甲意见", "国发〔2018〕3号", "carries_out"),
        ("乙方案", "省发〔2018〕4号", "carries_out"),
        ("丙办法", "", "based_on"),
        ("丁规定", "", "based_on"),
        ("戊细则", "", "mentions"),
    ]


def test_numbers_stand_after_before_or_alone() -> None:
    assert brief("根据《甲意见》（国发[2018]3号，以下简称《意见》），制定本方案。《意见》要求公开。") == [
        ("甲意见", "国发〔2018〕3号", "based_on")
    ]
    assert brief("根据国发〔2018〕3号《甲意见》，制定本方案。") == [("甲意见", "国发〔2018〕3号", "based_on")]
    assert brief("根据国发〔2018〕3号和省发〔2018〕4号文件精神，制定本方案。") == [
        ("", "国发〔2018〕3号", "based_on"),
        ("", "省发〔2018〕4号", "based_on"),
    ]
    assert brief("根据《政府信息公开条例》（国务院令第711号），制定本方案。") == [("政府信息公开条例", "国务院令第711号", "based_on")]


def test_the_body_only_mentions_and_what_is_cited_twice_is_one() -> None:
    body = ("要贯彻落实《乙条例》和国发〔2018〕9号文件。", "依照《甲意见》（国发〔2018〕3号）和国发〔2018〕3号办理。")
    assert brief("根据《甲意见》，制定本方案。", *body) == [
        ("甲意见", "国发〔2018〕3号", "based_on"),
        ("乙条例", "", "mentions"),
        ("", "国发〔2018〕9号", "mentions"),
    ]


def test_nested_names_are_one_name() -> None:
    assert brief("根据《〈关于全面推进政务公开工作的意见〉实施细则》（国办发〔2016〕80号），制定本方案。") == [
        ("〈关于全面推进政务公开工作的意见〉实施细则", "国办发〔2016〕80号", "based_on")
    ]


def test_what_is_no_document_or_the_document_itself_is_not_cited() -> None:
    assert brief("为做好工作，持《税务检查证》开展检查，《人民日报》刊登，制定《某市政务公开工作方案》。") == []
    blocks = assemble(
        [
            RawParagraph(line)
            for line in (
                "某市人民政府关于印发《某市政务公开工作方案》的通知",
                "现将《某市政务公开工作方案》印发给你们。",
                "某市政务公开工作方案",
                "一、要求",
            )
        ]
    )
    assert read_metadata(blocks.order, blocks.text).meta.cites == ()


def test_a_forwarded_document_of_another_is_cited() -> None:
    blocks = assemble(
        [
            RawParagraph(line)
            for line in (
                "某市人民政府办公室转发国务院办公厅关于公开工作意见的通知",
                "现将《国务院办公厅关于公开工作的意见》（国办发〔2018〕9号）转发给你们，请认真贯彻执行。",
                "某市人民政府办公室",
                "2018年3月4日",
            )
        ]
    )
    found = read_metadata(blocks.order, blocks.text).meta
    assert [(c.number, c.relation) for c in found.cites] == [("国办发〔2018〕9号", "mentions")]
    assert found.issuers == ("某市人民政府办公室",)


def test_the_words_above_a_table_are_its_opening() -> None:
    table = RawTable(((RawCell("序号", 1, 1), RawCell("任务", 1, 2)), (RawCell("1", 2, 1), RawCell("落实《乙条例》", 2, 2))), True)
    blocks = assemble([RawParagraph("某市任务分工表"), RawParagraph("为贯彻落实《甲意见》，制定本表。"), table])
    found = read_metadata(blocks.order, blocks.text).meta.cites
    assert [(c.title, c.relation) for c in found] == [("甲意见", "carries_out"), ("乙条例", "mentions")]


def test_the_first_article_of_a_statute_is_its_opening() -> None:
    lines = (
        "某市公开规定",
        "第一章 总则",
        "第一条 根据《甲条例》，制定本规定。",
        "第二条 依照《乙条例》办理。",
        "第三条 自公布之日起施行。",
    )
    blocks = assemble([RawParagraph(line) for line in lines])
    assert [(c.title, c.relation) for c in read_metadata(blocks.order, blocks.text).meta.cites] == [
        ("甲条例", "based_on"),
        ("乙条例", "mentions"),
    ]
