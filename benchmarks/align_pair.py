"""How long two documents take to be aligned: Guangzhou's table (91 tasks) against the national measures (137 sentences).

  python -m benchmarks.align_pair

Prints the wall clock of the whole command in a fresh process, of reading both, and of aligning them the first and the second time.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "graph_data" / "sources"
RUNS = 5


def main() -> None:
    upper, lower = (next(SEEDS.glob(f"{number}_*")) for number in ("001", "000"))
    command = [sys.executable, "-m", "zhengmai", "align", str(upper), str(lower)]
    whole = []
    for _ in range(RUNS):
        begun = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
        whole.append(perf_counter() - begun)
    from lineage.align import align
    from loaders.extract import extract_file

    begun = perf_counter()
    documents = extract_file(upper), extract_file(lower)
    read = perf_counter() - begun
    times = []
    for _ in range(RUNS):
        begun = perf_counter()
        result = align(*documents)
        times.append(perf_counter() - begun)
    print(f"{result.searched['tasks']} tasks, {result.searched['sentences']} sentences, {len(result.links)} links")
    print(f"command in a fresh process: best {min(whole):.2f} s, worst {max(whole):.2f} s of {RUNS}")
    print(f"reading both: {read:.2f} s; aligning: first {times[0]:.2f} s, then best {min(times[1:]):.2f} s")


if __name__ == "__main__":
    main()
