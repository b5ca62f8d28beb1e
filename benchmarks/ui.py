"""The pages in a real browser: until a page is painted and until it stands (warm, from asking for its address), what an interaction takes.

``python -m benchmarks.ui [--quads N] [--in DIR]``: the workspace's own graph, or one grown to N quads from it (kept in DIR, and used
again). A page is painted once its heading can be seen, and stands once nothing is computed or drawn any more; each figure is the median
of RUNS. Beside the clock stands the processor time of the server and its workers, which a busy machine changes little.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from zhengmai.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
RUNS = 3
GZ, HC, SAT = "gz-stb-openness-tasks", "hechi-three-systems-tasks", "sat-20170427-openness"
# An answer may come whole between two pictures: then no state of the page ever says that anything runs. What tells is the answer itself,
# and two pictures later the page says whether more is to come.
HEARS = """() => {
  const Own = window.WebSocket, heard = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.answered = true }));
  window.WebSocket = class extends Own { constructor(...all) { super(...all); this.addEventListener('message', heard); } };
}"""
STANDS = """() => {
  const app = document.querySelector("[data-testid='stApp']");
  return app && app.dataset.testScriptState === 'notRunning' && document.querySelector('h1')
    && !document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner], [data-stale=true]');
}"""


def main() -> None:
    from browser import Visitor, chromium, running_pages

    parser = argparse.ArgumentParser()
    parser.add_argument("--quads", type=int, default=0)
    parser.add_argument("--in", dest="folder", type=Path)
    parser.add_argument("--only", nargs="*", help="pages, by their path (home for the first)")
    parser.add_argument("--at", help="the address of pages that run already over that workspace")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        workspace, own = _grown(args.folder or Path(temporary), args.quads) if args.quads else (ROOT / "graph_data", True)
        with nullcontext(args.at) if args.at else running_pages(workspace) as address, chromium() as browser:
            visitor = Visitor(browser, address)
            visitor.context.add_init_script(f"({HEARS})()")
            visitor.opens("")
            print(f"{'page':14}{'first ms':>10}{'painted ms':>12}{'stands ms':>11}{'CPU':>8}   interaction ms (CPU)")
            for name, link in _pages(GZ if own else "gz-1", SAT if own else "sat-0").items():
                if args.only and (name or "home") not in args.only:
                    continue
                (_, first, _), *times = [_opened(visitor.page, f"{address}/{name}?{link}") for _ in range(RUNS + 1)]
                painted, stands, cpu = _medians(times)
                acts = []
                for said, act in ACTS.get(name, {}).items():
                    clock, spent = _acted(visitor.page, act)
                    acts.append(f"{said} {clock:.0f} ({spent:.0f})")
                print(f"{name or 'home':14}{first:10.0f}{painted:12.0f}{stands:11.0f}{cpu:8.0f}   {' · '.join(acts)}", flush=True)
            visitor.leaves()


def _pages(lower: str, upper: str) -> dict[str, str]:
    return {
        "": "",
        "topics": f"query=which-tasks-implement-clause&p.clause={upper}:5.2&p.lower={lower}",
        "search": "words=首问责任制",
        "trace": f"upper={upper}&lower={lower}&clause={upper}:5.2",
        "deadlines": f"on=2017-08-01&by=2019-12-31&document={lower}",
        "departments": f"document={lower}",
        "concordance": f"upper={upper}&lower={lower}",
        "ledger": f"document={lower}",
        "sparql": "",
        "review": "by=张三&order=document",
        "compare": f"doc={lower}&at=27",
        "import": "",
        "check": "",
    }


def _server_ms(page) -> float:  # type: ignore[no-untyped-def]
    """Return the processor time of the server of a page, its workers and those that ended, in milliseconds."""
    stats, servers, port = {}, set(), f"--port\0{urlsplit(page.url).port}\0".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        stats[int(folder.name)] = (int(fields[1]), sum(map(int, fields[11:15])))
        servers |= {int(folder.name)} if port in command else set()
    while more := {pid for pid, (parent, _) in stats.items() if parent in servers} - servers:
        servers |= more
    return sum(stats[pid][1] for pid in servers) * 1000 / os.sysconf("SC_CLK_TCK")


def _medians(times: list[tuple[float, ...]]) -> tuple[float, ...]:
    return tuple(statistics.median(one) for one in zip(*times, strict=True))


def _opened(page, address: str) -> tuple[float, ...]:  # type: ignore[no-untyped-def]
    begun, spent = perf_counter(), _server_ms(page)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => document.querySelector('h1')", polling=20, timeout=900_000)
    painted = perf_counter() - begun
    page.wait_for_function(STANDS, polling=20, timeout=900_000)
    return painted * 1000, (perf_counter() - begun) * 1000, _server_ms(page) - spent


def _acted(page, act) -> tuple[float, ...]:  # type: ignore[no-untyped-def]
    """Return the median time of an interaction, done and undone, until nothing is computed any more."""
    times = []
    for _ in range(RUNS):
        page.evaluate("() => { window.answered = false }")
        begun, spent = perf_counter(), _server_ms(page)
        act(page)
        page.wait_for_function("() => window.answered", polling=20)
        page.wait_for_function(STANDS, polling=20, timeout=900_000)
        times.append(((perf_counter() - begun) * 1000, _server_ms(page) - spent))
    return _medians(times)


def _switch(page) -> None:  # type: ignore[no-untyped-def]
    page.locator("[data-testid='stSidebar'] label:has(input[type=checkbox])").first.click()


def _views(*names: str) -> Callable[[object], None]:
    left = list(names)

    def act(page) -> None:  # type: ignore[no-untyped-def]
        page.locator("[data-testid='stButtonGroup'] button", has_text=left[0]).first.click()
        left.append(left.pop(0))

    return act


ACTS: dict[str, dict[str, Callable[..., None]]] = {
    "": {"people only": _switch},
    "topics": {"people only": _switch, "ask": lambda page: page.get_by_role("button", name="查询", exact=True).click()},
    "trace": {"people only": _switch, "view": _views("未见承接", "部分与部门", "对应关系")},
    "deadlines": {"people only": _switch, "view": _views("期内到期", "无日期", "期限已过")},
    "departments": {"people only": _switch},
    "concordance": {"people only": _switch},
    "ledger": {"people only": _switch},
    "review": {"next": lambda page: page.keyboard.press("n")},
    "check": {"people only": _switch},
}


def _grown(folder: Path, quads: int) -> tuple[Path, bool]:
    """Return a workspace whose graph, sources and review are the seeds' own, copied to about so many quads."""
    from benchmarks.saved_questions import million
    from zhengmai.store import current_snapshot, publish_snapshot
    from zhengmai.workspace import Workspace

    workspace, seeds = Workspace(folder / "grown"), Workspace(ROOT / "graph_data")
    if not (workspace.built_dir / "current").exists():
        workspace.built_dir.mkdir(parents=True, exist_ok=True)
        lines = million(current_snapshot(seeds.built_dir) / "graph.nq", quads)
        copies = sum(1 for line in lines if "#TaskTable>" in line and "/id/doc/gz-" in line)
        publish_snapshot(workspace.built_dir, lines)
        _copy_files(seeds, workspace, copies)
    return workspace.path, False


