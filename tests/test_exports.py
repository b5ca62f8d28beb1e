"""What leaves is the whole graph in a form other tools read, and nothing of an internal document unless it is asked for by name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import Dataset, Graph
from secret_workspace import WORDS_OF_ITS_OWN, secret_workspace
from seed_graph import seed_workspace

from zhengmai.exports import exporter, formats
from zhengmai.workspace import Workspace


def export(workspace: Workspace, *args: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "zhengmai", "export", "--workspace", str(workspace.path), *map(str, args)]
    return subprocess.run(command, capture_output=True, check=False)


def lines_of(workspace: Workspace) -> list[str]:
    return (workspace.built_dir / "current" / "graph.nq").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def secretive() -> Workspace:
    return secret_workspace()


def test_nq_is_the_snapshot_itself() -> None:
    done = export(seed_workspace(), "--format", "nq")
    assert done.returncode == 0
    assert done.stdout == (seed_workspace().built_dir / "current" / "graph.nq").read_bytes()


def test_trig_comes_back_as_the_same_quads() -> None:
    data = export(seed_workspace(), "--format", "trig").stdout
    back = {f"{q.subject} {q.predicate} {q.object} {q.graph_name} ." for q in parse(data, format=RdfFormat.TRIG)}
    assert back == set(lines_of(seed_workspace()))
    assert b"@prefix zm: <https://w3id.org/zhengmai/ns#> ." in data


def test_another_reader_finds_as_many_quads_in_trig_and_triples_in_ttl() -> None:
    lines = lines_of(seed_workspace())
    dataset = Dataset()
    dataset.parse(data=export(seed_workspace(), "--format", "trig").stdout, format="trig")
    assert sum(1 for _ in dataset.quads()) == len(lines)
    union = {line[: line.rindex(" <")] for line in lines}
    assert len(Graph().parse(data=export(seed_workspace(), "--format", "ttl").stdout, format="turtle")) == len(union)


def test_ttl_comes_back_as_the_union() -> None:
    done = export(seed_workspace(), "--format", "ttl", "--lang", "en")
    back = {f"{t.subject} {t.predicate} {t.object}" for t in parse(done.stdout, format=RdfFormat.TURTLE)}
    assert back == {line[: line.rindex(" <")] for line in lines_of(seed_workspace())}
    assert "no named graphs" in done.stderr.decode()


@pytest.mark.parametrize("name", ["nq", "trig", "ttl"])
def test_the_same_graph_gives_the_same_bytes(name: str) -> None:
    assert export(seed_workspace(), "--format", name).stdout == export(seed_workspace(), "--format", name).stdout


@pytest.mark.parametrize("name", ["nq", "trig", "ttl"])
def test_internal_documents_stay_here_and_their_number_is_said(secretive: Workspace, name: str) -> None:
    done = export(secretive, "--format", name, "--quiet")
    text, said = done.stdout.decode(), done.stderr.decode()
    assert "全面推进政务公开工作实施办法" in text
    assert [words for words in ("hush-hush", *WORDS_OF_ITS_OWN) if words in text] == []
    assert "另有 1 份内部文件及由其得出的内容未列入" in said


def test_asked_for_by_name_it_goes_along(secretive: Workspace) -> None:
    done = export(secretive, "--format", "nq", "--include", "hush-hush")
    assert done.stdout.decode().splitlines() == lines_of(secretive)
    assert "内部文件" not in done.stderr.decode()


def test_an_unknown_name_is_refused_with_the_nearest(secretive: Workspace) -> None:
    done = export(secretive, "--format", "nq", "--include", "hush-hash")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "did you mean hush-hush?" in done.stderr.decode()


def test_a_file_is_put_in_place_whole(tmp_path: Path) -> None:
    target = tmp_path / "graph.nq"
    target.write_text("old")
    done = export(seed_workspace(), "--format", "nq", "--output", target)
    assert (done.returncode, done.stdout) == (0, b"")
    assert target.read_text(encoding="utf-8").splitlines() == lines_of(seed_workspace())
    assert [path.name for path in tmp_path.iterdir()] == ["graph.nq"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "nonsense"], "invalid choice"),
        (["--format", "nq", "--output", "README.md/x.nq"], "ZM-001 README.md/x.nq"),
    ],
)
def test_wrong_use_ends_with_2(args: list[str], said: str) -> None:
    done = export(seed_workspace(), *args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode() and "Traceback" not in done.stderr.decode()


def test_nothing_built_is_said(tmp_path: Path) -> None:
    (tmp_path / "sources.yaml").write_text("sources: []\n", encoding="utf-8")
    done = export(Workspace(tmp_path), "--format", "nq")
    assert done.returncode == 2 and "zhengmai build" in done.stderr.decode()


@pytest.mark.parametrize("name", formats())
def test_every_format_says_what_it_is_for_in_both_languages(name: str) -> None:
    module = exporter(name)
    first = (module.__doc__ or "").splitlines()[0]
    assert " · " in first and not first.isascii()
    assert hasattr(module, "write") != hasattr(module, "write_folder")


def test_a_table_of_an_internal_document_only_when_it_is_named(secretive: Workspace) -> None:
    done = export(secretive, "--table", "concordance", "--format", "csv")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "另有 1 份内部文件" in done.stderr.decode()
    named = export(secretive, "--table", "concordance", "--format", "csv", "--lower", "hush-hush")
    assert named.returncode == 0 and "加大公开首问责任制" in named.stdout.decode("utf-8-sig")


def test_a_table_says_how_many_rows_it_has(tmp_path: Path) -> None:
    target = tmp_path / "对照表.xlsx"
    done = export(seed_workspace(), "--table", "concordance", "--format", "xlsx", "--output", target)
    assert done.returncode == 0 and "上下级条款对照表" in done.stderr.decode()
    assert target.read_bytes().startswith(b"PK")


def test_a_pair_without_basis_gives_no_rows_and_says_why() -> None:
    done = export(seed_workspace(), "--table", "concordance", "--format", "csv", "--lower", "hechi-three-systems-tasks")
    assert done.returncode == 0 and len(done.stdout.decode("utf-8-sig").splitlines()) == 1
    assert "不作对照" in done.stderr.decode()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--table", "concordance", "--format", "nq"], "xlsx, docx, csv, html"),
        (["--table", "concordance", "--format", "csv", "--upper", "sat-20170427-opennes"], "did you mean sat-20170427-openness?"),
        (["--table", "concordance", "--format", "csv", "--upper", "gz-stb-openness-tasks"], "did you mean"),
        (["--format", "docx"], "--table with docx"),
        (["--format", "nq", "--lower", "x"], "--lower without --table"),
    ],
)
def test_wrong_use_of_tables_ends_with_2(args: list[str], said: str) -> None:
    done = export(seed_workspace(), *args)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr.decode() and "Traceback" not in done.stderr.decode()
