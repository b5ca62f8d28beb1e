"""docs/oddities.md holds: what it says is reported is reported there."""

from __future__ import annotations

import re

from seed_graph import seed_findings, seed_workspace
from seeds import ROOT

from validation.report import make_report
from validation.rules_page import rules_page
from zhengmai.commands._sources import source_documents

SLUGS = {"广州": "gz-stb-openness-tasks", "河池": "hechi-three-systems-tasks", "总局": "sat-20170427-openness"}
LINE = re.compile(r"\| \d+ \| (\S+) \| (\S+) \| (.+) \| (\S+) \|")


def test_what_the_list_says_is_reported_stands_there() -> None:
    listed = LINE.findall((ROOT / "docs" / "oddities.md").read_text(encoding="utf-8"))
    report = make_report(seed_findings(), sources=source_documents(seed_workspace()))
    found = {(f.document, f.code, place) for f in report.findings for place in ("—", f.notation, f.notation.partition(".s")[0])}
    told = [(document, place, code) for document, place, _, code in listed if code != "未报告"]
    assert [line for line in told if (SLUGS[line[0]], line[2], line[1]) not in found] == []
    assert len(told) >= 0.85 * len(listed)


def test_the_page_of_rules_is_in_step() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rules_page()
