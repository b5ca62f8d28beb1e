"""What a person waits for: each command on the three documents as a whole process, and a 100-row Word table; the median of five runs."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "graph_data" / "sources"
RUNS = 5


def seconds(*args: str, workspace: Path) -> float:
    begun = perf_counter()
    env = {**os.environ, "ZHENGMAI_WORKSPACE": str(workspace)}
    subprocess.run([sys.executable, "-m", "zhengmai", *args], cwd=ROOT, env=env, check=True, capture_output=True)
    return perf_counter() - begun


def word_table(path: Path) -> None:
    from docx import Document

    from loaders.extract import extract_file

    rows = extract_file(next(SOURCES.glob("000_*"))).rows
    document = Document()
    document.add_paragraph("某市任务分工表")
    table = document.add_table(rows=0, cols=6)
    for cells in [["序号", "主要任务", "具体举措", "牵头部门", "责任部门", "完成时限"]] + [
        [str(n), *(rows[n % len(rows)].text(f) for f in ("task", "measure", "lead", "responsible", "deadline"))] for n in range(1, 101)
    ]:
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    document.save(str(path))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace, docx = Path(folder) / "ws", Path(folder) / "table.docx"
        shutil.copytree(ROOT / "graph_data", workspace, ignore=shutil.ignore_patterns("built"))
        word_table(docx)
        upper, lower = str(next(SOURCES.glob("001_*"))), str(next(SOURCES.glob("000_*")))
        cases = {
            "help": ["--help"],
            "extract the Guangzhou table": ["extract", lower],
            "extract a 100-row docx": ["extract", str(docx)],
            "align 91 rows with 137 sentences": ["align", upper, lower],
            "build, nothing changed": ["build"],
            "query a clause": ["query", "which-tasks-implement-clause", "-p", "clause=5.2"],
        }
        print(f"{'build from nothing':34} {seconds('build', workspace=workspace):6.2f} s")
        for name, args in cases.items():
            print(f"{name:34} {statistics.median(seconds(*args, workspace=workspace) for _ in range(RUNS)):6.2f} s")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
