"""How fast ``zhengmai add`` takes in many documents, and whether its memory stays flat: ``python -m benchmarks.add_many [COUNT]``.

The documents are task tables of 20 rows and texts of 15 clauses, cut from the three of graph_data, each a little different.
Wanted: 20 documents a second and core for html, txt and csv, 5 for docx; memory that does not grow with their number.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "graph_data" / "sources"
ROWS, PARAGRAPHS = 20, 40
HEADER = ["序号", "主要任务", "具体举措", "牵头部门", "责任部门", "完成时限"]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def main(count: int) -> None:
    from loaders.extract import extract_file

    table = extract_file(next(SOURCES.glob("000_*")))
    rows = [[r.row, *(r.text(name) for name in ("task", "measure", "lead", "responsible", "deadline"))] for r in table.rows]
    text = extract_file(next(SOURCES.glob("001_*"))).text.split("\n")
    for kind, make in MAKERS.items():
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "in").mkdir()
            for n in range(count // len(MAKERS)):
                cut = [[str(at), *row[1:]] for at, row in enumerate(rows[n % 60 :][:ROWS], 1)]
                (home / "in" / f"{n}.{kind}").write_bytes(make(f"某市第{n}号任务分工表", cut, text[:PARAGRAPHS]))
            report(kind, home, count // len(MAKERS))


def report(kind: str, home: Path, count: int) -> None:
    (home / "ws" / "sources").mkdir(parents=True)
    (home / "ws" / "sources.yaml").write_text("sources:\n", encoding="utf-8")
    start = perf_counter()
    command = [sys.executable, "-m", "zhengmai", "add", str(home / "in"), "--workspace", str(home / "ws"), "--quiet"]
    added = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False).stdout.count(b"\n")
    took, cores = perf_counter() - start, os.cpu_count() or 1
    peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{kind:5} {added:5} of {count}  {took:6.1f} s  {added / took / cores:6.1f} documents/s and core  peak {peak_mb:.0f} MB a process"
    )


def as_txt(title: str, rows: list[list[str]], text: list[str]) -> bytes:
    return "\n".join([title, *text]).encode()


def as_csv(title: str, rows: list[list[str]], text: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[title], HEADER, *rows])
    return out.getvalue().encode("gb18030")


def as_html(title: str, rows: list[list[str]], text: list[str]) -> bytes:
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in [HEADER, *rows])
    return (
        f'<html><head><meta charset="gbk"><title>{title}</title></head><body><h1>{title}</h1><table>{lines}</table></body></html>'.encode(
            "gbk", "ignore"
        )
    )


def as_docx(title: str, rows: list[list[str]], text: list[str]) -> bytes:
    def p(words: str) -> str:
        return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"

    lines = "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in [HEADER, *rows])
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
        )
        file.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
            '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        file.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{p(title)}<w:tbl>{lines}</w:tbl></w:body></w:document>')
    return out.getvalue()


MAKERS = {"txt": as_txt, "csv": as_csv, "html": as_html, "docx": as_docx}

if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
