"""The twenty commonest saved questions on a million quads: p50 and p95 in the memory engine, as behind ``serve``, the one-shot command on
disk, and the same SPARQL on rdflib's memory store (one run each, stopped after CAP seconds, so that its figure is a lower bound then).

The graph is the seeds' own, copied: each copy a city with its table and its county's, three cities to one national document.
``python -m benchmarks.saved_questions [QUADS] [--without-rdflib]``
"""

from __future__ import annotations

import gc
import json
import math
import signal
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
CAP, RUNS = 10, 9
BASE = "https://w3id.org/zhengmai/id/"
PAIR = {"upper": "sat-{u}", "lower": "gz-{k}"}
QUESTIONS: list[tuple[str, dict[str, str]]] = [
    ("which-tasks-implement-clause", {"clause": "sat-{u}:5.2", "lower": "gz-{k}"}),
    ("basis-chain-of-task", {"task": "gz-{k}:27"}),
    ("sentences-of-task", {"task": "gz-{k}:27"}),
    ("uncovered-provisions", PAIR),
    ("tasks-beyond-upper", PAIR),
    ("lead-drift", PAIR),
    ("deadline-drift", PAIR),
    ("splits-and-joins", PAIR),
    ("coverage-by-section", PAIR),
    ("clauses-over-departments", PAIR),
    ("load-by-department", {"document": "gz-{k}"}),
    ("only-generic-actors", {"document": "gz-{k}"}),
    ("who-works-with-whom", {"document": "gz-{k}"}),
    ("due-by", {"date": "2018-12-31", "document": "gz-{k}"}),
    ("triggers", {"document": "gz-{k}"}),
    ("minimum-frequencies", {"document": "gz-{k}"}),
    ("duties-of-level", {"document": "hc-{k}", "level": "county"}),
    ("compare-cities", {"clause": "sat-{u}:5.2"}),
    ("tasks-of-department", {"department": BASE + "org/cn-gz-{k}/dept/information"}),
    ("origin-of-value", {"thing": BASE + "doc/gz-{k}/task/10"}),
]


def million(seeds: Path, quads: int) -> list[str]:
    """Return about so many sorted N-Quads lines: the seeds' graph copied under other slugs."""
    lines = seeds.read_text(encoding="utf-8").splitlines()
    found: set[str] = set()
    copy = 0
    while len(found) < quads:
        names = {
            "gz-stb-openness-tasks": f"gz-{copy}",
            "sat-20170427-openness": f"sat-{copy // 3}",
            "hechi-three-systems-tasks": f"hc-{copy}",
            "cn-gz-stb": f"cn-gz-{copy}",
            "cn-hechi-tax-system": f"cn-hc-{copy}",
        }
        for line in lines:
            for old, new in names.items():
                line = line.replace(old, new)
            found.add(line)
        copy += 1
    return sorted(found)


def main(quads: int, with_rdflib: bool) -> None:
    sys.path.insert(0, str(ROOT))
    from queries.run import run_query
    from zhengmai.store import current_snapshot, open_snapshot, publish_snapshot
    from zhengmai.workspace import current_workspace

    with tempfile.TemporaryDirectory() as folder:
        lines = million(current_snapshot(current_workspace().built_dir) / "graph.nq", quads)
        copies = sum(1 for line in lines if "#TaskTable>" in line and "/id/doc/gz-" in line)
        publish_snapshot(Path(folder), lines)
        print(f"{len(lines):,} quads, {copies} cities")
        del lines
        snapshot = current_snapshot(Path(folder))
        asked: dict[str, list[str]] = {}
        memory = timed(open_snapshot(snapshot, engine="memory"), copies, RUNS, run_query, asked)
        gc.collect()
        disk = timed(open_snapshot(snapshot, engine="disk"), copies, 3, run_query, {})
        other = on_rdflib(snapshot / "graph.nq", asked) if with_rdflib else {}
    headings = ("rows", 5), ("p50 ms", 8), ("p95 ms", 8), ("CPU p50", 8), ("CPU p95", 8), ("disk p50", 9), ("rdflib ms", 10), ("ratio", 7)
    print(f"{'question':28}", *(f"{heading:>{width}}" for heading, width in headings))
    for name, (rows, times, cpu) in memory.items():
        p50 = statistics.median(times)
        theirs = other.get(name)
        told = f"{'≥' if theirs >= CAP * 1000 else ''}{theirs:,.0f}" if theirs else ""
        ratio = f"{theirs / p50:,.0f}×" if theirs else ""
        figures = f"{p50:8.1f} {p95(times):8.1f} {statistics.median(cpu):8.1f} {p95(cpu):8.1f} {statistics.median(disk[name][1]):9.1f}"
        print(f"{name:28} {rows:5} {figures} {told:>10} {ratio:>7}")
    if other:
        ratios = [other[name] / statistics.median(times) for name, (_, times, _) in memory.items() if name in other]
        print(f"geometric mean: {math.exp(statistics.mean(map(math.log, ratios))):,.0f}× of {len(ratios)} questions")


def p95(times: list[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def timed(store, copies, runs, run_query, asked):  # type: ignore[no-untyped-def]
    """Return question → rows, milliseconds of each run (another city each time), processor milliseconds of each."""
    found = {}
    for name, params in QUESTIONS:
        times, cpu, rows = [], [], 0
        for run in range(runs + 1):
            city = (7 * run) % copies
            given = {key: value.format(k=city, u=city // 3) for key, value in params.items()}
            begun, spent = perf_counter(), process_time()
            answer = run_query(name, given, store)
            if run:  # the first warms up
                times.append((perf_counter() - begun) * 1000)
                cpu.append((process_time() - spent) * 1000)
            rows = len(answer.rows)
            asked[name] = [answer.sparql]
        found[name] = (rows, times, cpu)
    return found


def on_rdflib(path: Path, asked: dict[str, list[str]]) -> dict[str, float]:
    """Return question → milliseconds of the same SPARQL on rdflib, at most CAP seconds each."""
    from rdflib import Dataset

    begun = perf_counter()
    graph = Dataset(default_union=True)
    graph.parse(path, format="nquads")
    print(f"rdflib read the graph in {perf_counter() - begun:.0f} s", flush=True)

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    found = {}
    for name, (sparql,) in asked.items():
        begun = perf_counter()
        signal.setitimer(signal.ITIMER_REAL, CAP)
        try:
            list(graph.query(sparql))
        except TimeoutError:
            pass
        except Exception as error:  # what rdflib cannot answer is left out and told
            print(f"rdflib: {name}: {type(error).__name__}", file=sys.stderr)
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        found[name] = (perf_counter() - begun) * 1000
        print(json.dumps({name: round(found[name])}), file=sys.stderr, flush=True)
    return found


if __name__ == "__main__":
    given = [word for word in sys.argv[1:] if word.isdigit()]
    main(int(given[0]) if given else 1_000_000, "--without-rdflib" not in sys.argv)
