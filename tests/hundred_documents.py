"""A hundred documents, one of them above the others, many of them faulty; and beside them graphs no reader makes, one for each check."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from shape_fixtures import broken_for_checks

from zhengmai.commands._pipeline import build
from zhengmai.store import open_store
from zhengmai.workspace import Workspace

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


@cache
def hundred_workspace() -> Workspace:
    """Return a workspace of a hundred documents, built once a test process."""
    home = Path(mkdtemp(prefix="zhengmai-hundred-"))
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
    return Workspace(home)


def hundred() -> Path:
    """Return its graph."""
    return open_store(hundred_workspace()).path / "graph.nq"


@cache
def hundred_and_broken() -> Path:
    """Return that graph with small ones beside it, broken so that every check with two paths finds something."""
    path = hundred_workspace().path / "broken.nq"
    beside = NamedNode("https://w3id.org/zhengmai/graph/broken")
    quads = (Quad(quad.subject, quad.predicate, quad.object, beside) for quad in broken_for_checks())
    path.write_bytes(hundred().read_bytes() + serialize(quads, format=RdfFormat.N_QUADS))
    return path
