"""The consistency report on the three documents: no Violation, and every Warning is one a reader called true."""

from __future__ import annotations

from seed_graph import seed_findings
from seeds import ROOT

from validation.baseline import compare_baseline, read_baseline


def test_no_violation() -> None:
    assert [f for f in seed_findings() if f.severity == "violation"] == []


def test_every_warning_is_pinned_with_the_reason_it_is_true() -> None:
    new, gone = compare_baseline(seed_findings(), read_baseline(ROOT / "graph_data" / "curated" / "validation-baseline.yaml"))
    assert list(new) == [] and list(gone) == []


def test_what_a_careful_reader_sees_is_reported() -> None:
    found = {(f.code, f.focus.rsplit("/doc/", 1)[-1]) for f in seed_findings()}
    assert ("I01", "gz-stb-openness-tasks/task/9-u1") in found
    assert ("I02", "gz-stb-openness-tasks/task/26") in found
    assert ("W08", "hechi-three-systems-tasks/task/14/role/addressee/1") in found or ("W08", "hechi-three-systems-tasks/task/14") in found
    assert any(code == "W04" and "hechi-three-systems-tasks/task/19" in focus for code, focus in found)
    assert any(code == "I05" and "hechi-three-systems-tasks/task/33" in focus for code, focus in found)
    assert not any(code == "I05" and "hechi-three-systems-tasks/task/21" in focus for code, focus in found)
    hidden = {focus.split("/")[2] for code, focus in found if code == "I06" and focus.startswith("gz-")}
    assert {"42", "43", "53", "79", "88"} <= hidden
