"""What reviewers wait for when there are many decisions: ``python -m benchmarks.review_many [COUNT]`` (50,000 unless told).

One pair of 5,000 tasks and 5,000 sentences, links between them, and COUNT decisions by five reviewers in one file.
Wanted: a decision or the queue under a second at 50,000, reading and writing near-linear in COUNT.
"""

from __future__ import annotations

import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lineage.review import desk
from lineage.review.intake import import_table
from lineage.review.keys import key_of, words_hash
from lineage.review.log import add_records, read_log
from lineage.review.pairs import ReviewPair, read_pairs, write_pair
from lineage.review.records import Item, Record, Text, item_id
from lineage.review.report import make_report
from lineage.review.sheet import make_tables, to_tsv
from lineage.review.workbook import to_xlsx
from zhengmai.workspace import Workspace

TASKS, REVIEWERS, DAY = 5_000, 5, "2026-11-22"
T = TypeVar("T")


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder))
        pair = make_pair(max(TASKS, count // 10))
        timed("write the pair", lambda: write_pair(workspace.built_dir, pair))
        timed("read the pair", lambda: read_pairs(workspace))
        timed(f"write {count} decisions", lambda: add_records(workspace.curated_dir, lambda _: decisions(pair, count)))
        print(f"  {(workspace.curated_dir / 'reviews.sssom.tsv').stat().st_size / 1e6:.0f} MB on disk")
        timed("read them", lambda: read_log(workspace.curated_dir))
        cases = timed("first queue", lambda: desk.list_queue(workspace, reviewer="r9"))
        timed("queue again", lambda: desk.list_queue(workspace, reviewer="r9"))
        first = cases[0].item.id
        timed("one decision", lambda: desk.decide(workspace, first, "accepted", reviewer="r9", on=DAY))
        timed("queue after it", lambda: desk.list_queue(workspace, reviewer="r9"))
        timed("one more decision", lambda: desk.decide(workspace, first, "rejected", reviewer="r1", on=DAY))
        timed("report, 1,000 draws", lambda: make_report(workspace, seed=1))
        tables = timed("tables of the export", lambda: make_tables(workspace))
        tsv = timed("as TSV", lambda: to_tsv(tables))
        (workspace.path / "all.tsv").write_text(tsv, encoding="utf-8")
        other = Workspace(workspace.path / "other")
        write_pair(other.built_dir, pair)
        timed("import it elsewhere", lambda: import_table(other, workspace.path / "all.tsv"))
        timed("import it again", lambda: import_table(other, workspace.path / "all.tsv"))
        data = timed("as a workbook", lambda: to_xlsx(tables))
        (workspace.path / "all.xlsx").write_bytes(data)
        timed("import the workbook", lambda: import_table(other, workspace.path / "all.xlsx"))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def timed(what: str, do: Callable[[], T]) -> T:
    start, used = perf_counter(), process_time()
    result = do()
    print(f"{what:24} {perf_counter() - start:7.2f} s, {process_time() - used:6.2f} s of a processor", flush=True)
    return result


def make_pair(size: int) -> ReviewPair:
    """Half the items: each sentence is carried by the task of its number and by the next one."""
    words = "第{n}类事项的依据、条件、程序和结果"
    tasks = {str(n): _text(str(n), f"及时公开{words.format(n=n)}，并做好动态调整。", "task") for n in range(size)}
    sentences = {f"1.{n}.s1": _text(f"1.{n}.s1", f"应当公开{words.format(n=n)}。", "sentence") for n in range(size)}
    items = {}
    for n in range(size):
        for task, own in ((str(n), f"1.{n}.s1"), (str((n + 1) % size), f"1.{n}.s1")):
            key = key_of(tasks[task].hash, sentences[own].hash)
            name = item_id("link", "low", task, "up", own)
            both = (tasks[task].words, sentences[own].words)
            sure = round(0.5 + n / size / 2, 3)
            items[name] = Item(name, "link", "low", "up", task, own, key, *both, "accepted", "adapted", "split", sure)
    return ReviewPair("low", "up", tasks, sentences, items)


def _text(own: str, words: str, level: str) -> Text:
    return Text(own, words, words_hash(words), ((0, len(words)),), level)


def decisions(pair: ReviewPair, count: int) -> list[Record]:
    items = list(pair.items.values())
    made = []
    for n in range(count):
        item = items[n // REVIEWERS % len(items)]
        decision = "rejected" if (n * 7919) % 11 == 0 else "accepted"
        made.append(
            Record(
                "",
                "coding",
                "link",
                "low",
                "up",
                item.task,
                item.provision,
                item.key,
                decision,
                f"person:r{n % REVIEWERS}",
                DAY,
                reviewer_label=f"r{n % REVIEWERS}",
                relation="adapted",
                comment=f"第 {n} 条",
                codebook_version="0.1",
                confidence=item.confidence,
                machine_status="accepted",
                machine_relation="adapted",
                task_label=item.task_text,
                provision_label=item.provision_text,
                provision_level="sentence",
                task_level="task",
            )  # fmt: skip
        )
    return made


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000)
