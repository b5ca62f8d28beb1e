"""What we write is SSSOM: the sssom package's own validation says so."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from review_workspace import LOWER, UPPER, copy_workspace
from seeds import GUANGZHOU, NATIONAL, seed

from lineage.align import align
from lineage.review import desk, log
from lineage.review.sheet import make_tables, to_tsv
from lineage.sssom import write_sssom
from zhengmai.workspace import Workspace

DAY = "2026-11-22"
LINK = f"{LOWER}.3--{UPPER}.1.2.s1"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The decisions file with every kind of record in it, and an export with the machine's rows."""
    ws: Workspace = copy_workspace(tmp_path_factory.mktemp("sssom") / "ws")
    desk.decide(ws, LINK, "accepted", reviewer="张三", on=DAY, comment='“引号” "quoted"\n第二行')
    desk.decide(ws, LINK, "rejected", reviewer="0000-0002-1825-0097", on=DAY)
    desk.adjudicate(ws, LINK, "edited", relation="extended", reviewer="王五", on=DAY)
    desk.decide(ws, f"{LOWER}--{UPPER}.2.4.s1", "accepted", reason="omitted", comment="应列而未列", reviewer="张三", on=DAY)
    desk.decide(ws, f"{LOWER}.5--{UPPER}", "unsure", reviewer="张三", on=DAY)
    desk.decide(ws, f"{LOWER}.1--{UPPER}.1.1.s1", "accepted", reviewer="张三", on=DAY, task_quotes=["二十个工作日内", "决策结果"])
    desk.undo(ws, reviewer="张三", on=DAY)
    desk.decide(ws, f"{LOWER}--{UPPER}", "accepted", reviewer="李四", on=DAY, comment="明示依据")
    export = ws.path / "export.sssom.tsv"
    export.write_text(to_tsv(make_tables(ws)), encoding="utf-8")
    upper, lower = seed(NATIONAL), seed(GUANGZHOU)
    aligned = ws.path / "aligned.sssom.tsv"
    with aligned.open("w", encoding="utf-8") as out:
        write_sssom(align(upper, lower), upper, replace(lower, meta=replace(lower.meta, title='分工: "表" #1')), out)
    return {"aligned": aligned, "decisions": ws.curated_dir / log.FILE, "export": export}


@pytest.mark.parametrize("name", ["decisions", "export", "aligned"])
@pytest.mark.filterwarnings("ignore")
def test_the_sssom_package_finds_nothing_wrong(files: dict[str, Path], name: str) -> None:
    from sssom.constants import DEFAULT_VALIDATION_TYPES
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    table = parse_sssom_table(str(files[name]))
    reports = validate(table, DEFAULT_VALIDATION_TYPES, fail_on_error=False)
    assert {str(kind): [result.message for result in report.results] for kind, report in reports.items()} == {
        str(kind): [] for kind in DEFAULT_VALIDATION_TYPES
    }
    assert len(table.df) >= {"decisions": 7, "export": 15, "aligned": 140}[name]


@pytest.mark.filterwarnings("ignore")
def test_the_package_reads_what_was_said(files: dict[str, Path]) -> None:
    from sssom.parsers import parse_sssom_table

    table = parse_sssom_table(str(files["decisions"]))
    mine = table.df[table.df["subject_id"] == f"doc:{LOWER}/task/3"]
    said = {(row["reviewer_id"], row["reviewer_agreement"], row["mapping_justification"]) for _, row in mine.iterrows()}
    assert said == {
        ("person:%E5%BC%A0%E4%B8%89", 1.0, "semapv:MappingReview"),
        ("orcid:0000-0002-1825-0097", -1.0, "semapv:MappingReview"),
        ("person:%E7%8E%8B%E4%BA%94", 1.0, "semapv:ManualMappingCuration"),
    }
    gap = table.df[table.df["subject_id"] == "sssom:NoTermFound"].iloc[0]
    assert (gap["mapping_cardinality"], gap["object_id"]) == ("0:1", f"doc:{UPPER}/sentence/2.4.s1")
    prefixes = table.converter.bimap
    assert prefixes["orcid"] == "https://orcid.org/" and {"doc", "person", "review", "semapv", "sssom", "zm"} <= set(prefixes)


@pytest.mark.filterwarnings("ignore")
def test_the_validation_sees_what_is_wrong(files: dict[str, Path], tmp_path: Path) -> None:
    from sssom.constants import DEFAULT_VALIDATION_TYPES
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    bad = tmp_path / "bad.sssom.tsv"
    bad.write_text(files["decisions"].read_text(encoding="utf-8").replace("\t-1.0\t", "\t-7.0\t"), encoding="utf-8")
    reports = validate(parse_sssom_table(str(bad)), DEFAULT_VALIDATION_TYPES, fail_on_error=False)
    assert any(report.results for report in reports.values())
