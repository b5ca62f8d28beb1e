"""A lower document in running text: what differs from above is told at its clause or item, as it is at the rows of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from validation.graph import load_data
from validation.runner import validate_store
from zhengmai.commands._pipeline import build
from zhengmai.store import current_snapshot
from zhengmai.workspace import Workspace

UPPER = (
    "海州市人民政府办公厅关于推进养老服务体系建设的实施意见\n海政办发〔2023〕14号\n\n各区、市人民政府：\n\n2023年5月4日\n\n一、主要任务\n\n"
    "（一）完善设施布局。新建居住小区按照每百户不低于20平方米的标准配建社区养老服务设施，与住宅同步验收，无偿移交街道办事处使用。\n\n"
    "（二）主动服务。建立健全独居、空巢、留守、重残等特殊困难老年人探访关爱制度，月探访率达到100%。\n\n"
    "（三）培训人员。每年培训养老护理员1万人次，实行护理员岗位津贴。\n\n海州市人民政府办公厅\n"
)
LOWER = (
    "岚东区养老服务体系建设实施方案\n\n2023年9月1日\n\n"
    "为落实《海州市人民政府办公厅关于推进养老服务体系建设的实施意见》（海政办发〔2023〕14号）要求，制定本方案。\n\n一、夯实基础\n\n"
    "（一）补足设施。新建居住小区按百户20平方米配建社区养老服务设施并随住宅一并验收，建成后无偿移交所在街道使用。\n\n"
    "（二）上门服务。对独居、空巢、重残等特殊困难老年人每月至少入户探访一次，做到不漏一户。\n\n"
    "（三）稳定队伍。开展养老护理员培训，护理员岗位津贴每月发放。\n\n岚东区人民政府办公室\n"
)


def told(folder: Path, old: str = "", new: str = "") -> set[tuple[str, str, str]]:
    """Return code, severity and clause of what is told of the lower document, compared with above."""
    (folder / "sources").mkdir(parents=True)
    assert old in LOWER
    for name, words in (("upper", UPPER), ("lower", LOWER.replace(old, new, 1) if old else LOWER)):
        (folder / "sources" / f"{name}.txt").write_text(words, encoding="utf-8")
    entries = "".join(f"  - slug: {name}\n    file: {name}.txt\n    access: public\n" for name in ("upper", "lower"))
    (folder / "sources.yaml").write_text("sources:\n" + entries, encoding="utf-8")
    build(Workspace(folder))
    found = validate_store(load_data(current_snapshot(folder / "built") / "graph.nq", trusted=True))
    return {(f.code, f.severity, f.notation) for f in found if f.document == "lower" and f.code in CODES}


CODES = ("W09", "W10", "I09", "I20", "two-names")


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str, str]]:
    return told(tmp_path_factory.mktemp("clean") / "w")


def test_a_clean_document_raises_no_warning(clean: set[tuple[str, str, str]]) -> None:
    assert {found for found in clean if found[1] != "info"} == set()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("百户20平方米", "百户12平方米", ("W10", "warning", "1.1")),
        ("百户20平方米", "百户30平方米", ("I09", "info", "1.1")),
        ("每月至少", "每季度至少", ("W10", "warning", "1.2")),
        ("〔2023〕14号", "〔2022〕14号", ("two-names", "warning", "")),
    ],
)
def test_a_fault_is_told_at_its_clause(
    old: str, new: str, expected: tuple[str, str, str], tmp_path: Path, clean: set[tuple[str, str, str]]
) -> None:
    assert told(tmp_path / "w", old, new) - clean == {expected}
