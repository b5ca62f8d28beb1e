"""Answers on the three documents, expected as somebody read them there before any question was asked; every case is read by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from seed_graph import seed_store

from queries.run import run_query

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "data" / "read-by-hand.yaml").read_text(encoding="utf-8"))


def as_read(rows: list[Any]) -> list[tuple[str | None, ...]]:
    return [tuple(None if value is None or value == "" else str(value) for value in row) for row in rows]


@pytest.mark.parametrize("case", CASES, ids=lambda case: " ".join([case["ask"], *case["params"].values()]))
def test_the_answer_is_what_was_read(case: dict[str, Any]) -> None:
    """Read by hand."""
    rows = run_query(case["ask"], case["params"], seed_store()).rows
    found = as_read([[row[column] for column in case["columns"]] for row in rows])
    if "rows" in case:
        assert set(found) == set(as_read(case["rows"]))
    assert not set(as_read(case.get("has", []))) - set(found)
    assert not set(as_read(case.get("not", []))) & set(found)


def test_every_competency_question_was_read_for() -> None:
    from queries.catalogue import load_catalogue

    asked = {case["ask"] for case in CASES}
    numbers = {query.competency_question for query in load_catalogue()[0] if query.name in asked}
    assert {f"CQ{number}" for number in range(1, 22)} <= numbers
