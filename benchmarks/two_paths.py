"""Every check against pySHACL on whole graphs, focus node by focus node: ``python -m benchmarks.two_paths [seeds] [hundred] [CODE …]``.

The checks are the same text as ``sh:sparql`` shapes; pySHACL asks each one once for every node, which takes minutes on a graph that ours
judges in seconds. Prints for each check how many nodes have a result on either side and how long pySHACL took; status 1 where they differ.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyoxigraph import Store
    from rdflib import Graph

    from validation.check_files import Check

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))


def compare(store: Store, check: Check, flat: Graph) -> tuple[set[str], set[str], float]:
    """Return the focus nodes our check reports, those pySHACL reports by the same text, and pySHACL's seconds."""
    from pyshacl import validate as pyshacl_validate
    from rdflib import Namespace

    from validation.check_files import run_check
    from validation.places import Places
    from validation.shacl_form import shacl_graph

    sh = Namespace("http://www.w3.org/ns/shacl#")
    mine = {finding.focus for finding in run_check(check, store, Places(store))}
    begun = process_time()
    _, report, _ = pyshacl_validate(flat, shacl_graph=shacl_graph([check]), inference="none", advanced=False, inplace=True)
    return mine, {str(node) for node in report.objects(None, sh.focusNode)}, process_time() - begun


def main(asked: list[str]) -> int:
    from hundred_documents import hundred

    from validation.check_files import load_checks
    from validation.graph import flatten, load_data
    from zhengmai.store import current_snapshot
    from zhengmai.workspace import current_workspace

    graphs = [one for one in asked if one in ("seeds", "hundred")] or ["seeds", "hundred"]
    codes = [one for one in asked if one not in ("seeds", "hundred")]
    wrong = 0
    for name in graphs:
        store = load_data(current_snapshot(current_workspace().built_dir) / "graph.nq" if name == "seeds" else hundred())
        flat = flatten(store)
        for check in load_checks():
            if not check.has_shacl_form or (codes and check.code not in codes):
                continue
            mine, theirs, seconds = compare(store, check, flat)
            wrong += mine != theirs
            verdict = "same" if mine == theirs else f"DIFFERS: {sorted(mine ^ theirs)[:3]}"
            print(f"{name:8} {check.name:24} {len(mine):5} {len(theirs):5} {seconds:7.1f} s {verdict}", flush=True)
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
