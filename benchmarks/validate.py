"""Our rules against pySHACL on the same graph, and a million quads with the full report: ``python -m benchmarks.validate [COPIES …]``.

The graph is the three documents copied under new names (5 copies are about 100,000 quads, 45 a million), authorities and cited documents
renamed with them. Both sides find the same results; pySHACL gets the flattened graph in memory and is timed without its loading.
``python -m benchmarks.validate sparql [COPIES [SECONDS]]``: with the SPARQL constraints in. pySHACL runs one query for each node; it is
stopped after so many seconds (1,200; 0: not run), the ratio is then "at least", and beside it stands what it would take, reckoned from
some nodes. Where it ends, the findings are held equal.
``python -m benchmarks.validate 0 [DOCUMENTS]``: what it takes to judge one document of a thousand after it changed.
Wanted: 5 times as fast with Core alone, 50 times with SPARQL constraints; a million quads in 30 s and 2 GB.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
RENAMED = re.compile(r"/id/(org|doc/cited)/([A-Za-z0-9._-]+)")


def grown(source: Path, copies: int, out: Path) -> int:
    """Write the graph of ``source`` so many times under new names; return the number of quads."""
    lines = source.read_text(encoding="utf-8").splitlines()
    shared = [line for line in lines if "/graph/ontology>" in line]
    own = "\n".join(line for line in lines if "/graph/ontology>" not in line) + "\n"
    slugs = sorted(set(re.findall(r"/graph/doc/([^/]+)/", own)), key=len, reverse=True)
    with out.open("w", encoding="utf-8") as file:
        file.write("\n".join(shared) + "\n")
        for number in range(copies):
            text = RENAMED.sub(rf"/id/\1/\2-c{number}", own)
            for slug in slugs:
                text = text.replace(slug, f"{slug}-c{number}")
            file.write(text)
    return len(shared) + copies * own.count("\n")


def ours(path: Path) -> tuple[float, float, int]:
    """Return wall and processor seconds of load, whole validation and the JSON report, and the number of findings."""
    from validation.graph import load_data
    from validation.report import make_report
    from validation.runner import all_rules, validate_store
    from validation.writers import write_json

    wall, cpu = perf_counter(), process_time()
    store = load_data(path, trusted=True)
    found = validate_store(store)
    write_json(make_report(found, rules=all_rules(found, store)), "zh")
    return perf_counter() - wall, process_time() - cpu, len(found)


def core(path: Path) -> tuple[float, float]:
    """Return processor seconds of our Core shapes: as SELECTs, and by pySHACL."""
    from validation.graph import flatten, load_data
    from validation.places import Places
    from validation.shapes import run_shapes, run_with_pyshacl

    store = load_data(path)
    places, flat = Places(store), flatten(store)
    run_shapes(store, places)  # once unmeasured: both sides read the shapes and fill the same memory of places
    begun = process_time()
    mine = {(f.rule, f.focus, f.path, f.value) for f in run_shapes(store, places)}
    between = process_time()
    theirs = {(f.rule, f.focus, f.path, f.value) for f in run_with_pyshacl(flat, places)}
    assert mine == theirs
    return between - begun, process_time() - between


def with_sparql(path: Path, limit_s: float) -> tuple[float, float, bool]:
    """Return processor seconds of all our rules and of pySHACL with the checks as SPARQL constraints, and whether pySHACL ended in time.

    Where it did, both found the same focus nodes, paths and values.
    """
    from benchmarks.two_paths import by_ours, by_pyshacl, within
    from validation.check_files import load_checks, run_checks
    from validation.graph import flatten, load_data
    from validation.own_shapes import shapes_graph
    from validation.places import Places
    from validation.shacl_form import shacl_graph
    from validation.shapes import run_shapes

    store = load_data(path)
    places, flat = Places(store), flatten(store)
    checks = [check for check in load_checks() if check.has_shacl_form]
    shapes = shapes_graph() + shacl_graph(checks)
    run_shapes(store, places)
    begun = process_time()
    found = [*run_shapes(store, places), *run_checks(checks, store, places)]
    mine = process_time() - begun
    results, theirs = within(lambda: by_pyshacl(flat, shapes), limit_s) if limit_s else (None, 0.0)
    assert results in (None, by_ours(found))
    return mine, theirs, results is not None


def by_nodes(path: Path, nodes: int = 6) -> float:
    """Return the processor seconds pySHACL would take for the SPARQL constraints: those of some nodes of each, times the nodes it has."""
    import random

    from checked_nodes import nodes_of
    from pyshacl import validate as pyshacl_validate
    from rdflib import URIRef

    from validation.check_files import load_checks
    from validation.graph import flatten, load_data
    from validation.shacl_form import shacl_graph

    flat, whole = flatten(load_data(path)), 0.0
    for check in load_checks():
        every = sorted(nodes_of(check, flat)) if check.has_shacl_form else []
        some = random.Random(check.name).sample(every, min(nodes, len(every)))
        if some:
            shapes, begun = shacl_graph([check]), process_time()
            focus = [URIRef(node) for node in some]
            pyshacl_validate(flat, shacl_graph=shapes, inference="none", advanced=False, inplace=True, focus_nodes=focus)
            whole += (process_time() - begun) / len(some) * len(every)
    return whole


def one_of_many(documents: int) -> tuple[float, list[float], int, int]:
    """Return seconds of the build and of ``zhengmai validate SLUG`` (a process of its own, report written) after one of many changed."""
    import json
    import subprocess

    from zhengmai.commands._pipeline import build
    from zhengmai.workspace import Workspace

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "sources").mkdir()
        (home / "curated").mkdir()
        listed = ["sources:", "  - {slug: up, file: up.txt, issuer: 国家税务总局, level: national, date: 2017-04-27}"]
        (home / "sources" / "up.txt").write_text(UPPER, encoding="utf-8")
        for number in range(documents):
            (home / "sources" / f"d{number}.csv").write_text(table(number), encoding="utf-8")
            listed.append(f"  - {{slug: d{number}, file: d{number}.csv, issuer: 第{number}市税务局, level: city, date: 2018-01-05}}")
        (home / "sources.yaml").write_text("\n".join(listed) + "\n", encoding="utf-8")
        build(Workspace(home))
        (home / "sources" / "d7.csv").write_text(table(7).replace("2018年6月30日前\n", "2018年2月30日前\n", 1), encoding="utf-8")
        begun = perf_counter()
        quads = build(Workspace(home)).quads
        built, report = perf_counter() - begun, home / "report.json"
        asked = ["--workspace", folder, "validate", "d7", "--format", "json", "--output", str(report)]
        walls, quiet = [], {"check": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        compiled = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # as it is installed
        for _ in range(4):
            begun = perf_counter()
            subprocess.run([sys.executable, "-m", "zhengmai", *asked], env=compiled, **quiet)  # type: ignore[call-overload]  # noqa: S603
            walls.append(perf_counter() - begun)
        found = json.loads(report.read_text(encoding="utf-8"))["findings"]
        assert any(one["code"] == "date-impossible" for one in found)
        return built, walls, quads, len(found)


UPPER = "关于推进政务公开的实施办法\n\n一、主要任务\n\n" + "".join(
    f"（{n}）{thing}公开。2018年6月30日前公开{thing}的依据、条件、程序和结果。（办公厅牵头落实）\n\n"
    for n, thing in zip(
        "一二三四五六七八九十",
        ("权责清单", "许可目录", "决策事项", "政策文件", "执法信息", "办税指南", "机构职能", "预算决算", "年度报告", "统计数据"),
        strict=True,
    )
)


def table(number: int) -> str:
    things = ("权责清单", "许可目录", "决策事项", "政策文件", "执法信息", "办税指南", "机构职能", "预算决算", "年度报告", "统计数据")
    rows = "".join(
        f"{at},公开,2018年6月30日前公开{thing}的依据、条件、程序和结果。,办公室,办公室,2018年6月30日前\n"
        for at, thing in enumerate(things, start=1)
    )
    return f"第{number}市政务公开任务分工表\n序号,主要任务,具体举措,牵头部门,责任部门,完成时限\n{rows}"


def main(copies: list[int]) -> None:
    from zhengmai.store import current_snapshot
    from zhengmai.workspace import current_workspace

    if copies[:1] == [0]:
        built, walls, quads, found = one_of_many(copies[1] if len(copies) > 1 else 1000)
        print(f"{quads:9} quads: one changed document: built again in {built:.1f} s,", end=" ")
        print(
            f"judged and reported in {', '.join(f'{wall:.2f}' for wall in walls)} s (a process of its own each), {found} findings",
            flush=True,
        )
        return
    source = current_snapshot(current_workspace().built_dir) / "graph.nq"
    with tempfile.TemporaryDirectory() as folder:
        for count in copies:
            path = Path(folder) / f"{count}.nq"
            quads = grown(source, count, path)
            wall, cpu, found = ours(path)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
            print(
                f"{quads:9} quads: validation and report {wall:.1f} s ({cpu:.1f} s of processor), {found} findings, peak {peak:.2f} GB",
                flush=True,
            )
            if count <= 5:
                mine, theirs = core(path)
                print(f"{quads:9} quads: Core shapes {mine:.2f} s, pySHACL {theirs:.1f} s: {theirs / mine:.0f} times", flush=True)


def against_pyshacl(copies: int, limit_s: float) -> None:
    """Print how all our rules fare against pySHACL with the SPARQL constraints, and what it is reckoned to take."""
    from zhengmai.store import current_snapshot
    from zhengmai.workspace import current_workspace

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grown.nq"
        quads = grown(current_snapshot(current_workspace().built_dir) / "graph.nq", copies, path)
        _, whole, _ = ours(path)
        mine, theirs, ended = with_sparql(path, limit_s)
        print(f"{quads:9} quads, processor seconds: all rules {mine:.2f} (with loading and the report {whole:.2f})", flush=True)
        if limit_s:
            least, became = ("", "ended, same findings") if ended else ("at least ", "stopped, not ended")
            print(f"{quads:9} quads: pySHACL with SPARQL constraints {theirs:.0f} s, {became}:", end=" ")
            print(f"{least}{theirs / mine:.0f} times ({least}{theirs / whole:.0f} with loading and the report on our side)", flush=True)
        guess = by_nodes(path)
        print(f"{quads:9} quads: pySHACL extrapolated from 6 nodes of each check: {guess:.0f} s,", end=" ")
        print(f"{guess / mine:.0f} times ({guess / whole:.0f} with loading and the report on our side)", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["sparql"]:
        given = [float(word) for word in sys.argv[2:]]
        against_pyshacl(int(given[0]) if given else 5, given[1] if len(given) > 1 else 1200.0)
    else:
        main([int(count) for count in sys.argv[1:]] or [5, 45])
