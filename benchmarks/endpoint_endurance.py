"""100,000 requests, one in ten a query never asked before, some clients that leave, 200 connections held: the memory of every process.

python -m benchmarks.endpoint_endurance [REQUESTS]      default 100000

The first process talks to clients, the second keeps the graph, the others are forked from that and answer: what they share with it counts
in each, so beside it stands how much is theirs alone. A worker is replaced after 20,000 queries.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.endpoint import ROOT, wait_for, write_quads

PORT = 7984
HELD = 200  # connections beside, which ask once at the beginning and once at the end


def main(requests: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        write_quads(data, 100_000)
        command = [sys.executable, "-m", "zhengmai", "serve", "--port", str(PORT), "--data", str(data), "--log", str(Path(folder) / "log")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                wait_for(f"http://127.0.0.1:{PORT}/sparql")
                start = time.monotonic()
                held = [socket.create_connection(("127.0.0.1", PORT)) for _ in range(HELD)]
                print(f"{answered(held)} of {HELD} held connections answered")
                for done in range(0, requests + 1, requests // 10):
                    print(f"{done:8} requests {time.monotonic() - start:6.1f} s  {memory(server.pid)}", flush=True)
                    if done < requests:
                        ask(done, requests // 10)
                print(f"{answered(held)} of {HELD} held connections answered")
            finally:
                server.terminate()
                server.wait(20)
    return 0


def ask(first: int, many: int) -> None:
    """Ask over eight connections in turn, each a few at a time; now and then leave before the answer."""
    connections = [socket.create_connection(("127.0.0.1", PORT)) for _ in range(8)]
    at_once = 20
    for n in range(first, first + many, at_once * len(connections)):
        for number, connection in enumerate(connections):
            for k in range(at_once):
                subject = n + k if k % 10 == 0 else k
                query = f"SELECT%20?o%20%7B%3Chttp://e/s{subject}%3E%20?p%20?o%7D"
                connection.sendall(f"GET /sparql?query={query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            if number == n // at_once % 50:
                connection.close()
                connections[number] = socket.create_connection(("127.0.0.1", PORT))
                continue
            seen = b""
            while seen.count(b"HTTP/1.1 200") < at_once or not seen.endswith(b"}"):
                seen += connection.recv(1 << 16)
    for connection in connections:
        connection.close()


def answered(connections: list[socket.socket]) -> int:
    """Ask over each at once; return how many were answered."""
    for number, connection in enumerate(connections):
        connection.sendall(f"GET /sparql?query=ASK%20%7B%3Chttp://e/s{number}%3E%20?p%20?o%7D HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    good = 0
    for connection in connections:
        seen = b""
        while not seen.endswith(b"}") and (part := connection.recv(1 << 16)):
            seen += part
        good += seen.startswith(b"HTTP/1.1 200") and b"true" in seen
    return good


def memory(server: int) -> str:
    """Return what each process holds: resident, and of that its own."""
    keepers = children(server)
    workers = sorted(child for keeper in keepers for child in children(keeper))
    said = [f"{name} {resident_mb(one):.1f}" for name, one in (("server", server), *(("keeper", keeper) for keeper in keepers))]
    each = " ".join(f"{resident_mb(worker):.1f}({own_mb(worker):.1f})" for worker in workers)
    return f"MB: {' '.join(said)} workers {each}"


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]


def resident_mb(process: int) -> float:
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def own_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1e3


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
