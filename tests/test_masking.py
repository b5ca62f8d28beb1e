"""Certainly foreign words stay in the JSON and the graph, and are ▇ wherever people read them."""

from __future__ import annotations

import io
import json
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_words import words_of
from seed_graph import seed_findings, seed_store
from seeds import NATIONAL, seed

from loaders.describe import describe_document
from loaders.describe.listing import unlisted
from loaders.to_json import extraction_json
from queries.run import Answer, run_query
from queries.style import Style
from queries.writers import WRITERS as ANSWER_WRITERS
from validation.report import make_report
from validation.writers import WRITERS as REPORT_WRITERS
from zhengmai.masking import mask, mask_words

HIDDEN = "乐动安卓app"
SHOWN = "▇▇▇▇▇▇▇"


@cache
def answer() -> Answer:
    return run_query("uncovered-provisions", {}, seed_store())


@pytest.mark.parametrize(
    ("text", "spans", "want"),
    [
        ("推行“乐动安卓app”", [(3, 10)], "推行“▇▇▇▇▇▇▇”"),
        ("一二三四", [(1, 3), (2, 9)], "一▇▇▇"),
        ("一\n二\t三", [(0, 5)], "▇\n▇\t▇"),
        ("一二", [(5, 9), (1, 1)], "一二"),
        ("一二", [], "一二"),
    ],
)
def test_spans_are_masked_and_nothing_moves(text: str, spans: list[tuple[int, int]], want: str) -> None:
    assert mask(text, spans) == want


@given(st.text(), st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30))))
def test_masking_keeps_the_length_and_what_lies_outside(text: str, spans: list[tuple[int, int]]) -> None:
    masked = mask(text, spans)
    assert len(masked) == len(text)
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(masked[at] == text[at] for at in range(len(text)) if at not in covered)


def test_quotes_are_masked_wherever_they_stand_but_not_very_short_ones() -> None:
    assert mask_words("甲乐动安卓app乙乐动安卓app", [HIDDEN]) == f"甲{SHOWN}乙{SHOWN}"
    assert mask_words("app下载", ["app"]) == "app下载"


def test_the_json_and_the_graph_keep_the_words() -> None:
    record = json.dumps(extraction_json(seed(NATIONAL)), ensure_ascii=False)
    quads = "\n".join(describe_document(seed(NATIONAL), unlisted(seed(NATIONAL))))
    assert HIDDEN in record and HIDDEN in quads and "▇" not in record + quads
    assert quads.count("/ns#masked>") == 1


@pytest.mark.parametrize("form", REPORT_WRITERS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_report_shows_them(form: str, lang: str) -> None:
    text = words_of(REPORT_WRITERS[form](make_report(seed_findings()), "zh" if lang == "zh" else "en"))
    assert HIDDEN not in text and SHOWN in text


def test_no_answer_shows_them() -> None:
    held = list(seed_store().query("SELECT ?t { ?s <https://w3id.org/zhengmai/ns#text> ?t FILTER(CONTAINS(?t, '乐动安卓app')) }"))
    found = run_query("list-clauses", {}, seed_store()), answer()
    assert len(held) == 1
    for one in found:
        for form in ("table", "csv", "tsv", "json", "md"):
            assert HIDDEN not in ANSWER_WRITERS[form](one, Style(width=4000)).decode()
    assert any(SHOWN in str(value) for one in found for row in one.rows for value in row.values())


def test_no_spreadsheet_shows_them() -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(ANSWER_WRITERS["xlsx"](answer(), Style())))
    assert not any(HIDDEN in str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row)
