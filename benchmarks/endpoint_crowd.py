"""A cheap query while heavy ones run: eight that go on for long, then a burst of twelve at once. How long the cheap one takes.

python -m benchmarks.endpoint_crowd [QUADS]      default 1000000
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

from benchmarks.endpoint import write_quads, zhengmai

PORT = 7983
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
CHEAP = "SELECT ?o {{ <http://e/s{}> ?p ?o }}"


def main(quads: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        write_quads(data, quads)
        with zhengmai(data, Path(folder), PORT, "--seconds", "12"):
            say("nothing else", measure(300, 0.005))
            for heavy in (8, 12, 30):
                crowd = [threading.Thread(target=ask, args=(f"{HEAVY} # {n}",)) for n in range(heavy)]
                for thread in crowd:
                    thread.start()
                say(f"{heavy} heavy ones, their first second", measure(80, 0.01))
                say(f"{heavy} heavy ones, later", measure(200, 0.02))
                for thread in crowd:
                    thread.join()
    return 0


def measure(times: int, pause_s: float) -> list[float]:
    took = []
    for n in range(times):
        start = time.perf_counter()
        ask(CHEAP.format((n * 7919 + int(time.time() * 1000)) % 200_000))
        took.append((time.perf_counter() - start) * 1000)
        time.sleep(pause_s)
    return sorted(took)


def say(what: str, took: list[float]) -> None:
    median, nearly_all, worst = took[len(took) // 2], took[int(len(took) * 0.99)], took[-1]
    print(f"{what:40}median {median:6.1f} ms   99 % {nearly_all:6.1f} ms   worst {worst:6.1f} ms", flush=True)


def ask(query: str) -> None:
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    connection.request("GET", f"/sparql?query={quote(query)}")
    connection.getresponse().read()
    connection.close()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
