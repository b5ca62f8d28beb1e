"""The endpoint beside Oxigraph's own server on the same quads: different point queries, the same 200 again, 1,000 rows. Needs wrk.

  python benchmarks/endpoint.py [QUADS]      default 1000000

Beside the rate stands the processor time a request took in the server and its children: rates of two servers can be compared only on a
machine that does nothing else, processor time also on a busy one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 5
JSON = "application/sparql-results+json"
LUA = """local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", "{path}?query=" .. string.gsub("{query}", "NUMBER", tostring(n % {many})), {{["Accept"] = "{accept}"}})
end
"""
QUESTIONS = {
    "50,000 different points": ("SELECT ?o { <http://e/sNUMBER> ?p ?o }", 50_000),
    "the same 200 again": ("SELECT ?o { <http://e/sNUMBER> ?p ?o }", 200),
    "1,000 rows": ("SELECT ?s ?o { ?s <http://e/p1> ?o } LIMIT 1000", 1),
}


def main(quads: int) -> int:
    if not shutil.which("wrk"):
        print("需要 wrk · this benchmark needs wrk (apt-get install wrk)", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        write_quads(data, quads)
        ours = [sys.executable, "-m", "zhengmai", "serve", "--port", "7981", "--data", str(data), "--log", str(Path(folder) / "log")]
        theirs = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", "127.0.0.1:7982", "--union-default-graph"]
        print(f"{'':28}{'requests/s':>12}{'CPU µs each':>13}")
        measure("zhengmai", ours, "http://127.0.0.1:7981/sparql", None, folder)
        measure("oxigraph (memory)", theirs, "http://127.0.0.1:7982/query", data, folder)
    return 0


def write_quads(path: Path, quads: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for n in range(quads):
            out.write(f'<http://e/s{n // 4}> <http://e/p{n % 4}> "第 {n} 项任务的原文" <http://e/g{n % 50}> .\n')


def measure(name: str, command: list[str], address: str, load: Path | None, folder: str) -> None:
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(address)
            if load:
                body = load.read_bytes()
                request = Request(address.replace("/query", "/store"), body, {"Content-Type": "application/n-quads"}, method="POST")
                urlopen(request, timeout=600).close()
            for what, (query, many) in QUESTIONS.items():
                script = Path(folder) / "ask.lua"
                path = "/" + address.rpartition("/")[2]
                script.write_text(LUA.format(path=path, query=quote(query), many=many, accept=JSON), encoding="utf-8")
                before = processor_s(server.pid)
                done = subprocess.run(
                    ["wrk", "-t1", "-c8", f"-d{SECONDS}", "-s", str(script), address.rpartition("/")[0] + "/"],
                    capture_output=True, text=True, check=True,
                )  # fmt: skip
                requests = int(re.search(r"(\d+) requests in", done.stdout)[1])  # type: ignore[index]
                rate = float(re.search(r"Requests/sec: +(\S+)", done.stdout)[1])  # type: ignore[index]
                used = (processor_s(server.pid) - before) / requests * 1e6
                wrong = "  " + " ".join(re.findall(r"Non-2xx.*", done.stdout))
                print(f"{name + ': ' + what:40}{rate:>10.0f}{used:>11.0f}{wrong.rstrip()}", flush=True)
        finally:
            server.terminate()
            server.wait(20)


def wait_for(address: str) -> None:
    for _ in range(600):
        try:
            urlopen(Request(f"{address}?query=ASK%7B%7D", headers={"Accept": JSON}), timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer")


def processor_s(process: int) -> float:
    """Return the processor time of a process and all its descendants that live."""
    total = 0.0
    with_children = [process]
    for one in with_children:
        try:
            fields = Path(f"/proc/{one}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            total += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
            for thread in Path(f"/proc/{one}/task").iterdir():
                with_children += map(int, (thread / "children").read_text(encoding="ascii").split())
        except OSError:
            continue
    return total


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000))
