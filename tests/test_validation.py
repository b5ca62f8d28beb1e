"""The whole of validation: one list from three sources, in order, in words, and every way to write it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import Graph, Namespace
from shape_fixtures import BASE, FOLDER, broken

from ontology.labels import Language
from validation.baseline import Pinned, compare_baseline, read_baseline
from validation.findings import ReportFinding, in_order, natural_key
from validation.graph import flatten, load_data
from validation.places import Places
from validation.report import Report, make_report
from validation.runner import all_rules, documents, validate, validate_store
from validation.writers import WRITERS
from zhengmai.__main__ import main
from zhengmai.errors import BadConfiguration, BadShapes, MissingFile
from zhengmai.store import publish_snapshot

SH = Namespace("http://www.w3.org/ns/shacl#")
GOOD = FOLDER / "base.ttl"


def faulty() -> Report:
    """A report with a shape's, a check's and a reader's finding."""
    store = broken("W02-gap")
    store.update(f"DELETE WHERE {{ <{BASE}doc/low/task/1/role/lead/1> <https://w3id.org/zhengmai/ns#hasRole> ?role }}")
    return make_report(validate_store(store), graph_version="0123456789ab")


def words_of(report: Report, form: str, lang: Language = "zh") -> str:
    """Return what a writer of text writes."""
    written = WRITERS[form](report, lang)
    assert isinstance(written, str)
    return written


@pytest.fixture(scope="module")
def report() -> Report:
    return faulty()


def test_the_good_graph_has_only_the_readers_remark() -> None:
    findings = validate(GOOD)
    assert all(finding.key for finding in findings)
    assert [(finding.source, finding.code, finding.severity, finding.document) for finding in findings] == [
        ("reader", "noise-run", "info", "up")
    ]
    assert findings[0].message_zh == "文字中夹有噪声字符。"
    assert findings[0].place_zh == "第36–40字"
    assert findings[0].quote == "@@"


def test_findings_of_all_three_sources_stand_in_one_list_worst_first(report: Report) -> None:
    assert [(finding.severity, finding.code, finding.source) for finding in report.findings] == [
        ("violation", "V02", "shacl"),
        ("violation", "V12", "check"),
        ("warning", "W02", "check"),
        ("info", "noise-run", "reader"),
    ]


def test_a_finding_names_document_row_cell_and_words(report: Report) -> None:
    finding = report.findings[0]
    assert finding.document == "low"
    assert finding.document_title == "任务细化分工表"
    assert finding.place_zh == "第1项 · 牵头（表1 第2行 第4列）"
    assert finding.place_en == "task 1 · lead (table 1, row 2, column 4)"
    assert finding.quote == "政策法规处"
    assert finding.path == "https://w3id.org/zhengmai/ns#hasRole"
    assert finding.message_zh == "V02 职责分工须有且只有一个角色，取自角色表"
    assert finding.expected_en == "each participation has one task, one role, one actor"


def test_a_check_fills_its_message(report: Report) -> None:
    gap = report.findings[2]
    assert gap.message_zh == "W02 编号 4 之前没有 3"
    assert gap.place_zh == "第2项（表1 第3行）"
    assert gap.quote == "公开办税服务措施。"


def test_one_document_shows_what_stands_in_it_and_what_points_to_it() -> None:
    store = broken("W05-uncovered")
    assert {finding.code for finding in validate_store(store, document="low")} == {"W05", "I18"}
    assert {finding.code for finding in validate_store(store, document="up")} == {"W05", "noise-run"}


def test_the_same_graph_gives_the_same_list_in_any_order(tmp_path: Path, report: Report) -> None:
    lines = sorted(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in load_data(GOOD))
    for name, ordered in (("a.nq", lines), ("b.nq", lines[::-1])):
        (tmp_path / name).write_text("\n".join(ordered) + "\n", encoding="utf-8")
    assert validate(tmp_path / "a.nq") == validate(tmp_path / "b.nq")
    assert faulty() == report


def test_row_two_comes_before_row_ten() -> None:
    assert sorted(["task/10", "task/9-u1", "task/2"], key=natural_key) == ["task/2", "task/9-u1", "task/10"]


def test_one_fault_seen_twice_is_told_once(report: Report) -> None:
    first = report.findings[0]
    assert len(in_order({first, replace(first, component=str(SH.ClassConstraintComponent))})) == 1


def test_provenance_is_left_out_but_for_the_way_to_the_source(tmp_path: Path) -> None:
    graph = "<https://w3id.org/zhengmai/graph/doc/low/provenance>"
    (tmp_path / "x.nq").write_text(
        f'<{BASE}source/low/bbbbbbbb/cell> <https://w3id.org/zhengmai/ns#rawText> "x" {graph} .\n'
        f"<{BASE}doc/low/task/1> <http://www.w3.org/ns/prov#wasDerivedFrom> <{BASE}source/low/bbbbbbbb/table/1/row/2> {graph} .\n",
        encoding="utf-8",
    )
    kept = [quad for quad in load_data(tmp_path / "x.nq") if BASE in str(quad)]
    assert [quad.predicate.value for quad in kept] == ["http://www.w3.org/ns/prov#wasDerivedFrom"]


