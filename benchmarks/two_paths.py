"""Our SELECTs against pySHACL on whole graphs: ``python -m benchmarks.two_paths [--limit S] [--write] [seeds] [hundred] [NAME …]``.

The Core shapes are held equal whole; each check is the same text as an ``sh:sparql`` shape, and pySHACL asks it once for every node.
Each has ``--limit`` seconds of processor time (300) for itself, so that one that does not end keeps no other from being compared: focus
node, path and value of every result, on the flattened graph as it is, the three documents first. ``--write`` puts the table into
docs/two-paths.md. Status 1 where the two differ.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Graph

    from validation.check_files import Check
    from validation.findings import ReportFinding

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "two-paths.md"
GRAPHS = ("seeds", "hundred")
NAMED = {
    "seeds": "the three documents",
    "hundred": "a hundred made-up documents, most of them faulty, and small graphs broken for each check (tests/hundred_documents.py)",
}
sys.path.insert(0, str(ROOT / "tests"))

Result = tuple[str, str, str]
T = TypeVar("T")


class _TimeUp(BaseException):
    """Above Exception, so that no engine takes it for its own."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What both paths found by one rule (``theirs`` None: pySHACL did not end), and their processor seconds."""

    rule: str
    nodes: int
    mine: frozenset[Result]
    mine_s: float
    theirs: frozenset[Result] | None
    theirs_s: float

    @property
    def verdict(self) -> str:
        if self.theirs is None:
            return f"not finished in {self.theirs_s:.0f} s"
        return "equal" if self.mine == self.theirs else f"DIFFERS: {sorted(self.mine ^ self.theirs)[:3]}"


def compare_core(store: Store, flat: Graph, limit_s: float) -> Compared:
    """Return both paths' results by all Core shapes together."""
    from validation.own_shapes import shapes_graph
    from validation.places import Places
    from validation.shapes import run_shapes

    shapes, places = shapes_graph(), Places(store)
    mine, mine_s = within(lambda: by_ours(run_shapes(store, places)), 1e6)
    theirs, theirs_s = within(lambda: by_pyshacl(flat, shapes), limit_s)
    assert mine is not None
    return Compared("(all Core shapes)", len(set(flat.subjects())), mine, mine_s, theirs, theirs_s)


def compare_check(check: Check, store: Store, flat: Graph, limit_s: float) -> Compared:
    """Return both paths' results by one check."""
    from validation.check_files import run_check
    from validation.places import Places
    from validation.shacl_form import shacl_graph

    places, shapes = Places(store), shacl_graph([check])
    mine, mine_s = within(lambda: by_ours(run_check(check, store, places)), 1e6)
    theirs, theirs_s = within(lambda: by_pyshacl(flat, shapes), limit_s)
    assert mine is not None
    from checked_nodes import nodes_of

    return Compared(check.name, len(nodes_of(check, flat)), mine, mine_s, theirs, theirs_s)


def by_ours(findings: Iterable[ReportFinding]) -> frozenset[Result]:
    return frozenset((f.focus, f.path, "" if f.value == f.focus else f.value) for f in findings)


def by_pyshacl(flat: Graph, shapes: Graph) -> frozenset[Result]:
    from pyshacl import validate as pyshacl_validate
    from rdflib import BNode, Graph, Namespace

    sh = Namespace("http://www.w3.org/ns/shacl#")
    _, report, _ = pyshacl_validate(flat, shacl_graph=shapes, inference="none", advanced=False, inplace=True)
    assert isinstance(report, Graph)

    def results() -> Iterator[Result]:
        for one in report.objects(None, sh.result):
            focus, path, value = (report.value(one, part) for part in (sh.focusNode, sh.resultPath, sh.value))
            single = "" if path is None or isinstance(path, BNode) else str(path)
            yield str(focus), single, "" if value is None or value == focus else str(value)

    return frozenset(results())


