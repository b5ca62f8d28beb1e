"""The public Python API: tables of answers, chains, records; and the notebook of the docs, run cell by cell."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from seed_graph import seed_workspace
from seeds import ROOT

import zhengmai
from zhengmai.errors import BadQuery


@pytest.fixture
def graph() -> zhengmai.api.Graph:  # type: ignore[name-defined]
    return zhengmai.open_graph(seed_workspace().path)


def test_an_answer_is_a_table_that_says_what_was_asked(graph) -> None:  # type: ignore[no-untyped-def]
    table = graph.ask("which-tasks-implement-clause", clause="五(二)")
    assert list(table.task) == ["27", "28"] and table.task.map(type).eq(str).all()
    assert table.attrs["params"] == {"clause": "sat-20170427-openness:5.2"}
    assert (table.attrs["graph_version"], table.attrs["counts"]["rule"]) == (graph.version, 2)


def test_an_empty_answer_keeps_its_columns(graph) -> None:  # type: ignore[no-untyped-def]
    table = graph.ask("which-tasks-implement-clause", clause="7.2")
    assert len(table) == 0 and "sentence" in table.columns


def test_a_wrong_name_or_value_says_what_was_meant(graph) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(BadQuery, match="did you mean lead-drift"):
        graph.ask("lead-drif")
    with pytest.raises(BadQuery, match="did you mean"):
        graph.ask("compare-cities", clause="5.9")
    with pytest.raises(BadQuery, match="one of the graphs kept"):
        zhengmai.open_graph(seed_workspace().path, version="zz")


def test_a_kept_version_opens_by_its_first_digits(graph) -> None:  # type: ignore[no-untyped-def]
    assert zhengmai.open_graph(seed_workspace().path, version=graph.version[:6]).version == graph.version


def test_the_chain_and_the_records(graph) -> None:  # type: ignore[no-untyped-def]
    assert {node.id for node in graph.trace("gz-stb-openness-tasks:27").up.children} >= {"sat-20170427-openness:5.2.s1"}
    upper, lower = (next((ROOT / "graph_data/sources").glob(f"{name}_*")) for name in ("001", "000"))
    assert len(zhengmai.extract(lower)["rows"]) == 91
    assert ("27", "5.2.s1") in {(link["task"], link["sentence"]) for link in zhengmai.align(upper, lower)["links"]}


def test_naming_the_package_loads_nothing_heavy() -> None:
    code = "import sys, zhengmai; zhengmai.open_graph; print(sorted({'pandas', 'pyoxigraph', 'lineage', 'yaml'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_the_notebook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(seed_workspace().path))
    cells = json.loads((ROOT / "docs/python.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
    assert len(names["leads"]) == 5  # type: ignore[arg-type]
