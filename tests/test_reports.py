"""The forms a report has for other tools, what changed since the last one, and what was accepted."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from seed_graph import seed_findings, seed_workspace

from validation.findings import Waiver
from validation.report import Report, make_report
from validation.trend import apply_waivers, compare, read_last, read_waivers
from validation.writers import write_html, write_json, write_sarif, write_xlsx
from zhengmai.__main__ import main
from zhengmai.commands._sources import source_documents
from zhengmai.errors import BadConfiguration

HECHI = "hechi-three-systems-tasks"


@pytest.fixture(scope="module")
def report() -> Report:
    return make_report(seed_findings(), sources=source_documents(seed_workspace()), made_at="2026-11-22T10:00:00Z")


def test_the_workbook_has_every_finding_a_sheet_a_document_and_cell_addresses(report: Report) -> None:
    book = load_workbook(io.BytesIO(write_xlsx(report, "zh")))
    assert book.sheetnames[:2] == ["概况", "全部"]
    assert HECHI in book.sheetnames
    rows = [[cell.value for cell in row] for row in book["全部"].iter_rows()]
    assert len(rows) == 1 + len(report.findings)
    head = rows[0]
    (late,) = [row for row in rows if row[head.index("规则")] == "W04"]
    assert late[head.index("表头")] == "完成时限"
    assert late[head.index("单元格")] == "I21"


def test_the_sheets_print_one_page_across_with_the_header_on_each(report: Report) -> None:
    book = load_workbook(io.BytesIO(write_xlsx(report, "zh")))
    for sheet in book.worksheets[1:]:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == ("landscape", 9, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.print_area.endswith(f"!$A$1:$L${sheet.max_row}")  # what a person reads; what tools want stands beside it
        head = [str(cell.value) for cell in sheet[1][:12]]
        assert {"说明", "原文", "单元格", "处理"} <= set(head)
        widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1][:12]]
        assert sum(widths) < 220  # more is too small to read on A4
    assert all(row[0].row == 1 or book["全部"].row_dimensions[row[0].row].height >= 14 for row in book["全部"].iter_rows())


def test_a_formula_in_a_source_is_written_as_words(report: Report) -> None:
    sly = replace(report.findings[0], quote='=HYPERLINK("http://x")', context="=1+1")
    book = load_workbook(io.BytesIO(write_xlsx(replace(report, findings=(sly,)), "zh")))
    cells = [cell for row in book["全部"].iter_rows() for cell in row if str(cell.value).startswith("=")]
    assert len(cells) == 2
    assert {cell.data_type for cell in cells} == {"s"}


def test_sarif_names_file_line_and_column(report: Report) -> None:
    said = json.loads(write_sarif(report, "zh"))
    assert said["version"] == "2.1.0"
    run = said["runs"][0]
    (late,) = [result for result in run["results"] if result["ruleId"] == "W04"]
    place = late["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("003_9fe1bac3cd389239.txt")
    assert place["region"]["startLine"] == 242
    assert late["level"] == "warning"
    assert run["tool"]["driver"]["rules"][late["ruleIndex"]]["id"] == "W04"


def test_json_has_the_fields_its_schema_asks_for(report: Report) -> None:
    schema = json.loads((Path(__file__).parents[1] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    said = json.loads(write_json(report, "zh"))
    assert set(schema["required"]) <= set(said) <= set(schema["properties"])
    wanted = schema["properties"]["findings"]["items"]
    for finding in said["findings"]:
        assert set(wanted["required"]) <= set(finding) <= set(wanted["properties"])
    assert {source["document"] for source in said["inputs"]} >= {HECHI}


def test_the_page_draws_the_table_and_marks_the_faulty_cell(report: Report) -> None:
    page = write_html(report, "zh")
    (late,) = [f for f in report.findings if f.code == "W04"]
    cell = page[: page.index(f'href="#f-{late.key}"')].rpartition("<td")[2]
    assert cell.startswith(' class="warning">2019年5月30日前')
    assert f'id="f-{late.key}"' in page


def test_beyond_five_thousand_the_page_says_where_the_rest_is(report: Report) -> None:
    many = tuple(replace(report.findings[0], key=f"{n:012x}", focus=f"{report.findings[0].focus}/{n}") for n in range(6000))
    page = write_html(replace(report, findings=many), "zh")
    assert "共 6000 条发现" in page
    assert page.count("<article") == 1666
    assert "--format xlsx" in page


def test_what_is_new_still_there_and_gone(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "last.json"
    file.write_text(write_json(replace(report, findings=report.findings[1:]), "zh"), encoding="utf-8")
    since, last = read_last(file)
    marked, trend = compare(report.findings[2:], since, last)
    assert (trend.new, trend.still) == (0, len(report.findings) - 2)
    assert [gone.key for gone in trend.gone] == [report.findings[1].key]
    marked, trend = compare(report.findings, since, last)
    assert [f.key for f in marked if f.trend == "new"] == [report.findings[0].key]


def test_a_waiver_holds_until_its_day_and_for_its_words(report: Report) -> None:
    first = report.findings[0]
    waiver = Waiver(first.key, "原文如此", "王", "2026-11-01", "2026-12-31")
    assert apply_waivers(report.findings, [waiver], "2026-12-31")[0].waiver == waiver
    assert apply_waivers(report.findings, [waiver], "2027-01-01")[0].waiver is None
    accepted = replace(report, findings=apply_waivers(report.findings, [waiver], "2026-11-22"))
    assert accepted.count(first.severity) == report.count(first.severity) - 1
    assert accepted.waived == 1


def test_waivers_without_a_reason_or_a_day_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "waivers.csv"
    assert read_waivers(file) == ()
    file.write_text("key,reason,who,date,expires\nabc,,王,2026-11-01,\n", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="line 2: found no reason"):
        read_waivers(file)
    file.write_text("key,reason,who,date,expires\nabc,原文如此,王,昨天,\n", encoding="utf-8")
    with pytest.raises(BadConfiguration, match="the date"):
        read_waivers(file)


PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e/> . "
SLOW = f"""{PREFIXES} e:Slow a sh:NodeShape ; sh:targetNode e:a ; sh:sparql [
  sh:select "SELECT $this WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(?a = ?l && ?d = ?i) }}" ] ."""
GOOD = str(Path(__file__).parent / "data" / "shapes" / "base.ttl")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("broken.ttl", "@prefix sh: <http://www.w3.org/ns/shacl#> .\nsh:x sh:y", "line 2"),
        ("none.ttl", "@prefix e: <http://e/> . e:a e:b e:c .", "no shape with a target"),
        (
            "wrong.ttl",
            PREFIXES + "e:Wrong a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:minCount 1 ] .",
            "wrong.ttl",
        ),
        (
            "slow.ttl",
            SLOW,
            "http://e/Slow: found no end",
        ),
    ],
)
def test_shapes_that_cannot_be_used_are_an_error(
    name: str, text: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["validate", GOOD, "--shapes", str(tmp_path / name), "--timeout", "20" if name != "slow.ttl" else "6"]) == 2
    assert said in capsys.readouterr().err


def test_a_file_of_another_vocabulary_is_not_said_to_conform(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.ttl").write_text("@prefix e: <http://e/> . e:a e:b e:c .", encoding="utf-8")
    assert main(["validate", str(tmp_path / "other.ttl")]) == 2
    assert "--shapes" in capsys.readouterr().err


def test_fail_on_new_needs_something_to_compare_with(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", GOOD, "--fail-on", "new"]) == 2
    assert "--since" in capsys.readouterr().err
