"""The endpoint beside other servers on the same quads: different point queries, the same 200 again, 1,000 rows. Needs wrk.

  python -m benchmarks.endpoint [QUADS] [--rdflib-endpoint PROGRAM] [--only NAME …] [--seconds S]      default 1000000 quads

Beside it: Oxigraph's own server, Virtuoso where it is installed (``make programs``), rdflib-endpoint where PROGRAM or the PATH has it
(a throwaway environment will do: ``pip install "rdflib-endpoint[cli]"``). Beside the rate stands the processor time a request took in the
server and its children: rates of two servers can be compared only on a machine that does nothing else, processor time also on a busy one.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parents[1]
JSON = "application/sparql-results+json"
LUA = """local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", "{path}?query=" .. string.gsub("{query}", "NUMBER", tostring(n % {many})), {{["Accept"] = "{accept}"}})
end
"""
WARM_UP = "to warm up"  # so that nobody is measured while still getting up
QUESTIONS = {
    WARM_UP: ("ASK { <http://e/sNUMBER> ?p ?o }", 200_000),
    "different points": ("SELECT ?o { <http://e/sNUMBER> ?p ?o }", 200_000),
    "the same 200 again": ("SELECT ?o { <http://e/sNUMBER> ?p ?o }", 200),
    "1,000 rows, different": ("SELECT ?s ?o { ?s <http://e/p1> ?o } LIMIT 1000 # NUMBER", 200_000),
    "1,000 rows again": ("SELECT ?s ?o { ?s <http://e/p1> ?o } LIMIT 1000", 1),
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("quads", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--rdflib-endpoint", default=shutil.which("rdflib-endpoint"))
    parser.add_argument("--only", nargs="+", help="zhengmai, oxigraph, virtuoso, rdflib-endpoint")
    parser.add_argument("--seconds", type=int, default=5, help="of each question")
    args = parser.parse_args(argv)
    if not shutil.which("wrk"):
        print("需要 wrk · this benchmark needs wrk (apt-get install wrk)", file=sys.stderr)
        return 2
    servers: dict[str, Callable[[Path, Path], AbstractContextManager[str]]] = {"zhengmai": zhengmai, "oxigraph": oxigraph}
    if shutil.which("virtuoso-t"):
        servers["virtuoso"] = virtuoso
    if args.rdflib_endpoint:
        servers["rdflib-endpoint"] = lambda data, folder: rdflib_endpoint(args.rdflib_endpoint, data)
    print(f"{'':40}{'requests/s':>10}{'CPU µs':>11}")
    for name in args.only or servers:
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder) / "data.nq"
            write_quads(data, args.quads)
            with servers[name](data, Path(folder)) as address:
                measure(name, address, Path(folder), args.seconds)
    return 0


def write_quads(path: Path, quads: int) -> None:
    with path.open("w", encoding="utf-8") as out:
        for n in range(quads):
            out.write(f'<http://e/s{n // 4}> <http://e/p{n % 4}> "第 {n} 项任务的原文" <http://e/g{n % 50}> .\n')


@contextmanager
def zhengmai(data: Path, folder: Path, port: int = 7981, *options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "zhengmai", "serve", "--port", str(port), "--data", str(data), "--log", str(folder / "log"), *options]
    with running(command, f"http://127.0.0.1:{port}/sparql") as address:
        yield address


@contextmanager
def oxigraph(data: Path, _: Path) -> Iterator[str]:
    """Oxigraph's server, in memory."""
    command = [str(Path(sys.executable).with_name("oxigraph")), "serve", "--bind", "127.0.0.1:7982", "--union-default-graph"]
    with running(command, "http://127.0.0.1:7982/query") as address:
        headers = {"Content-Type": "application/n-quads"}
        urlopen(Request("http://127.0.0.1:7982/store", data.read_bytes(), headers, method="POST"), timeout=600).close()
        yield address


@contextmanager
def virtuoso(data: Path, folder: Path) -> Iterator[str]:
    """Virtuoso as the tests run it, with buffers for all of it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from virtuoso_server import isql
    from virtuoso_server import virtuoso as start

    with start(folder, buffers=170_000) as (address, port):
        isql(port, f"ld_dir('{folder}', '{data.name}', 'http://e/default'); rdf_loader_run(); checkpoint;")
        wait_for(f"{address}/sparql")
        yield f"{address}/sparql"


@contextmanager
def rdflib_endpoint(program: str, data: Path) -> Iterator[str]:
    command = [program, "serve", "--host", "127.0.0.1", "--port", "7985", str(data)]
    with running(command, "http://127.0.0.1:7985/") as address:
        yield address


@contextmanager
def running(command: list[str], address: str) -> Iterator[str]:
    """Run a server until it is no longer needed; give the address it answers at."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(20)


def measure(name: str, address: str, folder: Path, seconds: int) -> None:
    for what, (query, many) in QUESTIONS.items():
        script = folder / "ask.lua"
        host, path = re.fullmatch(r"(http://[^/]+)(/.*)", address).groups()  # type: ignore[union-attr]
        script.write_text(LUA.format(path=path, query=quote(query), many=many, accept=JSON), encoding="utf-8")
        before = processor_s(os.getpid())
        done = subprocess.run(
            ["wrk", "-t1", "-c8", f"-d{seconds}", "--timeout", "30", "-s", str(script), host], capture_output=True, text=True, check=True
        )
        requests = int(re.search(r"(\d+) requests in", done.stdout)[1])  # type: ignore[index]
        rate = float(re.search(r"Requests/sec: +(\S+)", done.stdout)[1])  # type: ignore[index]
        used = (processor_s(os.getpid()) - before) / max(requests, 1) * 1e6
        wrong = "  " + " ".join(re.findall(r"Non-2xx.*|Socket errors.*", done.stdout))
        if what != WARM_UP:
            print(f"{name + ': ' + what:40}{rate:>10.0f}{used:>11.0f}{wrong.rstrip()}", flush=True)


def wait_for(address: str, seconds: float = 600) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
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
    sys.exit(main(sys.argv[1:]))