def _copy_files(seeds: Workspace, grown: Workspace, copies: int) -> None:
    """Copy the source files and what the reviewers see, under the slugs of the copied graph."""
    import yaml

    listed = []
    entries = {entry["slug"]: entry for entry in yaml.safe_load(seeds.sources_file.read_text(encoding="utf-8"))["sources"]}
    grown.sources_dir.mkdir(exist_ok=True)
    (grown.built_dir / "review").mkdir(exist_ok=True)
    for k in range(copies):
        slugs = {GZ: f"gz-{k}", HC: f"hc-{k}", SAT: f"sat-{k // 3}"}
        for slug, own in slugs.items():
            file = f"{own}.txt"
            if not (grown.sources_dir / file).exists():
                (grown.sources_dir / file).write_bytes((seeds.sources_dir / entries[slug]["file"]).read_bytes())
                listed.append({**entries[slug], "slug": own, "file": file})
        for lower in (GZ, HC):
            said = (seeds.built_dir / "review" / f"{lower}--{SAT}.json").read_text(encoding="utf-8")
            for slug, own in slugs.items():
                said = said.replace(slug, own)
            (grown.built_dir / "review" / f"{slugs[lower]}--{slugs[SAT]}.json").write_text(said, encoding="utf-8")
    grown.sources_file.write_text(yaml.safe_dump({"sources": listed}, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    main()