def test_a_plain_string_stays_plain_and_a_bad_date_stays_as_written() -> None:
    graph = flatten(broken("V05-dueDate"))
    assert '"2018-12-32"' in graph.serialize(format="nt")
    assert '"@@"' in graph.serialize(format="nt")
    assert '"@@"^^' not in graph.serialize(format="nt")


def test_a_name_is_a_label_a_place_or_the_end_of_the_iri() -> None:
    places = Places(load_data(GOOD))
    assert places.name(f"{BASE}org/cn", "en") == "State Administration of Taxation"
    assert places.name(f"{BASE}doc/low/task/1", "zh") == "任务细化分工表 第1项（表1 第2行）"
    assert places.name(f"{BASE}nothing/here", "zh") == "id/nothing/here"
    assert places.document(f"{BASE}alignment/low.1--up.1.1.s1") == "low"
    assert places.document(f"{BASE}org/cn") == ""


def test_every_rule_is_counted_also_those_that_found_nothing(report: Report) -> None:
    counts = {rule.code: count for rule, count in report.counts_by_rule()}
    assert counts["V02"] == 1
    assert counts["V15"] == 0
    assert {"V01", "V10", "W05", "I08", "noise-run"} <= set(counts)
    assert [rule.code for rule in all_rules()][:3] == ["V01", "V02", "V03"]


def test_text_says_how_many_where_and_what_to_do(report: Report) -> None:
    text = words_of(report, "text", "zh")
    assert "错误 2 · 疑点 1 · 提示 1" in text
    assert "      0  V15  错误  依据循环" in text
    assert "  疑点 任务细化分工表 第2项（表1 第3行）\n    W02 编号 4 之前没有 3" in text
    assert "violation 2 · warning 1 · info 1" in words_of(report, "text", "en")


def test_text_of_nothing_says_so() -> None:
    assert words_of(make_report(()), "text", "zh").endswith("没有发现问题。\n")


def test_json_holds_both_languages(report: Report) -> None:
    said = json.loads(words_of(report, "json", "zh"))
    assert said["format"] == "zhengmai-report/1"
    assert said["graph_version"] == "0123456789ab"
    assert said["counts"] == {"violation": 2, "warning": 1, "info": 1}
    assert said["findings"][2]["message"] == {"zh": "W02 编号 4 之前没有 3", "en": "W02 number 4 has no 3 before it"}
    assert said["findings"][2]["document"] == {"id": "low", "title": "任务细化分工表"}


