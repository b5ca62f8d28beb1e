"""Our rules against pySHACL on the same graph, and a million quads with the full report: ``python benchmarks/validate.py [COPIES …]``.

The graph is the three documents copied under new names (5 copies are about 100,000 quads, 45 a million), authorities and cited documents
renamed with them. Both sides find the same results; pySHACL gets the flattened graph in memory and is timed without its loading. With
SPARQL constraints pySHACL runs one query for each node: it is timed on one copy, and the figure for more is that times the copies.
Wanted: 5 times as fast with Core alone, 50 times with SPARQL constraints; a million quads in 30 s and 2 GB.
"""

from __future__ import annotations

import re
import resource
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
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
    from validation.report import make_report, write_json
    from validation.runner import all_rules, validate_store

    wall, cpu = perf_counter(), process_time()
    store = load_data(path)
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


def with_sparql(path: Path) -> tuple[float, float]:
    """Return processor seconds of all our rules: ours, and pySHACL with the checks as SPARQL constraints."""
    from pyshacl import validate as pyshacl_validate

    from validation.check_files import load_checks, run_check
    from validation.graph import flatten, load_data
    from validation.places import Places
    from validation.shacl_form import shacl_graph
    from validation.shapes import run_shapes, shapes_graph

    store = load_data(path)
    places, flat = Places(store), flatten(store)
    checks = [check for check in load_checks() if check.has_shacl_form]
    run_shapes(store, places)
    begun = process_time()
    run_shapes(store, places)
    for check in checks:
        run_check(check, store, places)
    between = process_time()
    pyshacl_validate(flat, shacl_graph=shapes_graph() + shacl_graph(checks), inference="none", advanced=False, inplace=True)
    return between - begun, process_time() - between


def main(copies: list[int]) -> None:
    from zhengmai.store import current_snapshot
    from zhengmai.workspace import current_workspace

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
        path = Path(folder) / "one.nq"
        quads = grown(source, 1, path)
        mine, theirs = with_sparql(path)
        print(
            f"{quads:9} quads: all rules {mine:.2f} s, pySHACL with SPARQL constraints {theirs:.1f} s: {theirs / mine:.0f} times",
            flush=True,
        )


if __name__ == "__main__":
    main([int(count) for count in sys.argv[1:]] or [5, 45])
