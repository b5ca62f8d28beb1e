"""The candidate step beside its peers: our index, TF-IDF + sparse_dot_topn, brute-force rapidfuzz; time, memory and recall@1.

  python -m benchmarks.candidates                     a curve of our own, growing to --tasks
  python -m benchmarks.candidates --peers 4000        beside it the peers, on so many tasks
  python -m benchmarks.candidates --tasks 290000 --sentences 20000

The texts are sentences of the three documents and of our own pairs, joined to clauses and then changed as local texts change them:
phrases dropped and swapped, other words for common ones, a local prefix. Seeded; the truth is which sentence each came from. Peers' times
on all tasks are extrapolated from those run (each is linear in the tasks) and said to be. The peers need scikit-learn and sparse-dot-topn.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
from pathlib import Path
from time import perf_counter, process_time

from lineage.candidates import Candidates
from lineage.fold import fold_plain
from loaders.extract import extract_file

ROOT = Path(__file__).resolve().parents[1]
SWAPS = (
    ("建立", "健全"),
    ("推进", "推动"),
    ("加强", "强化"),
    ("公开", "公示"),
    ("制定", "出台"),
    ("完善", "优化"),
    ("开展", "组织"),
    ("及时", "按时"),
)
PREFIXES = ("", "", "各区", "市直各部门要", "依托政务平台", "结合本地实际", "由牵头单位负责")


def corpus(sentences: int, tasks: int) -> tuple[list[str], list[str], list[int]]:
    """Return upper sentences, local texts, and the number of the sentence each local text was made of."""
    draw = random.Random(11)
    files = [*(ROOT / "graph_data" / "sources").glob("0*.txt"), *(ROOT / "tests" / "data" / "gold" / "ours").glob("*/upper.txt")]
    pieces = sorted(
        {p for f in sorted(files) for s in extract_file(f).provisions for p in re.split("[，,；]", s.text) if 6 <= len(p) <= 40}
    )
    upper = ["，".join(draw.sample(pieces, draw.randint(2, 5))) + "。" for _ in range(sentences)]
    truth = [draw.randrange(sentences) for _ in range(tasks)]
    return [fold_plain(u) for u in upper], [fold_plain(_local(upper[at], draw)) for at in truth], truth


def _local(sentence: str, draw: random.Random) -> str:
    parts = [p for p in sentence.rstrip("。").split("，") if draw.random() > 0.25] or [sentence]
    if draw.random() < 0.3:
        draw.shuffle(parts)
    text = draw.choice(PREFIXES) + "，".join(parts)
    for old, new in SWAPS:
        if draw.random() < 0.5:
            text = text.replace(old, new)
    return "".join(c for c in text if draw.random() > 0.04)


def ours(upper: list[str], lower: list[str], truth: list[int]) -> tuple[float, float, float, float]:
    """Return seconds, seconds of processor time, recall@1 and recall@10."""
    begun, worked = perf_counter(), process_time()
    first = tenth = at = 0
    for found in Candidates(upper).search(lower):
        for row in found.sentences:
            first += int(row[0] == truth[at])
            tenth += int(truth[at] in row)
            at += 1
    return perf_counter() - begun, process_time() - worked, first / len(lower), tenth / len(lower)


def tfidf(upper: list[str], lower: list[str], truth: list[int]) -> tuple[float, float]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    begun = perf_counter()
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
    above = vectorizer.fit_transform(upper).T.tocsr()
    best = sp_matmul_topn(vectorizer.transform(lower), above, top_n=1, n_threads=2, sort=True)
    right = sum(int(best.indptr[i] < best.indptr[i + 1] and best.indices[best.indptr[i]] == truth[i]) for i in range(len(lower)))
    return perf_counter() - begun, right / len(lower)


def fuzz(upper: list[str], lower: list[str], truth: list[int]) -> tuple[float, float]:
    from rapidfuzz import fuzz as ratios
    from rapidfuzz import process

    begun = perf_counter()
    right = 0
    for start in range(0, len(lower), 200):
        scores = process.cdist(lower[start : start + 200], upper, scorer=ratios.ratio, workers=2)
        right += sum(int(row.argmax() == truth[start + i]) for i, row in enumerate(scores))
    return perf_counter() - begun, right / len(lower)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=40_000)
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--peers", type=int, default=0)
    args = parser.parse_args()
    upper, lower, truth = corpus(args.sentences, args.tasks)
    print(f"{'tasks':>8} {'sentences':>9} {'seconds':>8} {'CPU s':>7} {'recall@1':>8} {'recall@10':>9} {'MB':>6}")
    for part in (8, 4, 2, 1):
        n = args.tasks // part
        seconds, cpu, first, tenth = ours(upper, lower[:n], truth[:n])
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{n:8} {len(upper):9} {seconds:8.1f} {cpu:7.1f} {first:8.3f} {tenth:9.3f} {memory:6.0f}", flush=True)
    for name, peer in (("TF-IDF 2-3 + sparse_dot_topn", tfidf), ("rapidfuzz cdist", fuzz)):
        n = min(args.peers, args.tasks) if peer is tfidf else min(args.peers // 10, args.tasks)
        if n:
            own, cpu, first, _ = ours(upper, lower[:n], truth[:n])
            worked = process_time()
            took, right = peer(upper, lower[:n], truth[:n])
            worked = process_time() - worked
            print(
                f"{name}, {n} tasks: {took:.1f} s ({worked:.1f} CPU), recall@1 {right:.3f}; ours {own:.1f} s ({cpu:.1f} CPU), {first:.3f}"
            )
            print(f"  for {args.tasks} tasks, extrapolated: {took * args.tasks / n:.0f} s ({worked * args.tasks / n:.0f} CPU)", flush=True)


if __name__ == "__main__":
    main()
