"""Full-text search over 300,000 texts: p50 and p95 of the kinds of words people type, once the index is there.

``python -m benchmarks.search [TEXTS]``

The texts are sentences of a thousand documents, joined of phrases of the three documents and of our own pairs, seeded. Each search is
asked as ``zhengmai search`` and the page ask it (twenty best hits, ranked, with snippets), the file opened anew each time.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
DOC, NS = "https://w3id.org/zhengmai/id/doc", "https://w3id.org/zhengmai/ns#"
RUNS = 7
ASKED = {
    "two characters, common": ("公开", "政务", "税务", "信息", "制度", "工作"),
    "two characters, rare": ("督查", "听证", "名单", "热线", "舆情"),
    "three and four": ("纳税人", "政务公开", "税务机关", "权责清单", "信息公开指南", "办税服务厅"),
    "a phrase": ("主动公开目录", "依申请公开", "行政处罚结果", "重大税收违法案件信息", "及时回应社会关切"),
    "several words": ("政务 公开", "公开 税务 机关", "信息 发布 及时", "制度 建立 健全", "回应 舆情 关切"),
    "with figures and letters": ("12366", "A级", "20个工作日", "2017年"),
    "nothing": ("量子力学", "鲸鱼", "zzzz"),
}


def lines(texts: int) -> Iterator[str]:
    """Yield N-Quads of so many sentences."""
    from pyoxigraph import Literal

    from benchmarks.candidates import phrases

    draw, pieces = random.Random(7), phrases()
    kind = f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{NS}Provision>"
    for at in range(texts):
        document = f"{DOC}/d{at % 1000:03}"
        words = "，".join(draw.sample(pieces, draw.randint(1, 4))) + "。"
        sentence = f"<{document}/sentence/{at}>"
        yield f"{sentence} {kind} <{document}> .\n"
        yield f"{sentence} <{NS}text> {Literal(words)} <{document}> .\n"


def main(texts: int) -> None:
    from queries.search import search
    from zhengmai.store import open_snapshot

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "graph.nq").write_text("".join(lines(texts)), encoding="utf-8")
        store = open_snapshot(folder, engine="memory")
        begun = perf_counter()
        searched = search(store, folder / "search", "公开").searched
        size = sum(f.stat().st_size for f in (folder / "search").iterdir()) / 1e6
        print(f"{searched:,} texts; the index took {perf_counter() - begun:.0f} s and {size:.0f} MB")
        print(f"{'words':28} {'asked':>5} {'hits':>7} {'p50 ms':>8} {'p95 ms':>8} {'CPU p95':>8}")
        every: list[tuple[float, float]] = []
        for label, asked in ASKED.items():
            times: list[tuple[float, float]] = []
            hits = 0
            for words in asked:
                search(store, folder / "search", words)
                for _ in range(RUNS):
                    begun, worked = perf_counter(), process_time()
                    hits = max(hits, search(store, folder / "search", words).total)
                    times.append(((perf_counter() - begun) * 1000, (process_time() - worked) * 1000))
            every += times
            print(f"{label:28} {len(asked):5} {hits:7,} {figures(times)}", flush=True)
        print(f"{'all':28} {sum(map(len, ASKED.values())):5} {'':7} {figures(every)}")


def figures(times: list[tuple[float, float]]) -> str:
    clock, worked = (sorted(one) for one in zip(*times, strict=True))
    last = math.ceil(0.95 * len(clock)) - 1
    return f"{statistics.median(clock):8.1f} {clock[last]:8.1f} {worked[last]:8.1f}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300_000)
