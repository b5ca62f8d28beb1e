"""100,000 requests, one in ten a query never asked before, some clients that leave: what the server and its workers hold before and after.

python -m benchmarks.endpoint_endurance [REQUESTS]      default 100000
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


def main(requests: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data.nq"
        write_quads(data, 100_000)
        command = [sys.executable, "-m", "zhengmai", "serve", "--port", str(PORT), "--data", str(data), "--log", str(Path(folder) / "log")]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                wait_for(f"http://127.0.0.1:{PORT}/sparql")
                start = time.monotonic()
                for done in range(0, requests + 1, requests // 10):
                    print(f"{done:8} requests  {held_mb(server.pid):6.1f} MB  {time.monotonic() - start:6.1f} s", flush=True)
                    if done < requests:
                        ask(done, requests // 10)
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


def held_mb(process: int) -> float:
    """Return the memory of the process that talks to clients."""
    return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
