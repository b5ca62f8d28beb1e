"""The commands on real and wrong input: results on standard output, one clear message on standard error, the exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from seeds import GUANGZHOU, HECHI, NATIONAL, ROOT, SOURCES


def zhengmai(*args: str, text: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "zhengmai", *args]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False, input=text)


def test_extract_prints_json() -> None:
    done = zhengmai("extract", str(SOURCES / HECHI))
    assert done.returncode == 0 and len(json.loads(done.stdout)["rows"]) == 38


def test_extract_prints_csv_with_a_line_a_row() -> None:
    rows = list(csv.DictReader(io.StringIO(zhengmai("extract", str(SOURCES / GUANGZHOU), "--format", "csv").stdout)))
    assert len(rows) == 91 and rows[27]["lead"] == "纳税服务处"


def test_extract_prints_turtle_that_parses() -> None:
    from rdflib import Graph

    graph = Graph().parse(data=zhengmai("extract", str(SOURCES / GUANGZHOU), "--format", "ttl").stdout, format="turtle")
    tasks = list(graph.query("PREFIX zm: <https://w3id.org/zhengmai/ns#> SELECT ?t WHERE { ?t a zm:Task }"))
    assert len(tasks) == 91


def test_align_prints_json_and_sssom() -> None:
    upper, lower = str(SOURCES / NATIONAL), str(SOURCES / GUANGZHOU)
    links = json.loads(zhengmai("align", upper, lower).stdout)["links"]
    assert ("27", "5.2.s1") in {(link["task"], link["sentence"]) for link in links}
    sssom = [line for line in zhengmai("align", upper, lower, "--format", "sssom").stdout.splitlines() if not line.startswith("#")]
    table = list(csv.DictReader(sssom, delimiter="\t"))
    assert len([row for row in table if row["predicate_id"] == "zm:implements" and row["subject_id"].startswith("lower:")]) == len(links)
    assert ("sssom:NoTermFound", "upper:7.2.s1") in {(row["subject_id"], row["object_id"]) for row in table}


def test_parse_takes_one_text_or_a_list_of_lines() -> None:
    one = json.loads(zhengmai("parse", "deadline", "7月31日前", "--written", "2019-05-01").stdout)
    assert (one["kind"], one["date"]) == ("fixed-date", "2019-07-31")
    assert json.loads(zhengmai("parse", "actors", "省经信厅、省科技厅按职责分工负责").stdout) == {
        "actors": [{"actor": "省经信厅", "kind": "named"}, {"actor": "省科技厅", "kind": "named"}]
    }
    assert json.loads(zhengmai("parse", "actors", "政策法规处及其他相关处室").stdout) == {
        "actors": [{"actor": "政策法规处", "kind": "named"}, {"actor": "其他相关处室", "kind": "generic"}]
    }
    impossible = json.loads(zhengmai("parse", "deadline", "2019年2月30日前").stdout)
    assert "date" not in impossible and [(f["code"], f["quote"]) for f in impossible["findings"]] == [("date-impossible", "2019年2月30日")]
    assert "findings" not in one
    lines = zhengmai("parse", "note", "-", text="政策法规司牵头落实\n各司局落实,办公厅汇总发布\n").stdout.splitlines()
    assert [[(r["role"], r["actor"]) for r in json.loads(line)["roles"]] for line in lines] == [
        [("lead", "政策法规司")],
        [("responsible", "各司局"), ("publishing", "办公厅")],
    ]


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (None, "ZM-101", "No such file"),
        (b"", "ZM-102", "empty"),
        (b"\x00\x01\x02\x03" * 100, "ZM-102", "control characters"),
        ("中文".encode()[:-1], "ZM-102", "cut short"),
        ("\t甲\n\t乙\n\t丙\n\n\t1\n\t2\n\t3\n\n\t4\n\t5\n\t6\n".encode(), "ZM-103", "甲 | 乙 | 丙"),
    ],
    ids=["missing", "empty", "binary", "truncated", "unknown header"],
)
def test_wrong_input_is_one_message_and_exit_2(tmp_path: Path, content: bytes | None, code: str, says: str) -> None:
    file = tmp_path / "input.txt"
    if content is not None:
        file.write_bytes(content)
    done = zhengmai("extract", str(file))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(code) and says in done.stderr and str(file) in done.stderr and "Fix:" in done.stderr


def test_a_document_without_table_or_numbers_is_kept_as_other(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("这是一封信。\n没有编号，也没有表格。\n", encoding="utf-8")
    done = zhengmai("extract", str(file))
    record = json.loads(done.stdout)
    assert done.returncode == 0
    assert record["document"]["kind"] == "other" and record["document"]["text"] == "这是一封信。\n没有编号，也没有表格。"
    assert [f["code"] for f in record["findings"]] == ["no-known-structure"]


def test_a_wrong_date_is_said() -> None:
    done = zhengmai("parse", "deadline", "7月31日前", "--written", "2019-13-01")
    assert done.returncode == 2 and done.stderr.startswith("ZM-001") and "2019-13-01" in done.stderr
