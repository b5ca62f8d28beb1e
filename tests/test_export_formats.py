"""Each format is read back by a reader that is not ours, and says what the graph says."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pyoxigraph import RdfFormat, parse
from rdflib import Graph
from seed_graph import seed_workspace

from ontology.terms import ZM
from zhengmai.exports import exporter
from zhengmai.exports._graph import SharedGraph, shared_graph
from zhengmai.exports.jsonld import CONTEXT, context

TASK_27 = "https://w3id.org/zhengmai/id/doc/gz-stb-openness-tasks/task/27"
SENTENCE = "https://w3id.org/zhengmai/id/doc/sat-20170427-openness/sentence/5.2.s1"


@cache
def graph() -> SharedGraph:
    return shared_graph(seed_workspace())


@cache
def written(name: str) -> bytes:
    out = io.BytesIO()
    exporter(name).write(graph(), out)
    return out.getvalue()


@pytest.fixture(scope="module")
def csv_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    exporter("csv").write_folder(graph(), folder)
    return folder


def test_jsonld_comes_back_as_the_same_triples() -> None:
    back = {f"{t.subject} {t.predicate} {t.object}" for t in parse(written("jsonld"), format=RdfFormat.JSON_LD)}
    assert back == {line[: line.rindex(" <")] for line in graph().lines}


def test_jsonld_is_a_tree_with_names_people_read() -> None:
    said = json.loads(written("jsonld"))
    table = next(node for node in said["@graph"] if node["id"].endswith("/gz-stb-openness-tasks"))
    task = next(node for node in table["tasks"] if node["id"] == TASK_27)
    assert task["number"] == "27" and {"id": SENTENCE} in task["implements"]
    assert {part["id"].rpartition("role/")[2] for part in task["participations"]} == {"lead/1", "responsible/1"}


def test_another_reader_understands_the_jsonld() -> None:
    small = Graph().parse(data=written("jsonld"), format="json-ld")
    assert len(small) == len({line[: line.rindex(" <")] for line in graph().lines})


def test_the_published_context_is_that_of_the_ontology() -> None:
    assert json.loads(CONTEXT.read_text(encoding="utf-8")) == context()
    assert context()["@context"]["implements"] == ZM.implements


def test_csv_has_a_file_a_class_described_by_csvw(csv_folder: Path) -> None:
    described = json.loads((csv_folder / "csv-metadata.json").read_text(encoding="utf-8"))
    assert {table["url"] for table in described["tables"]} == {path.name for path in csv_folder.glob("*.csv")}
    for table in described["tables"]:
        with (csv_folder / table["url"]).open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines))
        assert list(rows[0]) == [column["name"] for column in table["tableSchema"]["columns"]], table["url"]


def test_csv_comes_back_as_the_triples_of_its_columns(csv_folder: Path) -> None:
    with (csv_folder / "Task.csv").open(encoding="utf-8", newline="") as lines:
        rows = {row["iri"]: row for row in csv.DictReader(lines)}
    assert len(rows) == 91 + 38
    assert rows[TASK_27]["number"] == "27" and "sat-20170427-openness:5.2.s1" not in rows[TASK_27]["number"]
    assert "5.2.s1" in rows[TASK_27]["implements"].split("|")
    with (csv_folder / "Sentence.csv").open(encoding="utf-8", newline="") as lines:
        texts = {row["iri"]: row["text"] for row in csv.DictReader(lines)}
    assert texts[SENTENCE] == "加大公开首问责任制、限时办结制、预约办税制、延时服务制和24小时自助办税等便民办税服务措施。"


def test_tables_of_classes_say_in_words_what_leads_over_a_level_not_held(csv_folder: Path, tmp_path: Path) -> None:
    from pyarrow import parquet

    with (csv_folder / "Alignment.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    said = "越级对照: 中间层级文件未收录，差异不能直接归因于本级"
    assert rows and {(row["skipsLevel"], row["skipsLevel_note"]) for row in rows} == {("true", said)}
    assert {row["skipsLevel_note_en"] for row in rows} == {
        "skips a level: a level between is not held; differences cannot be put down to this level"
    }
    with (csv_folder / "DocumentPair.csv").open(encoding="utf-8", newline="") as lines:
        assert {(row["skipsLevel"], row["skipsLevel_note"]) for row in csv.DictReader(lines)} == {("true", said), ("false", "")}
    exporter("parquet").write_folder(graph(), tmp_path)
    assert set(parquet.read_table(tmp_path / "Alignment.parquet").column("skipsLevel_note").to_pylist()) == {said}


def test_graphml_has_labels_and_weights_and_ends_that_are_there() -> None:
    root = ElementTree.fromstring(written("graphml"))
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id"): {data.get("key"): data.text for data in node} for node in root.iter(f"{space}node")}
    edges = [(e.get("source"), e.get("target"), {d.get("key"): d.text for d in e}) for e in root.iter(f"{space}edge")]
    assert all(node["label"] for node in nodes.values()) and all(a in nodes and b in nodes for a, b, _ in edges)
    links = [data for a, b, data in edges if (a, b, data["relation"]) == (TASK_27, SENTENCE, "implements")]
    assert [(data["status"], float(data["weight"]) > 0.9) for data in links] == [("accepted", True)]
    assert "越级对照: 中间层级文件未收录" in links[0]["note"]


def test_sssom_has_every_link_and_what_was_not_found() -> None:
    text = written("sssom").decode()
    rows = list(csv.DictReader([line for line in text.splitlines() if not line.startswith("#")], delimiter="\t"))
    links = sum(line.count(f"> <{ZM.alignsTask}> <") for line in graph().lines)
    gaps = sum("ns#CoverageGap> <https://w3id.org/zhengmai/graph/alignment/" in line for line in graph().lines)
    assert [sum(row["subject_id"] != "sssom:NoTermFound" for row in rows), len(rows)] == [links, links + gaps]
    assert all("越级对照" in row["comment"] for row in rows if row["subject_source"] == "doc:gz-stb-openness-tasks")
    prefixes = {line.split(":")[0].strip("# ") for line in text.splitlines() if line.startswith("#  ")}
    assert {row["subject_id"].partition(":")[0] for row in rows} <= prefixes


def test_the_workbook_has_a_sheet_a_class_with_text_ids() -> None:
    book = load_workbook(io.BytesIO(written("xlsx")), read_only=True)
    assert {"Task", "Sentence", "Alignment"} <= set(book.sheetnames)
    cells = [cell for row in book["Clause"].iter_rows(min_row=3, max_row=20, max_col=1, values_only=True) for cell in row]
    assert "1.1" in cells and all(isinstance(cell, str) for cell in cells)


def test_parquet_is_read_back(tmp_path: Path) -> None:
    from pyarrow import parquet

    exporter("parquet").write_folder(graph(), tmp_path)
    table = parquet.read_table(tmp_path / "Task.parquet")
    assert table.num_rows == 129 and "27" in table.column("number").to_pylist()
    assert table.schema.metadata[b"zhengmai_graph"].decode() == graph().version


@pytest.mark.parametrize("name", ["jsonld", "graphml", "sssom", "xlsx"])
def test_the_same_graph_gives_the_same_bytes(name: str) -> None:
    out = io.BytesIO()
    exporter(name).write(graph(), out)
    assert out.getvalue() == written(name)
