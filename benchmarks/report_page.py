"""How long a browser takes to open a report of many findings: ``python -m benchmarks.report_page [FINDINGS]`` (100,000 unless told).

The findings are those of the built graph under new names. Measured in headless Chromium: from the request to the load event,
and to the first search that has shown its hits. Wanted: under 3 s.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]


def main(count: int) -> None:
    from browser import find_chromium
    from playwright.sync_api import sync_playwright

    from validation.graph import load_data
    from validation.report import make_report
    from validation.runner import all_rules, validate_store
    from validation.writers import write_html
    from zhengmai.commands._sources import source_documents
    from zhengmai.store import current_snapshot
    from zhengmai.workspace import current_workspace

    store = load_data(current_snapshot(current_workspace().built_dir) / "graph.nq", trusted=True)
    found = validate_store(store)
    many = tuple(replace(f, key=f"{n:012x}") for n, f in enumerate(islice(cycle(found), count)))
    begun = perf_counter()
    page = write_html(make_report(many, rules=all_rules(found, store), sources=source_documents(current_workspace())), "zh")
    written = perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        file = Path(folder) / "report.html"
        file.write_text(page, encoding="utf-8")
        browser = play.chromium.launch(executable_path=find_chromium())
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        begun = perf_counter()
        tab.goto(file.as_uri(), wait_until="load")
        loaded = perf_counter() - begun
        tab.fill("input[type=search]", "办公室")
        tab.wait_for_function("document.querySelector('[aria-live]').textContent.length > 0")
        searched = perf_counter() - begun
        browser.close()
    print(f"{count} findings: page of {len(page) / 1e6:.1f} MB written in {written:.1f} s, loaded in {loaded:.2f} s")
    print(f"first search shown by {searched:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
