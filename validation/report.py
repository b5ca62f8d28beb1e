"""A report: what was found, every rule that looked, and what was looked at. How it is written: validation.writers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from validation.findings import ReportFinding, Rule
from validation.runner import all_rules
from validation.shapes import shapes_version
from validation.sources import SourceDocument, with_sources
from validation.trend import Trend
from zhengmai import __version__


@dataclass(frozen=True, slots=True)
class Report:
    """What was found, every rule that looked, and what was looked at. ``made_at`` is the time passed in, "" for none."""

    findings: tuple[ReportFinding, ...]
    rules: tuple[Rule, ...]
    graph_version: str
    shapes_version: str
    tool_version: str = __version__
    made_at: str = ""
    sources: tuple[SourceDocument, ...] = ()
    trend: Trend | None = None

    def count(self, severity: str) -> int:
        """Return how many findings of a severity are open: not accepted by a waiver."""
        return sum(finding.severity == severity and finding.waiver is None for finding in self.findings)

    @property
    def waived(self) -> int:
        """Return how many findings somebody accepted."""
        return sum(finding.waiver is not None for finding in self.findings)

    def counts_by_rule(self) -> list[tuple[Rule, int]]:
        """Return every rule with its count, those that found nothing too."""
        found = Counter(finding.code for finding in self.findings)
        return [(rule, found[rule.code]) for rule in self.rules]


def make_report(
    findings: tuple[ReportFinding, ...],
    *,
    graph_version: str = "",
    rules: tuple[Rule, ...] | None = None,
    sources: Sequence[SourceDocument] = (),
    made_at: str = "",
) -> Report:
    """Return the report of a list of findings; ``sources`` give it the tables to draw."""
    told = with_sources(findings, sources) if sources else findings
    return Report(told, rules or all_rules(findings), graph_version, shapes_version(), made_at=made_at, sources=tuple(sources))
