"""Our SARIF under the schema of the standard; and what the schema refuses."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from jsonschema.validators import validator_for
from sarif_schema import SCHEMA
from seed_graph import seed_findings, seed_workspace

from validation.findings import Waiver
from validation.report import make_report
from validation.writers import write_sarif
from zhengmai.commands._sources import source_documents


@cache
def log() -> str:
    first, second, *others = seed_findings()
    waived = Waiver(first.key, "原文如此", "王", "2026-11-01")
    findings = (replace(first, waiver=waived), replace(second, trend="new"), *others)
    return write_sarif(make_report(findings, sources=source_documents(seed_workspace()), made_at="2026-11-22T10:00:00Z"), "zh")


def errors(said: Any) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8-sig"))
    return [error.message for error in validator_for(schema)(schema).iter_errors(said)]


def test_the_report_of_the_three_documents_is_sarif() -> None:
    assert errors(json.loads(log())) == []


def test_every_result_in_a_text_names_its_line() -> None:
    results = json.loads(log())["runs"][0]["results"]
    assert all("region" in result["locations"][0]["physicalLocation"] for result in results if result["properties"]["document"])


@pytest.mark.parametrize(("field", "value"), [("level", "dreadful"), ("nonsense", 1), ("ruleIndex", -2), ("message", "text")])
def test_the_schema_refuses_what_is_none(field: str, value: object) -> None:
    said = json.loads(log())
    said["runs"][0]["results"][0][field] = value
    assert errors(said)
