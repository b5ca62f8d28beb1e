"""A hundred documents, many of them faulty: our SELECTs find on the whole what pySHACL finds with the same Core shapes.

The checks are held against pySHACL one by one in test_checks.py: on a hundred documents it takes minutes for a single one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Store
from pyshacl import validate as pyshacl_validate
from rdflib import Graph, Namespace

from validation.findings import ReportFinding
from validation.graph import flatten, load_data
from validation.places import Places
from validation.shapes import run_shapes, shapes_graph
from zhengmai.commands._pipeline import build
from zhengmai.store import open_store
from zhengmai.workspace import Workspace

SH = Namespace("http://www.w3.org/ns/shacl#")
POLICY = (
    "关于推进政务公开的实施办法\n\n国家税务总局\n2024年1月5日\n\n一、主要任务\n\n"
    "（一）公开目录。2024年6月30日前编制公开目录并向社会公布。（办公厅牵头落实）\n"
)
HEAD = "序号,主要任务,具体举措,牵头部门,责任部门,完成时限\n"
# A row for each document in turn: right ones, and one fault each of those that rules across rows and shapes of one node see.
ROWS = (
    "1,公开,2024年6月30日前编制公开目录并向社会公布。,办公室,办公室,2024年6月30日前\n",
    "1,服务,开设综合窗口。,信息中心,办公室,持续开展\n",
    "2,服务,完善预约制度。,办公室,相关处室,2023年6月30日前\n",
    "1,服务,每年开展培训。,办公室,办公室,持续开展\n3,服务,更新指南。,信息中心,信息中心,10个工作日内\n",
    "1,公开,2024年9月30日前编制公开目录并向社会公布。,办公室,,2024年9月30日前\n",
    "1,服务,设立意见箱。,信息中心,信息中心,2024年2月30日前\n1,服务,回访群众。,办公室,办公室,持续开展\n",
    "1,服务,公示流程。,信息中心,信息中心,按照上级要求\n,服务,编制清单。,办公室,办公室,持续开展\n",
)


def hundred(home: Path) -> Path:
    (home / "sources").mkdir()
    (home / "curated").mkdir()
    (home / "sources" / "up.txt").write_text(POLICY, encoding="utf-8")
    listed = ["sources:", "  - {slug: up, file: up.txt, issuer: 国家税务总局, level: national, date: 2024-01-05}"]
    for number in range(99):
        file = home / "sources" / f"low{number}.csv"
        file.write_text(f"第{number}市政务公开任务分工表\n{HEAD}{ROWS[number % len(ROWS)]}", encoding="utf-8")
        listed.append(f"  - {{slug: low{number}, file: {file.name}, issuer: 第{number}市税务局, level: city, date: null}}")
    (home / "sources.yaml").write_text("\n".join(listed) + "\n", encoding="utf-8")
    build(Workspace(home))
    return open_store(Workspace(home)).path / "graph.nq"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return load_data(hundred(tmp_path_factory.mktemp("hundred")))


def results(report: Graph) -> set[tuple[str, ...]]:
    """Return shape, focus node, severity and component of each result of a report."""
    parts = ("sourceShape", "focusNode", "resultSeverity", "sourceConstraintComponent")
    return {tuple(str(report.value(one, SH[name])) for name in parts) for one in report.objects(None, SH.result)}


def told(findings: Iterable[ReportFinding]) -> set[tuple[str, ...]]:
    return {(f.rule, f.focus, str(SH[f.severity.capitalize()]), f.component) for f in findings}


def test_core_shapes_find_the_same_on_the_whole(store: Store) -> None:
    ours = told(run_shapes(store, Places(store)))
    _, report, _ = pyshacl_validate(flatten(store), shacl_graph=shapes_graph(), inference="none", advanced=False, inplace=True)
    assert ours == results(report)
    assert len({focus.partition("/id/doc/")[2].partition("/")[0] for _, focus, *_ in ours}) >= 25  # findings in many documents
