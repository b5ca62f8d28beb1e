"""A small workspace for the review tests: a national text, a city table that follows it, built in a second."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from zhengmai.commands._pipeline import build
from zhengmai.workspace import Workspace

UPPER, LOWER = "nat-openness", "city-tasks"
PAIR = (LOWER, UPPER)
NATIONAL = """国家某局关于推进办事公开工作的实施办法

一、推进决策公开
(一)公开决策结果。重大决策作出后，应当在二十个工作日内向社会公布决策结果和依据。涉及公众切身利益的重要改革方案应当事先公布草案听取意见。
(二)扩大公众参与。建立利益相关方列席会议制度，邀请专家学者参加论证。
二、推进服务公开
(三)公布办事指南。编制统一的办事指南并在门户网站公开，逐项列明依据、条件、材料和时限。指南发生变化的应当在五日内更新。
(四)回应群众关切。对群众反映强烈的突出问题及时调查核实并公布处理结果。国家某局应当每季度通报各地处理情况。
"""
ROWS = (
    ("1", "推进决策公开", "重大决策作出后，应当在二十个工作日内向社会公布决策结果和依据。", "办公室"),
    ("2", "推进决策公开", "涉及公众切身利益的重要改革方案应当事先公布草案听取意见。", "法规处"),
    ("3", "推进决策公开", "建立利益相关方列席会议制度，邀请专家学者和企业代表参加论证。", "法规处"),
    ("4", "推进服务公开", "编制统一的办事指南并在门户网站公开，逐项列明依据、条件、材料和时限。", "服务处"),
    ("5", "推进服务公开", "组织开展全市系统政务礼仪培训和窗口评比活动。", "人事处"),
)


def table(rows: tuple[tuple[str, str, str, str], ...] = ROWS) -> str:
    lines = ["序号,主要任务,工作措施,责任单位", *(",".join(row) for row in rows)]
    return "某市某局推进办事公开任务分工表\n" + "\n".join(lines) + "\n"


def make_workspace(folder: Path, *, upper: str = NATIONAL, rows: tuple[tuple[str, str, str, str], ...] = ROWS) -> Workspace:
    """Return a workspace with the two documents, built; with the same folder the documents are replaced and read again."""
    workspace = Workspace(folder)
    for sub in (workspace.sources_dir, workspace.curated_dir, workspace.rules_dir, workspace.queries_dir):
        sub.mkdir(parents=True, exist_ok=True)
    (workspace.sources_dir / "upper.txt").write_text(upper, encoding="utf-8")
    (workspace.sources_dir / "lower.csv").write_text(table(rows), encoding="utf-8")
    workspace.sources_file.write_text(
        f"sources:\n  - {{slug: {UPPER}, file: upper.txt, title: 办法, issuer: 国家某局, level: national}}\n"
        f"  - {{slug: {LOWER}, file: lower.csv, title: 分工表, issuer: 某市某局, level: city}}\n",
        encoding="utf-8",
    )
    build(workspace)
    return workspace


@cache
def _built() -> Path:
    return make_workspace(Path(tempfile.mkdtemp(prefix="zhengmai-review-"))).path


def copy_workspace(folder: Path) -> Workspace:
    """Return a copy of the built workspace, without any decision."""
    shutil.copytree(_built(), folder, symlinks=True)
    return Workspace(folder)