def within(work: Callable[[], T], limit_s: float) -> tuple[T | None, float]:
    """Return what the work gives, None when it takes more than so many seconds of processor time, and the seconds."""

    def stop(*_: object) -> None:
        raise _TimeUp

    signal.signal(signal.SIGVTALRM, stop)
    begun = process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, limit_s)
    try:
        return work(), process_time() - begun
    except _TimeUp:
        return None, limit_s
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def graph_of(name: str) -> Path:
    """Return the graph of a set of documents, built where it is not there yet."""
    from hundred_documents import hundred_and_broken
    from seed_graph import seed_store

    return hundred_and_broken() if name == "hundred" else seed_store().path / "graph.nq"


def page(done: dict[str, tuple[int, list[Compared]]], limit_s: float) -> str:
    """Return the Markdown page of what was compared."""
    from validation.check_files import load_checks

    lines = [
        "# Two paths, one result",
        "",
        f"Written by `python -m benchmarks.two_paths --write --limit {limit_s:g}`. Every rule of ours is one SELECT over the store; the",
        "same text is a SHACL shape, which pySHACL runs over the flattened graph, for a check once a node. Held against each other: focus",
        "node, path and value of every result. Seconds are of processor time on a shared machine. A check that has nothing to report in",
        "these graphs has its bad and its good case in `tests/test_checks.py`, where both paths see it too; `tests/test_two_paths.py`",
        "repeats this on some nodes of each graph.",
    ]
    graphs_only = [check.name for check in load_checks() if not check.has_shacl_form]
    lines += [
        "",
        f"Not here: {', '.join(graphs_only)}, which asks for the named graph a triple stands in; `tests/test_checks.py` compares it.",
    ]
    for name, (triples, rows) in done.items():
        equal = sum(one.verdict == "equal" for one in rows)
        mine_s, theirs_s = sum(one.mine_s for one in rows), sum(one.theirs_s for one in rows)
        lines += [
            "",
            f"## {name}: {NAMED[name]}",
            "",
            f"{triples} triples; {equal} of {len(rows)} equal; ours {mine_s:.1f} s, pySHACL {theirs_s:.0f} s.",
            "",
            "| rule | nodes | results | ours, s | pySHACL, s | |",
            "|---|---|---|---|---|---|",
            *(f"| {one.rule} | {one.nodes} | {len(one.mine)} | {one.mine_s:.2f} | {one.theirs_s:.1f} | {one.verdict} |" for one in rows),
        ]
    return "\n".join(lines) + "\n"


def main(asked: list[str]) -> int:
    from validation.check_files import load_checks
    from validation.graph import flatten, load_data

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=300.0, help="seconds of processor time for each rule in pySHACL")
    parser.add_argument("--write", action="store_true", help="write docs/two-paths.md")
    parser.add_argument("names", nargs="*", help="seeds, hundred, or names of checks (V13-quote)")
    args = parser.parse_args(asked)
    names = [one for one in args.names if one not in GRAPHS]
    done: dict[str, tuple[int, list[Compared]]] = {}
    for graph in [one for one in GRAPHS if one in args.names] or GRAPHS:
        store = load_data(graph_of(graph))
        flat = flatten(store)
        triples, rows = len(flat), []
        checks = [check for check in load_checks() if check.has_shacl_form and (not names or check.name in names)]
        for check in [None, *checks] if not names else checks:
            one = compare_core(store, flat, args.limit) if check is None else compare_check(check, store, flat, args.limit)
            rows.append(one)
            theirs = "-" if one.theirs is None else len(one.theirs)
            said = f"{graph:8} {one.rule:24} {one.nodes:6} {len(one.mine):5} {theirs!s:>5} {one.mine_s:7.2f} s {one.theirs_s:7.1f} s"
            print(f"{said} {one.verdict}", flush=True)
        done[graph] = (triples, rows)
    if args.write:
        PAGE.write_text(page(done, args.limit), encoding="utf-8")
    return int(any(one.verdict.startswith("DIFFERS") for _, rows in done.values() for one in rows))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
