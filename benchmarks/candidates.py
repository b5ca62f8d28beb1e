"""The candidate step beside its peers: our index, TF-IDF + sparse_dot_topn, brute-force rapidfuzz; time, memory and recall@1.

  python -m benchmarks.candidates                                          our curve, doubling up to 290,000 tasks
  python -m benchmarks.candidates --tfidf 290000 --fuzz 600                beside it the peers, on so many tasks each
  python -m benchmarks.candidates --tasks 40000 --sentences 20000

The texts are sentences of the three documents and of our own pairs, joined to clauses and then changed as local texts change them:
phrases dropped and swapped, other words for common ones, a local prefix. Seeded; the truth is which sentence each came from. A peer run
on fewer tasks is scaled to all (each is linear in the tasks) and said to be; beside its recall stands ours on the same tasks. Every
method has a process of its own, so that its memory is its own and the texts'. The peers need scikit-learn and sparse-dot-topn.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
    pieces = phrases()
    upper = ["，".join(draw.sample(pieces, draw.randint(2, 5))) + "。" for _ in range(sentences)]
    truth = [draw.randrange(sentences) for _ in range(tasks)]
    return [fold_plain(u) for u in upper], [fold_plain(_local(upper[at], draw)) for at in truth], truth


def phrases() -> list[str]:
    """Return the phrases between commas of the three documents and of our own pairs, sorted."""
    files = [*(ROOT / "graph_data" / "sources").glob("0*.txt"), *(ROOT / "tests" / "data" / "gold" / "ours").glob("*/upper.txt")]
    return sorted({p for f in sorted(files) for s in extract_file(f).provisions for p in re.split("[，,；]", s.text) if 6 <= len(p) <= 40})


def _local(sentence: str, draw: random.Random) -> str:
    parts = [p for p in sentence.rstrip("。").split("，") if draw.random() > 0.25] or [sentence]
    if draw.random() < 0.3:
        draw.shuffle(parts)
    text = draw.choice(PREFIXES) + "，".join(parts)
    for old, new in SWAPS:
        if draw.random() < 0.5:
            text = text.replace(old, new)
    return "".join(c for c in text if draw.random() > 0.04)


@dataclass(frozen=True)
class Run:
    """What one method took: seconds by the clock and of the processors, recall at 1 (and at 10 where it gives ten), peak memory."""

    seconds: float
    cpu: float
    first: float
    tenth: float
    megabytes: float


Texts = tuple[list[str], list[str], list[int]]


def ours(upper: list[str], lower: list[str], truth: list[int]) -> tuple[int, int]:
    """Return how many tasks find their sentence first, and among the first ten; so do the others, which give one."""
    first = tenth = at = 0
    for found in Candidates(upper).search(lower):
        for row in found.sentences.tolist():
            first += int(row[0] == truth[at])
            tenth += int(truth[at] in row)
            at += 1
    return first, tenth


def tfidf(upper: list[str], lower: list[str], truth: list[int]) -> tuple[int, int]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sparse_dot_topn import sp_matmul_topn

    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(2, 3))
    above = vectorizer.fit_transform(upper).T.tocsr()
    best = sp_matmul_topn(vectorizer.transform(lower), above, top_n=1, n_threads=2, sort=True)
    starts = best.indptr
    return sum(int(starts[i] < starts[i + 1] and best.indices[starts[i]] == truth[i]) for i in range(len(lower))), 0


def fuzz(upper: list[str], lower: list[str], truth: list[int]) -> tuple[int, int]:
    from rapidfuzz import fuzz as ratios
    from rapidfuzz import process

    right = 0
    for start in range(0, len(lower), 200):
        scores = process.cdist(lower[start : start + 200], upper, scorer=ratios.ratio, workers=2)
        right += sum(int(row.argmax() == truth[start + i]) for i, row in enumerate(scores))
    return right, 0


def alone(method: Callable[[list[str], list[str], list[int]], tuple[int, int]], texts: Texts, tasks: int) -> Run:
    """Run a method on the first ``tasks`` in a process of its own."""
    receive, send = multiprocessing.Pipe(duplex=False)

    def work() -> None:
        upper, lower, truth = texts
        begun, worked = perf_counter(), process_time()
        first, tenth = method(upper, lower[:tasks], truth)
        took = perf_counter() - begun, process_time() - worked
        send.send(Run(*took, first / tasks, tenth / tasks, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    run: Run = receive.recv()
    child.join()
    return run


def line(*cells: object) -> None:
    first, *rest = cells
    widths = (9, 10, 9, 9, 9, 6, 12)
    print(f"{first!s:<30}", *(f"{cell!s:>{width}}" for cell, width in zip(rest, widths, strict=True)), flush=True)


def main(given: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=290_000)
    parser.add_argument("--sentences", type=int, default=20_000)
    parser.add_argument("--tfidf", type=int, default=0, metavar="TASKS")
    parser.add_argument("--fuzz", type=int, default=0, metavar="TASKS")
    args = parser.parse_args(given)
    texts = corpus(args.sentences, args.tasks)
    print(f"{args.sentences} sentences")
    line("method", "tasks", "seconds", "CPU s", "recall@1", "recall@10", "MB", "ours faster")
    for part in (16, 8, 4, 2, 1):
        whole = alone(ours, texts, args.tasks // part)
        cells = f"{whole.seconds:.2f}", f"{whole.cpu:.2f}", f"{whole.first:.3f}", f"{whole.tenth:.3f}", f"{whole.megabytes:.0f}"
        line("ours", args.tasks // part, *cells, "")
    for name, method, wanted in (("TF-IDF 2-3 + sparse_dot_topn", tfidf, args.tfidf), ("rapidfuzz cdist ratio", fuzz, args.fuzz)):
        tasks = min(wanted, args.tasks)
        if tasks:
            run, same = alone(method, texts, tasks), alone(ours, texts, tasks)
            line(name, tasks, f"{run.seconds:.1f}", f"{run.cpu:.1f}", f"{run.first:.3f}", "", f"{run.megabytes:.0f}", "")
            all_seconds, all_cpu = run.seconds * args.tasks / tasks, run.cpu * args.tasks / tasks
            faster = f"{all_seconds / whole.seconds:.0f}x ({all_cpu / whole.cpu:.0f}x)"
            told = "  all of them" if tasks == args.tasks else "  scaled to all"
            line(told, args.tasks, f"{all_seconds:.0f}", f"{all_cpu:.0f}", "", "", "", faster)
            line("  ours on the same tasks", tasks, f"{same.seconds:.2f}", f"{same.cpu:.2f}", f"{same.first:.3f}", "", "", "")


if __name__ == "__main__":
    main()