def test_html_is_one_whole_page_that_asks_for_nothing(report: Report) -> None:
    page = words_of(report, "html", "zh")
    open_tags: list[str] = []

    class Balanced(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href"} & {name for name, value in attrs if not (value or "").startswith(("#", "http://127.0.0.1:"))}
            if tag not in ("meta", "input"):
                open_tags.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag

    Balanced().feed(page)
    assert open_tags == []
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'" in page
    assert "第1项 · 牵头（表1 第2行 第4列）" in page


def test_html_and_markdown_show_words_as_words(report: Report) -> None:
    sly = replace(report.findings[0], quote="<b>|x|</b>", context="<b>|x|</b>", marks=())
    told = make_report((sly,))
    assert "&lt;b&gt;|x|&lt;/b&gt;" in words_of(told, "html", "zh")
    assert "<b>\\|x\\|</b>" in words_of(told, "md", "zh")


def test_ttl_is_a_validation_report_other_tools_read(report: Report) -> None:
    sly = replace(report.findings[3], value='say "x"\n<y>')
    graph = Graph().parse(data=words_of(make_report((*report.findings[:3], sly)), "ttl", "zh"), format="turtle")
    results = list(graph.objects(None, SH.result))
    assert len(results) == 4
    for result in results:
        for name in ("focusNode", "resultSeverity", "sourceConstraintComponent", "sourceShape"):
            assert graph.value(result, SH[name]) is not None
        assert {message.language for message in graph.objects(result, SH.resultMessage)} == {"zh", "en"}
    assert 'say "x"\n<y>' in {str(value) for value in graph.objects(None, SH.value)}


@pytest.mark.parametrize("form", sorted(WRITERS))
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_writer_ends_its_text_and_repeats_itself(form: str, lang: str, report: Report) -> None:
    text = WRITERS[form](report, lang)  # type: ignore[arg-type]
    assert isinstance(text, bytes) or text.endswith("\n")
    assert text == WRITERS[form](report, lang)  # type: ignore[arg-type]


def test_the_baseline_tells_new_from_gone(report: Report) -> None:
    (warning,) = [finding for finding in report.findings if finding.severity == "warning"]
    pinned = Pinned("W02", warning.focus, "原表缺第3项", "row 3 is missing in the source")
    other = Pinned("W04", f"{BASE}doc/low/task/19", "", "")
    assert compare_baseline(report.findings, [pinned]) == ((), ())
    assert compare_baseline(report.findings, [pinned, other]) == ((), (other,))
    assert compare_baseline(report.findings, []) == ((warning,), ())


def test_a_baseline_gives_one_reason_for_many_places(tmp_path: Path) -> None:
    file = tmp_path / "baseline.yaml"
    file.write_text("baseline:\n - code: W11\n   reason: {zh: 原文如此, en: as published}\n   focus: [a, b]\n", encoding="utf-8")
    assert read_baseline(file) == (Pinned("W11", "a", "原文如此", "as published"), Pinned("W11", "b", "原文如此", "as published"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "baseline: {}",
        "baseline: [x]",
        "baseline: [{code: W01, focus: [a]}]",
        "baseline: [{code: W01, focus: [a, a], reason: {zh: x, en: y}}]",
        "baseline: [{code: W01, focus: [], reason: {zh: x, en: y}}]",
        "baseline: [",
    ],
)
def test_a_baseline_of_another_shape_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "baseline.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadConfiguration):
        read_baseline(tmp_path / "baseline.yaml")


def test_our_own_baseline_can_be_read() -> None:
    for pinned in read_baseline(Path(__file__).parents[1] / "graph_data" / "curated" / "validation-baseline.yaml"):
        assert pinned.reason_zh
        assert pinned.reason_en


@pytest.mark.parametrize(("name", "text", "error"), [("x.ttl", "<a", BadShapes), ("x.xyz", "", BadShapes), ("gone.ttl", None, MissingFile)])
def test_what_is_no_graph_is_said_clearly(name: str, text: str | None, error: type[Exception], tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(error, match=name):
        validate(tmp_path / name)


# --- the command


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace whose built graph is base.ttl with a gap in its numbers."""
    store = broken("W02-gap")
    lines = sorted(f"{quad.subject} {quad.predicate} {quad.object} <https://w3id.org/zhengmai/graph/test> ." for quad in store)
    (tmp_path / "built").mkdir()
    publish_snapshot(tmp_path / "built", lines)
    monkeypatch.setenv("ZHENGMAI_WORKSPACE", str(tmp_path))
    monkeypatch.setenv("ZHENGMAI_QUIET", "1")
    monkeypatch.delenv("ZHENGMAI_LANG", raising=False)
    return tmp_path


def test_a_warning_alone_is_fine_unless_asked_for(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate"]) == 0
    assert "W02 编号 4 之前没有 3" in capsys.readouterr().out
    assert main(["validate", "--fail-on", "warning"]) == 1


def test_one_document_can_be_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "up", "--fail-on", "warning", "--format", "json"]) == 0
    assert [finding["code"] for finding in json.loads(capsys.readouterr().out)["findings"]] == ["noise-run"]


def test_a_document_nobody_knows_is_refused_with_those_there_are(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "nowhere"]) == 2
    assert "low, up" in capsys.readouterr().err


def test_html_goes_to_the_workspace(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--format", "html"]) == 0
    assert capsys.readouterr().out == f"{workspace / 'built' / 'report.html'}\n"
    assert (workspace / "built" / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_a_file_made_elsewhere_can_be_validated(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", str(GOOD), "--format", "ttl"]) == 0
    assert "sh:ValidationReport" in capsys.readouterr().out


@pytest.mark.parametrize("form", ["html", "xlsx", "json", "text"])
def test_an_output_under_a_file_is_exit_2_and_leaves_nothing(form: str, workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "notes.txt").write_text("notes", encoding="utf-8")
    assert main(["validate", "--format", form, "--output", str(workspace / "notes.txt" / "deep" / "report")]) == 2
    said = capsys.readouterr()
    assert "ZM-001" in said.err and "notes.txt is a file" in said.err and "无法写入该位置" in said.err and said.out == ""
    assert (workspace / "notes.txt").read_text(encoding="utf-8") == "notes"


def test_a_disk_that_is_full_leaves_the_old_report_whole(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (workspace / "report.html").write_text("old", encoding="utf-8")

    def full(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert main(["validate", "--format", "html", "--output", str(workspace / "report.html")]) == 2
    assert "No space left on device" in capsys.readouterr().err
    assert (workspace / "report.html").read_text(encoding="utf-8") == "old" and not list(workspace.glob(".report.html*"))


def test_an_output_that_cannot_be_written_is_said(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["validate", "--output", str(workspace)]) == 2
    assert str(workspace) in capsys.readouterr().err


def test_a_violation_exits_with_one(workspace: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.ttl"
    bad.write_text(GOOD.read_text(encoding="utf-8").replace("kind:fixed-date", "kind:someday"), encoding="utf-8")
    assert main(["validate", str(bad)]) == 1


def test_documents_are_those_held() -> None:
    assert documents(load_data(GOOD)) == ("low", "up")


def test_a_finding_speaks_the_language_asked_for(report: Report) -> None:
    finding: ReportFinding = report.findings[0]
    assert finding.fix("en") == "look at the role columns of the row"
    assert finding.fix("zh") == "核对该行的角色栏"
